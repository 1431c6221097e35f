import { expect, test } from 'vitest';
import { translator } from './index';

const t = translator('en', 'en-GB');
const told = (file: string) => t('exceptions.source', { file, row: 7 });

test('a name that runs to the left, or orders it, stays within itself', () => {
  expect(told('bank.csv')).not.toContain('\u2068');
  expect(told('בנק.csv')).toContain('\u2068בנק.csv\u2069');
  expect(told('a\u202efdp.exe')).toContain('\u2068afdp.exe\u2069');
  // What would end the isolation early is left out.
  expect(told('\u2069\u202e7')).toContain('\u20687\u2069');
});
