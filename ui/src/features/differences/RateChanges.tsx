import { CircleCheck, RefreshCw, TriangleAlert, Undo2 } from 'lucide-react';
import { type I18n, useI18n } from '@/i18n';
import type { RateChangeView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { formatCount, formatDate, formatDecimal, formatMonth } from '@/shared/format';
import { Badge, Empty, Panel } from '@/shared/Parts';
import { CHART, rateChart } from './chart';

const STATES = {
  open: { tone: 'warning', icon: TriangleAlert },
  seasonal: { tone: 'warning', icon: RefreshCw },
  followed: { tone: 'good', icon: CircleCheck },
  agreed: { tone: 'good', icon: CircleCheck },
  taken_back: { tone: 'neutral', icon: Undo2 },
} as const;

function rate(value: string | null, locale: string): string {
  return value === null ? '–' : formatDecimal(value.replace(/(\.\d{2}\d*?)0+$/, '$1'), locale);
}

function day(change: RateChangeView, iso: string, locale: string): string {
  return change.byDay ? formatDate(iso, locale) : formatMonth(iso.slice(0, 7), locale);
}

function when(change: RateChangeView, { t, locale }: I18n): string {
  const date = day(change, change.since, locale);
  if (change.fromTheStart) {
    return t('differences.rate.fromTheStart', { date });
  }
  return change.steps > 1
    ? t('differences.rate.inSteps', { date, steps: formatCount(change.steps, locale) })
    : t('differences.rate.since', { date });
}

function ending(change: RateChangeView, { t, word, locale }: I18n): string {
  const sentence = word('rateSide', change.side);
  if (change.ended === null) {
    return sentence;
  }
  const date = day(change, change.ended, locale);
  const over = t(change.state === 'followed' ? 'differences.rate.followed' : 'differences.rate.takenBack', {
    date,
  });
  return `${sentence} ${over}`;
}

/** Both sides' average rates, month by month, as two lines of steps. */
function StepChart({ change }: { change: RateChangeView }) {
  const { t, locale } = useI18n();
  const { months } = change;
  const chart = rateChart(months, change.since);
  const told = months.map((of) =>
    t('differences.rate.monthTold', {
      month: formatMonth(of.month, locale),
      statement: rate(of.statementRate, locale),
      ledger: rate(of.ledgerRate, locale),
    }),
  );
  const [first, last] = [months[0], months.at(-1)];
  return (
    <figure className="rate-chart">
      <svg
        viewBox={`0 0 ${CHART.width} ${CHART.height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${t('differences.rate.chart')}: ${told.join('; ')}`}
      >
        <line className="rate-since" x1={chart.since} x2={chart.since} y1={0} y2={CHART.height} />
        <path className="rate-ledger" d={chart.ledger} />
        <path className="rate-statement" d={chart.statement} />
      </svg>
      <figcaption>
        <span>{first && formatMonth(first.month, locale)}</span>
        <span className="rate-key rate-key-statement">{t('differences.rate.statement')}</span>
        <span className="rate-key rate-key-ledger">{t('differences.rate.ledger')}</span>
        <span>{last && formatMonth(last.month, locale)}</span>
      </figcaption>
    </figure>
  );
}

function Card({ change }: { change: RateChangeView }) {
  const i18n = useI18n();
  const { t, word, locale } = i18n;
  const { tone, icon } = STATES[change.state as keyof typeof STATES] ?? STATES.open;
  return (
    <li className="rate-card" data-testid="rate-change" data-state={change.state} data-key={change.key}>
      <header>
        <h3>{[change.serviceType, change.site].filter((text) => text !== '').join(' · ')}</h3>
        <Badge tone={tone} icon={icon}>
          {word('rateState', change.state)}
        </Badge>
      </header>
      <p className="rate-step">
        <strong className="num">
          {rate(change.from, locale)} {'→'} {rate(change.to, locale)}
        </strong>{' '}
        {change.currency} <span>{when(change, i18n)}</span>
      </p>
      <p className="muted">{ending(change, i18n)}</p>
      <StepChart change={change} />
      <dl className="rate-facts">
        <div>
          <dt>{t('differences.rate.jobs')}</dt>
          <dd className="num">{formatCount(change.jobsAfter, locale)}</dd>
        </div>
        <div>
          <dt>{t('differences.rate.effect')}</dt>
          <dd>
            <Amount amount={change.effect} signed dash testId="rate-effect" />
          </dd>
        </div>
        <div>
          <dt>{t('differences.rate.perMonth')}</dt>
          <dd>
            {change.effectPerMonth ? (
              <Amount amount={change.effectPerMonth} signed dash />
            ) : (
              <span className="muted">{'–'}</span>
            )}
          </dd>
        </div>
        <div>
          <dt title={t('differences.rate.sure.how')}>{t('differences.rate.sure')}</dt>
          <dd className="num">{`${formatDecimal(change.confidence, locale)} %`}</dd>
        </div>
      </dl>
      <p className="muted rate-borne">
        {t('differences.rate.borne', {
          before: formatCount(change.jobsBefore, locale),
          after: formatCount(change.jobsAfter, locale),
          against: formatCount(change.jobsAgainst, locale),
        })}
      </p>
    </li>
  );
}

/** Changed rates, each with what it comes to and how both sides' rates went. */
export function RateChanges({ changes, jobs }: { changes: RateChangeView[]; jobs: number }) {
  const { t } = useI18n();
  const open = changes.filter((change) => ['open', 'seasonal'].includes(change.state)).length;
  return (
    <Panel
      title={t('differences.rates')}
      testId="rate-changes"
      aside={
        <span className="muted">
          {changes.length > 0 && open > 0
            ? t('differences.rates.open', { count: open })
            : t('differences.rates.jobs', { count: jobs })}
        </span>
      }
    >
      {changes.length === 0 ? (
        <Empty icon={CircleCheck} title={t('differences.rates.none')}>
          {t('differences.rates.none.text')}
        </Empty>
      ) : (
        <ul className="rate-cards">
          {changes.map((change) => (
            <Card key={change.key} change={change} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
