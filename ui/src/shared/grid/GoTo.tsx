import { type FormEvent, useState } from 'react';
import { asCommandError, host } from '@/ipc';
import { Button } from '../Button';
import { parseAmount } from '../decimal';
import { TextField } from '../Field';
import { parseDate } from '../format';
import { Pop } from './Pop';
import type { GridDesk } from './useGridDesk';
import { headingOf, wordOf } from './words';

/** What was typed as the host writes such cells: days as ISO, figures plain, words as its own. */
function asWritten(desk: GridDesk, text: string): string {
  const { active, grid, i18n } = desk;
  switch (active?.kind) {
    case 'date':
    case 'time':
      return parseDate(text, i18n.locale) ?? text;
    case 'amount':
    case 'number':
    case 'percent':
      return parseAmount(text, i18n.locale) ?? text;
    case 'word': {
      const { column, words } = active;
      const begins = (word: string) =>
        wordOf(grid, column, word, i18n).toLowerCase().startsWith(text.toLowerCase());
      return words.find(begins) ?? text;
    }
    default:
      return text;
  }
}

/** The next row whose cell begins with the text: the host looks from the one after this on, and then from the first. */
async function placeOf(desk: GridDesk, text: string): Promise<number | null> {
  const { data, active, selection } = desk;
  if (!active) {
    return null;
  }
  const startsWith = { column: active.column, text: asWritten(desk, text) };
  const request = { ...data.question, offset: selection.active.row + 1 };
  const { position } = await host().call('grid_place', { request: { request, id: null, startsWith } });
  return position;
}

/** Goes to a row by its number, or to the next cell of the column that begins with a text. */
export function GoTo({ desk, onClose }: { desk: GridDesk; onClose: () => void }) {
  const { active, cells, data, i18n, selection } = desk;
  const { t } = i18n;
  const [row, setRow] = useState('');
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState<string | null>(null);

  function go(position: number): void {
    onClose();
    cells.place({ row: position, column: selection.active.column });
  }

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const number = Number(row.replace(/[\s.,'’]/g, ''));
    if (row.trim() !== '') {
      if (Number.isInteger(number) && number >= 1 && number <= data.total) {
        go(number - 1);
      } else {
        setWrong(t('grid.goTo.noRow', { total: data.total }));
      }
    } else if (text.trim() !== '') {
      try {
        const position = await placeOf(desk, text.trim());
        if (position === null) {
          setWrong(t('grid.goTo.noCell', { text: text.trim() }));
        } else {
          go(position);
        }
      } catch (fault) {
        setWrong(asCommandError(fault).message);
      }
    }
  }

  return (
    <Pop label={t('grid.goTo')} anchor={desk.filterAnchor} onClose={onClose} testId="go-to">
      <form className="grid-filter" onSubmit={(event) => void submit(event)} noValidate>
        {active && (
          <TextField
            label={t('grid.goTo.cell', { column: headingOf(active.column, i18n) })}
            value={text}
            autoFocus
            hint={t('grid.goTo.cell.hint')}
            error={wrong}
            onChange={(next) => {
              setText(next);
              setRow('');
              setWrong(null);
            }}
            testId="go-to-text"
          />
        )}
        <TextField
          label={t('grid.goTo.row')}
          value={row}
          inputMode="numeric"
          onChange={(next) => {
            setRow(next);
            setText('');
            setWrong(null);
          }}
          testId="go-to-row"
        />
        <div className="grid-pop-foot">
          <Button size="small" variant="primary" type="submit" keys="Enter" testId="go-to-submit">
            {t('grid.goTo')}
          </Button>
        </div>
      </form>
    </Pop>
  );
}
