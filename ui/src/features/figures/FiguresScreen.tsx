import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartNoAxesCombined, ListFilter } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { AccountView, Counts, FigureBoard, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { DateText } from '@/shared/Dates';
import { Breakdown } from '@/shared/figures/Breakdown';
import { boardQuery, type FigureScope, showExceptions, WHOLE_COMPANY } from '@/shared/figures/queries';
import { useKeys } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Empty, Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { PeriodChoice } from '@/shared/period/PeriodChoice';
import { AccountPanel } from './AccountPanel';
import { History } from './History';
import { SignOff } from './SignOff';
import { Tiles } from './Tiles';
import { VariancePanel } from './VariancePanel';
import './figures.css';

/** One account is the company, as far as its bank goes: then its days can be chosen at once. */
function firstScope(accounts: readonly AccountView[]): FigureScope {
  return { accountId: accounts.length === 1 ? (accounts[0]?.id ?? null) : null, from: null, to: null };
}

function NoLines() {
  const { t } = useI18n();
  return (
    <Panel>
      <Empty
        icon={ChartNoAxesCombined}
        title={t('figures.empty')}
        testId="figures-empty"
        action={
          <Button variant="primary" onClick={() => goTo('import')} keys="g i">
            {t('figures.empty.go')}
          </Button>
        }
      >
        {t('figures.empty.text')}
      </Empty>
    </Panel>
  );
}

interface BoardProps {
  board: FigureBoard;
  scope: FigureScope;
  account: AccountView | null;
  counts: Counts;
}

function Board({ board, scope, account, counts }: BoardProps) {
  const { t } = useI18n();
  return (
    <>
      {counts.runs === 0 && <Notice tone="info">{t('figures.noRun')}</Notice>}
      <Tiles board={board} scope={scope} />
      <SignOff board={board} scope={scope} records={counts.lines + counts.entries} />
      <VariancePanel board={board} />
      <Breakdown board={board} scope={scope} />
      <History board={board} />
      {account && <AccountPanel account={account} scope={scope} />}
    </>
  );
}

function Head({ data, scope }: { data: FigureBoard | undefined; scope: FigureScope }) {
  const { t } = useI18n();
  return (
    <ScreenHead
      title={t('figures.title')}
      actions={
        data && (
          <Button
            icon={ListFilter}
            keys="e"
            disabled={data.exceptions === 0}
            onClick={() => showExceptions(scope)}
            testId="figures-exceptions"
          >
            {t('figures.showExceptions')}
          </Button>
        )
      }
    >
      {t('figures.sub')}
      {data && (
        <>
          {' '}
          {t('figures.asOf')} <DateText iso={data.asOf} />
          {'.'}
        </>
      )}
    </ScreenHead>
  );
}

interface ScopeChoiceProps {
  accounts: AccountView[];
  account: AccountView | null;
  scope: FigureScope;
  onScope: (scope: FigureScope) => void;
}

/** Which account, and which days; the whole company has no days to choose. */
function ScopeChoice({ accounts, account, scope, onScope }: ScopeChoiceProps) {
  const { t } = useI18n();
  return (
    <Panel>
      <PeriodChoice
        name="figures"
        accounts={accounts}
        account={account}
        all={t('figures.company')}
        from={scope.from}
        to={scope.to}
        relative
        daysOff={account === null}
        onAccount={(id) => onScope(id === '' ? WHOLE_COMPANY : { ...scope, accountId: id })}
        onPeriod={(from, to) => onScope({ ...scope, from, to })}
      />
      {account === null && accounts.length > 0 && <p className="field-hint">{t('figures.company.hint')}</p>}
    </Panel>
  );
}

/** How the month stands: what a controller watches, held against its limits, with the lists behind it. */
export function FiguresScreen({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  const { accounts, counts } = workbook;
  const [scope, setScope] = useState<FigureScope>(() => firstScope(accounts));
  const board = useQuery({ ...boardQuery(scope), placeholderData: keepPreviousData });
  const { data } = board;
  const account = accounts.find((one) => one.id === scope.accountId) ?? null;
  useKeys([
    {
      combo: 'e',
      label: t('figures.showExceptions'),
      group: t('nav.figures'),
      run: () => showExceptions(scope),
      enabled: data !== undefined && data.exceptions > 0,
    },
  ]);
  if (counts.lines === 0 && counts.entries === 0) {
    return (
      <div className="screen">
        <Head data={undefined} scope={scope} />
        <NoLines />
      </div>
    );
  }
  return (
    <div className="screen">
      <Head data={data} scope={scope} />
      <ScopeChoice accounts={accounts} account={account} scope={scope} onScope={setScope} />
      {board.error && <FaultNotice fault={board.error} />}
      {!data && !board.error && (
        <Panel>
          <Skeleton rows={10} height={22} />
        </Panel>
      )}
      {data && !board.error && (
        <div
          className={`figures-board ${board.isPlaceholderData ? 'figures-waiting' : ''}`}
          aria-busy={board.isPlaceholderData}
          data-testid="figures-board"
        >
          <Board board={data} scope={scope} account={account} counts={counts} />
        </div>
      )}
    </div>
  );
}
