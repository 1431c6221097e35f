import { Check, Trash2 } from 'lucide-react';
import { type FormEvent, type RefObject, useState } from 'react';
import { Button } from '../Button';
import { TextField } from '../Field';
import { useStore } from '../store';
import { ALL_ROWS, type Look, sameLook } from './look';
import { Pop } from './Pop';
import type { GridDesk } from './useGridDesk';
import { BUILT_IN, type LookKeeper, localLooks } from './views';

/** Where this window keeps looks. */
export const keptLooks: LookKeeper = localLooks();

interface ViewLineProps {
  name: string;
  on: boolean;
  onChoose: () => void;
  onRemove?: () => void;
  removeLabel?: string;
}

function ViewLine({ name, on, onChoose, onRemove, removeLabel }: ViewLineProps) {
  return (
    <li className="grid-view-line">
      <button
        type="button"
        className="grid-view"
        aria-pressed={on}
        data-testid="grid-view"
        data-name={name}
        onClick={onChoose}
      >
        <span className="grid-view-on">{on && <Check aria-hidden size={14} />}</span>
        <span className="clip">{name}</span>
      </button>
      {onRemove && (
        <Button
          size="small"
          variant="quiet"
          icon={Trash2}
          aria-label={removeLabel}
          onClick={onRemove}
          testId="view-remove"
        />
      )}
    </li>
  );
}

interface ViewsPanelProps {
  desk: GridDesk;
  anchor: RefObject<Element | null>;
  onClose: () => void;
}

/** Looks with a name: chosen, kept and removed. */
export function ViewsPanel({ desk, anchor, onClose }: ViewsPanelProps) {
  const { grid, look, onLook, layout, onLayout, i18n } = desk;
  const { t } = i18n;
  const kept = keptLooks(grid);
  const saved = useStore(kept.all);
  const [name, setName] = useState('');

  function choose(chosen: Look): void {
    onClose();
    onLook(chosen);
  }

  function save(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '') {
      kept.save({ name: name.trim(), look, layout });
      setName('');
    }
  }

  const builtIn = [
    { name: t('view.all'), look: ALL_ROWS },
    ...BUILT_IN[grid].map((view) => ({ name: t(view.name), look: view.look(new Date()) })),
  ];
  return (
    <Pop label={t('grid.views')} anchor={anchor} onClose={onClose} testId="views-panel">
      <div className="grid-panel">
        <ul className="grid-panel-list">
          {builtIn.map((view) => (
            <ViewLine
              key={view.name}
              name={view.name}
              on={sameLook(view.look, look)}
              onChoose={() => choose(view.look)}
            />
          ))}
        </ul>
        {saved.length > 0 && (
          <>
            <h3 className="grid-pop-title">{t('grid.views.own')}</h3>
            <ul className="grid-panel-list">
              {saved.map((view) => (
                <ViewLine
                  key={view.name}
                  name={view.name}
                  on={sameLook(view.look, look)}
                  onChoose={() => {
                    onLayout({ ...view.layout, sort: view.look.sort });
                    choose(view.look);
                  }}
                  onRemove={() => kept.remove(view.name)}
                  removeLabel={t('grid.views.remove', { name: view.name })}
                />
              ))}
            </ul>
          </>
        )}
        <form className="grid-view-save" onSubmit={save} noValidate>
          <TextField
            label={t('grid.views.name')}
            value={name}
            maxLength={80}
            hint={
              saved.some((view) => view.name === name.trim())
                ? t('grid.views.replaces')
                : t('grid.views.hint')
            }
            onChange={setName}
            testId="view-name"
          />
          <div className="grid-pop-foot">
            <Button
              size="small"
              variant="primary"
              type="submit"
              disabled={name.trim() === ''}
              testId="view-save"
            >
              {t('grid.views.save')}
            </Button>
          </div>
        </form>
      </div>
    </Pop>
  );
}
