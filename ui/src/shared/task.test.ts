import { act, renderHook } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { type Host, setHost } from '@/ipc';
import { createFakeHost } from '@/test-window';
import { runTask, useTask } from './task';

test('of two tasks each is shown until it ends, whichever ends first', async () => {
  const ends: (() => void)[] = [];
  const run = () => new Promise<never>((resolve) => ends.push(() => resolve(undefined as never)));
  setHost({ ...createFakeHost({ open: true }), run: run as Host['run'] });
  const shown = renderHook(() => useTask());
  const request = { account: null, from: null, to: null };
  let first: Promise<unknown> = Promise.resolve();
  let second: Promise<unknown> = Promise.resolve();
  await act(async () => {
    first = runTask('apply_policy', {});
    second = runTask('anomalies', { request });
    // The host may keep what is asked until the window is unlocked.
    await vi.waitFor(() => expect(ends).toHaveLength(2));
  });
  expect(shown.result.current?.name).toBe('anomalies');
  await act(async () => {
    ends[0]?.();
    await first;
  });
  expect(shown.result.current?.name).toBe('anomalies');
  await act(async () => {
    ends[1]?.();
    await second;
  });
  expect(shown.result.current).toBeNull();
});
