import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { JournalEntryView, JournalSideView } from '@/ipc';
import { Segments, TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { useJournalRights } from './rights';
import { roleName } from './roles';
import type { JournalActions } from './useJournal';

interface AccountDialogProps {
  entry: JournalEntryView;
  side: JournalSideView;
  names: ReadonlyMap<string, string>;
  actions: JournalActions;
  onClose: () => void;
}

/** Names the account of one side: for all of its kind, or for this entry only. */
export function AccountDialog({ entry, side, names, actions, onClose }: AccountDialogProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [account, setAccount] = useState(side.account ?? '');
  const rights = useJournalRights();
  const [scope, setScope] = useState<'all' | 'one'>(
    side.account === null && rights.configure ? 'all' : 'one',
  );
  const { matchId, adjustment } = entry;
  async function submit(): Promise<void> {
    if (scope === 'one') {
      await actions.choose({ matchId, adjustment, own: side.own, account });
    } else {
      // An account of its own would keep this entry where it is. Where it is exported by now, nothing is named either.
      await actions.choose({ matchId, adjustment, own: side.own, account: '' });
      await actions.name([{ role: side.role, account }]);
    }
  }
  return (
    <FormDialog
      title={t('journal.account.title', { role: roleName(side.role, i18n, names) })}
      action={t('journal.account.save')}
      ready={scope === 'one' || account.trim() !== ''}
      testId="journal-account-dialog"
      onClose={onClose}
      onSubmit={submit}
    >
      <TextField
        label={t('journal.account')}
        hint={t(scope === 'one' ? 'journal.account.hint' : 'journal.account.hint.all')}
        value={account}
        onChange={setAccount}
        autoFocus
        testId="journal-account"
      />
      {rights.configure ? (
        <Segments
          label={t('journal.account.scope')}
          value={scope}
          onChange={setScope}
          options={[
            { value: 'all', label: t('journal.account.forAll'), testId: 'journal-account-all' },
            { value: 'one', label: t('journal.account.forOne'), testId: 'journal-account-one' },
          ]}
        />
      ) : (
        <p className="muted">{t('journal.account.onlyOne')}</p>
      )}
    </FormDialog>
  );
}
