import { ArrowRight } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { PeriodCauseView, PeriodEventView, RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText, MomentText } from '@/shared/Dates';
import { isZero } from '@/shared/decimal';
import { recordFocus } from '@/shared/focus';
import { goTo } from '@/shared/navigation';
import { Panel } from '@/shared/Parts';

/** Shows a record where it is worked on: among what is open, or among what is matched, by its text. */
function jumpTo(record: RecordView): void {
  const text = record.reference || record.number || record.text;
  goTo('review', isZero(record.open.value) ? `approved::${text.slice(0, 40)}` : recordFocus(record));
}

/** A change that took signatures away, with the first record it was about. */
export function Cause({ cause }: { cause: PeriodCauseView }) {
  const { t, word } = useI18n();
  const { record } = cause;
  return (
    <li className="cause" data-testid="period-cause" data-change={cause.change}>
      <span>{word('periodChange', cause.change)}</span>
      {record && (
        <>
          <span>
            <DateText iso={record.date} />{' '}
            {[record.counterparty, record.number || record.reference || record.text]
              .filter((part) => part !== '')
              .join(' · ')}
          </span>
          <Amount amount={record.amount} currency />
          <Button
            size="small"
            variant="quiet"
            icon={ArrowRight}
            testId="period-jump"
            onClick={() => jumpTo(record)}
          >
            {t('periods.jump')}
          </Button>
        </>
      )}
      {cause.records > 1 && <span className="muted">{t('periods.more', { count: cause.records - 1 })}</span>}
    </li>
  );
}

function Event({ event }: { event: PeriodEventView }) {
  const { t, word } = useI18n();
  return (
    <li className="period-event" data-testid="period-event" data-kind={event.kind}>
      <MomentText iso={event.at} />
      <div>
        <strong>{word('periodEvent', event.kind)}</strong> <span className="muted">{event.by}</span>
        {event.singleUser && <span className="muted">{` · ${t('periods.singleUser.short')}`}</span>}
        {event.reason !== '' && <p className="period-reason">{event.reason}</p>}
        {event.kind === 'revoked' && event.causes.length === 0 && (
          <p className="period-reason">{t('periods.openingChanged')}</p>
        )}
        {event.causes.length > 0 && (
          <ul className="causes">
            {event.causes.map((cause) => (
              <Cause key={cause.change} cause={cause} />
            ))}
          </ul>
        )}
      </div>
      <code className="mono muted" title={event.content}>
        {event.content.slice(0, 12)}
      </code>
    </li>
  );
}

/** What happened to a period, newest first. */
export function History({ events }: { events: PeriodEventView[] }) {
  const { t } = useI18n();
  if (events.length === 0) {
    return null;
  }
  return (
    <Panel title={t('periods.history')} flush>
      <ol className="period-events">
        {events.map((event) => (
          <Event key={`${event.at}-${event.kind}`} event={event} />
        ))}
      </ol>
    </Panel>
  );
}
