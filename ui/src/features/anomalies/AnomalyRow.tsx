import { ChevronDown, ChevronRight, Undo2 } from 'lucide-react';
import { type I18n, useI18n } from '@/i18n';
import type { AnomalyRecordView, AnomalyView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { formatDecimal, formatMoment } from '@/shared/format';
import { Badge } from '@/shared/Parts';
import { BenfordChart } from './BenfordChart';
import { explain } from './explain';

function RecordRow({ record }: { record: AnomalyRecordView }) {
  const { word } = useI18n();
  return (
    <tr data-testid="anomaly-record">
      <td className="nowrap">
        <DateText iso={record.date} />
      </td>
      <td className="cell-clip">{record.counterparty || '–'}</td>
      <td className="cell-grow" title={record.reference}>
        {record.reference}
      </td>
      <td className="nowrap muted">{word('side', record.side)}</td>
      <td className="cell-clip muted" title={record.sourceFile}>
        {`${record.sourceFile} · ${record.sourceRow}`}
      </td>
      <td className="right">
        <Amount amount={record.amount} currency />
      </td>
    </tr>
  );
}

function BenfordTest({ anomaly }: { anomaly: AnomalyView }) {
  const { t, locale } = useI18n();
  const { evidence } = anomaly;
  if (evidence.kind !== 'benford') {
    return null;
  }
  const outstanding = evidence.digits.filter(({ standsOut }) => standsOut);
  return (
    <>
      <p className="anomaly-test">
        {t('anomalies.why.benford.test', {
          deviation: formatDecimal(evidence.deviation, locale),
          chi: formatDecimal(evidence.chiSquare, locale),
          digits: outstanding.map(({ digit }) => String(digit)).join(', '),
        })}
      </p>
      <BenfordChart digits={evidence.digits} />
    </>
  );
}

function Details({ anomaly }: { anomaly: AnomalyView }) {
  const { t, locale } = useI18n();
  const { records, recordCount, setAside } = anomaly;
  return (
    <div className="anomaly-details" data-testid="anomaly-details">
      {setAside && (
        <p className="anomaly-test">
          {t('anomalies.setAside.by', {
            who: setAside.by,
            when: formatMoment(setAside.at, locale),
            reason: setAside.reason,
          })}
        </p>
      )}
      <BenfordTest anomaly={anomaly} />
      <div className="scroll-x">
        <table className="table table-inset">
          <caption className="sr-only">{t('anomalies.records')}</caption>
          <tbody>
            {records.map((record) => (
              <RecordRow
                key={record.id ?? `${record.sourceFile} ${record.side} ${record.sourceRow}`}
                record={record}
              />
            ))}
          </tbody>
        </table>
      </div>
      {recordCount > records.length && (
        <p className="muted anomaly-more">{t('anomalies.more', { count: recordCount - records.length })}</p>
      )}
    </div>
  );
}

/** Whom it is about, or how many records where they are of many. */
function titleOf({ kind, records, recordCount }: AnomalyView, { t }: I18n): string {
  const [first] = records;
  const who = kind === 'benford' ? '' : first?.counterparty || first?.reference || '';
  const count = recordCount > 1 ? t('anomalies.count', { count: recordCount }) : '';
  return [who, count].filter((part) => part !== '').join(' · ');
}

interface AnomalyRowProps {
  anomaly: AnomalyView;
  current: boolean;
  open: boolean;
  onOpen: () => void;
  onSetAside: () => void;
  onRestore: () => void;
}

/** One anomaly: what it is about, why, and on demand its records. */
export function AnomalyRow({ anomaly, current, open, onOpen, onSetAside, onRestore }: AnomalyRowProps) {
  const i18n = useI18n();
  const { t, word } = i18n;
  const Chevron = open ? ChevronDown : ChevronRight;
  return (
    <li
      className={`anomaly ${current ? 'anomaly-current' : ''}`}
      data-testid="anomaly"
      data-kind={anomaly.kind}
      data-current={current || undefined}
    >
      <div className="anomaly-head">
        <button
          type="button"
          className="anomaly-open"
          aria-expanded={open}
          onClick={onOpen}
          data-testid="anomaly-open"
        >
          <Chevron aria-hidden size={15} className="anomaly-chevron" />
          <Amount amount={anomaly.impact} currency className="anomaly-impact" />
          <Badge tone="neutral">{word('anomalies.kind', anomaly.kind)}</Badge>
          <span className="anomaly-text">
            <span className="anomaly-who">{titleOf(anomaly, i18n)}</span>
            <span className="anomaly-why">{explain(anomaly.evidence, i18n)}</span>
          </span>
        </button>
        {anomaly.setAside ? (
          <Button size="small" icon={Undo2} onClick={onRestore} testId="anomaly-restore">
            {t('anomalies.restore')}
          </Button>
        ) : (
          <Button size="small" onClick={onSetAside} testId="anomaly-set-aside">
            {t('anomalies.setAside')}
          </Button>
        )}
      </div>
      {open && <Details anomaly={anomaly} />}
    </li>
  );
}
