/** Ready-made layouts, as far as the window needs them. */

import type { JournalLayoutForm } from '../generated';

const base: JournalLayoutForm = {
  name: 'generic',
  lines: 'entry',
  headings: true,
  separator: ',',
  decimal: '.',
  date: 'yyyy-MM-dd',
  encoding: 'utf-8',
  debit: 'D',
  credit: 'C',
  language: 'en',
  columns: [],
};
const columns = (...pairs: [string, string][]) =>
  pairs.map(([heading, value]) => ({ heading, value, text: '', chars: null }));

export const READY: readonly JournalLayoutForm[] = [
  {
    ...base,
    columns: columns(
      ['number', 'number'],
      ['date', 'date'],
      ['debit_account', 'debit_account'],
      ['credit_account', 'credit_account'],
      ['amount', 'amount'],
      ['currency', 'currency'],
      ['text', 'text'],
    ),
  },
  {
    ...base,
    name: 'datev',
    separator: ';',
    decimal: ',',
    date: 'ddMM',
    encoding: 'windows-1252',
    debit: 'S',
    credit: 'H',
    language: 'de',
    columns: columns(
      ['Umsatz (ohne Soll/Haben-Kz)', 'amount'],
      ['Soll/Haben-Kennzeichen', 'letter'],
      ['Konto', 'account_number'],
      ['Gegenkonto (ohne BU-Schlüssel)', 'contra_account_number'],
      ['Belegdatum', 'date'],
      ['Buchungstext', 'text'],
    ),
  },
  {
    ...base,
    name: 'quickbooks',
    lines: 'side',
    date: 'MM/dd/yyyy',
    columns: columns(
      ['JournalNo', 'number'],
      ['JournalDate', 'date'],
      ['AccountName', 'account'],
      ['Debits', 'debit'],
      ['Credits', 'credit'],
    ),
  },
];
