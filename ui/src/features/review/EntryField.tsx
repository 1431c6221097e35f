import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { useI18n } from '@/i18n';
import { host, type RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { KEYS } from '@/shared/queries';
import { useLater } from '@/shared/useLater';

interface EntryFieldProps {
  label: string;
  entry: RecordView | null;
  /** Nearest to this amount first. */
  near: string | null;
  autoFocus?: boolean;
  onChoose: (entry: RecordView | null) => void;
}

/** How an entry is called where it was chosen. */
export function entryName({ counterparty, number, text, kind }: RecordView, word: (kind: string) => string) {
  return [counterparty || text, number || word(kind)].filter(Boolean).join(' · ');
}

/** An open entry of the books, found by typing. */
export function EntryField({ label, entry, near, autoFocus, onChoose }: EntryFieldProps) {
  const { t, word } = useI18n();
  const nameOf = (record: RecordView) => entryName(record, (kind) => word('kind', kind));
  const [text, setText] = useState(entry ? nameOf(entry) : '');
  const searched = useLater(entry && text === nameOf(entry) ? '' : text.trim(), 200);
  const open = useQuery({
    queryKey: [...KEYS.open, 'entry', searched, near],
    queryFn: () =>
      host().call('open_records', {
        request: { side: 'ledger', search: searched, nearAmount: near, currency: null, offset: 0, limit: 30 },
      }),
    placeholderData: keepPreviousData,
  });
  const rows = open.data?.rows ?? [];
  return (
    <ComboBox
      className="field entry-field"
      items={rows}
      inputValue={text}
      onInputChange={(typed) => {
        setText(typed);
        if (entry && typed !== nameOf(entry)) {
          onChoose(null);
        }
      }}
      selectedKey={entry?.id ?? null}
      onSelectionChange={(key) => {
        const chosen = rows.find((record) => record.id === key);
        if (chosen) {
          setText(nameOf(chosen));
          onChoose(chosen);
        }
      }}
      defaultFilter={() => true}
      menuTrigger="focus"
      allowsEmptyCollection
      autoFocus={autoFocus}
    >
      <Label className="field-label">{label}</Label>
      <Input className="input" placeholder={t('review.hand.search')} data-testid="split-entry" />
      <Popover className="popover entry-popover">
        <ListBox
          className="menu entry-list"
          renderEmptyState={() => <p className="menu-head">{t('review.hand.none')}</p>}
        >
          {(record: RecordView) => (
            <ListBoxItem
              id={record.id}
              className="menu-item"
              textValue={nameOf(record)}
              data-testid="split-entry-option"
            >
              <span className="menu-grow">{nameOf(record)}</span>
              <Amount amount={record.open} currency dash />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
