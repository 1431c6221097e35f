import { Dot, Minus, Plus } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { ReviewDetail } from '@/ipc';
import { formatDecimal, formatTenths, tenthsAddingUp } from '@/shared/format';
import { sentenceFor } from './words';

interface Bar {
  left: number;
  width: number;
}

/** Where each weight's bar begins and ends, in percent of the track, each starting where the one before it ended. */
export function waterfall(weights: readonly number[]): { bars: Bar[]; zero: number } {
  const ends: number[] = [];
  weights.reduce((running, weight) => {
    ends.push(running + weight);
    return running + weight;
  }, 0);
  const low = Math.min(0, ...ends);
  const span = Math.max(1, Math.max(0, ...ends) - low);
  const bars = weights.map((weight, index) => {
    const from = Math.min(ends[index] ?? 0, (ends[index] ?? 0) - weight);
    return { left: ((from - low) * 100) / span, width: Math.max(0.8, (Math.abs(weight) * 100) / span) };
  });
  return { bars, zero: (-low * 100) / span };
}

/** Why: each piece of evidence with its weight; the weights add up to the score. */
export function Explanation({ detail }: { detail: ReviewDetail }) {
  const i18n = useI18n();
  const { t, word, locale } = i18n;
  const weights = detail.evidence.map((piece) => piece.weight);
  const { bars, zero } = waterfall(weights);
  const { parts, total } = tenthsAddingUp(weights);
  const gap = detail.runnerUpScore === null ? null : detail.score - detail.runnerUpScore;
  const decisive = detail.decisive.map((kind) => word('kindOfEvidence', kind));
  const bits = (tenths: number) => t('review.bits', { bits: formatTenths(tenths, locale) });
  return (
    <section className="bench-section" data-testid="explanation">
      <h3>{t('review.why')}</h3>
      <ul className="evidence">
        {detail.evidence.map((piece, index) => {
          const bar = bars[index];
          const against = piece.weight < 0;
          const Icon = against ? Minus : piece.weight === 0 ? Dot : Plus;
          return (
            <li
              key={piece.kind}
              data-testid="evidence"
              title={t('review.bits', {
                bits: formatDecimal((piece.weight / 1000).toFixed(3), locale, true),
              })}
            >
              <Icon
                aria-hidden
                size={13}
                className={against ? 'against' : piece.weight === 0 ? 'muted' : 'for'}
              />
              <span className="evidence-text">{sentenceFor(piece, i18n)}</span>
              <span className="evidence-track" aria-hidden>
                <i className="evidence-zero" style={{ left: `${zero}%` }} />
                {piece.weight !== 0 && (
                  <i
                    className={`evidence-bar ${against ? 'bar-against' : 'bar-for'}`}
                    style={{ left: `${bar?.left ?? 0}%`, width: `${bar?.width ?? 0}%` }}
                  />
                )}
              </span>
              <span className="evidence-weight num">{bits(parts[index] ?? 0)}</span>
            </li>
          );
        })}
        <li className="evidence-sum">
          <span />
          <span className="evidence-text">
            {t('review.score')}
            {detail.row.confidence !== null &&
              ` · ${t('review.confidenceOf', { percent: formatDecimal(detail.row.confidence, locale) })}`}
          </span>
          <span />
          <span className="evidence-weight num" data-testid="score">
            {bits(total)}
          </span>
        </li>
      </ul>
      <p className="runner-up" data-testid="runner-up">
        {gap === null
          ? t('review.noRival')
          : t('review.rival', {
              what: detail.runnerUp.join(', ') || t('review.rival.unnamed'),
              bits: formatTenths(Math.round((detail.runnerUpScore ?? 0) / 100), locale),
              gap: formatTenths(Math.round(gap / 100), locale, false),
            })}
        {decisive.length > 0 && ` ${t('review.decisive', { kinds: decisive.join(', ') })}`}
      </p>
    </section>
  );
}
