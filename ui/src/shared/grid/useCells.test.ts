import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useCells } from './useCells';
import type { Viewport } from './useViewport';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a drag beyond the edge goes on while the rows that it came to are on their way', () => {
  const frame = document.createElement('div');
  frame.innerHTML = '<div data-row="3"></div>';
  Object.defineProperty(frame, 'clientHeight', { value: 400 });
  const scrollTo = vi.fn();
  const viewport = {
    scrollRef: { current: frame },
    extent: { rows: 1_000, rowHeight: 28, view: 600 },
    top: 0,
    width: 800,
    scrollTo,
    reveal: vi.fn(),
  } as unknown as Viewport;
  const bounds = { rows: 1_000, columns: 2 };
  const at = (scrolledTo: number) => ({ bounds, viewport, scrolledTo, widths: [100, 100], rowsKey: 'a' });
  const { result, rerender, unmount } = renderHook(useCells, { initialProps: at(0) });
  const press = { button: 0, target: frame.firstElementChild, preventDefault: () => undefined };
  act(() => result.current.onMouseDown(press as never));
  act(() => void window.dispatchEvent(new MouseEvent('mousemove', { clientX: 10, clientY: 532 })));
  act(() => void vi.advanceTimersByTime(40));
  expect(scrollTo).toHaveBeenLastCalledWith(264);
  // The rows there are not shown yet.
  rerender(at(264));
  act(() => void vi.advanceTimersByTime(40));
  expect(scrollTo).toHaveBeenLastCalledWith(528);
  unmount();
});
