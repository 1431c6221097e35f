import { Save, Undo2 } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { ChannelFields } from './ChannelFields';
import { LimitFields } from './LimitFields';
import { useAlertSettings } from './useAlertSettings';
import './alerts.css';

/** From where on alerts are raised, and where they go besides the app. */
export function AlertSettingsScreen() {
  const { t } = useI18n();
  const desk = useAlertSettings();
  const { report, shown, changed, busy } = desk;

  useKeys([
    {
      combo: 'Mod+S',
      label: t('alertSet.save'),
      group: t('nav.alerting'),
      run: () => void desk.save(),
      enabled: changed && busy === null,
      needs: 'configure',
      whileTyping: true,
    },
  ]);

  const actions = (
    <>
      {changed && (
        <Button icon={Undo2} onClick={desk.discard} testId="alert-discard">
          {t('alertSet.discard')}
        </Button>
      )}
      <Button
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
    </>
  );

  return (
    <div className="screen" data-testid="alert-settings">
      <ScreenHead title={t('alertSet.title')} actions={actions}>
        {t('alertSet.sub')}
      </ScreenHead>
      {(desk.fault ?? report.error) != null && <FaultNotice fault={desk.fault ?? report.error} />}
      {shown ? (
        <>
          <Panel title={t('alertSet.limits')}>
            <LimitFields settings={shown.settings} onChange={desk.change} />
          </Panel>
          <Panel title={t('alertSet.channels')}>
            <p className="prose alert-prose">{t('alertSet.text')}</p>
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
