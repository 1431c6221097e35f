import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Diff } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type DifferenceScopeRequest, type DifferenceTrendsView, host, type WorkbookView } from '@/ipc';
import { SelectField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { DayField } from '@/shared/period/DayField';
import { KEYS } from '@/shared/queries';
import { DifferenceTable } from './DifferenceTable';
import { MonthTable } from './MonthTable';
import { RateChanges } from './RateChanges';
import './differences.css';

function Scope(props: {
  workbook: WorkbookView;
  scope: DifferenceScopeRequest;
  onScope: (scope: DifferenceScopeRequest) => void;
}) {
  const { t } = useI18n();
  const { workbook, scope, onScope } = props;
  return (
    <div className="differences-scope">
      <SelectField
        label={t('field.account')}
        value={scope.accountId ?? ''}
        onChange={(id) => onScope({ ...scope, accountId: id || null })}
        testId="differences-account"
      >
        <option value="">{t('differences.accounts.all')}</option>
        {workbook.accounts.map(({ id, name, currency }) => (
          <option key={id} value={id}>
            {`${name} · ${currency}`}
          </option>
        ))}
      </SelectField>
      <DayField
        label={t('differences.from')}
        iso={scope.from}
        onChange={(from) => onScope({ ...scope, from })}
        testId="differences-from"
      />
      <DayField
        label={t('differences.to')}
        iso={scope.to}
        onChange={(to) => onScope({ ...scope, to })}
        testId="differences-to"
      />
    </div>
  );
}

function Found({ scope, trends }: { scope: DifferenceScopeRequest; trends: DifferenceTrendsView }) {
  const { t } = useI18n();
  return (
    <>
      {trends.jobs > 0 && <RateChanges changes={trends.rateChanges} jobs={trends.jobs} />}
      {trends.matches === 0 ? (
        <Panel>
          <Empty icon={Diff} title={t('differences.none')} testId="differences-none">
            {t('differences.none.text')}
          </Empty>
        </Panel>
      ) : (
        <>
          <DifferenceTable key={JSON.stringify(scope)} scope={scope} causes={trends.byCause} />
          <MonthTable months={trends.byMonth} />
        </>
      )}
    </>
  );
}

/** How far statement and ledger are apart in matches, by month and cause, and where a rate changed. */
export function DifferencesScreen({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  const [scope, setScope] = useState<DifferenceScopeRequest>({ accountId: null, from: null, to: null });
  const trends = useQuery({
    queryKey: [...KEYS.differences, 'trends', scope],
    queryFn: () => host().call('difference_trends', { request: scope }),
    placeholderData: keepPreviousData,
  });
  return (
    <div className="screen">
      <ScreenHead title={t('differences.title')}>{t('differences.sub')}</ScreenHead>
      <Panel>
        <Scope workbook={workbook} scope={scope} onScope={setScope} />
      </Panel>
      {trends.error && <FaultNotice fault={trends.error} />}
      {!trends.error &&
        (trends.data ? (
          <Found scope={scope} trends={trends.data} />
        ) : (
          <Panel testId="differences-loading">
            <Skeleton rows={8} height={18} />
          </Panel>
        ))}
    </div>
  );
}
