const FIELDS = 'input, select, textarea';
/** What scrolls by itself. */
const OWN = '[role="grid"]';

function onFocusIn({ target }: FocusEvent): void {
  if (target instanceof HTMLElement && target.matches(FIELDS) && !target.closest(OWN)) {
    target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
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
