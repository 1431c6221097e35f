import { useQuery } from '@tanstack/react-query';
import { ArrowRight, X } from 'lucide-react';
import type { RefObject } from 'react';
import { useI18n } from '@/i18n';
import { type GridColumnView, type GridKind, type GridRow, host, type RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { EventDetails } from '@/shared/events';
import { headingOf, textOf } from '@/shared/grid';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { benchOf } from './bench';

interface DetailProps {
  grid: GridKind;
  row: GridRow | undefined;
  columns: readonly GridColumnView[];
  /** Takes the focus when the row is opened once more. */
  bodyRef: RefObject<HTMLElement | null>;
  onClose: () => void;
}

function Fields({
  grid,
  row,
  columns,
}: {
  grid: GridKind;
  row: GridRow;
  columns: readonly GridColumnView[];
}) {
  const i18n = useI18n();
  return (
    <dl className="records-fields">
      {columns.map(({ column, kind }, at) => {
        const cell = row.cells[at];
        return (
          <div key={column}>
            <dt>{headingOf(column, i18n)}</dt>
            <dd className={cell?.text ? '' : 'muted'}>
              {cell?.amount ? (
                <Amount amount={cell.amount} currency />
              ) : cell && grid === 'events' && column === 'details' ? (
                <EventDetails details={cell.text} />
              ) : (
                (cell && textOf(cell, { grid, column, kind }, i18n)) || '–'
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function Side({ title, records }: { title: string; records: readonly RecordView[] }) {
  if (records.length === 0) {
    return null;
  }
  return (
    <section>
      <h3 className="records-side">{title}</h3>
      <ul>
        {records.map((record) => (
          <li key={record.id} className="records-part">
            <span className="records-part-who">{record.counterparty || record.number || record.text}</span>
            <Amount amount={record.applied ?? record.amount} currency />
            <span className="muted records-part-what">
              <DateText iso={record.date} /> {record.number || record.reference || record.text}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** What stands on the two sides of a match. */
function Sides({ id }: { id: string }) {
  const { word } = useI18n();
  const detail = useQuery({
    queryKey: [...KEYS.detail, id],
    queryFn: () => host().call('match_detail', { id }),
  });
  if (detail.error) {
    return <FaultNotice fault={detail.error} />;
  }
  if (!detail.data) {
    return <Skeleton rows={4} />;
  }
  return (
    <>
      <Side title={word('side', 'statement')} records={detail.data.lines} />
      <Side title={word('side', 'ledger')} records={detail.data.entries} />
    </>
  );
}

/** The row of the active cell in full, beside the grid. It follows the keys. */
export function Detail({ grid, row, columns, bodyRef, onClose }: DetailProps) {
  const { t } = useI18n();
  const bench = row && benchOf(grid, row, columns);
  return (
    <aside
      className="records-detail"
      aria-label={t('records.detail')}
      data-testid="records-detail"
      data-id={row?.id}
    >
      <header className="records-detail-head">
        <h2 className="panel-title">{t('records.detail')}</h2>
        <Button
          variant="quiet"
          size="small"
          icon={X}
          aria-label={t('records.detail.close')}
          onClick={onClose}
          testId="detail-close"
        />
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={bodyRef} className="records-detail-body" tabIndex={0} aria-label={t('records.detail')}>
        {row ? <Fields grid={grid} row={row} columns={columns} /> : <Skeleton rows={8} />}
        {row?.kind === 'match' && <Sides key={row.id} id={row.id} />}
      </section>
      {bench && (
        <footer className="records-detail-foot">
          <Button
            variant="primary"
            icon={ArrowRight}
            onClick={() => goTo('review', bench)}
            testId="detail-bench"
          >
            {t('records.bench')}
          </Button>
        </footer>
      )}
    </aside>
  );
}
