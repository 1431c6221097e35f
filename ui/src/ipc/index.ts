import type { Host } from './commands';
import { tauriHost } from './host';
import { patient } from './patience';
import { plainTexts } from './plainTexts';

export type { Commands, Host, LongCommands, OnProgress } from './commands';
export { asCommandError, isCommandError } from './errors';
export type * from './generated';
export type * from './grids';
export { dropWaiting, noteLocked, onLocked } from './patience';

let current: Host | null = null;

/** The host chosen at start. */
export function host(): Host {
  if (current === null) {
    throw new Error('no host was chosen');
  }
  return current;
}

/** Puts a host in place; tests give their own. */
export function setHost(chosen: Host): void {
  current = plainTexts(patient(chosen));
}

/**
 * Chooses the application where the window runs in it. A release bundle knows no other; in development a plain
 * browser gets a host in memory. Answers whether there is one.
 */
export async function chooseHost(): Promise<boolean> {
  const inApplication = '__TAURI_INTERNALS__' in window;
  if (inApplication) {
    setHost(tauriHost);
    return true;
  }
  if (import.meta.env.MODE !== 'production') {
    const { createFakeHost } = await import('./host.fake');
    setHost(createFakeHost({ latencyMs: 120 }));
    return true;
  }
  return false;
}
