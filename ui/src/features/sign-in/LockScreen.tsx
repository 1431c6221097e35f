import { Lock, LockOpen, UsersRound } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useI18n } from '@/i18n';
import { type AtWorkView, asCommandError, type CommandError, host } from '@/ipc';
import { Button } from '@/shared/Button';
import { PassphraseField } from '@/shared/Field';
import { useOverlay } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { notePresence } from '@/shared/presence';
import { refusalReason } from '@/shared/refusals';
import './sign-in.css';

/** What Escape does: a dialog behind the curtain must not hear of it. */
function stay(): void {
  // Only the secret opens it.
}

/** Nothing else is shown, reached or read out while this is there. What lies behind it keeps its state. */
function useCurtain() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [before] = useState(() => document.activeElement);
  useOverlay(stay);
  useEffect(() => {
    document.documentElement.dataset.locked = '';
    dialog.current?.showModal();
    return () => {
      delete document.documentElement.dataset.locked;
      if (before instanceof HTMLElement) {
        before.focus({ preventScroll: true });
      }
    };
  }, [before]);
  return dialog;
}

interface LockProps {
  person: AtWorkView;
  /** Signs whoever locked the window out, so that somebody else may sign in. */
  onSignOut: () => Promise<void>;
}

/** The locked window: it asks whoever is signed in for their secret, or for the passphrase where they have none. */
export function LockScreen({ person, onSignOut }: LockProps) {
  const { t } = useI18n();
  const dialog = useCurtain();
  const field = useRef<HTMLInputElement>(null);
  const [secret, setSecret] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);

  useEffect(() => {
    if (!busy) {
      field.current?.focus();
      field.current?.select();
    }
  }, [busy]);

  async function doing(work: () => Promise<unknown>): Promise<void> {
    setBusy(true);
    setRefusal(null);
    try {
      await work();
    } catch (fault) {
      setRefusal(asCommandError(fault));
      setBusy(false);
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!busy && secret !== '') {
      void doing(async () => notePresence(await host().call('unlock', { secret })));
    }
  }

  const wrong = refusal?.code === 'wrongSecret' ? refusalReason(refusal) : null;
  return createPortal(
    <dialog
      ref={dialog}
      className="lock"
      aria-labelledby="lock-title"
      data-testid="lock-screen"
      // Dialogs behind it give up the focus to what is marked so.
      data-react-aria-top-layer="true"
      onCancel={(event) => event.preventDefault()}
      onClose={() => dialog.current?.showModal()}
    >
      <div className="sign-in-card">
        <header className="sign-in-head">
          <Lock aria-hidden size={26} strokeWidth={1.75} />
          <div>
            <h1 id="lock-title">{t('lock.title')}</h1>
            <p className="muted">
              <bdi>{person.name}</bdi>
            </p>
          </div>
        </header>
        <form className="form" onSubmit={submit} noValidate>
          <PassphraseField
            ref={field}
            label={t(person.hasSecret ? 'signIn.secret' : 'lock.passphrase')}
            hint={person.hasSecret ? undefined : t('lock.passphrase.hint')}
            value={secret}
            onChange={setSecret}
            autoComplete="current-password"
            error={wrong}
            testId="lock-secret"
          />
          {refusal && !wrong && <FaultNotice fault={refusal} />}
          <div className="sign-in-actions">
            {person.hasSecret && (
              <Button
                icon={UsersRound}
                disabled={busy}
                onClick={() => void doing(onSignOut)}
                testId="lock-sign-out"
              >
                {t('lock.other')}
              </Button>
            )}
            <Button
              variant="primary"
              type="submit"
              icon={LockOpen}
              keys="Enter"
              busy={busy}
              disabled={busy || secret === ''}
              testId="lock-submit"
            >
              {t('lock.unlock')}
            </Button>
          </div>
        </form>
      </div>
    </dialog>,
    document.body,
  );
}
