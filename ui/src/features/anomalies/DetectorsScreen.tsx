import { useQuery, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { useI18n } from '@/i18n';
import { type DetectorView, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { DraftScreen } from '@/shared/DraftScreen';
import { useDraft } from '@/shared/drafts';
import { CheckField, TextField } from '@/shared/Field';
import { NumberField } from '@/shared/NumberField';
import { Panel } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { showToast } from '@/shared/toasts';
import { useDoing } from '@/shared/useDoing';
import { WholeField } from '@/shared/WholeField';
import { DaysField } from './DaysField';
import { detectorDraft } from './draft';
import './anomalies.css';

/** The most of a kind that the host lists. */
const LISTED_MOST = 1_000;

/** Thresholds that are lists; all others are numbers. */
const LISTS = ['round_sum units', 'split_payment limits'];
/** The one that holds days of the week. */
const DAYS = 'weekend_posting days';

interface DetectorFieldsProps {
  detector: DetectorView;
  onChange: (detector: DetectorView) => void;
}

function DetectorFields({ detector, onChange }: DetectorFieldsProps) {
  const { word } = useI18n();
  const { kind, enabled, values } = detector;
  return (
    <fieldset className="detector" data-testid={`detector-${kind}`}>
      <legend className="sr-only">{word('anomalies.kind', kind)}</legend>
      <CheckField
        label={<strong>{word('anomalies.kind', kind)}</strong>}
        checked={enabled}
        onChange={(on) => onChange({ ...detector, enabled: on })}
        testId={`detector-${kind}-on`}
      />
      {enabled && values.length > 0 && (
        <div className="detector-fields">
          {values.map(({ key, value }) => {
            const put = (text: string) =>
              onChange({
                ...detector,
                values: values.map((other) => (other.key === key ? { key, value: text } : other)),
              });
            if (`${kind} ${key}` === DAYS) {
              return <DaysField key={key} label={word('anomalies.key', key)} value={value} onChange={put} />;
            }
            const Entry = LISTS.includes(`${kind} ${key}`) ? TextField : NumberField;
            return (
              <Entry
                key={key}
                label={word('anomalies.key', key)}
                value={value}
                onChange={put}
                testId={`detector-${kind}-${key}`}
              />
            );
          })}
        </div>
      )}
    </fieldset>
  );
}

function useDetectors() {
  const { t } = useI18n();
  const client = useQueryClient();
  const { busy, fault, forgetFault, doing } = useDoing<'save'>();
  const settings = useQuery({
    queryKey: KEYS.anomalySettings,
    queryFn: () => host().call('anomaly_settings', {}),
  });
  const { shown, changed, change, forget } = useDraft(detectorDraft, settings.data?.config);
  return {
    shown,
    changed,
    change,
    busy,
    fault: fault ?? settings.error,
    defaults: settings.data?.defaults,
    discard: () => {
      forgetFault();
      forget();
    },
    save: () =>
      doing('save', async () => {
        if (shown) {
          const next = await host().call('save_anomaly_settings', { request: shown });
          client.setQueryData(KEYS.anomalySettings, next);
          forget();
          showToast({ tone: 'done', text: t('anomalies.detectors.saved') });
          await Promise.all([
            client.invalidateQueries({ queryKey: KEYS.anomalies }),
            client.invalidateQueries({ queryKey: KEYS.audit }),
          ]);
        }
      }),
  };
}

/** Which detectors look for what stands out, and from where on. */
export function DetectorsScreen() {
  const { t } = useI18n();
  const desk = useDetectors();
  const { shown, changed, change, busy, defaults } = desk;
  const actions = (
    <Button
      icon={RotateCcw}
      onClick={() => defaults && change(defaults)}
      disabled={!defaults}
      testId="detectors-defaults"
    >
      {t('anomalies.detectors.defaults')}
    </Button>
  );
  return (
    <DraftScreen
      title={t('anomalies.detectors')}
      sub={t('anomalies.detectors.text')}
      group={t('nav.detectors')}
      testId="detectors"
      changed={changed}
      idle={busy === null}
      saving={busy !== null}
      fault={desk.fault}
      actions={actions}
      onSave={() => void desk.save()}
      onDiscard={desk.discard}
    >
      {shown && (
        <Panel>
          <div className="detectors">
            {shown.detectors.map((detector, at) => (
              <DetectorFields
                key={detector.kind}
                detector={detector}
                onChange={(next) =>
                  change({
                    detectors: shown.detectors.map((other, place) => (place === at ? next : other)),
                  })
                }
              />
            ))}
            <div className="detector-fields">
              <WholeField
                label={t('anomalies.detectors.listed')}
                value={Number(shown.listedMax)}
                least={1}
                most={LISTED_MOST}
                onChange={(listedMax) => change({ listedMax: String(listedMax) })}
                testId="detectors-listed"
              />
            </div>
          </div>
        </Panel>
      )}
    </DraftScreen>
  );
}
