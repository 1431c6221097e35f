import { BellOff, CheckCheck, Save, Undo2 } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { AlertTable } from './AlertTable';
import { ChannelFields } from './ChannelFields';
import { Deliveries } from './Deliveries';
import { LimitFields } from './LimitFields';
import { useAlerts } from './useAlerts';
import './alerts.css';

type Desk = ReturnType<typeof useAlerts>;

function SettingsPanel({ desk }: { desk: Desk }) {
  const { t } = useI18n();
  const { shown, changed, busy } = desk;
  if (!shown) {
    return null;
  }
  return (
    <Panel
      title={t('alertSet.title')}
      testId="alert-settings"
      aside={
        <span className="alert-actions">
          {changed && (
            <Button size="small" icon={Undo2} onClick={desk.discard} testId="alert-discard">
              {t('alertSet.discard')}
            </Button>
          )}
          <Button
            size="small"
            variant="primary"
            icon={Save}
            keys="Mod+S"
            needs="configure"
            busy={busy === 'save'}
            disabled={!changed || busy !== null}
            onClick={() => void desk.save()}
            testId="alert-save"
          >
            {t('alertSet.save')}
          </Button>
        </span>
      }
    >
      <p className="prose alert-prose">{t('alertSet.text')}</p>
      {desk.fault !== null && <FaultNotice fault={desk.fault} />}
      <LimitFields settings={shown.settings} onChange={desk.change} />
      <ChannelFields
        draft={shown}
        changed={changed}
        busy={busy}
        tests={desk.tests}
        onChange={desk.change}
        onEnter={desk.enter}
        onForget={desk.forget}
        onTest={(channel) => void desk.test(channel)}
      />
    </Panel>
  );
}

/** What passed a limit, who was told, and where the limits lie. */
export function AlertsScreen() {
  const { t } = useI18n();
  const desk = useAlerts();
  const { report, busy } = desk;
  const { data } = report;
  const open = data?.open ?? [];
  const acknowledgeAll = () => void desk.acknowledge(open.map(({ id }) => id));

  useKeys([
    {
      combo: 'Mod+S',
      label: t('alertSet.save'),
      group: t('nav.alerts'),
      run: () => void desk.save(),
      enabled: desk.changed && busy === null,
      needs: 'configure',
      whileTyping: true,
    },
    {
      combo: 'a',
      label: t('alerts.ack.all'),
      group: t('nav.alerts'),
      run: acknowledgeAll,
      enabled: open.length > 0 && busy === null,
    },
  ]);

  return (
    <div className="screen">
      <ScreenHead
        title={t('alerts.title')}
        actions={
          open.length > 0 && (
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
          )
        }
      >
        {t('alerts.sub')}
      </ScreenHead>
      {report.error && <FaultNotice fault={report.error} />}
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
          <SettingsPanel desk={desk} />
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
