/** What the tests of the records share. */

import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect } from 'vitest';
import { setLanguage } from '@/i18n';
import type { GridPage, GridRequest, Host } from '@/ipc';
import { inboxStore } from '@/shared/inbox';
import { goTo, usePlace } from '@/shared/navigation';
import { setNegatives } from '@/shared/preferences';
import { toastStore } from '@/shared/toasts';
import { createFakeHost, show } from '@/test-window';
import { RecordsScreen } from './RecordsScreen';
import { forgetRecords } from './remembered';

/** Puts everything back that a test may have left behind. */
export function fresh(): void {
  window.localStorage.clear();
  setLanguage('en');
  setNegatives('minus');
  forgetRecords();
  toastStore.set([]);
  inboxStore.set([]);
}

const SMALL = { lines: 5_000, entries: 400, matches: 300, exceptions: 200, events: 50 };
export const smallHost = () => createFakeHost({ open: true, gridRows: SMALL });

function Here({ workbook }: { workbook: Parameters<typeof RecordsScreen>[0]['workbook'] }) {
  const place = usePlace();
  return place.screen === 'records' ? <RecordsScreen workbook={workbook} focus={place.focus} /> : null;
}

export async function open(host: Host = smallHost(), focus = 'grid=lines') {
  goTo('records', focus);
  const workbook = await host.call('workbook', {});
  const shown = show(<Here workbook={workbook} />, host);
  return { ...shown, host };
}

export async function opened(host: Host = smallHost(), focus = 'grid=lines') {
  const shown = await open(host, focus);
  await waitFor(() => expect(filled().length).toBeGreaterThan(5));
  await waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('gridcell'));
  return shown;
}

export const grid = () => screen.getByTestId('grid');
export const total = () => Number(grid().dataset.total);
export const filled = () => [...document.querySelectorAll<HTMLElement>('[data-testid="grid-row"][data-id]')];
export const ids = () => filled().map((row) => row.dataset.id);
export const status = () => screen.getByTestId('grid-status').textContent ?? '';
export const cellAt = (row: number, column: number) =>
  document.querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`) as HTMLElement;
export const hash = () => decodeURIComponent(decodeURIComponent(window.location.hash));

/** `row,column` of the cell that has the focus. */
export function focused(): string {
  const cell = document.activeElement as HTMLElement;
  return `${cell.closest<HTMLElement>('[data-row]')?.dataset.row},${cell.dataset.column}`;
}

export function press(...combos: string[]): void {
  for (const combo of combos) {
    const parts = combo.split('+');
    const key = parts.at(-1) || '+';
    fireEvent.keyDown(document.activeElement ?? document.body, {
      key: key === 'Space' ? ' ' : key,
      ctrlKey: parts.includes('Ctrl'),
      shiftKey: parts.includes('Shift'),
      altKey: parts.includes('Alt'),
    });
  }
}

export function click(row: number, column: number, keys: object = {}): void {
  fireEvent.mouseDown(cellAt(row, column), { button: 0, ...keys });
  fireEvent.mouseUp(window);
}

export const ask = (host: Host, part: Partial<GridRequest>): Promise<GridPage> =>
  host.call('grid_page', {
    request: { grid: 'lines', search: '', filters: [], sort: [], offset: 0, limit: 200, ...part },
  });
