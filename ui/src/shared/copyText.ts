/** Puts text on the clipboard. The window may, without asking each time: it was a key or a button of its own. */
export function copyText(text: string): Promise<void> {
  return navigator.clipboard.writeText(text);
}
