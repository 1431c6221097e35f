import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import type { MissingAccountView, NamedAccount } from '@/ipc';
import { Button } from '@/shared/Button';
import { TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { Panel } from '@/shared/Parts';
import { useJournalRights } from './rights';
import { roleName } from './roles';

interface MissingAccountsProps {
  missing: readonly MissingAccountView[];
  names: ReadonlyMap<string, string>;
  onSave: (accounts: NamedAccount[]) => Promise<void>;
}

/** Every account that stands against an export, to be named in place. */
export function MissingAccounts({ missing, names, onSave }: MissingAccountsProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const { configure } = useJournalRights();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const named = missing
    .map(({ role }) => ({ role, account: typed[role]?.trim() ?? '' }))
    .filter(({ account }) => account !== '');

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (named.length === 0 || busy) {
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await onSave(named);
    } catch (refusal) {
      setFault(refusal);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Panel title={t('journal.missing')} testId="journal-missing">
      {fault !== null && <FaultNotice fault={fault} />}
      <p className="muted">{t(configure ? 'journal.missing.text' : 'journal.missing.readOnly')}</p>
      <form className="journal-missing" onSubmit={(event) => void submit(event)} noValidate>
        {missing.map(({ role, entries }) => (
          <TextField
            key={role}
            label={roleName(role, i18n, names)}
            hint={t('journal.entries', { count: entries })}
            value={typed[role] ?? ''}
            disabled={!configure}
            onChange={(account) => setTyped((before) => ({ ...before, [role]: account }))}
            testId={`journal-missing-${role}`}
          />
        ))}
        <Button
          type="submit"
          variant="primary"
          busy={busy}
          disabled={named.length === 0 || busy}
          testId="journal-missing-save"
        >
          {t('journal.accounts.save')}
        </Button>
      </form>
    </Panel>
  );
}
