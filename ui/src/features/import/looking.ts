/** From a waiting file to its preview. */

import { asCommandError, host, type ImportPreview } from '@/ipc';
import { addPath, addPaths, type InboxFile, inboxStore, removeFromInbox } from '@/shared/inbox';
import { runTask } from '@/shared/task';
import { type DeskFile, deskStore, fileOf, inTurn, takeOff, update } from './desk';

/** Bytes of a dropped file that are taken at once; a larger one is read by its path, piece by piece. */
const DROPPED_BYTES_MAX = 50 * 1024 * 1024;

function laid(origin: InboxFile, key = origin.key): DeskFile {
  const { source, name } = origin;
  const large = source.kind === 'bytes' && source.file.size > DROPPED_BYTES_MAX;
  return {
    key,
    name,
    origin,
    phase: large ? 'tooLarge' : 'waiting',
    preview: null,
    refusal: null,
    readings: 0,
    answered: [],
    replanned: false,
  };
}

/** Puts every waiting file on the desk and looks into one after the other. */
export function takeAll(): void {
  for (const origin of inboxStore.get()) {
    removeFromInbox(origin.key);
    const file = laid(origin);
    deskStore.set((files) => [...files, file]);
    if (file.phase === 'waiting') {
      void inTurn(() => look(file));
    }
  }
}

async function ask({ name, side, source }: InboxFile): Promise<ImportPreview[]> {
  switch (source.kind) {
    case 'path':
      return runTask('preview_import_file', {
        request: { path: source.path, side, maxMib: source.maxMib },
      });
    case 'retry':
      return runTask('retry_import', { batchId: source.batchId });
    case 'bytes':
      return host().previewBytes(name, side, new Uint8Array(await source.file.arrayBuffer()));
  }
}

/** An archive lies on the desk as its files. */
function lay(file: DeskFile, previews: readonly ImportPreview[]): void {
  const found = previews.map(
    (preview, index): DeskFile => ({
      ...file,
      key: index === 0 ? file.key : `${file.key}.${index}`,
      name: preview.fileName,
      phase: 'preview',
      preview,
      readings: 1,
    }),
  );
  deskStore.set((files) => files.flatMap((other) => (other.key === file.key ? found : [other])));
}

async function look(file: DeskFile): Promise<void> {
  if (!fileOf(file.key)) {
    return;
  }
  update(file.key, { phase: 'reading', refusal: null });
  try {
    const previews = await ask(file.origin);
    if (fileOf(file.key)) {
      lay(file, previews);
    } else {
      // It was put aside meanwhile.
      await Promise.all(previews.map(({ token }) => host().call('discard_import', { token })));
    }
  } catch (fault) {
    update(file.key, { phase: 'refused', refusal: asCommandError(fault) });
  }
}

/** Looks into a file once more. */
export function lookAgain(file: DeskFile): void {
  update(file.key, { phase: 'waiting', refusal: null });
  void inTurn(() => look(file));
}

/** Looks into a file although it is larger than usual. */
export function lookAnyway(file: DeskFile, maxMib: number): void {
  const { name, side, source } = file.origin;
  if (source.kind === 'path') {
    takeOff(file.key);
    addPath(source.path, name, side, maxMib);
  }
}

/** What files are taken up to without being asked to, in MiB. */
const USUAL_LIMIT = 50;

/** The limit that a file is beyond, in MiB; `null` where it was refused for another reason. */
export function limitExceeded(file: DeskFile): number | null {
  const { source } = file.origin;
  if (source.kind !== 'path' || file.refusal?.code !== 'fileTooLarge') {
    return null;
  }
  return source.maxMib ?? USUAL_LIMIT;
}

/** Asks for files in the system's dialog; answers whether there is one. */
export async function choosePaths(): Promise<boolean> {
  try {
    addPaths(await host().call('pick_import_paths', {}));
    return true;
  } catch {
    return false;
  }
}
