import { Bookmark, Columns3, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '../Button';
import { Keys } from '../Keys';
import { Chips } from './Chips';
import { ColumnsPanel } from './ColumnsPanel';
import type { GridDesk } from './useGridDesk';
import { ViewsPanel } from './ViewsPanel';

const TYPING_MS = 220;

/** Text that rows must hold. It is asked for once typing stops. */
function SearchBox({ desk }: { desk: GridDesk }) {
  const { t } = desk.i18n;
  const asked = desk.look.search;
  const [text, setText] = useState(asked);
  const timer = useRef(0);
  const latest = useRef(desk);
  latest.current = desk;
  useEffect(() => setText(asked), [asked]);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  function ask(search: string): void {
    window.clearTimeout(timer.current);
    const { look, onLook } = latest.current;
    if (search !== look.search) {
      onLook({ ...look, search });
    }
  }

  function type(next: string): void {
    setText(next);
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => ask(next), TYPING_MS);
  }

  return (
    <div className="search grid-search">
      <Search aria-hidden size={14} />
      <input
        ref={desk.searchRef}
        className="input"
        type="search"
        value={text}
        placeholder={t('grid.search')}
        aria-label={t('grid.search')}
        aria-keyshortcuts="Control+F"
        data-testid="grid-search"
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === 'Escape' || event.key === 'ArrowDown') {
            event.preventDefault();
            const next = event.key === 'Escape' ? '' : text;
            setText(next);
            ask(next);
            desk.cells.focus();
          }
        }}
      />
      <Keys combo="Mod+F" />
    </div>
  );
}

/** Search, views, columns and what rows are left out by. */
export function GridBar({ desk }: { desk: GridDesk }) {
  const { t } = desk.i18n;
  const { panel, setPanel } = desk;
  const views = useRef<HTMLButtonElement>(null);
  const columns = useRef<HTMLButtonElement>(null);
  return (
    <div className="grid-bar">
      <SearchBox desk={desk} />
      <Button
        ref={views}
        icon={Bookmark}
        keys="v"
        aria-haspopup="dialog"
        aria-expanded={panel === 'views'}
        onClick={() => setPanel('views')}
        testId="grid-views"
      >
        {t('grid.views')}
      </Button>
      <Button
        ref={columns}
        icon={Columns3}
        keys="c"
        aria-haspopup="dialog"
        aria-expanded={panel === 'columns'}
        onClick={() => setPanel('columns')}
        testId="grid-columns"
      >
        {t('grid.columns')}
      </Button>
      <Chips
        grid={desk.grid}
        look={desk.look}
        columns={desk.data.columns}
        onLook={desk.onLook}
        onClear={desk.clear}
      />
      {panel === 'views' && <ViewsPanel desk={desk} anchor={views} onClose={() => setPanel(null)} />}
      {panel === 'columns' && <ColumnsPanel desk={desk} anchor={columns} onClose={() => setPanel(null)} />}
    </div>
  );
}
