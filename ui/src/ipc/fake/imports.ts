/** The import desk of the host in memory. */

import type { BatchView, ImportPreview, ImportResult, ReviseImportRequest, SideView } from '../generated';
import type { FakeBook } from './book';
import { begin, fingerprint, type Known, type Pending, previewOf, readRows } from './importing';
import { refusal } from './refuse';

/** Previews that wait for a decision. */
export class FakeImports {
  private readonly pending = new Map<string, Pending>();
  private tokens = 0;

  constructor(private readonly current: () => FakeBook) {}

  private known(): Known {
    const { newId, fingerprints, files } = this.current();
    return { newId, fingerprints, files };
  }

  private find(token: string): Pending {
    const file = this.pending.get(token);
    if (!file) {
      throw refusal('stale', 'This preview is no longer there. Drop the file again.');
    }
    return file;
  }

  rowsOf(token: string): number {
    return this.find(token).rows.length;
  }

  start(name: string, text: string, side: SideView | null): ImportPreview {
    if (text.trim() === '') {
      throw refusal('unreadableFile', `${name} is empty. Export it again and drop it here.`);
    }
    const file = begin(name, text, side, this.known());
    const [account] = this.current().accounts;
    if (account && file.side === 'statement') {
      file.accountId = account.id;
      file.accountName = account.name;
    }
    this.tokens += 1;
    const token = `preview-${this.tokens}`;
    this.pending.set(token, file);
    return previewOf(token, file, this.known());
  }

  revise(request: ReviseImportRequest): ImportPreview {
    const file = this.find(request.token);
    const account = this.current().accounts.find((one) => one.id === request.accountId);
    file.side = request.side;
    file.mapping = request.mapping ?? file.mapping;
    file.accountId = request.accountId;
    file.accountName = account?.name ?? request.accountName;
    file.currency = request.currency;
    readRows(file, this.known());
    return previewOf(request.token, file, this.known());
  }

  discard(token: string): void {
    this.pending.delete(token);
  }

  clear(): void {
    this.pending.clear();
  }

  commit(token: string, leaveOutRejected: boolean): ImportResult {
    const file = this.find(token);
    const preview = previewOf(token, file, this.known());
    if (preview.rowsRejected > 0 && !leaveOutRejected) {
      throw refusal('invalid', 'Some rows cannot be read. Agree to leave them out, or correct the columns.');
    }
    const book = this.current();
    if (file.side === 'statement') {
      addToAccount(book, file);
    }
    (file.side === 'statement' ? book.lines : book.entries).push(...file.records);
    for (const record of file.records) {
      book.fingerprints.add(fingerprint(record));
    }
    this.pending.delete(token);
    return recordBatch(book, file, preview);
  }
}

function recordBatch(book: FakeBook, file: Pending, preview: ImportPreview): ImportResult {
  const at = new Date().toISOString();
  const id = book.newId();
  const figures = {
    added: file.records.length,
    duplicates: preview.rowsDuplicate,
    rejected: preview.rowsRejected,
  };
  const batch: BatchView = {
    ...figures,
    id,
    at,
    fileName: file.name,
    fileHash: preview.fileHash,
    side: file.side,
    state: 'completed',
    by: book.user,
    account: file.side === 'statement' ? file.accountName : null,
  };
  book.files.set(preview.fileHash, at);
  book.batches.unshift(batch);
  book.tell('import.completed', `batch ${id}`, { file: file.name, sha256: preview.fileHash, ...figures });
  return { batchId: id, ...figures };
}

function addToAccount(book: FakeBook, file: Pending): void {
  let account = book.accounts.find((one) => one.id === file.accountId || one.name === file.accountName);
  if (!account) {
    const { accountName: name, currency } = file;
    account = { id: book.newId(), name, currency, firstDate: null, lastDate: null, lines: 0 };
    book.accounts.push(account);
    book.tell('account.created', `account ${name}`, { currency });
  }
  const dates = [...file.records.map((record) => record.date), account.firstDate, account.lastDate]
    .filter((date) => date !== null)
    .sort();
  account.firstDate = dates[0] ?? null;
  account.lastDate = dates.at(-1) ?? null;
  account.lines += file.records.length;
}
