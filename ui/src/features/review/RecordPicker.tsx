import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Search } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type RecordView, type SideView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { DateText } from '@/shared/Dates';
import { Skeleton } from '@/shared/Parts';
import { KEYS } from '@/shared/queries';
import { useLater } from '@/shared/useLater';

const ROWS_SHOWN = 100;

interface RecordPickerProps {
  side: SideView;
  title: string;
  chosen: RecordView[];
  nearAmount: string | null;
  /** The match's; amounts in another show their code. */
  currency: string;
  autoFocus: boolean;
  onToggle: (record: RecordView) => void;
}

interface RecordChoiceProps {
  record: RecordView;
  on: boolean;
  currency: string;
  onToggle: (record: RecordView) => void;
}

function RecordChoice({ record, on, currency, onToggle }: RecordChoiceProps) {
  const name = record.number || record.reference;
  return (
    <label className={`choice ${on ? 'choice-on' : ''}`} data-testid="open-record" data-id={record.id}>
      <input type="checkbox" checked={on} onChange={() => onToggle(record)} />
      <span className="choice-text">
        <strong>{record.counterparty || record.text}</strong>
        <span>
          <DateText iso={record.date} />
          {name && ` · ${name}`}
          {record.counterparty && record.text && ` · ${record.text}`}
        </span>
      </span>
      <Amount amount={record.open} currency={record.open.currency !== currency} />
    </label>
  );
}

/** Open records of one side to choose from; the chosen ones stay on top. */
export function RecordPicker(props: RecordPickerProps) {
  const { side, title, chosen, nearAmount, currency, autoFocus, onToggle } = props;
  const { t } = useI18n();
  const [search, setSearch] = useState('');
  const searched = useLater(search.trim(), 200);
  const open = useQuery({
    queryKey: [...KEYS.open, side, searched, nearAmount],
    queryFn: () =>
      host().call('open_records', {
        request: { side, search: searched, nearAmount, currency: null, offset: 0, limit: ROWS_SHOWN },
      }),
    placeholderData: keepPreviousData,
  });
  const ids = new Set(chosen.map((record) => record.id));
  const others = open.data?.rows.filter((record) => !ids.has(record.id)) ?? [];
  const hidden = Math.max(0, (open.data?.total ?? 0) - (open.data?.rows.length ?? 0));
  return (
    <section className="picker" aria-label={title} data-testid={`picker-${side}`}>
      <h3>{title}</h3>
      <div className="search">
        <Search aria-hidden size={14} />
        <input
          className="input"
          type="search"
          value={search}
          // biome-ignore lint/a11y/noAutofocus: the dialog opens to search here
          autoFocus={autoFocus}
          placeholder={t('review.hand.search')}
          aria-label={t('review.hand.searchIn', { side: title })}
          data-testid={`search-${side}`}
          onChange={(event) => setSearch(event.target.value)}
        />
      </div>
      <div className="picker-list">
        {chosen.map((record) => (
          <RecordChoice key={record.id} record={record} currency={currency} on onToggle={onToggle} />
        ))}
        {chosen.length > 0 && others.length > 0 && <hr className="picker-rule" />}
        {open.data === undefined && <Skeleton rows={6} height={32} />}
        {others.map((record) => (
          <RecordChoice key={record.id} record={record} currency={currency} on={false} onToggle={onToggle} />
        ))}
        {open.data && others.length === 0 && chosen.length === 0 && (
          <p className="muted picker-none">{t('review.hand.none')}</p>
        )}
        {hidden > 0 && <p className="muted picker-none">{t('review.hand.more', { count: hidden })}</p>}
      </div>
    </section>
  );
}
