import { expect, test } from 'vitest';
import type { QueueConditionsRequest } from '@/ipc';
import { recordFocus } from './focus';
import { NO_CONDITIONS, queueChoice, queueFocus } from './queueChoice';

const ALL: QueueConditionsRequest = {
  causes: ['fee', 'none'],
  amountFrom: '10.50',
  amountTo: '2000',
  from: '2025-01-01',
  to: '2025-12-31',
  owner: 'Mara & Jonas/2?',
  counterparty: 'Müller + Söhne = 1:1',
  account: '0190a000-0000-7000-8000-000000000001',
  due: 'expected',
};

test.each([NO_CONDITIONS, ALL, { ...NO_CONDITIONS, owner: '' }, { ...NO_CONDITIONS, causes: ['timing'] }])(
  'conditions come back from the address as they went into it: %o',
  (conditions) => {
    const choice = { filter: 'suggested' as const, search: 'RE-1 & "2"', conditions };
    expect(queueChoice(queueFocus(choice, 'row-7'))).toEqual({ ...choice, id: 'row-7' });
  },
);

test('the address is one part behind the name of the screen', () => {
  const focus = queueFocus({ filter: 'toReview', search: 'a/b', conditions: ALL });
  expect(focus.split('/')).toHaveLength(1);
});

test('nobody is not the same as anybody', () => {
  const owner = (focus: string) => queueChoice(focus).conditions.owner;
  expect([owner('toReview'), owner('toReview?owner=')]).toEqual([null, '']);
});

test('another screen names a record, its part and a text that finds it', () => {
  const record = { id: 'r1', side: 'ledger', open: { value: '12.50', currency: 'EUR' } };
  expect(queueChoice(recordFocus(record as Parameters<typeof recordFocus>[0]))).toEqual({
    filter: 'unmatchedEntries',
    search: '12.50',
    conditions: NO_CONDITIONS,
    id: 'r1',
  });
});

test('what is no part of the queue begins with what is to review', () => {
  expect(queueChoice('nonsense').filter).toBe('toReview');
  expect(queueChoice('').filter).toBe('toReview');
});
