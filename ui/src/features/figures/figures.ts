import { type AccountView, type FiguresRequest, host } from '@/ipc';
import { type ExceptionChoice, exceptionFocus } from '@/shared/focus';
import { goTo } from '@/shared/navigation';
import { KEYS } from '@/shared/queries';

/** Of what figures are looked at. Days are those of an account: without one they are all. */
export type FigureScope = FiguresRequest;

/** The question for the figures. */
export function boardQuery(scope: FigureScope) {
  return {
    queryKey: [...KEYS.figures, 'board', scope] as const,
    queryFn: () => host().call('figures', { request: scope }),
  };
}

/** The question for what speaks against signing off: it takes longer than the figures. */
export function judgementQuery(scope: FigureScope) {
  return {
    queryKey: [...KEYS.figures, 'judgement', scope] as const,
    queryFn: () => host().call('judgement', { request: scope }),
  };
}

/** The question for the history by day. */
export const historyQuery = {
  queryKey: [...KEYS.figures, 'history'] as const,
  queryFn: () => host().call('daily_history', { from: null, to: null }),
};

/** The question for what an account's lines of the scope come to; its open ends are the account's own. */
export function summaryQuery(account: AccountView, { from, to }: FigureScope) {
  const request = {
    accountId: account.id,
    from: from ?? account.firstDate ?? '',
    to: to ?? account.lastDate ?? '',
  };
  return {
    queryKey: [...KEYS.figures, 'summary', request] as const,
    queryFn: () => host().call('account_summary', { request }),
    enabled: request.from !== '' && request.to !== '',
  };
}

/** Shows the exceptions that a figure of the scope counts. */
export function showExceptions(scope: FigureScope, part: Partial<ExceptionChoice> = {}): void {
  goTo('exceptions', exceptionFocus({ ...scope, ...part }) || 'all');
}
