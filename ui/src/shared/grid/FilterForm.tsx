import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import type { GridColumnView, GridFilter, GridKind } from '@/ipc';
import { Button } from '../Button';
import { CheckField, Segments, TextField } from '../Field';
import { formatDate, formatDecimal } from '../format';
import { relativePeriods } from '../period/periods';
import { draftOf, type FilterDraft, type FilterFault, filtersOf, isDay } from './filterDraft';
import { headingOf, wordOf } from './words';

/** Words beyond which a field narrows their list. */
const WORDS_PLAIN = 10;

interface FilterFormProps {
  grid: GridKind;
  column: GridColumnView;
  filters: readonly GridFilter[];
  onApply: (filters: GridFilter[]) => void;
}

interface PartProps extends FilterFormProps {
  draft: FilterDraft;
  fault: FilterFault | null;
  change: (part: Partial<FilterDraft>) => void;
}

function Words({ grid, column, draft, change }: PartProps) {
  const i18n = useI18n();
  const [needle, setNeedle] = useState('');
  const named = column.words
    .map((value) => ({ value, name: wordOf(grid, column.column, value, i18n) }))
    .sort((left, right) => left.name.localeCompare(right.name));
  const fold = needle.trim().toLowerCase();
  return (
    <>
      {named.length > WORDS_PLAIN && (
        <input
          className="input"
          type="search"
          value={needle}
          placeholder={i18n.t('grid.filter.words')}
          aria-label={i18n.t('grid.filter.words')}
          onChange={(event) => setNeedle(event.target.value)}
        />
      )}
      <div className="grid-words">
        {named
          .filter(({ name }) => name.toLowerCase().includes(fold))
          .map(({ value, name }) => (
            <CheckField
              key={value}
              label={name}
              checked={draft.words.includes(value)}
              testId={`filter-word-${value}`}
              onChange={(on) =>
                change({
                  presence: 'any',
                  words: on ? [...draft.words, value] : draft.words.filter((other) => other !== value),
                })
              }
            />
          ))}
      </div>
    </>
  );
}

function Text({ draft, change }: PartProps) {
  const { t } = useI18n();
  return (
    <>
      <Segments
        label={t('grid.filter.test')}
        value={draft.textTest}
        options={[
          { value: 'contains', label: t('grid.test.contains') },
          { value: 'equals', label: t('grid.test.equals') },
          { value: 'differs', label: t('grid.test.differs') },
        ]}
        onChange={(textTest) => change({ textTest })}
      />
      <TextField
        label={t('grid.filter.text')}
        value={draft.text}
        autoFocus
        onChange={(text) => change({ text, presence: 'any' })}
        testId="filter-text"
      />
    </>
  );
}

function Limits({ column, draft, fault, change }: PartProps) {
  const { t, word, locale } = useI18n();
  const days = isDay(column.kind);
  const example = days ? formatDate('2025-12-31', locale) : formatDecimal('1234.50', locale);
  const wrong = t(days ? 'grid.filter.noDay' : 'grid.filter.noNumber', { example });
  return (
    <>
      <div className="grid-limits">
        {(['from', 'to'] as const).map((field) => (
          <TextField
            key={field}
            label={t(field === 'from' ? 'grid.filter.from' : 'grid.filter.to')}
            value={draft[field]}
            placeholder={example}
            autoFocus={field === 'from'}
            error={fault === field ? wrong : null}
            onChange={(text) => change({ [field]: text, presence: 'any' })}
            testId={`filter-${field}`}
          />
        ))}
      </div>
      {days && (
        <div className="grid-periods">
          {relativePeriods(new Date()).map(({ key, from, to }) => (
            <Button
              key={key}
              size="small"
              onClick={() =>
                change({
                  from: formatDate(from ?? '', locale),
                  to: formatDate(to ?? '', locale),
                  presence: 'any',
                })
              }
            >
              {word('period', key)}
            </Button>
          ))}
        </div>
      )}
    </>
  );
}

/** What rows must have in a column; fields by the column's kind. Words too many to be listed are looked for as text. */
export function FilterForm(props: FilterFormProps) {
  const { filters, onApply } = props;
  const isListed = props.column.kind !== 'word' || props.column.words.length > 0;
  const column: GridColumnView = isListed ? props.column : { ...props.column, kind: 'text' };
  const i18n = useI18n();
  const { t, locale } = i18n;
  const [draft, setDraft] = useState(() => draftOf(filters, column.kind, locale));
  const [fault, setFault] = useState<FilterFault | null>(null);

  function submit(event: FormEvent): void {
    event.preventDefault();
    const asked = filtersOf(column.column, column.kind, draft, locale);
    if (typeof asked === 'string') {
      setFault(asked);
    } else {
      onApply(asked);
    }
  }

  const part: PartProps = {
    ...props,
    column,
    draft,
    fault,
    change: (changed) => {
      setFault(null);
      setDraft((before) => ({ ...before, ...changed }));
    },
  };
  return (
    <form className="grid-filter" onSubmit={submit} noValidate data-testid="filter-form">
      <h3 className="grid-pop-title">{headingOf(column.column, i18n)}</h3>
      {column.kind === 'word' && <Words {...part} />}
      {column.kind === 'text' && <Text {...part} />}
      {column.kind !== 'word' && column.kind !== 'text' && <Limits {...part} />}
      <Segments
        label={t('grid.filter.presence')}
        value={draft.presence}
        options={[
          { value: 'any', label: t('grid.presence.any'), testId: 'filter-any' },
          { value: 'empty', label: t('grid.presence.empty'), testId: 'filter-empty' },
          { value: 'filled', label: t('grid.presence.filled'), testId: 'filter-filled' },
        ]}
        onChange={(presence) => part.change({ presence })}
      />
      <div className="grid-pop-foot">
        <Button
          size="small"
          disabled={filters.length === 0}
          onClick={() => onApply([])}
          testId="filter-remove"
        >
          {t('grid.filter.remove')}
        </Button>
        <Button size="small" variant="primary" type="submit" keys="Enter" testId="filter-apply">
          {t('grid.filter.apply')}
        </Button>
      </div>
    </form>
  );
}
