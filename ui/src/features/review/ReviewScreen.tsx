import { ListChecks } from 'lucide-react';
import { type DragEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { DecisionOutcome, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { isZero } from '@/shared/decimal';
import { formatCount } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Skeleton } from '@/shared/Parts';
import { FILTERS, queueChoice, queueFocus } from '@/shared/queueChoice';
import { ActionBar } from './ActionBar';
import { type ActionName, NOTHING, type Possible, possibleFor, possibleForMany } from './actionTable';
import { Bench } from './Bench';
import { Dialogs, type Open } from './Dialogs';
import { QueueSide } from './QueueSide';
import type { Targets } from './Targets';
import { type ChosenRows, useChosen } from './useChosen';
import { type Decisions, useDecisions } from './useDecisions';
import { type Desk, useDesk } from './useDesk';
import { useEvidence } from './useEvidence';
import { useReviewKeys } from './useReviewKeys';
import './review.css';
import './bench.css';
import './compare.css';
import './evidence.css';
import './picking.css';
import './acting.css';

function Tabs({ desk }: { desk: Desk }) {
  const { t, word, locale } = useI18n();
  const { choice, queue, search } = desk;
  return (
    <div className="tabs" role="tablist" aria-label={t('review.filters')}>
      {FILTERS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === choice.filter}
          aria-controls="review-panel"
          className="tab"
          data-testid={`filter-${name}`}
          onClick={() => goTo('review', queueFocus({ ...choice, filter: name, search: search.trim() }))}
        >
          {word('filter', name)}
          <span className="tab-count num">
            {queue.counts ? formatCount(queue.counts[name], locale) : ' '}
          </span>
        </button>
      ))}
    </div>
  );
}

/** What an action would be done to: the rows that are chosen, else the one on the bench. */
function targetsOf(desk: Desk, chosen: ChosenRows): Targets | null {
  if (chosen.ids.size > 0) {
    return { kind: 'many', ids: [...chosen.ids], facts: chosen.facts, rivals: chosen.rivals() };
  }
  return desk.shown ? { kind: 'one', ids: [desk.shown.row.id], row: desk.shown.row } : null;
}

function possibleNow(desk: Desk, chosen: ChosenRows): Possible {
  const { filter } = desk.choice;
  if (chosen.ids.size > 0) {
    const toDo = filter !== 'approved' && filter !== 'rejected';
    // Until the host has said what they are, nothing that depends on it can be done.
    return possibleForMany(
      { count: chosen.facts?.count ?? 0, matches: chosen.facts?.matches.length ?? 0 },
      { toDo },
    );
  }
  return desk.shown ? possibleFor(desk.shown, desk.picked !== null) : NOTHING;
}

interface BenchSideProps {
  desk: Desk;
  chosen: ChosenRows;
  decisions: Decisions;
  possible: Possible;
  act: (name: ActionName) => void;
  setOpen: (open: Open) => void;
  onFiles: (files: File[]) => void;
  benchRef: RefObject<HTMLElement | null>;
}

function BenchSide(props: BenchSideProps) {
  const { desk, chosen, decisions, possible, act, setOpen, onFiles, benchRef } = props;
  const { t } = useI18n();
  const [over, setOver] = useState(false);
  const { queue, selected, shown, picked, fault } = desk;

  function drop(event: DragEvent): void {
    setOver(false);
    if (event.dataTransfer.files.length > 0 && shown) {
      // Files dropped elsewhere are taken in as statements.
      event.preventDefault();
      event.stopPropagation();
      onFiles([...event.dataTransfer.files]);
    }
  }

  return (
    <section
      className={`bench ${over ? 'bench-over' : ''}`}
      aria-label={t('review.bench')}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(shown !== undefined && event.dataTransfer.types.includes('Files'));
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      data-testid="bench-side"
    >
      {over && <p className="bench-drop">{t('review.evidence.drop')}</p>}
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
        chosen={chosen}
        undoable={queue.undoable}
        redoable={queue.redoable}
        busy={decisions.busy}
        onAction={act}
        onUndo={() => void decisions.undoLast()}
        onRedo={() => void decisions.redoLast()}
        onHistory={() => setOpen('history')}
      />
    </section>
  );
}

/**
 * The heart: the queue of what needs a person, and the bench on which a row is looked at and decided. `focus` is a part
 * of the queue with what else is asked of its rows; `recordFocus` adds a row of it to begin with, and the text that finds
 * it.
 */
export function ReviewScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const { t, word } = useI18n();
  const asked = useMemo(() => queueChoice(focus), [focus]);
  const { filter } = asked;
  const [open, setOpen] = useState<Open>(null);
  const [filtering, setFiltering] = useState(false);
  const listRef = useRef<HTMLDivElement>(null);
  const benchRef = useRef<HTMLElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const focusList = () => listRef.current?.focus({ preventScroll: true });
  const desk = useDesk(asked);
  const chosen = useChosen(desk);
  const decisions = useDecisions(desk, focusList);
  const { queue, shown, picked } = desk;
  const possible = possibleNow(desk, chosen);
  const targets = targetsOf(desk, chosen);
  const evidence = useEvidence((outcome: DecisionOutcome) => {
    decisions.done(outcome, false);
    chosen.clear();
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list takes the focus once there is one, and with each tab
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused.matches('body, main, [role="tab"]')) {
      focusList();
    }
  }, [filter, queue.total > 0]);

  // Another answer that leaves a difference needs its cause named first.
  function approve(): void {
    if (chosen.ids.size > 0) {
      setOpen('approve');
    } else if (picked === null) {
      void decisions.decideNow('approve', '');
    } else if (isZero(shown?.alternatives[picked]?.difference?.value ?? '1')) {
      void decisions.approvePicked(picked);
    } else {
      setOpen('hand');
    }
  }

  function act(name: ActionName): void {
    if (name === 'approve') {
      approve();
    } else if (name === 'takeBack') {
      void decisions.takeBack();
    } else if (name === 'evidence') {
      void evidence.choose(targets?.ids ?? []);
    } else {
      setOpen(name);
    }
  }

  // The focus returns to the row once what lay over the screen has gone.
  const covered = open !== null || filtering;
  const wasCovered = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when it goes
  useEffect(() => {
    if (wasCovered.current && !covered) {
      focusList();
    }
    wasCovered.current = covered;
  }, [covered]);

  useReviewKeys({
    desk,
    chosen,
    decisions,
    possible,
    act,
    setOpen,
    setFiltering,
    focusList,
    benchRef,
    searchRef,
  });

  return (
    <div className="review">
      <header className="review-head">
        <h1 className="sr-only">{t('nav.review')}</h1>
        <Tabs desk={desk} />
        <Button
          size="small"
          icon={ListChecks}
          keys="Shift+A"
          title={t('review.above')}
          disabled={queue.counts?.suggested === 0}
          onClick={() => setOpen('above')}
          testId="approve-above"
        >
          {t('review.above')}
        </Button>
      </header>
      <div id="review-panel" className="review-body" role="tabpanel" aria-label={word('filter', filter)}>
        <QueueSide
          desk={desk}
          chosen={chosen}
          workbook={workbook}
          filtering={filtering}
          setFiltering={setFiltering}
          onViews={() => setOpen('views')}
          listRef={listRef}
          searchRef={searchRef}
          focusList={focusList}
        />
        <BenchSide
          desk={desk}
          chosen={chosen}
          decisions={decisions}
          possible={possible}
          act={act}
          setOpen={setOpen}
          onFiles={(files) => void evidence.drop(shown ? [shown.row.id] : [], files)}
          benchRef={benchRef}
        />
      </div>
      <Dialogs
        open={open}
        desk={desk}
        chosen={chosen}
        targets={targets}
        decisions={decisions}
        workbook={workbook}
        onClose={() => setOpen(null)}
      />
    </div>
  );
}
