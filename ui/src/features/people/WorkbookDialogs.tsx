import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, host } from '@/ipc';
import { PassphraseField, TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { StrengthHint } from '@/shared/StrengthHint';
import { LENGTH_MIN } from '@/shared/strength';
import { showToast } from '@/shared/toasts';
import { EMPTY, isGood } from './SecretFields';
import { useChange } from './usePeople';

/** Says whether one person may prepare and review, with the reason that the audit log keeps. */
export function SingleUserDialog({ on, onClose }: { on: boolean; onClose: () => void }) {
  const { t } = useI18n();
  const change = useChange();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t(on ? 'people.single.on' : 'people.single.off')}
      action={t('people.save')}
      ready={reason.trim() !== ''}
      testId="single-user-dialog"
      onClose={onClose}
      onSubmit={() => change('set_single_user', { singleUser: on, reason })}
    >
      <p className="prose">{t(on ? 'people.single.on.text' : 'people.single.off.text')}</p>
      <TextField
        label={t('people.reason')}
        value={reason}
        onChange={setReason}
        autoFocus
        testId="single-user-reason"
      />
    </FormDialog>
  );
}

/** Changes the passphrase that opens the workbook. */
export function PassphraseDialog({ onClose }: { onClose: () => void }) {
  const { t, word } = useI18n();
  const [present, setPresent] = useState('');
  const [next, setNext] = useState(EMPTY);
  const [wrong, setWrong] = useState(false);
  const differs = next.again !== '' && next.again !== next.first;

  async function submit(): Promise<void> {
    setWrong(false);
    try {
      await host().call('change_passphrase', { present, new: next.first });
    } catch (fault) {
      setWrong(asCommandError(fault).code === 'wrongPassphrase');
      throw fault;
    }
    showToast({ tone: 'done', text: t('people.passphrase.changed') });
  }

  return (
    <FormDialog
      title={t('people.passphrase')}
      action={t('people.passphrase.change')}
      icon={KeyRound}
      ready={present !== '' && isGood(next, LENGTH_MIN)}
      testId="passphrase-dialog"
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="prose">{t('people.passphrase.text')}</p>
      <PassphraseField
        label={t('people.passphrase.present')}
        value={present}
        onChange={(text) => {
          setPresent(text);
          setWrong(false);
        }}
        error={wrong ? word('error', 'wrongPassphrase') : null}
        autoComplete="current-password"
        autoFocus
        testId="passphrase-present"
      />
      <PassphraseField
        label={t('people.passphrase.new')}
        value={next.first}
        onChange={(first) => setNext({ ...next, first })}
        hint={<StrengthHint passphrase={next.first} />}
        autoComplete="new-password"
        testId="passphrase-new"
      />
      <PassphraseField
        label={t('start.again')}
        value={next.again}
        onChange={(again) => setNext({ ...next, again })}
        error={differs ? t('start.again.differs') : null}
        autoComplete="new-password"
        testId="passphrase-again"
      />
    </FormDialog>
  );
}
