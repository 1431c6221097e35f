const NAMED = 'label, legend, h2, h3, th, button';
const CONTROLS = 'input, select, textarea';
/** What is marked as found: a field with its label and hint, or a panel's heading. */
const FRAMES = '.field, fieldset, .check, .panel-head';
const POLL_MS = 50;
/** Until what the section asked the host for is there. */
const PATIENCE_MS = 5000;
const MARKED_MS = 2400;

/** What carries the text, as its whole or before a hint or a key. */
export function named(root: ParentNode, text: string): HTMLElement | undefined {
  const all = [...root.querySelectorAll<HTMLElement>(NAMED)];
  const said = (element: HTMLElement) => (element.textContent ?? '').trim();
  return (
    all.find((element) => said(element) === text) ?? all.find((element) => said(element).startsWith(text))
  );
}

function controlOf(element: HTMLElement): HTMLElement | null {
  if (element instanceof HTMLButtonElement) {
    return element;
  }
  if (element instanceof HTMLLabelElement && element.htmlFor !== '') {
    return document.getElementById(element.htmlFor);
  }
  const frame = element.closest<HTMLElement>('label, fieldset');
  return frame?.querySelector<HTMLElement>(`${CONTROLS}:checked, ${CONTROLS}`) ?? null;
}

function show(element: HTMLElement): void {
  const frame = element.closest(FRAMES) ?? element;
  frame.scrollIntoView({ block: 'center' });
  controlOf(element)?.focus({ preventScroll: true });
  frame.classList.add('setting-found');
  window.setTimeout(() => frame.classList.remove('setting-found'), MARKED_MS);
}

/** Scrolls to what carries the first of the texts that is shown, marks it, and puts the focus on it; answers how to stop. */
export function showField(root: ParentNode, texts: readonly string[]): () => void {
  let timer = 0;
  const began = Date.now();
  const look = () => {
    const found = texts.map((text) => named(root, text)).find((element) => element !== undefined);
    if (found) {
      show(found);
    } else if (Date.now() - began < PATIENCE_MS) {
      timer = window.setTimeout(look, POLL_MS);
    }
  };
  look();
  return () => window.clearTimeout(timer);
}
