import { Eye, EyeOff } from 'lucide-react';
import {
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
  useId,
  useState,
} from 'react';
import { useI18n } from '@/i18n';
import { Keys } from './Keys';

interface Labelled {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  testId?: string;
}

interface TextFieldProps extends Labelled, Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange'> {
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
  /** A button beside the field. */
  beside?: ReactNode;
}

function Frame({ id, label, hint, error, children }: Labelled & { id: string; children: ReactNode }) {
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      {children}
      {error ? (
        <p className="field-error" id={`${id}-note`} role="alert" data-testid="error-message">
          {error}
        </p>
      ) : (
        hint && (
          <div className="field-hint" id={`${id}-note`}>
            {hint}
          </div>
        )
      )}
    </div>
  );
}

/** A line of text with its label, hint and error. */
export function TextField({ label, hint, error, testId, onChange, beside, ...rest }: TextFieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <div className="field-row">
        <input
          autoComplete="off"
          spellCheck={false}
          {...rest}
          id={id}
          className="input"
          data-testid={testId}
          aria-invalid={error ? true : undefined}
          aria-describedby={hint || error ? `${id}-note` : undefined}
          onChange={(event) => onChange(event.target.value)}
        />
        {beside}
      </div>
    </Frame>
  );
}

interface AreaFieldProps extends Labelled, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onChange'> {
  onChange: (value: string) => void;
}

/** Several lines of text. */
export function AreaField({ label, hint, error, testId, onChange, ...rest }: AreaFieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <textarea
        rows={5}
        {...rest}
        id={id}
        className="input area"
        data-testid={testId}
        aria-describedby={hint || error ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    </Frame>
  );
}

/** A passphrase, hidden unless revealed. */
export function PassphraseField(props: TextFieldProps) {
  const { t } = useI18n();
  const [shown, setShown] = useState(false);
  const Icon = shown ? EyeOff : Eye;
  return (
    <TextField
      {...props}
      type={shown ? 'text' : 'password'}
      data-revealable
      beside={
        <button
          type="button"
          className="reveal"
          aria-pressed={shown}
          aria-label={t(shown ? 'field.hide' : 'field.reveal')}
          title={t(shown ? 'field.hide' : 'field.reveal')}
          onClick={() => setShown(!shown)}
        >
          <Icon aria-hidden size={16} />
        </button>
      }
    />
  );
}

interface SelectFieldProps extends Labelled, Omit<SelectHTMLAttributes<HTMLSelectElement>, 'onChange'> {
  onChange: (value: string) => void;
  children: ReactNode;
}

/** A choice from a list. */
export function SelectField({ label, hint, error, testId, onChange, children, ...rest }: SelectFieldProps) {
  const id = useId();
  return (
    <Frame id={id} label={label} hint={hint} error={error}>
      <select
        {...rest}
        id={id}
        className="input select"
        data-testid={testId}
        aria-describedby={hint || error ? `${id}-note` : undefined}
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </Frame>
  );
}

interface CheckFieldProps {
  label: ReactNode;
  hint?: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
  /** The key that does the same. */
  keys?: string;
  testId?: string;
}

/** A yes or no. */
export function CheckField({ label, hint, checked, disabled, onChange, keys, testId }: CheckFieldProps) {
  return (
    <label className="check">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        data-testid={testId}
        aria-keyshortcuts={keys}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {label}
        {keys && <Keys combo={keys} />}
        {hint && <span className="check-hint">{hint}</span>}
      </span>
    </label>
  );
}

interface SegmentsProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string; testId?: string }[];
  onChange: (value: Value) => void;
  disabled?: boolean;
}

/** One of a few, side by side. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
}: SegmentsProps<Value>) {
  const name = useId();
  return (
    <fieldset className="segments-field" disabled={disabled}>
      <legend className="field-label">{label}</legend>
      <div className="segments">
        {options.map((option) => (
          <label
            key={option.value}
            className={`segment ${option.value === value ? 'segment-on' : ''}`}
            data-testid={option.testId}
          >
            <input
              className="sr-only"
              type="radio"
              name={name}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
