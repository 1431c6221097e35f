const FOCUSABLE = 'button:enabled, a[href], input:enabled, select:enabled, textarea:enabled, [tabindex="0"]';

function scrolls(element: HTMLElement): boolean {
  const { overflowX, overflowY } = getComputedStyle(element);
  const moves = (overflow: string) => overflow === 'auto' || overflow === 'scroll';
  return (
    (moves(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
    (moves(overflowY) && element.scrollHeight > element.clientHeight + 1)
  );
}

/**
 * A ref that makes a region a stop of the Tab key while, and only while, it has to be scrolled to be seen whole and
 * holds nothing else to stop at. Chromium does so by itself, WebKit does not.
 */
export function scrollable(element: HTMLElement | null): (() => void) | undefined {
  if (element === null || typeof ResizeObserver === 'undefined') {
    return undefined;
  }
  function look(): void {
    if (element === null) {
      return;
    }
    if (scrolls(element) && element.querySelector(FOCUSABLE) === null) {
      element.tabIndex = 0;
      element.ariaLabel ??= element.querySelector('h2, h3')?.textContent ?? null;
    } else {
      element.removeAttribute('tabindex');
    }
  }
  const sizes = new ResizeObserver(look);
  function watch(): void {
    sizes.disconnect();
    for (const part of element ? [element, ...element.children] : []) {
      sizes.observe(part);
    }
  }
  const parts = new MutationObserver(watch);
  parts.observe(element, { childList: true });
  watch();
  return () => {
    sizes.disconnect();
    parts.disconnect();
  };
}
