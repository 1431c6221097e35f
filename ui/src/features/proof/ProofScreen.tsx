import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleCheck, CircleHelp, Scale, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AccountView, host, type WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { SelectField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Badge, Empty, Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { PeriodChoice } from '@/shared/period/PeriodChoice';
import { KEYS } from '@/shared/queries';
import { ExportPanel } from './ExportPanel';
import { Outstanding } from './Outstanding';
import { PeriodStrip } from './PeriodStrip';
import { PeriodView } from './PeriodView';
import { ProofSheet } from './ProofSheet';
import { usePeriods } from './usePeriods';
import './proof.css';
import './periods.css';

/** How it looks how far an account is tied out: without balances nothing is proved, and nothing amiss. */
const STATES = {
  tiedOut: { tone: 'good', icon: CircleCheck },
  balancesUnknown: { tone: 'neutral', icon: CircleHelp },
  open: { tone: 'warning', icon: TriangleAlert },
} as const;

function OwnDays({ accounts, account }: { accounts: AccountView[]; account: AccountView }) {
  const { t, word } = useI18n();
  const [period, setPeriod] = useState<{ from: string | null; to: string | null }>({ from: null, to: null });
  const { from, to } = period;
  const [unreadable, setUnreadable] = useState({ from: false, to: false });
  const proof = useQuery({
    queryKey: [...KEYS.proof, account.id, from, to],
    queryFn: () => host().call('balance_proof', { request: { accountId: account.id, from, to } }),
    placeholderData: keepPreviousData,
  });
  const { data } = proof;
  return (
    <>
      <Panel>
        <div className="proof-period">
          <PeriodChoice
            name="proof"
            accounts={accounts}
            account={account}
            from={from}
            to={to}
            onAccount={(id) => goTo('proof', id)}
            onPeriod={(first, last) => setPeriod({ from: first, to: last })}
            onUnreadable={(day, on) => setUnreadable((before) => ({ ...before, [day]: on }))}
          />
          {data && (
            <Badge tone={STATES[data.state].tone} icon={STATES[data.state].icon} testId="proof-state">
              {word('proofState', data.state)}
            </Badge>
          )}
        </div>
        {proof.error && <FaultNotice fault={proof.error} />}
        {data ? <ProofSheet proof={data} /> : !proof.error && <Skeleton rows={9} height={18} />}
      </Panel>
      <ExportPanel accountId={account.id} from={from} to={to} off={unreadable.from || unreadable.to} />
      {data && (
        <div className="outstanding">
          <Outstanding
            title={t('proof.outstanding.lines', { count: data.outstandingLinesCount })}
            records={data.outstandingLines}
            count={data.outstandingLinesCount}
            total={data.linesOutstanding}
            testId="outstanding-lines"
          />
          <Outstanding
            title={t('proof.outstanding.entries', { count: data.outstandingEntriesCount })}
            records={data.outstandingEntries}
            count={data.outstandingEntriesCount}
            total={data.entriesOutstanding}
            testId="outstanding-entries"
          />
        </div>
      )}
    </>
  );
}

interface AccountPeriodsProps {
  accounts: AccountView[];
  account: AccountView;
  /** The period to begin with; none: the one there is something to do with. */
  first: string | undefined;
}

function AccountPeriods({ accounts, account, first }: AccountPeriodsProps) {
  const { t } = useI18n();
  const list = usePeriods(account.id);
  const [chosen, setChosen] = useState<string | null | undefined>(first);
  const periods = list.data?.periods ?? [];
  // The first one that is not locked is what there is to do.
  const toDo = periods.find((period) => period.state !== 'locked') ?? periods.at(-1);
  const shown = chosen === undefined ? (toDo?.id ?? null) : chosen;
  const period = periods.find((one) => one.id === shown);
  return (
    <div className="screen">
      <ScreenHead
        title={t('proof.title')}
        actions={
          // Days of one's own choose their account themselves.
          period &&
          accounts.length > 1 && (
            <SelectField
              label={t('field.account')}
              value={account.id}
              onChange={(id) => goTo('proof', id)}
              testId="periods-account"
            >
              {accounts.map((choice) => (
                <option key={choice.id} value={choice.id}>
                  {`${choice.name} · ${choice.currency}`}
                </option>
              ))}
            </SelectField>
          )
        }
      >
        {t('proof.sub')}
      </ScreenHead>
      {list.error && <FaultNotice fault={list.error} />}
      {list.data && <PeriodStrip account={account} list={list.data} shown={shown} onShow={setChosen} />}
      {list.data &&
        (period ? (
          <>
            <PeriodView key={period.id} periodId={period.id} onRemoved={() => setChosen(undefined)} />
            <ExportPanel accountId={account.id} from={period.from} to={period.to} />
          </>
        ) : (
          <OwnDays accounts={accounts} account={account} />
        ))}
      {!list.data && !list.error && <Skeleton rows={9} height={18} />}
    </div>
  );
}

/**
 * The periods of an account with their balance proof, what is outstanding, and the signed report. `focus` is an account,
 * or `account:period`.
 */
export function ProofScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const { t } = useI18n();
  const [accountId, first] = focus.split(':');
  const account = workbook.accounts.find((choice) => choice.id === accountId) ?? workbook.accounts[0];
  if (!account) {
    return (
      <div className="screen">
        <ScreenHead title={t('proof.title')}>{t('proof.sub')}</ScreenHead>
        <Panel>
          <Empty
            icon={Scale}
            title={t('proof.empty')}
            action={
              <Button variant="primary" onClick={() => goTo('import')}>
                {t('proof.empty.go')}
              </Button>
            }
          >
            {t('proof.empty.text')}
          </Empty>
        </Panel>
      </div>
    );
  }
  return <AccountPeriods key={focus} accounts={workbook.accounts} account={account} first={first} />;
}
