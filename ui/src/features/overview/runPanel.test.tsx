import { screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import type { RunSummary } from '@/ipc';
import { createFakeHost, show } from '@/test-window';
import { forgetRun, outcomeStore } from './matching';
import { RunPanel } from './RunPanel';

afterEach(forgetRun);

const SUMMARY: RunSummary = {
  id: 'run',
  lines: 9,
  entries: 9,
  candidates: 9,
  approved: 5,
  suggested: 2,
  ambiguous: 0,
  linesUnmatched: 2,
  entriesUnmatched: 2,
  accepted: 0,
  linesWithoutRate: 0,
  elapsedMs: 10,
};

test('a run says where a missing exchange rate may be why lines found no match, and only there', () => {
  outcomeStore.set({ kind: 'done', summary: SUMMARY });
  const { unmount } = show(<RunPanel />, createFakeHost());
  expect(screen.queryByTestId('run-without-rate')).toBeNull();
  unmount();
  outcomeStore.set({ kind: 'done', summary: { ...SUMMARY, linesWithoutRate: 2 } });
  show(<RunPanel />, createFakeHost());
  expect(screen.getByTestId('run-without-rate').textContent).toContain('2 lines');
});
