import { dropWaiting, host, noteLocked, onLocked, type PresenceView } from '@/ipc';
import { draftsOf } from './drafts';
import { createStore, useStore } from './store';
import { clearToasts } from './toasts';

const POLL_MS = 2000;
const INPUT = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;
const NOBODY: PresenceView = { open: false, person: null, locked: false, idleMinutes: 0 };

const presence = createStore<PresenceView>(NOBODY);
let touched = false;

/** Takes in who is there, as the host answered. */
export function notePresence(next: PresenceView): PresenceView {
  const before = presence.get();
  if (before.person !== null && before.person.id !== next.person?.id) {
    dropWaiting();
    clearToasts();
  }
  if (next.person !== null) {
    draftsOf(next.person.id);
  }
  noteLocked(next.locked);
  if (JSON.stringify(before) !== JSON.stringify(next)) {
    presence.set(next);
  }
  return next;
}

/** Who is there, watched. */
export function usePresence(): PresenceView {
  return useStore(presence);
}

async function ask(): Promise<void> {
  const active = touched;
  touched = false;
  try {
    notePresence(await host().call('presence', { active }));
  } catch {
    // A host that does not answer this is asked again.
  }
}

/** Asks every other second who is there, and tells the host of input, which puts the lock off. Answers how to stop. */
export function watchPresence(): () => void {
  const touch = () => {
    touched = true;
  };
  for (const name of INPUT) {
    window.addEventListener(name, touch, { capture: true, passive: true });
  }
  onLocked(() => void ask());
  const timer = window.setInterval(() => void ask(), POLL_MS);
  void ask();
  return () => {
    window.clearInterval(timer);
    for (const name of INPUT) {
      window.removeEventListener(name, touch, { capture: true });
    }
  };
}

/** Locks the window now. */
export async function lockNow(): Promise<void> {
  notePresence(await host().call('lock_now', {}));
}
