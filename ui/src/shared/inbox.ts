import type { SideView } from '@/ipc';
import { createStore } from './store';

/** A file that waits to be looked into: picked or dropped in the window, or lying at a known path. */
export interface InboxFile {
  key: string;
  name: string;
  side: SideView | null;
  source: { kind: 'bytes'; file: File } | { kind: 'path'; path: string };
}

/** Files that wait, first in first out. Any screen may add; the import screen takes them. */
export const inboxStore = createStore<InboxFile[]>([]);

let last = 0;

function nextKey(): string {
  last += 1;
  return `file-${last}`;
}

/** Adds files dropped or picked in the window. */
export function addFiles(files: Iterable<File>): void {
  const added = [...files].map(
    (file): InboxFile => ({ key: nextKey(), name: file.name, side: null, source: { kind: 'bytes', file } }),
  );
  inboxStore.set((waiting) => [...waiting, ...added]);
}

/** Adds a file by its path, unless it waits already. */
export function addPath(path: string, name: string, side: SideView): void {
  inboxStore.set((waiting) =>
    waiting.some((item) => item.source.kind === 'path' && item.source.path === path)
      ? waiting
      : [...waiting, { key: nextKey(), name, side, source: { kind: 'path', path } }],
  );
}

/** Takes a file out. */
export function removeFromInbox(key: string): void {
  inboxStore.set((waiting) => waiting.filter((item) => item.key !== key));
}

/** Forgets all files, when the workbook closes. */
export function clearInbox(): void {
  inboxStore.set([]);
}
