import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { CircleCheck, Scale, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AccountView, host, type WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Badge, Empty, Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { PeriodChoice } from '@/shared/period/PeriodChoice';
import { KEYS } from '@/shared/queries';
import { ExportPanel } from './ExportPanel';
import { Outstanding } from './Outstanding';
import { ProofSheet } from './ProofSheet';
import './proof.css';

function ProofOf({ accounts, account }: { accounts: AccountView[]; account: AccountView }) {
  const { t } = useI18n();
  const [period, setPeriod] = useState<{ from: string | null; to: string | null }>({ from: null, to: null });
  const { from, to } = period;
  const proof = useQuery({
    queryKey: [...KEYS.proof, account.id, from, to],
    queryFn: () => host().call('balance_proof', { request: { accountId: account.id, from, to } }),
    placeholderData: keepPreviousData,
  });
  const { data } = proof;
  return (
    <div className="screen">
      <ScreenHead
        title={t('proof.title')}
        actions={
          data && (
            <Badge
              tone={data.holds ? 'good' : 'warning'}
              icon={data.holds ? CircleCheck : TriangleAlert}
              testId="proof-holds"
            >
              {t(data.holds ? 'proof.holds' : 'proof.open')}
            </Badge>
          )
        }
      >
        {t('proof.sub')}
      </ScreenHead>
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
          />
        </div>
        {proof.error && <FaultNotice fault={proof.error} />}
        {data ? <ProofSheet proof={data} /> : !proof.error && <Skeleton rows={9} height={18} />}
      </Panel>
      <ExportPanel accountId={account.id} from={from} to={to} />
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
    </div>
  );
}

/** The balance proof of an account, what is outstanding, and the signed report. */
export function ProofScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const { t } = useI18n();
  const account = workbook.accounts.find((choice) => choice.id === focus) ?? workbook.accounts[0];
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
  return <ProofOf key={account.id} accounts={workbook.accounts} account={account} />;
}
