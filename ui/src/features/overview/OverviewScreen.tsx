import { Play } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { BatchPanel } from '@/shared/batches/BatchPanel';
import { useKeys } from '@/shared/keys';
import { Notice } from '@/shared/Notice';
import { Panel, ScreenHead } from '@/shared/Parts';
import { useRefreshBook } from '@/shared/queries';
import { useTask } from '@/shared/task';
import { Company } from './Company';
import { runMatching } from './matching';
import { NeedsMe } from './NeedsMe';
import { RunPanel } from './RunPanel';
import { StandingTable } from './StandingTable';
import { Steps } from './Steps';
import { WaitingFiles } from './WaitingFiles';
import './overview.css';
import { SaidText } from '@/shared/SaidText';

/** Records up to which figures are worked out unasked, in under a second: this screen is the first one, and work waits for them. */
const UNASKED_MAX = 200_000;

/** The way from two files to the first matches. */
function Beginning({
  workbook,
  onMatch,
  busy,
}: {
  workbook: WorkbookView;
  onMatch: () => void;
  busy: boolean;
}) {
  const { t } = useI18n();
  return (
    <div className="overview-columns">
      <Panel title={t('overview.next')}>
        <Steps counts={workbook.counts} onMatch={onMatch} busy={busy} />
      </Panel>
      <div className="overview-side">
        <RunPanel />
        <WaitingFiles files={workbook.waitingFiles} />
        <Panel title={t('overview.how')}>
          <p className="prose">{t('overview.how.text')}</p>
        </Panel>
      </div>
    </div>
  );
}

/** In a large workbook figures wait until somebody wants them. */
function AskFigures({ onAsk }: { onAsk: () => void }) {
  const { t } = useI18n();
  return (
    <Panel title={t('figures.title')} testId="figures-ask">
      <div className="figures-ask">
        <p className="prose">{t('overview.large')}</p>
        <Button onClick={onAsk} testId="figures-ask-now">
          {t('figures.signOff.ask')}
        </Button>
      </div>
    </Panel>
  );
}

/**
 * What needs whoever is signed in today, and where the work stands. `focus` names a kind of periods that the table is to
 * show alone.
 */
export function OverviewScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const busy = useTask() !== null;
  const { counts } = workbook;
  const possible = counts.lines > 0 && counts.entries > 0;
  const started = counts.lines > 0 || counts.entries > 0;
  const matched = counts.runs > 0;
  const [asked, setAsked] = useState(false);
  const figures = asked || counts.lines + counts.entries <= UNASKED_MAX;

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
      {workbook.custodySaid && (
        <Notice tone="warning" title={t('overview.custody')} testId="custody-warning">
          <SaidText said={workbook.custodySaid} />
        </Notice>
      )}
      {matched ? (
        <>
          <RunPanel />
          <NeedsMe />
          <WaitingFiles files={workbook.waitingFiles} />
          <StandingTable focus={focus} figures={figures} />
          {figures ? <Company /> : <AskFigures onAsk={() => setAsked(true)} />}
        </>
      ) : (
        <>
          <Beginning workbook={workbook} onMatch={() => void match()} busy={busy} />
          <StandingTable focus={focus} figures={figures} />
        </>
      )}
      <BatchPanel />
    </div>
  );
}
