/** What is done with a file on the desk: correct it, answer for it, take it in. */

import { asCommandError, host, type MappingView, type QuestionKind, type ReviseImportRequest } from '@/ipc';
import { chooseMappingPath } from '@/shared/choosePath';
import { runTask } from '@/shared/task';
import { asks, deskStore, fileOf, inTurn, standingOf, takenStore, takeOff, update } from './desk';

/** What a correction may change. */
export type Revision = Partial<Omit<ReviseImportRequest, 'token'>>;

/** Reads the file again as corrected. What is not named stays as shown. */
export async function revise(key: string, revision: Revision): Promise<void> {
  const file = fileOf(key);
  if (!file?.preview) {
    return;
  }
  const { preview, readings } = file;
  const request: ReviseImportRequest = {
    token: preview.token,
    side: preview.side,
    mapping: preview.mapping,
    sheet: preview.mapping.sheet,
    accountId: preview.accountId,
    // Of several accounts each goes by its own name.
    accountName: preview.accountsCount > 1 ? '' : preview.accountName,
    currency: preview.currency,
    settled: false,
    ...revision,
  };
  update(key, { phase: 'revising', refusal: null, replanned: false });
  try {
    const again = await host().call('revise_import', { request });
    // Recognised anew, everything is asked anew.
    const answered = request.mapping === null ? [] : file.answered;
    update(key, { phase: 'preview', preview: again, readings: readings + 1, answered });
  } catch (fault) {
    update(key, { phase: 'preview', refusal: asCommandError(fault) });
  }
}

/** The meanings as shown are right: nothing is left to ask. */
export async function settle(key: string): Promise<void> {
  const mapping = fileOf(key)?.preview?.mapping;
  if (mapping) {
    await revise(key, { mapping, settled: true });
  }
}

/** Answers one question. The host takes its word for all that was asked, so it is given with the last answer. */
export async function answer(key: string, what: QuestionKind, mapping: MappingView): Promise<void> {
  const file = fileOf(key);
  if (!file) {
    return;
  }
  const answered = [...file.answered, what];
  await revise(key, { mapping, settled: !asks({ preview: file.preview, answered }) });
  if (fileOf(key)?.refusal === null) {
    update(key, { answered });
  }
}

/**
 * Stores exactly what the preview shows, and calls it taken in once the workbook is shown anew: until then the file would
 * still be offered as one that waits. Answers whether it was done.
 */
export async function commit(
  key: string,
  leaveOutRejected: boolean,
  refresh: () => Promise<void>,
): Promise<boolean> {
  const file = fileOf(key);
  if (!file?.preview) {
    return false;
  }
  const { token, fileName } = file.preview;
  update(key, { phase: 'committing', refusal: null, replanned: false });
  try {
    const result = await inTurn(() => runTask('commit_import', { request: { token, leaveOutRejected } }));
    await refresh();
    takenStore.set((taken) => [{ name: fileName, result }, ...taken]);
    takeOff(key);
    return true;
  } catch (fault) {
    await refused(key, fault);
    return false;
  }
}

/** A plan that no longer holds is made anew and shown; it is never carried out unseen. */
async function refused(key: string, fault: unknown): Promise<void> {
  const refusal = asCommandError(fault);
  update(key, { phase: 'preview', refusal: refusal.code === 'cancelled' ? null : refusal });
  if (refusal.code === 'stale') {
    await revise(key, {});
    if (fileOf(key)?.refusal === null) {
      update(key, { replanned: true });
    }
  }
}

/** Takes in every file that needs nobody's word, one after the other, as {@link commit} does. Answers how many. */
export async function commitClear(refresh: () => Promise<void>): Promise<number> {
  let done = 0;
  for (const { key } of deskStore.get().filter((file) => standingOf(file) === 'clear')) {
    done += (await commit(key, false, refresh)) ? 1 : 0;
  }
  return done;
}

/** Writes what the columns mean to a file; answers its path, or `null` when the user cancelled. */
export async function saveMapping(key: string): Promise<string | null> {
  const preview = fileOf(key)?.preview;
  const name = preview?.side === 'statement' ? preview.accountName : preview?.side;
  const path = preview && (await chooseMappingPath(true, `${name || 'columns'}.toml`));
  if (!preview || !path) {
    return null;
  }
  try {
    await host().call('export_mapping', { request: { token: preview.token, path } });
    return path;
  } catch (fault) {
    update(key, { refusal: asCommandError(fault) });
    return null;
  }
}

/** Takes what the columns mean from a file. */
export async function loadMapping(key: string): Promise<void> {
  const file = fileOf(key);
  const path = file?.preview && (await chooseMappingPath(false, ''));
  if (!file?.preview || !path) {
    return;
  }
  update(key, { phase: 'revising', refusal: null, replanned: false });
  try {
    const preview = await host().call('import_mapping', { request: { token: file.preview.token, path } });
    update(key, { phase: 'preview', preview, readings: file.readings + 1 });
  } catch (fault) {
    update(key, { phase: 'preview', refusal: asCommandError(fault) });
  }
}
