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
import type { Picked } from './hand';
import { PartAmount } from './PartAmount';

const ROWS_SHOWN = 100;

interface RecordPickerProps {
  side: SideView;
  title: string;
  chosen: Picked[];
  nearAmount: string | null;
  /** The match's; amounts in another show their code. */
  currency: string;
  autoFocus: boolean;
  onToggle: (record: RecordView) => void;
  onPart: (id: string, part: string | null) => void;
}

interface RecordChoiceProps {
  record: RecordView;
  /** How much of it, where it is chosen. */
  picked: Picked | null;
  currency: string;
  onToggle: (record: RecordView) => void;
  onPart: (id: string, part: string | null) => void;
}

function RecordChoice({ record, picked, currency, onToggle, onPart }: RecordChoiceProps) {
  const { word } = useI18n();
  const account = record.kind === 'customer_account';
  const name = account ? word('kind', record.kind) : record.number || record.reference;
  const foreign = record.open.currency !== currency;
  return (
    <div className={`choice ${picked ? 'choice-on' : ''}`} data-testid="open-record" data-id={record.id}>
      <label className="choice-face">
        <input type="checkbox" checked={picked !== null} onChange={() => onToggle(record)} />
        <span className="choice-text">
          <strong>{record.counterparty || record.text}</strong>
          <span>
            {!account && (
              <>
                <DateText iso={record.date} />
                {' · '}
              </>
            )}
            {[name, record.counterparty && record.text].filter(Boolean).join(' · ')}
          </span>
        </span>
        {!picked && <Amount amount={record.open} currency={foreign} dash />}
      </label>
      {picked && <PartAmount picked={picked} currency={foreign} onPart={(part) => onPart(record.id, part)} />}
    </div>
  );
}

/** Open records of one side to choose from; the chosen ones stay on top. */
export function RecordPicker(props: RecordPickerProps) {
  const { side, title, chosen, nearAmount, currency, autoFocus } = props;
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
  const ids = new Set(chosen.map(({ record }) => record.id));
  const others = open.data?.rows.filter((record) => !ids.has(record.id)) ?? [];
  const hidden = Math.max(0, (open.data?.total ?? 0) - (open.data?.rows.length ?? 0));
  const choice = (record: RecordView, picked: Picked | null) => (
    <RecordChoice
      key={record.id}
      record={record}
      picked={picked}
      currency={currency}
      onToggle={props.onToggle}
      onPart={props.onPart}
    />
  );
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
        {chosen.map((picked) => choice(picked.record, picked))}
        {chosen.length > 0 && others.length > 0 && <hr className="picker-rule" />}
        {open.data === undefined && <Skeleton rows={6} height={32} />}
        {others.map((record) => choice(record, null))}
        {open.data && others.length === 0 && chosen.length === 0 && (
          <p className="muted picker-none">{t('review.hand.none')}</p>
        )}
        {hidden > 0 && <p className="muted picker-none">{t('review.hand.more', { count: hidden })}</p>}
      </div>
    </section>
  );
}
