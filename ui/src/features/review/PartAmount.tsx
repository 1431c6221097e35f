import { type KeyboardEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import { Amount } from '@/shared/Amount';
import { decimalsOf } from '@/shared/currencies';
import { editable, sum } from '@/shared/decimal';
import { type Picked, typedPart } from './hand';

interface PartAmountProps {
  picked: Picked;
  currency: boolean;
  onPart: (part: string | null) => void;
}

/** How much of a chosen record is used: all that is open, or a part. Enter and F2 change it. */
export function PartAmount({ picked, currency, onPart }: PartAmountProps) {
  const { t, locale } = useI18n();
  const [text, setText] = useState<string | null>(null);
  const { record, part } = picked;
  const name = record.number || record.counterparty || record.text;

  function begin(): void {
    setText(part ?? editable(record.open.value, locale));
  }

  function keep(): void {
    const typed = text?.trim() ?? '';
    const value = typedPart(typed, record, locale);
    onPart(typed === '' || value === record.open.value ? null : typed);
    setText(null);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      keep();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setText(null);
    }
  }

  if (text !== null) {
    return (
      <input
        className="input part-input num"
        value={text}
        inputMode="decimal"
        // biome-ignore lint/a11y/noAutofocus: it was asked for with a key or a click
        autoFocus
        aria-label={t('review.hand.part', { name })}
        data-testid="part-input"
        onFocus={(event) => event.target.select()}
        onChange={(event) => setText(event.target.value)}
        onBlur={keep}
        onKeyDown={onKeyDown}
      />
    );
  }
  const { currency: code } = record.open;
  const typed = part === null ? null : typedPart(part, record, locale);
  // With the currency's decimals, however it was typed.
  const value = typed === null ? null : sum([typed, (0).toFixed(decimalsOf(code))]);
  return (
    <button
      type="button"
      className={`part ${part !== null && value === null ? 'part-wrong' : ''}`}
      title={t('review.hand.part.edit')}
      data-testid="part"
      onClick={begin}
      onKeyDown={(event) => event.key === 'F2' && begin()}
    >
      <span className="sr-only">{`${t('review.hand.part', { name })}: `}</span>
      {part === null ? (
        <Amount amount={record.open} currency={currency} />
      ) : (
        <>
          {value === null ? part : <Amount amount={{ value, currency: code }} />}
          <span className="part-of">
            {t('review.partOf')} <Amount amount={record.open} currency={currency} />
          </span>
        </>
      )}
    </button>
  );
}
