/** The import desk of the host in memory. */

import type {
  ImportPreview,
  ImportResult,
  MappingView,
  PreviewRow,
  PreviewRowsRequest,
  ReviseImportRequest,
  SideView,
} from '../generated';
import type { FakeBatch, FakeBook } from './book';
import { previewOf } from './facts';
import {
  begin,
  fingerprint,
  type GivenFile,
  type Known,
  type Pending,
  readRows,
  type Seen,
} from './importing';
import { refusal } from './refuse';
import { inEnglish } from './said';

const FATES: Record<PreviewRowsRequest['filter'], readonly PreviewRow['action'][]> = {
  all: ['add', 'duplicate', 'deleted', 'reject'],
  add: ['add'],
  duplicate: ['duplicate', 'deleted'],
  reject: ['reject'],
};

function seenIn(book: FakeBook): Map<string, Seen[]> {
  const seen = new Map<string, Seen[]>();
  const note = (record: FakeBook['lines'][number], deleted: boolean) => {
    const key = fingerprint(record);
    seen.set(key, [...(seen.get(key) ?? []), { file: record.sourceFile, row: record.sourceRow, deleted }]);
  };
  for (const record of [...book.lines, ...book.entries]) {
    note(record, false);
  }
  for (const { record } of book.deleted) {
    note(record, true);
  }
  return seen;
}

/** Under which name columns are remembered: the account's, or the ledger's. */
function scopeOf(file: Pending): string {
  return file.side === 'ledger' ? 'ledger' : `account ${file.accountName}`;
}

/** Previews that wait for a decision. */
export class FakeImports {
  private readonly pending = new Map<string, Pending>();
  private readonly mappingFiles = new Map<string, MappingView>();
  private tokens = 0;

  constructor(private readonly current: () => FakeBook) {}

  private known(): Known {
    const book = this.current();
    return { newId: book.newId, seen: seenIn(book), files: book.files };
  }

  private find(token: string): Pending {
    const file = this.pending.get(token);
    if (!file) {
      throw refusal('stale', 'This preview is no longer there. Drop the file again.');
    }
    return file;
  }

  private readAgain(token: string, file: Pending): ImportPreview {
    const known = this.known();
    readRows(file, known);
    return previewOf(token, file, known);
  }

  rowsOf(token: string): number {
    return this.find(token).rows.length;
  }

  start(given: GivenFile, side: SideView | null, retryOf: string | null = null): ImportPreview {
    if (given.text.trim() === '') {
      throw refusal('unreadableFile', `${given.name} is empty. Export it again and drop it here.`);
    }
    const file = begin(given, side);
    file.retryOf = retryOf;
    const book = this.current();
    const [account] = book.accounts;
    if (account && file.side === 'statement' && !given.statements) {
      file.accountId = account.id;
      file.accountName = account.name;
    }
    this.recall(book, file);
    this.tokens += 1;
    const token = `preview-${this.tokens}`;
    this.pending.set(token, file);
    return this.readAgain(token, file);
  }

  private recall(book: FakeBook, file: Pending): void {
    if (file.statements) {
      return;
    }
    const last = book.mappings.get(scopeOf(file));
    const same = [...book.mappings.values()].find(({ header }) => header.join() === file.table.header.join());
    if (same) {
      file.mapping = same.mapping;
      file.remembered = true;
    } else if (last) {
      file.headerBefore = last.header;
    }
  }

  revise(request: ReviseImportRequest): ImportPreview {
    const file = this.find(request.token);
    const account = this.current().accounts.find((one) => one.id === request.accountId);
    if (file.side !== request.side) {
      Object.assign(file, { headerBefore: null, settled: false, remembered: false });
    }
    file.side = request.side;
    file.remembered &&= request.mapping === null;
    file.mapping = request.mapping ?? file.mapping;
    file.accountId = request.accountId;
    file.accountName = account?.name ?? (request.accountName || file.accountName);
    file.currency = request.currency;
    file.settled ||= request.settled;
    return this.readAgain(request.token, file);
  }

  rows({ token, filter, offset, limit }: PreviewRowsRequest): PreviewRow[] {
    const found = this.find(token).rows.filter((row) => FATES[filter].includes(row.action));
    return found.slice(offset, offset + limit);
  }

  saveMapping(token: string, path: string): void {
    this.mappingFiles.set(path, this.find(token).mapping);
  }

  loadMapping(token: string, path: string): ImportPreview {
    const mapping = this.mappingFiles.get(path);
    const file = this.find(token);
    if (!mapping || mapping.roles.length !== file.table.header.length) {
      throw refusal('invalid', `${path}: the mapping names columns that ${file.name} does not have.`);
    }
    Object.assign(file, { mapping, settled: true });
    return this.readAgain(token, file);
  }

  discard(token: string): void {
    this.pending.delete(token);
  }

  clear(): void {
    this.pending.clear();
  }

  /** Leaves nothing behind but a failed batch; the preview stays. */
  fail(token: string, note: string): void {
    const file = this.find(token);
    const preview = previewOf(token, file, this.known());
    this.keep(file, preview, { state: 'failed', note, added: 0, ids: [] });
  }

  commit(token: string, leaveOutRejected: boolean): ImportResult {
    const file = this.find(token);
    const shown = previewOf(token, file, this.known());
    if (shown.rowsRejected > 0 && !leaveOutRejected) {
      throw refusal('invalid', 'Some rows cannot be read. Agree to leave them out, or correct the columns.');
    }
    if (shown.questions.length > 0 || shown.headerChange) {
      throw refusal('invalid', 'The file can be read in more than one way; say which is right.');
    }
    this.refuseOutdated(file);
    const book = this.current();
    if (file.side === 'statement') {
      addToAccounts(book, file);
    }
    (file.side === 'statement' ? book.lines : book.entries).push(...file.records);
    book.mappings.delete(scopeOf(file));
    if (!file.statements) {
      book.mappings.set(scopeOf(file), { header: file.table.header, mapping: file.mapping });
    }
    this.pending.delete(token);
    const ids = file.records.map((record) => record.id);
    return this.keep(file, shown, { state: 'completed', note: '', added: ids.length, ids });
  }

  /** The plan is carried out as shown or not at all. */
  private refuseOutdated(file: Pending): void {
    const planned = file.rows.map((row) => row.action).join();
    const again = { ...file };
    readRows(again, this.known());
    if (again.rows.map((row) => row.action).join() !== planned) {
      throw refusal('stale', 'The workbook changed since this preview was made. Look at the file again.');
    }
  }

  private keep(
    file: Pending,
    preview: ImportPreview,
    became: Pick<FakeBatch, 'state' | 'note' | 'added' | 'ids'>,
  ): ImportResult {
    const book = this.current();
    const { fileHash, validation, diagnostics, rowsDuplicate, rowsDeleted, rowsRejected: rejected } = preview;
    const at = new Date().toISOString();
    const id = file.retryOf ?? book.newId();
    const figures = { added: became.added, duplicates: rowsDuplicate + rowsDeleted, rejected };
    const batch: FakeBatch = {
      ...figures,
      ...became,
      said: inEnglish(became.note),
      id,
      at,
      fileName: file.name,
      fileHash,
      side: file.side,
      by: book.user,
      account: file.side === 'statement' && !file.statements ? file.accountName : null,
      quality: validation?.score ?? null,
      canRetry: became.state === 'failed' && file.path !== null,
      given: {
        name: file.name,
        path: file.path,
        statements: file.statements,
        text: [file.table.header, ...file.table.rows]
          .map((cells) => cells.join(file.table.delimiter))
          .join('\n'),
      },
      report: { validation, diagnostics },
    };
    const before = book.batches.findIndex((one) => one.id === id);
    book.batches.splice(Math.max(0, before), before < 0 ? 0 : 1, batch);
    if (became.state === 'completed') {
      book.files.set(fileHash, at);
    }
    book.tell(`import.${became.state}`, `batch ${id}`, { file: file.name, sha256: fileHash, ...figures });
    return { batchId: id, ...figures };
  }
}

function addToAccounts(book: FakeBook, file: Pending): void {
  const names = file.statements?.map((statement) => statement.account) ?? [file.accountName];
  for (const name of new Set(names)) {
    let account = book.accounts.find(
      (one) => one.name === name || (!file.statements && one.id === file.accountId),
    );
    if (!account) {
      const { currency } = file;
      account = { id: book.newId(), name, currency, firstDate: null, lastDate: null, lines: 0 };
      book.accounts.push(account);
      book.tell('account.created', `account ${name}`, { currency });
    }
    const own = file.records.filter(
      (record) => !file.statements || file.table.rows[record.sourceRow - 1]?.includes(name),
    );
    const dates = [...own.map((record) => record.date), account.firstDate, account.lastDate]
      .filter((date) => date !== null)
      .sort();
    account.firstDate = dates[0] ?? null;
    account.lastDate = dates.at(-1) ?? null;
    account.lines += own.length;
  }
}
