import { X } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { MatchingSettingsView, RuleConditionView } from '@/ipc';
import { Button } from '@/shared/Button';
import { CheckField, SelectField, TextField } from '@/shared/Field';
import { NumberField } from '@/shared/NumberField';
import { WholeField } from '@/shared/WholeField';
import { AMOUNTS, comparesFields, PAIR_TESTS, subjectOf, TEXT_TESTS, withSubject, withTest } from './rules';

interface ConditionFieldsProps {
  number: number;
  condition: RuleConditionView;
  words: MatchingSettingsView;
  onChange: (condition: RuleConditionView) => void;
  /** Nothing: it is the only one. */
  onRemove: (() => void) | null;
}

type FieldsProps = Pick<ConditionFieldsProps, 'condition' | 'words' | 'onChange'>;

function Subject({ condition, words, onChange }: FieldsProps) {
  const { t, word } = useI18n();
  const groups = [
    [t('rules.group.line'), [...words.lineFields, AMOUNTS[0] ?? '']],
    [t('rules.group.entry'), [...words.entryFields, AMOUNTS[1] ?? '']],
  ] as const;
  return (
    <SelectField
      label={t('rules.field')}
      value={subjectOf(condition)}
      onChange={(subject) => onChange(withSubject(condition, subject))}
      testId="condition-field"
    >
      {groups.map(([name, fields]) => (
        <optgroup key={name} label={name}>
          {fields.map((field) => (
            <option key={field} value={field}>
              {word('rule.field', field)}
            </option>
          ))}
        </optgroup>
      ))}
      <optgroup label={t('rules.group.both')}>
        {PAIR_TESTS.map((test) => (
          <option key={test} value={test}>
            {word('rule.pair', test)}
          </option>
        ))}
      </optgroup>
    </SelectField>
  );
}

function TextTest({ condition, words, onChange }: FieldsProps) {
  const { t, word } = useI18n();
  const others = condition.field.startsWith('line.') ? words.entryFields : words.lineFields;
  return (
    <>
      <SelectField
        label={t('rules.test')}
        value={condition.test}
        onChange={(test) => onChange(withTest(condition, test, others[0] ?? ''))}
        testId="condition-test"
      >
        {TEXT_TESTS.map((test) => (
          <option key={test} value={test}>
            {word('rule.test', test)}
          </option>
        ))}
      </SelectField>
      {comparesFields(condition.test) ? (
        <SelectField
          label={t('rules.otherField')}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
          testId="condition-value"
        >
          {others.map((field) => (
            <option key={field} value={field}>
              {word('rule.field', field)}
            </option>
          ))}
        </SelectField>
      ) : (
        <TextField
          label={t(condition.test === 'regex' ? 'rules.pattern' : 'rules.value')}
          value={condition.value}
          onChange={(value) => onChange({ ...condition, value })}
          testId="condition-value"
        />
      )}
    </>
  );
}

function Bounds({ condition, onChange }: Omit<FieldsProps, 'words'>) {
  const { t } = useI18n();
  return (
    <>
      <NumberField
        label={t('rules.from')}
        value={condition.value}
        onChange={(value) => onChange({ ...condition, value })}
        testId="condition-value"
      />
      <NumberField
        label={t('rules.to')}
        value={condition.to}
        onChange={(to) => onChange({ ...condition, to })}
        testId="condition-to"
      />
    </>
  );
}

/** A condition in fields: what is looked at, how, and with what it is compared. */
export function ConditionFields({ number, condition, words, onChange, onRemove }: ConditionFieldsProps) {
  const { t } = useI18n();
  return (
    <fieldset className="condition" aria-label={t('rules.condition', { number })} data-testid="condition">
      <Subject condition={condition} words={words} onChange={onChange} />
      {condition.test === 'amount' && <Bounds condition={condition} onChange={onChange} />}
      {condition.test === 'days' && (
        <WholeField
          label={t('rules.daysValue')}
          value={condition.value === '' ? null : Number(condition.value)}
          most={999_999}
          optional
          onChange={(days) => onChange({ ...condition, value: days === null ? '' : String(days) })}
          testId="condition-value"
        />
      )}
      {TEXT_TESTS.includes(condition.test) && (
        <TextTest condition={condition} words={words} onChange={onChange} />
      )}
      <div className="condition-end">
        <CheckField
          label={t('rules.negated')}
          checked={condition.negated}
          onChange={(negated) => onChange({ ...condition, negated })}
          testId="condition-negated"
        />
        {onRemove && (
          <Button
            variant="quiet"
            size="small"
            icon={X}
            aria-label={t('rules.removeCondition', { number })}
            title={t('rules.removeCondition', { number })}
            onClick={onRemove}
            testId="condition-remove"
          />
        )}
      </div>
    </fieldset>
  );
}
