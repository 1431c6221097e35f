import { CircleCheck, Hourglass, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { PolicyPlanView, PolicyTrialExampleView, PolicyTrialGroupView, PolicyTrialView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { formatCount, formatMonth } from '@/shared/format';
import { Notice } from '@/shared/Notice';
import { Badge } from '@/shared/Parts';

function Now({ plan }: { plan: PolicyPlanView }) {
  const { t, word, locale } = useI18n();
  const { approved, accepted, kept, byCause, keptBecause } = plan;
  return (
    <div className="trial-now" data-testid="policy-now">
      <h3 className="trial-title">{t('policy.now')}</h3>
      <p className="trial-badges">
        <Badge tone="good" icon={CircleCheck}>
          {t('policy.now.approved', { count: approved })}
        </Badge>
        <Badge tone="good" icon={CircleCheck}>
          {t('policy.now.accepted', { count: accepted })}
        </Badge>
        <Badge tone="neutral" icon={Hourglass}>
          {t('policy.now.kept', { count: kept })}
        </Badge>
      </p>
      <dl className="trial-list">
        {byCause.map(({ cause, count, total }) => (
          <div key={cause} className="trial-line" data-testid="policy-now-cause">
            <dt>{word('cause', cause)}</dt>
            <dd>
              <span className="num">{formatCount(count, locale)}</span>
              <Amount amount={total} currency />
            </dd>
          </div>
        ))}
        {keptBecause.map(({ reason, count }) => (
          <div key={reason} className="trial-line muted" data-testid="policy-kept">
            <dt>{word('policy.kept', reason)}</dt>
            <dd>
              <span className="num">{formatCount(count, locale)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

const COUNTS = ['waiting', 'approved', 'automatic', 'contradicted', 'notMade', 'overLimit'] as const;
const HEADINGS = {
  waiting: 'policy.past.waiting',
  approved: 'policy.past.approved',
  automatic: 'policy.past.automatic',
  contradicted: 'policy.past.contradicted',
  notMade: 'policy.past.notMade',
  overLimit: 'policy.past.overLimit',
} as const;

function Groups({ groups }: { groups: PolicyTrialGroupView[] }) {
  const { t, word, locale } = useI18n();
  const shown = COUNTS.filter((count) => groups.some((group) => group[count] > 0));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section className="scroll-x trial-groups" tabIndex={0} aria-label={t('policy.past')}>
      <table className="table" data-testid="policy-groups">
        <thead>
          <tr>
            <th scope="col">{t('policy.cause')}</th>
            <th scope="col">{t('policy.past.month')}</th>
            <th scope="col">{t('policy.past.account')}</th>
            <th scope="col" className="right">
              {t('policy.past.resolved')}
            </th>
            <th scope="col" className="right">
              {t('policy.past.total')}
            </th>
            {shown.map((count) => (
              <th key={count} scope="col" className="right">
                {t(HEADINGS[count])}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {groups.map((group) => (
            <tr key={`${group.cause} ${group.month} ${group.account}`} data-testid="policy-group">
              <td className="nowrap">{word('cause', group.cause)}</td>
              <td className="nowrap num">{group.month ? formatMonth(group.month, locale) : '–'}</td>
              <td className="cell-clip">{group.account ?? t('policy.past.books')}</td>
              <td className="right num nowrap">
                {t('policy.past.of', {
                  n: formatCount(group.resolved, locale),
                  of: formatCount(group.items, locale),
                })}
              </td>
              <td className="right">
                <Amount amount={group.total} dash />
              </td>
              {shown.map((count) => (
                <td
                  key={count}
                  className={`right num ${count === 'contradicted' && group[count] > 0 ? 'trial-against' : ''}`}
                >
                  {group[count] === 0 ? (
                    <span className="muted">{'–'}</span>
                  ) : (
                    formatCount(group[count], locale)
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface ExamplesProps {
  title: string;
  examples: PolicyTrialExampleView[];
  total: number;
  testId: string;
}

function Examples({ title, examples, total, testId }: ExamplesProps) {
  const { t, word, locale } = useI18n();
  if (total === 0) {
    return null;
  }
  return (
    <details className="trial-examples" data-testid={testId} open>
      <summary>
        <TriangleAlert aria-hidden size={14} /> {title}
        <span className="tab-count num">{formatCount(total, locale)}</span>
      </summary>
      <table className="table table-inset">
        <tbody>
          {examples.map((example) => (
            <tr key={example.id}>
              <td className="nowrap">
                <DateText iso={example.date} />
              </td>
              <td className="nowrap">{example.cause ? word('cause', example.cause) : t('policy.several')}</td>
              <td className="cell-clip">{example.title}</td>
              <td className="cell-grow muted">{example.subtitle}</td>
              <td className="right">
                <Amount amount={example.impact} currency />
              </td>
              <td className="nowrap muted">
                {example.kept ? word('policy.kept', example.kept) : word('policy.decided', example.decided)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

interface PolicyTrialProps {
  trial: PolicyTrialView;
  /** The form was changed since. */
  stale: boolean;
}

/** What a policy would do now, and what it would have done. */
export function PolicyTrial({ trial, stale }: PolicyTrialProps) {
  const { t } = useI18n();
  return (
    <div className="trial" role="status" data-testid="policy-trial">
      {stale && <Notice tone="warning" title={t('policy.stale')} testId="policy-stale" />}
      <Now plan={trial.now} />
      <h3 className="trial-title">{t('policy.past')}</h3>
      {trial.groups.length === 0 ? (
        <p className="muted">{t('policy.past.none')}</p>
      ) : (
        <Groups groups={trial.groups} />
      )}
      <Examples
        title={t('policy.contradictions')}
        examples={trial.contradictions}
        total={trial.contradictionsTotal}
        testId="policy-contradictions"
      />
      <Examples
        title={t('policy.notMade')}
        examples={trial.notMade}
        total={trial.notMadeTotal}
        testId="policy-not-made"
      />
    </div>
  );
}
