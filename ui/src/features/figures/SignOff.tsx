import { useQuery } from '@tanstack/react-query';
import { ArrowRight, CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { FigureBoard, JudgementView } from '@/ipc';
import { Button } from '@/shared/Button';
import { type FigureScope, showExceptions, UNASKED_MAX } from '@/shared/figures/queries';
import { formatCount, formatDecimal } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Badge, Panel, Skeleton } from '@/shared/Parts';
import { judgementQuery } from './figures';

const VERDICTS = {
  compliant: { tone: 'good', icon: CircleCheck },
  review_needed: { tone: 'warning', icon: TriangleAlert },
  non_compliant: { tone: 'problem', icon: CircleAlert },
} as const;

const RISKS = { low: 'good', medium: 'warning', high: 'problem' } as const;

function known<Table extends object>(table: Table, word: string): keyof Table | undefined {
  return (Object.keys(table) as (keyof Table)[]).find((key) => key === word);
}

interface ReasonsProps {
  judgement: JudgementView;
  board: FigureBoard;
  scope: FigureScope;
}

function Reasons({ judgement, board, scope }: ReasonsProps) {
  const { t, word, locale } = useI18n();
  const rates = judgement.discrepancies
    .map(({ rate, volume }) => (rate === null ? '' : `${formatDecimal(rate, locale)} % (${volume.currency})`))
    .filter((rate) => rate !== '');
  const params: Record<string, string> = {
    limit: formatDecimal(board.limits.variance, locale),
    rate: rates.join(', '),
    medium: formatDecimal(board.limits.riskMedium, locale),
    high: formatDecimal(board.limits.riskHigh, locale),
    number: formatCount(board.highValueMissing, locale),
    from: formatCount(board.limits.highValue, locale),
  };
  const sentence = (reason: string) =>
    word('reason', reason).replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
  if (judgement.reasons.length === 0) {
    return <p className="prose">{t('figures.signOff.nothing', { rate: params.rate ?? '' })}</p>;
  }
  return (
    <ul className="reasons">
      {judgement.reasons.map((reason) => (
        <li key={reason} data-testid="reason" data-reason={reason}>
          <span>{sentence(reason)}</span>
          {reason === 'balance_not_proved' ? (
            <button type="button" className="link" onClick={() => goTo('proof', scope.accountId ?? '')}>
              {t('figures.showProof')}
              <ArrowRight aria-hidden size={13} />
            </button>
          ) : (
            reason !== 'variance_above_limit' && (
              <button type="button" className="link" onClick={() => showExceptions(scope)}>
                {t('figures.showExceptions')}
                <ArrowRight aria-hidden size={13} />
              </button>
            )
          )}
        </li>
      ))}
    </ul>
  );
}

interface SignOffProps {
  board: FigureBoard;
  scope: FigureScope;
  /** Records in the workbook. */
  records: number;
}

/** Whether it may be signed off as it stands, how much is at risk, and what speaks against it. */
export function SignOff({ board, scope, records }: SignOffProps) {
  const { t, word } = useI18n();
  const [asked, setAsked] = useState<FigureScope | null>(null);
  const unasked = records <= UNASKED_MAX;
  const judgement = useQuery({ ...judgementQuery(scope), enabled: unasked || asked === scope });
  const { data } = judgement;
  const verdict = VERDICTS[(data && known(VERDICTS, data.compliance)) ?? 'non_compliant'];
  return (
    <Panel
      title={t('figures.signOff')}
      testId="sign-off"
      aside={
        data && (
          <span className="sign-off-badges">
            <Badge tone={verdict.tone} icon={verdict.icon} testId="compliance">
              {word('compliance', data.compliance)}
            </Badge>
            <Badge tone={RISKS[known(RISKS, data.risk) ?? 'high']} testId="risk">
              {word('risk', data.risk)}
            </Badge>
          </span>
        )
      }
    >
      {judgement.error && <FaultNotice fault={judgement.error} />}
      {data && <Reasons judgement={data} board={board} scope={scope} />}
      {judgement.isLoading && <Skeleton rows={2} height={16} />}
      {!data && !unasked && asked !== scope && (
        <div className="sign-off-ask">
          <p className="muted">{t('figures.signOff.large')}</p>
          <Button size="small" onClick={() => setAsked(scope)} testId="judge">
            {t('figures.signOff.ask')}
          </Button>
        </div>
      )}
    </Panel>
  );
}
