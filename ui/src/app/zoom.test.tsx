import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { createFakeHost } from '@/ipc/host.fake';
import { startKeys } from '@/shared/keys';
import { recall } from '@/shared/preferences';
import { startZoom } from '@/shared/zoom';
import { show } from '@/test-window';
import { App } from './App';

beforeAll(() => {
  startKeys();
});

function press(key: string): void {
  fireEvent.keyDown(document.body, { key, ctrlKey: true });
}

test('the window is drawn larger and smaller by keys, also before a workbook is open, and keeps its size', async () => {
  const host = createFakeHost();
  const zoom = vi.spyOn(host, 'zoom');
  show(<App />, host);
  await screen.findByTestId('start-open');
  startZoom();
  expect(zoom).not.toHaveBeenCalled();
  press('+');
  press('=');
  await waitFor(() => expect(zoom.mock.calls).toEqual([[1.1], [1.25]]));
  press('-');
  await waitFor(() => expect(zoom).toHaveBeenLastCalledWith(1.1));
  expect(recall('zoom')).toBe('110');
  press('0');
  await waitFor(() => expect(zoom).toHaveBeenLastCalledWith(1));
});

test('there is a largest and a smallest size', async () => {
  const host = createFakeHost();
  const zoom = vi.spyOn(host, 'zoom');
  show(<App />, host);
  await screen.findByTestId('start-open');
  for (let times = 0; times < 20; times += 1) {
    press('+');
  }
  await waitFor(() => expect(zoom).toHaveBeenLastCalledWith(3));
  for (let times = 0; times < 20; times += 1) {
    press('-');
  }
  await waitFor(() => expect(zoom).toHaveBeenLastCalledWith(0.8));
  press('0');
  await waitFor(() => expect(zoom).toHaveBeenLastCalledWith(1));
});

test('quick presses end in the last size, though the window is slow', async () => {
  const host = createFakeHost();
  const drawn: number[] = [];
  let end: () => void = () => undefined;
  vi.spyOn(host, 'zoom').mockImplementation((factor) => {
    drawn.push(factor);
    return new Promise((resolve) => {
      end = resolve;
    });
  });
  show(<App />, host);
  await screen.findByTestId('start-open');
  press('+');
  press('+');
  press('+');
  expect(drawn).toEqual([1.1]);
  end();
  await waitFor(() => expect(drawn).toEqual([1.1, 1.5]));
  end();
  press('0');
  await waitFor(() => expect(drawn).toEqual([1.1, 1.5, 1]));
  end();
});
