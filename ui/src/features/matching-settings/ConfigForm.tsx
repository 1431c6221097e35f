import { FolderOpen } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { KeptRatesView, MatchingConfigView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseRatesPath } from '@/shared/choosePath';
import { currencyChoices } from '@/shared/currencies';
import { CheckField, SelectField, TextField } from '@/shared/Field';
import { formatCount, formatDate } from '@/shared/format';
import { NumberField } from '@/shared/NumberField';
import { WholeField } from '@/shared/WholeField';

interface ConfigFormProps {
  config: MatchingConfigView;
  profiles: string[];
  /** The exchange rates that were read when the settings were last saved. */
  keptRates: KeptRatesView | null;
  onChange: (part: Partial<MatchingConfigView>) => void;
}

/** More than any window of days or group has. */
const MOST = 999_999;

/** The file with exchange rates: what it holds is read when the settings are saved. */
function RatesField({ config, keptRates, onChange }: Omit<ConfigFormProps, 'profiles'>) {
  const { t, locale } = useI18n();
  const kept =
    keptRates &&
    t('matching.rates.kept', {
      n: formatCount(keptRates.count, locale),
      first: formatDate(keptRates.first, locale),
      last: formatDate(keptRates.last, locale),
    });
  return (
    <TextField
      label={t('matching.rates')}
      hint={kept ?? t('matching.rates.hint')}
      value={config.rates}
      placeholder={t('matching.rates.none')}
      onChange={(rates) => onChange({ rates })}
      testId="matching-rates"
      beside={
        <Button
          icon={FolderOpen}
          testId="matching-rates-choose"
          onClick={() =>
            void chooseRatesPath(config.rates).then(
              (chosen) => chosen !== null && onChange({ rates: chosen }),
            )
          }
        >
          {t('action.choose')}
        </Button>
      }
    />
  );
}

/** The keys of the configuration file, apart from the rules. */
export function ConfigForm({ config, profiles, keptRates, onChange }: ConfigFormProps) {
  const { t, word, locale } = useI18n();
  const byDefault = t('matching.default');
  return (
    <div className="matching-form">
      <SelectField
        label={t('matching.profile')}
        value={config.profile}
        onChange={(profile) => onChange({ profile })}
        testId="matching-profile"
      >
        {profiles.map((profile) => (
          <option key={profile} value={profile}>
            {word('profile', profile)}
          </option>
        ))}
      </SelectField>
      <NumberField
        label={t('matching.amountAbsolute')}
        value={config.amountAbsolute}
        placeholder={byDefault}
        onChange={(amountAbsolute) => onChange({ amountAbsolute })}
        testId="matching-amount-absolute"
      />
      <NumberField
        label={t('matching.amountPercent')}
        value={config.amountPercent}
        placeholder={byDefault}
        onChange={(amountPercent) => onChange({ amountPercent })}
        testId="matching-amount-percent"
      />
      <WholeField
        label={t('matching.days')}
        hint={t('matching.days.hint')}
        value={config.days}
        most={MOST}
        optional
        placeholder={byDefault}
        onChange={(days) => onChange({ days })}
        testId="matching-days"
      />
      <NumberField
        label={t('matching.confidence')}
        hint={t('matching.confidence.hint')}
        value={config.confidence}
        placeholder={byDefault}
        onChange={(confidence) => onChange({ confidence })}
        testId="matching-confidence"
      />
      <NumberField
        label={t('matching.impact')}
        hint={t('matching.impact.hint')}
        value={config.impact}
        placeholder={byDefault}
        onChange={(impact) => onChange({ impact })}
        testId="matching-impact"
      />
      <WholeField
        label={t('matching.maxGroup')}
        value={config.maxGroup}
        least={1}
        most={MOST}
        onChange={(maxGroup) => onChange({ maxGroup })}
        testId="matching-max-group"
      />
      <SelectField
        label={t('matching.base')}
        value={config.base}
        onChange={(base) => onChange({ base })}
        testId="matching-base"
      >
        <option value="">{t('matching.base.company')}</option>
        {currencyChoices(locale).map(({ code, name }) => (
          <option key={code} value={code}>
            {`${code} · ${name}`}
          </option>
        ))}
      </SelectField>
      <RatesField config={config} keptRates={keptRates} onChange={onChange} />
      <div className="matching-check">
        <CheckField
          label={t('matching.requireReference')}
          checked={config.requireReference}
          onChange={(requireReference) => onChange({ requireReference })}
          testId="matching-require-reference"
        />
      </div>
    </div>
  );
}
