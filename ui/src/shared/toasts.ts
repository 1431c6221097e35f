import type { I18n } from '@/i18n';
import { createStore } from './store';

/** What a message offers to do. */
export interface ToastAction {
  label: string;
  run: () => void;
  testId?: string;
}

/** A short message that goes by itself. */
export interface Toast {
  id: number;
  tone: 'done' | 'notice' | 'problem';
  text: string;
  /** Words it anew once another language is chosen; without this a passing message goes, and a problem stays as it is. */
  worded?: (i18n: I18n) => string;
  action?: ToastAction;
}

/** The messages shown now, oldest first. */
export const toastStore = createStore<Toast[]>([]);

let last = 0;
const SHOWN_MS = 7000;

/** Takes a message away. */
export function dismissToast(id: number): void {
  toastStore.set((toasts) => toasts.filter((toast) => toast.id !== id));
}

/** Shows a message in place of the one before; problems stay until they are closed. At most three at once. */
export function showToast(toast: Omit<Toast, 'id'>): void {
  last += 1;
  const id = last;
  toastStore.set((toasts) => [
    ...toasts.filter((shown) => shown.tone === 'problem').slice(-2),
    { ...toast, id },
  ]);
  if (toast.tone !== 'problem') {
    window.setTimeout(() => dismissToast(id), SHOWN_MS);
  }
}

/** Takes all but the problems away: what they told of is no longer on the screen. */
export function dismissPassing(): void {
  toastStore.set((toasts) => toasts.filter((toast) => toast.tone === 'problem'));
}

/** Takes all away: who is there now is not who they were told to. */
export function clearToasts(): void {
  toastStore.set([]);
}
