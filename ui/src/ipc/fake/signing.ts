/** What reports are signed with, in memory. */

import type { ImportSignerRequest, SignerView, SigningView } from '../generated';
import type { FakeBook } from './book';
import { refusal } from './refuse';
import { saidWith } from './said';

const PERSON = 'Mara Petersen';

function signer(fingerprint: string, origin: string, addedAt: string): SignerView {
  return {
    fingerprint,
    name: PERSON,
    person: PERSON,
    origin,
    addedAt,
    validUntil: `${Number(addedAt.slice(0, 4)) + 10}${addedAt.slice(4)}`,
    revokedAt: null,
    reason: '',
  };
}

const FIRST = '5f0c1d2e8a7b4c3d9e0f1a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f';
const kept = new WeakMap<FakeBook, SigningView>();

export function signingOf(book: FakeBook): SigningView {
  const known = kept.get(book) ?? {
    person: PERSON,
    own: FIRST,
    fault: null,
    known: [signer(FIRST, 'made', '2026-01-12T08:30:00Z')],
  };
  kept.set(book, known);
  return known;
}

function add(book: FakeBook, origin: string): SigningView {
  const before = signingOf(book);
  const fingerprint = String(before.known.length + 1).repeat(64);
  const known = [...before.known, signer(fingerprint, origin, '2026-02-03T10:00:00Z')];
  const next = { ...before, own: fingerprint, known };
  kept.set(book, next);
  book.tell('signer.added', 'signer', { origin });
  return next;
}

export function makeSigner(book: FakeBook): SigningView {
  return add(book, 'made');
}

export function importSigner(book: FakeBook, request: ImportSignerRequest): SigningView {
  if (request.passphrase === 'wrong') {
    const english = 'the passphrase does not open the identity file';
    throw { ...refusal('invalid', english), said: saidWith('sign.wrongPassphrase', english) };
  }
  return add(book, 'imported');
}

export function revokeSigner(book: FakeBook, fingerprint: string, reason: string): SigningView {
  const before = signingOf(book);
  const known = before.known.map((one) =>
    one.fingerprint === fingerprint ? { ...one, revokedAt: '2026-02-03T10:00:00Z', reason } : one,
  );
  const next = { ...before, known };
  kept.set(book, next);
  book.tell('signer.revoked', 'signer', { reason });
  return next;
}
