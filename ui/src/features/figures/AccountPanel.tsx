import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useI18n } from '@/i18n';
import { type AccountTotals, type AccountView, asCommandError } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Count } from '@/shared/Count';
import { BarList } from '@/shared/charts/BarList';
import type { FigureScope } from '@/shared/figures/queries';
import { Panel, Skeleton } from '@/shared/Parts';
import { summaryQuery } from './figures';

/** What the lines were for, as far as that is known. */
function Categories({ totals }: { totals: AccountTotals }) {
  const { t } = useI18n();
  const { topCategories, categorised, uncategorised, failed } = totals;
  if (topCategories.length === 0) {
    return null;
  }
  const most = Math.max(...topCategories.map(({ lines }) => lines));
  return (
    <div className="summary-categories" data-testid="summary-categories">
      <h3 className="chart-title">{t('figures.summary.categories')}</h3>
      <BarList
        label={t('figures.summary.categories')}
        bars={topCategories.map(({ category, lines }) => ({
          key: category,
          label: category,
          share: lines / most,
          value: <Count of={lines} />,
        }))}
      />
      <p className="muted">{t('figures.summary.categorised', { categorised, uncategorised, failed })}</p>
    </div>
  );
}

/** What came in and went out of an account in the days chosen. */
export function AccountPanel({ account, scope }: { account: AccountView; scope: FigureScope }) {
  const { t } = useI18n();
  const summary = useQuery({ ...summaryQuery(account, scope), placeholderData: keepPreviousData });
  const { data } = summary;
  return (
    <Panel
      title={t('figures.summary', { account: account.name })}
      aside={<span className="muted">{t('figures.summary.sub')}</span>}
      testId="account-summary"
    >
      {summary.error ? (
        <p className="muted" data-testid="summary-refused">
          {asCommandError(summary.error).message}
        </p>
      ) : data ? (
        <>
          <dl className="summary">
            <div>
              <dt>{t('figures.summary.lines')}</dt>
              <dd>
                <Count of={data.lines} />
              </dd>
            </div>
            <div>
              <dt>{t('figures.summary.income')}</dt>
              <dd>
                <Amount amount={data.income} currency testId="summary-income" />
              </dd>
            </div>
            <div>
              <dt>{t('figures.summary.spend')}</dt>
              <dd>
                <Amount amount={data.spend} currency />
              </dd>
            </div>
            <div>
              <dt>{t('figures.summary.net')}</dt>
              <dd>
                <Amount amount={data.net} currency signed />
              </dd>
            </div>
          </dl>
          <Categories totals={data} />
        </>
      ) : (
        <Skeleton rows={2} height={18} />
      )}
      {data && data.linesUndated > 0 && (
        <p className="muted">{t('figures.summary.undated', { count: data.linesUndated })}</p>
      )}
    </Panel>
  );
}
