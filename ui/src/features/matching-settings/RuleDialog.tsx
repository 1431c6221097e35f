import { FlaskConical, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import type { MatchingSettingsView, RuleConditionView, RuleView } from '@/ipc';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { SelectField, TextField } from '@/shared/Field';
import { FaultNotice } from '@/shared/Notice';
import { NumberField } from '@/shared/NumberField';
import { stopsAtUnreadable } from '@/shared/unreadable';
import { ConditionFields } from './ConditionFields';
import { ACTIONS, blankCondition, withAction } from './rules';

interface RuleDialogProps {
  rule: RuleView;
  isNew: boolean;
  words: MatchingSettingsView;
  onClose: () => void;
  /** Refuses by throwing. */
  onKeep: (rule: RuleView) => Promise<void>;
}

interface PartProps {
  rule: RuleView;
  words: MatchingSettingsView;
  onChange: (part: Partial<RuleView>) => void;
}

/** What belongs to the action. */
function ActionFields({ rule, words, onChange }: PartProps) {
  const { t, word } = useI18n();
  if (rule.action === 'categorise') {
    return (
      <TextField
        label={t('rules.category')}
        value={rule.category}
        onChange={(category) => onChange({ category })}
        testId="rule-category"
      />
    );
  }
  if (rule.action !== 'write_off') {
    return null;
  }
  return (
    <div className="form-pair">
      <NumberField
        label={t('rules.upTo')}
        value={rule.upTo}
        onChange={(upTo) => onChange({ upTo })}
        testId="rule-up-to"
      />
      <NumberField
        label={t('rules.percent')}
        value={rule.percent}
        onChange={(percent) => onChange({ percent })}
        testId="rule-percent"
      />
      <SelectField
        label={t('rules.cause')}
        value={rule.cause}
        onChange={(cause) => onChange({ cause })}
        testId="rule-cause"
      >
        {words.causes.map((cause) => (
          <option key={cause} value={cause}>
            {word('cause', cause)}
          </option>
        ))}
      </SelectField>
      <TextField
        label={t('rules.account')}
        value={rule.account}
        onChange={(account) => onChange({ account })}
        testId="rule-account"
      />
    </div>
  );
}

function Conditions({ rule, words, onChange }: PartProps) {
  const { t } = useI18n();
  const { conditions } = rule;
  const put = (index: number, next: RuleConditionView) =>
    onChange({ conditions: conditions.map((other, at) => (at === index ? next : other)) });
  return (
    <fieldset className="conditions">
      <legend className="field-label">{t('rules.when')}</legend>
      {conditions.map((condition, index) => (
        <ConditionFields
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no name of their own
          key={index}
          number={index + 1}
          condition={condition}
          words={words}
          onChange={(next) => put(index, next)}
          onRemove={
            conditions.length > 1
              ? () => onChange({ conditions: conditions.filter((_, at) => at !== index) })
              : null
          }
        />
      ))}
      <Button
        size="small"
        icon={Plus}
        onClick={() => onChange({ conditions: [...conditions, blankCondition()] })}
        testId="condition-add"
      >
        {t('rules.addCondition')}
      </Button>
    </fieldset>
  );
}

/** A rule in fields. It is kept only once it was tried, so that its row says at once what it would have done. */
export function RuleDialog({ rule: first, isNew, words, onClose, onKeep }: RuleDialogProps) {
  const { t, word } = useI18n();
  const [rule, setRule] = useState(first);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const change = (part: Partial<RuleView>) => setRule((before) => ({ ...before, ...part }));

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    if (stopsAtUnreadable(event.currentTarget)) {
      return;
    }
    setBusy(true);
    setFault(null);
    try {
      await onKeep({ ...rule, name: rule.name.trim() });
    } catch (refusal) {
      setFault(refusal);
      setBusy(false);
    }
  }

  return (
    <Dialog
      title={t(isNew ? 'rules.dialog.new' : 'rules.dialog.edit')}
      width="wide"
      onClose={onClose}
      testId="rule-dialog"
      footer={
        <>
          <span className="form-note">{t('rules.keep.note')}</span>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            type="submit"
            form="rule-form"
            icon={FlaskConical}
            keys="Enter"
            busy={busy}
            disabled={busy}
            testId="rule-keep"
          >
            {t('rules.keep')}
          </Button>
        </>
      }
    >
      <form id="rule-form" onSubmit={(event) => void submit(event)} noValidate>
        {fault !== null && <FaultNotice fault={fault} />}
        <TextField
          label={t('rules.name')}
          value={rule.name}
          onChange={(name) => change({ name })}
          autoFocus
          testId="rule-name"
        />
        <Conditions rule={rule} words={words} onChange={change} />
        <SelectField
          label={t('rules.then')}
          value={rule.action}
          onChange={(action) => setRule((before) => withAction(before, action))}
          testId="rule-then"
        >
          {ACTIONS.map((action) => (
            <option key={action} value={action}>
              {word('rule.then', action)}
            </option>
          ))}
        </SelectField>
        <ActionFields rule={rule} words={words} onChange={change} />
      </form>
    </Dialog>
  );
}
