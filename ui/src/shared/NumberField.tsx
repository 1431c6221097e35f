import { type InputHTMLAttributes, type ReactNode, useState } from 'react';
import { type I18n, useI18n } from '@/i18n';
import { editable, parseDecimal, readNumber } from './decimal';
import { TextField } from './Field';
import { formatDecimal } from './format';
import { useTellUnfit } from './unfit';
import { useUnreadable } from './unreadable';
import { CellFault } from './WholeField';

/** What is handed over for a text that is no number for sure: the host refuses it, and says where it stands. */
function handedOver(text: string, locale: string, decimals?: number): string {
  const read = readNumber(text, locale, decimals);
  switch (read.kind) {
    case 'number':
      return read.value;
    case 'empty':
      return '';
    case 'ambiguous':
      return `${text.trim()} ?`;
    case 'none':
      return text;
  }
}

/** What is wrong with it, or how it is understood where that is not how it is written. */
export function toldOfNumber(
  text: string,
  { t, locale }: I18n,
  decimals?: number,
): { error: string | null; hint: string | null } {
  const read = readNumber(text, locale, decimals);
  if (read.kind === 'ambiguous') {
    return { error: t('number.ambiguous', { text: text.trim() }), hint: null };
  }
  if (read.kind === 'none') {
    return { error: t('number.none', { text: text.trim() }), hint: null };
  }
  const differs = read.kind === 'number' && read.value !== text.trim();
  return {
    error: null,
    hint: differs ? t('number.understood', { number: formatDecimal(read.value, locale) }) : null,
  };
}

/** The text of a number as it is typed, and the plain number that others see. */
export function useTypedNumber(value: string, onChange: (value: string) => void, decimals?: number) {
  const i18n = useI18n();
  const [typed, setTyped] = useState<string | null>(null);
  // Whoever changes the number from outside is shown.
  const own = typed !== null && handedOver(typed, i18n.locale, decimals) === value ? typed : null;
  // A draft may still hold a text that is no number.
  const text = own ?? (parseDecimal(value) ? '' : value);
  const told = toldOfNumber(text, i18n, decimals);
  useTellUnfit(told.error !== null);
  return {
    field: useUnreadable(told.error ?? ''),
    text: own ?? editable(value, i18n.locale),
    error: told.error,
    hint: own === null ? null : told.hint,
    type: (next: string) => {
      setTyped(next);
      onChange(handedOver(next, i18n.locale, decimals));
    },
  };
}

interface NumberFieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  label: string;
  hint?: ReactNode;
  testId?: string;
  /** A plain number, as the host takes it. */
  value: string;
  onChange: (value: string) => void;
  /** Decimals of its currency: with three, a single mark before three digits is no question. */
  decimals?: number;
}

/** A number with its label, written in any country's way; says how it is understood. */
export function NumberField({ value, onChange, hint, decimals, ...rest }: NumberFieldProps) {
  const number = useTypedNumber(value, onChange, decimals);
  return (
    <TextField
      {...rest}
      ref={number.field}
      inputMode="decimal"
      value={number.text}
      error={number.error}
      hint={number.hint ?? hint}
      onChange={number.type}
    />
  );
}

interface NumberCellProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'value'> {
  value: string;
  onChange: (value: string) => void;
}

/** The same in a cell of a table: how it is understood stands in its tooltip. */
export function NumberCell({ value, onChange, ...rest }: NumberCellProps) {
  const number = useTypedNumber(value, onChange);
  return (
    <>
      <input
        {...rest}
        ref={number.field}
        className="input limit-input num"
        autoComplete="off"
        inputMode="decimal"
        value={number.text}
        title={number.hint ?? undefined}
        aria-invalid={number.error ? true : undefined}
        onChange={(event) => number.type(event.target.value)}
      />
      <CellFault fault={number.error ?? ''} />
    </>
  );
}
