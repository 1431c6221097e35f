import { useRef, useState } from 'react';
import { useI18n } from '@/i18n';

/** Text in a cell while it is edited: Enter keeps it, Escape leaves it as it was. */
export function CellEditor({ text, onDone }: { text: string; onDone: (text: string | null) => void }) {
  const { t } = useI18n();
  // What the cell said when editing began: it may be said anew beneath.
  const [first] = useState(text);
  const [value, setValue] = useState(text);
  const done = useRef(false);

  function finish(result: string | null): void {
    if (!done.current) {
      done.current = true;
      onDone(result);
    }
  }

  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: whoever asks to edit a cell types next
      autoFocus
      className="grid-editor"
      value={value}
      aria-label={t('grid.edit')}
      data-testid="grid-editor"
      onChange={(event) => setValue(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={() => finish(value === first ? null : value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter' || event.key === 'Escape') {
          event.preventDefault();
          finish(event.key === 'Enter' && value !== first ? value : null);
        }
      }}
    />
  );
}
