/** Backups in memory: one full one, and one of changes since. */

import type {
  BackupDoneView,
  BackupSettingsView,
  BackupsView,
  BackupView,
  CheckedBackupView,
  RestoreBackupRequest,
  RestoredView,
} from '../generated';
import type { FakeBook } from './book';
import { refusal } from './refuse';

const FOLDER = '/home/mara/.local/share/tieout/backups/Nordlicht Fahrradteile-5f0c1d2e';

function backup(kind: 'full' | 'changes', madeAt: string, bytes: number): BackupView {
  return { path: `${FOLDER}/${madeAt.replaceAll(':', '-')}.tieout-${kind}`, kind, madeAt, bytes };
}

const kept = new WeakMap<FakeBook, BackupsView>();

/** What is set, and which there are. */
export function backupsOf(book: FakeBook): BackupsView {
  const known = kept.get(book) ?? {
    settings: { enabled: true, folder: '', everyHours: 1, keepDays: 7, keepWeeks: 4 },
    folder: FOLDER,
    backups: [
      backup('changes', '2026-02-03T10:00:00.000Z', 412_000),
      backup('full', '2026-02-03T08:00:00.000Z', 9_650_000),
    ],
    lookedAt: '2026-02-03T10:05:00.000Z',
    failure: null,
  };
  kept.set(book, known);
  return known;
}

/** Keeps other settings. */
export function saveBackupSettings(book: FakeBook, settings: BackupSettingsView): BackupsView {
  if (settings.everyHours < 1 || settings.everyHours > 24) {
    throw refusal('invalid', 'Between backups of changes lie 1 to 24 hours');
  }
  const next = { ...backupsOf(book), settings, failure: null };
  kept.set(book, next);
  book.tell('setting.changed', 'setting backup', {});
  return next;
}

/** Makes one now. */
export function backUp(book: FakeBook): BackupDoneView {
  const made = backup('full', new Date().toISOString(), 9_700_000);
  const before = backupsOf(book);
  kept.set(book, { ...before, backups: [made, ...before.backups] });
  const events = book.events.length;
  book.tell('backup.made', 'workbook', { file: made.path });
  return { backup: made, events };
}

/** Finds all of them whole. */
export function checkBackups(book: FakeBook): CheckedBackupView[] {
  return backupsOf(book).backups.map((one) => ({
    backup: one,
    events: book.events.length,
    earlierPassphrase: false,
    fault: null,
  }));
}

/** What could be restored. */
export function restorePoints(): BackupView[] {
  return [
    backup('changes', '2026-02-03T10:00:00.000Z', 412_000),
    backup('full', '2026-02-03T08:00:00.000Z', 9_650_000),
  ];
}

/** Makes a workbook of one. */
export function restoreBackup(request: RestoreBackupRequest): RestoredView {
  if (request.passphrase === null) {
    throw refusal('passphraseNeeded', 'The passphrase is needed');
  }
  return {
    path: request.out,
    company: 'Nordlicht Fahrradteile',
    events: 812,
    newestAt: '2026-02-03T09:58:12.000Z',
    madeAt: '2026-02-03T10:00:00.000Z',
    nextAt: null,
    lost: 37,
  };
}
