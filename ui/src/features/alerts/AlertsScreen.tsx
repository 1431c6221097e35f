import { BellOff, CheckCheck, SlidersHorizontal } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { goToSettings } from '@/shared/navigation';
import { Empty, Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { AlertTable } from './AlertTable';
import { Deliveries } from './Deliveries';
import { useAlerts } from './useAlerts';
import './alerts.css';

/** What passed a limit, and who was told. */
export function AlertsScreen() {
  const { t } = useI18n();
  const desk = useAlerts();
  const { report, busy, fault } = desk;
  const { data } = report;
  const open = data?.open ?? [];
  const acknowledgeAll = () => void desk.acknowledge(open.map(({ id }) => id));

  useKeys([
    {
      combo: 'a',
      label: t('alerts.ack.all'),
      group: t('nav.alerts'),
      run: acknowledgeAll,
      enabled: open.length > 0 && busy === null,
    },
  ]);

  const actions = (
    <>
      <Button
        icon={SlidersHorizontal}
        onClick={() => goToSettings('alerting')}
        testId="alerts-set"
        keys="g b"
      >
        {t('nav.alerting')}
      </Button>
      {open.length > 0 && (
        <Button
          icon={CheckCheck}
          keys="a"
          busy={busy === 'acknowledge'}
          disabled={busy !== null}
          onClick={acknowledgeAll}
          testId="alerts-ack-all"
        >
          {t('alerts.ack.all')}
        </Button>
      )}
    </>
  );

  return (
    <div className="screen">
      <ScreenHead title={t('alerts.title')} actions={actions}>
        {t('alerts.sub')}
      </ScreenHead>
      {(fault ?? report.error) != null && <FaultNotice fault={fault ?? report.error} />}
      {data ? (
        <>
          <Panel title={t('alerts.open')} flush testId="alerts-open">
            {open.length === 0 ? (
              <Empty icon={BellOff} title={t('alerts.none')} testId="alerts-none">
                {t('alerts.none.text')}
              </Empty>
            ) : (
              <AlertTable
                alerts={open}
                label={t('alerts.open')}
                onAcknowledge={(id) => void desk.acknowledge([id])}
              />
            )}
          </Panel>
          <Deliveries
            deliveries={data.deliveries}
            busy={busy === 'retry'}
            onRetry={() => void desk.retry()}
          />
          {data.past.length > 0 && (
            <Panel title={t('alerts.past')} flush testId="alerts-past">
              <AlertTable alerts={data.past} label={t('alerts.past')} />
            </Panel>
          )}
        </>
      ) : (
        !report.error && (
          <Panel>
            <Skeleton rows={8} height={20} />
          </Panel>
        )
      )}
    </div>
  );
}
