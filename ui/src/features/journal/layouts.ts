import type { JournalColumnForm, JournalLayoutForm } from '@/ipc';

/** What a column may hold, in the order of the list. */
export const VALUES = [
  'date',
  'number',
  'batch',
  'debit_account',
  'credit_account',
  'account',
  'contra_account',
  'account_number',
  'contra_account_number',
  'amount',
  'signed_amount',
  'debit',
  'credit',
  'letter',
  'currency',
  'base_amount',
  'base_currency',
  'text',
  'cause',
  'counterparty',
  'reference',
  'bank_reference',
  'line_reference',
  'match',
  'approved_by',
  'constant',
] as const;

/** The layout with one column changed. */
export function withColumn(
  layout: JournalLayoutForm,
  at: number,
  change: Partial<JournalColumnForm>,
): JournalLayoutForm {
  const columns = layout.columns.map((column, index) => (index === at ? { ...column, ...change } : column));
  return tidied({ ...layout, columns });
}

/** The layout without texts and lengths that its columns cannot have: an older Tieout let some be written. */
export function tidied(layout: JournalLayoutForm): JournalLayoutForm {
  return { ...layout, columns: layout.columns.map(tidy) };
}

/** What may be cut: an account that is cut is another account. */
const CUT = [
  'number',
  'text',
  'counterparty',
  'reference',
  'bank_reference',
  'line_reference',
  'match',
  'approved_by',
  'constant',
];

/** Whether a column of this value may have a length. */
export function mayBeCut(value: string): boolean {
  return CUT.includes(value);
}

/** Only a constant has a text of its own, and only texts a length. */
function tidy(column: JournalColumnForm): JournalColumnForm {
  const { value, text, chars } = column;
  return { ...column, text: value === 'constant' ? text : '', chars: mayBeCut(value) ? chars : null };
}

/** The layout with a column one place further up (−1) or down (1). */
export function moved(layout: JournalLayoutForm, at: number, by: -1 | 1): JournalLayoutForm {
  const to = at + by;
  const column = layout.columns[at];
  if (!column || to < 0 || to >= layout.columns.length) {
    return layout;
  }
  const columns = layout.columns.filter((_, index) => index !== at);
  columns.splice(to, 0, column);
  return { ...layout, columns };
}

/** The layout without a column. */
export function without(layout: JournalLayoutForm, at: number): JournalLayoutForm {
  return { ...layout, columns: layout.columns.filter((_, index) => index !== at) };
}

/** Whether two layouts write the same. */
export function sameLayout(left: JournalLayoutForm, right: JournalLayoutForm): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The name with the first number that makes it one nobody has. */
export function freeName(name: string, taken: readonly string[]): string {
  let number = 2;
  while (taken.includes(`${name} ${number}`)) {
    number += 1;
  }
  return `${name} ${number}`;
}

/** The layout with one column more. */
export function added(layout: JournalLayoutForm): JournalLayoutForm {
  return { ...layout, columns: [...layout.columns, { heading: '', value: 'text', text: '', chars: null }] };
}
