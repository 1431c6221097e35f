import { ListFilter, Table2 } from 'lucide-react';
import { type CSSProperties, useEffect, useId, useRef, useState } from 'react';
import { Button } from '../Button';
import { FaultNotice } from '../Notice';
import { Empty } from '../Parts';
import { FilterForm } from './FilterForm';
import { GoTo } from './GoTo';
import { Header } from './Header';
import { END_SPACE } from './layout';
import { isNarrowed } from './look';
import { Pop } from './Pop';
import { Row } from './Row';
import { columnBits } from './ranges';
import { slotsOf } from './slots';
import type { GridDesk } from './useGridDesk';
import { useCellKeys, useGridKeys } from './useGridKeys';
import { ROW_HEIGHT } from './useViewport';
import { canvasHeight, drawnAt } from './window';
import './grid.css';

/** Rows are placed within a layer that begins at every so manyth: scrolling then moves the layer alone. */
const LAYER_ROWS = 1000;

/** Positions to draw: what is seen, and the row that has the focus. */
function positions({ from, to }: { from: number; to: number }, active: number, total: number): number[] {
  const seen = Array.from({ length: Math.max(0, to - from) }, (_, at) => from + at);
  return active < total && (active < from || active >= to) ? [...seen, active] : seen;
}

function Rows({ desk }: { desk: GridDesk }) {
  const { data, viewport, selection, areas, drawn, editing, i18n } = desk;
  const { rows, top, scroll, extent } = viewport;
  const shown = positions(rows, selection.active.row, data.total);
  const slots = useRef<ReadonlyMap<number, number>>(new Map());
  slots.current = slotsOf(slots.current, shown);
  const layer = Math.floor(rows.from / LAYER_ROWS) * LAYER_ROWS;
  const style: CSSProperties = { transform: `translateY(${drawnAt(layer, top, scroll, extent)}px)` };
  return (
    <div role="rowgroup" className="grid-canvas" style={{ height: canvasHeight(extent) }}>
      <div role="presentation" className="grid-layer" style={style}>
        {shown.map((position) => {
          const away = position < rows.from || position >= rows.to;
          return (
            <Row
              key={slots.current.get(position)}
              grid={desk.grid}
              row={data.rowAt(position)}
              position={position}
              columns={drawn}
              y={((away ? rows.from : position) - layer) * ROW_HEIGHT}
              away={away}
              selected={columnBits(areas, position)}
              active={position === selection.active.row ? selection.active.column : -1}
              editing={position === editing?.position ? editing.column : -1}
              i18n={i18n}
              currency={desk.currency}
              onEdited={position === editing?.position ? (text) => void desk.edited(text) : ignore}
            />
          );
        })}
      </div>
    </div>
  );
}

function ignore(): void {
  // Rows that are not edited have nothing to end.
}

function Nothing({ desk }: { desk: GridDesk }) {
  const { t } = desk.i18n;
  if (isNarrowed(desk.look)) {
    return (
      <Empty
        icon={ListFilter}
        title={t('grid.nothing')}
        testId="grid-nothing"
        action={
          <Button keys="x" onClick={desk.clear} testId="grid-nothing-clear">
            {t('grid.clear')}
          </Button>
        }
      >
        {t('grid.nothing.text')}
      </Empty>
    );
  }
  return (
    <Empty icon={Table2} title={t('grid.empty')} testId="grid-empty">
      {t('grid.empty.text')}
    </Empty>
  );
}

/** What takes longer than this to come is told of. */
const LONG_MS = 700;

/** Says why the first rows take so long, once they do. */
function Loading({ desk }: { desk: GridDesk }) {
  const { t } = desk.i18n;
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setLong(true), LONG_MS);
    return () => window.clearTimeout(timer);
  }, []);
  return (
    isLong && (
      <div className="grid-over" role="status">
        <div className="grid-loading">
          <Empty icon={Table2} title={t('grid.loading')} testId="grid-loading">
            {t('grid.loading.text')}
          </Empty>
        </div>
      </div>
    )
  );
}

/** Grey rows before the first ones are there. */
function Waiting({ desk }: { desk: GridDesk }) {
  const count = Math.ceil(desk.viewport.extent.view / ROW_HEIGHT);
  return (
    <div className="grid-waiting" aria-hidden>
      {Array.from({ length: Math.min(60, count) }, (_, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are all alike
        <div key={at} className="grid-row grid-row-waiting">
          <div className="grid-gutter" />
          {desk.columns.map(({ column }, place) => (
            <div key={column} className="grid-cell">
              <span className="grid-blank" style={{ width: `${40 + (((at + place) * 29) % 45)}%` }} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function ColumnFilter({ desk }: { desk: GridDesk }) {
  const { filtering, data, look, i18n } = desk;
  const column = data.columns.find((one) => one.column === filtering);
  if (!column) {
    return null;
  }
  return (
    <Pop
      label={i18n.t('grid.filter')}
      anchor={desk.filterAnchor}
      onClose={desk.endFilter}
      testId="grid-filter"
    >
      <FilterForm
        grid={desk.grid}
        column={column}
        filters={look.filters.filter((filter) => filter.column === column.column)}
        onApply={(filters) => desk.setFilters(column.column, filters)}
      />
    </Pop>
  );
}

/** A grid of any length, as quick as a short one: keys, selection and copying as in spreadsheets. */
export function Grid({ desk }: { desk: GridDesk }) {
  const { data, viewport, columns, widths, gutter, look, cells, i18n } = desk;
  const { t } = i18n;
  const help = useId();
  useGridKeys(desk);
  const keys = useCellKeys(desk);
  const style = {
    '--grid-columns': [gutter, ...widths].map((width) => `${width}px`).join(' '),
    '--grid-width': `${gutter + widths.reduce((sum, width) => sum + width, END_SPACE)}px`,
  } as CSSProperties;
  const waiting = !data.loaded && data.fault == null;
  const nothing = data.own && data.total === 0 && data.fault == null;
  return (
    <div className="grid-frame" data-testid="grid-frame" data-own={data.own}>
      {data.fault != null && (
        <div className="grid-fault">
          <FaultNotice
            fault={data.fault}
            actions={
              <>
                <Button size="small" onClick={data.retry} testId="grid-retry">
                  {t('grid.retry')}
                </Button>
                {isNarrowed(look) && (
                  <Button size="small" onClick={desk.clear}>
                    {t('grid.clear')}
                  </Button>
                )}
              </>
            }
          />
        </div>
      )}
      <p id={help} className="sr-only">
        {t('grid.help')}
      </p>
      <div
        ref={viewport.scrollRef}
        role="grid"
        className={`grid ${data.own || waiting ? '' : 'grid-old'} ${viewport.aside ? 'grid-aside' : ''}`}
        style={style}
        aria-label={desk.label}
        aria-describedby={help}
        aria-rowcount={data.total + 1}
        aria-colcount={columns.length + 1}
        aria-multiselectable
        aria-busy={!data.own}
        data-testid="grid"
        data-total={data.total}
        onScroll={viewport.onScroll}
        onMouseDown={cells.onMouseDown}
        onDoubleClick={(event) => {
          const cell = event.target instanceof Element ? event.target.closest('[data-column]') : null;
          if (cell && desk.canEdit(desk.selection.active.column)) {
            desk.edit();
          } else if (cell && desk.activeRow) {
            desk.onOpen(desk.activeRow);
          }
        }}
        {...keys}
      >
        <Header
          columns={columns}
          widths={widths}
          sort={look.sort}
          filtered={look.filters.map(({ column }) => column)}
          onSort={desk.sort}
          onFilter={desk.filter}
          onWidth={desk.width}
          onFit={desk.fit}
          onMove={desk.moveColumn}
          onAll={() => {
            cells.move({ kind: 'all' });
            cells.focus();
          }}
        />
        {waiting ? <Waiting desk={desk} /> : <Rows desk={desk} />}
      </div>
      {waiting && <Loading desk={desk} />}
      {nothing && (
        <div className="grid-over">
          <Nothing desk={desk} />
        </div>
      )}
      {desk.panel === 'goTo' && <GoTo desk={desk} onClose={() => desk.setPanel(null)} />}
      {desk.filtering && <ColumnFilter key={desk.filtering} desk={desk} />}
    </div>
  );
}
