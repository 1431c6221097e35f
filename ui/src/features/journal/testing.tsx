/** What the tests of the journal begin with. */

import { expect } from 'vitest';
import type { Host } from '@/ipc';
import { notePresence } from '@/shared/presence';
import { matchedHost, show } from '@/test-window';
import { JournalScreen } from './JournalScreen';

export function atWorkAs(role: string): void {
  const person = { id: 'p', name: 'Petra', role, hasSecret: false };
  notePresence({ open: true, person, locked: false, idleMinutes: 0 });
}

export const REQUEST = { through: null, onlyMissing: false, language: 'en', offset: 0, limit: 500 };

/** The sample company with everything approved that differs by something. */
export async function approvedHost(): Promise<Host> {
  const host = await matchedHost();
  const above = { confidence: '0.5', execute: false, expectedCount: null };
  const { count } = await host.call('approve_above', { request: above });
  await host.call('approve_above', { request: { ...above, execute: true, expectedCount: count } });
  const journal = await host.call('journal', { request: REQUEST });
  expect(journal.total).toBeGreaterThan(0);
  return host;
}

export async function openScreen(host: Host, focus = '') {
  const workbook = await host.call('workbook', {});
  const shown = show(<JournalScreen workbook={workbook} focus={focus} />, host);
  return { ...shown, host };
}

export async function nameAll(host: Host): Promise<void> {
  const { missing } = await host.call('journal', { request: REQUEST });
  const accounts = missing.map(({ role }, at) => ({ role, account: String(1000 + at) }));
  await host.call('save_posting_accounts', { accounts });
}
