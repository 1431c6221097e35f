import { expect, test } from 'vitest';
import type { HandGroupRequest, RecordView } from '@/ipc';
import { balancedGroup, groupOf, usedPart } from './hand';

const record = (id: string, kind: string, open: string, applied: string | null = null) =>
  ({
    id,
    kind,
    open: { value: open, currency: 'KWD' },
    settled: null,
    applied: applied === null ? null : { value: applied, currency: 'KWD' },
  }) as RecordView;

const REST = { cause: 'none', amount: null, account: null, text: '' };
const fee = { cause: 'fee', amount: '-1.20', account: null, text: '' };

test.each(['en-GB', 'de-DE', 'fr-FR'])(
  'in %s a part of three decimals goes to the host as it came from there',
  (locale) => {
    const invoice = record('i', 'invoice', '99.000', '12.345');
    const group = groupOf([], [{ record: invoice, part: usedPart(invoice, locale) }], [], locale);
    expect(group?.entries).toEqual([{ id: 'i', part: '12.345', open: '99.000' }]);
  },
);

test.each<[string, string, string | null, boolean]>([
  ['an invoice', 'invoice', null, true],
  ['a part of a customer’s account', 'customer_account', '5.000', true],
  ['a customer’s account that takes all that is left', 'customer_account', null, false],
])('whether a rest is asked for with %s', (_, kind, part, rest) => {
  const group: HandGroupRequest = {
    lines: [{ id: 'l', part: null }],
    entries: [{ id: 'e', part }],
    adjustments: [fee, { ...REST, cause: 'discount' }],
  };
  const said = { ...REST, amount: '-1.20' };
  expect(balancedGroup(group, [record('e', kind, '0.000')]).adjustments).toEqual(
    rest ? [said, REST] : [said],
  );
});
