import { CircleCheck, Info, TriangleAlert } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { FigureBoard, VarianceView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Percent } from '@/shared/figures/Percent';
import { formatDecimal } from '@/shared/format';
import { moneyText } from '@/shared/moneyText';
import { Badge, Panel } from '@/shared/Parts';

function Row({ variance, limit }: { variance: VarianceView; limit: string }) {
  const { t, locale } = useI18n();
  const { bank, books, difference, rate, isWithin } = variance;
  return (
    <tr data-testid="variance" data-rate={rate ?? ''} data-within={isWithin}>
      <th scope="row">{bank.currency}</th>
      <td className="right">
        <Amount amount={bank} testId="variance-bank" />
      </td>
      <td className="right">
        <Amount amount={books} testId="variance-books" />
      </td>
      <td className="right">
        <Amount amount={difference} signed />
      </td>
      <td className="right variance-rate">
        <Percent of={rate} />
      </td>
      <td>
        <Badge tone={isWithin ? 'good' : 'warning'} icon={isWithin ? CircleCheck : TriangleAlert}>
          {t(isWithin ? 'figures.variance.within' : 'figures.variance.beyond', {
            limit: formatDecimal(limit, locale),
          })}
        </Badge>
      </td>
    </tr>
  );
}

/** Where the books nearly cancel, a small difference is a large share of them. */
function SmallBase({ variance }: { variance: VarianceView }) {
  const { t, locale } = useI18n();
  return (
    <p className="variance-note" data-testid="small-base">
      <Info aria-hidden size={15} />
      {t(variance.rate === null ? 'figures.variance.noBase' : 'figures.variance.smallBase', {
        books: moneyText(variance.books, locale),
        moved: moneyText(variance.turnover, locale),
        share: variance.ofTurnover === null ? '–' : formatDecimal(variance.ofTurnover, locale),
      })}
    </p>
  );
}

/** What the bank comes to and what the books do, how far that is apart, and whether it is within the limit. */
export function VariancePanel({ board }: { board: FigureBoard }) {
  const { t } = useI18n();
  if (board.variances.length === 0) {
    return null;
  }
  const small = board.variances.filter((variance) => variance.isBaseSmall && variance.rate !== '0.00');
  return (
    <Panel
      title={t('figures.variance')}
      aside={<span className="muted">{t('figures.variance.sub')}</span>}
      flush
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table scrolls by keyboard only when it can take the focus */}
      <section className="scroll-x" tabIndex={0} aria-label={t('figures.variance')}>
        <table className="table variance-table">
          <thead>
            <tr>
              <th scope="col">{t('figures.currency')}</th>
              <th scope="col" className="right">
                {t('figures.bank')}
              </th>
              <th scope="col" className="right">
                {t('figures.books')}
              </th>
              <th scope="col" className="right">
                {t('figures.difference')}
              </th>
              <th scope="col" className="right">
                {t('figures.variance')}
              </th>
              <th scope="col">{t('figures.limit')}</th>
            </tr>
          </thead>
          <tbody>
            {board.variances.map((variance) => (
              <Row key={variance.bank.currency} variance={variance} limit={board.limits.variance} />
            ))}
          </tbody>
        </table>
      </section>
      {small.map((variance) => (
        <SmallBase key={variance.bank.currency} variance={variance} />
      ))}
    </Panel>
  );
}
