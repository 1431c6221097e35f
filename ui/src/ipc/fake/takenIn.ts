/** What was taken in, and taken back, in the workbook in memory. */

import type {
  ActView,
  BatchView,
  DeletedRecordsView,
  RecordSelectionRequest,
  RecordView,
  SideView,
} from '../generated';
import type { FakeBatch, FakeBook } from './book';
import type { GivenFile } from './importing';
import { refusal } from './refuse';

function find(book: FakeBook, id: string): FakeBatch {
  const batch = book.batches.find((one) => one.id === id);
  if (!batch) {
    throw refusal('stale', 'This import is no longer there.');
  }
  return batch;
}

function refuseIfApproved(book: FakeBook, ids: readonly string[], what: string): void {
  const matches = book.approvedWith(ids);
  if (matches > 0) {
    throw refusal('invalid', `${matches} approved matches use ${what}: undo their approval first`);
  }
}

export function batchesOf(book: FakeBook): BatchView[] {
  return book.batches.map(({ given: _given, ids: _ids, report: _report, ...view }) => view);
}

export function reportOfBatch(book: FakeBook, id: string): FakeBatch['report'] {
  return find(book, id).report;
}

export function undoImport(book: FakeBook, id: string): void {
  const batch = find(book, id);
  if (batch.state !== 'completed') {
    throw refusal('invalid', 'this import holds no rows');
  }
  refuseIfApproved(book, batch.ids, 'rows of this import');
  for (const account of book.accounts) {
    const gone = book.lines.filter((line) => batch.ids.includes(line.id) && line.account === account.name);
    account.lines -= gone.length;
  }
  book.takeOut(batch.ids);
  book.files.delete(batch.fileHash);
  const canRetry = batch.given.path !== null;
  Object.assign(batch, { state: 'failed', note: 'undone', added: 0, duplicates: 0, ids: [], canRetry });
  book.tell('import.undone', `import ${id}`, { file: batch.fileName });
}

/** The file of an import that failed, for another try. */
export function fileToRetry(book: FakeBook, id: string): { given: GivenFile; side: SideView } {
  const { canRetry, fileName, given, side } = find(book, id);
  if (!canRetry) {
    throw refusal(
      'invalid',
      `${fileName} was dropped on the window, so its place is not known: choose it again`,
    );
  }
  return { given, side };
}

export function deleteRecords(
  book: FakeBook,
  { lines, entries, reason }: RecordSelectionRequest,
): ActView | null {
  const ids = [...lines, ...entries];
  refuseIfApproved(book, ids, 'these records');
  const at = new Date().toISOString();
  const records = [...book.lines, ...book.entries].filter((record) => ids.includes(record.id));
  if (records.length !== ids.length) {
    throw refusal('stale', 'One of the records is no longer there.');
  }
  const rows = records.map((record) => book.recordRow(record));
  const mine = (record: RecordView) => ({ record, at, by: book.user, reason });
  const turn = {
    redo: () => {
      book.takeOut(ids);
      book.deleted.unshift(...records.map(mine));
      return null;
    },
    undo: () => bringBack(book, ids),
  };
  const left = () => book.deleted.some((deleted) => deleted.at === at && ids.includes(deleted.record.id));
  book.act('delete', rows, turn, left);
  book.tell('records.deleted', `${ids.length} records`, { ids, reason });
  return book.acts.undoable();
}

/** Puts deleted records back where they were. */
function bringBack(book: FakeBook, ids: readonly string[]): null {
  const back = book.deleted.filter(({ record }) => ids.includes(record.id));
  book.deleted = book.deleted.filter(({ record }) => !ids.includes(record.id));
  for (const { record } of back) {
    (record.side === 'statement' ? book.lines : book.entries).push(record);
  }
  return null;
}

export function restoreRecords(book: FakeBook, { lines, entries }: RecordSelectionRequest): void {
  const ids = [...lines, ...entries];
  const back = book.deleted.filter(({ record }) => ids.includes(record.id));
  const rows = back.map(({ record }) => book.recordRow(record));
  const undo = () => {
    book.takeOut(ids);
    book.deleted.unshift(...back);
    return null;
  };
  book.act('restore', rows, { redo: () => bringBack(book, ids), undo });
  book.tell('records.restored', `${ids.length} records`, { ids });
}

export function deletedRecords(
  book: FakeBook,
  side: SideView,
  offset: number,
  limit: number,
): DeletedRecordsView {
  const found = book.deleted.filter(({ record }) => record.side === side);
  const rows = found.slice(offset, offset + limit).map(({ record, at, by, reason }) => ({
    id: record.id,
    date: record.date,
    amount: record.amount,
    title: [record.counterparty, record.number, record.text].filter((part) => part !== '').join(' · '),
    source: `${record.sourceFile}, row ${record.sourceRow}`,
    at,
    by,
    reason,
  }));
  return { rows, total: found.length };
}
