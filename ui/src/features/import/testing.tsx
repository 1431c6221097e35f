/** What the tests of the import screens share. */

import { screen } from '@testing-library/react';
import type { Host } from '@/ipc';
import { clearInbox } from '@/shared/inbox';
import { useWorkbook } from '@/shared/queries';
import { show } from '@/test-window';
import { clearDesk } from './desk';
import { ImportScreen } from './ImportScreen';

function Screen() {
  const workbook = useWorkbook();
  return workbook ? <ImportScreen workbook={workbook} /> : null;
}

export const GOOD =
  'Date,Payee,Description,Amount\n2025-04-03,Acme,INV-104,1200.00\n2025-04-04,Beta,INV-105,-12.50\n';
export const BAD = `${GOOD}2025-31-31,Gamma,INV-106,5.00\n`;
export const BALANCED =
  'Date,Payee,Description,Amount,Balance\n2025-04-13,Acme,A,100.00,1100.00\n2025-04-14,Beta,B,-50.00,1050.00\n';
export const AMBIGUOUS = 'Date,Payee,Amount\n03/04/2025,Acme,100.00\n05/06/2025,Beta,-20.00\n';

export function file(name: string, text: BlobPart): File {
  return new File([text], name, { type: 'text/csv' });
}

/** An empty desk with an open workbook. */
export function start(): void {
  clearInbox();
  clearDesk();
}

export async function openScreen(host: Host) {
  const shown = show(<Screen />, host);
  await screen.findByTestId('drop-zone');
  return shown;
}

/** Gives files to the empty desk, and waits for the first preview. */
export async function drop(host: Host, ...files: File[]) {
  const shown = await openScreen(host);
  await shown.user.upload(screen.getByTestId('file-input'), files);
  await screen.findByTestId('import-preview');
  return shown;
}

/** A ZIP archive of stored files. */
export function zip(...files: { name: string; text: string }[]): ArrayBuffer {
  const encode = (text: string) => new TextEncoder().encode(text);
  const parts = files.flatMap(({ name, text }) => {
    const header = new DataView(new ArrayBuffer(30));
    header.setUint32(0, 0x04034b50, true);
    header.setUint32(18, encode(text).length, true);
    header.setUint32(22, encode(text).length, true);
    header.setUint16(26, encode(name).length, true);
    return [new Uint8Array(header.buffer), encode(name), encode(text)];
  });
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes.buffer;
}
