import { FolderOpen, LockOpen } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type CommandError, host, type WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { chooseWorkbookPath } from '@/shared/choosePath';
import { CheckField, PassphraseField, TextField } from '@/shared/Field';
import { FaultNotice, Notice } from '@/shared/Notice';

interface OpenFormProps {
  /** Path to begin with; a new `attempt` tries it with the key in the keychain. */
  path: string;
  attempt: number;
  keychain: boolean;
  onOpened: (workbook: WorkbookView) => void;
}

const PASSPHRASE_CODES = ['wrongPassphrase', 'passphraseNeeded'];

/** Opens an existing workbook. */
export function OpenForm({ path: initialPath, attempt, keychain, onOpened }: OpenFormProps) {
  const { t, word } = useI18n();
  const [path, setPath] = useState(initialPath);
  const [passphrase, setPassphrase] = useState('');
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);
  const field = useRef<HTMLInputElement>(null);

  async function open(target: string, secret: string | null): Promise<void> {
    setBusy(true);
    setRefusal(null);
    try {
      onOpened(
        await host().call('open_workbook', { request: { path: target, passphrase: secret, remember } }),
      );
    } catch (fault) {
      setRefusal(asCommandError(fault));
    } finally {
      setBusy(false);
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is the only reason to try by itself
  useEffect(() => {
    setPath(initialPath);
    if (attempt > 0) {
      setPassphrase('');
      void open(initialPath, null);
    }
  }, [attempt, initialPath]);

  // A wrong passphrase is most often a slip: the field gets the focus back with the text selected.
  useEffect(() => {
    if (!busy && refusal && PASSPHRASE_CODES.includes(refusal.code)) {
      field.current?.focus();
      field.current?.select();
    }
  }, [busy, refusal]);

  function submit(event: FormEvent): void {
    event.preventDefault();
    void open(path.trim(), passphrase === '' ? null : passphrase);
  }

  const wrong = refusal?.code === 'wrongPassphrase';
  const needed = refusal?.code === 'passphraseNeeded';
  return (
    <form className="form" onSubmit={submit} noValidate>
      <TextField
        label={t('start.path')}
        value={path}
        onChange={setPath}
        placeholder={t('start.path.placeholder')}
        testId="open-path"
        beside={
          <Button
            icon={FolderOpen}
            testId="open-choose"
            onClick={() => void chooseWorkbookPath(false, path).then(setPath)}
          >
            {t('action.choose')}
          </Button>
        }
      />
      <PassphraseField
        ref={field}
        label={t('start.passphrase')}
        value={passphrase}
        onChange={setPassphrase}
        autoComplete="current-password"
        testId="unlock-passphrase"
        error={wrong ? word('error', 'wrongPassphrase') : null}
        hint={keychain ? t('start.passphrase.keychainHint') : t('start.passphrase.hint')}
      />
      {keychain && (
        <CheckField
          label={t('start.remember')}
          checked={remember}
          onChange={setRemember}
          testId="unlock-remember"
        />
      )}
      {needed && <Notice tone="info" title={t('start.passphraseNeeded')} testId="passphrase-needed" />}
      {refusal && !wrong && !needed && <FaultNotice fault={refusal} />}
      <div className="form-actions">
        <Button
          variant="primary"
          size="large"
          type="submit"
          icon={LockOpen}
          busy={busy}
          disabled={busy || path.trim() === ''}
          testId="unlock-submit"
        >
          {t('start.open')}
        </Button>
      </div>
    </form>
  );
}
