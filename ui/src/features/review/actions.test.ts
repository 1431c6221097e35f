import { beforeEach, expect, test } from 'vitest';
import { type Host, type QueueRow, setHost } from '@/ipc';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { hostWith, matchedHost } from '@/test-window';
import { decide, matchByHand, undo, undoDecision } from './actions';

let host: Host;

beforeEach(async () => {
  host = await matchedHost();
  setHost(host);
});

async function firstSuggested(): Promise<QueueRow> {
  const request = {
    filter: 'suggested',
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 1,
  } as const;
  const { rows } = await host.call('review_queue', { request });
  return rows[0] as QueueRow;
}

async function approve(id: string, content: string) {
  return decide({ matchId: id, verdict: 'approve', content, reason: '' });
}

test('an approval settles and can be undone', async () => {
  const { id } = await firstSuggested();
  const { content } = await host.call('match_detail', { id });
  const approved = await approve(id, content);
  expect(approved).toMatchObject({ kind: 'settled', outcome: { matchId: id } });
  expect((await host.call('match_detail', { id })).row.state).toBe('approved');
  const [act] = (await host.call('acts', { offset: 0, limit: 1 })).rows;
  expect(await undo(act?.id ?? '')).toMatchObject({ kind: 'settled', outcome: { matchId: id } });
  expect((await host.call('match_detail', { id })).row.state).not.toBe('approved');
});

test('an approval of what has changed since is stale, and nothing happens', async () => {
  const { id } = await firstSuggested();
  expect(await approve(id, 'what was shown before')).toMatchObject({ kind: 'stale' });
  expect((await host.call('match_detail', { id })).decisions).toEqual([]);
});

test('records that do not balance are refused with the reason', async () => {
  const open = async (side: 'statement' | 'ledger') => {
    const request = { side, search: '', nearAmount: null, currency: null, offset: 0, limit: 1 };
    return (await host.call('open_records', { request })).rows[0]?.id as string;
  };
  const all = async (side: 'statement' | 'ledger') => [{ id: await open(side), part: null }];
  const [lines, entries] = [await all('statement'), await all('ledger')];
  const rest = { cause: 'partial_payment', amount: null, account: null, text: '' };
  const refused = await matchByHand({ groups: [{ lines, entries, adjustments: [] }], reason: '' });
  expect(refused.kind).toBe('refused');
  expect(refused).toHaveProperty('reason', expect.stringContaining('differ by'));
  expect(await matchByHand({ groups: [{ lines, entries, adjustments: [rest] }], reason: '' })).toMatchObject({
    kind: 'settled',
  });
});

test('a single decision is taken back, whatever came after it', async () => {
  const { id } = await firstSuggested();
  const { content } = await host.call('match_detail', { id });
  await approve(id, content);
  const other = await firstSuggested();
  await approve(other.id, (await host.call('match_detail', { id: other.id })).content);
  expect(await undoDecision(id)).toMatchObject({ kind: 'settled', outcome: { matchId: id } });
  expect((await host.call('match_detail', { id: other.id })).row.state).toBe('approved');
});

test('a fault of the machine is told as a refusal, never lost', async () => {
  setHost(hostWith(host, (name) => (name === 'undo' ? Promise.reject(new Error('disk full')) : undefined)));
  expect(await undo('1')).toEqual({ kind: 'refused', reason: 'disk full' });
});
