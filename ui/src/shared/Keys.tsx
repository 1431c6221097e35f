const SIGNS: Record<string, string> = {
  Shift: '⇧',
  Enter: '↵',
  Escape: 'Esc',
  ArrowDown: '↓',
  ArrowUp: '↑',
  ArrowLeft: '←',
  ArrowRight: '→',
  Arrows: '↑↓←→',
  ' ': '␣',
  Space: '␣',
  Tab: '⇥',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
};

/** The sign of the command key: ⌘ on a Mac, Ctrl elsewhere. */
export function modSign(): string {
  return /Mac/.test(navigator.userAgent) ? '⌘' : 'Ctrl';
}

/** A key combination as small key caps. Screen readers get it from `aria-keyshortcuts`. */
export function Keys({ combo }: { combo: string }) {
  return (
    <span className="keys" aria-hidden>
      {(combo === ' ' ? [combo] : combo.split(' ')).map((chord) => (
        <kbd key={chord}>
          {chord
            .split(/\+(?=.)/)
            .map((part) => (part === 'Mod' ? `${modSign()} ` : (SIGNS[part] ?? part)))
            .join('')}
        </kbd>
      ))}
    </span>
  );
}
