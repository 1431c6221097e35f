import { useI18n } from '@/i18n';
import { PassphraseField } from '@/shared/Field';

/** The least characters of a person's own secret; the host refuses less. */
export const SECRET_MIN = 6;

/** A secret typed twice. */
export interface Twice {
  first: string;
  again: string;
}

/** Nothing typed yet. */
export const EMPTY: Twice = { first: '', again: '' };

/** Whether both are the same and long enough. */
export function isGood({ first, again }: Twice, least = SECRET_MIN): boolean {
  return first === again && [...first].length >= least;
}

interface SecretFieldsProps {
  label: string;
  value: Twice;
  onChange: (value: Twice) => void;
  autoFocus?: boolean;
}

/** Asks for a new secret, twice. */
export function SecretFields({ label, value, onChange, autoFocus }: SecretFieldsProps) {
  const { t } = useI18n();
  const differs = value.again !== '' && value.again !== value.first;
  return (
    <>
      <PassphraseField
        label={label}
        value={value.first}
        onChange={(first) => onChange({ ...value, first })}
        hint={t('people.secret.hint')}
        autoComplete="new-password"
        autoFocus={autoFocus}
        testId="secret-new"
      />
      <PassphraseField
        label={t('people.secret.again')}
        value={value.again}
        onChange={(again) => onChange({ ...value, again })}
        error={differs ? t('people.secret.differs') : null}
        autoComplete="new-password"
        testId="secret-again"
      />
    </>
  );
}
