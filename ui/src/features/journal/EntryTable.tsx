import { CircleAlert, Lock, Undo2 } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { JournalEntryView, JournalSideView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { formatDate } from '@/shared/format';
import { Badge } from '@/shared/Parts';
import { scrollable } from '@/shared/scrollable';
import { roleName } from './roles';

interface EntryTableProps {
  rows: readonly JournalEntryView[];
  names: ReadonlyMap<string, string>;
  onEdit: (entry: JournalEntryView, side: JournalSideView) => void;
}

/** Journal entries, one a row: debit, credit, amount. An account is changed by pressing it. */
export function EntryTable({ rows, names, onEdit }: EntryTableProps) {
  const { t, locale } = useI18n();
  return (
    <div ref={scrollable} className="journal-scroll">
      <table className="table journal-table" data-testid="journal-table">
        <thead>
          <tr>
            <th>{t('journal.date')}</th>
            <th>{t('journal.debit')}</th>
            <th>{t('journal.credit')}</th>
            <th className="right">{t('journal.amount')}</th>
            <th>{t('journal.text')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((entry) => (
            <tr key={`${entry.matchId} ${entry.adjustment} ${entry.reverses}`} data-testid="journal-entry">
              <td>
                <DateText iso={entry.date} />
              </td>
              <td>
                <SideCell entry={entry} side={entry.debit} names={names} onEdit={onEdit} />
              </td>
              <td>
                <SideCell entry={entry} side={entry.credit} names={names} onEdit={onEdit} />
              </td>
              <td className="right">
                <Amount amount={entry.amount} currency />
                {entry.baseAmount && entry.baseAmount.currency !== entry.amount.currency && (
                  <div className="muted">
                    <Amount amount={entry.baseAmount} currency />
                  </div>
                )}
              </td>
              <td className="journal-text">
                {entry.text}
                {entry.movedFrom !== null && (
                  <Badge tone="neutral" icon={Lock}>
                    {t('journal.moved', { date: formatDate(entry.movedFrom, locale) })}
                  </Badge>
                )}
                {entry.reverses !== null && (
                  <Badge tone="neutral" icon={Undo2}>
                    {t('journal.reverses', { number: entry.reverses })}
                  </Badge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface SideCellProps {
  entry: JournalEntryView;
  side: JournalSideView;
  names: ReadonlyMap<string, string>;
  onEdit: (entry: JournalEntryView, side: JournalSideView) => void;
}

function SideCell({ entry, side, names, onEdit }: SideCellProps) {
  const i18n = useI18n();
  const role = roleName(side.role, i18n, names);
  const account =
    side.account === null ? (
      <Badge tone="problem" icon={CircleAlert}>
        {i18n.t('journal.account.missing')}
      </Badge>
    ) : (
      <span className="journal-code">{side.account}</span>
    );
  // What is reversed is reversed on the accounts it was posted to.
  if (entry.reverses !== null) {
    return (
      <div className="journal-side">
        {account}
        <span className="muted">{role}</span>
      </div>
    );
  }
  return (
    <button
      type="button"
      className="journal-side journal-side-button"
      title={i18n.t('journal.account.title', { role })}
      data-testid="journal-side"
      onClick={() => onEdit(entry, side)}
    >
      {account}
      <span className="muted">{role}</span>
    </button>
  );
}
