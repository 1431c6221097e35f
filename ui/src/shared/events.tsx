/** What stands in the audit log, for people: its subject and its details, which are kept as canonical JSON. */

import { type I18n, useI18n } from '@/i18n';
import { formatDate, formatMoment } from './format';

/** What an event is about (`period 01a2…`), with its kind in the user's words. */
export function subjectText(subject: string, { word }: Pick<I18n, 'word'>): string {
  for (const kind of [/^[a-z]+ [a-z]+(?= |$)/, /^[a-z]+(?= |$)/].map((some) => some.exec(subject)?.[0])) {
    const key = kind?.replace(' ', '_') ?? '';
    const said = word('subject', key);
    if (kind !== undefined && said !== key) {
      return said + subject.slice(kind.length);
    }
  }
  return subject;
}

/** One value of an event's details. */
export interface EventFact {
  /** Its names as they are stored, from outside in. */
  path: string;
  label: string;
  value: string;
}

type I18nPart = Pick<I18n, 'word' | 'locale'>;

/** Values that are words of the host, by the name of what holds them. */
const FAMILIES: Readonly<Record<string, string>> = { cause: 'cause', role: 'personRole', side: 'side' };

function valueText(name: string, value: unknown, { word, locale }: I18nPart): string {
  if (typeof value === 'boolean') {
    return word('eventValue', String(value));
  }
  if (typeof value !== 'string') {
    return value === null ? '–' : String(value);
  }
  const family = FAMILIES[name];
  if (family !== undefined) {
    return word(family, value);
  }
  return /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? formatMoment(value, locale) : formatDate(value, locale);
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

function factsIn(value: unknown, names: readonly string[], i18n: I18nPart): EventFact[] {
  const inside = (entries: [string, unknown][]) =>
    entries.flatMap(([name, part]) => factsIn(part, [...names, name], i18n));
  if (Array.isArray(value) && !value.every(isPlain)) {
    return inside(value.map((part, at) => [String(at + 1), part]));
  }
  if (!Array.isArray(value) && typeof value === 'object' && value !== null) {
    return inside(Object.entries(value));
  }
  const name = names.at(-1) ?? '';
  const parts = Array.isArray(value) ? value : [value];
  return [
    {
      path: names.join('.'),
      label: names.map((one) => i18n.word('eventField', one)).join(' › '),
      value: parts.map((part) => valueText(name, part, i18n)).join(', ') || '–',
    },
  ];
}

/** The details of an event, value by value; none where they are no JSON object. */
export function eventFacts(details: string, i18n: I18nPart): EventFact[] {
  try {
    const told: unknown = JSON.parse(details);
    return isPlain(told) ? [] : factsIn(told, [], i18n);
  } catch {
    return [];
  }
}

/** The details of an event in one line. */
export function detailsText(details: string, i18n: I18nPart): string {
  const facts = eventFacts(details, i18n);
  return facts.length === 0 && details !== '{}'
    ? details
    : facts.map(({ label, value }) => `${label}: ${value}`).join(' · ');
}

/** The details of an event below each other. The name under which a value is stored stands in its tooltip. */
export function EventDetails({ details }: { details: string }) {
  const i18n = useI18n();
  const facts = eventFacts(details, i18n);
  if (facts.length === 0) {
    return <code className="mono">{details}</code>;
  }
  return (
    <dl className="event-facts">
      {facts.map(({ path, label, value }) => (
        <div key={path}>
          <dt title={path}>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
