import { type FiguresRequest, host } from '@/ipc';
import { type ExceptionChoice, exceptionFocus } from '../focus';
import { focusOf } from '../grid';
import { goTo } from '../navigation';
import { KEYS } from '../queries';

/** Of what figures are looked at. Days are those of an account: without one they are all. */
export type FigureScope = FiguresRequest;

/** All there is. */
export const WHOLE_COMPANY: FigureScope = { accountId: null, from: null, to: null };

/** The question for the figures. */
export function boardQuery(scope: FigureScope) {
  return {
    queryKey: [...KEYS.figures, 'board', scope] as const,
    queryFn: () => host().call('figures', { request: scope }),
  };
}

/** The question for the history by day. */
export const historyQuery = {
  queryKey: [...KEYS.figures, 'history'] as const,
  queryFn: () => host().call('daily_history', { from: null, to: null }),
};

/** Shows the exceptions that a figure of the scope counts. */
export function showExceptions(scope: FigureScope, part: Partial<ExceptionChoice> = {}): void {
  goTo('exceptions', exceptionFocus({ ...scope, ...part }) || 'all');
}

/** Shows the matches that runs made and people decided on a day: what moved the figures of that day. */
export function showMatchesOf(day: string): void {
  const filters = (['atLeast', 'atMost'] as const).map((test) => ({
    column: 'changedAt' as const,
    test,
    values: [day],
  }));
  goTo('records', focusOf('matches', { search: '', filters, sort: [] }));
}
