import { useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import { TextField } from '../Field';
import { formatDate, parseDate } from '../format';

interface DayFieldProps {
  label: string;
  iso: string | null;
  onChange: (iso: string | null) => void;
  disabled?: boolean;
  /** Where a day must be given. */
  placeholder?: string;
  autoFocus?: boolean;
  testId: string;
}

/** A day as people type it; empty: any. */
export function DayField({ label, iso, onChange, disabled, placeholder, autoFocus, testId }: DayFieldProps) {
  const { t, locale } = useI18n();
  const shown = iso ? formatDate(iso, locale) : '';
  const [text, setText] = useState(shown);
  const [wrong, setWrong] = useState(false);
  useEffect(() => {
    setText(shown);
    setWrong(false);
  }, [shown]);

  function take(): void {
    if (text === shown) {
      return;
    }
    const day = text.trim() === '' ? null : parseDate(text, locale);
    const bad = text.trim() !== '' && day === null;
    setWrong(bad);
    if (!bad) {
      onChange(day);
    }
  }

  return (
    <TextField
      label={label}
      value={text}
      disabled={disabled}
      placeholder={placeholder ?? t('proof.day.any')}
      autoFocus={autoFocus}
      error={wrong ? t('proof.day.wrong', { example: formatDate('2025-12-31', locale) }) : null}
      onChange={setText}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
      testId={testId}
    />
  );
}
