import { useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import { TextField } from './Field';
import { formatDate, parseDate } from './format';

interface DayFieldProps {
  label: string;
  iso: string | null;
  onChange: (iso: string | null) => void;
  testId: string;
}

/** A day as people type it, or none; told once the field is left or Enter is pressed. */
export function DayField({ label, iso, onChange, testId }: DayFieldProps) {
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
      placeholder={t('proof.day.any')}
      error={wrong ? t('proof.day.wrong', { example: formatDate('2025-12-31', locale) }) : null}
      onChange={setText}
      onBlur={take}
      onKeyDown={(event) => event.key === 'Enter' && take()}
      testId={testId}
    />
  );
}
