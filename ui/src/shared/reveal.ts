const FIELDS = 'input, select, textarea';
/** Kept free around a field. */
const ROOM = '14px';
/** What scrolls by itself. */
const OWN = '[role="grid"]';

/** Whether a button of the mouse is down: what scrolls away beneath it is not clicked any more. */
let pressed = false;
/** The field that got the focus meanwhile. */
let waiting: HTMLElement | null = null;

function show(field: HTMLElement): void {
  // Set only for now: WebKit takes what lies within it for seen, and then does not scroll to it where others ask.
  field.style.scrollMargin = ROOM;
  field.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  field.style.scrollMargin = '';
}

function isField(target: EventTarget | null): target is HTMLElement {
  return target instanceof HTMLElement && target.matches(FIELDS) && target.closest(OWN) === null;
}

function onFocusIn({ target }: FocusEvent): void {
  if (!isField(target)) {
    return;
  }
  if (pressed) {
    waiting = target;
  } else {
    show(target);
  }
}

function onDown(): void {
  pressed = true;
  waiting = null;
}

function onUp(): void {
  pressed = false;
  const field = waiting;
  waiting = null;
  if (field) {
    // After the click, which comes behind this.
    window.setTimeout(() => document.activeElement === field && show(field));
  }
}

/**
 * Shows a field whole as soon as it has the focus. WebKit scrolls late, and no further than the text in it: of a field at
 * the edge of a screen a part would stay cut off. Called once by the application.
 */
export function startReveal(): () => void {
  const ends = ['pointerup', 'pointercancel', 'dragend'] as const;
  document.addEventListener('focusin', onFocusIn);
  document.addEventListener('pointerdown', onDown, true);
  for (const end of ends) {
    document.addEventListener(end, onUp, true);
  }
  return () => {
    document.removeEventListener('focusin', onFocusIn);
    document.removeEventListener('pointerdown', onDown, true);
    for (const end of ends) {
      document.removeEventListener(end, onUp, true);
    }
  };
}
