import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AlertSettingsView, type AlertTestView, host } from '@/ipc';
import { useStore } from '@/shared/store';
import { showToast } from '@/shared/toasts';
import { type AlertDraft, draftStore, type Secret } from './draft';
import { useAlertReport, useDoing, useTakeAlerts } from './useAlerts';

/** A secret as it is sent: nothing leaves it, an empty one forgets it. */
function secretOf(entered: string, forgotten: boolean): string | null {
  if (entered !== '') {
    return entered;
  }
  return forgotten ? '' : null;
}

/** The channels that can be tried out. */
export type Channel = 'email' | 'webhook';

/** Limits and channels as they are shown: what is stored, with what was changed since. */
export function useAlertSettings() {
  const { t } = useI18n();
  const report = useAlertReport();
  const take = useTakeAlerts();
  const draft = useStore(draftStore);
  const { busy, fault, forgetFault, doing } = useDoing<'save' | Channel>();
  const [tests, setTests] = useState<Partial<Record<Channel, AlertTestView>>>({});
  const shown =
    draft ??
    (report.data ? { settings: report.data.settings, password: '', url: '', forget: [] } : undefined);

  function change(part: Partial<AlertDraft>): void {
    if (shown) {
      draftStore.set({ ...shown, ...part });
    }
  }

  return {
    report,
    shown,
    changed: draft !== null,
    busy,
    fault,
    tests,
    change: (part: Partial<AlertSettingsView>) =>
      shown && change({ settings: { ...shown.settings, ...part } }),
    enter: (part: Partial<Pick<AlertDraft, 'password' | 'url'>>) => change(part),
    forget: (secret: Secret, forgotten: boolean) => {
      if (shown) {
        const others = shown.forget.filter((of) => of !== secret);
        change({ forget: forgotten ? [...others, secret] : others });
      }
    },
    discard: () => {
      forgetFault();
      draftStore.set(null);
    },
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
          draftStore.set(null);
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
