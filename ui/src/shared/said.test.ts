import { expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import type { SaidView, ToldValueView } from '@/ipc';
import { alone, saidText, spoken } from './said';

const german = i18nFor('de');
const said = (code: string, values: Record<string, ToldValueView>, english = 'English.'): SaidView => ({
  code,
  values,
  english,
});
const money = (value: string): ToldValueView => ({ type: 'money', amount: { value, currency: 'EUR' } });

test('amounts, days, counts and words are written as the reader writes them', () => {
  expect(saidText(said('hand.differs', { rest: money('-1234.50') }), german)).toContain('−1.234,50 EUR');
  const state = said('period.state', {
    found: { type: 'word', family: 'periodState', word: 'open' },
    wanted: { type: 'word', family: 'periodWanted', word: 'reviewed_or_locked' },
    act: { type: 'word', family: 'periodDone', word: 'reopened' },
  });
  expect(saidText(state, german)).toBe(
    'Stand der Periode: Offen. „Wieder geöffnet“ geht nur, wenn sie freigegeben oder gesperrt ist',
  );
  const day = said('mark.notToCome', { day: { type: 'date', date: '2026-01-31' } });
  expect(saidText(day, german)).toContain('31.01.2026');
});

test('one is told otherwise than several', () => {
  const rejects = (number: number) => said('import.rejects', { count: { type: 'number', number } });
  expect(saidText(rejects(1), german)).toContain('Eine Zeile ist nicht lesbar');
  expect(saidText(rejects(1412), german)).toContain('1.412 Zeilen sind nicht lesbar');
});

test('what a file holds besides its rows is told in the language of the window', () => {
  const count = (number: number): Record<string, ToldValueView> => ({ count: { type: 'number', number } });
  expect(saidText(said('sheet.rowsHidden', count(3)), german)).toContain(
    '3 Zeilen sind in der Tabelle ausgeblendet',
  );
  expect(saidText(said('ofx.investments', count(1)), german)).toContain(
    'Ein Umsatz einer Geldanlage blieb weg',
  );
  const level: ToldValueView = { type: 'word', family: 'bai2Level', word: 'group' };
  expect(saidText(said('control.total', { level }), german)).toBe(
    'Kontrollsumme der Gruppe in den Einheiten der Datei',
  );
});

test('a sentence in a sentence is told in the same language', () => {
  const inner = said('expected.amount', { such: { type: 'text', text: '1.234,56' } });
  const outer = said('finding.expectedIn', {
    column: { type: 'text', text: 'Betrag' },
    expected: { type: 'said', said: inner },
  });
  expect(spoken(outer, german)).toEqual({
    text: 'Betrag; erwartet: ein Betrag wie 1.234,56',
    foreign: false,
  });
  expect(alone('über alles')).toBe('Über alles');
  expect(alone('rauschen.csv: das ist kein Text')).toBe('rauschen.csv: das ist kein Text');
});

test('what has no words here stays English, and is marked so wherever it stands', () => {
  expect(spoken(said('', {}, 'Row 3 has no end.'), german)).toEqual({
    text: 'Row 3 has no end.',
    foreign: true,
  });
  expect(spoken(said('of.a.newer.host', {}, 'New.'), german)).toEqual({ text: 'New.', foreign: true });
  const outer = said('inFile', {
    file: { type: 'text', text: 'a.csv' },
    why: { type: 'said', said: said('', {}, 'it is odd') },
  });
  expect(spoken(outer, german)).toEqual({ text: 'a.csv: it is odd', foreign: true });
  expect(spoken(said('', {}, 'Odd.'), i18nFor('en')).foreign).toBe(false);
});

test('a place that is the file as a whole is left out, and is no foreign text', () => {
  const damaged = (place: SaidView) =>
    said('read.damaged', {
      what: { type: 'word', family: 'fileThing', word: 'the_JSON_file' },
      place: { type: 'said', said: place },
      detail: { type: 'said', said: said('damaged.comma', {}) },
    });
  expect(spoken(damaged(said('', {}, '')), german)).toEqual({
    text: 'Die JSON-Datei ist beschädigt: ein Komma fehlt; exportieren oder speichern Sie sie neu',
    foreign: false,
  });
  const line = said('spot.line', { line: { type: 'number', number: 17 } });
  const spot = said('spot', { at: { type: 'said', said: line } });
  expect(saidText(damaged(spot), german)).toContain('beschädigt (Zeile 17): ');
});

test('missing accounts are told with the number of their entries', () => {
  const role = said('journal.roleNamed', {
    role: { type: 'word', family: 'journalRole', word: 'receivables' },
  });
  const missing = (number: number) =>
    said('journal.missingRole', { role: { type: 'said', said: role }, count: { type: 'number', number } });
  expect(saidText(missing(1), german)).toBe('Forderungen (1 Buchungssatz)');
  expect(saidText(missing(2), german)).toBe('Forderungen (2 Buchungssätze)');
  expect(saidText(missing(2), i18nFor('en'))).toBe('Receivables (2 entries)');
});

test('a name that turns its text round leaves the sentence as it is', () => {
  const trap = 'rechnung\u202evsc.exe';
  const shown = '\u2068rechnungvsc.exe\u2069';
  const why: ToldValueView = {
    type: 'said',
    said: said('layout.nameTaken', { name: { type: 'text', text: trap } }),
  };
  const outer = said('inFile', { file: { type: 'text', text: trap }, why });
  expect(saidText(outer, german)).toBe(
    `${shown}: Es gibt schon ein Layout „${shown}“: Wählen Sie einen anderen Namen`,
  );
  expect(saidText(said('', {}, `${trap} is odd`), german)).toBe('\u2068rechnungvsc.exe is odd\u2069');
});
