const FIELDS = 'input, select, textarea';
/** Kept free around a field. */
const ROOM = '14px';
/** What scrolls by itself. */
const OWN = '[role="grid"]';

function onFocusIn({ target }: FocusEvent): void {
  if (target instanceof HTMLElement && target.matches(FIELDS) && !target.closest(OWN)) {
    // Set only for now: WebKit takes what lies within it for seen, and then does not scroll to it where others ask.
    target.style.scrollMargin = ROOM;
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    target.style.scrollMargin = '';
  }
}

/**
 * Shows a field whole as soon as it has the focus. WebKit scrolls late, and no further than the text in it: of a field at
 * the edge of a screen a part would stay cut off. Called once by the application.
 */
export function startReveal(): () => void {
  document.addEventListener('focusin', onFocusIn);
  return () => document.removeEventListener('focusin', onFocusIn);
}
