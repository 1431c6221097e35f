import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { GridData } from './useGridData';
import type { Viewport } from './useViewport';
import { rowsSeen } from './window';

/** Rows that are not there yet are shown as grey ones only once they take longer than this. */
const HOLD_MS = 300;

/**
 * What is shown of the rows: where the window looks, or, while the rows there are on their way, the last rows that were
 * all there. So the list can be thrown by thousands of rows a frame without a blank one.
 */
export function useHeld(viewport: Viewport, data: GridData): Viewport {
  const { top, rows, extent } = viewport;
  const { key, own, onShow, rowAt } = data;
  useEffect(() => onShow(rows.from, rows.to), [onShow, rows]);
  const shown = useRef({ key: '', top, rows });
  const [isLate, setLate] = useState(false);
  const seen = rowsSeen(top, extent);
  let ready = true;
  for (let row = seen.from; row < seen.to; row += 1) {
    ready = ready && rowAt(row) !== undefined;
  }
  const { current: last } = shown;
  const holds = !ready && !isLate && own && last.key === key && last.rows.to <= extent.rows;
  useLayoutEffect(() => {
    if (ready) {
      shown.current = { key, top, rows };
      setLate(false);
    }
  }, [ready, key, top, rows]);
  useEffect(() => {
    const timer = holds ? window.setTimeout(() => setLate(true), HOLD_MS) : undefined;
    return () => window.clearTimeout(timer);
  }, [holds]);
  return holds ? { ...viewport, top: last.top, rows: last.rows } : viewport;
}
