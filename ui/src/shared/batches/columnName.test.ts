import { expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import { columnName } from './columnName';

test.each([
  ['Column 3', 'Spalte 3'],
  ['Column three', 'Column three'],
  ['Betrag', 'Betrag'],
])('the column %s is called %s in the German window', (header, name) => {
  expect(columnName(header, i18nFor('de'))).toBe(name);
});
