import { type ClipboardEvent, useRef } from 'react';
import { asCommandError, host } from '@/ipc';
import { copyText } from '../copyText';
import { hasDecimalComma } from '../format';
import { showRefusal } from '../refusals';
import { showToast } from '../toasts';
import { rowsIn } from './ranges';
import type { GridDesk } from './useGridDesk';
import { headingOf } from './words';

/** Some engines tell of a paste only in fields that can be edited: then the clipboard is read. */
const PASTE_MS = 120;

/** Copies the selected cells for a spreadsheet; the host writes them. */
export function useCopy(desk: GridDesk): (header: boolean) => void {
  const { t, locale } = desk.i18n;
  const busy = useRef(false);

  async function copy(header: boolean): Promise<void> {
    const { crossing, data, columns } = desk;
    if (!crossing) {
      showToast({ tone: 'notice', text: t('grid.copy.areas') });
      return;
    }
    if (busy.current) {
      return;
    }
    busy.current = true;
    const wanted = crossing.columns.flatMap((at) => columns[at]?.column ?? []);
    try {
      const { text, rows } = await host().call('grid_text', {
        request: {
          request: data.question,
          rows: crossing.rows,
          columns: wanted,
          seen: data.order,
          headings: header ? wanted.map((column) => headingOf(column, desk.i18n)) : [],
          decimalComma: hasDecimalComma(locale),
        },
      });
      await copyText(text);
      const total = rowsIn(crossing.rows);
      showToast(
        rows < total
          ? { tone: 'notice', text: t('grid.copied.part', { rows, total }) }
          : { tone: 'done', text: t('grid.copied', { count: rows }) },
      );
    } catch (fault) {
      if (asCommandError(fault).code === 'stale') {
        // Other rows stand there by now: they are shown before anything is copied.
        showToast({ tone: 'notice', text: t('grid.copy.moved') });
        data.retry();
      } else {
        showRefusal(fault, desk.i18n);
      }
    } finally {
      busy.current = false;
    }
  }

  return (header) => void copy(header);
}

/** Text pasted while the grid has the focus. */
export function usePaste(onPaste: ((text: string) => void) | undefined) {
  const waiting = useRef(0);

  function take(text: string): void {
    window.clearTimeout(waiting.current);
    waiting.current = 0;
    onPaste?.(text);
  }

  return {
    onPaste: (event: ClipboardEvent) => {
      if (!(event.target instanceof HTMLInputElement)) {
        event.preventDefault();
        take(event.clipboardData.getData('text/plain'));
      }
    },
    /** Ctrl+V was pressed: if no paste follows, the clipboard is read. */
    pressed: () => {
      window.clearTimeout(waiting.current);
      waiting.current = window.setTimeout(() => {
        // Where reading is not allowed there is nothing to take.
        void navigator.clipboard?.readText?.().then(take, () => undefined);
      }, PASTE_MS);
    },
  };
}
