import { CircleCheckBig, ClipboardCopy, ListFilter, TriangleAlert } from 'lucide-react';
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import type { ExceptionRow, ExceptionTotals, WorkbookView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { copyText } from '@/shared/copyText';
import { recordFocus } from '@/shared/focus';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Empty, ScreenHead, Skeleton } from '@/shared/Parts';
import { showRefusal } from '@/shared/refusals';
import { showToast } from '@/shared/toasts';
import { DetailBar } from './DetailBar';
import { ExceptionTable } from './ExceptionTable';
import { COPY_MAX, isFiltered, rowsToCopy } from './exceptions';
import { Facets } from './Facets';
import { FilterBar } from './FilterBar';
import { tsvOf } from './tsv';
import { type Exceptions, useExceptions } from './useExceptions';
import './exceptions.css';

function Sums({ totals }: { totals: ExceptionTotals | undefined }) {
  const { t } = useI18n();
  if (!totals) {
    return <>{t('exceptions.sub')}</>;
  }
  return (
    <span data-testid="exceptions-sums" data-count={totals.exceptions}>
      {t('exceptions.count', { count: totals.exceptions })}
      {totals.impact.map((sum) => (
        <span key={sum.currency}>
          {' · '}
          <Amount amount={sum} currency />
        </span>
      ))}
    </span>
  );
}

function Nothing({ desk, runs }: { desk: Exceptions; runs: number }) {
  const { t } = useI18n();
  if (isFiltered(desk.look)) {
    return (
      <Empty
        icon={ListFilter}
        title={t('exceptions.empty.filter')}
        testId="exceptions-empty"
        action={
          <Button onClick={desk.clear} keys="x">
            {t('exceptions.clear')}
          </Button>
        }
      >
        {t('exceptions.empty.filter.text')}
      </Empty>
    );
  }
  if (runs === 0) {
    return (
      <Empty
        icon={TriangleAlert}
        title={t('exceptions.empty.noRun')}
        testId="exceptions-empty"
        action={
          <Button variant="primary" onClick={() => goTo('overview')} keys="g o">
            {t('exceptions.empty.noRun.go')}
          </Button>
        }
      >
        {t('exceptions.empty.noRun.text')}
      </Empty>
    );
  }
  return (
    <Empty icon={CircleCheckBig} title={t('exceptions.empty')} testId="exceptions-empty">
      {t('exceptions.empty.text')}
    </Empty>
  );
}

interface Actions {
  desk: Exceptions;
  open: (row: ExceptionRow) => void;
  copy: () => void;
  focusList: () => void;
  searchRef: RefObject<HTMLInputElement | null>;
}

function useExceptionKeys({ desk, open, copy, focusList, searchRef }: Actions): void {
  const { t } = useI18n();
  const group = t('nav.exceptions');
  const { row } = desk;
  function back(): void {
    if (document.activeElement === searchRef.current) {
      desk.setSearch('');
    }
    focusList();
  }
  useKeys(
    [
      { combo: 'j', label: t('exceptions.key.next'), run: () => desk.move(1), repeats: true },
      { combo: 'k', label: t('exceptions.key.previous'), run: () => desk.move(-1), repeats: true },
      {
        combo: 'Enter',
        label: t('exceptions.open'),
        run: () => row && open(row),
        enabled: row !== undefined,
      },
      { combo: '/', label: t('exceptions.search'), run: () => searchRef.current?.focus() },
      { combo: 'i', label: t('exceptions.key.impact'), run: () => desk.sort('impact') },
      { combo: 'a', label: t('exceptions.key.age'), run: () => desk.sort('age') },
      { combo: 'c', label: t('exceptions.key.cause'), run: () => desk.sort('cause') },
      { combo: 'x', label: t('exceptions.clear'), run: desk.clear, enabled: isFiltered(desk.look) },
      { combo: 'y', label: t('exceptions.copy'), run: copy, enabled: desk.list.total > 0 },
      { combo: 'Escape', label: t('exceptions.key.back'), run: back, whileTyping: true },
    ].map((binding) => ({ ...binding, group })),
  );
}

/** Copies the rows of the list, in its order. */
function useCopy(desk: Exceptions): { copying: boolean; copy: () => void } {
  const i18n = useI18n();
  const { t } = i18n;
  const [copying, setCopying] = useState(false);

  async function copy(): Promise<void> {
    setCopying(true);
    try {
      const rows = await rowsToCopy(desk.asked);
      await copyText(tsvOf(rows, i18n));
      const total = desk.list.total;
      const text =
        rows.length < COPY_MAX || rows.length === total
          ? t('exceptions.copied', { count: rows.length })
          : t('exceptions.copied.part', { rows: rows.length, total });
      showToast({ tone: 'done', text });
    } catch (fault) {
      showRefusal(fault, i18n);
    } finally {
      setCopying(false);
    }
  }

  return { copying, copy: () => void copy() };
}

function Head({ desk, copying, copy }: { desk: Exceptions; copying: boolean; copy: () => void }) {
  const { t } = useI18n();
  return (
    <ScreenHead
      title={t('exceptions.title')}
      actions={
        <Button
          icon={ClipboardCopy}
          keys="y"
          busy={copying}
          disabled={copying || desk.list.total === 0}
          title={t('exceptions.copy.title')}
          onClick={copy}
          testId="exceptions-copy"
        >
          {t('exceptions.copy')}
        </Button>
      }
    >
      <Sums totals={desk.totals.data} />
    </ScreenHead>
  );
}

function Refused({ desk }: { desk: Exceptions }) {
  const { t } = useI18n();
  return (
    <FaultNotice
      fault={desk.list.fault}
      actions={
        <Button size="small" onClick={desk.clear}>
          {t('exceptions.clear')}
        </Button>
      }
    />
  );
}

/** What is in no match, why, and since when. */
export function ExceptionsScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const listRef = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const desk = useExceptions(focus);
  const { copying, copy } = useCopy(desk);
  const { list, totals, row } = desk;
  const { runs } = workbook.counts;
  const focusList = () => listRef.current?.focus({ preventScroll: true });
  const open = (chosen: ExceptionRow) => goTo('review', recordFocus(chosen.record));

  // biome-ignore lint/correctness/useExhaustiveDependencies: the table takes the focus once there is one
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused.matches('body, main')) {
      focusList();
    }
  }, [list.total > 0]);
  useExceptionKeys({ desk, open, copy, focusList, searchRef });

  const refused = list.fault != null;
  const waiting = !list.own && list.total === 0 && !refused;
  return (
    <div className="exceptions">
      <div className="exceptions-top">
        <Head desk={desk} copying={copying} copy={copy} />
        <FilterBar desk={desk} accounts={workbook.accounts} searchRef={searchRef} focusList={focusList} />
        {refused && <Refused desk={desk} />}
        {!refused && (runs > 0 || waiting) && <Facets desk={desk} totals={totals.data} />}
      </div>
      {waiting && (
        <div className="exceptions-wait">
          <Skeleton rows={8} height={34} />
        </div>
      )}
      {list.own && list.total === 0 && <Nothing desk={desk} runs={runs} />}
      {list.total > 0 && <ExceptionTable desk={desk} listRef={listRef} onOpen={open} />}
      {row && <DetailBar row={row} onOpen={open} />}
    </div>
  );
}
