import { expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import type { RuleConditionView } from '@/ipc';
import {
  blankCondition,
  blankRule,
  moved,
  sentenceOf,
  signatureOf,
  withAction,
  withSubject,
  withTest,
} from './rules';

const rule = { ...blankRule(), name: 'Fees' };

function condition(part: Partial<RuleConditionView>): RuleConditionView {
  return { ...blankCondition(), ...part };
}

test('whether a rule is on does not make it another rule', () => {
  expect(signatureOf({ ...rule, enabled: true })).toBe(signatureOf(rule));
  expect(signatureOf({ ...rule, name: 'Rent' })).not.toBe(signatureOf(rule));
});

test('what still fits stays when a condition looks at something else', () => {
  const text = condition({ value: 'card' });
  expect(withSubject(text, 'line.reference')).toEqual({ ...text, field: 'line.reference' });
  expect(withSubject(text, 'entry.amount')).toEqual(condition({ field: 'entry.amount', test: 'amount' }));
  expect(withSubject(text, 'days')).toEqual(condition({ field: '', test: 'days' }));
  expect(withSubject(condition({ test: 'holds', value: 'entry.number' }), 'entry.memo').test).toBe(
    'contains',
  );
  expect(withTest(text, 'same_as', 'entry.number').value).toBe('entry.number');
  expect(withTest(condition({ test: 'holds', value: 'entry.number' }), 'equals', '').value).toBe('');
});

test('what belongs to the action before goes with it', () => {
  const writeOff = { ...withAction(rule, 'write_off'), upTo: '5', account: '6855' };
  expect(writeOff.cause).toBe('fee');
  expect(withAction(writeOff, 'bar')).toEqual(rule);
});

test('rules move up and down, and not beyond the ends', () => {
  const rules = ['a', 'b', 'c'].map((name) => ({ ...rule, name }));
  const names = (index: number, step: -1 | 1) => moved(rules, index, step).map(({ name }) => name);
  expect(names(2, -1)).toEqual(['a', 'c', 'b']);
  expect(names(0, 1)).toEqual(['b', 'a', 'c']);
  expect(names(0, -1)).toEqual(['a', 'b', 'c']);
});

test.each([
  [condition({ test: 'days', field: '', value: '1' }), 'the dates are at most 1 day apart'],
  [condition({ test: 'amounts_equal', field: '', negated: true }), 'not: the amounts are equal'],
  [condition({ test: 'amount', field: 'line.amount', to: '-5' }), 'line’s amount is at most −5'],
  [
    condition({ test: 'amount', field: 'line.amount', value: '1', to: '2.5' }),
    'line’s amount is from 1 to 2.5',
  ],
  [
    condition({ test: 'holds', value: 'entry.number' }),
    'any text of the line contains the whole entry’s number',
  ],
])('a condition reads as: %#', (one, told) => {
  expect(sentenceOf({ ...rule, conditions: [one] }, i18nFor('en'))).toBe(`If ${told}: never match them.`);
});

test('in German too', () => {
  const german = i18nFor('de');
  const category = { ...withAction(rule, 'categorise'), category: 'Miete' };
  const told = sentenceOf({ ...category, conditions: [condition({ value: 'Miete' })] }, german);
  expect(told).toBe('Wenn irgendein Text der Zeile enthält „Miete“: die Zeile gehört zur Kategorie Miete.');
});
