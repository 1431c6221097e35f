import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { GridData } from './useGridData';
import type { Viewport } from './useViewport';
import { rowsSeen } from './window';

/** Rows that are not there yet are shown as grey ones only where one rests for longer than this. */
const HOLD_MS = 300;
/** Places that were passed since one was shown. */
const PASSED_MAX = 64;

/** Where the window looks, or looked. */
type Place = Pick<Viewport, 'top' | 'rows'>;

/**
 * What is shown of the rows: where the window looks, or, while the rows there are on their way, the last place that it
 * passed whose rows are all there. So the list can be thrown by thousands of rows a frame without a blank one.
 */
export function useHeld(viewport: Viewport, data: GridData): Viewport {
  const { top, rows, extent } = viewport;
  const { key, own, onShow, rowAt } = data;
  useEffect(() => onShow(rows.from, rows.to), [onShow, rows]);
  // The first is what is shown, the others came since.
  const passed = useRef<{ key: string; places: Place[] }>({ key: '', places: [] });
  const [isLate, setLate] = useState(false);
  const isThere = (place: Place) => {
    const seen = rowsSeen(place.top, extent);
    for (let row = seen.from; row < seen.to; row += 1) {
      if (rowAt(row) === undefined) {
        return false;
      }
    }
    return place.rows.to <= extent.rows;
  };
  const ready = isThere({ top, rows });
  const earlier = !ready && !isLate && own && passed.current.key === key ? passed.current.places : [];
  const held = earlier.findLast(isThere);
  useLayoutEffect(() => {
    const here = { top, rows };
    const { places } = passed.current;
    const since = held ? [held, ...places.slice(places.indexOf(held) + 1).slice(-PASSED_MAX)] : [];
    passed.current = { key, places: [...since, here] };
    if (ready) {
      setLate(false);
    }
  }, [ready, held, key, top, rows]);
  const rests = held !== undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each move begins the time anew
  useEffect(() => {
    const timer = rests ? window.setTimeout(() => setLate(true), HOLD_MS) : undefined;
    return () => window.clearTimeout(timer);
  }, [rests, top]);
  return held ? { ...viewport, ...held } : viewport;
}
