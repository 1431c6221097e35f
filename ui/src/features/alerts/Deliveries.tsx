import { CircleCheck, CircleX, Clock, RotateCw } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { AlertDeliveryView } from '@/ipc';
import { Button } from '@/shared/Button';
import { MomentText } from '@/shared/Dates';
import { formatMoment } from '@/shared/format';
import { Badge, Panel } from '@/shared/Parts';
import { SaidText } from '@/shared/SaidText';
import { subjectOf } from './figures';

const STATES = {
  delivered: { tone: 'good', icon: CircleCheck },
  given_up: { tone: 'problem', icon: CircleX },
  waiting: { tone: 'warning', icon: Clock },
  sending: { tone: 'neutral', icon: RotateCw },
} as const;

function isState(state: string): state is keyof typeof STATES {
  return state in STATES;
}

function DeliveryRow({ delivery }: { delivery: AlertDeliveryView }) {
  const i18n = useI18n();
  const { t, word, locale } = i18n;
  const { alert, state } = delivery;
  const { tone, icon } = STATES[isState(state) ? state : 'sending'];
  return (
    <tr data-testid="delivery-row" data-state={state}>
      <td className="cell-grow" title={subjectOf(alert, i18n)}>
        <strong className="alert-kind">{word('alertKind', alert.kind)}</strong>
        <span className="alert-note">{subjectOf(alert, i18n)}</span>
      </td>
      <td className="nowrap">{word('alertChannel', delivery.channel)}</td>
      <td className="nowrap">
        <Badge tone={tone} icon={icon}>
          {word('alertState', state)}
        </Badge>
      </td>
      <td className="nowrap">
        <MomentText iso={delivery.deliveredAt ?? alert.raisedAt} />
        <span className="alert-note num">{t('alerts.attempts', { count: delivery.attempts })}</span>
      </td>
      <td className="alert-error">
        <SaidText said={delivery.lastErrorSaid} />
        {delivery.nextAttemptAt !== null && (
          <span className="alert-note">
            {t('alerts.next', { when: formatMoment(delivery.nextAttemptAt, locale) })}
          </span>
        )}
      </td>
    </tr>
  );
}

interface DeliveriesProps {
  deliveries: AlertDeliveryView[];
  busy: boolean;
  onRetry: () => void;
}

/** What was sent, what waits and why. */
export function Deliveries({ deliveries, busy, onRetry }: DeliveriesProps) {
  const { t } = useI18n();
  const canRetry = deliveries.some(({ state }) => state === 'given_up' || state === 'waiting');
  return (
    <Panel
      title={t('alerts.deliveries')}
      flush
      testId="deliveries"
      aside={
        canRetry && (
          <Button
            size="small"
            icon={RotateCw}
            busy={busy}
            disabled={busy}
            onClick={onRetry}
            testId="alerts-retry"
          >
            {t('alerts.deliveries.retry')}
          </Button>
        )
      }
    >
      {deliveries.length === 0 ? (
        <p className="panel-pad muted">{t('alerts.deliveries.none')}</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
        <section className="scroll-x" tabIndex={0} aria-label={t('alerts.deliveries')}>
          <table className="table">
            <thead>
              <tr>
                <th scope="col">{t('alerts.what')}</th>
                <th scope="col">{t('alerts.channel')}</th>
                <th scope="col">{t('alerts.state')}</th>
                <th scope="col">{t('alerts.since')}</th>
                <th scope="col">
                  <span className="sr-only">{t('error.internal')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {deliveries.map((delivery) => (
                <DeliveryRow key={delivery.id} delivery={delivery} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Panel>
  );
}
