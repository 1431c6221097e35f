import type { I18n } from '@/i18n';

/** What a column is called: its header, or its place where the file names none; the host counts such columns in English. */
export function columnName(header: string, { t }: I18n): string {
  const place = /^Column (\d+)$/.exec(header)?.[1];
  return place === undefined ? header : t('import.column.unnamed', { number: place });
}
