import { type FormEvent, useEffect, useRef, useState } from 'react';
import { asCommandError, type CommandError, host, type PresenceView, type SignInChoiceView } from '@/ipc';

/**
 * What the sign-in page holds and does. The first person is chosen until another is. `guarded`: the window was locked, so
 * that who has no secret gives the passphrase.
 */
export function useSignIn(
  people: SignInChoiceView[],
  guarded: boolean,
  onSignedIn: (presence: PresenceView) => void,
) {
  const [id, setId] = useState<string | null>(null);
  const [secret, setSecret] = useState('');
  const [chosen, setChosen] = useState('');
  const [again, setAgain] = useState('');
  const [tried, setTried] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<CommandError | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const names = useRef<HTMLFieldSetElement>(null);
  const person = people.find((one) => one.id === id) ?? people[0];
  const asksPassphrase = guarded && person !== undefined && !person.hasSecret;
  const choosing = refusal?.code === 'secretToChoose';
  const differs = tried && chosen !== again;

  // Names are chosen with the arrow keys at once.
  const isLoaded = people.length > 0;
  useEffect(() => {
    if (isLoaded) {
      names.current?.querySelector<HTMLInputElement>('input:checked')?.focus();
    }
  }, [isLoaded]);

  // A wrong secret is most often a slip: the field gets the focus back with the text selected.
  useEffect(() => {
    if (!busy && refusal?.code === 'wrongSecret') {
      field.current?.focus();
      field.current?.select();
    }
  }, [busy, refusal]);

  function choose(next: string): void {
    setId(next);
    setSecret('');
    setRefusal(null);
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!person || busy || (choosing && chosen !== again)) {
      return;
    }
    setBusy(true);
    const request = {
      id: person.id,
      secret: person.hasSecret || guarded ? secret : null,
      newSecret: choosing ? chosen : null,
    };
    try {
      onSignedIn(await host().call('sign_in', { request }));
    } catch (fault) {
      const told = asCommandError(fault);
      // What was chosen does not fit: it stays to be put right beside the reason.
      setRefusal(choosing && told.code === 'invalid' ? { ...told, code: 'secretToChoose' } : told);
      setTried(false);
    } finally {
      setBusy(false);
    }
  }

  return {
    person,
    asksPassphrase,
    choose,
    secret,
    setSecret,
    chosen,
    setChosen,
    again,
    setAgain,
    choosing,
    differs,
    busy,
    refusal,
    field,
    names,
    submit,
  };
}
