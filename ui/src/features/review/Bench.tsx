import { CircleCheck, TriangleAlert } from 'lucide-react';
import type { RefObject } from 'react';
import { useI18n } from '@/i18n';
import type { AdjustmentView, AlternativeView, DecisionView, ReviewDetail } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { MomentText } from '@/shared/Dates';
import { isZero } from '@/shared/decimal';
import { formatDecimal } from '@/shared/format';
import { Notice } from '@/shared/Notice';
import { Badge } from '@/shared/Parts';
import { SaidText } from '@/shared/SaidText';
import { saidText } from '@/shared/said';
import { Alternatives } from './Alternatives';
import { Comparison, RecordTable } from './Comparison';
import { type Comparison as ComparisonModel, compare } from './comparison';
import { Explanation } from './Explanation';
import { Finding } from './Finding';
import { STATE_MARKS } from './marks';
import { NoteBadges, Notes } from './Notes';

function Head({ detail }: { detail: ReviewDetail }) {
  const { t, word, locale } = useI18n();
  const { row } = detail;
  const { icon, tone } = STATE_MARKS[row.state];
  return (
    <header className="bench-head">
      <div className="bench-badges">
        <Badge tone={tone} icon={icon} testId="bench-state">
          {word('state', row.state)}
        </Badge>
        {row.cause && row.cause !== 'none' && <Badge tone="neutral">{word('cause', row.cause)}</Badge>}
        <NoteBadges notes={detail.notes} />
      </div>
      {row.confidence !== null && (
        <p className="bench-confidence" data-testid="confidence">
          <span className="muted">{t('review.confidence')}</span>
          <strong className="num">{`${formatDecimal(row.confidence, locale)} %`}</strong>
        </p>
      )}
      <h2 className="bench-title">{row.title || t('review.noName')}</h2>
    </header>
  );
}

function Balance({
  comparison,
  adjustments,
}: {
  comparison: ComparisonModel;
  adjustments: AdjustmentView[];
}) {
  const { t, word } = useI18n();
  const { difference, statementTotal, ledgerTotal } = comparison;
  if (difference === null) {
    return null;
  }
  const balanced = isZero(difference.value);
  const Icon = balanced ? CircleCheck : TriangleAlert;
  return (
    <div className="balance" data-testid="balance">
      <dl className="balance-sum">
        <div>
          <dt>{t('review.total.statement')}</dt>
          <dd>
            <Amount amount={statementTotal} />
          </dd>
        </div>
        <span className="balance-sign" aria-hidden>
          {'−'}
        </span>
        <div>
          <dt>{t('review.total.ledger')}</dt>
          <dd>
            <Amount amount={ledgerTotal} />
          </dd>
        </div>
        <span className="balance-sign" aria-hidden>
          {'='}
        </span>
        <div className={`balance-result ${balanced ? 'balance-zero' : 'balance-off'}`}>
          <dt>
            <Icon aria-hidden size={13} />
            {t(balanced ? 'review.balanced' : 'review.difference')}
          </dt>
          <dd>
            <Amount amount={difference} signed currency testId="difference" />
          </dd>
        </div>
      </dl>
      {adjustments.length > 0 && (
        <ul className="adjustments">
          {adjustments.map((adjustment) => (
            <li key={`${adjustment.cause}${adjustment.amount.value}${adjustment.account}`}>
              {adjustment.cause === 'none' ? t('review.writeOff.other') : word('cause', adjustment.cause)}{' '}
              <Amount amount={adjustment.amount} signed currency />
              {adjustment.account !== null && (
                <span className="muted" data-testid="posting">
                  {` ${[t('review.postedTo', { account: adjustment.account }), adjustment.text].filter(Boolean).join(' · ')}`}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Decisions({ decisions }: { decisions: DecisionView[] }) {
  const i18n = useI18n();
  const { t, word } = i18n;
  if (decisions.length === 0) {
    return null;
  }
  return (
    <section className="bench-section" data-testid="decisions">
      <h3>{t('review.decisions')}</h3>
      <ol className="decisions">
        {decisions.map((decision) => (
          <li key={`${decision.at}${decision.verdict}`}>
            <span className="muted">
              <MomentText iso={decision.at} />
            </span>
            <span>
              {t('review.decision', {
                verdict: word('verdict', decision.verdict),
                by: decision.policy ? saidText(decision.policy, i18n) : decision.by,
              })}
              {decision.reason && (
                <q className="reason">
                  {decision.policyReason ? saidText(decision.policyReason, i18n) : decision.reason}
                </q>
              )}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface BenchProps {
  detail: ReviewDetail;
  picked: number | null;
  onPick: (index: number | null) => void;
  benchRef: RefObject<HTMLElement | null>;
}

/** Everything about one row: both sides, the difference, why, and what else it could be. */
export function Bench({ detail, picked, onPick, benchRef }: BenchProps) {
  const { t } = useI18n();
  const alternative: AlternativeView | null = picked === null ? null : (detail.alternatives[picked] ?? null);
  const comparison = compare(detail, alternative);
  const oneSided = comparison.lines.length === 0 || comparison.entries.length === 0;
  return (
    <article
      className="bench-scroll"
      ref={benchRef}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      aria-label={t('review.bench')}
      data-testid="bench"
      data-id={detail.row.id}
    >
      <Head detail={detail} />
      {alternative && (
        <Notice
          tone="info"
          title={t('review.picked', { number: (picked ?? 0) + 1, of: detail.alternatives.length })}
          testId="picked"
        >
          {t('review.picked.hint')}
        </Notice>
      )}
      {detail.finding && !alternative && <Finding finding={detail.finding} />}
      {detail.hint &&
        !alternative &&
        (detail.finding ? (
          <details className="bench-nearest">
            <summary>{t('review.nearest')}</summary>
            <p>
              <SaidText said={detail.hint} />
            </p>
          </details>
        ) : (
          <Notice tone="info">
            <SaidText said={detail.hint} />
          </Notice>
        ))}
      <Balance comparison={comparison} adjustments={alternative ? [] : detail.adjustments} />
      <Comparison comparison={comparison} />
      {oneSided && !detail.hint && !detail.finding && (
        <p className="muted bench-note">{t('review.oneSided')}</p>
      )}
      {comparison.lines.length > 1 && <RecordTable title={t('review.lines')} records={comparison.lines} />}
      {comparison.entries.length > 1 && (
        <RecordTable title={t('review.entries')} records={comparison.entries} />
      )}
      {!alternative && detail.evidence.length > 0 && <Explanation detail={detail} />}
      <Alternatives alternatives={detail.alternatives} picked={picked} onPick={onPick} />
      <Notes notes={detail.notes} />
      <Decisions decisions={detail.decisions} />
    </article>
  );
}
