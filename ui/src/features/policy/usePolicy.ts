import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import { host } from '@/ipc';
import { useDraft } from '@/shared/drafts';
import { KEYS, refreshBook } from '@/shared/queries';
import { useStore } from '@/shared/store';
import { runTask } from '@/shared/task';
import { showToast } from '@/shared/toasts';
import { useDoing } from '@/shared/useDoing';
import { policyDraft, trialStore } from './draft';
import { same } from './form';

/** Accepted records that are listed. */
const ACCEPTED_SHOWN = 200;

/** What the screen is doing. */
export type Doing = 'try';

/** The policy as it is shown: what is stored, with what was changed since. */
export function usePolicy() {
  const { t } = useI18n();
  const client = useQueryClient();
  const trial = useStore(trialStore);
  const { busy, fault, forgetFault, doing } = useDoing<Doing>();
  const policy = useQuery({ queryKey: KEYS.policy, queryFn: () => host().call('policy', {}) });
  const accepted = useQuery({
    queryKey: KEYS.accepted,
    queryFn: () => host().call('accepted_records', { request: { offset: 0, limit: ACCEPTED_SHOWN } }),
  });
  const { shown: form, changed, change, forget } = useDraft(policyDraft, policy.data?.form);

  function tryForm(): Promise<boolean> {
    return doing('try', async () => {
      if (form) {
        const result = await host().call('try_policy', { request: form });
        trialStore.set({ of: form, result });
      }
    });
  }

  /** Refusals are thrown: the dialog that asks for the reason shows them. */
  async function save(reason: string): Promise<void> {
    if (form) {
      const { saved, version } = await host().call('save_policy', { request: { form, reason } });
      forget();
      await refreshBook(client);
      showToast({ tone: 'done', text: t(saved ? 'policy.saved' : 'policy.same', { version }) });
    }
  }

  /** Refusals are thrown: the dialog that asked shows them. */
  async function apply(): Promise<void> {
    const { plan } = await runTask('apply_policy', {});
    trialStore.set(null);
    await refreshBook(client);
    const { approved, accepted, kept } = plan;
    showToast({ tone: 'done', text: t('policy.applied', { approved, accepted, kept }) });
  }

  /** The same. */
  async function takeBack(id: string, reason: string): Promise<void> {
    await host().call('take_back_acceptance', { request: { id, reason } });
    await refreshBook(client);
    showToast({ tone: 'done', text: t('policy.takenBack') });
  }

  return {
    policy,
    accepted,
    form,
    changed,
    trial: trial?.result ?? null,
    /** The form was changed since it was tried. */
    stale: trial !== null && form !== undefined && !same(trial.of, form),
    busy,
    fault,
    change,
    tryForm,
    save,
    apply,
    takeBack,
    discard: () => {
      forgetFault();
      forget();
    },
  };
}
