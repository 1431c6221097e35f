import { type MessageKey, useI18n } from '@/i18n';
import { type Strength, strengthOf } from './strength';

const WORDS: Record<Strength, MessageKey> = {
  tooShort: 'start.strength.tooShort',
  weak: 'start.strength.weak',
  fair: 'start.strength.fair',
  strong: 'start.strength.strong',
};
const FILLED: Record<Strength, number> = { tooShort: 1, weak: 1, fair: 2, strong: 3 };

/** How good the passphrase is, in a word and three bars. Holds its place while the field is empty. */
export function StrengthHint({ passphrase }: { passphrase: string }) {
  const { t } = useI18n();
  if (passphrase === '') {
    return <span>{t('start.strength.advice')}</span>;
  }
  const strength = strengthOf(passphrase);
  return (
    <span className={`strength strength-${strength}`} aria-live="polite">
      <span className="strength-bars" aria-hidden>
        {[1, 2, 3].map((step) => (
          <i key={step} className={step <= FILLED[strength] ? 'strength-on' : ''} />
        ))}
      </span>
      {t(WORDS[strength])}
    </span>
  );
}
