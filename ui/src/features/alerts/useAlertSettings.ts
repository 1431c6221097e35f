import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AlertSettingsView, type AlertTestView, host } from '@/ipc';
import { useDraft } from '@/shared/drafts';
import { showToast } from '@/shared/toasts';
import { useDoing } from '@/shared/useDoing';
import { type AlertDraft, alertDraft, type Secret } from './draft';
import { useAlertReport, useTakeAlerts } from './useAlerts';

/** A secret as it is sent: nothing leaves it, an empty one forgets it. */
function secretOf(entered: string, forgotten: boolean): string | null {
  if (entered !== '') {
    return entered;
  }
  return forgotten ? '' : null;
}

/** Nothing of what only the keychain holds. */
const NO_SECRETS = { password: '', url: '', forget: [] };

/** The channels that can be tried out. */
export type Channel = 'email' | 'webhook';

/** Limits and channels as they are shown: what is stored, with what was changed since. */
export function useAlertSettings() {
  const { t } = useI18n();
  const report = useAlertReport();
  const take = useTakeAlerts();
  const { busy, fault, forgetFault, doing } = useDoing<'save' | Channel>();
  const [tests, setTests] = useState<Partial<Record<Channel, AlertTestView>>>({});
  const stored = report.data && { ...NO_SECRETS, settings: report.data.settings };
  const { shown, changed, change, forget } = useDraft(alertDraft, stored);

  return {
    report,
    shown,
    changed,
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
      forget();
    },
    save: () =>
      doing('save', async () => {
        if (shown) {
          const { settings, password, url, forget: forgotten } = shown;
          const request = {
            settings,
            smtpPassword: secretOf(password, forgotten.includes('password')),
            webhookUrl: secretOf(url.trim(), forgotten.includes('url')),
          };
          await take(await host().call('save_alert_settings', { request }));
          forget();
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
