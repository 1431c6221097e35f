/** Whether scrollbars lie over what they scroll and take no room of it. */
function overlay(): boolean {
  const probe = document.createElement('div');
  probe.style.cssText = 'position: absolute; visibility: hidden; width: 60px; overflow-y: scroll;';
  document.body.append(probe);
  const room = probe.offsetWidth - probe.clientWidth;
  probe.remove();
  return room <= 0;
}

let overlays: boolean | null = null;

/**
 * Tells the style sheets that something lies over the screen. WebKit paints scrollbars without room of their own above
 * everything else where no graphics processor draws, dialogs included. Those that have room stay: nothing may shift.
 */
export function hideBarsBehind(isOpen: boolean): void {
  overlays ??= overlay();
  document.documentElement.toggleAttribute('data-bars-hidden', isOpen && overlays);
}
