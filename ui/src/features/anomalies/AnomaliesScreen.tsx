import { CircleCheck, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { AnomaliesView, AnomalyView, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { SelectField } from '@/shared/Field';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { goToSettings } from '@/shared/navigation';
import { Empty, Panel, ScreenHead, Skeleton, TaskProgress } from '@/shared/Parts';
import { AnomalyRow } from './AnomalyRow';
import { SetAsideDialog } from './SetAsideDialog';
import { useAnomalies } from './useAnomalies';
import './anomalies.css';

/** What is looked for is set in the settings. */
const toDetectors = () => goToSettings('detectors');

/** Which anomalies are shown: all kinds, one of them, or those set aside. */
type Tab = 'all' | 'aside' | string;

function shownOf(data: AnomaliesView | undefined, tab: Tab): AnomalyView[] {
  if (!data) {
    return [];
  }
  return tab === 'aside'
    ? data.setAside
    : data.found.filter((anomaly) => tab === 'all' || anomaly.kind === tab);
}

interface TabsProps {
  data: AnomaliesView;
  tab: Tab;
  onTab: (tab: Tab) => void;
}

function Tabs({ data, tab, onTab }: TabsProps) {
  const { t, word } = useI18n();
  const total = data.kinds.reduce((sum, { found }) => sum + found, 0);
  const aside = data.kinds.reduce((sum, { setAside }) => sum + setAside, 0);
  const tabs = [
    { name: 'all', label: t('anomalies.all'), count: String(total) },
    ...data.kinds
      .filter(({ found, enabled }) => found > 0 || !enabled)
      .map(({ kind, found, enabled }) => ({
        name: kind,
        label: word('anomalies.kind', kind),
        count: enabled ? String(found) : t('anomalies.off'),
      })),
    { name: 'aside', label: t('anomalies.tab.aside'), count: String(aside) },
  ];
  return (
    <div className="tabs anomaly-tabs" role="tablist" aria-label={t('anomalies.kind')}>
      {tabs.map(({ name, label, count }) => (
        <button
          key={name}
          type="button"
          role="tab"
          className="tab"
          aria-selected={tab === name}
          onClick={() => onTab(name)}
          data-testid={`anomalies-tab-${name}`}
        >
          {label}
          <span className="tab-count num">{count}</span>
        </button>
      ))}
    </div>
  );
}

function Nothing({ tab, records }: { tab: Tab; records: number }) {
  const { t } = useI18n();
  return tab === 'aside' ? (
    <Empty icon={CircleCheck} title={t('anomalies.aside.none')} testId="anomalies-none">
      {t('anomalies.aside.none.text')}
    </Empty>
  ) : (
    <Empty icon={CircleCheck} title={t('anomalies.empty')} testId="anomalies-none">
      {t('anomalies.empty.records', { count: records })}
    </Empty>
  );
}

/** What an auditor would look at twice: found, explained, and set aside with a reason where it is in order. */
export function AnomaliesScreen({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  const [account, setAccount] = useState<string | null>(null);
  const [tab, setTab] = useState<Tab>('all');
  const [place, setPlace] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const [judging, setJudging] = useState<AnomalyView | null>(null);
  const desk = useAnomalies(account);
  const { data, error } = desk.list;
  const shown = shownOf(data, tab);
  const at = Math.min(place, Math.max(0, shown.length - 1));
  const current = shown[at];
  const toggle = (anomaly: AnomalyView) => setOpen(open === anomaly.key ? null : anomaly.key);
  const left = data?.kinds.filter(({ kind }) => tab === 'all' || tab === kind) ?? [];
  const leftOut = tab === 'aside' ? 0 : left.reduce((sum, { leftOut: hidden }) => sum + hidden, 0);

  function judge(anomaly: AnomalyView): void {
    if (anomaly.setAside) {
      void desk.restore(anomaly);
    } else {
      setJudging(anomaly);
    }
  }

  const group = t('anomalies.group');
  const some = shown.length > 0;
  useKeys([
    {
      combo: 'j',
      label: t('anomalies.next'),
      group,
      run: () => setPlace(Math.min(at + 1, shown.length - 1)),
      enabled: some,
      repeats: true,
    },
    {
      combo: 'k',
      label: t('anomalies.previous'),
      group,
      run: () => setPlace(Math.max(at - 1, 0)),
      enabled: some,
      repeats: true,
    },
    {
      combo: 'Enter',
      label: t('anomalies.open'),
      group,
      run: () => current && toggle(current),
      enabled: some,
    },
    {
      combo: 's',
      label: t('anomalies.setAside'),
      group,
      run: () => current && judge(current),
      enabled: some,
    },
    { combo: 'd', label: t('anomalies.detectors'), group, run: toDetectors },
  ]);

  return (
    <div className="screen">
      <ScreenHead
        title={t('anomalies.title')}
        actions={
          <Button icon={SlidersHorizontal} keys="d" onClick={toDetectors} testId="anomalies-detectors">
            {t('anomalies.detectors')}
          </Button>
        }
      >
        {t('anomalies.sub')}
      </ScreenHead>
      {(desk.fault ?? error) != null && <FaultNotice fault={desk.fault ?? error} />}
      {workbook.accounts.length > 1 && (
        <div className="anomaly-account">
          <SelectField
            label={t('anomalies.account')}
            value={account ?? ''}
            onChange={(name) => setAccount(name || null)}
            testId="anomalies-account"
          >
            <option value="">{t('anomalies.account.all')}</option>
            {workbook.accounts.map(({ id, name, currency }) => (
              <option key={id} value={`${name} ${currency}`}>
                {`${name} · ${currency}`}
              </option>
            ))}
          </SelectField>
        </div>
      )}
      <Panel flush testId="anomalies">
        {data && (
          <Tabs
            data={data}
            tab={tab}
            onTab={(next) => {
              setTab(next);
              setPlace(0);
            }}
          />
        )}
        {desk.task && !data && (
          <div className="panel-pad">
            <TaskProgress task={desk.task} />
          </div>
        )}
        {!data && !error && !desk.task && (
          <div className="panel-pad">
            <Skeleton rows={6} height={20} />
          </div>
        )}
        {data && !some && <Nothing tab={tab} records={data.records} />}
        {some && (
          <ul className="anomaly-list" aria-label={t('anomalies.list')}>
            {shown.map((anomaly, index) => (
              <AnomalyRow
                key={anomaly.key}
                anomaly={anomaly}
                current={index === at}
                open={open === anomaly.key}
                onOpen={() => {
                  setPlace(index);
                  toggle(anomaly);
                }}
                onSetAside={() => judge(anomaly)}
                onRestore={() => judge(anomaly)}
              />
            ))}
          </ul>
        )}
        {leftOut > 0 && <p className="table-foot">{t('anomalies.left', { count: leftOut })}</p>}
      </Panel>
      {judging && (
        <SetAsideDialog
          anomaly={judging}
          onClose={() => setJudging(null)}
          onSetAside={(reason) => desk.setAside(judging, reason)}
        />
      )}
    </div>
  );
}
