import { useI18n } from '@/i18n';
import { DraftScreen } from '@/shared/DraftScreen';
import { Panel } from '@/shared/Parts';
import { ChannelFields } from './ChannelFields';
import { LimitFields } from './LimitFields';
import { useAlertSettings } from './useAlertSettings';
import './alerts.css';

/** From where on alerts are raised, and where they go besides the app. */
export function AlertSettingsScreen() {
  const { t } = useI18n();
  const desk = useAlertSettings();
  const { report, shown, changed, busy } = desk;
  return (
    <DraftScreen
      title={t('alertSet.title')}
      sub={t('alertSet.sub')}
      group={t('nav.alerting')}
      testId="alert"
      changed={changed}
      idle={busy === null}
      saving={busy === 'save'}
      fault={desk.fault ?? report.error}
      onSave={() => void desk.save()}
      onDiscard={desk.discard}
    >
      {shown && (
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
      )}
    </DraftScreen>
  );
}
