/** Matching settings in memory, and rules tried on what was decided. */

import type {
  FigureLimitsForm,
  MatchingConfigView,
  MatchingSettingsView,
  RecordView,
  RuleConditionView,
  RuleTrialView,
  RuleView,
  TrialFindingView,
} from '../generated';
import type { FakeBook, FakeMatch } from './book';
import { refusal } from './refuse';

const DEFAULTS: MatchingConfigView = {
  profile: 'bank',
  amountAbsolute: '0.01',
  amountPercent: '0',
  days: 40,
  confidence: '0.98',
  impact: '50',
  requireReference: false,
  maxGroup: 8,
  base: '',
  rates: '',
  figures: {
    variancePercent: '1.00',
    highValue: '10000',
    riskMediumPercent: '1.00',
    riskHighPercent: '5.00',
  },
  rules: [],
};

export function settingsOf(book: FakeBook): MatchingSettingsView {
  return {
    config: book.matching ?? DEFAULTS,
    isStored: book.matching !== null,
    keptRates: book.matching?.rates ? { count: 522, first: '2024-01-02', last: '2025-12-31' } : null,
    profiles: ['bank', 'processor', 'jobs', 'deposits', 'categorise'],
    lineFields: ['line.description', 'line.reference', 'line.counterparty', 'line.text'],
    entryFields: ['entry.kind', 'entry.number', 'entry.reference', 'entry.counterparty'],
    causes: ['fee', 'discount', 'fx_rounding'],
  };
}

export function saveSettings(book: FakeBook, config: MatchingConfigView): MatchingSettingsView {
  if (!/^\d+(\.\d+)?$/.test(config.amountAbsolute || '0')) {
    const given = `tolerance.amount_absolute = "${config.amountAbsolute}"`;
    throw refusal('invalid', `Configuration: ${given} is no number from 0 up, such as "0.05"`);
  }
  check(config.rules);
  checkFigures(config.figures);
  if (config.rates !== '' && !config.rates.endsWith('.csv')) {
    const named = `the exchange rates ${config.rates}, which currency.rates names`;
    throw refusal(
      'invalid',
      `configuration: ${named}: there is no such file; put it right, name another file`,
    );
  }
  book.matching = config;
  book.tell('setting.changed', 'setting matching.configuration', { after: config });
  return settingsOf(book);
}

function checkFigures({ riskMediumPercent, riskHighPercent }: FigureLimitsForm): void {
  if (Number(riskMediumPercent || '1') > Number(riskHighPercent || '5')) {
    const above = 'figures.risk_medium_percent is above figures.risk_high_percent';
    throw refusal('invalid', `configuration: ${above}: no risk would be medium`);
  }
}

function check(rules: readonly RuleView[]): void {
  for (const { name, conditions } of rules) {
    if (name === '') {
      throw refusal('invalid', 'Configuration: rule "": a rule needs a name');
    }
    const empty = conditions.findIndex(({ test, value }) => test !== 'amounts_equal' && value === '');
    if (empty >= 0) {
      const place = `rule "${name}", condition ${empty + 1}`;
      throw refusal('invalid', `Configuration: ${place}: there is nothing to compare with`);
    }
  }
}

function textOf(field: string, lines: readonly RecordView[], entries: readonly RecordView[]): string {
  const records = field.startsWith('line.') ? lines : entries;
  const texts = records.flatMap((record) => [
    record.text,
    record.reference,
    record.counterparty,
    record.number,
  ]);
  return texts.join('\n').toLowerCase();
}

function holds({ field, test, value, negated }: RuleConditionView, match: FakeMatch): boolean {
  const found =
    test === 'amounts_equal'
      ? match.difference === 0
      : textOf(field, match.lines, match.entries).includes(value.toLowerCase());
  return found !== negated;
}

function findings(rule: RuleView, book: FakeBook): TrialFindingView[] {
  const [right, wrong] =
    rule.action === 'bar' ? ['barred_approved', 'barred_rejected'] : ['matched_approved', 'matched_rejected'];
  const found = (states: FakeMatch['state'][], outcome: string, agrees: boolean): TrialFindingView => {
    const matches = book.matches.filter(
      (match) =>
        states.includes(match.state) && rule.conditions.every((condition) => holds(condition, match)),
    );
    const examples = matches.slice(0, 20).map((match) => {
      const { date, title, subtitle, amount, difference } = book.matchRow(match);
      return { matchId: match.id, date, title, subtitle, amount, difference };
    });
    return { outcome, agrees, count: matches.length, examples };
  };
  const bars = rule.action === 'bar';
  return [
    found(['approved', 'autoApproved'], right ?? '', !bars),
    found(['rejected'], wrong ?? '', bars),
  ].filter(({ count }) => count > 0);
}

export function tryRules(book: FakeBook, rules: readonly RuleView[]): RuleTrialView {
  check(rules);
  const inState = (...states: FakeMatch['state'][]) =>
    book.matches.filter((match) => states.includes(match.state)).length;
  return {
    approved: inState('approved', 'autoApproved'),
    rejected: inState('rejected'),
    overridden: 0,
    leftOut: 0,
    rules: rules.map((rule) => {
      const all = findings(rule, book);
      const sum = (agrees: boolean) =>
        all.filter((finding) => finding.agrees === agrees).reduce((total, { count }) => total + count, 0);
      const { name, enabled } = rule;
      return {
        name,
        enabled,
        agreements: sum(true),
        contradictions: sum(false),
        findings: all,
        forestalled: 0,
      };
    }),
  };
}
