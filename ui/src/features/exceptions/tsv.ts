import type { I18n } from '@/i18n';
import type { ExceptionRow } from '@/ipc';
import { whyOf } from './exceptions';

/**
 * One cell: no tab or line break inside it, no text that a spreadsheet would take for a formula (the signs that the host's
 * CSV files know too), and quotation marks as RFC 4180 has them, since one that opens a cell would swallow those after it.
 */
function cell(text: string): string {
  const flat = text.replace(/[\t\r\n]+/g, ' ');
  const harmless = /^[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(flat) ? `'${flat}` : flat;
  return harmless.includes('"') ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

/** Rows for a spreadsheet: a heading, then a line each, columns divided by tabs. Amounts stay plain numbers. */
export function tsvOf(rows: readonly ExceptionRow[], i18n: I18n): string {
  const { t, word } = i18n;
  const heading = [
    t('exceptions.side'),
    t('field.date'),
    t('field.counterparty'),
    t('field.number'),
    t('field.reference'),
    t('exceptions.text'),
    t('field.amount'),
    t('exceptions.impact'),
    t('exceptions.currency'),
    t('exceptions.cause'),
    t('exceptions.age'),
    t('exceptions.owner'),
    t('exceptions.fix'),
    t('exceptions.file'),
    t('exceptions.row'),
  ];
  const lines = rows.map((row) => {
    const { record, cause, impact, daysOpen, owner } = row;
    return [
      cell(word('side', record.side)),
      record.date ?? '',
      cell(record.counterparty),
      cell(record.number),
      cell(record.reference),
      cell(record.text),
      record.amount.value,
      impact.value,
      impact.currency,
      cell(word('cause', cause)),
      String(daysOpen),
      cell(owner ?? ''),
      cell(whyOf(row, i18n)),
      cell(record.sourceFile),
      String(record.sourceRow),
    ];
  });
  return [heading, ...lines].map((line) => line.join('\t')).join('\n');
}
