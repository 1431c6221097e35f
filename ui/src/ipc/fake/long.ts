/** Commands that take long: they tell how far they are, and can be cancelled. */

import type { LongCommands, OnProgress } from '../commands';
import type { ImportPreview, PreviewImportFileRequest, RunSummary } from '../generated';
import { anomaliesOf } from './anomalies';
import { filesOf, isArchive } from './archive';
import { backUp, checkBackups, restoreBackup } from './backups';
import { sweep } from './categories';
import type { GivenFile } from './importing';
import type { FakeImports } from './imports';
import { applyPolicy } from './policy';
import { refusal } from './refuse';
import type { Shelf } from './shelf';
import { fileToRetry } from './takenIn';
import type { Work } from './work';

async function match(shelf: Shelf, work: Work, onProgress: OnProgress): Promise<RunSummary> {
  const book = shelf.current();
  const started = Date.now();
  const [lines, entries] = [book.openRecords('lines').length, book.openRecords('entries').length];
  await work.inSteps(['blocking', 'scoring', 'assigning'], lines, onProgress);
  const tally = book.run();
  const { unmatchedLines, unmatchedEntries } = book.queueCounts();
  return {
    id: book.newId(),
    lines,
    entries,
    candidates: lines * 9,
    ...tally,
    linesUnmatched: unmatchedLines,
    entriesUnmatched: unmatchedEntries,
    accepted: 0,
    linesWithoutRate: 0,
    elapsedMs: Date.now() - started,
  };
}

const MEBIBYTES_MAX = 50;

function fileWithin(shelf: Shelf, { path, maxMib }: PreviewImportFileRequest): GivenFile {
  const file = shelf.fileAt(path);
  const limit = maxMib ?? MEBIBYTES_MAX;
  if ((file.mebibytes ?? 0) > limit) {
    throw refusal(
      'fileTooLarge',
      `${file.name}: the file is larger than ${limit} MiB, which is more than a statement needs; split it into smaller ones, or raise the limit on purpose`,
    );
  }
  return file;
}

/** What a file dropped on the window holds. */
export async function previewsOf(
  imports: FakeImports,
  fileName: string,
  side: ImportPreview['side'] | null,
  bytes: Uint8Array,
): Promise<ImportPreview[]> {
  const files = isArchive(bytes)
    ? await filesOf(bytes)
    : [{ name: fileName, text: new TextDecoder().decode(bytes) }];
  return files.map((file) => imports.start({ ...file, path: null }, side));
}

export type LongHandlers = {
  [Name in keyof LongCommands]: (
    args: LongCommands[Name]['args'],
    onProgress: OnProgress,
  ) => Promise<LongCommands[Name]['answer']>;
};

export function longHandlers(shelf: Shelf, imports: FakeImports, work: Work): LongHandlers {
  return {
    preview_import_file: async ({ request }, onProgress) => {
      const file = fileWithin(shelf, request);
      await work.inSteps(['reading'], file.text.length, onProgress);
      return [imports.start(file, request.side)];
    },
    retry_import: async ({ batchId }, onProgress) => {
      const { given, side } = fileToRetry(shelf.current(), batchId);
      await work.inSteps(['reading'], given.text.length, onProgress);
      return [imports.start(given, side, batchId)];
    },
    commit_import: async ({ request }, onProgress) => {
      try {
        await work.inSteps(['checking', 'storing'], imports.rowsOf(request.token), onProgress);
      } catch (fault) {
        imports.fail(request.token, 'cancelled');
        throw fault;
      }
      return imports.commit(request.token, request.leaveOutRejected);
    },
    anomalies: async (_, onProgress) => {
      await work.inSteps(['reading', 'classifying'], shelf.current().lines.length, onProgress);
      return anomaliesOf(shelf.current());
    },
    run_matching: (_, onProgress) => match(shelf, work, onProgress),
    sweep_categories: async ({ scope }, onProgress) => {
      await work.inSteps(['categories'], shelf.current().lines.length, onProgress);
      return sweep(shelf.current(), scope);
    },
    apply_policy: async (_, onProgress) => {
      await work.inSteps(['storing'], 1, onProgress);
      return applyPolicy(shelf.current());
    },
    back_up: async (_, onProgress) => {
      await work.inSteps(['backup'], 2_400, onProgress);
      return backUp(shelf.current());
    },
    check_backups: async (_, onProgress) => {
      await work.inSteps(['checkingBackups'], 2, onProgress);
      return checkBackups(shelf.current());
    },
    restore_backup: async ({ request }, onProgress) => {
      await work.inSteps(['restoring'], 2_400, onProgress);
      return restoreBackup(request);
    },
  };
}
