/** What lies on the import desk: the file being looked into and what became of the earlier ones. */

import {
  asCommandError,
  type CommandError,
  host,
  type ImportPreview,
  type ImportResult,
  type ReviseImportRequest,
} from '@/ipc';
import { type InboxFile, inboxStore, removeFromInbox } from '@/shared/inbox';
import { createStore } from '@/shared/store';
import { runTask } from '@/shared/task';

/** How far the file on the desk is. */
export type Phase = 'reading' | 'preview' | 'revising' | 'committing' | 'refused';

/** The file on the desk. */
export interface Desk {
  file: InboxFile;
  phase: Phase;
  preview: ImportPreview | null;
  refusal: CommandError | null;
}

/** A file that was taken in while the window was open. */
export interface Taken {
  name: string;
  result: ImportResult;
}

/** The file on the desk, if there is one. */
export const deskStore = createStore<Desk | null>(null);
/** Files taken in since the workbook was opened, newest first. */
export const takenStore = createStore<Taken[]>([]);

function update(key: string, change: Partial<Desk>): void {
  deskStore.set((desk) => (desk?.file.key === key ? { ...desk, ...change } : desk));
}

async function look(file: InboxFile): Promise<ImportPreview> {
  if (file.source.kind === 'path') {
    const request = { path: file.source.path, side: file.side };
    return runTask('preview_import_file', { request });
  }
  const bytes = new Uint8Array(await file.source.file.arrayBuffer());
  return host().previewBytes(file.name, file.side, bytes);
}

/** Puts the next waiting file on the desk, if the desk is empty. */
export async function takeNext(): Promise<void> {
  const [file] = inboxStore.get();
  if (deskStore.get() !== null || file === undefined) {
    return;
  }
  deskStore.set({ file, phase: 'reading', preview: null, refusal: null });
  removeFromInbox(file.key);
  try {
    update(file.key, { phase: 'preview', preview: await look(file) });
  } catch (fault) {
    update(file.key, { phase: 'refused', refusal: asCommandError(fault) });
  }
}

/** What a correction may change. */
export type Revision = Partial<Omit<ReviseImportRequest, 'token'>>;

/** Reads the file again as corrected. What is not named stays as shown. */
export async function revise(revision: Revision): Promise<void> {
  const desk = deskStore.get();
  if (!desk?.preview) {
    return;
  }
  const { preview, file } = desk;
  const request: ReviseImportRequest = {
    token: preview.token,
    side: preview.side,
    mapping: preview.mapping,
    sheet: preview.mapping.sheet,
    accountId: preview.accountId,
    accountName: preview.accountName,
    currency: preview.currency,
    ...revision,
  };
  update(file.key, { phase: 'revising', refusal: null });
  try {
    update(file.key, { phase: 'preview', preview: await host().call('revise_import', { request }) });
  } catch (fault) {
    update(file.key, { phase: 'preview', refusal: asCommandError(fault) });
  }
}

/** Stores exactly what the preview shows. Answers whether it was done. */
export async function commit(leaveOutRejected: boolean): Promise<boolean> {
  const desk = deskStore.get();
  if (!desk?.preview) {
    return false;
  }
  const { preview, file } = desk;
  update(file.key, { phase: 'committing', refusal: null });
  try {
    const result = await runTask('commit_import', { request: { token: preview.token, leaveOutRejected } });
    takenStore.set((taken) => [{ name: preview.fileName, result }, ...taken]);
    deskStore.set(null);
    return true;
  } catch (fault) {
    const refusal = asCommandError(fault);
    update(file.key, { phase: 'preview', refusal: refusal.code === 'cancelled' ? null : refusal });
    return false;
  }
}

/** Takes the file off the desk; nothing of it is kept. */
export async function discard(): Promise<void> {
  const token = deskStore.get()?.preview?.token;
  deskStore.set(null);
  if (token !== undefined) {
    await host().call('discard_import', { token });
  }
}

/** Forgets everything, when another workbook is opened. */
export function clearDesk(): void {
  deskStore.set(null);
  takenStore.set([]);
}
