import { ListChecks } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { QueueCounts, QueueFilter, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { isZero } from '@/shared/decimal';
import { formatCount } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Skeleton } from '@/shared/Parts';
import { FILTERS } from '@/shared/queueChoice';
import { ActionBar, type Possible, possibleFor } from './ActionBar';
import { Bench } from './Bench';
import { Dialogs, type Open } from './Dialogs';
import { QueueSide } from './QueueSide';
import { type Decisions, useDecisions } from './useDecisions';
import { type Desk, useDesk } from './useDesk';
import { useReviewKeys } from './useReviewKeys';
import './review.css';
import './bench.css';

const NOTHING: Possible = { approve: false, reject: false, takeBack: false, byHand: false, remove: false };

function Tabs({ filter, counts }: { filter: QueueFilter; counts: QueueCounts | undefined }) {
  const { t, word, locale } = useI18n();
  return (
    <div className="tabs" role="tablist" aria-label={t('review.filters')}>
      {FILTERS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === filter}
          aria-controls="review-panel"
          className="tab"
          data-testid={`filter-${name}`}
          onClick={() => goTo('review', name)}
        >
          {word('filter', name)}
          <span className="tab-count num">{counts ? formatCount(counts[name], locale) : ' '}</span>
        </button>
      ))}
    </div>
  );
}

interface BenchSideProps {
  desk: Desk;
  decisions: Decisions;
  possible: Possible;
  approve: () => void;
  setOpen: (open: Open) => void;
  benchRef: RefObject<HTMLElement | null>;
}

function BenchSide({ desk, decisions, possible, approve, setOpen, benchRef }: BenchSideProps) {
  const { t } = useI18n();
  const { queue, selected, shown, picked, fault } = desk;
  return (
    <section className="bench" aria-label={t('review.bench')}>
      {shown ? (
        <Bench detail={shown} picked={picked} onPick={desk.setPicked} benchRef={benchRef} />
      ) : (
        <div className="bench-scroll">
          {selected && (fault ? <FaultNotice fault={fault} /> : <Skeleton rows={12} height={20} />)}
          {queue.loaded && queue.total === 0 && <p className="bench-idle">{t('review.bench.idle')}</p>}
        </div>
      )}
      <ActionBar
        possible={possible}
        picked={picked !== null}
        undoable={queue.undoable}
        busy={decisions.busy}
        onApprove={approve}
        onReject={() => setOpen('reject')}
        onByHand={() => setOpen('hand')}
        onRemove={() => setOpen('delete')}
        onTakeBack={() => void decisions.takeBack()}
        onUndo={() => void decisions.undoLast()}
      />
    </section>
  );
}

/**
 * The heart: the queue of what needs a person, and the bench on which a row is looked at and decided. `focus` is a part
 * of the queue; `recordFocus` adds a row of it to begin with, and the text that finds it.
 */
export function ReviewScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const { t, word } = useI18n();
  const [part, id = null, ...needle] = focus.split(':');
  const filter = FILTERS.find((name) => name === part) ?? 'toReview';
  const [open, setOpen] = useState<Open>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const benchRef = useRef<HTMLElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const focusList = () => listRef.current?.focus({ preventScroll: true });
  const desk = useDesk(filter, { id, search: needle.join(':') });
  const decisions = useDecisions(desk, focusList);
  const { queue, shown, picked } = desk;
  const possible = shown ? possibleFor(shown.row.state, picked !== null) : NOTHING;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list takes the focus once there is one, and with each tab
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused.matches('body, main, [role="tab"]')) {
      focusList();
    }
  }, [filter, queue.total > 0]);

  // Another answer that leaves a difference needs its cause named first.
  function approve(): void {
    if (picked === null) {
      void decisions.decideNow('approve', '');
    } else if (isZero(shown?.alternatives[picked]?.difference?.value ?? '1')) {
      void decisions.approvePicked(picked);
    } else {
      setOpen('hand');
    }
  }

  useReviewKeys({ desk, decisions, possible, approve, setOpen, focusList, benchRef, searchRef });

  return (
    <div className="review">
      <header className="review-head">
        <h1 className="sr-only">{t('nav.review')}</h1>
        <Tabs filter={filter} counts={queue.counts} />
        <Button
          size="small"
          icon={ListChecks}
          keys="Shift+A"
          title={t('review.above')}
          onClick={() => setOpen('above')}
          testId="approve-above"
        >
          {t('review.above')}
        </Button>
      </header>
      <div id="review-panel" className="review-body" role="tabpanel" aria-label={word('filter', filter)}>
        <QueueSide
          desk={desk}
          filter={filter}
          runs={workbook.counts.runs}
          listRef={listRef}
          searchRef={searchRef}
          focusList={focusList}
        />
        <BenchSide
          desk={desk}
          decisions={decisions}
          possible={possible}
          approve={approve}
          setOpen={setOpen}
          benchRef={benchRef}
        />
      </div>
      <Dialogs open={open} desk={desk} decisions={decisions} onClose={() => setOpen(null)} />
    </div>
  );
}
