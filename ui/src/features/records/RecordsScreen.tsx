import { useEffect, useMemo, useRef, useState } from 'react';
import { type MessageKey, useI18n } from '@/i18n';
import { type GridColumn, type GridKind, type GridRow, host, type SideView, type WorkbookView } from '@/ipc';
import {
  focusOf,
  GRIDS,
  Grid,
  GridBar,
  type Look,
  recallLayout,
  rememberLayout,
  StatusBar,
  useGridDesk,
} from '@/shared/grid';
import { addPasted } from '@/shared/inbox';
import { Keys } from '@/shared/Keys';
import { useKeys } from '@/shared/keys';
import { goTo, stayAt } from '@/shared/navigation';
import { useRefreshBook } from '@/shared/queries';
import { showToast } from '@/shared/toasts';
import { useTurns } from '@/shared/useTurns';
import { Detail } from './Detail';
import { focusFor, refines, shownBy } from './remembered';
import './records.css';

const TABS: Record<GridKind, MessageKey> = {
  lines: 'records.lines',
  entries: 'records.entries',
  matches: 'records.matches',
  exceptions: 'records.exceptions',
  events: 'records.events',
};

const SIDES: Partial<Record<GridKind, SideView>> = { lines: 'statement', entries: 'ledger' };
const EDITABLE: Partial<Record<GridKind, readonly GridColumn[]>> = { exceptions: ['owner'] };

/** The name under which pasted rows are looked into. */
const PASTED = 'pasted.tsv';

/** The key of a tab: its number. */
function keyOf(grid: GridKind): string {
  return String(GRIDS.indexOf(grid) + 1);
}

function Tabs({ grid }: { grid: GridKind }) {
  const { t } = useI18n();
  return (
    <div className="tabs" role="tablist" aria-label={t('nav.records')}>
      {GRIDS.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={name === grid}
          aria-controls="records-panel"
          className="tab"
          aria-keyshortcuts={keyOf(name)}
          data-testid={`records-${name}`}
          onClick={() => goTo('records', focusFor(name))}
        >
          {t(TABS[name])}
          <Keys combo={keyOf(name)} />
        </button>
      ))}
    </div>
  );
}

interface DeskProps {
  grid: GridKind;
  look: Look;
  workbook: WorkbookView;
}

/** Rows that were copied elsewhere become a file, which is looked into like any other. */
function usePasted(grid: GridKind): (text: string) => void {
  const { t } = useI18n();
  return (text) => {
    const side = SIDES[grid];
    if (!side) {
      showToast({ tone: 'notice', text: t('records.paste.elsewhere') });
    } else if (!text.includes('\t')) {
      showToast({ tone: 'notice', text: t('records.paste.noTable') });
    } else {
      addPasted(text, PASTED, side);
      goTo('import');
    }
  };
}

function Desk({ grid, look, workbook }: DeskProps) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const [layout, setLayout] = useState(() => recallLayout(grid));
  const [open, setOpen] = useState(false);
  const detailRef = useRef<HTMLElement>(null);
  const onPaste = usePasted(grid);
  const tellDone = useTurns();

  async function edit(row: GridRow, _: GridColumn, text: string): Promise<void> {
    const owner = text === '' ? null : text;
    tellDone(await host().call('mark', { request: { ids: [row.id], mark: { kind: 'owner', owner } } }));
    await refresh();
  }

  const desk = useGridDesk({
    grid,
    label: t(TABS[grid]),
    currency: workbook.currency,
    look,
    onLook: (next) => (refines(look, next) ? stayAt : goTo)('records', focusOf(grid, next)),
    layout,
    onLayout: (next) => {
      setLayout(next);
      rememberLayout(grid, next);
    },
    onOpen: () => (open ? detailRef.current?.focus() : setOpen(true)),
    editable: EDITABLE[grid] ?? [],
    onEdit: edit,
    onPaste,
  });
  const { cells, data, activeRow } = desk;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the grid takes the focus once it has rows
  useEffect(() => {
    const focused = document.activeElement;
    if (focused === null || focused.matches('body, main, [role="tab"]')) {
      cells.focus();
    }
  }, [data.total > 0]);

  function close(): void {
    setOpen(false);
    cells.focus();
  }

  useKeys([
    {
      combo: 'Escape',
      label: t('records.detail.close'),
      group: t('nav.records'),
      run: close,
      enabled: open,
    },
  ]);

  return (
    <>
      <GridBar desk={desk} />
      <div id="records-panel" className="records-body" role="tabpanel" aria-label={t(TABS[grid])}>
        <Grid desk={desk} />
        {open && data.total > 0 && (
          <Detail grid={grid} row={activeRow} columns={data.columns} bodyRef={detailRef} onClose={close} />
        )}
      </div>
      <StatusBar
        question={data.question}
        version={data.version}
        order={data.order}
        onMoved={data.retry}
        total={data.total}
        row={desk.selection.active.row}
        crossing={desk.crossing}
        single={desk.single}
        columns={desk.columns.map(({ column }) => column)}
        leaving={desk.leaving}
        loading={!data.own && data.fault == null}
      />
    </>
  );
}

/** Everything the workbook holds, as grids. `focus` is a grid with its search, filters and order. */
export function RecordsScreen({ workbook, focus }: { workbook: WorkbookView; focus: string }) {
  const { t } = useI18n();
  const shown = useMemo(() => shownBy(focus), [focus]);
  useEffect(() => {
    if (!shown) {
      stayAt('records', focusFor());
    }
  }, [shown]);
  const grid = shown?.grid ?? 'lines';
  const group = t('nav.records');
  useKeys(
    GRIDS.map((name) => ({
      combo: keyOf(name),
      label: t(TABS[name]),
      group,
      run: () => goTo('records', focusFor(name)),
    })),
  );
  return (
    <div className="records">
      <header className="records-head">
        <h1 className="sr-only">{t('nav.records')}</h1>
        <Tabs grid={grid} />
      </header>
      {shown && <Desk key={grid} grid={grid} look={shown.look} workbook={workbook} />}
    </div>
  );
}
