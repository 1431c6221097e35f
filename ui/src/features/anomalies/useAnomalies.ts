import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AnomalyView, host } from '@/ipc';
import { KEYS } from '@/shared/queries';
import { runTask, useTask } from '@/shared/task';
import { showToast } from '@/shared/toasts';

/** What stands out, for an account or (`null`) for all, and the judgements on it. */
export function useAnomalies(account: string | null) {
  const { t } = useI18n();
  const client = useQueryClient();
  const task = useTask();
  const [fault, setFault] = useState<unknown>(null);
  const request = { account, from: null, to: null };
  const list = useQuery({
    queryKey: [...KEYS.anomalies, account],
    queryFn: () => runTask('anomalies', { request }),
    placeholderData: keepPreviousData,
    retry: false,
    // One long task at a time: what is looked for waits for the others.
    enabled: task === null || task.name === 'anomalies',
  });

  async function refresh(): Promise<void> {
    await Promise.all([
      client.invalidateQueries({ queryKey: KEYS.anomalies }),
      client.invalidateQueries({ queryKey: KEYS.audit }),
    ]);
  }

  async function restore(anomaly: AnomalyView): Promise<void> {
    setFault(null);
    try {
      await host().call('restore_anomaly', { key: anomaly.key });
      showToast({ tone: 'done', text: t('anomalies.restored') });
    } catch (refusal) {
      setFault(refusal);
    }
    await refresh();
  }

  /** Refusals go to whoever asked for the reason. */
  async function setAside(anomaly: AnomalyView, reason: string): Promise<void> {
    await host().call('set_anomaly_aside', { request: { listed: request, key: anomaly.key, reason } });
    showToast({
      tone: 'done',
      text: t('anomalies.setAside.done'),
      action: { label: t('anomalies.undo'), run: () => void restore(anomaly), testId: 'anomaly-undo' },
    });
    await refresh();
  }

  return { list, task: task?.name === 'anomalies' ? task : null, fault, setAside, restore };
}
