/** Reads small CSV files: enough of the real importer to show every state of the import screen. */

import type { ColumnRoleView, DateOrderView, MappingView, SideView } from '../generated';

/** A file as a table of text. */
export interface TextTable {
  delimiter: string;
  header: string[];
  rows: string[][];
}

const ROLE_WORDS: readonly [RegExp, ColumnRoleView][] = [
  [/wertstellung|value ?date|valuta/, 'valueDate'],
  [/fällig|due/, 'dueDate'],
  [/rechnungsnummer|number|invoice|beleg/, 'number'],
  [/kundennr|customer code|code/, 'counterpartyCode'],
  [/datum|date|buchungstag/, 'date'],
  [/^konto$/, 'account'],
  [/saldo|balance/, 'balance'],
  [/betrag|amount/, 'amount'],
  [/währung|currency/, 'currency'],
  [/iban|kontonummer/, 'counterpartyAccount'],
  [/auftraggeber|empfänger|kunde|customer|payee|counterparty|name/, 'counterparty'],
  [/referen/, 'reference'],
  [/verwendungszweck|text|description|memo/, 'description'],
];

/** Splits a text into rows and columns. Quotes are kept simple: no line breaks inside them. */
export function readTable(text: string): TextTable {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const first = lines[0] ?? '';
  const delimiter = [';', '\t', ',', '|'].reduce((best, mark) =>
    first.split(mark).length > first.split(best).length ? mark : best,
  );
  const cells = (line: string) => line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1'));
  return { delimiter, header: cells(first), rows: lines.slice(1).map(cells) };
}

function roleOf(header: string): ColumnRoleView {
  const lower = header.toLowerCase();
  return ROLE_WORDS.find(([pattern]) => pattern.test(lower))?.[1] ?? 'ignore';
}

function dateOrderOf(samples: readonly string[]): DateOrderView {
  if (samples.some((sample) => /^\d{4}-/.test(sample))) {
    return 'yearMonthDay';
  }
  return samples.some((sample) => /^\d{1,2}\/(1[3-9]|[23]\d)\//.test(sample))
    ? 'monthDayYear'
    : 'dayMonthYear';
}

/** What the columns are taken for. */
export function recognise(table: TextTable): { mapping: MappingView; side: SideView } {
  const roles = table.header.map(roleOf);
  const column = (role: ColumnRoleView) => table.rows.map((row) => row[roles.indexOf(role)] ?? '');
  const comma = column('amount').some((value) => /,\d{1,2}$/.test(value));
  return {
    side: roles.includes('number') || roles.includes('dueDate') ? 'ledger' : 'statement',
    mapping: {
      roles,
      dateOrder: dateOrderOf(column('date')),
      decimalMark: comma ? 'comma' : 'point',
      invertSign: false,
      sheet: null,
    },
  };
}

/** A date as ISO; `null` where it is none. */
export function readDate(text: string, order: DateOrderView): string | null {
  const parts = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/.exec(text.trim());
  if (!parts) {
    return null;
  }
  const [, first = '', second = '', third = ''] = parts;
  const [year, month, day] =
    order === 'yearMonthDay'
      ? [first, second, third]
      : order === 'dayMonthYear'
        ? [third, second, first]
        : [third, first, second];
  const iso = `${year.padStart(4, '20')}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== iso ? null : iso;
}
