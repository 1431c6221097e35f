/** Anomalies in memory: a few that the sample company's lines are good for, set aside and taken back. */

import type {
  AnomaliesView,
  AnomalyConfigView,
  AnomalyEvidenceView,
  AnomalyKindCount,
  AnomalyRecordView,
  AnomalySettingsView,
  AnomalyView,
  DigitCountView,
  RecordView,
  SetAsideRequest,
  SetAsideView,
} from '../generated';
import type { FakeBook } from './book';
import { amountOf, centsOf } from './cents';
import { hashOf } from './importing';
import { refusal } from './refuse';

const KINDS: AnomalyEvidenceView['kind'][] = [
  'unusual_amount',
  'weekend_posting',
  'after_period_posting',
  'round_sum',
  'split_payment',
  'near_duplicate',
  'new_counterparty',
  'benford',
];

/** The values of each detector, as the application begins with them. */
const VALUES: Record<AnomalyEvidenceView['kind'], [string, string][]> = {
  unusual_amount: [
    ['score', '3.5'],
    ['history', '12'],
    ['percent_of_usual', '150'],
  ],
  weekend_posting: [
    ['days', 'saturday, sunday'],
    ['share_percent', '2'],
    ['history', '200'],
  ],
  after_period_posting: [
    ['grace_days', '10'],
    ['share_percent', '2'],
  ],
  round_sum: [
    ['units', '1000, 500'],
    ['percentile', '75'],
    ['share_percent', '2'],
    ['history', '200'],
  ],
  split_payment: [
    ['limits', '10000'],
    ['from_percent', '90'],
    ['days', '3'],
  ],
  near_duplicate: [
    ['days', '7'],
    ['amount_within', '0.05'],
    ['percentile', '50'],
  ],
  new_counterparty: [
    ['percentile', '90'],
    ['known_days', '180'],
    ['share_percent', '2'],
    ['history', '200'],
  ],
  benford: [
    ['records_min', '500'],
    ['two_digits_from', '5000'],
  ],
};

const DEFAULTS: AnomalyConfigView = {
  listedMax: '25',
  detectors: KINDS.map((kind) => ({
    kind,
    enabled: true,
    values: VALUES[kind].map(([key, value]) => ({ key, value })),
  })),
};

interface Judged {
  config: AnomalyConfigView | null;
  aside: Map<string, SetAsideView>;
}

const judged = new WeakMap<FakeBook, Judged>();

function of(book: FakeBook): Judged {
  const known = judged.get(book) ?? { config: null, aside: new Map() };
  judged.set(book, known);
  return known;
}

function recordOf(record: RecordView): AnomalyRecordView {
  return {
    id: record.id,
    side: record.side,
    sourceFile: record.sourceFile,
    sourceRow: record.sourceRow,
    recordId: '',
    date: record.date,
    counterparty: record.counterparty,
    reference: record.reference || record.text,
    amount: record.amount,
  };
}

const SEEN = [176, 91, 68, 156, 44, 37, 33, 28, 25];
const EXPECTED = [198, 116, 82, 64, 52, 44, 38, 34, 30];

function digits(): DigitCountView[] {
  return SEEN.map((seen, at) => ({
    digit: at + 1,
    seen,
    expected: EXPECTED[at] ?? 0,
    sum: amountOf(seen * 4711 * (at + 1)),
    standsOut: at === 3,
  }));
}

/** Every kind once, about the largest lines there are. */
function evidenceOf(kind: AnomalyEvidenceView['kind'], line: RecordView): AnomalyEvidenceView {
  const date = line.date ?? '2025-03-08';
  const cents = Math.abs(centsOf(line.amount));
  const amount = amountOf(cents);
  switch (kind) {
    case 'unusual_amount':
      return { kind, amount, usual: amountOf(Math.round(cents / 9)), score: '8.2', postings: 14 };
    case 'weekend_posting':
      return { kind, day: 'saturday', date, weekend: 1, all: 412 };
    case 'after_period_posting':
      return { kind, periodEnd: '2025-01-31', came: '2025-02-21', days: 21, lateness: 'booked' };
    case 'round_sum':
      return { kind, unit: amountOf(100_000), round: 2, postings: 412, largeFrom: amountOf(250_000) };
    case 'split_payment':
      return { kind, limit: amountOf(1_000_000), total: amount, first: date, last: date };
    case 'near_duplicate':
      return { kind, amount, difference: amountOf(0), days: 2, sameReference: true };
    case 'new_counterparty':
      return { kind, date, largeFrom: amountOf(250_000), percentile: 99, knownDays: 181 };
    case 'benford':
      return {
        kind,
        from: '2025-03-01',
        to: '2025-03-31',
        incoming: false,
        postings: 658,
        deviation: '0.0312',
        conformity: 'none',
        chiSquare: '148.4',
        digits: digits(),
      };
  }
}

function all(book: FakeBook): AnomalyView[] {
  const { config, aside } = of(book);
  const lines = [...book.lines].sort(
    (left, right) => Math.abs(centsOf(right.amount)) - Math.abs(centsOf(left.amount)),
  );
  return KINDS.flatMap((kind, at): AnomalyView[] => {
    const line = lines[at];
    const on = (config ?? DEFAULTS).detectors.find((detector) => detector.kind === kind)?.enabled;
    if (!line || !on) {
      return [];
    }
    const key = hashOf(`${kind} ${line.id}`);
    const recordCount = kind === 'benford' ? 156 : 1;
    return [
      {
        key,
        kind,
        impact: amountOf(Math.abs(centsOf(line.amount))),
        strength: 140,
        evidence: evidenceOf(kind, line),
        records: [recordOf(line)],
        recordCount,
        setAside: aside.get(key) ?? null,
      },
    ];
  });
}

export function anomaliesOf(book: FakeBook): AnomaliesView {
  const every = all(book);
  const { config } = of(book);
  const found = every.filter(({ setAside }) => setAside === null);
  const setAside = every.filter((anomaly) => anomaly.setAside !== null);
  const count = (list: AnomalyView[], kind: string) => list.filter((anomaly) => anomaly.kind === kind).length;
  const kinds: AnomalyKindCount[] = KINDS.map((kind) => ({
    kind,
    enabled: (config ?? DEFAULTS).detectors.find((detector) => detector.kind === kind)?.enabled ?? true,
    found: count(found, kind),
    leftOut: 0,
    setAside: count(setAside, kind),
  }));
  return { records: book.lines.length + book.entries.length, found, setAside, kinds, rowsRejected: 0 };
}

export function setAnomalyAside(book: FakeBook, { key, reason }: SetAsideRequest): void {
  if (reason.trim() === '') {
    throw refusal('invalid', 'Setting an anomaly aside needs a reason, for whoever reads it later');
  }
  if (!all(book).some((anomaly) => anomaly.key === key)) {
    throw refusal('stale', 'No anomaly with this key is found now: list anomalies again');
  }
  of(book).aside.set(key, { reason: reason.trim(), by: book.user, at: new Date().toISOString() });
  book.tell('anomaly.set_aside', `anomaly ${key}`, { reason });
}

export function restoreAnomaly(book: FakeBook, key: string): void {
  if (!of(book).aside.delete(key)) {
    throw refusal('stale', 'That anomaly is not set aside');
  }
  book.tell('anomaly.restored', `anomaly ${key}`, {});
}

export function anomalySettings(book: FakeBook): AnomalySettingsView {
  const { config } = of(book);
  return { config: config ?? DEFAULTS, defaults: DEFAULTS, isStored: config !== null };
}

export function saveAnomalySettings(book: FakeBook, config: AnomalyConfigView): AnomalySettingsView {
  for (const { kind, values } of config.detectors) {
    const wrong = values.find(({ key, value }) => key === 'score' && !(Number(value) > 0));
    if (wrong) {
      throw refusal(
        'invalid',
        `Configuration: anomalies.${kind}.score = "${wrong.value}" does not fit: expected a number above 0`,
      );
    }
  }
  of(book).config = config;
  book.tell('setting.changed', 'setting anomalies.configuration', { after: config });
  return anomalySettings(book);
}
