import { useEffect, useRef } from 'react';
import { type Permission, useMay, useRefuse } from './permission';
import { hideBarsBehind } from './scrollbars';
import { createStore, useStore } from './store';

/** A key (or several in a row) and what it does. `combo` is written as `g o`, `g v 1`, `Shift+A`, `Mod+K`, `?`, `Enter`. */
export interface KeyBinding {
  combo: string;
  label: string;
  group: string;
  run: () => void;
  /** Off while what it does is not possible; it is still listed. */
  enabled?: boolean;
  /** Off, too, for whom the role does not allow it: the key then says who may. */
  needs?: Permission;
  /** Also while a text field has the focus. */
  whileTyping?: boolean;
  /** Also while a dialog is open. */
  always?: boolean;
  /** Also while the key is held down. Off for decisions: a held key must not approve row after row. */
  repeats?: boolean;
  /** Left out of the list of keys: a second key for the same thing. */
  hidden?: boolean;
  /** Only told in the list of keys: a part of the screen sees to it while it has the focus. */
  listedOnly?: boolean;
}

const SEQUENCE_MS = 1200;
const registry = createStore<readonly KeyBinding[][]>([]);
/** What keys say that the role does not allow. */
const refusals = new WeakMap<KeyBinding, () => void>();
let modals = 0;
/** The keys of a sequence so far. */
let pending: { keys: string; at: number } | null = null;

/** Whether the focus is where letters are text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  if (target instanceof HTMLInputElement) {
    return !['checkbox', 'radio', 'button', 'submit', 'file'].includes(target.type);
  }
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** Whether the focus is on something that Enter and Space press themselves. */
function isPressable(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a[href], summary, [role="menuitem"]') !== null;
}

/** The event in the notation of `combo`. */
export function comboOf(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>,
): string {
  const { key } = event;
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) {
    parts.push('Mod');
  }
  if (event.altKey) {
    parts.push('Alt');
  }
  const letter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  if (event.shiftKey && (letter || key.length > 1)) {
    parts.push('Shift');
  }
  parts.push(letter ? (parts.length > 0 ? key.toUpperCase() : key.toLowerCase()) : key);
  return parts.join('+');
}

function find(combo: string, typing: boolean): KeyBinding | undefined {
  const resting = modals > 0;
  for (const bindings of [...registry.get()].reverse()) {
    const found = bindings.find(
      (binding) =>
        binding.combo === combo &&
        !binding.listedOnly &&
        (!typing || binding.whileTyping) &&
        (!resting || binding.always),
    );
    if (found) {
      return found;
    }
  }
  return undefined;
}

function startsSequence(keys: string): boolean {
  return registry.get().some((bindings) => bindings.some((binding) => binding.combo.startsWith(`${keys} `)));
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.key === 'Shift') {
    return;
  }
  const combo = comboOf(event);
  const typing = isTyping(event.target);
  const first = pending && Date.now() - pending.at < SEQUENCE_MS ? pending.keys : null;
  pending = null;
  const longer = first ? `${first} ${combo}` : '';
  if (longer && !typing && startsSequence(longer)) {
    pending = { keys: longer, at: Date.now() };
    event.preventDefault();
    return;
  }
  const binding = (longer && find(longer, typing)) || find(combo, typing);
  if (binding) {
    if ((combo === 'Enter' || combo === ' ') && isPressable(event.target)) {
      return;
    }
    event.preventDefault();
    if (!event.repeat && refusals.has(binding)) {
      refusals.get(binding)?.();
    } else if (binding.enabled !== false && (!event.repeat || binding.repeats)) {
      binding.run();
    }
  } else if (!typing && modals === 0) {
    const sequence = [first ? `${first} ${combo}` : '', combo].find((keys) => keys && startsSequence(keys));
    pending = sequence ? { keys: sequence, at: Date.now() } : null;
  }
}

/** Listens for keys; answers how to stop. Called once by the application. */
export function startKeys(): () => void {
  window.addEventListener('keydown', onKeyDown);
  return () => window.removeEventListener('keydown', onKeyDown);
}

/** Makes keys work while the component is shown; later ones go before earlier ones. */
export function useKeys(bindings: KeyBinding[]): void {
  const slot = useRef<KeyBinding[]>([]);
  useEffect(() => {
    const mine = slot.current;
    registry.set((all) => [...all, mine]);
    return () => registry.set((all) => all.filter((other) => other !== mine));
  }, []);
  const may = useMay();
  const refuse = useRefuse();
  useEffect(() => {
    const allowed = bindings.map((binding) => {
      if (may(binding.needs)) {
        return binding;
      }
      const off = { ...binding, enabled: false };
      if (binding.enabled !== false) {
        refusals.set(off, () => refuse(binding.needs));
      }
      return off;
    });
    slot.current.splice(0, slot.current.length, ...allowed);
  });
}

/** Every key that works now, for the list of keys and the palette. */
export function useAllKeys(): KeyBinding[] {
  return useStore(registry).flat();
}

/** Tells that a dialog is open: the keys of the screen behind it rest. */
export function useModal(open: boolean): void {
  useEffect(() => {
    if (!open) {
      return;
    }
    modals += 1;
    hideBarsBehind(true);
    return () => {
      modals -= 1;
      hideBarsBehind(modals > 0);
    };
  }, [open]);
}

/**
 * {@link useModal}, closed by Escape wherever the focus is. A dialog hears keys only once it has the focus, which it takes
 * late where a screen reader opened it, or while the window is busy: until then Escape would go nowhere.
 */
export function useOverlay(onClose: () => void): void {
  useModal(true);
  useKeys([
    { combo: 'Escape', label: '', group: '', run: onClose, always: true, whileTyping: true, hidden: true },
  ]);
}
