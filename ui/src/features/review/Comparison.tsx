import type { ReactNode } from 'react';
import { type I18n, useI18n } from '@/i18n';
import type { Amount as AmountView, RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { formatCount, formatDate, formatDecimal, formatMonth } from '@/shared/format';
import type { Agreement, Comparison as ComparisonModel, FieldRow } from './comparison';
import { AGREEMENT_MARKS } from './marks';
import { splitAround } from './words';

function AgreementMark({ field }: { field: FieldRow }) {
  const { t, word } = useI18n();
  const agreement: Agreement = field.agreement;
  if (agreement === null) {
    return <span className="agree agree-none" />;
  }
  const Icon = AGREEMENT_MARKS[agreement];
  // Of an account, near means that it stood in other payments of the same party.
  const seen = field.name === 'counterpartyAccount' && agreement === 'near';
  const days = field.name === 'date' && agreement !== 'exact' ? field.evidence?.difference : null;
  return (
    <span className={`agree agree-${agreement}`} data-agreement={agreement}>
      <Icon aria-hidden size={13} strokeWidth={2.5} />
      {days ? t('days', { count: Math.abs(days) }) : word('agreement', seen ? 'seen' : agreement)}
    </span>
  );
}

function Marked({ text, needles }: { text: string; needles: string[] }) {
  for (const needle of needles) {
    const parts = splitAround(text, needle);
    if (parts) {
      return (
        <>
          {parts[0]}
          <mark>{parts[1]}</mark>
          {parts[2]}
        </>
      );
    }
  }
  return <>{text}</>;
}

function dateRange(dates: string[], locale: string): string {
  const sorted = [...dates].sort();
  const [first, last] = [sorted[0] ?? '', sorted.at(-1) ?? ''];
  return first === last
    ? formatDate(first, locale)
    : `${formatDate(first, locale)} – ${formatDate(last, locale)}`;
}

interface CellProps {
  field: FieldRow;
  values: string[];
  total: AmountView | null;
  records: RecordView[];
  needles: string[];
  fromText: boolean;
}

function secondDate(records: RecordView[], { t, locale }: I18n): string | null {
  const [only] = records;
  if (records.length !== 1 || !only?.secondDate || only.secondDate === only.date) {
    return null;
  }
  const date = formatDate(only.secondDate, locale);
  return t(only.side === 'statement' ? 'review.valueDate' : 'review.dueDate', { date });
}

function Cell({ field, values, total, records, needles, fromText }: CellProps): ReactNode {
  const i18n = useI18n();
  const { t, locale } = i18n;
  if (field.name === 'amount') {
    const only = records.length === 1 ? records[0] : undefined;
    const settled = only?.settled ?? total;
    const part = only && settled && only.amount.value !== settled.value;
    return (
      <>
        <Amount amount={total} currency />
        {only?.settled && (
          <small className="cell-note" data-testid="settled">
            {t('review.settles')} <Amount amount={only.settled} currency />
          </small>
        )}
        {part && (
          <small className="cell-note">
            {t('review.partOf')} <Amount amount={only.amount} />
          </small>
        )}
      </>
    );
  }
  if (values.length === 0) {
    return <span className="muted">{'–'}</span>;
  }
  if (field.name === 'date') {
    const second = secondDate(records, i18n);
    return (
      <>
        {dateRange(values, locale)}
        {second && <small className="cell-note">{second}</small>}
      </>
    );
  }
  if (field.name === 'source') {
    return values.slice(0, 3).map((value) => {
      const cut = value.lastIndexOf(':');
      return (
        <span className="source" key={value}>
          {t('review.source', { file: value.slice(0, cut), row: value.slice(cut + 1) })}
        </span>
      );
    });
  }
  const shown = values.slice(0, 6);
  if (field.name === 'month' || field.name === 'quantity' || field.name === 'rate') {
    const written = field.name === 'month' ? formatMonth : formatDecimal;
    return shown.map((value) => (
      <span key={value} className="value-line num">
        {written(value, locale)}
      </span>
    ));
  }
  return (
    <>
      {shown.map((value) => (
        <span key={value} className="value-line">
          <Marked text={value} needles={needles} />
        </span>
      ))}
      {fromText && <small className="cell-note">{t('review.inText')}</small>}
      {values.length > shown.length && (
        <small className="cell-note">{t('review.more', { count: values.length - shown.length })}</small>
      )}
    </>
  );
}

function sideTitle(records: RecordView[], side: 'statement' | 'ledger', { t, locale }: I18n): string {
  if (records.length < 2) {
    return t(side === 'statement' ? 'review.side.statement' : 'review.side.ledger');
  }
  const count = formatCount(records.length, locale);
  return t(side === 'statement' ? 'review.side.lines' : 'review.side.entries', { n: count });
}

/** Both sides next to each other, field by field, with what agrees and what differs. */
export function Comparison({ comparison }: { comparison: ComparisonModel }) {
  const i18n = useI18n();
  const { word } = i18n;
  const { lines, entries } = comparison;
  const numbers = entries
    .flatMap((entry) => [entry.number, entry.reference])
    .filter((value) => value.length > 2);
  return (
    <table className="compare" data-testid="comparison">
      <colgroup>
        <col className="compare-name" />
        <col />
        <col className="compare-agree" />
        <col />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">
            <span className="sr-only">{word('review', 'field')}</span>
          </th>
          <th scope="col">{sideTitle(lines, 'statement', i18n)}</th>
          <th scope="col">
            <span className="sr-only">{word('review', 'agreement')}</span>
          </th>
          <th scope="col">{sideTitle(entries, 'ledger', i18n)}</th>
        </tr>
      </thead>
      <tbody>
        {comparison.fields.map((field) => (
          <tr key={field.name} data-field={field.name} className={`compare-${field.agreement ?? 'plain'}`}>
            <th scope="row">
              {word('compare', comparison.isOfJobs && field.name === 'reference' ? 'jobNumber' : field.name)}
            </th>
            <td>
              <Cell
                field={field}
                values={field.statement}
                total={comparison.statementTotal}
                records={lines}
                needles={numbers}
                fromText={field.fromText}
              />
            </td>
            <td className="compare-mark">
              <AgreementMark field={field} />
            </td>
            <td>
              <Cell
                field={field}
                values={field.ledger}
                total={comparison.ledgerTotal}
                records={entries}
                needles={[]}
                fromText={false}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The single records of a side that has several. */
export function RecordTable({ title, records }: { title: string; records: RecordView[] }) {
  const { t, word } = useI18n();
  return (
    <section className="bench-section">
      <h3>{title}</h3>
      <table className="table table-inset">
        <thead>
          <tr>
            <th scope="col">{t('field.number')}</th>
            <th scope="col">{t('field.date')}</th>
            <th scope="col">{t('field.counterparty')}</th>
            <th scope="col" className="right">
              {t('field.amount')}
            </th>
            <th scope="col" className="right">
              {t('field.applied')}
            </th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <tr key={record.id}>
              <td className="cell-clip">{record.number || record.reference || word('kind', record.kind)}</td>
              <td className="nowrap">
                <DateText iso={record.date} />
              </td>
              <td className="cell-clip">{record.counterparty}</td>
              <td className="right">
                <Amount amount={record.amount} currency={record.settled !== null} />
              </td>
              <td className="right">
                <Amount amount={record.applied ?? record.open} currency={record.settled !== null} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
