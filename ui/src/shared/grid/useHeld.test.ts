import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GridData } from './useGridData';
import { useHeld } from './useHeld';
import type { Viewport } from './useViewport';
import { shownRows } from './window';

const EXTENT = { rows: 1_000_000, rowHeight: 28, view: 600 };

/** The window at a row of a list of which only rows before `there` have arrived. */
function look(row: number, there: number, key = 'a') {
  const top = row * EXTENT.rowHeight;
  const viewport = { top, rows: shownRows(top, EXTENT), extent: EXTENT } as Viewport;
  const onShow = vi.fn();
  const rowAt = (position: number) => (position < there ? { id: String(position) } : undefined);
  return { viewport, data: { key, own: true, onShow, rowAt } as unknown as GridData, onShow };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('rows that are on their way are asked for while the last ones stay', () => {
  const { result, rerender } = renderHook(({ viewport, data }) => useHeld(viewport, data), {
    initialProps: look(0, 100),
  });
  const flung = look(50_000, 100);
  rerender(flung);
  expect(result.current.top).toBe(0);
  expect(result.current.rows).toEqual(shownRows(0, EXTENT));
  expect(flung.onShow).toHaveBeenCalledWith(flung.viewport.rows.from, flung.viewport.rows.to);
  rerender(look(50_000, 60_000));
  expect(result.current.top).toBe(50_000 * EXTENT.rowHeight);
});

test('what takes long is shown as on its way, until it is there', () => {
  const { result, rerender } = renderHook(({ viewport, data }) => useHeld(viewport, data), {
    initialProps: look(0, 100),
  });
  rerender(look(50_000, 100));
  act(() => void vi.advanceTimersByTime(400));
  expect(result.current.top).toBe(50_000 * EXTENT.rowHeight);
  rerender(look(50_000, 60_000));
  rerender(look(70_000, 60_000));
  expect(result.current.top).toBe(50_000 * EXTENT.rowHeight);
});

test('rows of another question are never kept', () => {
  const { result, rerender } = renderHook(({ viewport, data }) => useHeld(viewport, data), {
    initialProps: look(0, 100),
  });
  rerender(look(50_000, 100, 'b'));
  expect(result.current.top).toBe(50_000 * EXTENT.rowHeight);
});

test('while one goes on, what has arrived of the way is shown', () => {
  const { result, rerender } = renderHook(({ viewport, data }) => useHeld(viewport, data), {
    initialProps: look(0, 100),
  });
  for (let row = 10_000; row <= 100_000; row += 10_000) {
    rerender(look(row, 100));
    act(() => void vi.advanceTimersByTime(200));
    expect(result.current.top).toBe(0);
  }
  rerender(look(100_000, 75_000));
  expect(result.current.top).toBe(70_000 * EXTENT.rowHeight);
});
