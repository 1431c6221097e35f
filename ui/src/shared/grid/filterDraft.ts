/** A column's filters as a form shows them, and back. */

import type { GridColumn, GridColumnKind, GridFilter } from '@/ipc';
import { parseAmount } from '../decimal';
import { formatDate, formatDecimal, parseDate } from '../format';

/** What a form of filters holds; texts are as typed. */
export interface FilterDraft {
  presence: 'any' | 'empty' | 'filled';
  words: readonly string[];
  from: string;
  to: string;
  textTest: 'contains' | 'equals' | 'differs';
  text: string;
}

/** Which field of a form cannot be read. */
export type FilterFault = 'from' | 'to';

function shown(kind: GridColumnKind, value: string, locale: string): string {
  if (value === '') {
    return '';
  }
  return isDay(kind)
    ? formatDate(value.slice(0, 10), locale)
    : formatDecimal(value, locale).replace('\u2212', '-');
}

/** Whether a column is filtered by days. */
export function isDay(kind: GridColumnKind): boolean {
  return kind === 'date' || kind === 'time';
}

/** The form for the filters that a column has. */
export function draftOf(filters: readonly GridFilter[], kind: GridColumnKind, locale: string): FilterDraft {
  const of = (test: GridFilter['test']) => filters.find((filter) => filter.test === test);
  const value = (test: GridFilter['test']) => of(test)?.values[0] ?? '';
  const figures = kind === 'text' || kind === 'word' ? '' : value('equals');
  const textTest = (['equals', 'differs'] as const).find((test) => of(test)) ?? 'contains';
  return {
    presence: of('empty') ? 'empty' : of('filled') ? 'filled' : 'any',
    words: of('oneOf')?.values ?? (kind === 'word' ? (of('equals')?.values ?? []) : []),
    from: shown(kind, value('atLeast') || figures, locale),
    to: shown(kind, value('atMost') || figures, locale),
    textTest,
    text: value(textTest),
  };
}

function limits(
  column: GridColumn,
  kind: GridColumnKind,
  draft: FilterDraft,
  locale: string,
): GridFilter[] | FilterFault {
  const read = (text: string) => (isDay(kind) ? parseDate(text, locale) : parseAmount(text, locale));
  const filters: GridFilter[] = [];
  for (const [field, test] of [
    ['from', 'atLeast'],
    ['to', 'atMost'],
  ] as const) {
    if (draft[field].trim() !== '') {
      const value = read(draft[field]);
      if (value === null) {
        return field;
      }
      filters.push({ column, test, values: [value] });
    }
  }
  return filters;
}

/** The filters that a form asks for; or the field that cannot be read. */
export function filtersOf(
  column: GridColumn,
  kind: GridColumnKind,
  draft: FilterDraft,
  locale: string,
): GridFilter[] | FilterFault {
  if (draft.presence !== 'any') {
    return [{ column, test: draft.presence, values: [] }];
  }
  if (kind === 'word') {
    return draft.words.length > 0 ? [{ column, test: 'oneOf', values: [...draft.words] }] : [];
  }
  if (kind === 'text') {
    const text = draft.text.trim();
    return text === '' ? [] : [{ column, test: draft.textTest, values: [text] }];
  }
  return limits(column, kind, draft, locale);
}
