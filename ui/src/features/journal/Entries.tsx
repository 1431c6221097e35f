import { BookOpenText } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { JournalEntryView, JournalSideView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { CheckField } from '@/shared/Field';
import { Notice } from '@/shared/Notice';
import { Empty, Panel, Skeleton } from '@/shared/Parts';
import { DayField } from '@/shared/period/DayField';
import { AccountDialog } from './AccountDialog';
import { EntryTable } from './EntryTable';
import { MissingAccounts } from './MissingAccounts';
import { Pages } from './Pages';
import { type JournalActions, PAGE, type useEntries } from './useJournal';

interface EntriesProps {
  entries: ReturnType<typeof useEntries>;
  names: ReadonlyMap<string, string>;
  actions: JournalActions;
}

/** What is to be exported: sums, the accounts that are missing, and the entries. */
export function Entries({ entries, names, actions }: EntriesProps) {
  const { t } = useI18n();
  const [editing, setEditing] = useState<{ entry: JournalEntryView; side: JournalSideView } | null>(null);
  const journal = entries.query.data;
  if (!journal) {
    return (
      <Panel>
        <Skeleton rows={8} height={20} />
      </Panel>
    );
  }
  return (
    <>
      {journal.missing.length > 0 && (
        <MissingAccounts missing={journal.missing} names={names} onSave={actions.name} />
      )}
      {journal.reversing > 0 && (
        <Notice tone="info" testId="journal-reversing">
          {t('journal.reversing', { count: journal.reversing })}
        </Notice>
      )}
      {journal.withoutRate > 0 && (
        <Notice tone="warning" testId="journal-without-rate">
          {t('journal.withoutRate', { count: journal.withoutRate, currency: journal.base })}
        </Notice>
      )}
      <Panel flush testId="journal-entries">
        <div className="journal-bar">
          <DayField
            label={t('journal.through')}
            iso={entries.through}
            onChange={entries.setThrough}
            onUnreadable={entries.setUnreadable}
            testId="journal-through"
          />
          <CheckField
            label={t('journal.missing.only')}
            checked={entries.onlyMissing}
            keys="m"
            onChange={entries.setOnlyMissing}
            testId="journal-only-missing"
          />
          <dl className="journal-sums" aria-label={t('journal.sums')}>
            {journal.sums.map((sum) => (
              <div key={sum.amount.currency}>
                <dt>{t('journal.entries', { count: sum.entries })}</dt>
                <dd>
                  <span className="muted">{t('journal.debit')}</span> <Amount amount={sum.amount} currency />
                </dd>
                <dd>
                  <span className="muted">{t('journal.credit')}</span> <Amount amount={sum.amount} currency />
                </dd>
              </div>
            ))}
          </dl>
        </div>
        {journal.total === 0 ? (
          <Empty icon={BookOpenText} title={t('journal.none')} testId="journal-none">
            {t('journal.none.text')}
          </Empty>
        ) : (
          <EntryTable
            rows={journal.rows}
            names={names}
            onEdit={(entry, side) => setEditing({ entry, side })}
          />
        )}
        <Pages
          page={entries.page}
          size={PAGE}
          total={journal.total}
          onPage={entries.setPage}
          testId="journal-pages"
        />
      </Panel>
      {editing && (
        <AccountDialog {...editing} names={names} actions={actions} onClose={() => setEditing(null)} />
      )}
    </>
  );
}
