/** The workbooks that the host in memory knows, at most one of them open. */

import type { AppState, CreateWorkbookRequest, OpenWorkbookRequest, WorkbookView } from '../generated';
import { FakeBook } from './book';
import { type SampleFile, sampleFiles } from './company';
import { ALL_FILES } from './moreFiles';
import { presenceOf, welcome } from './people';
import { refusal } from './refuse';
import { saidWith } from './said';

const SAMPLE_PATH = '/home/mara/Tieout/Nordlicht Fahrradteile.tieout';
const GONE = { path: '/home/mara/Tieout/Alte Firma 2023.tieout', company: 'Alte Firma 2023', present: false };

/** The passphrase of the sample workbook. */
export const SAMPLE_PASSPHRASE = 'kette-nabe-speiche';

/** A workbook whose name says that it was restored is an older copy, until somebody accepts that. */
function isRolledBack(book: FakeBook): boolean {
  return book.path.includes('restored') && !book.events.some(({ action }) => action === 'history.accepted');
}

export class Shelf {
  private readonly files: SampleFile[] = sampleFiles();
  private readonly sample = new FakeBook(
    SAMPLE_PATH,
    'Nordlicht Fahrradteile GmbH',
    'Mara Petersen',
    'EUR',
    true,
    SAMPLE_PASSPHRASE,
  );
  private readonly books = new Map<string, FakeBook>([[SAMPLE_PATH, this.sample]]);
  private opened: FakeBook | null;

  constructor(open: boolean) {
    this.opened = open ? this.sample : null;
  }

  current = (): FakeBook => {
    if (!this.opened) {
      throw refusal('noWorkbook', 'No workbook is open.');
    }
    return this.opened;
  };

  /** The workbook that is open. */
  maybe = (): FakeBook | null => this.opened;

  view(book = this.current()): WorkbookView {
    const taken = new Set(
      book.batches.filter((batch) => batch.state === 'completed').map((batch) => batch.fileName),
    );
    const waiting = book === this.sample ? this.files.filter((file) => !taken.has(file.name)) : [];
    const { path, company, user, currency, singleUser, accounts } = book;
    const synced =
      'This workbook lies in a folder that Dropbox keeps in sync. Syncing an open workbook can damage it: move it to a local folder and sync backups instead.';
    const older =
      'This file is an older copy: its audit log has 12 events, but 15 were written on this machine. Look for the newer file before you go on.';
    const warning = isRolledBack(book)
      ? saidWith('chain.behind', older, { found: '12', anchored: '15' })
      : path.includes('Dropbox')
        ? saidWith('custody.synced', synced, { program: 'Dropbox' })
        : null;
    return {
      path,
      company,
      user,
      currency,
      singleUser,
      accounts,
      counts: book.counts(),
      waitingFiles: waiting.map((file) => ({ path: file.path, name: file.name, side: file.side })),
      custodyWarning: warning?.english ?? null,
      custodySaid: warning,
      rolledBack: isRolledBack(book),
    };
  }

  state(): AppState {
    const presence = presenceOf(this.opened);
    const known = [...this.books.values()].map(({ path, company }) => ({ path, company, present: true }));
    return {
      version: '0.1.0',
      workbook: this.opened && presence.person && !presence.locked ? this.view(this.opened) : null,
      presence,
      recent: [...known, GONE],
      defaultFolder: '/home/mara/Tieout',
      suggestedUser: 'Mara Petersen',
      keychain: true,
    };
  }

  create(request: CreateWorkbookRequest): WorkbookView {
    const { path, company, user, currency, singleUser, passphrase } = request;
    if (this.books.has(path)) {
      throw refusal('fileExists', `There is a file at ${path} already.`);
    }
    if (passphrase.length < 8) {
      throw refusal('invalid', 'The passphrase needs at least 8 characters.');
    }
    const book = new FakeBook(path, company, user, currency, singleUser, passphrase);
    this.books.set(path, book);
    this.opened = book;
    return this.view();
  }

  open({ path, passphrase }: OpenWorkbookRequest): WorkbookView {
    const found = this.books.get(path);
    if (!found) {
      throw refusal('notAWorkbook', `There is no workbook at ${path}. Check the path, or choose the file.`);
    }
    if (passphrase === null) {
      throw refusal('passphraseNeeded', 'The key is not in the keychain.');
    }
    if (passphrase !== found.passphrase) {
      throw refusal('wrongPassphrase', 'The passphrase is wrong.');
    }
    this.opened = found;
    welcome(found);
    return this.view();
  }

  close(): void {
    this.opened = null;
  }

  fileAt(path: string): SampleFile {
    const file = [...this.files, ...ALL_FILES].find((one) => one.path === path);
    if (!file) {
      throw refusal('unreadableFile', `${path} is not there any more.`);
    }
    return file;
  }

  get samplePath(): string {
    return SAMPLE_PATH;
  }
}
