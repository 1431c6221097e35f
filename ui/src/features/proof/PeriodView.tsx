import { RotateCcw, TriangleAlert } from 'lucide-react';
import { type I18n, useI18n } from '@/i18n';
import type { PeriodFiguresView, PeriodSheetView, RollSumView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Badge, Panel, Skeleton } from '@/shared/Parts';
import { nameOfDays, STATE_ICONS, STATE_TONES } from '@/shared/period/periodWords';
import { Cause, History } from './History';
import { Late } from './Late';
import { PeriodActions } from './PeriodActions';
import { ProofSheet } from './ProofSheet';
import { RollForward } from './RollForward';
import { Signatures } from './Signatures';
import { usePeriod } from './usePeriods';

function sourceOf(figures: PeriodFiguresView, which: 'opening' | 'closing', { t, word }: I18n): string {
  const source = which === 'opening' ? figures.openingSource : figures.closingSource;
  const reason = which === 'opening' ? figures.openingReason : figures.closingReason;
  if (source === null) {
    return t('periods.balance.unknown');
  }
  return reason === '' ? word('balanceSource', source) : `${word('balanceSource', source)}: ${reason}`;
}

const isSettledLater = ({ linesSettled, entriesSettled }: PeriodSheetView) =>
  (linesSettled?.items ?? 0) + (entriesSettled?.items ?? 0) > 0;

/** What was settled of one side since the period was signed. */
function Settled({ sum, of }: { sum: RollSumView | null; of: 'lines' | 'entries' }) {
  const { t } = useI18n();
  if (!sum || sum.items === 0) {
    return null;
  }
  return (
    <p data-testid={`period-settled-${of}`}>
      {of === 'lines'
        ? t('periods.settled.lines', { count: sum.items })
        : t('periods.settled.entries', { count: sum.items })}{' '}
      <Amount amount={sum.sum} currency />
    </p>
  );
}

function Notices({ sheet }: { sheet: PeriodSheetView }) {
  const { t } = useI18n();
  const { period, figures, events } = sheet;
  const newest = events[0];
  return (
    <>
      {period.state === 'open' && newest?.kind === 'revoked' && (
        <Notice tone="warning" title={t('periods.revoked')} testId="period-revoked">
          {newest.causes.length === 0 ? (
            t('periods.openingChanged')
          ) : (
            <ul className="causes">
              {newest.causes.map((cause) => (
                <Cause key={cause.change} cause={cause} />
              ))}
            </ul>
          )}
        </Notice>
      )}
      {period.toReprove && (
        <Notice tone="warning" title={t('periods.toReprove')} testId="period-to-reprove">
          {t('periods.toReprove.text')}
        </Notice>
      )}
      {period.reopening && (
        <Notice tone="info" title={t('periods.reopening')} testId="period-reopening">
          {t('periods.asked', { name: period.reopening.name, reason: period.reopening.reason })}
        </Notice>
      )}
      {period.state === 'open' && figures.obstacle !== '' && (
        <Notice tone="warning" title={t('periods.obstacle')} testId="period-obstacle">
          {figures.opening === null || figures.closing === null
            ? t('periods.obstacle.balance')
            : t('periods.obstacle.proof')}
        </Notice>
      )}
      {(sheet.figuresNow || isSettledLater(sheet)) && (
        <Notice tone="info" title={t('periods.movedOn')} testId="period-moved-on">
          <p>{t('periods.movedOn.text')}</p>
          <Settled sum={sheet.linesSettled} of="lines" />
          <Settled sum={sheet.entriesSettled} of="entries" />
        </Notice>
      )}
    </>
  );
}

/** A period: its proof always on top, what can be done, who signed, and what rolled forward. */
export function PeriodView({ periodId, onRemoved }: { periodId: string; onRemoved: () => void }) {
  const i18n = useI18n();
  const { t, word, locale } = i18n;
  const { data: sheet, error } = usePeriod(periodId);
  if (error) {
    return <FaultNotice fault={error} />;
  }
  if (!sheet) {
    return (
      <Panel>
        <Skeleton rows={9} height={18} />
      </Panel>
    );
  }
  const { period, figures } = sheet;
  const Icon = STATE_ICONS[period.state];
  return (
    <div className="period-view" data-testid="period-view" data-state={period.state}>
      <Panel>
        <div className="period-head">
          <h2 className="period-title">{nameOfDays(period.from, period.to, locale)}</h2>
          <Badge tone={STATE_TONES[period.state]} icon={Icon} testId="period-state">
            {word('periodState', period.state)}
          </Badge>
          {period.toReprove && (
            <Badge tone="warning" icon={RotateCcw}>
              {t('periods.toReprove')}
            </Badge>
          )}
          {sheet.exceptions > 0 && (
            <Badge tone="warning" icon={TriangleAlert} testId="period-exceptions">
              {t('periods.exceptions', { count: sheet.exceptions })}
            </Badge>
          )}
          <PeriodActions sheet={sheet} onRemoved={onRemoved} />
        </div>
        <Notices sheet={sheet} />
        <ProofSheet
          proof={figures}
          openingNote={sourceOf(figures, 'opening', i18n)}
          closingNote={sourceOf(figures, 'closing', i18n)}
        >
          <Signatures period={period} />
        </ProofSheet>
      </Panel>
      <RollForward sheet={sheet} />
      <Late periodId={period.id} count={sheet.lateEntries} />
      <History events={sheet.events} />
    </div>
  );
}
