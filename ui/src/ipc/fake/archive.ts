/** Reads a ZIP archive: enough of one to show what becomes of its files. */

const ENTRY = 0x04034b50;
const STORED = 0;

/** Whether these are the bytes of an archive. */
export function isArchive(bytes: Uint8Array): boolean {
  return bytes.length > 30 && new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) === ENTRY;
}

async function inflate(bytes: Uint8Array): Promise<string> {
  const body = new Blob([bytes as BlobPart]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(body).text();
}

/** The files in it. */
export async function filesOf(bytes: Uint8Array): Promise<{ name: string; text: string }[]> {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const files: { name: string; text: string }[] = [];
  let at = 0;
  while (at + 30 < bytes.length && view.getUint32(at, true) === ENTRY) {
    const size = view.getUint32(at + 18, true);
    const begin = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const name = new TextDecoder().decode(bytes.subarray(at + 30, at + 30 + view.getUint16(at + 26, true)));
    const body = bytes.slice(begin, begin + size);
    const stored = view.getUint16(at + 8, true) === STORED;
    if (!name.endsWith('/')) {
      files.push({ name, text: stored ? new TextDecoder().decode(body) : await inflate(body) });
    }
    at = begin + size;
  }
  return files;
}
