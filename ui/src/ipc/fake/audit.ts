import type { AuditEventView, AuditLogView, AuditSearchRequest } from '../generated';
import type { FakeBook } from './book';

function fits(event: AuditEventView, wanted: AuditSearchRequest): boolean {
  const text = `${event.actor} ${event.action} ${event.subject} ${event.details}`.toLowerCase();
  const day = event.at.slice(0, 10);
  return (
    wanted.search
      .toLowerCase()
      .split(/\s+/)
      .every((word) => text.includes(word)) &&
    (wanted.actor === '' || wanted.actor === event.actor) &&
    (wanted.action === '' || wanted.action === event.action) &&
    (wanted.from === '' || day >= wanted.from) &&
    (wanted.to === '' || day <= wanted.to)
  );
}

/** A page of the events that fit, newest first. */
export function auditLog(
  book: FakeBook,
  offset: number,
  limit: number,
  wanted?: AuditSearchRequest,
): AuditLogView {
  const newestFirst = [...book.events].reverse().filter((event) => !wanted || fits(event, wanted));
  return { events: newestFirst.slice(offset, offset + limit), total: newestFirst.length };
}

/** Pretends to write the log; how many events are in it. */
export function exportLog(book: FakeBook, path: string): number {
  const count = book.events.length;
  const name = path.split('/').at(-1);
  book.tell('data.exported', `audit log of ${count} events`, { files: [{ name }], kind: 'audit' });
  return count;
}

/** An older copy is the one to go on with. */
export function acceptHistory(book: FakeBook, reason: string): null {
  book.tell('history.accepted', 'workbook', { found: 'behind', reason });
  return null;
}
