import { type AccountView, host } from '@/ipc';
import type { FigureScope } from '@/shared/figures/queries';
import { KEYS } from '@/shared/queries';

/** The question for what speaks against signing off: it takes longer than the figures. */
export function judgementQuery(scope: FigureScope) {
  return {
    queryKey: [...KEYS.figures, 'judgement', scope] as const,
    queryFn: () => host().call('judgement', { request: scope }),
  };
}

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
