/**
 * Which rows of a long list are seen, where they are drawn, and how its scroll bar stands, as pure arithmetic.
 *
 * Browsers bear no element higher than some ten to thirty million pixels (less when zoomed), which a million rows
 * exceed. Beyond {@link CANVAS_MAX} the canvas therefore stops growing: the scroll bar then stands for the share of the
 * way, and the exact position is kept beside it.
 */

/** Height up to which the canvas is as high as its rows, in CSS pixels; safe in every engine at 400 % zoom. */
export const CANVAS_MAX = 4_000_000;
/** Rows drawn above and below what is seen, so that the engine's own scrolling does not outrun the drawing. */
export const OVERSCAN = 12;
/** The same where the grid moves the rows itself. */
const OVERSCAN_SCALED = 4;

/** What a window looks at. */
export interface Extent {
  rows: number;
  rowHeight: number;
  /** Height of what is seen of the rows. */
  view: number;
}

/** Height of all rows together. */
export function fullHeight({ rows, rowHeight }: Extent): number {
  return rows * rowHeight;
}

/** Height of the canvas that is scrolled. */
export function canvasHeight(extent: Extent): number {
  return Math.min(fullHeight(extent), CANVAS_MAX);
}

/** Whether the scroll bar stands for shares instead of pixels. */
export function isScaled(extent: Extent): boolean {
  return fullHeight(extent) > CANVAS_MAX;
}

/** The farthest that rows can be scrolled. */
export function topMax(extent: Extent): number {
  return Math.max(0, fullHeight(extent) - extent.view);
}

/** A position that there is. */
export function clampTop(top: number, extent: Extent): number {
  return Math.max(0, Math.min(topMax(extent), top));
}

/** Where the scroll bar stands for a position. */
export function scrollOf(top: number, extent: Extent): number {
  const max = topMax(extent);
  if (!isScaled(extent) || max === 0) {
    return top;
  }
  return Math.round((top / max) * (canvasHeight(extent) - extent.view));
}

/** The position for which the scroll bar stands. */
export function topOf(scroll: number, extent: Extent): number {
  if (!isScaled(extent)) {
    return clampTop(scroll, extent);
  }
  return clampTop((scroll / (canvasHeight(extent) - extent.view)) * topMax(extent), extent);
}

/**
 * The position after the scroll bar was moved by something other than this window. A small step (touch, the arrows of
 * the bar) goes as far as the finger; a large one is a drag of the bar and goes to its share. At its ends the list ends.
 */
export function topAfterScroll(
  before: { top: number; scroll: number },
  scroll: number,
  extent: Extent,
  dragging: boolean,
): number {
  if (!isScaled(extent) || dragging) {
    return topOf(scroll, extent);
  }
  const step = scroll - before.scroll;
  const end = canvasHeight(extent) - extent.view;
  if (scroll <= 0 || scroll >= end || Math.abs(step) > extent.view) {
    return topOf(scroll, extent);
  }
  return clampTop(before.top + step, extent);
}

/** The rows that are seen, be it in part: from the first up to, but not including, the last. */
export function rowsSeen(top: number, { rows, rowHeight, view }: Extent): { from: number; to: number } {
  return { from: Math.floor(top / rowHeight), to: Math.min(rows, Math.ceil((top + view) / rowHeight)) };
}

/** The rows to draw: from the first up to, but not including, the last. */
export function shownRows(
  top: number,
  extent: Extent,
  overscan = isScaled(extent) ? OVERSCAN_SCALED : OVERSCAN,
): { from: number; to: number } {
  const { from, to } = rowsSeen(top, extent);
  return { from: Math.max(0, from - overscan), to: Math.min(extent.rows, to + overscan) };
}

/** Where a row is drawn on a canvas that is scrolled so far while rows from `top` on are seen. */
export function drawnAt(row: number, top: number, scroll: number, { rowHeight }: Extent): number {
  return row * rowHeight - top + scroll;
}

/** The least change of position after which the whole row is seen. */
export function topShowing(row: number, top: number, extent: Extent): number {
  const { rowHeight, view } = extent;
  const start = row * rowHeight;
  if (start < top) {
    return clampTop(start, extent);
  }
  if (start + rowHeight > top + view) {
    return clampTop(start + rowHeight - view, extent);
  }
  return clampTop(top, extent);
}

/** Whole rows seen at once, less one that both pages share: how far PageDown goes. */
export function pageRows({ rowHeight, view }: Extent): number {
  return Math.max(1, Math.floor(view / rowHeight) - 1);
}

/** The row at a height of what is seen; beyond the ends the nearest. */
export function rowAtHeight(y: number, top: number, { rows, rowHeight }: Extent): number {
  return Math.max(0, Math.min(rows - 1, Math.floor((top + y) / rowHeight)));
}
