/** What lies on the import desk: the files being looked into, and what became of the earlier ones. */

import type { CommandError, ImportPreview, ImportResult, QuestionKind, QuestionView } from '@/ipc';
import { host } from '@/ipc';
import type { InboxFile } from '@/shared/inbox';
import { createStore } from '@/shared/store';

/** How far a file on the desk is. */
export type Phase = 'waiting' | 'reading' | 'preview' | 'revising' | 'committing' | 'refused' | 'tooLarge';

/** A file on the desk. Of an archive, each file lies there by itself. */
export interface DeskFile {
  key: string;
  name: string;
  origin: InboxFile;
  phase: Phase;
  preview: ImportPreview | null;
  refusal: CommandError | null;
  /** How often it was read: another reading has other rows. */
  readings: number;
  /** Questions that were answered while others are still open. */
  answered: readonly QuestionKind[];
  /** The workbook changed since the user saw the plan, so it was planned anew. */
  replanned: boolean;
}

/** A file that was taken in while the window was open. */
export interface Taken {
  name: string;
  result: ImportResult;
}

/** The files on the desk, in the order in which they came. */
export const deskStore = createStore<DeskFile[]>([]);
/** The key of the file that is looked at; any other than those on the desk stands for the first. */
export const activeStore = createStore<string>('');
/** Files taken in since the workbook was opened, newest first. */
export const takenStore = createStore<Taken[]>([]);

/** How a file stands: what keeps it from being taken in, or that nothing does. */
export type Standing =
  | 'reading'
  | 'refused'
  | 'blocked'
  | 'asks'
  | 'rejects'
  | 'nothing'
  | 'unproved'
  | 'clear'
  | 'storing';

/** What is still to be answered. */
export function openQuestions({ preview, answered }: Pick<DeskFile, 'preview' | 'answered'>): QuestionView[] {
  return preview?.questions.filter((question) => !answered.includes(question.what)) ?? [];
}

/** Whether the file waits for the user's word on how it is read. */
export function asks(file: Pick<DeskFile, 'preview' | 'answered'>): boolean {
  return openQuestions(file).length > 0 || Boolean(file.preview?.headerChange);
}

/** {@link Standing} of a file. */
export function standingOf(file: DeskFile): Standing {
  const { phase, preview } = file;
  if (phase === 'refused' || phase === 'tooLarge') {
    return 'refused';
  }
  if (!preview) {
    return 'reading';
  }
  if (phase === 'committing') {
    return 'storing';
  }
  if (preview.blockingProblems.length > 0) {
    return 'blocked';
  }
  if (asks(file)) {
    return 'asks';
  }
  if (preview.rowsToAdd === 0) {
    return 'nothing';
  }
  if (preview.rowsRejected > 0) {
    return 'rejects';
  }
  return preview.proof && preview.proof.proved < preview.proof.of ? 'unproved' : 'clear';
}

/** The file with this key. */
export function fileOf(key: string): DeskFile | undefined {
  return deskStore.get().find((file) => file.key === key);
}

/** Changes what is known of a file, if it still lies there. */
export function update(key: string, change: Partial<DeskFile>): void {
  deskStore.set((files) => files.map((file) => (file.key === key ? { ...file, ...change } : file)));
}

/** Takes a file off the desk; the next one is looked at. */
export function takeOff(key: string): void {
  const files = deskStore.get();
  const at = files.findIndex((file) => file.key === key);
  const next = files[at + 1] ?? files[at - 1];
  if (activeStore.get() === key && next) {
    activeStore.set(next.key);
  }
  deskStore.set(files.filter((file) => file.key !== key));
}

let turn: Promise<unknown> = Promise.resolve();

/** Long work is done one after the other: the host has one task at a time, which can be cancelled. */
export function inTurn<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  const next = turn.then(work);
  turn = next.catch(() => undefined);
  return next;
}

/** Takes a file off the desk; nothing of it is kept. */
export async function discard(key: string): Promise<void> {
  const token = fileOf(key)?.preview?.token;
  takeOff(key);
  if (token !== undefined) {
    await host().call('discard_import', { token });
  }
}

/** Forgets everything, when another workbook is opened. */
export function clearDesk(): void {
  deskStore.set([]);
  activeStore.set('');
  takenStore.set([]);
}
