import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type AlertsView, host } from '@/ipc';
import { KEYS } from '@/shared/queries';
import { useDoing } from '@/shared/useDoing';

/** The background raises and sends on its own; what is shown follows it so often. */
const FOLLOW_MS = 5000;

/** Alerts, their deliveries and settings, as the workbook has them. */
export function useAlertReport() {
  return useQuery({
    queryKey: KEYS.alerts,
    queryFn: () => host().call('alerts', {}),
    refetchInterval: FOLLOW_MS,
  });
}

/** Shows what a change left, and asks anew for what depends on it. */
export function useTakeAlerts(): (next: AlertsView) => Promise<void> {
  const client = useQueryClient();
  return async (next) => {
    client.setQueryData<AlertsView>(KEYS.alerts, next);
    await Promise.all([
      client.invalidateQueries({ queryKey: KEYS.openAlerts }),
      client.invalidateQueries({ queryKey: KEYS.audit }),
    ]);
  };
}

/** Alerts and their deliveries, and what is done about them. */
export function useAlerts() {
  const report = useAlertReport();
  const take = useTakeAlerts();
  const { busy, fault, doing } = useDoing<'acknowledge' | 'retry'>();
  return {
    report,
    busy,
    fault,
    acknowledge: (ids: string[]) =>
      doing('acknowledge', async () => take(await host().call('acknowledge_alerts', { ids }))),
    retry: () => doing('retry', async () => take(await host().call('retry_alert_deliveries', {}))),
  };
}
