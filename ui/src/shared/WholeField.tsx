import { type ReactNode, useState } from 'react';
import { type I18n, useI18n } from '@/i18n';
import { readNumber } from './decimal';
import { TextField } from './Field';
import { formatCount } from './format';
import { useRound, useTellUnfit } from './unfit';
import { useUnreadable } from './unreadable';

/** Which whole numbers fit, and who is told; with `optional` also none. */
type Range = { value: number | null; least?: number; most: number } & (
  | { optional: true; onChange: (value: number | null) => void }
  | { optional?: false; onChange: (value: number) => void }
);

/** What was typed: a number that fits, nothing, or what cannot be taken. */
function read(text: string, { least = 0, most, optional = false }: Range, locale: string) {
  const typed = readNumber(text, locale);
  if (typed.kind === 'empty' && optional) {
    return null;
  }
  const number = typed.kind === 'number' && /^\d+$/.test(typed.value) ? Number(typed.value) : Number.NaN;
  return number >= least && number <= most ? number : 'unfit';
}

function faultOf({ least = 0, most, optional }: Range, { t, locale }: I18n): string {
  return t(optional ? 'number.wholeOrNone' : 'number.whole', {
    least: formatCount(least, locale),
    most: formatCount(most, locale),
  });
}

/** The text of a whole number. What does not fit stays as it was typed, is told, and is handed to nobody. */
function useWhole(range: Range) {
  const i18n = useI18n();
  const { value } = range;
  const [typed, setTyped] = useState({ text: '', over: value, round: -1 });
  const round = useRound();
  const found = read(typed.text, range, i18n.locale);
  // Whoever changes the number from outside is shown.
  const isOwn = typed.round === round && (found === 'unfit' ? typed.over === value : found === value);
  const fault = isOwn && found === 'unfit' ? faultOf(range, i18n) : '';
  useTellUnfit(fault !== '');
  return {
    field: useUnreadable(fault),
    fault,
    text: isOwn ? typed.text : value === null ? '' : String(value),
    type: (text: string) => {
      setTyped({ text, over: value, round });
      const next = read(text, range, i18n.locale);
      if (range.optional) {
        if (next !== 'unfit') {
          range.onChange(next);
        }
      } else if (typeof next === 'number') {
        range.onChange(next);
      }
    },
  };
}

type WholeFieldProps = Range & {
  label: string;
  hint?: ReactNode;
  placeholder?: string;
  testId?: string;
};

/** A whole number with its label. */
export function WholeField(props: WholeFieldProps) {
  const { field, fault, text, type } = useWhole(props);
  return (
    <TextField
      ref={field}
      label={props.label}
      hint={props.hint}
      placeholder={props.placeholder}
      testId={props.testId}
      inputMode="numeric"
      value={text}
      error={fault || null}
      onChange={type}
    />
  );
}

type WholeCellProps = Range & {
  className: string;
  label: string;
  disabled?: boolean;
  testId?: string;
};

/** The same in a cell of a table. */
export function WholeCell(props: WholeCellProps) {
  const { field, fault, text, type } = useWhole(props);
  return (
    <>
      <input
        ref={field}
        className={props.className}
        autoComplete="off"
        inputMode="numeric"
        aria-label={props.label}
        aria-invalid={fault ? true : undefined}
        disabled={props.disabled}
        value={text}
        data-testid={props.testId}
        onChange={(event) => type(event.target.value)}
      />
      <CellFault fault={fault} />
    </>
  );
}

/** What is wrong with a cell, below it. */
export function CellFault({ fault }: { fault: string }) {
  return (
    fault !== '' && (
      <p className="field-error cell-error" role="alert" data-testid="error-message">
        {fault}
      </p>
    )
  );
}
