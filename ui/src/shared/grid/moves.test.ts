import { expect, test } from 'vitest';
import { type Move, moved, moveOf } from './moves';
import { type Area, areasOf, lastArea, only, type Selection } from './ranges';

const BOUNDS = { rows: 1000, columns: 6 };
const PAGE = 20;
const FROM = only({ row: 100, column: 2 });

/** A key as it is written: `Ctrl+Shift+End`. */
function event(combo: string) {
  const parts = combo.split('+');
  const key = parts.at(-1) ?? '';
  return {
    key: key === 'Space' ? ' ' : key,
    ctrlKey: parts.includes('Ctrl'),
    shiftKey: parts.includes('Shift'),
    altKey: parts.includes('Alt'),
    metaKey: false,
  };
}

function press(selection: Selection, ...combos: string[]): Selection {
  return combos.reduce((before, combo) => {
    const move = moveOf(event(combo), PAGE);
    if (!move) {
      throw new Error(`${combo} does nothing`);
    }
    return moved(before, move, BOUNDS);
  }, selection);
}

/** `row,column` of the active cell, then the last area as `top-bottom,left-right`, both inclusive. */
function told(selection: Selection): string {
  const { top, bottom, left, right } = lastArea(selection, BOUNDS);
  const { row, column } = selection.active;
  return `${row},${column} ${top}-${bottom - 1},${left}-${right - 1}`;
}

test.each([
  ['ArrowDown', '101,2 101-101,2-2'],
  ['ArrowUp', '99,2 99-99,2-2'],
  ['ArrowLeft', '100,1 100-100,1-1'],
  ['ArrowRight', '100,3 100-100,3-3'],
  ['Ctrl+ArrowDown', '999,2 999-999,2-2'],
  ['Ctrl+ArrowUp', '0,2 0-0,2-2'],
  ['Ctrl+ArrowLeft', '100,0 100-100,0-0'],
  ['Ctrl+ArrowRight', '100,5 100-100,5-5'],
  ['Home', '100,0 100-100,0-0'],
  ['End', '100,5 100-100,5-5'],
  ['Ctrl+Home', '0,0 0-0,0-0'],
  ['Ctrl+End', '999,5 999-999,5-5'],
  ['PageDown', '120,2 120-120,2-2'],
  ['PageUp', '80,2 80-80,2-2'],
  ['Tab', '100,3 100-100,3-3'],
  ['Shift+Tab', '100,1 100-100,1-1'],
  ['Shift+ArrowDown', '100,2 100-101,2-2'],
  ['Shift+ArrowLeft', '100,2 100-100,1-2'],
  ['Ctrl+Shift+ArrowDown', '100,2 100-999,2-2'],
  ['Ctrl+Shift+ArrowRight', '100,2 100-100,2-5'],
  ['Shift+Home', '100,2 100-100,0-2'],
  ['Shift+End', '100,2 100-100,2-5'],
  ['Ctrl+Shift+Home', '100,2 0-100,0-2'],
  ['Ctrl+Shift+End', '100,2 100-999,2-5'],
  ['Shift+PageDown', '100,2 100-120,2-2'],
  ['Shift+PageUp', '100,2 80-100,2-2'],
  ['Space', '100,2 100-100,0-5'],
  ['Shift+Space', '100,2 100-100,0-5'],
  ['Ctrl+Space', '100,2 0-999,2-2'],
  ['Ctrl+Shift+Space', '100,2 0-999,0-5'],
  ['Ctrl+a', '100,2 0-999,0-5'],
])('%s goes to %s', (combo, expected) => {
  expect(told(press(FROM, combo))).toBe(expected);
});

test.each(['Alt+ArrowDown', 'Ctrl+c', 'g', 'Enter', 'Escape', 'Ctrl+Tab', 'Ctrl+PageDown'])(
  '%s moves nothing',
  (combo) => {
    expect(moveOf(event(combo), PAGE)).toBeNull();
  },
);

test.each([
  ['at the left edge', { row: 100, column: 0 }, 'ArrowLeft', '100,0'],
  ['at the top', { row: 0, column: 2 }, 'ArrowUp', '0,2'],
  ['at the end', { row: 999, column: 2 }, 'PageDown', '999,2'],
  ['near the top', { row: 5, column: 2 }, 'PageUp', '0,2'],
])('%s a move stays in the grid', (_, cell, combo, expected) => {
  expect(told(press(only(cell), combo))).toContain(`${expected} `);
});

test('Tab goes on in the next row, and back to the one before', () => {
  expect(told(press(only({ row: 100, column: 5 }), 'Tab'))).toBe('101,0 101-101,0-0');
  expect(told(press(only({ row: 100, column: 0 }), 'Shift+Tab'))).toBe('99,5 99-99,5-5');
  expect(told(press(only({ row: 999, column: 5 }), 'Tab'))).toBe('999,5 999-999,5-5');
});

test('Shift grows and shrinks the area about the active cell', () => {
  const grown = press(FROM, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight');
  expect(told(grown)).toBe('100,2 100-102,2-3');
  expect(told(press(grown, 'Shift+ArrowUp', 'Shift+ArrowUp', 'Shift+ArrowUp'))).toBe('100,2 99-100,2-3');
});

test('whole rows stay whole while Shift adds further ones', () => {
  expect(told(press(FROM, 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown'))).toBe('100,2 100-102,0-5');
});

test('rows and then columns select everything', () => {
  expect(told(press(FROM, 'Space', 'Ctrl+Space'))).toBe('100,2 0-999,0-5');
});

test('an arrow after a selection leaves from the active cell', () => {
  expect(told(press(FROM, 'Ctrl+Shift+End', 'ArrowDown'))).toBe('101,2 101-101,2-2');
});

const to = (row: number, column: number, how: 'only' | 'extend' | 'add'): Move => ({
  kind: 'to',
  cell: { row, column },
  how,
});

test('Ctrl and click begins a further area, and takes one away again', () => {
  const areas = (selection: Selection): Area[] => areasOf(selection, BOUNDS);
  const two = moved(FROM, to(4, 1, 'add'), BOUNDS);
  expect(areas(two)).toHaveLength(2);
  expect(two.active).toEqual({ row: 4, column: 1 });
  const longer = moved(two, to(6, 1, 'extend'), BOUNDS);
  expect(areas(longer)[1]).toEqual({ top: 4, bottom: 7, left: 1, right: 2 });
  const without = moved(two, to(100, 2, 'add'), BOUNDS);
  expect(areas(without)).toEqual([{ top: 4, bottom: 5, left: 1, right: 2 }]);
});

test('a click on a row number selects the row; with Shift up to it; with Ctrl beside the others', () => {
  const row = moved(FROM, { kind: 'row', at: 7, how: 'only' }, BOUNDS);
  expect(told(row)).toBe('7,0 7-7,0-5');
  expect(told(moved(row, { kind: 'row', at: 3, how: 'extend' }, BOUNDS))).toBe('7,0 3-7,0-5');
  const both = moved(row, { kind: 'row', at: 20, how: 'add' }, BOUNDS);
  expect(areasOf(both, BOUNDS).map(({ top }) => top)).toEqual([7, 20]);
});

test('in an empty grid nothing moves', () => {
  expect(moved(FROM, to(1, 1, 'only'), { rows: 0, columns: 6 })).toBe(FROM);
});
