import { useEffect, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { TextField } from '../Field';
import { formatDate, parseDate } from '../format';
import { useUnreadable } from '../unreadable';

interface DayFieldProps {
  label: string;
  iso: string | null;
  onChange: (iso: string | null) => void;
  /** Told whether what stands there is no day: until it is one, `iso` is the day before it. */
  onUnreadable?: (unreadable: boolean) => void;
  disabled?: boolean;
  /** Where a day must be given. */
  placeholder?: string;
  autoFocus?: boolean;
  testId: string;
}

/** A day as people type it; empty: any. */
export function DayField(props: DayFieldProps) {
  const { label, iso, onChange, onUnreadable, disabled, placeholder, autoFocus, testId } = props;
  const { t, locale } = useI18n();
  const shown = iso ? formatDate(iso, locale) : '';
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText(shown);
    setWrong(false);
  }, [shown]);

  const day = text.trim() === '' ? null : text === shown ? iso : parseDate(text, locale);
  const bad = text.trim() !== '' && day === null;
  const fault = t('proof.day.wrong', { example: formatDate('2025-12-31', locale) });
  const field = useUnreadable(bad ? fault : '');
  const tell = useRef(onUnreadable);
  tell.current = onUnreadable;
  useEffect(() => tell.current?.(bad), [bad]);

  function take(): void {
    setWrong(bad);
    if (!bad && text !== shown) {
      onChange(day);
    }
  }

  return (
    <TextField
      ref={field}
      label={label}
      value={text}
      disabled={disabled}
      placeholder={placeholder ?? t('proof.day.any')}
      autoFocus={autoFocus}
      error={wrong ? fault : null}
      onChange={setText}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
      testId={testId}
    />
  );
}
