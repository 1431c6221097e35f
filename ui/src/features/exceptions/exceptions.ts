import type { I18n } from '@/i18n';
import {
  type ExceptionOrderView,
  type ExceptionPage,
  type ExceptionRow,
  type ExceptionsRequest,
  host,
} from '@/ipc';
import { factSentence, fixSentence } from '@/shared/finding';
import type { ExceptionChoice } from '@/shared/focus';
import { ALL_EXCEPTIONS } from '@/shared/focus';
import { KEYS } from '@/shared/queries';
import { createStore } from '@/shared/store';

/** What is looked at, and in which order. */
export interface Look {
  choice: ExceptionChoice;
  search: string;
  order: ExceptionOrderView;
  reversed: boolean;
}

const FIRST: Look = { choice: ALL_EXCEPTIONS, search: '', order: 'impact', reversed: false };

/** The look, kept while one goes to the bench and comes back. */
export const lookStore = createStore<Look>(FIRST);

/** Forgets it, when the workbook closes. */
export function forgetExceptions(): void {
  lookStore.set(FIRST);
}

/** Whether anything is left out. */
export function isFiltered({ choice, search }: Look): boolean {
  return search !== '' || Object.values(choice).some((part) => part !== null);
}

function request(
  { choice, search, order, reversed }: Look,
  offset: number,
  limit: number,
): ExceptionsRequest {
  return { ...choice, search, order, reversed, offset, limit };
}

/** Where the pages of a look are kept. */
export function pagesKey(look: Look): readonly unknown[] {
  return [...KEYS.exceptions, 'page', look];
}

/** A page of a look. */
export function loadPage(look: Look, offset: number, limit: number): Promise<ExceptionPage> {
  return host().call('exceptions', { request: request(look, offset, limit) });
}

/** The question for what they come to; order does not matter. */
export function totalsQuery({ choice, search }: Look) {
  return {
    queryKey: [...KEYS.exceptions, 'totals', choice, search] as const,
    queryFn: () => host().call('exception_totals', { request: request({ ...FIRST, choice, search }, 0, 0) }),
  };
}

/** Rows that a copy takes at most: what a spreadsheet's clipboard bears. */
export const COPY_MAX = 20_000;
const COPY_PAGE = 1000;

/** All rows of a look, in its order, up to {@link COPY_MAX}. */
export async function rowsToCopy(look: Look): Promise<ExceptionRow[]> {
  const rows: ExceptionRow[] = [];
  for (;;) {
    const page = await loadPage(look, rows.length, COPY_PAGE);
    rows.push(...page.rows);
    if (page.rows.length === 0 || rows.length >= Math.min(page.total, COPY_MAX)) {
      return rows.slice(0, COPY_MAX);
    }
  }
}

/** What a record is about: its number or reference, then its text. */
export function aboutOf({ record }: ExceptionRow): string {
  return [record.number || record.reference, record.text].filter((part) => part !== '').join(' · ');
}

/** Why a record is in no match and what to do about it, in the window's language; as the engine put it where it put no more. */
export function whyOf({ explanation, finding }: ExceptionRow, i18n: I18n): string {
  if (!finding) {
    return explanation;
  }
  const { evidence, fix, confidence } = finding;
  const sentences = evidence.map((fact) => factSentence(fact, i18n));
  if (fix.kind !== 'nothing') {
    sentences.push(fixSentence(fix, i18n));
  }
  return [...sentences, `${i18n.t('finding.confidence', { percent: confidence })}.`].join(' ');
}
