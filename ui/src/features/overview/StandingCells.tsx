import { CircleCheck, CircleHelp, RotateCcw, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { Amount as AmountView, StandingRowView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Percent } from '@/shared/figures/Percent';
import { formatDecimal } from '@/shared/format';
import { Badge } from '@/shared/Parts';
import { STATE_ICONS, STATE_TONES } from '@/shared/period/periodWords';
import type { Rates } from './useStanding';

/** How far a period has come, and what became of it. */
export function StateCell({ row }: { row: StandingRowView }) {
  const { t, word } = useI18n();
  const { period } = row;
  if (!period) {
    return <span className="muted">{t('overview.noPeriod')}</span>;
  }
  return (
    <>
      <span className="standing-badges">
        <Badge tone={STATE_TONES[period.state]} icon={STATE_ICONS[period.state]}>
          {word('periodState', period.state)}
        </Badge>
        {period.toReprove && (
          <Badge tone="warning" icon={RotateCcw}>
            {t('periods.toReprove')}
          </Badge>
        )}
      </span>
      {period.reopeningBy !== null ? (
        <span className="standing-note">{t('overview.reopeningBy', { name: period.reopeningBy })}</span>
      ) : (
        period.preparedBy !== null && (
          <span className="standing-note">{t('overview.preparedBy', { name: period.preparedBy })}</span>
        )
      )}
    </>
  );
}

/** Whether opening balance and lines come to the closing balance. */
export function ProofCell({ row }: { row: StandingRowView }) {
  const { t } = useI18n();
  const { gap, proves, opening, linesTotal, closing } = row;
  const [Icon, tone] =
    gap === null
      ? [CircleHelp, 'standing-unknown']
      : proves
        ? [CircleCheck, 'standing-good']
        : [TriangleAlert, 'standing-warn'];
  return (
    <>
      <span className={`standing-said ${tone}`}>
        <Icon aria-hidden size={13} strokeWidth={2.25} />
        {gap === null ? t('overview.balanceUnknown') : t(proves ? 'overview.proves' : 'overview.offBy')}
        {gap !== null && !proves && <Amount amount={gap} signed />}
      </span>
      <span className="standing-note num">
        <Amount amount={opening} />
        {' + '}
        <Amount amount={linesTotal} />
        {gap === null || proves ? ' = ' : ' ≠ '}
        <Amount amount={closing} />
      </span>
    </>
  );
}

function Missing({ rates }: { rates: undefined | null }) {
  return rates === null ? <Percent of={null} /> : <span className="skeleton-bar standing-wait" aria-hidden />;
}

/** How far bank and books are apart, held against the limit. */
export function VarianceCell({ rates, limit }: { rates: Rates; limit: string }) {
  const { t, locale } = useI18n();
  if (!rates) {
    return <Missing rates={rates} />;
  }
  const { variance, isWithin, difference } = rates;
  const Icon = isWithin ? CircleCheck : TriangleAlert;
  const said = t(isWithin ? 'figures.variance.within' : 'figures.variance.beyond', {
    limit: formatDecimal(limit, locale),
  });
  return (
    <span title={said}>
      <span className={`standing-said ${isWithin ? 'standing-good' : 'standing-warn'}`}>
        <Icon aria-hidden size={13} strokeWidth={2.25} />
        <Percent of={variance} />
        <span className="sr-only">{said}</span>
      </span>
      <span className="standing-note">
        <Amount amount={difference} signed dash />
      </span>
    </span>
  );
}

/** How much is matched, and how much of that without a person. */
export function MatchedCell({ rates }: { rates: Rates }) {
  const { t } = useI18n();
  if (!rates) {
    return <Missing rates={rates} />;
  }
  return (
    <>
      <Percent of={rates.matchRate} />
      <span className="standing-note">
        <Percent of={rates.automaticRate} /> {t('overview.automatic')}
      </span>
    </>
  );
}

function Open({ told, sum }: { told: string; sum: AmountView }) {
  return (
    <span className="standing-open">
      <span>{told}</span>
      <Amount amount={sum} dash />
    </span>
  );
}

/** What is open on each side. */
export function OpenCell({ rates }: { rates: Rates }) {
  const { t } = useI18n();
  if (!rates) {
    return <Missing rates={rates} />;
  }
  return (
    <>
      <Open told={t('overview.openLines', { count: rates.linesOpen })} sum={rates.linesOpenSum} />
      <Open told={t('overview.openEntries', { count: rates.entriesOpen })} sum={rates.entriesOpenSum} />
    </>
  );
}
