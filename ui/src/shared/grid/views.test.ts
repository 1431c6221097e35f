import { readdirSync, readFileSync } from 'node:fs';
import { beforeEach, expect, test } from 'vitest';
import { usualLayout, withColumn } from './layout';
import { fitting, focusOf, GRIDS, lookOf } from './look';
import { BUILT_IN, localLooks } from './views';

const LOOK = {
  search: 'Miete',
  filters: [{ column: 'open' as const, test: 'atLeast' as const, values: ['1000'] }],
  sort: [{ column: 'date' as const, descending: true }],
};
const LAYOUT = withColumn(usualLayout('lines'), 'balance', true);

beforeEach(() => window.localStorage.clear());

test('a look is kept over a restart, with its columns', () => {
  localLooks()('lines').save({ name: 'Rents', look: LOOK, layout: LAYOUT });
  expect(localLooks()('lines').all.get()).toEqual([{ name: 'Rents', look: LOOK, layout: LAYOUT }]);
  expect(localLooks()('entries').all.get()).toEqual([]);
});

test('looks of a grid are listed by name, and are its own', () => {
  const keeper = localLooks();
  keeper('lines').save({ name: 'B', look: LOOK, layout: LAYOUT });
  keeper('lines').save({ name: 'A', look: LOOK, layout: LAYOUT });
  keeper('lines').save({ name: 'B', look: { ...LOOK, search: 'x' }, layout: LAYOUT });
  const told = keeper('lines')
    .all.get()
    .map(({ name, look }) => [name, look.search]);
  expect(told).toEqual([
    ['A', 'Miete'],
    ['B', 'x'],
  ]);
  keeper('lines').remove('A');
  expect(localLooks()('lines').all.get()).toHaveLength(1);
});

test.each(['{', '7', '[7,null,{}]', '[{"name":"a","focus":"grid=entries"}]'])(
  'what was kept as “%s” does no harm',
  (stored) => {
    window.localStorage.setItem('tieout.views.lines', stored);
    expect(localLooks()('lines').all.get()).toEqual([]);
  },
);

test('every view that comes with the window asks only what its grid can answer', () => {
  const today = new Date(2026, 1, 3);
  for (const grid of GRIDS) {
    expect(BUILT_IN[grid].length).toBeGreaterThan(0);
    for (const view of BUILT_IN[grid]) {
      const look = view.look(today);
      expect(fitting(look, usualLayout(grid).order)).toEqual(look);
      expect(lookOf(focusOf(grid, look))).toEqual({ grid, look });
    }
  }
});

/** Every action that the workbook writes into its audit log, and some more words with a point in them. */
function written(): Set<string> {
  const folder = '../src-tauri/crates/workbook/src';
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.rs') && !path.startsWith('tests'))
    .map((path) => readFileSync(`${folder}/${path}`, 'utf8'));
  return new Set(sources.flatMap((source) => source.match(/(?<=")[a-z_]+\.[a-z_]+(?=")/g) ?? []));
}

test('the view of decisions asks for all that the workbook writes of them', () => {
  const view = BUILT_IN.events.find(({ name }) => name === 'view.decisions');
  const asked = view?.look(new Date()).filters[0]?.values ?? [];
  const actions = written();
  expect(asked.filter((action) => !actions.has(action))).toEqual(['decision.undone']);
  const decides = [...actions].filter((action) => /^(match|matches|act|decision)\./.test(action));
  expect(decides.length).toBeGreaterThan(5);
  expect(decides.filter((action) => !asked.includes(action))).toEqual([]);
});

test.each(['lines', 'entries'] as const)('of %s, what is open below zero is large too', (grid) => {
  const filters = BUILT_IN[grid].flatMap(({ look }) => look(new Date()).filters);
  const open = filters
    .filter(({ column }) => column === 'open')
    .map(({ test: of, values }) => [of, ...values]);
  expect(open).toEqual([
    ['atLeast', '1000'],
    ['atMost', '-1000'],
  ]);
});

test('“this month” ends with the month that today lies in', () => {
  const view = BUILT_IN.lines.find(({ name }) => name === 'view.unmatchedMonth');
  const days = view?.look(new Date(2028, 1, 3)).filters.filter(({ column }) => column === 'date');
  expect(days?.map(({ values }) => values[0])).toEqual(['2028-02-01', '2028-02-29']);
});
