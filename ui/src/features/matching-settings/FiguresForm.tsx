import { useI18n } from '@/i18n';
import type { FigureLimitsForm } from '@/ipc';
import { NumberField } from '@/shared/NumberField';

interface FiguresFormProps {
  figures: FigureLimitsForm;
  onChange: (figures: FigureLimitsForm) => void;
}

const FIELDS = [
  { key: 'variancePercent', label: 'matching.variance', hint: 'matching.variance.hint' },
  { key: 'highValue', label: 'matching.highValue', hint: 'matching.highValue.hint' },
  { key: 'riskMediumPercent', label: 'matching.riskMedium', hint: 'matching.risk.hint' },
  { key: 'riskHighPercent', label: 'matching.riskHigh', hint: 'matching.risk.hint' },
] as const;

/** What figures are held against: the keys under `[figures]` of the configuration file. */
export function FiguresForm({ figures, onChange }: FiguresFormProps) {
  const { t } = useI18n();
  return (
    <>
      <p className="prose muted matching-note">{t('matching.figures.text')}</p>
      <div className="matching-form matching-figures">
        {FIELDS.map(({ key, label, hint }) => (
          <NumberField
            key={key}
            label={t(label)}
            hint={t(hint)}
            value={figures[key]}
            placeholder={t('matching.figures.default')}
            onChange={(value) => onChange({ ...figures, [key]: value })}
            testId={`matching-${key}`}
          />
        ))}
      </div>
    </>
  );
}
