import { CircleCheck, CornerLeftUp, Minus, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { RuleTrialView, TrialFindingView, TriedRuleView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { formatCount } from '@/shared/format';
import { Badge } from '@/shared/Parts';

function Finding({ finding }: { finding: TrialFindingView }) {
  const { word, locale } = useI18n();
  const { outcome, count, examples } = finding;
  return (
    <details className="trial-finding" data-testid="trial-finding" data-outcome={outcome}>
      <summary>
        {word('trial.outcome', outcome)}
        <span className="tab-count num">{formatCount(count, locale)}</span>
      </summary>
      <table className="table table-inset">
        <tbody>
          {examples.map((example) => (
            <tr key={example.matchId}>
              <td className="nowrap">{example.date && <DateText iso={example.date} />}</td>
              <td>{example.title}</td>
              <td className="cell-grow muted">{example.subtitle}</td>
              <td className="right">
                <Amount amount={example.amount} currency />
              </td>
              <td className="right">
                {example.difference && <Amount amount={example.difference} signed dash />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** What a rule would have done with past decisions. */
export function TrialResult({ tried }: { tried: TriedRuleView }) {
  const { t } = useI18n();
  const { agreements, contradictions, findings, forestalled } = tried;
  return (
    <div className="tried" data-testid="rule-tried">
      <span className="tried-badges">
        {forestalled > 0 && (
          <Badge tone="warning" icon={CornerLeftUp} testId="tried-forestalled">
            {t('trial.forestalled', { count: forestalled })}
          </Badge>
        )}
        {findings.length === 0 && forestalled === 0 && (
          <Badge tone="neutral" icon={Minus}>
            {t('trial.nothing')}
          </Badge>
        )}
        {agreements > 0 && (
          <Badge tone="good" icon={CircleCheck} testId="tried-agrees">
            {t('trial.agrees', { count: agreements })}
          </Badge>
        )}
        {contradictions > 0 && (
          <Badge tone="problem" icon={TriangleAlert} testId="tried-contradicts">
            {t('trial.contradicts', { count: contradictions })}
          </Badge>
        )}
      </span>
      {findings.map((finding) => (
        <Finding key={finding.outcome} finding={finding} />
      ))}
    </div>
  );
}

/** What the rules were tried on. */
export function TrialSummary({ trial }: { trial: RuleTrialView }) {
  const { t } = useI18n();
  const { approved, rejected, overridden, leftOut } = trial;
  return (
    <p className="table-foot" role="status" data-testid="trial-summary">
      {t('trial.triedOn', { approved, rejected, overridden })}{' '}
      {leftOut > 0 && t('trial.leftOut', { count: leftOut })}
    </p>
  );
}
