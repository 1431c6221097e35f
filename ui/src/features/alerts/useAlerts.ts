import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AlertSettingsView, type AlertsView, type AlertTestView, host } from '@/ipc';
import { KEYS } from '@/shared/queries';
import { showToast } from '@/shared/toasts';

/** The background raises and sends on its own; what is shown follows it so often. */
const FOLLOW_MS = 5000;

/** What was typed and is not stored yet. Secrets are never read back. */
export interface AlertDraft {
  settings: AlertSettingsView;
  password: string;
  url: string;
  /** Secrets to be forgotten. */
  forget: readonly Secret[];
}

/** The secrets that this machine's keychain may hold. */
export type Secret = 'password' | 'url';

/** A secret as it is sent: nothing leaves it, an empty one forgets it. */
function secretOf(entered: string, forgotten: boolean): string | null {
  if (entered !== '') {
    return entered;
  }
  return forgotten ? '' : null;
}

/** The channels that can be tried out. */
export type Channel = 'email' | 'webhook';

type Doing = 'acknowledge' | 'save' | 'retry' | Channel;

/** Alerts, their deliveries and settings, with what was changed since. */
export function useAlerts() {
  const { t } = useI18n();
  const client = useQueryClient();
  const [draft, setDraft] = useState<AlertDraft | null>(null);
  const [busy, setBusy] = useState<Doing | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const [tests, setTests] = useState<Partial<Record<Channel, AlertTestView>>>({});
  const report = useQuery({
    queryKey: KEYS.alerts,
    queryFn: () => host().call('alerts', {}),
    refetchInterval: FOLLOW_MS,
  });
  const shown =
    draft ??
    (report.data ? { settings: report.data.settings, password: '', url: '', forget: [] } : undefined);

  async function doing(what: Doing, work: () => Promise<void>): Promise<void> {
    setBusy(what);
    setFault(null);
    try {
      await work();
    } catch (refusal) {
      setFault(refusal);
    } finally {
      setBusy(null);
    }
  }

  async function take(next: AlertsView): Promise<void> {
    client.setQueryData<AlertsView>(KEYS.alerts, next);
    await Promise.all([
      client.invalidateQueries({ queryKey: KEYS.openAlerts }),
      client.invalidateQueries({ queryKey: KEYS.audit }),
    ]);
  }

  return {
    report,
    shown,
    changed: draft !== null,
    busy,
    fault,
    tests,
    change: (part: Partial<AlertSettingsView>) => {
      if (shown) {
        setDraft({ ...shown, settings: { ...shown.settings, ...part } });
      }
    },
    enter: (part: Partial<Pick<AlertDraft, 'password' | 'url'>>) => {
      if (shown) {
        setDraft({ ...shown, ...part });
      }
    },
    forget: (secret: Secret, forgotten: boolean) => {
      if (shown) {
        const others = shown.forget.filter((of) => of !== secret);
        setDraft({ ...shown, forget: forgotten ? [...others, secret] : others });
      }
    },
    discard: () => {
      setFault(null);
      setDraft(null);
    },
    acknowledge: (ids: string[]) =>
      doing('acknowledge', async () => take(await host().call('acknowledge_alerts', { ids }))),
    retry: () => doing('retry', async () => take(await host().call('retry_alert_deliveries', {}))),
    save: () =>
      doing('save', async () => {
        if (shown) {
          const { settings, password, url, forget } = shown;
          const request = {
            settings,
            smtpPassword: secretOf(password, forget.includes('password')),
            webhookUrl: secretOf(url.trim(), forget.includes('url')),
          };
          await take(await host().call('save_alert_settings', { request }));
          setDraft(null);
          setTests({});
          showToast({ tone: 'done', text: t('alertSet.saved') });
        }
      }),
    test: (channel: Channel) =>
      doing(channel, async () => {
        const result = await host().call('test_alert_channel', { channel });
        setTests((before) => ({ ...before, [channel]: result }));
      }),
  };
}
