import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type MatchingConfigView, type MatchingSettingsView, type RuleView } from '@/ipc';
import { KEYS, refreshBook } from '@/shared/queries';
import { useStore } from '@/shared/store';
import { showToast } from '@/shared/toasts';
import { draftStore, keepTrial } from './draft';
import { moved, signatureOf } from './rules';

/** The settings as they are shown: what is stored, with what was changed since. */
export function useMatchingSettings() {
  const { t } = useI18n();
  const client = useQueryClient();
  const draft = useStore(draftStore);
  const [busy, setBusy] = useState<'save' | 'try' | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const settings = useQuery({
    queryKey: KEYS.matching,
    queryFn: () => host().call('matching_settings', {}),
  });
  const config = draft.config ?? settings.data?.config;

  function change(part: Partial<MatchingConfigView>): void {
    if (config) {
      draftStore.set((before) => ({ ...before, config: { ...config, ...before.config, ...part } }));
    }
  }

  async function doing(what: 'save' | 'try', work: () => Promise<void>): Promise<void> {
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

  function save(): Promise<void> {
    return doing('save', async () => {
      if (config) {
        const next = await host().call('save_matching_settings', { request: config });
        client.setQueryData<MatchingSettingsView>(KEYS.matching, next);
        draftStore.set((before) => ({ ...before, config: null }));
        // Figures and alerts are held against other limits from here on.
        await refreshBook(client);
        showToast({ tone: 'done', text: t('matching.saved') });
      }
    });
  }

  function tryAll(): Promise<void> {
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
    draftStore.set((before) => ({ ...before, trial: null, tried: new Map() }));
    change({ rules: moved(config?.rules ?? [], index, step) });
  }

  return {
    settings,
    config,
    changed: draft.config !== null,
    trial: draft.trial,
    triedOf: (rule: RuleView) => draft.tried.get(signatureOf(rule)),
    busy,
    fault,
    change,
    save,
    tryAll,
    keepRule,
    move,
    discard: () => {
      setFault(null);
      draftStore.set((before) => ({ ...before, config: null }));
    },
  };
}
