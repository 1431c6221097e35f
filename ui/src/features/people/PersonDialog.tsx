import { UserPlus, UserRoundPen } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { PersonView } from '@/ipc';
import { CheckField, SelectField, TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { EMPTY, isGood, SecretFields } from './SecretFields';
import { useChange } from './usePeople';

/** What a person may be, from least to most. */
export const ROLES = ['preparer', 'reviewer', 'admin'] as const;

interface Draft {
  name: string;
  email: string;
  role: string;
}

function Fields({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const { t, word } = useI18n();
  return (
    <>
      <TextField
        label={t('people.name')}
        hint={t('start.user.hint')}
        value={draft.name}
        onChange={(name) => onChange({ name })}
        autoFocus
        testId="person-name"
      />
      <TextField
        label={t('people.email')}
        hint={t('people.optional')}
        type="email"
        value={draft.email}
        onChange={(email) => onChange({ email })}
        testId="person-email"
      />
      <SelectField
        label={t('people.role')}
        hint={word('personRole.may', draft.role)}
        value={draft.role}
        onChange={(role) => onChange({ role })}
        testId="person-role"
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {word('personRole', role)}
          </option>
        ))}
      </SelectField>
    </>
  );
}

/** Adds a person, with a first secret if wanted. */
export function AddPersonDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const change = useChange();
  const [draft, setDraft] = useState<Draft>({ name: '', email: '', role: 'preparer' });
  const [withSecret, setWithSecret] = useState(true);
  const [secret, setSecret] = useState(EMPTY);
  return (
    <FormDialog
      title={t('people.add')}
      action={t('action.add')}
      icon={UserPlus}
      ready={draft.name.trim() !== '' && (!withSecret || isGood(secret))}
      testId="person-add-dialog"
      onClose={onClose}
      onSubmit={() =>
        change('add_person', { request: { ...draft, firstSecret: withSecret ? secret.first : null } })
      }
    >
      <Fields draft={draft} onChange={(part) => setDraft((before) => ({ ...before, ...part }))} />
      <CheckField
        label={t('people.first')}
        hint={t('people.first.hint')}
        checked={withSecret}
        onChange={setWithSecret}
        testId="person-with-secret"
      />
      {withSecret && <SecretFields label={t('people.first.secret')} value={secret} onChange={setSecret} />}
    </FormDialog>
  );
}

/** What was changed of what the dialog began with; the rest may have been changed by somebody else meanwhile. */
function changed<Value>(value: Value, first: Value): Value | null {
  return value === first ? null : value;
}

/** Changes what the workbook says of a person. */
export function EditPersonDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useI18n();
  const change = useChange();
  const [draft, setDraft] = useState<Draft>({ name: person.name, email: person.email, role: person.role });
  const [active, setActive] = useState(person.active);
  const [first] = useState(person);
  const changes = {
    name: changed(draft.name, first.name),
    email: changed(draft.email, first.email),
    role: changed(draft.role, first.role),
    active: changed(active, first.active),
  };
  return (
    <FormDialog
      title={t('people.edit')}
      action={t('people.save')}
      icon={UserRoundPen}
      ready={draft.name.trim() !== '' && Object.values(changes).some((change) => change !== null)}
      testId="person-edit-dialog"
      onClose={onClose}
      onSubmit={() => change('change_person', { request: { id: person.id, ...changes } })}
    >
      <Fields draft={draft} onChange={(part) => setDraft((before) => ({ ...before, ...part }))} />
      <CheckField
        label={t('people.active')}
        hint={t('people.active.hint')}
        checked={active}
        onChange={setActive}
        testId="person-active"
      />
    </FormDialog>
  );
}

/** Gives another person a secret, which they replace when they next sign in. */
export function ResetSecretDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const { t } = useI18n();
  const change = useChange();
  const [secret, setSecret] = useState(EMPTY);
  return (
    <FormDialog
      title={t('people.reset.title', { name: person.name })}
      action={t('people.reset')}
      ready={isGood(secret)}
      testId="person-reset-dialog"
      onClose={onClose}
      onSubmit={() => change('reset_secret', { id: person.id, secret: secret.first })}
    >
      <p className="prose">{t('people.reset.text')}</p>
      <SecretFields label={t('people.first.secret')} value={secret} onChange={setSecret} autoFocus />
    </FormDialog>
  );
}
