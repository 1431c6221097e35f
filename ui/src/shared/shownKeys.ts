import type { RefObject } from 'react';
import { useKeys } from './keys';

/** Presses the button that shows a key, wherever in the dialog the focus is; fields and buttons take Enter for themselves. */
export function useShownKeys(dialog: RefObject<HTMLElement | null>): void {
  useKeys(
    (['Enter', 'Mod+Enter'] as const).map((combo) => ({
      combo,
      label: '',
      group: '',
      run: () => dialog.current?.querySelector<HTMLElement>(`button[aria-keyshortcuts="${combo}"]`)?.click(),
      always: true,
      whileTyping: combo === 'Mod+Enter',
      hidden: true,
    })),
  );
}
