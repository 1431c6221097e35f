import { beforeEach, expect, test } from 'vitest';
import { namedStore } from './named';
import { remember } from './preferences';

interface Thing {
  name: string;
  focus: string;
}

/** As the window reads them when it starts. */
const started = (sorted = false) =>
  namedStore<Thing>('test.things', {
    read: ({ name, focus }) =>
      typeof name === 'string' && typeof focus === 'string' ? { name, focus } : null,
    sorted,
  });
const told = (things = started()) => things.all.get().map(({ name, focus }) => [name, focus]);

beforeEach(() => remember('test.things', '[]'));

test('what has a name is saved, replaced under it, renamed and deleted, and stays on this machine', () => {
  const things = started();
  let changes = 0;
  things.all.subscribe(() => {
    changes += 1;
  });
  things.save({ name: 'Fees', focus: 'toReview?cause=fee' });
  things.save({ name: 'Mine', focus: 'toReview?owner=Mara' });
  things.save({ name: 'Fees', focus: 'suggested?cause=fee' });
  const expected = [
    ['Fees', 'suggested?cause=fee'],
    ['Mine', 'toReview?owner=Mara'],
  ];
  expect([told(things), told(), changes]).toEqual([expected, expected, 3]);
  expect(things.rename('Fees', 'Mine')).toBe(false);
  expect(things.rename('Fees', ' ')).toBe(false);
  expect(things.rename('Fees', ' Bank fees ')).toBe(true);
  expect(told().map(([name]) => name)).toEqual(['Bank fees', 'Mine']);
  things.remove('Bank fees');
  expect(told().map(([name]) => name)).toEqual(['Mine']);
});

test('they are listed as they were saved, or by their names', () => {
  for (const name of ['b', 'A', 'Ä']) {
    started(true).save({ name, focus: '' });
  }
  expect(told().map(([name]) => name)).toEqual(['A', 'Ä', 'b']);
  started().save({ name: 'a', focus: '' });
  expect(told().map(([name]) => name)).toEqual(['A', 'Ä', 'b', 'a']);
});

test.each(['{broken', '7', '[{"name":"A","focus":"x"},{"name":1},{"name":"","focus":"x"},null,"text"]'])(
  'of %s only what can be read is there',
  (written) => {
    remember('test.things', written);
    expect(told()).toEqual(written.includes('"A"') ? [['A', 'x']] : []);
  },
);
