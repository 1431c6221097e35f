import { Ban, FileKey, FolderOpen, KeyRound } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { SignerView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseIdentityPath } from '@/shared/choosePath';
import { PassphraseField, TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { showToast } from '@/shared/toasts';
import { useChangeSigning } from './useSigning';

/** Takes an identity of a file, with the passphrase that opens it. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const change = useChangeSigning();
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState('');

  async function submit(): Promise<void> {
    await change('import_signer', { request: { path, passphrase } });
    showToast({ tone: 'done', text: t('signing.imported') });
  }

  return (
    <FormDialog
      title={t('signing.import.title')}
      action={t('signing.import.go')}
      icon={FileKey}
      ready={path.trim() !== ''}
      testId="signing-import-dialog"
      onClose={onClose}
      onSubmit={submit}
    >
      <p className="prose">{t('signing.import.text')}</p>
      <TextField
        label={t('signing.file')}
        value={path}
        onChange={setPath}
        spellCheck={false}
        autoFocus
        beside={
          <Button
            icon={FolderOpen}
            onClick={async () => setPath((await chooseIdentityPath()) ?? path)}
            testId="signing-file-choose"
          >
            {t('action.choose')}
          </Button>
        }
        testId="signing-file"
      />
      <PassphraseField
        label={t('signing.passphrase')}
        value={passphrase}
        onChange={setPassphrase}
        autoComplete="off"
        testId="signing-passphrase"
      />
    </FormDialog>
  );
}

/** Makes another identity in place of the one there is. */
export function MakeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useI18n();
  const change = useChangeSigning();
  return (
    <FormDialog
      title={t('signing.make.title')}
      action={t('signing.make.go')}
      icon={KeyRound}
      ready
      testId="signing-make-dialog"
      onClose={onClose}
      onSubmit={async () => {
        await change('make_signer', {});
        showToast({ tone: 'done', text: t('signing.made') });
      }}
    >
      <p className="prose">{t('signing.make.text')}</p>
    </FormDialog>
  );
}

/** Says that a certificate holds no more, with the reason that checks of reports will tell. */
export function RevokeDialog({ signer, onClose }: { signer: SignerView; onClose: () => void }) {
  const { t } = useI18n();
  const change = useChangeSigning();
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('signing.revoke.title', { name: signer.name })}
      action={t('signing.revoke')}
      icon={Ban}
      danger
      ready={reason.trim() !== ''}
      testId="signing-revoke-dialog"
      onClose={onClose}
      onSubmit={() => change('revoke_signer', { fingerprint: signer.fingerprint, reason })}
    >
      <p className="prose">{t('signing.revoke.text')}</p>
      <TextField
        label={t('people.reason')}
        value={reason}
        onChange={setReason}
        autoFocus
        testId="signing-revoke-reason"
      />
    </FormDialog>
  );
}
