import { X } from 'lucide-react';
import { type I18n, useI18n } from '@/i18n';
import type { GridColumnKind, GridColumnView, GridFilter, GridKind } from '@/ipc';
import { Button } from '../Button';
import { formatDate, formatDecimal } from '../format';
import { isDay } from './filterDraft';
import { isNarrowed, type Look, withoutFilter } from './look';
import { headingOf, wordOf } from './words';

/** Values told in full; the others are counted. */
const VALUES_TOLD = 3;

function toldValue(
  grid: GridKind,
  filter: GridFilter,
  kind: GridColumnKind,
  value: string,
  i18n: I18n,
): string {
  if (isDay(kind)) {
    return formatDate(value, i18n.locale);
  }
  if (kind === 'word') {
    return wordOf(grid, filter.column, value, i18n);
  }
  return kind === 'text' ? i18n.t('grid.chip.quoted', { text: value }) : formatDecimal(value, i18n.locale);
}

/** A filter in words: `Amount from 1,000`. */
export function filterWords(grid: GridKind, filter: GridFilter, kind: GridColumnKind, i18n: I18n): string {
  const { t } = i18n;
  const told = filter.values
    .slice(0, VALUES_TOLD)
    .map((value) => toldValue(grid, filter, kind, value, i18n))
    .join(', ');
  const more = filter.values.length - VALUES_TOLD;
  const values = more > 0 ? t('grid.chip.more', { values: told, more }) : told;
  const column = headingOf(filter.column, i18n);
  switch (filter.test) {
    case 'equals':
    case 'oneOf':
      return t('grid.chip.is', { column, values });
    case 'differs':
      return t('grid.chip.not', { column, values });
    case 'contains':
      return t('grid.chip.contains', { column, values });
    case 'atLeast':
      return t('grid.chip.from', { column, values });
    case 'atMost':
      return t('grid.chip.to', { column, values });
    case 'empty':
      return t('grid.chip.empty', { column });
    case 'filled':
      return t('grid.chip.filled', { column });
  }
}

interface ChipsProps {
  grid: GridKind;
  look: Look;
  columns: readonly GridColumnView[];
  onLook: (look: Look) => void;
  onClear: () => void;
}

/** What rows are left out by, each with the way to take it back. */
export function Chips({ grid, look, columns, onLook, onClear }: ChipsProps) {
  const i18n = useI18n();
  const { t } = i18n;
  if (!isNarrowed(look)) {
    return null;
  }
  return (
    <ul className="grid-chips" aria-label={t('grid.filters')} data-testid="grid-chips">
      {look.filters.map((filter, at) => {
        const kind = columns.find(({ column }) => column === filter.column)?.kind ?? 'text';
        const words = filterWords(grid, filter, kind, i18n);
        return (
          <li key={[filter.column, filter.test, ...filter.values].join()} className="grid-chip">
            <span className="grid-chip-text" title={words}>
              {words}
            </span>
            <button
              type="button"
              className="grid-chip-remove"
              aria-label={t('grid.chip.remove', { filter: words })}
              data-testid={`chip-remove-${filter.column}`}
              onClick={() => onLook(withoutFilter(look, at))}
            >
              <X aria-hidden size={13} />
            </button>
          </li>
        );
      })}
      <li>
        <Button size="small" variant="quiet" keys="x" onClick={onClear} testId="grid-clear">
          {t('grid.clear')}
        </Button>
      </li>
    </ul>
  );
}
