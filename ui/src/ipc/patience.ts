import type { Commands, Host } from './commands';
import { isCommandError } from './errors';
import type { CommandError } from './generated';

/** Commands that a locked window answers. */
const ANSWERED: readonly (keyof Commands)[] = [
  'app_state',
  'presence',
  'lock_now',
  'unlock',
  'sign_out',
  'cancel_task',
];

let gate: { passed: Promise<void>; open: () => void; drop: (why: CommandError) => void } | null = null;
let refused: () => void = () => undefined;

/**
 * Says whether the window is locked. What is asked meanwhile waits and is asked once it is unlocked, so that screens
 * behind the lock keep what they show and what was typed into them.
 */
export function noteLocked(locked: boolean): void {
  if (locked && gate === null) {
    let open: () => void = () => undefined;
    let drop: (why: CommandError) => void = () => undefined;
    const passed = new Promise<void>((resolve, reject) => {
      open = resolve;
      drop = reject;
    });
    // Nothing may wait when it is dropped.
    passed.catch(() => undefined);
    gate = { passed, open, drop };
  } else if (!locked && gate !== null) {
    gate.open();
    gate = null;
  }
}

/** Whoever asked is no longer there: what waits is refused. */
export function dropWaiting(): void {
  gate?.drop({ code: 'notSignedIn', message: '' });
  gate = null;
}

/** Calls `listener` when the host answers that it is locked before the window knew. */
export function onLocked(listener: () => void): void {
  refused = listener;
}

async function patiently<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  for (;;) {
    await gate?.passed;
    try {
      return await ask();
    } catch (fault) {
      if (!isCommandError(fault) || fault.code !== 'locked') {
        throw fault;
      }
      noteLocked(true);
      refused();
    }
  }
}

/** The host, but what it refuses because it is locked waits until it is not. */
export function patient(host: Host): Host {
  return {
    call: (name, args) =>
      ANSWERED.includes(name) ? host.call(name, args) : patiently(() => host.call(name, args)),
    run: (name, args, onProgress) => patiently(() => host.run(name, args, onProgress)),
    previewBytes: (fileName, side, bytes) => patiently(() => host.previewBytes(fileName, side, bytes)),
    zoom: (factor) => host.zoom(factor),
    holdClosing: (asked) => host.holdClosing(asked),
    closeWindow: () => host.closeWindow(),
    attachBytes: (ids, fileName, bytes) => patiently(() => host.attachBytes(ids, fileName, bytes)),
  };
}
