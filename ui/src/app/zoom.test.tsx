import { fireEvent, screen } from '@testing-library/react';
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
  expect(zoom.mock.calls).toEqual([[1.1], [1.25]]);
  press('-');
  expect(zoom).toHaveBeenLastCalledWith(1.1);
  expect(recall('zoom')).toBe('110');
  press('0');
  expect(zoom).toHaveBeenLastCalledWith(1);
});

test('there is a largest and a smallest size', async () => {
  const host = createFakeHost();
  const zoom = vi.spyOn(host, 'zoom');
  show(<App />, host);
  await screen.findByTestId('start-open');
  for (let times = 0; times < 20; times += 1) {
    press('+');
  }
  expect(zoom).toHaveBeenLastCalledWith(3);
  for (let times = 0; times < 20; times += 1) {
    press('-');
  }
  expect(zoom).toHaveBeenLastCalledWith(0.8);
  press('0');
});
