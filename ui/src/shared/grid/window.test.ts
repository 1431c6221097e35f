import { describe, expect, test } from 'vitest';
import {
  CANVAS_MAX,
  canvasHeight,
  clampTop,
  drawnAt,
  type Extent,
  isScaled,
  pageRows,
  rowAtHeight,
  scrollOf,
  shownRows,
  topAfterScroll,
  topMax,
  topOf,
  topShowing,
} from './window';

const SHORT: Extent = { rows: 500, rowHeight: 28, view: 700 };
const MILLION: Extent = { rows: 1_000_000, rowHeight: 28, view: 700 };
const END = CANVAS_MAX - 700;

describe('of a list that an element can hold', () => {
  test('the scroll bar stands for pixels', () => {
    expect(isScaled(SHORT)).toBe(false);
    expect(canvasHeight(SHORT)).toBe(14_000);
    expect(scrollOf(1234, SHORT)).toBe(1234);
    expect(topOf(1234, SHORT)).toBe(1234);
    expect(drawnAt(100, 1234, 1234, SHORT)).toBe(2800);
  });

  test('what is seen is drawn, with some rows beyond', () => {
    expect(shownRows(2800, SHORT, 10)).toEqual({ from: 90, to: 135 });
    expect(shownRows(0, SHORT, 10)).toEqual({ from: 0, to: 35 });
    expect(shownRows(topMax(SHORT), SHORT, 10)).toEqual({ from: 465, to: 500 });
  });
});

describe('of a million rows', () => {
  test('the canvas stays below what engines bear', () => {
    expect(isScaled(MILLION)).toBe(true);
    expect(canvasHeight(MILLION)).toBe(CANVAS_MAX);
  });

  test('both ends of the bar are both ends of the list', () => {
    expect(topOf(0, MILLION)).toBe(0);
    expect(topOf(END, MILLION)).toBe(topMax(MILLION));
    expect(scrollOf(topMax(MILLION), MILLION)).toBe(END);
    expect(shownRows(topMax(MILLION), MILLION, 0)).toEqual({ from: 999_975, to: 1_000_000 });
  });

  test('every row can be shown, and is drawn where it is seen', () => {
    for (const row of [0, 1, 24, 25, 4_711, 499_999, 999_974, 999_975, 999_998, 999_999]) {
      const top = topShowing(row, 0, MILLION);
      const scroll = scrollOf(top, MILLION);
      const y = drawnAt(row, top, scroll, MILLION) - scroll;
      expect(y, `row ${row}`).toBeGreaterThanOrEqual(0);
      expect(y + 28, `row ${row}`).toBeLessThanOrEqual(700);
      expect(rowAtHeight(y, top, MILLION)).toBe(row);
      const { from, to } = shownRows(top, MILLION);
      expect(row >= from && row < to).toBe(true);
    }
  });

  test('the last row ends exactly at the end of the canvas', () => {
    const top = topMax(MILLION);
    expect(drawnAt(999_999, top, scrollOf(top, MILLION), MILLION) + 28).toBe(CANVAS_MAX);
  });

  test('a small step of the bar goes as far as the finger, a large one to its share', () => {
    const before = { top: 14_000_000, scroll: scrollOf(14_000_000, MILLION) };
    expect(topAfterScroll(before, before.scroll + 50, MILLION, false)).toBe(14_000_050);
    expect(topAfterScroll(before, before.scroll - 50, MILLION, false)).toBe(13_999_950);
    const far = topAfterScroll(before, 100_000, MILLION, false);
    expect(far).toBe(topOf(100_000, MILLION));
    // A held bar always stands for its share, or the thumb would run away from the pointer.
    expect(topAfterScroll(before, before.scroll + 50, MILLION, true)).toBe(
      topOf(before.scroll + 50, MILLION),
    );
  });

  test('where the bar ends the list ends, however small the step', () => {
    const nearStart = { top: 5_000, scroll: 40 };
    expect(topAfterScroll(nearStart, 0, MILLION, false)).toBe(0);
    const nearEnd = { top: topMax(MILLION) - 5_000, scroll: END - 40 };
    expect(topAfterScroll(nearEnd, END, MILLION, false)).toBe(topMax(MILLION));
  });
});

test('a row that is seen whole needs no scrolling', () => {
  expect(topShowing(110, 2800, SHORT)).toBe(2800);
  expect(topShowing(99, 2800, SHORT)).toBe(2772);
  expect(topShowing(125, 2800, SHORT)).toBe(2828);
});

test('PageDown keeps a row of the page before in view', () => {
  expect(pageRows(MILLION)).toBe(24);
  expect(pageRows({ ...MILLION, view: 20 })).toBe(1);
});

test('a list shorter than the window does not scroll, an empty one shows nothing', () => {
  const few = { ...SHORT, rows: 3 };
  expect(topMax(few)).toBe(0);
  expect(clampTop(900, few)).toBe(0);
  expect(scrollOf(0, few)).toBe(0);
  expect(shownRows(0, few)).toEqual({ from: 0, to: 3 });
  expect(shownRows(0, { ...SHORT, rows: 0 })).toEqual({ from: 0, to: 0 });
});

test('when rows go, what is seen stays within the list', () => {
  expect(clampTop(20_000_000, { ...MILLION, rows: 100 })).toBe(2100);
});
