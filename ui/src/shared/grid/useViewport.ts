import { type RefObject, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { clampTop, type Extent, isScaled, scrollOf, shownRows, topAfterScroll, topShowing } from './window';

/** Height of a row, and of the heading above them. */
export const ROW_HEIGHT = 28;
export const HEAD_HEIGHT = 32;

/** The scroll bar of a scaled list follows once nothing has moved for so long. */
const SETTLE_MS = 140;

/** The part of the rows that is seen. */
export interface Viewport {
  scrollRef: RefObject<HTMLDivElement | null>;
  extent: Extent;
  /** Distance of what is seen from the first row, in CSS pixels of all rows. */
  top: number;
  /** How far the element is scrolled: `top` is seen at this height of the canvas. */
  scroll: number;
  /** Width of what is seen. */
  width: number;
  /** Scrolled sideways: the row numbers have to be held at the edge. */
  aside: boolean;
  rows: { from: number; to: number };
  onScroll: () => void;
  scrollTo: (top: number) => void;
  /** Scrolls as little as needed to show a row whole. */
  reveal: (row: number) => void;
}

/** Knows how large the element is that scrolls. */
function useSize(ref: RefObject<HTMLDivElement | null>): { width: number; height: number } {
  const [size, setSize] = useState({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) {
      return;
    }
    const measure = () =>
      setSize((before) => {
        const { clientWidth: width, clientHeight: height } = element;
        return before.width === width && before.height === height ? before : { width, height };
      });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return size;
}

/** Whether the pointer holds the scroll bar. */
function useBarHeld(ref: RefObject<HTMLDivElement | null>): RefObject<boolean> {
  const held = useRef(false);
  useLayoutEffect(() => {
    const element = ref.current;
    const press = (event: PointerEvent) => {
      held.current = event.target === element && event.offsetX >= (element?.clientWidth ?? 0);
    };
    const release = () => {
      held.current = false;
    };
    element?.addEventListener('pointerdown', press);
    window.addEventListener('pointerup', release);
    return () => {
      element?.removeEventListener('pointerdown', press);
      window.removeEventListener('pointerup', release);
    };
  }, [ref]);
  return held;
}

function wheelPixels(event: WheelEvent, view: number): number {
  const unit = event.deltaMode === 1 ? ROW_HEIGHT : event.deltaMode === 2 ? view : 1;
  return event.deltaY * unit;
}

/** Keeps which rows are seen, through scrolling, keys and changes of size. */
export function useViewport(total: number): Viewport {
  const scrollRef = useRef<HTMLDivElement>(null);
  const { width, height } = useSize(scrollRef);
  const held = useBarHeld(scrollRef);
  const [top, setTop] = useState(0);
  // The scroll bar's last known place; what differs from it was done by somebody else.
  const bar = useRef(0);
  const settle = useRef(0);
  const extent = useMemo<Extent>(
    () => ({ rows: total, rowHeight: ROW_HEIGHT, view: Math.max(ROW_HEIGHT, height - HEAD_HEIGHT) }),
    [total, height],
  );
  const now = useRef({ top, extent });
  const fitTop = clampTop(top, extent);
  now.current = { top: fitTop, extent };
  const [free, setFree] = useState(false);
  const [aside, setAside] = useState(false);
  const asideNow = useRef(false);
  const scaled = isScaled(extent);

  const place = useCallback((next: number): void => {
    now.current = { ...now.current, top: next };
    setTop(next);
  }, []);
  // Moving the bar with every step would have the engine draw the whole canvas anew: it follows once all is at rest.
  const letFree = useCallback((): void => {
    setFree(true);
    window.clearTimeout(settle.current);
    settle.current = window.setTimeout(() => !held.current && setFree(false), SETTLE_MS);
  }, [held]);
  const scrollTo = useCallback(
    (next: number) => {
      const { extent: size } = now.current;
      if (isScaled(size)) {
        letFree();
      } else {
        setFree(false);
      }
      place(Math.round(clampTop(next, size)));
    },
    [place, letFree],
  );
  const reveal = useCallback(
    (row: number) => scrollTo(topShowing(row, now.current.top, now.current.extent)),
    [scrollTo],
  );

  useLayoutEffect(() => () => window.clearTimeout(settle.current), []);

  // The bar follows the position, in the same frame as the rows.
  useLayoutEffect(() => {
    const element = scrollRef.current;
    const wanted = scrollOf(fitTop, extent);
    // Not read from the element: that would lay the new rows out once more than painting does.
    if (element && !free && Math.abs(bar.current - wanted) >= 1) {
      element.scrollTop = wanted;
      bar.current = wanted;
    }
  }, [fitTop, extent, free]);

  const onScroll = useCallback(() => {
    const element = scrollRef.current;
    if (!element) {
      return;
    }
    const isAside = element.scrollLeft > 0;
    if (isAside !== asideNow.current) {
      asideNow.current = isAside;
      flushSync(() => setAside(isAside));
    }
    if (Math.abs(element.scrollTop - bar.current) < 1) {
      return;
    }
    const { extent: size, top: before } = now.current;
    const scroll = element.scrollTop;
    const next = Math.round(topAfterScroll({ top: before, scroll: bar.current }, scroll, size, held.current));
    bar.current = scroll;
    // Painted in the frame of the scroll itself: later, the rows would lag behind the bar.
    flushSync(() => {
      if (isScaled(size)) {
        letFree();
      }
      place(next);
    });
  }, [place, held, letFree]);

  // With shares on the bar the wheel would leap: it moves the rows themselves.
  useLayoutEffect(() => {
    const element = scrollRef.current;
    if (!element || !scaled) {
      return;
    }
    const onWheel = (event: WheelEvent) => {
      const sideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (event.ctrlKey || sideways) {
        return;
      }
      event.preventDefault();
      const { top: before, extent: size } = now.current;
      scrollTo(before + wheelPixels(event, size.view));
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scaled, scrollTo]);

  const rows = useMemo(() => shownRows(fitTop, extent), [fitTop, extent]);
  const scroll = free ? bar.current : scrollOf(fitTop, extent);
  return { scrollRef, extent, top: fitTop, scroll, width, aside, rows, onScroll, scrollTo, reveal };
}
