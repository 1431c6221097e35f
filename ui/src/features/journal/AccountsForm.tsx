import { Save } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import type { NamedAccount, PostingAccountView } from '@/ipc';
import { Button } from '@/shared/Button';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Panel } from '@/shared/Parts';
import { useJournalRights } from './rights';
import { causeName } from './roles';

interface AccountsFormProps {
  accounts: readonly PostingAccountView[];
  onSave: (accounts: NamedAccount[]) => Promise<void>;
}

const GENERAL = ['receivables', 'payables', 'suspense'] as const;

/** The accounts of the books, by what they take. */
export function AccountsForm({ accounts, onSave }: AccountsFormProps) {
  const i18n = useI18n();
  const { t, word } = i18n;
  const { configure } = useJournalRights();
  const [typed, setTyped] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const changed = accounts
    .map(({ role, account }) => ({ role, before: account, account: (typed[role] ?? account).trim() }))
    .filter(({ before, account }) => before !== account)
    .map(({ role, account }) => ({ role, account }));
  const banks = accounts.filter(({ role }) => role.startsWith('account '));
  const causes = accounts.filter(({ role }) => role.startsWith('cause ')).map(({ role }) => role.slice(6));

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (changed.length === 0 || busy) {
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await onSave(changed);
      setTyped({});
    } catch (refusal) {
      setFault(refusal);
    } finally {
      setBusy(false);
    }
  }

  const field = (role: string, label: string, placeholder = '') => (
    <input
      className="input journal-account"
      value={typed[role] ?? accounts.find((one) => one.role === role)?.account ?? ''}
      placeholder={placeholder}
      aria-label={label}
      disabled={!configure}
      autoComplete="off"
      spellCheck={false}
      data-testid={`journal-account-${role}`}
      onChange={(event) => setTyped((before) => ({ ...before, [role]: event.target.value }))}
    />
  );

  return (
    <form className="journal-accounts" onSubmit={(event) => void submit(event)} noValidate>
      {fault !== null && <FaultNotice fault={fault} />}
      {!configure && (
        <Notice tone="info" testId="journal-accounts-read-only">
          {t('journal.accounts.readOnly')}
        </Notice>
      )}
      <Panel
        title={t('journal.accounts.general')}
        flush
        aside={
          <Button
            size="small"
            variant="primary"
            type="submit"
            icon={Save}
            keys="Enter"
            busy={busy}
            disabled={changed.length === 0 || busy}
            testId="journal-accounts-save"
          >
            {t('journal.accounts.save')}
          </Button>
        }
      >
        <table className="table">
          <tbody>
            {GENERAL.map((role) => (
              <tr key={role}>
                <th scope="row">
                  {word('journalRole', role)} <span className="muted">{word('journalRoleHint', role)}</span>
                </th>
                <td className="right">{field(role, word('journalRole', role))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={t('journal.accounts.banks')} flush>
        <table className="table">
          <tbody>
            {banks.map(({ role, name, currency }) => (
              <tr key={role}>
                <th scope="row">
                  {name} <span className="muted">{currency}</span>
                </th>
                <td className="right">{field(role, name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Panel>
      <Panel title={t('journal.accounts.causes')} flush>
        <table className="table">
          <thead>
            <tr>
              <th>{t('journalValue.cause')}</th>
              <th className="right">{t('journal.accounts.loss')}</th>
              <th className="right">{t('journal.accounts.gain')}</th>
            </tr>
          </thead>
          <tbody>
            {causes.map((cause) => (
              <tr key={cause}>
                <th scope="row">{causeName(cause, i18n)}</th>
                <td className="right">
                  {field(`cause ${cause}`, `${causeName(cause, i18n)}, ${t('journal.accounts.loss')}`)}
                </td>
                <td className="right">
                  {field(
                    `gain ${cause}`,
                    `${causeName(cause, i18n)}, ${t('journal.accounts.gain')}`,
                    t('journal.accounts.gain.hint'),
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <p className="table-foot">{t('journal.accounts.note')}</p>
      </Panel>
    </form>
  );
}
