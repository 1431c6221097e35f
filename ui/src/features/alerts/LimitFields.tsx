import { useI18n } from '@/i18n';
import type { AlertSettingsView } from '@/ipc';
import { CheckField } from '@/shared/Field';
import { WholeField } from '@/shared/WholeField';

interface FieldsProps {
  settings: AlertSettingsView;
  onChange: (part: Partial<AlertSettingsView>) => void;
}

/** What is watched, and from where on it alerts. */
export function LimitFields({ settings, onChange }: FieldsProps) {
  const { t } = useI18n();
  const limits = [
    { key: 'qualityMin', label: 'alertSet.quality', most: 100 },
    { key: 'exceptionDays', label: 'alertSet.days', most: 36_500 },
    { key: 'exceptionCount', label: 'alertSet.count', most: 999_999_999 },
    { key: 'exceptionSum', label: 'alertSet.sum', most: 999_999_999 },
  ] as const;
  return (
    <div className="alert-form">
      {limits.map(({ key, label, most }) => (
        <WholeField
          key={key}
          label={t(label)}
          value={settings[key]}
          most={most}
          optional
          placeholder={t('alertSet.off')}
          onChange={(limit) => onChange({ [key]: limit })}
          testId={`alert-${key}`}
        />
      ))}
      <div className="alert-wide">
        <CheckField
          label={t('alertSet.variance')}
          hint={t('alertSet.variance.hint')}
          checked={settings.variance}
          onChange={(variance) => onChange({ variance })}
          testId="alert-variance"
        />
      </div>
      <div className="alert-wide">
        <CheckField
          label={t('alertSet.rateChanges')}
          hint={t('alertSet.rateChanges.hint')}
          checked={settings.rateChanges}
          onChange={(rateChanges) => onChange({ rateChanges })}
          testId="alert-rate-changes"
        />
      </div>
    </div>
  );
}
