import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { AtWorkView } from '@/ipc';
import { CheckField, PassphraseField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { showToast } from '@/shared/toasts';
import { EMPTY, isGood, SecretFields } from './SecretFields';
import { useChange } from './usePeople';

/** One's own secret: set, changed, or done without. */
export function OwnSecretDialog({ person, onClose }: { person: AtWorkView; onClose: () => void }) {
  const { t } = useI18n();
  const change = useChange();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState(EMPTY);
  const [without, setWithout] = useState(false);
  return (
    <FormDialog
      title={t('people.own.title')}
      action={t(without ? 'people.own.remove' : 'people.own.save')}
      icon={KeyRound}
      ready={present !== '' && (without || isGood(next))}
      danger={without}
      testId="own-secret"
      onClose={onClose}
      onSubmit={async () => {
        await change('change_own_secret', {
          present,
          new: without ? null : next.first,
        });
        showToast({ tone: 'done', text: t(without ? 'people.own.removed' : 'people.own.saved') });
      }}
    >
      <p className="prose">{t('people.own.text')}</p>
      <PassphraseField
        label={t(person.hasSecret ? 'people.own.present' : 'lock.passphrase')}
        hint={person.hasSecret ? undefined : t('people.own.first.hint')}
        value={present}
        onChange={setPresent}
        autoComplete="current-password"
        autoFocus
        testId="secret-present"
      />
      {!without && <SecretFields label={t('people.own.new')} value={next} onChange={setNext} />}
      {person.hasSecret && (
        <CheckField
          label={t('people.own.without')}
          hint={t('people.own.without.hint')}
          checked={without}
          onChange={setWithout}
          testId="secret-without"
        />
      )}
    </FormDialog>
  );
}
