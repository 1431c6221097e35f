import { Play } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { BatchPanel } from '@/shared/batches/BatchPanel';
import { useKeys } from '@/shared/keys';
import { Notice } from '@/shared/Notice';
import { Panel, ScreenHead } from '@/shared/Parts';
import { useRefreshBook } from '@/shared/queries';
import { useTask } from '@/shared/task';
import { Figures } from './Figures';
import { runMatching } from './matching';
import { RunPanel } from './RunPanel';
import { Steps } from './Steps';
import { Accounts, WaitingFiles } from './Tables';
import './overview.css';

/** Where the work stands and what to do next. */
export function OverviewScreen({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const busy = useTask() !== null;
  const { counts } = workbook;
  const possible = counts.lines > 0 && counts.entries > 0;
  const started = counts.lines > 0 || counts.entries > 0;
  const matched = counts.runs > 0;

  async function match(): Promise<void> {
    await runMatching();
    await refresh();
  }

  useKeys([
    {
      combo: 'm',
      label: t('overview.match'),
      group: t('nav.overview'),
      run: () => void match(),
      enabled: possible && !busy,
      needs: 'import',
    },
  ]);

  return (
    <div className="screen">
      <ScreenHead
        title={workbook.company}
        actions={
          matched && (
            <Button
              variant={counts.toReview === 0 ? 'primary' : 'secondary'}
              icon={Play}
              keys="m"
              needs="import"
              disabled={!possible || busy}
              onClick={() => void match()}
              testId="run-match"
            >
              {t('overview.match')}
            </Button>
          )
        }
      >
        {t(started ? 'overview.sub' : 'overview.sub.empty')}
      </ScreenHead>
      {workbook.custodyWarning && (
        <Notice tone="warning" title={t('overview.custody')} testId="custody-warning">
          {workbook.custodyWarning}
        </Notice>
      )}
      {started && <Figures counts={counts} />}
      <div className="overview-columns">
        <Panel title={t('overview.next')}>
          <Steps counts={counts} onMatch={() => void match()} busy={busy} />
        </Panel>
        <div className="overview-side">
          <RunPanel />
          <WaitingFiles files={workbook.waitingFiles} />
          <Accounts accounts={workbook.accounts} />
          {!matched && (
            <Panel title={t('overview.how')}>
              <p className="prose">{t('overview.how.text')}</p>
            </Panel>
          )}
        </div>
      </div>
      <BatchPanel />
    </div>
  );
}
