import { ChevronDown, ChevronUp } from 'lucide-react';
import type { RefObject } from 'react';
import type { GridColumn } from '@/ipc';
import { Button } from '../Button';
import { CheckField } from '../Field';
import { movedColumn, shownColumns, usualLayout, withColumn } from './layout';
import { Pop } from './Pop';
import type { GridDesk } from './useGridDesk';
import { headingOf } from './words';

interface ColumnsPanelProps {
  desk: GridDesk;
  anchor: RefObject<Element | null>;
  onClose: () => void;
}

/** Which columns are shown, and in which order. */
export function ColumnsPanel({ desk, anchor, onClose }: ColumnsPanelProps) {
  const { grid, layout, onLayout, i18n, data } = desk;
  const { t } = i18n;
  const shown = shownColumns(layout);
  const hidden = layout.order.filter((column) => layout.hidden.includes(column));
  const known = (column: GridColumn) => data.columns.some((one) => one.column === column);

  function line(column: GridColumn, place: number) {
    const heading = headingOf(column, i18n);
    const on = place >= 0;
    return (
      <li key={column} className="grid-column-line">
        <CheckField
          label={heading}
          checked={on}
          disabled={on && shown.length === 1}
          testId={`column-${column}`}
          onChange={(checked) => onLayout(withColumn(layout, column, checked))}
        />
        {on && (
          <span className="grid-column-moves">
            <Button
              size="small"
              variant="quiet"
              icon={ChevronUp}
              disabled={place === 0}
              aria-label={t('grid.columns.earlier', { column: heading })}
              onClick={() => onLayout(movedColumn(layout, column, -1))}
              testId={`column-earlier-${column}`}
            />
            <Button
              size="small"
              variant="quiet"
              icon={ChevronDown}
              disabled={place === shown.length - 1}
              aria-label={t('grid.columns.later', { column: heading })}
              onClick={() => onLayout(movedColumn(layout, column, 1))}
              testId={`column-later-${column}`}
            />
          </span>
        )}
      </li>
    );
  }

  return (
    <Pop label={t('grid.columns')} anchor={anchor} onClose={onClose} testId="columns-panel">
      <div className="grid-panel">
        <h3 className="grid-pop-title">{t('grid.columns.shown')}</h3>
        <ul className="grid-panel-list">{shown.filter(known).map((column, at) => line(column, at))}</ul>
        {hidden.length > 0 && (
          <>
            <h3 className="grid-pop-title">{t('grid.columns.hidden')}</h3>
            <ul className="grid-panel-list">{hidden.filter(known).map((column) => line(column, -1))}</ul>
          </>
        )}
        <div className="grid-pop-foot">
          <Button
            size="small"
            onClick={() => onLayout({ ...usualLayout(grid), sort: layout.sort })}
            testId="columns-reset"
          >
            {t('grid.columns.reset')}
          </Button>
          <Button size="small" variant="primary" onClick={onClose} testId="columns-done">
            {t('action.close')}
          </Button>
        </div>
      </div>
    </Pop>
  );
}
