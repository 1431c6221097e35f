import type { SideView } from '@/ipc';
import { createStore } from './store';

/** Where a waiting file comes from: dropped in the window, lying at a known path, or an import to be tried again. */
export type FileSource =
  | { kind: 'bytes'; file: File }
  | { kind: 'path'; path: string; maxMib: number | null }
  | { kind: 'retry'; batchId: string };

/** A file that waits to be looked into. */
export interface InboxFile {
  key: string;
  name: string;
  side: SideView | null;
  source: FileSource;
}

/** Files that wait, first in first out. Any screen may add; the import screen takes them. */
export const inboxStore = createStore<InboxFile[]>([]);

let last = 0;

function nextKey(): string {
  last += 1;
  return `file-${last}`;
}

function add(files: readonly Omit<InboxFile, 'key'>[]): void {
  const added = files.map((file) => ({ ...file, key: nextKey() }));
  inboxStore.set((waiting) => [...waiting, ...added]);
}

/** Adds files dropped or picked in the window. */
export function addFiles(files: Iterable<File>): void {
  add([...files].map((file) => ({ name: file.name, side: null, source: { kind: 'bytes', file } })));
}

/** Adds text that was pasted, as a file of the given name. */
export function addPasted(text: string, name: string, side: SideView): void {
  const file = new File([text], name, { type: 'text/tab-separated-values' });
  add([{ name, side, source: { kind: 'bytes', file } }]);
}

/** Adds a file by its path, unless it waits already; `maxMib` where a larger one than usual is wanted. */
export function addPath(
  path: string,
  name: string,
  side: SideView | null,
  maxMib: number | null = null,
): void {
  const waits = inboxStore.get().some(({ source }) => source.kind === 'path' && source.path === path);
  if (!waits) {
    add([{ name, side, source: { kind: 'path', path, maxMib } }]);
  }
}

/** Adds files by their paths. */
export function addPaths(paths: readonly string[]): void {
  for (const path of paths) {
    addPath(path, path.split(/[/\\]/).at(-1) ?? path, null);
  }
}

/** Adds the file of an import that failed. */
export function addRetry(batchId: string, name: string, side: SideView): void {
  add([{ name, side, source: { kind: 'retry', batchId } }]);
}

/** Takes a file out. */
export function removeFromInbox(key: string): void {
  inboxStore.set((waiting) => waiting.filter((item) => item.key !== key));
}

/** Forgets all files, when the workbook closes. */
export function clearInbox(): void {
  inboxStore.set([]);
}
