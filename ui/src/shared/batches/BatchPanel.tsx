import { useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleX, Clock, FileCheck2, RotateCcw, Undo2 } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { type BatchView, host } from '@/ipc';
import { Button } from '../Button';
import { MomentText } from '../Dates';
import { formatCount } from '../format';
import { addRetry } from '../inbox';
import { FaultNotice } from '../Notice';
import { goTo } from '../navigation';
import { Badge, Panel, Skeleton } from '../Parts';
import { usePermission } from '../permission';
import { KEYS } from '../queries';
import { SaidText } from '../SaidText';
import { saidText } from '../said';
import { ReportDialog } from './ReportDialog';
import { UndoDialog } from './UndoDialog';
import './batches.css';

const STATES = {
  completed: { tone: 'good', icon: CircleCheck },
  failed: { tone: 'problem', icon: CircleX },
} as const;

/** Imports shown before the rest is asked for. */
const SHOWN = 12;

type Open = { what: 'report' | 'undo'; batch: BatchView } | null;
type Act = (what: 'report' | 'undo' | 'retry', batch: BatchView) => void;

function possible(batch: BatchView): Record<'undo' | 'retry', boolean> {
  return { undo: batch.state === 'completed' && batch.added > 0, retry: batch.canRetry };
}

const KEY_OF = { r: 'report', u: 'undo', t: 'retry' } as const;

function State({ batch }: { batch: BatchView }) {
  const i18n = useI18n();
  const { word } = i18n;
  const told = word('note', batch.note);
  const state = batch.state === 'completed' || batch.state === 'failed' ? STATES[batch.state] : null;
  const undone = batch.note === 'undone';
  return (
    <>
      <Badge
        tone={undone ? 'neutral' : (state?.tone ?? 'neutral')}
        icon={undone ? Undo2 : (state?.icon ?? Clock)}
      >
        {undone ? word('note', batch.note) : word('batch', batch.state)}
      </Badge>
      {batch.note && !undone && (
        <span className="batch-note" title={told === batch.note ? saidText(batch.said, i18n) : told}>
          {told === batch.note ? <SaidText said={batch.said} /> : told}
        </span>
      )}
    </>
  );
}

function Actions({ batch, act }: { batch: BatchView; act: Act }) {
  const { t } = useI18n();
  const { undo, retry } = possible(batch);
  const about = (label: string) => t('batches.about', { action: label, name: batch.fileName });
  return (
    <span className="batch-actions">
      <Button
        size="small"
        variant="quiet"
        icon={FileCheck2}
        keys="r"
        aria-label={about(t('batches.report'))}
        onClick={() => act('report', batch)}
        testId="batch-report-open"
      >
        {t('batches.report')}
      </Button>
      {undo && (
        <Button
          size="small"
          variant="quiet"
          icon={Undo2}
          keys="u"
          needs="import"
          aria-label={about(t('batches.undo'))}
          onClick={() => act('undo', batch)}
          testId="batch-undo"
        >
          {t('batches.undo')}
        </Button>
      )}
      {retry && (
        <Button
          size="small"
          variant="quiet"
          icon={RotateCcw}
          keys="t"
          needs="import"
          aria-label={about(t('batches.retry'))}
          onClick={() => act('retry', batch)}
          testId="batch-retry"
        >
          {t('batches.retry')}
        </Button>
      )}
    </span>
  );
}

function BatchRow({ batch, act }: { batch: BatchView; act: Act }) {
  const { word, locale } = useI18n();
  const { may } = usePermission('import');
  const figure = (count: number) => (count === 0 ? '–' : formatCount(count, locale));

  function press(event: KeyboardEvent): void {
    const what = Object.entries(KEY_OF).find(([key]) => key === event.key)?.[1];
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (what && plain && (what === 'report' || (may && possible(batch)[what]))) {
      event.preventDefault();
      event.stopPropagation();
      act(what, batch);
    }
  }

  return (
    <tr data-testid="batch-row" data-state={batch.state} onKeyDown={press}>
      <td className="cell-grow batch-file" title={`SHA-256 ${batch.fileHash}`}>
        <strong>{batch.fileName}</strong>
        <span>
          {batch.account ?? word('side', batch.side)} {'·'} <MomentText iso={batch.at} /> {'·'} {batch.by}
        </span>
      </td>
      <td>
        <State batch={batch} />
      </td>
      <td className="right num">{figure(batch.added)}</td>
      <td className="right num muted">{figure(batch.duplicates)}</td>
      <td className="right num muted">{figure(batch.rejected)}</td>
      <td className="right num">{batch.quality ?? '–'}</td>
      <td className="right">
        <Actions batch={batch} act={act} />
      </td>
    </tr>
  );
}

function BatchTable({ batches, act }: { batches: BatchView[]; act: Act }) {
  const { t } = useI18n();
  const [all, setAll] = useState(false);
  const shown = all ? batches : batches.slice(0, SHOWN);
  return (
    <>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('batches.file')}</th>
            <th scope="col">{t('batches.state')}</th>
            <th scope="col" className="right">
              {t('batches.added')}
            </th>
            <th scope="col" className="right">
              {t('batches.duplicates')}
            </th>
            <th scope="col" className="right">
              {t('batches.rejected')}
            </th>
            <th scope="col" className="right">
              {t('batches.quality')}
            </th>
            <th scope="col">
              <span className="sr-only">{t('batches.actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((batch) => (
            <BatchRow key={batch.id} batch={batch} act={act} />
          ))}
        </tbody>
      </table>
      {shown.length < batches.length && (
        <p className="table-foot">
          <Button size="small" onClick={() => setAll(true)}>
            {t('batches.all', { count: batches.length })}
          </Button>
        </p>
      )}
    </>
  );
}

/** Files taken in, newest first: what became of each, and the way back. */
export function BatchPanel() {
  const { t } = useI18n();
  const [open, setOpen] = useState<Open>(null);
  const batches = useQuery({ queryKey: KEYS.batches, queryFn: () => host().call('list_batches', {}) });
  if (batches.data?.length === 0) {
    return null;
  }
  const act: Act = (what, batch) => {
    if (what === 'retry') {
      addRetry(batch.id, batch.fileName, batch.side);
      goTo('import');
    } else {
      setOpen({ what, batch });
    }
  };
  return (
    <Panel title={t('batches.title')} flush testId="batches">
      {batches.error && <FaultNotice fault={batches.error} />}
      {batches.isPending && (
        <div className="panel-pad">
          <Skeleton rows={3} />
        </div>
      )}
      {batches.data && <BatchTable batches={batches.data} act={act} />}
      {open?.what === 'report' && <ReportDialog batch={open.batch} onClose={() => setOpen(null)} />}
      {open?.what === 'undo' && <UndoDialog batch={open.batch} onClose={() => setOpen(null)} />}
    </Panel>
  );
}
