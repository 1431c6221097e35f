import { expect, test } from 'vitest';
import type { AlternativeView, RecordView, ReviewDetail } from '@/ipc';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { matchedHost } from '@/test-window';
import { compare } from './comparison';

const EUR = (value: string) => ({ value, currency: 'EUR' });

function piece(kind: string, agreement: string, difference: number | null = null) {
  return { kind, agreement, weight: 1000, statementValue: '', ledgerValue: '', difference };
}

/** A line of 1 July and an invoice of 17 June that is due then; `rival` changes the other answer. */
async function answers(rival: Partial<RecordView>, agrees: string[], differs: string[] = []) {
  const host = await matchedHost();
  const request = {
    filter: 'suggested' as const,
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 1,
  };
  const [row] = (await host.call('review_queue', { request })).rows;
  const base = await host.call('match_detail', { id: row?.id ?? '' });
  const [line, entry] = [base.lines[0] as RecordView, base.entries[0] as RecordView];
  const invoice: RecordView = {
    ...entry,
    date: '2025-06-17',
    secondDate: '2025-07-01',
    counterparty: 'Segelclub',
    counterpartyAccount: '',
    number: 'RE-1',
  };
  const detail: ReviewDetail = {
    ...base,
    row: { ...base.row, difference: EUR('0.00') },
    lines: [
      {
        ...line,
        date: '2025-07-01',
        counterparty: 'Segelclub',
        counterpartyAccount: 'DE1',
        reference: '',
        text: '',
      },
    ],
    entries: [invoice],
    evidence: [
      piece('amount', 'exact'),
      piece('date', 'near', 14),
      piece('counterparty', 'exact'),
      piece('counterparty_account', 'near'),
      piece('reference', 'missing'),
    ],
  };
  const other: AlternativeView = {
    entries: [{ ...invoice, id: 'other', number: 'RE-2', ...rival }],
    score: base.score,
    difference: EUR('0.00'),
    agrees,
    differs,
  };
  const verdicts = (picked: AlternativeView | null) =>
    Object.fromEntries(compare(detail, picked).fields.map(({ name, agreement }) => [name, agreement]));
  return { own: verdicts(null), other: verdicts(other), fields: compare(detail, other).fields };
}

const ALL = ['amount', 'date', 'counterparty', 'counterparty_account'];

test('a rival that shows the same as the proposal has the same verdicts: a tie looks like a tie', async () => {
  const { own, other, fields } = await answers({}, ALL);
  expect(own).toMatchObject({ date: 'near', counterpartyAccount: 'near', counterparty: 'exact' });
  expect(own.reference).toBe('missing');
  expect(other).toEqual(own);
  expect(fields.find(({ name }) => name === 'date')?.evidence?.difference).toBe(14);
});

test('of another answer only what is the very same is called so', async () => {
  const { other } = await answers(
    { date: '2025-06-20', counterparty: 'Segelclub e. V.', counterpartyAccount: 'de1' },
    ALL,
  );
  expect(other).toMatchObject({
    date: 'near',
    counterparty: 'near',
    counterpartyAccount: 'exact',
    amount: 'exact',
  });
  const day = await answers({ date: '2025-07-01', secondDate: null }, ALL);
  expect(day.other.date).toBe('exact');
});

test('what the host says differs does so, though it differed from the proposal’s in nothing', async () => {
  const { other } = await answers({}, ['amount', 'counterparty'], ['date']);
  expect(other).toMatchObject({ date: 'differs', counterparty: 'exact', counterpartyAccount: null });
});
