import { CircleCheck, CircleX } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import {
  host,
  type PeriodItemView,
  type PeriodSheetView,
  type RollForwardView,
  type RollPartView,
  type SideView,
} from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { isZero } from '@/shared/decimal';
import { formatCount } from '@/shared/format';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Panel, Skeleton } from '@/shared/Parts';
import { PAGE_ROWS, usePages } from '@/shared/pages';
import { KEYS } from '@/shared/queries';

const PARTS: readonly RollPartView[] = ['broughtForward', 'new', 'cleared', 'carriedForward'];
const SIGNS: Record<RollPartView, string> = {
  broughtForward: '',
  new: '+',
  cleared: '−',
  carriedForward: '=',
};
const ROWS_FIRST = 20;

interface Choice {
  side: SideView;
  part: RollPartView;
}

interface SumsProps {
  side: SideView;
  roll: RollForwardView;
  chosen: Choice;
  onChoose: (choice: Choice) => void;
}

function Sums({ side, roll, chosen, onChoose }: SumsProps) {
  const { t, word, locale } = useI18n();
  const Icon = roll.holds ? CircleCheck : CircleX;
  return (
    <table className="roll-table" data-testid={`roll-${side}`}>
      <caption>
        {t(side === 'statement' ? 'periods.roll.lines' : 'periods.roll.entries')}
        <span className={roll.holds ? 'verdict-good' : 'verdict-bad'} title={t('periods.roll.holds')}>
          <Icon aria-hidden size={14} />
          <span className="sr-only">{t(roll.holds ? 'periods.roll.holds' : 'periods.roll.off')}</span>
        </span>
      </caption>
      <tbody>
        {PARTS.map((part) => (
          <tr key={part} className={part === 'carriedForward' ? 'sheet-total' : ''}>
            <td className="sheet-sign" aria-hidden>
              {SIGNS[part]}
            </td>
            <th scope="row">
              <button
                type="button"
                className="link"
                aria-pressed={chosen.side === side && chosen.part === part}
                data-testid={`roll-${side}-${part}`}
                onClick={() => onChoose({ side, part })}
              >
                {word('rollPart', part)}
              </button>
            </th>
            <td className="right num muted">{formatCount(roll[part].items, locale)}</td>
            <td className="right">
              <Amount amount={roll[part].sum} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Items({ periodId, choice, label }: { periodId: string; choice: Choice; label: string }) {
  const { t, word } = useI18n();
  const [shown, setShown] = useState(ROWS_FIRST);
  const pages = usePages<PeriodItemView>(
    [...KEYS.periods, 'items', periodId, choice.side, choice.part],
    (offset, limit) => host().call('period_items', { request: { periodId, ...choice, offset, limit } }),
  );
  if (pages.fault) {
    return <FaultNotice fault={pages.fault} />;
  }
  if (!pages.loaded) {
    return <Skeleton rows={4} />;
  }
  if (pages.total === 0) {
    return <Empty icon={CircleCheck} title={t('periods.roll.none')} />;
  }
  const more = () => {
    const next = Math.min(shown + PAGE_ROWS, pages.total);
    pages.onRange(shown, next - 1);
    setShown(next);
  };
  const rows = Array.from({ length: Math.min(shown, pages.total) }, (_, index) => pages.rowAt(index));
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus */}
      <section className="scroll-x" tabIndex={0} aria-label={label}>
        <table className="table table-inset" data-testid="roll-items">
          <thead>
            <tr>
              <th scope="col">{t('field.date')}</th>
              <th scope="col" className="right">
                {t('periods.age')}
              </th>
              <th scope="col">{t('field.counterparty')}</th>
              <th scope="col">{t('proof.outstanding.what')}</th>
              <th scope="col">{t('periods.became')}</th>
              <th scope="col" className="right">
                {t('field.amount')}
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((item) =>
              item === undefined ? null : (
                <tr key={item.record.id} data-testid="roll-item">
                  <td className="nowrap">
                    <DateText iso={item.record.date} />
                  </td>
                  <td className="right num nowrap">
                    {item.ageDays === null ? '–' : t('periods.days', { count: item.ageDays })}
                  </td>
                  <td className="cell-grow">{item.record.counterparty || '–'}</td>
                  <td className="cell-grow" title={item.record.text}>
                    {[item.record.number || item.record.reference, item.record.text]
                      .filter((part) => part !== '')
                      .join(' · ')}
                  </td>
                  <td className="nowrap">
                    {isZero(item.carried.value) ? (
                      word('becameOf', 'cleared')
                    ) : (
                      <>
                        {word('becameOf', 'outstanding')}{' '}
                        {item.carried.value !== item.amount.value && <Amount amount={item.carried} />}
                      </>
                    )}
                  </td>
                  <td className="right">
                    <Amount amount={item.amount} />
                  </td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      </section>
      {rows.length < pages.total && (
        <p className="table-foot">
          {t('proof.outstanding.shown', { shown: rows.length, of: pages.total })}{' '}
          <Button size="small" variant="quiet" onClick={more} testId="roll-more">
            {t('periods.roll.more')}
          </Button>
        </p>
      )}
    </>
  );
}

/** What is handed on, on the side that hands anything on. */
function firstChoice({ lines, entries }: PeriodSheetView): Choice {
  const onlyEntries = lines.carriedForward.items === 0 && entries.carriedForward.items > 0;
  return { side: onlyEntries ? 'ledger' : 'statement', part: 'carriedForward' };
}

/** What a period took over, what is new, what was cleared and what it hands on, on both sides. */
export function RollForward({ sheet }: { sheet: PeriodSheetView }) {
  const { t, word } = useI18n();
  const [choice, setChoice] = useState<Choice>(() => firstChoice(sheet));
  const { id } = sheet.period;
  const label = [
    t(choice.side === 'statement' ? 'periods.roll.lines' : 'periods.roll.entries'),
    word('rollPart', choice.part),
  ].join(' · ');
  return (
    <Panel title={t('periods.roll.title')} testId="roll-forward">
      <div className="rolls">
        <Sums side="statement" roll={sheet.lines} chosen={choice} onChoose={setChoice} />
        <Sums side="ledger" roll={sheet.entries} chosen={choice} onChoose={setChoice} />
      </div>
      <h3 className="roll-title">{label}</h3>
      <Items key={`${id}-${choice.side}-${choice.part}`} periodId={id} choice={choice} label={label} />
    </Panel>
  );
}
