import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useId, useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { KEYS } from '@/shared/queries';
import { useLater } from '@/shared/useLater';

interface EntryFieldProps {
  label: string;
  entry: RecordView | null;
  onChoose: (entry: RecordView | null) => void;
}

const ROWS_SHOWN = 20;

/** An open entry of the books, found by typing; the arrows and Enter choose from what is found. */
export function EntryField({ label, entry, onChoose }: EntryFieldProps) {
  const { t, word } = useI18n();
  const id = useId();
  const nameOf = ({ counterparty, number, text, kind }: RecordView) =>
    [counterparty || text, number || word('kind', kind)].filter(Boolean).join(' · ');
  const [text, setText] = useState(entry ? nameOf(entry) : '');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const searched = useLater(text.trim(), 200);
  const found = useQuery({
    queryKey: [...KEYS.open, 'entry', searched],
    queryFn: () =>
      host().call('open_records', {
        request: {
          side: 'ledger',
          search: searched,
          nearAmount: null,
          currency: null,
          offset: 0,
          limit: ROWS_SHOWN,
        },
      }),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.rows ?? [];
  const shown = open && entry === null;

  function choose(record: RecordView): void {
    setText(nameOf(record));
    setOpen(false);
    onChoose(record);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const record = rows[active];
    if (step !== undefined && shown) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(rows.length - 1, active + step)));
    } else if (event.key === 'ArrowDown' && entry === null) {
      event.preventDefault();
      setOpen(true);
    } else if (event.key === 'Enter' && shown && record && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      choose(record);
    } else if (event.key === 'Escape' && shown && text !== '') {
      event.stopPropagation();
      setOpen(false);
    }
  }

  return (
    <div className="field entry-field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        className="input"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        value={text}
        placeholder={t('review.hand.search')}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-activedescendant={shown && rows[active] ? `${id}-${active}` : undefined}
        data-testid="split-entry"
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setOpen(true);
          if (entry) {
            onChoose(null);
          }
        }}
      />
      {shown && (
        <div id={`${id}-list`} className="entry-list" role="listbox" aria-label={label}>
          {rows.map((record, at) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field has the focus and the keys
            <div
              key={record.id}
              id={`${id}-${at}`}
              ref={(element) => {
                if (at === active) {
                  element?.scrollIntoView?.({ block: 'nearest' });
                }
              }}
              role="option"
              aria-selected={at === active}
              className={`entry-option ${at === active ? 'entry-on' : ''}`}
              data-testid="split-entry-option"
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(record)}
            >
              <span>{nameOf(record)}</span>
              <Amount amount={record.open} currency dash />
            </div>
          ))}
          {found.data && rows.length === 0 && <p className="muted picker-none">{t('review.hand.none')}</p>}
        </div>
      )}
    </div>
  );
}
