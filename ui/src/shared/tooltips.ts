function isCutOff(element: HTMLElement): boolean {
  return element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1;
}

function shortens(element: HTMLElement): boolean {
  const { textOverflow, webkitLineClamp } = getComputedStyle(element);
  return (
    textOverflow === 'ellipsis' || (webkitLineClamp !== undefined && !['', 'none'].includes(webkitLineClamp))
  );
}

/** Longer ones would cover the window. */
const TEXT_MAX = 600;

function onPointerOver({ target }: Event): void {
  for (let element = target; element instanceof HTMLElement; element = element.parentElement) {
    if (element.title !== '' && element.dataset.whole === undefined) {
      return;
    }
    if (shortens(element)) {
      const text = element.innerText.trim();
      if (isCutOff(element) && text !== '') {
        element.title = text.length > TEXT_MAX ? `${text.slice(0, TEXT_MAX)}…` : text;
        element.dataset.whole = '';
      } else if (element.dataset.whole !== undefined) {
        element.removeAttribute('title');
        delete element.dataset.whole;
      }
      return;
    }
  }
}

/** Wherever a text is shortened by an ellipsis, pointing at it tells the whole. Called once by the application. */
export function startTooltips(): () => void {
  document.addEventListener('pointerover', onPointerOver, { passive: true });
  return () => document.removeEventListener('pointerover', onPointerOver);
}
