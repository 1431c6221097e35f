import { ArrowRight, Check, CircleAlert, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { AlertView } from '@/ipc';
import { Button } from '@/shared/Button';
import { MomentText } from '@/shared/Dates';
import { goTo } from '@/shared/navigation';
import { Badge } from '@/shared/Parts';
import { figureOf, limitOf, placeOf, subjectOf } from './figures';

interface AlertTableProps {
  alerts: AlertView[];
  label: string;
  /** Without it the alerts are past, and say how they ended. */
  onAcknowledge?: (id: string) => void;
}

function Ended({ alert }: { alert: AlertView }) {
  const { t } = useI18n();
  const moment = alert.recoveredAt ?? alert.acknowledgedAt;
  return (
    <>
      {alert.acknowledgedBy !== null && t('alerts.acked', { who: alert.acknowledgedBy })}
      {alert.acknowledgedBy !== null && alert.recoveredAt !== null && ' · '}
      {alert.recoveredAt !== null && t('alerts.recovered')}
      {moment !== null && (
        <span className="alert-note">
          <MomentText iso={moment} />
        </span>
      )}
    </>
  );
}

function AlertRow({ alert, onAcknowledge }: { alert: AlertView } & Pick<AlertTableProps, 'onAcknowledge'>) {
  const i18n = useI18n();
  const { t, word } = i18n;
  const isCritical = alert.severity === 'critical';
  const [screen, focus] = placeOf(alert);
  return (
    <tr data-testid={onAcknowledge ? 'alert-row' : 'alert-past'} data-kind={alert.kind}>
      <td className="cell-grow" title={subjectOf(alert, i18n)}>
        <strong className="alert-kind">{word('alertKind', alert.kind)}</strong>
        <span className="alert-note">{subjectOf(alert, i18n)}</span>
      </td>
      <td className="right num nowrap">
        {figureOf(alert, i18n)}
        <span className="alert-note">{limitOf(alert, i18n)}</span>
      </td>
      <td className="nowrap">
        <Badge tone={isCritical ? 'problem' : 'warning'} icon={isCritical ? CircleAlert : TriangleAlert}>
          {t(isCritical ? 'alerts.critical' : 'alerts.warning')}
        </Badge>
      </td>
      <td className="nowrap">
        <MomentText iso={alert.raisedAt} />
      </td>
      <td className={onAcknowledge ? 'right nowrap' : 'alert-end'}>
        {onAcknowledge ? (
          <span className="alert-actions">
            <Button
              size="small"
              variant="quiet"
              icon={ArrowRight}
              onClick={() => goTo(screen, focus)}
              testId="alert-go"
            >
              {t('alerts.go')}
            </Button>
            <Button size="small" icon={Check} onClick={() => onAcknowledge(alert.id)} testId="alert-ack">
              {t('alerts.ack')}
            </Button>
          </span>
        ) : (
          <Ended alert={alert} />
        )}
      </td>
    </tr>
  );
}

/** Alerts with figure, limit and time. */
export function AlertTable({ alerts, label, onAcknowledge }: AlertTableProps) {
  const { t } = useI18n();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus
    <section className="scroll-x" tabIndex={0} aria-label={label}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('alerts.what')}</th>
            <th scope="col" className="right">
              {t('alerts.figure')}
            </th>
            <th scope="col">
              <span className="sr-only">{t('alerts.state')}</span>
            </th>
            <th scope="col">{t('alerts.since')}</th>
            <th scope="col">
              <span className="sr-only">{t('alerts.ack')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <AlertRow key={alert.id} alert={alert} onAcknowledge={onAcknowledge} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
