import { FileOutput, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { formatCount } from '@/shared/format';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { goToSettings } from '@/shared/navigation';
import { ScreenHead } from '@/shared/Parts';
import { AccountsForm } from './AccountsForm';
import { BatchTable } from './BatchTable';
import { Entries } from './Entries';
import { ExportDialog } from './ExportDialog';
import { useJournalRights } from './rights';
import { useBatches, useEntries, useJournalActions, usePostingAccounts } from './useJournal';
import '@/shared/lists.css';
import './journal.css';

/** What files are like is set in the settings. */
const toLayouts = () => goToSettings('layouts');

const TABS = ['entries', 'batches', 'accounts'] as const;
type Tab = (typeof TABS)[number];

interface JournalScreenProps {
  workbook: WorkbookView;
  /** `batches`, `accounts`, or nothing. */
  focus: string;
}

/** Journal entries: what is to be posted, what was exported, and the accounts of the books. */
export function JournalScreen({ focus }: JournalScreenProps) {
  const { t, locale } = useI18n();
  const [tab, setTab] = useState<Tab>(TABS.find((name) => name === focus) ?? 'entries');
  const [exporting, setExporting] = useState(false);
  const entries = useEntries();
  const accounts = usePostingAccounts();
  const batches = useBatches();
  const actions = useJournalActions();
  const journal = entries.query.data;
  const count = journal?.sums.reduce((sum, { entries: of }) => sum + of, 0) ?? 0;
  const rights = useJournalRights();
  const canExport =
    rights.export &&
    journal !== undefined &&
    count > 0 &&
    !entries.unreadable &&
    !entries.query.isPlaceholderData;
  const fault = entries.query.error ?? accounts.query.error ?? batches.query.error;
  const group = t('nav.journal');
  useKeys([
    { combo: 'e', label: t('journal.export'), group, run: () => setExporting(true), enabled: canExport },
    { combo: 'l', label: t('journal.layouts'), group, run: toLayouts },
    { combo: '1', label: t('journal.entries'), group, run: () => setTab('entries') },
    { combo: '2', label: t('journal.batches'), group, run: () => setTab('batches') },
    { combo: '3', label: t('journal.accounts'), group, run: () => setTab('accounts') },
    {
      combo: 'm',
      label: t('journal.missing.only'),
      group,
      run: () => entries.setOnlyMissing(!entries.onlyMissing),
      enabled: tab === 'entries',
    },
  ]);
  const counts: Record<Tab, number | null> = {
    entries: count,
    batches: batches.query.data?.total ?? 0,
    accounts: null,
  };

  return (
    <div className="screen">
      <ScreenHead
        title={t('journal.title')}
        actions={
          <>
            <Button icon={SlidersHorizontal} keys="l" onClick={toLayouts} testId="journal-layouts">
              {t('journal.layouts')}
            </Button>
            <Button
              variant="primary"
              icon={FileOutput}
              keys="e"
              disabled={!canExport}
              onClick={() => setExporting(true)}
              testId="journal-export"
            >
              {t('journal.export')}
            </Button>
          </>
        }
      >
        {t('journal.sub')}
      </ScreenHead>
      {fault != null && <FaultNotice fault={fault} />}
      <div className="tabs" role="tablist" aria-label={t('journal.title')}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            role="tab"
            className="tab"
            aria-selected={tab === name}
            data-testid={`journal-tab-${name}`}
            onClick={() => setTab(name)}
          >
            {t(`journal.${name}`)}
            {counts[name] !== null && (
              <span className="tab-count num">{formatCount(counts[name] ?? 0, locale)}</span>
            )}
          </button>
        ))}
      </div>
      {/* A look at another tab costs nothing that was typed. */}
      <div className="journal-tab" hidden={tab !== 'entries'}>
        <Entries entries={entries} names={accounts.names} actions={actions} />
      </div>
      <div className="journal-tab" hidden={tab !== 'batches'}>
        <BatchTable
          batches={batches.query.data}
          page={batches.page}
          onPage={batches.setPage}
          actions={actions}
        />
      </div>
      <div className="journal-tab" hidden={tab !== 'accounts'}>
        {accounts.query.data && <AccountsForm accounts={accounts.query.data} onSave={actions.name} />}
      </div>
      {exporting && journal && (
        <ExportDialog
          journal={journal}
          through={entries.through}
          actions={actions}
          onClose={() => setExporting(false)}
        />
      )}
    </div>
  );
}
