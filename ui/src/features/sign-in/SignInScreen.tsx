import { useQuery } from '@tanstack/react-query';
import { DoorOpen, KeyRound, LogIn, UserRound } from 'lucide-react';
import { useI18n } from '@/i18n';
import { host, type PresenceView, type SignInChoiceView } from '@/ipc';
import { Button } from '@/shared/Button';
import { PassphraseField } from '@/shared/Field';
import { Mark } from '@/shared/Mark';
import { FaultNotice } from '@/shared/Notice';
import { Skeleton } from '@/shared/Parts';
import { refusalReason } from '@/shared/refusals';
import { useSignIn } from './useSignIn';
import './sign-in.css';

interface ChoiceProps {
  person: SignInChoiceView;
  chosen: boolean;
  onChoose: () => void;
}

function Choice({ person, chosen, onChoose }: ChoiceProps) {
  const { t } = useI18n();
  return (
    <label className={`sign-in-person ${chosen ? 'sign-in-chosen' : ''}`} data-testid="sign-in-person">
      <input className="sr-only" type="radio" name="person" checked={chosen} onChange={onChoose} />
      <UserRound aria-hidden size={17} strokeWidth={1.75} />
      <bdi className="sign-in-name">{person.name}</bdi>
      {person.hasSecret && (
        <>
          <KeyRound aria-hidden size={14} />
          <span className="sr-only">{t('signIn.hasSecret')}</span>
        </>
      )}
    </label>
  );
}

interface SignInProps {
  onSignedIn: (presence: PresenceView) => void;
  /** Closes the workbook and goes back to the start. */
  onClose: () => void;
}

/** Says who works in the open workbook: a name, and a secret where there is one. */
export function SignInScreen({ onSignedIn, onClose }: SignInProps) {
  const { t, word } = useI18n();
  const choices = useQuery({
    queryKey: ['sign_in_choices'],
    queryFn: () => host().call('sign_in_choices', {}),
    staleTime: 0,
    gcTime: 0,
  });
  const desk = useSignIn(choices.data?.people ?? [], choices.data?.guarded ?? false, onSignedIn);
  const { person, refusal, choosing } = desk;
  return (
    <div className="sign-in">
      <main className="sign-in-card" data-testid="sign-in">
        <header className="sign-in-head">
          <Mark size={30} />
          <div>
            <h1>{t('signIn.title')}</h1>
            <p className="muted" data-testid="sign-in-company">
              <bdi>{choices.data?.company ?? ''}</bdi>
            </p>
          </div>
        </header>
        {choices.error != null && <FaultNotice fault={choices.error} />}
        {choices.isPending && <Skeleton rows={3} height={28} />}
        <form className="form" onSubmit={(event) => void desk.submit(event)} noValidate>
          <fieldset className="sign-in-people" ref={desk.names}>
            <legend className="sr-only">{t('signIn.who')}</legend>
            {choices.data?.people.map((one) => (
              <Choice
                key={one.id}
                person={one}
                chosen={one.id === person?.id}
                onChoose={() => desk.choose(one.id)}
              />
            ))}
          </fieldset>
          {(person?.hasSecret || desk.asksPassphrase) && (
            <PassphraseField
              ref={desk.field}
              label={t(desk.asksPassphrase ? 'lock.passphrase' : 'signIn.secret')}
              hint={desk.asksPassphrase ? t('signIn.guarded') : undefined}
              value={desk.secret}
              onChange={desk.setSecret}
              autoComplete="current-password"
              error={refusal?.code === 'wrongSecret' ? refusalReason(refusal) : null}
              testId="sign-in-secret"
            />
          )}
          {choosing && (
            <>
              <p className="prose">{t('signIn.choose')}</p>
              <PassphraseField
                label={t('signIn.new')}
                value={desk.chosen}
                onChange={desk.setChosen}
                autoFocus
                autoComplete="new-password"
                hint={t('people.secret.hint')}
                testId="sign-in-new"
              />
              <PassphraseField
                label={t('people.secret.again')}
                value={desk.again}
                onChange={desk.setAgain}
                autoComplete="new-password"
                error={desk.differs ? t('people.secret.differs') : null}
                testId="sign-in-again"
              />
            </>
          )}
          {refusal && !['wrongSecret', 'secretToChoose'].includes(refusal.code) && (
            <FaultNotice fault={{ ...refusal, message: refusal.message || word('error', refusal.code) }} />
          )}
          <div className="sign-in-actions">
            <Button icon={DoorOpen} onClick={onClose} testId="sign-in-close">
              {t('nav.close')}
            </Button>
            <Button
              variant="primary"
              type="submit"
              icon={LogIn}
              keys="Enter"
              busy={desk.busy}
              disabled={desk.busy || !person}
              testId="sign-in-submit"
            >
              {t('signIn.submit')}
            </Button>
          </div>
        </form>
      </main>
    </div>
  );
}
