import type { CauseFindingView, RecordView, ToldValueView, ToldView } from '../generated';
import { amountOf, centsOf } from './cents';

const told = (kind: string, values: Record<string, ToldValueView> = {}): ToldView => ({ kind, values });
const money = (cents: number): ToldValueView => ({ type: 'money', amount: amountOf(cents) });

interface Differing {
  cause: string;
  difference: number;
  lines: RecordView[];
  entries: RecordView[];
}

/** What the engine finds of a match whose two sides differ, or whose reference is wrong. */
export function findingOf({ cause, difference, lines, entries }: Differing): CauseFindingView | null {
  if (cause === 'none') {
    return null;
  }
  const owed = entries.reduce((sum, entry) => sum + centsOf(entry.open), 0);
  const size = money(Math.abs(difference));
  const percent = owed === 0 ? '0.00' : Math.abs((difference * 100) / owed).toFixed(2);
  const amounts = told(difference < 0 ? 'paid_less' : 'paid_more', {
    difference: size,
    owed: money(Math.abs(owed)),
    percent: { type: 'decimal', decimal: percent },
  });
  const meant = entries[0]?.number ?? '';
  const written = lines[0]?.reference ?? '';
  switch (cause) {
    case 'fee':
      return { cause, confidence: 92, evidence: [amounts], fix: told('book_fee', { amount: size }) };
    case 'overpayment':
      return {
        cause,
        confidence: 81,
        evidence: [amounts],
        fix: told('return_overpayment', { amount: size }),
      };
    case 'reference_error': {
      const given: Record<string, ToldValueView> = {
        written: { type: 'text', text: written },
        meant: { type: 'text', text: meant },
      };
      const fix = told('correct_reference', {
        from: { type: 'text', text: written },
        to: { type: 'text', text: meant },
      });
      return { cause, confidence: 88, evidence: [told('other_number', given)], fix };
    }
    default:
      return { cause, confidence: 85, evidence: [amounts], fix: told('ask_for_rest', { amount: size }) };
  }
}

/** What the engine finds of a record without a match. */
export function findingOfOpen(record: RecordView, isLine: boolean): CauseFindingView {
  const open = centsOf(record.open);
  const values = { amount: money(open) };
  if (isLine) {
    const fix = told(open < 0 ? 'book_entry' : 'ask_for_remittance_advice', values);
    return { cause: 'missing_in_ledger', confidence: 79, evidence: [told('not_in_books', values)], fix };
  }
  const fix = told(open < 0 ? 'pay_or_correct' : 'ask_for_payment', { amount: money(Math.abs(open)) });
  return { cause: 'missing_in_bank', confidence: 90, evidence: [told('not_at_bank', values)], fix };
}
