import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import { host, type MatchingSettingsView, type RuleView } from '@/ipc';
import { useDraft } from '@/shared/drafts';
import { KEYS, refreshBook } from '@/shared/queries';
import { useStore } from '@/shared/store';
import { showToast } from '@/shared/toasts';
import { useDoing } from '@/shared/useDoing';
import { keepTrial, matchingDraft, trialStore, UNTRIED } from './draft';
import { moved, signatureOf } from './rules';

/** Saved as it is, the file of exchange rates is read anew. */
const READ_AGAIN = () => false;

/** The settings as they are shown: what is stored, with what was changed since. */
export function useMatchingSettings() {
  const { t } = useI18n();
  const client = useQueryClient();
  const trials = useStore(trialStore);
  const { busy, fault, forgetFault, doing } = useDoing<'save' | 'try'>();
  const settings = useQuery({
    queryKey: KEYS.matching,
    queryFn: () => host().call('matching_settings', {}),
  });
  const {
    shown: config,
    changed,
    change,
    forget,
  } = useDraft(matchingDraft, settings.data?.config, READ_AGAIN);

  function save(): Promise<boolean> {
    return doing('save', async () => {
      if (config) {
        const next = await host().call('save_matching_settings', { request: config });
        client.setQueryData<MatchingSettingsView>(KEYS.matching, next);
        forget();
        // Figures and alerts are held against other limits from here on.
        await refreshBook(client);
        showToast({ tone: 'done', text: t('matching.saved') });
      }
    });
  }

  function tryAll(): Promise<boolean> {
    return doing('try', async () => {
      if (config) {
        keepTrial(config.rules, await host().call('try_rules', { request: { rules: config.rules } }));
      }
    });
  }

  /** Tries the rules with one of them changed or added, and keeps it only if all are fine. It begins switched off. */
  async function keepRule(rule: RuleView, index: number): Promise<void> {
    const rules = [...(config?.rules ?? [])];
    const before = rules[index];
    const same = before !== undefined && signatureOf(before) === signatureOf(rule);
    rules[index] = { ...rule, enabled: same && before.enabled };
    keepTrial(rules, await host().call('try_rules', { request: { rules } }));
    change({ rules });
  }

  /** Another order may change what each rule does: all have to be tried anew before one is switched on. */
  function move(index: number, step: -1 | 1): void {
    trialStore.set(UNTRIED);
    change({ rules: moved(config?.rules ?? [], index, step) });
  }

  return {
    settings,
    config,
    changed,
    trial: trials.last,
    triedOf: (rule: RuleView) => trials.tried.get(signatureOf(rule)),
    busy,
    fault,
    change,
    save,
    tryAll,
    keepRule,
    move,
    discard: () => {
      forgetFault();
      forget();
    },
  };
}
