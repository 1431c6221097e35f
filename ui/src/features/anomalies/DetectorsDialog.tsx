import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { type AnomalyConfigView, type DetectorView, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { CheckField, TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { NumberField } from '@/shared/NumberField';
import { Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { showToast } from '@/shared/toasts';

interface DetectorFieldsProps {
  detector: DetectorView;
  onChange: (detector: DetectorView) => void;
}

/** Thresholds that are lists; all others are numbers. */
const LISTS = ['weekend_posting days', 'round_sum units', 'split_payment limits'];

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
            const Entry = LISTS.includes(`${kind} ${key}`) ? TextField : NumberField;
            return (
              <Entry
                key={key}
                label={word('anomalies.key', key)}
                value={value}
                onChange={(text) =>
                  onChange({
                    ...detector,
                    values: values.map((other) => (other.key === key ? { key, value: text } : other)),
                  })
                }
                testId={`detector-${kind}-${key}`}
              />
            );
          })}
        </div>
      )}
    </fieldset>
  );
}

/** Which detectors are on, and their thresholds. */
export function DetectorsDialog({ onClose, onSaved }: { onClose: () => void; onSaved: () => Promise<void> }) {
  const { t } = useI18n();
  const client = useQueryClient();
  const [draft, setDraft] = useState<AnomalyConfigView | null>(null);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const settings = useQuery({
    queryKey: KEYS.anomalySettings,
    queryFn: () => host().call('anomaly_settings', {}),
  });
  const config = draft ?? settings.data?.config;

  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!config) {
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      client.setQueryData(
        KEYS.anomalySettings,
        await host().call('save_anomaly_settings', { request: config }),
      );
      showToast({ tone: 'done', text: t('anomalies.detectors.saved') });
      onClose();
      await onSaved();
    } catch (refusal) {
      setFault(refusal);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t('anomalies.detectors')}
      width="wide"
      onClose={onClose}
      testId="detectors-dialog"
      footer={
        <>
          <Button
            onClick={() => settings.data && setDraft(settings.data.defaults)}
            disabled={!settings.data}
            testId="detectors-defaults"
          >
            {t('anomalies.detectors.defaults')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form="detectors-form"
            needs="configure"
            busy={busy}
            disabled={busy || draft === null}
            testId="detectors-save"
          >
            {t('anomalies.detectors.save')}
          </Button>
        </>
      }
    >
      <p className="prose muted">{t('anomalies.detectors.text')}</p>
      {(fault ?? settings.error) != null && <FaultNotice fault={fault ?? settings.error} />}
      {config ? (
        <form id="detectors-form" className="detectors" onSubmit={(event) => void save(event)}>
          {config.detectors.map((detector, at) => (
            <DetectorFields
              key={detector.kind}
              detector={detector}
              onChange={(next) =>
                setDraft({
                  ...config,
                  detectors: config.detectors.map((other, place) => (place === at ? next : other)),
                })
              }
            />
          ))}
          <div className="detector-fields">
            <TextField
              label={t('anomalies.detectors.listed')}
              value={config.listedMax}
              inputMode="numeric"
              onChange={(listedMax) => setDraft({ ...config, listedMax })}
              testId="detectors-listed"
            />
          </div>
        </form>
      ) : (
        !settings.error && <Skeleton rows={8} height={20} />
      )}
    </Dialog>
  );
}
