import { useState } from 'react';
import { TextField } from '@/shared/Field';
import { type WordKind, wordsUsed } from '@/shared/recentWords';

interface WordFieldProps {
  label: string;
  kind: WordKind;
  value: string;
  onChange: (word: string) => void;
  /** Offered besides those used before. */
  offered?: readonly string[];
  hint?: string;
  autoFocus?: boolean;
  /** What it begins with is replaced by typing. */
  select?: boolean;
  testId: string;
}

/** A word as typed, with those used before beneath it. */
export function WordField({
  kind,
  offered = [],
  value,
  onChange,
  select = false,
  testId,
  ...rest
}: WordFieldProps) {
  const [words] = useState(() => [...new Set([...offered, ...wordsUsed(kind)])].slice(0, 6));
  return (
    <div className="word-field">
      <TextField
        {...rest}
        value={value}
        onChange={onChange}
        maxLength={64}
        onFocus={(event) => select && event.target.select()}
        testId={testId}
      />
      {words.length > 0 && (
        <div className="quick">
          {words.map((word) => (
            <button
              key={word}
              type="button"
              className="chip"
              aria-pressed={word === value.trim()}
              data-testid={`${testId}-used`}
              onClick={() => onChange(word)}
            >
              {word}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
