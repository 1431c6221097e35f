import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SAID_FAMILIES } from '@/shared/said';
import { de } from './de';
import { en } from './en';
import { i18nFor } from './index';

/** Families whose words come from the host, looked up by `word(family, value)`. */
function familiesIn(source: string): string[] {
  return [...source.matchAll(/word\(\s*([^;{}]*?),/g)].flatMap(([, argument = '']) =>
    [...argument.matchAll(/'([\w.]+)'/g)].map(([, family = '']) => `${family}.`),
  );
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'i18n' ? [] : sources(path);
    }
    return /\.tsx?$/.test(entry.name) && !/\.test\./.test(entry.name) ? [readFileSync(path, 'utf8')] : [];
  });
}

const code = sources('src').join('\n');
const keys = Object.keys(en);

test('English and German say the same things', () => {
  expect(Object.keys(de).sort()).toEqual([...keys].sort());
});

test('no message is empty, and both languages fill in the same values', () => {
  const values = (message: string) => [...message.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();
  for (const [key, message] of Object.entries(en)) {
    const german = de[key as keyof typeof de];
    expect(german.trim(), key).not.toBe('');
    expect(values(german), key).toEqual(values(message));
  }
});

test('every message is used', () => {
  const families = [...familiesIn(code), ...SAID_FAMILIES.map((family) => `${family}.`)];
  const unused = keys.filter((key) => {
    const name = key.replace(/_(one|other)$/, '');
    return (
      !code.includes(`'${name}'`) &&
      !code.includes(`"${name}"`) &&
      !families.some((family) => key.startsWith(family))
    );
  });
  expect(unused).toEqual([]);
});

test('German names acts on periods and roles in one way', () => {
  const others = /abzeichn|zeichne\S* .*\bab\b|\berstell|\bAdmins?\b|Zeitr\S+ (?:vor|ab|erstell)/i;
  const found = Object.entries(de).filter(([, message]) => others.test(message));
  expect(found).toEqual([]);
  const { word } = i18nFor('de');
  expect(['preparer', 'reviewer', 'admin'].map((role) => word('personRole', role))).toEqual([
    'Vorbereiter',
    'Prüfer',
    'Administrator',
  ]);
  expect(['prepared', 'reviewed', 'locked'].map((state) => word('periodState', state))).toEqual([
    'Vorbereitet',
    'Freigegeben',
    'Gesperrt',
  ]);
});

test('in the German journal a match is approved; what is released is a period', () => {
  const ofJournal = Object.entries(de).filter(([key]) => key.startsWith('journal'));
  expect(ofJournal.filter(([, message]) => /freige?g?[ae]b|freigib/i.test(message))).toEqual([]);
});

test('every plural has both forms', () => {
  for (const key of keys.filter((name) => name.endsWith('_one'))) {
    expect(keys).toContain(key.replace(/_one$/, '_other'));
  }
});

test.each([
  ['en', 1, '1 row added'],
  ['en', 1412, '1,412 rows added'],
  ['de', 1, '1 Zeile übernommen'],
  ['de', 1412, '1.412 Zeilen übernommen'],
] as const)('in %s, %i is told as: %s', (language, count, told) => {
  expect(i18nFor(language).t('import.result.added', { count })).toBe(told);
});

test('a word of the host that is not known here is shown as it is', () => {
  expect(i18nFor('de').word('cause', 'fee')).toBe('Gebühr');
  expect(i18nFor('de').word('cause', 'new_cause')).toBe('new_cause');
});
