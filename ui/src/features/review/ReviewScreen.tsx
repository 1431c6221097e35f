import { CircleCheckBig, ListChecks, ListFilter, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { ApproveAboveView, QueueFilter, ReviewDetail, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { isZero } from '@/shared/decimal';
import { formatCount } from '@/shared/format';
import { Keys } from '@/shared/Keys';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Empty, Skeleton } from '@/shared/Parts';
import { showToast } from '@/shared/toasts';
import { ActionBar, type Possible, possibleFor } from './ActionBar';
import { ApproveAboveDialog } from './ApproveAboveDialog';
import { Bench } from './Bench';
import { HandDialog } from './HandDialog';
import { QueueList } from './QueueList';
import { FILTERS } from './queue';
import { RejectDialog } from './RejectDialog';
import { useReview } from './useReview';
import './review.css';
import './bench.css';

type Open = 'reject' | 'hand' | 'above' | null;
type Review = ReturnType<typeof useReview>;

const NOTHING: Possible = { approve: false, reject: false, takeBack: false, byHand: false };

function Tabs({ filter, review }: { filter: QueueFilter; review: Review }) {
  const { t, word, locale } = useI18n();
  const { counts } = review.queue;
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

function EmptyQueue({ filter, search, runs }: { filter: QueueFilter; search: string; runs: number }) {
  const { t, word } = useI18n();
  if (search !== '') {
    return (
      <Empty icon={ListFilter} title={t('review.empty.search')} testId="queue-empty">
        {t('review.empty.search.text', { text: search })}
      </Empty>
    );
  }
  if (runs === 0) {
    return (
      <Empty
        icon={ListChecks}
        title={t('review.empty.noRun')}
        testId="queue-empty"
        action={
          <Button variant="primary" onClick={() => goTo('overview')}>
            {t('review.empty.noRun.go')}
          </Button>
        }
      >
        {t('review.empty.noRun.text')}
      </Empty>
    );
  }
  const done = filter === 'toReview';
  return (
    <Empty
      icon={CircleCheckBig}
      title={word('review.empty', filter)}
      testId="queue-empty"
      action={
        done && (
          <Button variant="primary" onClick={() => goTo('proof')} keys="g p">
            {t('review.empty.proof')}
          </Button>
        )
      }
    >
      {done && t('review.empty.done')}
    </Empty>
  );
}

/** The heart: the queue of what needs a person, and the bench on which a row is looked at and decided. */
export function ReviewScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const i18n = useI18n();
  const { t } = i18n;
  const filter = FILTERS.find((name) => name === focus) ?? 'toReview';
  const [open, setOpen] = useState<Open>(null);
  const listRef = useRef<HTMLDivElement>(null);
  const benchRef = useRef<HTMLElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const focusList = () => listRef.current?.focus({ preventScroll: true });
  const review = useReview(filter, focusList);
  const { queue, selected, detail, picked, busy } = review;
  const shown: ReviewDetail | undefined = detail.data?.row.id === selected?.row.id ? detail.data : undefined;
  const possible = shown ? possibleFor(shown.row.state, picked !== null) : NOTHING;
  const alternatives = shown?.alternatives.length ?? 0;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list takes the focus once there is one, and with each tab
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.getAttribute('role') === 'tab') {
      focusList();
    }
  }, [filter, queue.total > 0]);

  function approve(): void {
    if (picked === null) {
      void review.decideNow('approve', '');
    } else if (shown) {
      const difference = shown.alternatives[picked]?.difference.value ?? '0';
      if (isZero(difference)) {
        void review.approvePicked(shown, picked);
      } else {
        setOpen('hand');
      }
    }
  }

  function nextCandidate(): void {
    review.setPicked(picked === null ? 0 : picked + 1 < alternatives ? picked + 1 : null);
  }

  function approvedAbove(done: ApproveAboveView): void {
    setOpen(null);
    showToast({ tone: 'done', text: t('review.above.done', { count: done.count }) });
    void review.refresh();
    focusList();
  }

  const group = t('nav.review');
  useKeys([
    { combo: 'j', label: t('review.key.next'), group, run: () => review.move(1) },
    { combo: 'k', label: t('review.key.previous'), group, run: () => review.move(-1) },
    { combo: 'a', label: t('review.approve'), group, run: approve, enabled: possible.approve && !busy },
    {
      combo: 'r',
      label: t('review.reject'),
      group,
      run: () => setOpen('reject'),
      enabled: possible.reject && !busy,
    },
    {
      combo: 'h',
      label: t('review.byHand'),
      group,
      run: () => setOpen('hand'),
      enabled: possible.byHand && !busy,
    },
    {
      combo: 'u',
      label: t('review.takeBack'),
      group,
      run: () => void review.takeBack(),
      enabled: possible.takeBack && !busy,
    },
    {
      combo: 'z',
      label: t('review.undo'),
      group,
      run: () => void review.undoLast(),
      enabled: queue.undoable !== null && !busy,
    },
    {
      combo: 'Mod+Z',
      label: t('review.undo'),
      group,
      run: () => void review.undoLast(),
      enabled: queue.undoable !== null && !busy,
      hidden: true,
    },
    { combo: 'n', label: t('review.key.candidate'), group, run: nextCandidate, enabled: alternatives > 0 },
    ...[0, 1, 2, 3, 4].map((index) => ({
      combo: String(index + 1),
      label: t('review.key.pick', { number: index + 1 }),
      group,
      run: () => review.setPicked(picked === index ? null : index),
      enabled: index < alternatives,
      hidden: index > 0,
    })),
    { combo: 'Shift+A', label: t('review.above'), group, run: () => setOpen('above') },
    { combo: '/', label: t('review.key.search'), group, run: () => searchRef.current?.focus() },
    { combo: 'Enter', label: t('review.key.bench'), group, run: () => benchRef.current?.focus() },
    {
      combo: 'Escape',
      label: t('review.key.back'),
      group,
      whileTyping: true,
      run: () => {
        review.setPicked(null);
        if (document.activeElement === searchRef.current) {
          review.setSearch('');
          searchRef.current?.blur();
        }
        focusList();
      },
    },
  ]);

  const alternative = picked === null ? null : shown?.alternatives[picked];
  return (
    <div className="review">
      <header className="review-head">
        <h1 className="sr-only">{t('nav.review')}</h1>
        <Tabs filter={filter} review={review} />
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
      <div id="review-panel" className="review-body" role="tabpanel" aria-label={i18n.word('filter', filter)}>
        <section className="queue" aria-label={t('review.queue')}>
          <div className="search">
            <Search aria-hidden size={14} />
            <input
              ref={searchRef}
              className="input"
              type="search"
              value={review.search}
              placeholder={t('review.search')}
              aria-label={t('review.search')}
              data-testid="queue-search"
              onChange={(event) => review.setSearch(event.target.value)}
              onKeyDown={(event) => event.key === 'Enter' && focusList()}
            />
            <Keys combo="/" />
          </div>
          {queue.fault != null && <FaultNotice fault={queue.fault} />}
          {queue.loaded || queue.total > 0 ? (
            queue.total === 0 ? (
              <EmptyQueue filter={filter} search={review.search} runs={workbook.counts.runs} />
            ) : (
              <QueueList
                queue={queue}
                selected={selected?.index ?? -1}
                listRef={listRef}
                onSelect={review.select}
                onStep={review.move}
                onPages={review.setPages}
              />
            )
          ) : (
            <div className="queue-wait">
              <Skeleton rows={9} height={40} />
            </div>
          )}
        </section>
        <section className="bench" aria-label={t('review.bench')}>
          {shown ? (
            <Bench detail={shown} picked={picked} onPick={review.setPicked} benchRef={benchRef} />
          ) : (
            <div className="bench-scroll">
              {detail.error && selected ? (
                <FaultNotice fault={detail.error} />
              ) : (
                selected && <Skeleton rows={12} height={20} />
              )}
              {queue.loaded && queue.total === 0 && <p className="bench-idle">{t('review.bench.idle')}</p>}
            </div>
          )}
          <ActionBar
            possible={possible}
            picked={picked !== null}
            undoable={queue.undoable}
            busy={busy}
            onApprove={approve}
            onReject={() => setOpen('reject')}
            onByHand={() => setOpen('hand')}
            onTakeBack={() => void review.takeBack()}
            onUndo={() => void review.undoLast()}
          />
        </section>
      </div>
      {open === 'reject' && (
        <RejectDialog
          onClose={() => setOpen(null)}
          onReject={(reason) => {
            setOpen(null);
            void review.decideNow('reject', reason);
          }}
        />
      )}
      {open === 'above' && <ApproveAboveDialog onClose={() => setOpen(null)} onDone={approvedAbove} />}
      {open === 'hand' && shown && (
        <HandDialog
          lines={shown.lines}
          entries={alternative?.entries ?? shown.entries}
          onClose={() => setOpen(null)}
          onDone={(outcome) => {
            setOpen(null);
            review.leftByHand(outcome);
          }}
          onStale={() => {
            setOpen(null);
            review.stale();
          }}
        />
      )}
    </div>
  );
}
