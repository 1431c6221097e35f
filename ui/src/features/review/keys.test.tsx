import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useAllKeys } from '@/shared/keys';
import { matchedHost, show } from '@/test-window';
import { ReviewScreen } from './ReviewScreen';

test('every key of the review is listed once, with what it does, and none is in another’s way', async () => {
  const host = await matchedHost();
  const workbook = await host.call('workbook', {});
  function Listed() {
    const keys = useAllKeys();
    return <output>{JSON.stringify(keys.map(({ combo, label }) => [combo, label]))}</output>;
  }
  show(<ReviewScreen workbook={workbook} focus="" />, host);
  await screen.findByTestId('comparison');
  show(<Listed />, host);
  const listed = JSON.parse(document.querySelector('output')?.textContent ?? '[]') as [string, string][];
  const combos = listed.map(([combo]) => combo);
  expect(new Set(combos).size).toBe(combos.length);
  const wanted =
    'a r h w x t s o c e d u z Mod+Z Shift+Z Mod+Shift+Z Mod+Y y Shift+A j k n 1 2 3 4 5 / f v'.split(' ');
  expect(combos.sort()).toEqual(
    [...wanted, 'Enter', 'Escape', ' ', 'Shift+ArrowDown', 'Shift+ArrowUp', 'Mod+A'].sort(),
  );
  expect(listed.every(([, label]) => label !== '' && !label.includes('.key'))).toBe(true);
});
