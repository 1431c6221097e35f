import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { forgetAlertDraft } from '@/features/alerts';
import { forgetBackupDraft } from '@/features/backup';
import { forgetExceptions } from '@/features/exceptions';
import { clearDesk } from '@/features/import';
import { forgetDraft } from '@/features/matching-settings';
import { forgetRun } from '@/features/overview';
import { forgetPolicyDraft } from '@/features/policy';
import { forgetRecords } from '@/features/records';
import { LockScreen, SignInScreen } from '@/features/sign-in';
import { StartScreen } from '@/features/start';
import { type AppState, host, type PresenceView } from '@/ipc';
import { clearInbox } from '@/shared/inbox';
import { FaultNotice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { notePresence, usePresence, watchPresence } from '@/shared/presence';
import { KEYS } from '@/shared/queries';
import { Toasts } from '@/shared/Toasts';
import { Shell } from './Shell';
import { useZoomKeys } from './zoomKeys';

async function begin(): Promise<AppState> {
  const state = await host().call('app_state', {});
  notePresence(state.presence);
  return state;
}

interface InsideProps {
  state: AppState;
  presence: PresenceView;
  onEnter: () => void;
  onClose: () => Promise<void>;
  onSwitch: () => Promise<void>;
}

function Inside({ state, presence, onEnter, onClose, onSwitch }: InsideProps) {
  if (presence.open && presence.person === null) {
    return <SignInScreen onSignedIn={onEnter} onClose={() => void onClose()} />;
  }
  if (state.workbook) {
    return <Shell first={state.workbook} version={state.version} onClose={onClose} onSwitch={onSwitch} />;
  }
  // Locked before the page was loaded: there is nothing to show behind the lock.
  return presence.open ? <div className="whole" /> : <StartScreen state={state} onOpened={onEnter} />;
}

/** Decides between the start screen, signing in, and the open workbook. */
export function App() {
  const client = useQueryClient();
  useZoomKeys();
  const state = useQuery({ queryKey: KEYS.appState, queryFn: begin });
  const presence = usePresence();
  useEffect(watchPresence, []);

  function forget(): void {
    clearInbox();
    forgetAlertDraft();
    forgetBackupDraft();
    clearDesk();
    forgetExceptions();
    forgetRun();
    forgetDraft();
    forgetPolicyDraft();
    forgetRecords();
    client.removeQueries({ queryKey: ['book'] });
  }

  async function again(): Promise<void> {
    const next = await host().call('app_state', {});
    client.setQueryData(KEYS.appState, next);
    forget();
    notePresence(next.presence);
  }

  async function enter(): Promise<void> {
    goTo('overview');
    await again();
  }

  async function signOut(): Promise<void> {
    await host().call('sign_out', {});
    await again();
  }

  async function close(): Promise<void> {
    await host().call('close_workbook', {});
    await again();
  }

  // A page that was loaded while the window was locked learns what is open once it is unlocked.
  const isBare = state.data?.workbook === null && presence.person !== null && !presence.locked;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only unlocking is a reason to ask
  useEffect(() => {
    if (isBare) {
      void again();
    }
  }, [isBare]);

  if (state.error) {
    return (
      <main className="whole">
        <FaultNotice fault={state.error} />
      </main>
    );
  }
  if (!state.data) {
    return <div className="whole" />;
  }
  return (
    <>
      <Inside
        state={state.data}
        presence={presence}
        onEnter={() => void enter()}
        onClose={close}
        onSwitch={signOut}
      />
      {presence.locked && presence.person && <LockScreen person={presence.person} onSignOut={signOut} />}
      <Toasts />
    </>
  );
}
