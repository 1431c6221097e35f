import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react';
import { useId } from 'react';
import { useI18n } from '@/i18n';
import type { RuleView, TriedRuleView } from '@/ipc';
import { Button } from '@/shared/Button';
import { sentenceOf } from './rules';
import { TrialResult } from './TrialResult';

interface RuleListProps {
  rules: RuleView[];
  /** What a rule did when it was tried; nothing: it was not tried as it is now. */
  triedOf: (rule: RuleView) => TriedRuleView | undefined;
  onEdit: (index: number) => void;
  onMove: (index: number, step: -1 | 1) => void;
  onChange: (rules: RuleView[]) => void;
}

interface RuleRowProps extends Omit<RuleListProps, 'triedOf'> {
  rule: RuleView;
  index: number;
  tried: TriedRuleView | undefined;
}

function RuleRow({ rule, rules, index, tried, onEdit, onMove, onChange }: RuleRowProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const note = useId();
  const { name } = rule;
  const locked = !rule.enabled && tried === undefined;
  const switched = (enabled: boolean) =>
    rules.map((other) => (other === rule ? { ...rule, enabled } : other));
  return (
    <li className="rule" data-testid="rule" data-enabled={rule.enabled}>
      <input
        type="checkbox"
        className="rule-switch"
        checked={rule.enabled}
        disabled={locked}
        aria-label={t('rules.on', { name })}
        aria-describedby={locked ? note : undefined}
        data-testid="rule-enabled"
        onChange={(event) => onChange(switched(event.target.checked))}
      />
      <div className="rule-text">
        <p className="rule-name">{name}</p>
        <p className="muted">{sentenceOf(rule, i18n)}</p>
        {locked && (
          <p className="rule-note" id={note} data-testid="rule-try-first">
            {t('rules.tryFirst')}
          </p>
        )}
        {tried && <TrialResult tried={tried} />}
      </div>
      <div className="rule-actions">
        <Button
          variant="quiet"
          size="small"
          icon={ArrowUp}
          disabled={index === 0}
          aria-label={t('rules.up', { name })}
          title={t('rules.up', { name })}
          onClick={() => onMove(index, -1)}
          testId="rule-up"
        />
        <Button
          variant="quiet"
          size="small"
          icon={ArrowDown}
          disabled={index === rules.length - 1}
          aria-label={t('rules.down', { name })}
          title={t('rules.down', { name })}
          onClick={() => onMove(index, 1)}
          testId="rule-down"
        />
        <Button
          variant="quiet"
          size="small"
          icon={Pencil}
          aria-label={t('rules.edit', { name })}
          title={t('rules.edit', { name })}
          onClick={() => onEdit(index)}
          testId="rule-edit"
        />
        <Button
          variant="quiet"
          size="small"
          icon={Trash2}
          aria-label={t('rules.remove', { name })}
          title={t('rules.remove', { name })}
          onClick={() => onChange(rules.filter((other) => other !== rule))}
          testId="rule-remove"
        />
      </div>
    </li>
  );
}

/** The rules in their order. One that is off can be switched on only after it was tried as it is now. */
export function RuleList({ triedOf, ...rest }: RuleListProps) {
  return (
    <ol className="rule-list">
      {rest.rules.map((rule, index) => (
        <RuleRow key={rule.name} {...rest} rule={rule} index={index} tried={triedOf(rule)} />
      ))}
    </ol>
  );
}
