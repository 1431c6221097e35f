import { FlaskConical, Play, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { AcceptedRecordView } from '@/ipc';
import { Button } from '@/shared/Button';
import { DraftScreen } from '@/shared/DraftScreen';
import { useKeys } from '@/shared/keys';
import { Empty, Panel, TaskProgress } from '@/shared/Parts';
import { useTask } from '@/shared/task';
import { AcceptedRecords } from './AcceptedRecords';
import { ApplyDialog, TakeBackDialog } from './dialogs';
import { LimitTable } from './LimitTable';
import { PolicyHistory } from './PolicyHistory';
import { PolicyTrial } from './PolicyTrial';
import { SaveDialog } from './SaveDialog';
import { usePolicy } from './usePolicy';
import './policy.css';

/** Which low-impact items are resolved without a person: limits, their trial, what was accepted, and the versions. */
export function PolicyScreen() {
  const { t } = useI18n();
  const desk = usePolicy();
  const task = useTask();
  const { policy, accepted, form, changed, busy, trial } = desk;
  const [saving, setSaving] = useState(false);
  const [applying, setApplying] = useState(false);
  const [takingBack, setTakingBack] = useState<AcceptedRecordView | null>(null);
  const idle = busy === null && task === null && form !== undefined;
  const canApply = idle && !changed && policy.data?.version != null;
  const fault = desk.fault ?? policy.error ?? accepted.error;

  /** Nothing is applied before it is known what that would do. */
  async function askToApply(): Promise<void> {
    if (await desk.tryForm()) {
      setApplying(true);
    }
  }

  const group = t('nav.policy');
  useKeys([
    { combo: 't', label: t('policy.try'), group, run: () => void desk.tryForm(), enabled: idle },
    {
      combo: 'a',
      label: t('policy.apply'),
      group,
      run: () => void askToApply(),
      enabled: canApply,
      needs: 'import',
    },
  ]);

  const actions = (
    <Button
      icon={FlaskConical}
      keys="t"
      busy={busy === 'try'}
      disabled={!idle}
      onClick={() => void desk.tryForm()}
      testId="policy-try"
    >
      {t('policy.try')}
    </Button>
  );

  return (
    <DraftScreen
      title={t('policy.title')}
      sub={t('policy.sub')}
      group={group}
      testId="policy"
      changed={changed}
      idle={idle}
      fault={fault}
      save={t('policy.save')}
      actions={actions}
      onSave={() => setSaving(true)}
      onDiscard={desk.discard}
    >
      {form && policy.data && (
        <>
          {task?.name === 'apply_policy' && (
            <Panel>
              <TaskProgress task={task} />
            </Panel>
          )}
          {trial && (
            <Panel title={t('policy.trial')} testId="policy-trial-panel">
              <PolicyTrial trial={trial} stale={desk.stale} />
            </Panel>
          )}
          <Panel title={t('policy.limits')} flush>
            <LimitTable policy={policy.data} form={form} onChange={desk.change} />
          </Panel>
          <Panel
            title={t('policy.accepted')}
            flush
            aside={
              <Button
                size="small"
                icon={Play}
                keys="a"
                needs="import"
                busy={task?.name === 'apply_policy'}
                disabled={!canApply}
                onClick={() => void askToApply()}
                testId="policy-apply"
              >
                {t('policy.apply')}
              </Button>
            }
          >
            {accepted.data && (
              <AcceptedRecords accepted={accepted.data} busy={busy !== null} onTakeBack={setTakingBack} />
            )}
          </Panel>
          <Panel title={t('policy.history')} flush>
            {policy.data.versions.length === 0 ? (
              <Empty icon={ShieldCheck} title={t('policy.none')} testId="policy-none">
                {t('policy.none.text')}
              </Empty>
            ) : (
              <PolicyHistory versions={policy.data.versions} />
            )}
          </Panel>
          {saving && <SaveDialog onClose={() => setSaving(false)} onSave={desk.save} />}
          {applying && trial && (
            <ApplyDialog plan={trial.now} onClose={() => setApplying(false)} onApply={desk.apply} />
          )}
          {takingBack && (
            <TakeBackDialog
              record={takingBack}
              onClose={() => setTakingBack(null)}
              onTakeBack={desk.takeBack}
            />
          )}
        </>
      )}
    </DraftScreen>
  );
}
