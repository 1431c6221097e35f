import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { type GridColumn, type GridColumnView, type GridKind, type GridRow, host } from '@/ipc';
import { showRefusal } from '../refusals';
import { showToast } from '../toasts';
import {
  END_SPACE,
  type Layout,
  movedColumn,
  shownColumns,
  WIDTH_STEP,
  widthsIn,
  withUsualWidth,
  withWidth,
} from './layout';
import { ALL_ROWS, type Look, sortedBy, withFilters } from './look';
import type { RowColumn } from './Row';
import { areasOf, crossingOf, isSingle } from './ranges';
import { type Cells, gutterWidth, useCells } from './useCells';
import { type GridData, useGridData } from './useGridData';
import { useHeld } from './useHeld';
import { useViewport } from './useViewport';

/** What a screen gives a grid. */
export interface GridProps {
  grid: GridKind;
  label: string;
  /** Code left out behind amounts. */
  currency: string;
  look: Look;
  onLook: (look: Look) => void;
  layout: Layout;
  onLayout: (layout: Layout) => void;
  /** Enter, or two clicks. */
  onOpen: (row: GridRow) => void;
  /** Columns whose cells can be edited. */
  editable?: readonly GridColumn[];
  /** Refuses by throwing: the refusal is told, and the cell stays as it was. */
  onEdit?: (row: GridRow, column: GridColumn, text: string) => Promise<void>;
  onPaste?: (text: string) => void;
}

/** A column as it is before the host has told of what kind it is. */
function unknownColumn(column: GridColumn): GridColumnView {
  return { column, kind: 'text', sortable: false, words: [] };
}

function useColumns(layout: Layout, known: readonly GridColumnView[]) {
  return useMemo(() => {
    const columns = shownColumns(layout).flatMap((column) => {
      const view = known.find((one) => one.column === column);
      return view ? [view] : known.length === 0 ? [unknownColumn(column)] : [];
    });
    const drawn = columns.map(
      ({ column, kind }): RowColumn => ({
        column,
        kind,
        cell: known.findIndex((one) => one.column === column),
      }),
    );
    return { columns, drawn };
  }, [layout, known]);
}

/** Room of a cell beside its text. */
const CELL_SPACE = 23;
/** Room that a heading needs for its order and filter besides. */
const HEADING_SPACE = 34;

/** How wide the widest text of a column is, of the rows that are drawn; 0 where none is. */
function textWidth(frame: HTMLElement | null, column: GridColumn, at: number): number {
  const range = document.createRange();
  const widthOf = (element: Element) => {
    range.selectNodeContents(element);
    return range.getBoundingClientRect().width;
  };
  const cells = [...(frame?.querySelectorAll(`[data-id] [data-column="${at}"]`) ?? [])];
  const widest = Math.max(0, ...cells.map(widthOf));
  const heading = frame?.querySelector(`[data-heading="${column}"] .clip`);
  const least = heading ? widthOf(heading) + HEADING_SPACE : 0;
  return widest > 0 ? Math.ceil(Math.max(widest, least) + CELL_SPACE) : 0;
}

/** Finds the row again that was active before another question: its id is put into what this answers. */
function useFollowed(data: GridData, cells: Cells): RefObject<string | null> {
  const followed = useRef<string | null>(null);
  const latest = useRef({ data, cells });
  latest.current = { data, cells };
  const { key, own } = data;
  useEffect(() => {
    const id = followed.current;
    if (!own || id === null) {
      return;
    }
    followed.current = null;
    const { question } = latest.current.data;
    const place = (position: number | null) => {
      const now = latest.current;
      if (position !== null && now.data.key === key) {
        now.cells.place({ row: position, column: now.cells.selection.active.column });
      }
    };
    // Where the row cannot be found the list simply begins at its start.
    host()
      .call('grid_place', { request: { request: question, id, startsWith: null } })
      .then(
        ({ position }) => place(position),
        () => undefined,
      );
  }, [key, own]);
  return followed;
}

/** A cell that is edited. It is the row's, not its place's: rows move when the workbook changes. */
interface Editing {
  row: GridRow;
  name: GridColumn;
  /** Where the cell stood when editing began. */
  position: number;
  column: number;
}

/** A grid with everything that its parts share. */
export function useGridDesk(props: GridProps) {
  const { grid, look, onLook, layout, onLayout } = props;
  const i18n = useI18n();
  const data = useGridData(grid, look);
  const { columns, drawn } = useColumns(layout, data.columns);
  const scrolled = useViewport(data.total);
  const viewport = useHeld(scrolled, data);
  const gutter = gutterWidth(data.total);
  const widths = useMemo(
    () => widthsIn(layout, viewport.width - gutter - END_SPACE).slice(0, columns.length),
    [layout, viewport.width, gutter, columns.length],
  );
  const bounds = useMemo(() => ({ rows: data.total, columns: columns.length }), [data.total, columns.length]);
  const cells = useCells({ bounds, viewport, scrolledTo: scrolled.top, widths, rowsKey: data.key });
  const { selection } = cells;
  const areas = useMemo(() => areasOf(selection, bounds), [selection, bounds]);
  const crossing = useMemo(() => (data.total > 0 ? crossingOf(areas) : null), [areas, data.total]);
  const [editing, setEditing] = useState<Editing | null>(null);
  const [filtering, setFiltering] = useState<GridColumn | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [panel, setPanel] = useState<'views' | 'columns' | 'goTo' | null>(null);
  const filterAnchor = useRef<Element>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const active = columns[selection.active.column];
  const activeRow = data.total > 0 ? data.rowAt(selection.active.row) : undefined;

  const followed = useFollowed(data, cells);

  function canEdit(at: number): boolean {
    const column = columns[at]?.column;
    return column !== undefined && (props.editable ?? []).includes(column);
  }

  /** Edits the active cell or, where that cannot be edited, the one of its row that can. */
  function edit(): void {
    const { row: position, column: at } = selection.active;
    const row = data.rowAt(position);
    const column = canEdit(at) ? at : columns.findIndex((_, other) => canEdit(other));
    const name = columns[column]?.column;
    if (row && name) {
      if (column !== at) {
        cells.place({ row: position, column });
      }
      setEditing({ row, name, position, column });
    }
  }

  const moved =
    editing !== null &&
    (data.rowAt(editing.position)?.id !== editing.row.id || columns[editing.column]?.column !== editing.name);
  const { focus } = cells;
  useEffect(() => {
    if (moved) {
      setEditing(null);
      showToast({ tone: 'notice', text: i18n.t('grid.edit.moved') });
      focus();
    }
  }, [moved, focus, i18n]);

  async function edited(text: string | null): Promise<void> {
    const at = editing;
    setEditing(null);
    cells.focus();
    if (at && text !== null) {
      try {
        await props.onEdit?.(at.row, at.name, text.trim());
      } catch (fault) {
        showRefusal(fault, i18n);
      }
    }
  }

  function filter(column: GridColumn, anchor: Element | null): void {
    filterAnchor.current = anchor;
    setFiltering(column);
  }

  function headingElement(): Element | null {
    return viewport.scrollRef.current?.querySelector(`[data-heading="${active?.column}"]`) ?? null;
  }

  const act = (change: (column: GridColumn) => Layout) => active && onLayout(change(active.column));
  return {
    ...props,
    i18n,
    data,
    columns,
    drawn,
    widths,
    gutter,
    bounds,
    viewport,
    cells,
    selection,
    areas,
    crossing,
    single: isSingle(selection, bounds),
    active,
    activeRow,
    editing: moved ? null : editing,
    canEdit,
    edit,
    edited,
    filtering,
    filterAnchor,
    filter,
    endFilter: () => setFiltering(null),
    /** The heading of the active cell's column. */
    headingElement,
    goTo: () => {
      filterAnchor.current = headingElement();
      setPanel('goTo');
    },
    /** Tab leaves the grid, since Escape was pressed before it. */
    leaving,
    setLeaving,
    panel,
    setPanel,
    searchRef,
    sort: (column: GridColumn, add: boolean) => {
      const sort = sortedBy(look.sort, column, add);
      onLayout({ ...layout, sort });
      onLook({ ...look, sort });
    },
    setFilters: (column: GridColumn, filters: Look['filters']) => {
      setFiltering(null);
      onLook(withFilters(look, column, filters));
    },
    /** Shows all rows; the active one stays so, among its neighbours. */
    clear: () => {
      followed.current = activeRow?.id ?? null;
      onLook({ ...ALL_ROWS, sort: look.sort });
    },
    wider: (by: 1 | -1) => {
      const width = widths[selection.active.column] ?? 0;
      act((column) => withWidth(layout, column, width + by * WIDTH_STEP));
    },
    /** As wide as the texts that are seen need. */
    fit: (column: GridColumn) => {
      const at = columns.findIndex((one) => one.column === column);
      const width = textWidth(viewport.scrollRef.current, column, at);
      onLayout(width > 0 ? withWidth(layout, column, width) : withUsualWidth(layout, column));
    },
    width: (column: GridColumn, width: number) => onLayout(withWidth(layout, column, width)),
    moveColumn: (column: GridColumn, by: number) => {
      onLayout(movedColumn(layout, column, by));
      if (column === active?.column) {
        const to = Math.max(0, Math.min(columns.length - 1, selection.active.column + by));
        cells.place({ row: selection.active.row, column: to });
      }
    },
  };
}

/** {@link useGridDesk}. */
export type GridDesk = ReturnType<typeof useGridDesk>;
