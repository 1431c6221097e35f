import { useI18n } from '@/i18n';
import type { MonthSumView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { formatCount, formatMonth } from '@/shared/format';
import { Panel } from '@/shared/Parts';
import { barWidths } from './chart';

/** Differences by month and cause, with bars for how much they come to without signs. */
export function MonthTable({ months }: { months: MonthSumView[] }) {
  const { t, word, locale } = useI18n();
  const widths = barWidths(months.map((of) => of.size));
  return (
    <Panel title={t('differences.months')} flush testId="differences-months">
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('differences.month')}</th>
            <th scope="col">{t('differences.cause')}</th>
            <th scope="col" className="right">
              {t('differences.count')}
            </th>
            <th scope="col" className="right">
              {t('differences.total')}
            </th>
            <th scope="col">
              <span className="sr-only">{t('differences.size')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {months.map((of, at) => {
            const first = at === 0 || months[at - 1]?.month !== of.month;
            const name = of.month ? formatMonth(of.month, locale) : t('differences.month.none');
            return (
              <tr
                key={`${of.month} ${of.cause} ${of.total.currency}`}
                className={first ? 'month-first' : ''}
                data-testid="differences-month"
              >
                <td className="nowrap">{first ? name : <span className="sr-only">{name}</span>}</td>
                <td>{word('cause', of.cause)}</td>
                <td className="right num">{formatCount(of.matches, locale)}</td>
                <td className="right">
                  <Amount amount={of.total} signed currency />
                </td>
                <td className="month-bar">
                  <div className="bar">
                    <div className="bar-fill" style={{ width: `${widths[at] ?? 0}%` }} />
                  </div>
                  <span className="sr-only">
                    <Amount amount={of.size} currency />
                  </span>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Panel>
  );
}
