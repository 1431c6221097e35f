import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ArrowDown, ChevronLeft, ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useI18n } from '@/i18n';
import {
  type CauseSumView,
  type DifferenceOrderView,
  type DifferenceScopeRequest,
  type DifferenceView,
  host,
  type JobSidesView,
} from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { SelectField } from '@/shared/Field';
import { formatCount, formatDecimal } from '@/shared/format';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Panel, Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';

const PAGE_ROWS = 50;

/** The effects of a job's difference, and what both sides say of it. */
function JobNote({ job }: { job: JobSidesView }) {
  const { t, locale } = useI18n();
  const number = (value: string | null) => (value === null ? '–' : formatDecimal(value, locale));
  const sides = t('differences.job.sides', {
    statement: `${number(job.statementQuantity)} × ${number(job.statementRate)}`,
    ledger: `${number(job.ledgerQuantity)} × ${number(job.ledgerRate)}`,
  });
  return <small className="cell-note">{sides}</small>;
}

function Row({ row }: { row: DifferenceView }) {
  const { t, word, locale } = useI18n();
  const { job } = row;
  const [cause = 'none', ...others] = row.causes;
  return (
    <tr data-testid="difference-row" data-cause={cause}>
      <td className="nowrap">
        <DateText iso={row.date} />
      </td>
      <td className="difference-what">
        <span className="lines-3">
          {job ? `${job.number} · ${job.serviceType} · ${job.site}` : row.title || row.subtitle}
        </span>
        {job ? (
          <JobNote job={job} />
        ) : (
          row.title && <small className="cell-note lines-3">{row.subtitle}</small>
        )}
      </td>
      <td className="difference-cause">
        {[cause, ...others].map((name) => word('cause', name)).join(', ')}
        <small className="cell-note">{word('state', row.status)}</small>
      </td>
      <td className="right">
        <Amount amount={row.statement} />
      </td>
      <td className="right">
        <Amount amount={row.ledger} />
      </td>
      <td className="right">
        <Amount amount={row.difference} signed currency testId="difference-amount" />
      </td>
      <td className="right num nowrap">
        {row.percent === null
          ? t('differences.percent.none')
          : `${formatDecimal(row.percent, locale, true)} %`}
      </td>
      <td className="right">{job?.priceEffect && <Amount amount={job.priceEffect} dash signed />}</td>
      <td className="right">{job?.quantityEffect && <Amount amount={job.quantityEffect} dash signed />}</td>
    </tr>
  );
}

interface SortHeadProps {
  order: DifferenceOrderView;
  current: DifferenceOrderView;
  onOrder: (order: DifferenceOrderView) => void;
  right?: boolean;
  children: ReactNode;
}

/** A column's heading that sorts by it, largest or newest first. */
function SortHead({ order, current, onOrder, right, children }: SortHeadProps) {
  const sorted = order === current;
  return (
    <th scope="col" className={right ? 'right' : ''} aria-sort={sorted ? 'descending' : 'none'}>
      <button
        type="button"
        className="difference-sort"
        onClick={() => onOrder(order)}
        data-testid={`differences-by-${order}`}
      >
        {children}
        <ArrowDown aria-hidden size={12} className={sorted ? '' : 'sort-off'} />
      </button>
    </th>
  );
}

/** Matches whose sides differ: sorted, filtered by cause, page by page. */
export function DifferenceTable({
  scope,
  causes,
}: {
  scope: DifferenceScopeRequest;
  causes: CauseSumView[];
}) {
  const { t, word, locale } = useI18n();
  const [order, setOrder] = useState<DifferenceOrderView>('size');
  const [cause, setCause] = useState('');
  const [offset, setOffset] = useState(0);
  const request = { scope, cause: cause || null, order, offset, limit: PAGE_ROWS };
  const page = useQuery({
    queryKey: [...KEYS.differences, 'page', request],
    queryFn: () => host().call('differences', { request }),
    placeholderData: keepPreviousData,
  });
  const total = page.data?.total ?? 0;
  const rows = page.data?.rows ?? [];
  const more = offset + PAGE_ROWS < total;
  const names = [...new Set(causes.map((sum) => sum.cause))];
  const hasJobs = rows.some((row) => row.job !== null);

  const sort = (wanted: DifferenceOrderView) => {
    setOrder(wanted);
    setOffset(0);
  };
  const back = () => setOffset(Math.max(0, offset - PAGE_ROWS));
  const group = t('nav.differences');
  useKeys([
    {
      combo: 'j',
      label: t('differences.next'),
      group,
      run: () => setOffset(offset + PAGE_ROWS),
      enabled: more,
    },
    { combo: 'k', label: t('differences.back'), group, run: back, enabled: offset > 0 },
  ]);

  return (
    <Panel
      title={t('differences.matches', { count: total })}
      flush
      testId="differences"
      aside={
        <SelectField
          label={t('differences.cause')}
          value={cause}
          testId="differences-cause"
          onChange={(wanted) => {
            setCause(wanted);
            setOffset(0);
          }}
        >
          <option value="">{t('differences.cause.all')}</option>
          {names.map((name) => (
            <option key={name} value={name}>
              {word('cause', name)}
            </option>
          ))}
        </SelectField>
      }
    >
      {page.error && <FaultNotice fault={page.error} />}
      {page.data ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
        <section className="scroll-x" tabIndex={0} aria-label={t('differences.title')}>
          <table className={`table differences ${hasJobs ? '' : 'differences-plain'}`}>
            <thead>
              <tr>
                <SortHead order="date" current={order} onOrder={sort}>
                  {t('field.date')}
                </SortHead>
                <th scope="col">{t('differences.what')}</th>
                <th scope="col">{t('differences.cause')}</th>
                <th scope="col" className="right">
                  {t('differences.statement')}
                </th>
                <th scope="col" className="right">
                  {t('differences.ledger')}
                </th>
                <SortHead order="size" current={order} onOrder={sort} right>
                  {t('differences.difference')}
                </SortHead>
                <SortHead order="percent" current={order} onOrder={sort} right>
                  {t('differences.percent')}
                </SortHead>
                <th scope="col" className="right" title={t('differences.price.how')}>
                  {t('differences.price')}
                </th>
                <th scope="col" className="right" title={t('differences.quantity.how')}>
                  {t('differences.quantity')}
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <Row key={row.id} row={row} />
              ))}
            </tbody>
          </table>
        </section>
      ) : (
        !page.error && (
          <div className="panel-pad">
            <Skeleton rows={6} height={18} />
          </div>
        )
      )}
      {total > PAGE_ROWS && (
        <footer className="table-foot differences-foot">
          <span className="num">
            {t('differences.shown', {
              from: formatCount(offset + 1, locale),
              to: formatCount(offset + rows.length, locale),
              of: formatCount(total, locale),
            })}
          </span>
          <Button size="small" icon={ChevronLeft} keys="k" disabled={offset === 0} onClick={back}>
            {t('differences.back')}
          </Button>
          <Button
            size="small"
            icon={ChevronRight}
            keys="j"
            disabled={!more}
            onClick={() => setOffset(offset + PAGE_ROWS)}
            testId="differences-next"
          >
            {t('differences.next')}
          </Button>
        </footer>
      )}
    </Panel>
  );
}
