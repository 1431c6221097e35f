import { screen } from '@testing-library/react';
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { i18nFor, setLanguage } from '@/i18n';
import type { ErrorCode } from '@/ipc';
import { createFakeHost, show } from '@/test-window';
import { FaultNotice } from './Notice';
import { refusalText, toldOf } from './refusals';

afterEach(() => act(() => setLanguage('en')));

const refusal = (code: ErrorCode, message = 'Bea works here as reviewer.') => ({ code, message });

test.each<[ErrorCode, string]>([
  ['notAllowed', 'Ihre Rolle erlaubt es nicht'],
  ['stale', 'Nichts wurde geändert'],
  ['ownSecretNeeded', 'eigenes Geheimnis (Personen)'],
  ['locked', 'Entsperren'],
  ['notSignedIn', 'Melden Sie sich'],
  ['noWorkbook', 'Öffnen Sie zuerst'],
  ['cancelled', 'Nichts wurde gespeichert'],
  ['newerWorkbook', 'neueren Tieout'],
  ['notAWorkbook', 'die Tieout geschrieben hat'],
  ['passphraseNeeded', 'Passphrase'],
])('the refusal %s is told in German through and through', (code, text) => {
  const told = toldOf(refusal(code), i18nFor('de'));
  expect(told.text).toContain(text);
  expect(told.foreign).toBe(false);
  expect(refusalText(refusal(code), i18nFor('de'))).not.toContain('Bea works');
});

test('in English the host’s own sentence is told, for it names whom and what', () => {
  expect(refusalText(refusal('notAllowed'), i18nFor('en'))).toBe('Bea works here as reviewer.');
  expect(toldOf(refusal('stale', ''), i18nFor('en')).text).toBe(
    'Nothing was changed. Please look once more.',
  );
});

test('what only the host can say stands in its language, and is marked so', () => {
  setLanguage('de');
  show(<FaultNotice fault={refusal('invalid', 'Bank and book differ by -1.50 EUR.')} />, createFakeHost());
  const notice = screen.getByTestId('error-message');
  expect(notice.textContent).toContain('Das passt nicht zusammen');
  expect(notice.querySelector('[lang="en"]')?.textContent).toBe('Bank and book differ by -1.50 EUR.');
  expect(refusalText(refusal('invalid', 'No.'), i18nFor('de'))).toBe('Das passt nicht zusammen: No.');
});

test('a refusal with a code is told in German with what it is about, and in English with the reader’s numbers', () => {
  const told = {
    code: 'notAllowed' as const,
    message: 'Bea works here as reviewer and may not change settings: ask an admin.',
    said: {
      code: 'people.notAllowed',
      values: {
        name: { type: 'text' as const, text: 'Bea' },
        role: { type: 'word' as const, family: 'personRole', word: 'reviewer' },
        act: { type: 'word' as const, family: 'refusedAct', word: 'configure' },
        who: { type: 'word' as const, family: 'mayDo', word: 'an_admin' },
      },
      english: 'Bea works here as reviewer and may not change settings: ask an admin',
    },
  };
  expect(toldOf(told, i18nFor('de'))).toEqual({
    title: 'Das dürfen Sie nicht',
    text: 'Bea arbeitet hier als Prüfer und darf nicht: Einstellungen ändern. Bitten Sie einen Administrator',
    foreign: false,
  });
  expect(toldOf(told, i18nFor('en')).text).toBe(
    'Bea works here as Reviewer and may not change settings: ask an admin',
  );
});

test('around a detail that nobody can word, the sentence is the user’s and all of it is marked', () => {
  const said = {
    code: 'inFile',
    values: {
      file: { type: 'text' as const, text: 'a.toml' },
      why: { type: 'said' as const, said: { code: '', values: {}, english: 'expected a table' } },
    },
    english: 'a.toml: expected a table',
  };
  const told = toldOf({ code: 'invalid', message: 'a.toml: expected a table', said }, i18nFor('de'));
  expect(told).toEqual({
    title: 'Das passt nicht zusammen',
    text: 'a.toml: expected a table',
    foreign: true,
  });
});

test('of a sentence with a detail in English, only the detail is marked as English', () => {
  setLanguage('de');
  const why = {
    code: 'toml.grammar',
    values: { detail: { type: 'said' as const, said: { code: '', values: {}, english: 'expected `=`' } } },
    english: 'this is not written as TOML demands: expected `=`',
  };
  const said = {
    code: 'inPlace',
    values: {
      line: { type: 'number' as const, number: 3 },
      column: { type: 'number' as const, number: 7 },
      why: { type: 'said' as const, said: why },
    },
    english: 'line 3: expected `=`',
  };
  show(<FaultNotice fault={{ code: 'invalid', message: 'Line 3: expected `=`', said }} />, createFakeHost());
  const notice = screen.getByTestId('error-message');
  expect(notice.textContent).toContain(
    'Zeile 3, Spalte 7: So schreibt man TOML nicht. Meldung des Lesers: expected `=`',
  );
  expect([...notice.querySelectorAll('[lang="en"]')].map((part) => part.textContent)).toEqual([
    'expected `=`',
  ]);
});
