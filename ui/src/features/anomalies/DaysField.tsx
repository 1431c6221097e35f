import { useI18n } from '@/i18n';
import { CheckField } from '@/shared/Field';

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

interface DaysFieldProps {
  label: string;
  /** The days as the host takes them: `saturday, sunday`. */
  value: string;
  onChange: (value: string) => void;
}

/** Days of the week, of which some are chosen. */
export function DaysField({ label, value, onChange }: DaysFieldProps) {
  const { word } = useI18n();
  const chosen = value.split(',').map((day) => day.trim().toLowerCase());
  return (
    <fieldset className="detector-days">
      <legend className="field-label">{label}</legend>
      {DAYS.map((day) => (
        <CheckField
          key={day}
          label={word('anomalies.day', day)}
          checked={chosen.includes(day)}
          onChange={(on) =>
            onChange(DAYS.filter((other) => (other === day ? on : chosen.includes(other))).join(', '))
          }
          testId={`detector-day-${day}`}
        />
      ))}
    </fieldset>
  );
}
