import { useI18n } from '@/i18n';
import type { AlternativeView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { formatTenths } from '@/shared/format';
import { Keys } from '@/shared/Keys';

interface AlternativesProps {
  alternatives: AlternativeView[];
  picked: number | null;
  onPick: (index: number | null) => void;
}

/** Other answers, one key away. Picking one shows it in place of the proposal. */
export function Alternatives({ alternatives, picked, onPick }: AlternativesProps) {
  const { t, word, locale } = useI18n();
  if (alternatives.length === 0) {
    return null;
  }
  const words = (kinds: string[]) => kinds.map((kind) => word('kindOfEvidence', kind)).join(', ');
  return (
    <section className="bench-section" data-testid="alternatives">
      <h3>{t('review.others')}</h3>
      <ul className="others">
        {alternatives.slice(0, 9).map((alternative, index) => {
          const [first] = alternative.entries;
          const name = alternative.entries
            .map((entry) => entry.number || entry.reference || entry.text)
            .join(' + ');
          return (
            <li key={alternative.entries.map((entry) => entry.id).join()}>
              <button
                type="button"
                className={`other ${picked === index ? 'other-on' : ''}`}
                aria-pressed={picked === index}
                data-testid="alternative"
                onClick={() => onPick(picked === index ? null : index)}
              >
                {index < 5 ? <Keys combo={String(index + 1)} /> : <span className="keys" />}
                <span className="other-name">
                  <strong>{name}</strong>
                  <span>
                    {first?.counterparty}
                    {' · '}
                    <DateText iso={first?.date ?? null} />
                  </span>
                </span>
                <span className="other-agree">
                  {alternative.agrees.length > 0 && (
                    <span>{t('review.agrees', { fields: words(alternative.agrees) })}</span>
                  )}
                  {alternative.differs.length > 0 && (
                    <span>{t('review.differs', { fields: words(alternative.differs) })}</span>
                  )}
                </span>
                <span className="other-figures">
                  <span>
                    {'Δ '}
                    <Amount amount={alternative.difference} signed dash />
                  </span>
                  <span className="muted num">
                    {t('review.bits', { bits: formatTenths(Math.round(alternative.score / 100), locale) })}
                  </span>
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
