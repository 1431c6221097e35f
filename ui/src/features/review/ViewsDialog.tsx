import { BookmarkPlus, PenLine, Trash2 } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { TextField } from '@/shared/Field';
import { Keys } from '@/shared/Keys';
import { goTo } from '@/shared/navigation';
import {
  removeView,
  renameView,
  type SavedView,
  saveView,
  useSavedViews,
  VIEW_KEYS_MAX,
} from '@/shared/savedViews';

function ViewRow({ view, number, onOpen }: { view: SavedView; number: number; onOpen: () => void }) {
  const { t } = useI18n();
  const [name, setName] = useState<string | null>(null);
  const [taken, setTaken] = useState(false);

  function rename(event: FormEvent): void {
    event.preventDefault();
    const renamed = name !== null && renameView(view.name, name);
    setTaken(!renamed);
    if (renamed) {
      setName(null);
    }
  }

  if (name !== null) {
    return (
      <li className="view-row">
        <form onSubmit={rename}>
          <TextField
            label={t('views.name')}
            value={name}
            error={taken ? t('views.taken') : null}
            autoFocus
            maxLength={60}
            onChange={setName}
            onKeyDown={(event) => {
              if (event.key === 'Escape') {
                event.stopPropagation();
                setName(null);
              }
            }}
            testId="view-rename"
          />
        </form>
      </li>
    );
  }
  return (
    <li className="view-row" data-testid="view">
      <button type="button" className="view-name" onClick={onOpen} data-testid="view-open">
        {view.name}
        {number <= VIEW_KEYS_MAX && <Keys combo={`g v ${number}`} />}
      </button>
      <Button
        variant="quiet"
        size="small"
        icon={PenLine}
        aria-label={t('views.rename', { name: view.name })}
        onClick={() => setName(view.name)}
        testId="view-rename-begin"
      />
      <Button
        variant="quiet"
        size="small"
        icon={Trash2}
        aria-label={t('views.remove', { name: view.name })}
        onClick={() => removeView(view.name)}
        testId="view-remove"
      />
    </li>
  );
}

/** Keeps what the queue shows now under a name, and goes to what was kept before. */
export function ViewsDialog({ focus, onClose }: { focus: string; onClose: () => void }) {
  const { t } = useI18n();
  const views = useSavedViews();
  const [name, setName] = useState('');

  function save(event: FormEvent): void {
    event.preventDefault();
    if (name.trim() !== '') {
      saveView(name, focus);
      setName('');
    }
  }

  return (
    <Dialog title={t('views.title')} width="narrow" onClose={onClose} testId="views-dialog">
      <form className="view-save" onSubmit={save}>
        <TextField
          label={t('views.save.name')}
          value={name}
          autoFocus
          maxLength={60}
          onChange={setName}
          testId="view-name"
          beside={
            <Button
              type="submit"
              icon={BookmarkPlus}
              keys="Enter"
              disabled={name.trim() === ''}
              testId="view-save"
            >
              {t('views.save')}
            </Button>
          }
        />
      </form>
      {views.length === 0 ? (
        <p className="muted">{t('views.none')}</p>
      ) : (
        <ol className="views">
          {views.map((view, at) => (
            <ViewRow
              key={view.name}
              view={view}
              number={at + 1}
              onOpen={() => {
                onClose();
                goTo('review', view.focus);
              }}
            />
          ))}
        </ol>
      )}
    </Dialog>
  );
}
