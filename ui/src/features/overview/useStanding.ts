import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { host, type StandingRatesView, type StandingRowView } from '@/ipc';
import { KEYS } from '@/shared/queries';

/** A day that comes, or an alert, is noticed in a window that nobody touches. */
const EVERY_MS = 5 * 60_000;

/** What needs whoever is signed in, and where everything stands: quick, and asked after every change. */
export function useStanding() {
  return useQuery({
    queryKey: KEYS.standing,
    queryFn: () => host().call('standing', {}),
    placeholderData: keepPreviousData,
    refetchInterval: EVERY_MS,
  });
}

/** How much of each period is matched: this looks at lines, so it comes later, and the former figures stand until then. */
export function useRates(locked: boolean, enabled: boolean) {
  return useQuery({
    queryKey: [...KEYS.standing, 'rates', locked],
    queryFn: () => host().call('standing_rates', { locked }),
    placeholderData: keepPreviousData,
    enabled,
  });
}

/** The figures of a row; `undefined` while they are worked out, `null` where they were not asked for. */
export type Rates = StandingRatesView | undefined | null;

/** The figures of a row. */
export function ratesOf(rates: readonly StandingRatesView[] | undefined | null, row: StandingRowView): Rates {
  if (rates === null) {
    return null;
  }
  const period = row.period?.id ?? null;
  return rates?.find((one) => one.accountId === row.accountId && one.periodId === period);
}
