import type { KeyboardEvent } from 'react';
import type { MessageKey } from '@/i18n';
import { type KeyBinding, useKeys } from '../keys';
import { isNarrowed } from './look';
import { moveOf, neighbour } from './moves';
import { useCopy, usePaste } from './useCopy';
import type { GridDesk } from './useGridDesk';
import { pageRows } from './window';

/** Keys that work while a cell has the focus, for the list of keys. */
const LISTED: readonly (readonly [string, MessageKey])[] = [
  ['Arrows', 'grid.key.arrows'],
  ['Shift+Arrows', 'grid.key.extend'],
  ['Mod+Arrows', 'grid.key.edge'],
  ['Home', 'grid.key.home'],
  ['Mod+Home', 'grid.key.start'],
  ['PageDown', 'grid.key.page'],
  ['Tab', 'grid.key.tab'],
  ['Escape', 'grid.key.leave'],
  ['Enter', 'grid.key.open'],
  ['F2', 'grid.key.edit'],
  ['Space', 'grid.key.row'],
  ['Mod+Space', 'grid.key.column'],
  ['Mod+A', 'grid.key.all'],
  ['Mod+C', 'grid.key.copy'],
  ['Mod+Shift+C', 'grid.key.copyHead'],
  ['Mod+V', 'grid.key.paste'],
  ['Alt+ArrowDown', 'grid.key.filter'],
  ['Alt+Shift+ArrowRight', 'grid.key.move'],
];

/** What the grid does with keys of its cells besides moving; `true` where it did something. */
function special(event: KeyboardEvent, desk: GridDesk, copy: (header: boolean) => void): boolean {
  const { key } = event;
  const control = event.ctrlKey || event.metaKey;
  const { active } = desk;
  if (control && !event.altKey && key.toLowerCase() === 'c') {
    copy(event.shiftKey);
    return true;
  }
  if (event.altKey && !control && active) {
    if (key === 'ArrowDown' && !event.shiftKey) {
      desk.filter(active.column, desk.headingElement());
      return true;
    }
    if (event.shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) {
      desk.moveColumn(active.column, key === 'ArrowLeft' ? -1 : 1);
      return true;
    }
  }
  if (key === 'Enter' && !control && !event.altKey) {
    if (desk.activeRow) {
      desk.onOpen(desk.activeRow);
    }
    return true;
  }
  if (key === 'F2') {
    desk.edit();
    return true;
  }
  return false;
}

/** Whether Tab goes out of the grid: after Escape, and at its ends. */
function leaves(event: KeyboardEvent, desk: GridDesk): boolean {
  const by = event.shiftKey ? -1 : 1;
  return desk.leaving || neighbour(desk.selection.active, by, desk.bounds) === null;
}

/** The keys of the cells, for the element that holds them. */
export function useCellKeys(desk: GridDesk) {
  const copy = useCopy(desk);
  const paste = usePaste(desk.onPaste);

  function onKeyDown(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement || event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === 'Escape') {
      // The screen may close something with the same key.
      desk.cells.move({ kind: 'collapse' });
      desk.setLeaving(true);
      return;
    }
    if (event.key === 'Tab' && leaves(event, desk)) {
      return;
    }
    if (event.key !== 'Shift') {
      desk.setLeaving(false);
    }
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v') {
      paste.pressed();
      return;
    }
    if (special(event, desk, copy)) {
      event.preventDefault();
      return;
    }
    const move = moveOf(event, pageRows(desk.viewport.extent));
    if (move) {
      event.preventDefault();
      desk.cells.move(move);
    }
  }

  return { onKeyDown, onPaste: paste.onPaste, onBlur: () => desk.setLeaving(false) };
}

/** The keys of the screen that act on the grid, and the list of those of its cells. */
export function useGridKeys(desk: GridDesk): void {
  const { i18n, active } = desk;
  const { t } = i18n;
  const group = t('grid.keys');
  const search = () => desk.searchRef.current?.focus();
  const sort = (add: boolean) => active?.sortable && desk.sort(active.column, add);
  const bindings: Omit<KeyBinding, 'group'>[] = [
    { combo: 'Mod+F', label: t('grid.key.search'), run: search, whileTyping: true },
    { combo: '/', label: t('grid.key.search'), run: search, hidden: true },
    { combo: 'Mod+G', label: t('grid.goTo'), run: desk.goTo, enabled: desk.data.total > 0 },
    { combo: 's', label: t('grid.key.sort'), run: () => sort(false) },
    { combo: 'Shift+S', label: t('grid.key.sortAdd'), run: () => sort(true) },
    { combo: '+', label: t('grid.key.wider'), run: () => desk.wider(1), repeats: true },
    { combo: '-', label: t('grid.key.narrower'), run: () => desk.wider(-1), repeats: true },
    { combo: '=', label: t('grid.key.fit'), run: () => active && desk.fit(active.column) },
    { combo: 'v', label: t('grid.views'), run: () => desk.setPanel('views') },
    { combo: 'c', label: t('grid.columns'), run: () => desk.setPanel('columns') },
    { combo: 'x', label: t('grid.clear'), run: desk.clear, enabled: isNarrowed(desk.look) },
    ...LISTED.map(([combo, label]) => ({
      combo,
      label: t(label),
      run: () => undefined,
      listedOnly: true,
    })),
  ];
  useKeys(bindings.map((binding) => ({ ...binding, group })));
}
