import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { host, type PeriodSheetView } from '@/ipc';
import { KEYS, useRefreshBook } from '@/shared/queries';

/** The periods of an account. */
export function usePeriods(accountId: string) {
  return useQuery({
    queryKey: [...KEYS.periods, accountId],
    queryFn: () => host().call('periods', { accountId }),
  });
}

/** One period with its proof, what rolled forward and what happened to it. */
export function usePeriod(periodId: string) {
  return useQuery({
    queryKey: [...KEYS.periods, 'one', periodId],
    queryFn: () => host().call('period', { periodId }),
    placeholderData: keepPreviousData,
  });
}

/** Whether the content is what was signed; asked apart, since a long period takes a while. */
export function useCheck({ id, content }: PeriodSheetView['period']) {
  return useQuery({
    queryKey: [...KEYS.periods, 'check', id, content],
    queryFn: () => host().call('check_period', { periodId: id }),
    enabled: content !== null,
  });
}

/** What a person does with a period. */
export type Act = 'prepare' | 'review' | 'lock' | 'takeBack' | 'request' | 'reopen' | 'decline' | 'withdraw';

/** A balance the preparer states. */
export interface Stated {
  amount: string;
  reason: string;
}

/** Does it to what was looked at, and asks anew for what is shown. A refusal is thrown on. */
export function useAct(periodId: string, seen: string) {
  const refresh = useRefreshBook();
  return async (act: Act, note: string, opening: Stated | null, closing: Stated | null): Promise<void> => {
    const request = { periodId, seen, note };
    switch (act) {
      case 'prepare':
        await host().call('prepare_period', { request: { ...request, opening, closing } });
        break;
      case 'review':
        await host().call('review_period', { request });
        break;
      case 'lock':
        await host().call('lock_period', { request });
        break;
      case 'takeBack':
        await host().call('take_period_back', { request });
        break;
      case 'request':
        await host().call('request_reopening', { request });
        break;
      case 'reopen':
        await host().call('reopen_period', { request });
        break;
      case 'decline':
        await host().call('decline_reopening', { request });
        break;
      case 'withdraw':
        await host().call('withdraw_reopening', { request });
        break;
    }
    await refresh();
  };
}
