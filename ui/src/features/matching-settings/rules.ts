/** Rules as the form changes them and tells them. */

import type { I18n } from '@/i18n';
import type { RuleConditionView, RuleView } from '@/ipc';
import { formatDecimal } from '@/shared/format';
import { moneyText } from '@/shared/moneyText';

/** What can be asked of a text. */
export const TEXT_TESTS = ['contains', 'equals', 'starts_with', 'regex', 'same_as', 'holds'];
/** What can be asked of both records as a whole. */
export const PAIR_TESTS = ['amounts_equal', 'days'];
/** The amounts that a condition can look at. */
export const AMOUNTS = ['line.amount', 'entry.amount'];
/** What a rule can do. */
export const ACTIONS = ['bar', 'match', 'categorise', 'write_off'];

/** A condition to begin with. */
export function blankCondition(): RuleConditionView {
  return { field: 'line.text', test: 'contains', value: '', to: '', negated: false };
}

/** A rule to begin with. It is off: it has not been tried. */
export function blankRule(): RuleView {
  return {
    name: '',
    enabled: false,
    conditions: [blankCondition()],
    action: 'bar',
    category: '',
    upTo: '',
    percent: '',
    cause: '',
    account: '',
  };
}

/** What a condition looks at: a field, or the pair by its test. */
export function subjectOf({ field, test }: RuleConditionView): string {
  return PAIR_TESTS.includes(test) ? test : field;
}

/** Whether a test compares with a field of the other side. */
export function comparesFields(test: string): boolean {
  return test === 'same_as' || test === 'holds';
}

/** The condition with another thing to look at; what still fits stays. */
export function withSubject(condition: RuleConditionView, subject: string): RuleConditionView {
  const { negated } = condition;
  if (PAIR_TESTS.includes(subject)) {
    return { field: '', test: subject, value: '', to: '', negated };
  }
  if (AMOUNTS.includes(subject)) {
    return { field: subject, test: 'amount', value: '', to: '', negated };
  }
  const stays = TEXT_TESTS.includes(condition.test) && !comparesFields(condition.test);
  return stays
    ? { ...condition, field: subject, to: '' }
    : { field: subject, test: 'contains', value: '', to: '', negated };
}

/** The condition with another test of its text. */
export function withTest(condition: RuleConditionView, test: string, otherField: string): RuleConditionView {
  if (comparesFields(test)) {
    const stays = comparesFields(condition.test);
    return { ...condition, test, value: stays ? condition.value : otherField };
  }
  return { ...condition, test, value: comparesFields(condition.test) ? '' : condition.value };
}

/** The rule with another action; what belongs to the one before goes. */
export function withAction(rule: RuleView, action: string): RuleView {
  const { name, enabled, conditions } = rule;
  const cause = action === 'write_off' ? 'fee' : '';
  return { ...blankRule(), name, enabled, conditions, action, cause };
}

/** The same for rules that do the same: whether it is on does not matter. */
export function signatureOf(rule: RuleView): string {
  return JSON.stringify({ ...rule, enabled: false });
}

/** The list with one rule a place further up (−1) or down (1). */
export function moved(rules: readonly RuleView[], index: number, step: -1 | 1): RuleView[] {
  const next = [...rules];
  const [rule] = next.splice(index, 1);
  if (rule) {
    next.splice(Math.max(0, index + step), 0, rule);
  }
  return next;
}

function told(condition: RuleConditionView, { t, word, locale }: I18n): string {
  const { field, test, value, to } = condition;
  if (test === 'days') {
    return t('rules.days', { count: Number(value) || 0 });
  }
  if (test === 'amounts_equal') {
    return word('rule.pair', test);
  }
  const name = word('rule.field', field);
  if (test === 'amount') {
    const amount = (bound: string) => moneyText({ value: bound, currency: '' }, locale);
    const key = value === '' ? 'rules.atMost' : to === '' ? 'rules.atLeast' : 'rules.between';
    return t(key, { field: name, from: amount(value), to: amount(to) });
  }
  const object = comparesFields(test) ? word('rule.field', value) : t('rules.quoted', { text: value });
  return `${name} ${word('rule.test', test)} ${object}`;
}

function whatItDoes(rule: RuleView, { t, word, locale }: I18n): string {
  if (rule.action === 'categorise') {
    return t('rules.does.categorise', { category: rule.category });
  }
  if (rule.action === 'write_off') {
    const limits = rule.percent
      ? t('rules.limits', {
          upTo: formatDecimal(rule.upTo, locale),
          percent: formatDecimal(rule.percent, locale),
        })
      : formatDecimal(rule.upTo, locale);
    return t('rules.does.writeOff', { limits, cause: word('cause', rule.cause), account: rule.account });
  }
  return word('rule.then', rule.action);
}

/** The rule as a sentence. */
export function sentenceOf(rule: RuleView, i18n: I18n): string {
  const conditions = rule.conditions.map((condition) => {
    const text = told(condition, i18n);
    return condition.negated ? i18n.t('rules.not', { condition: text }) : text;
  });
  return i18n.t('rules.sentence', {
    conditions: conditions.join(i18n.t('rules.and')),
    action: whatItDoes(rule, i18n),
  });
}
