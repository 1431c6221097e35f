/** Keys that only change what another key does, or a click. */
const MODIFIERS: readonly string[] = ['Shift', 'Control', 'Alt', 'AltGraph', 'Meta', 'CapsLock'];

function onKey({ key }: KeyboardEvent): void {
  if (!MODIFIERS.includes(key)) {
    document.documentElement.dataset.lastInput = 'key';
  }
}

function onPointer(): void {
  document.documentElement.dataset.lastInput = 'pointer';
}

/**
 * Tells the style sheets whether the last input was a key: whatever has the focus then shows its ring. Dialogs move the
 * focus by script, and WebKit takes a button that got it so for one that was clicked. Called once by the application.
 */
export function startLastInput(): () => void {
  window.addEventListener('keydown', onKey, true);
  window.addEventListener('pointerdown', onPointer, true);
  return () => {
    window.removeEventListener('keydown', onKey, true);
    window.removeEventListener('pointerdown', onPointer, true);
  };
}
