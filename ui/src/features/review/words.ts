/** Evidence in sentences. */

import type { I18n } from '@/i18n';
import type { EvidenceView } from '@/ipc';
import { parseDecimal } from '@/shared/decimal';
import { formatDate } from '@/shared/format';
import { moneyText } from '@/shared/moneyText';

const AMOUNT = /^(-?\d+(?:\.\d+)?)(?: ([A-Z]{3}))?$/;

/** A value of the host as people of this language write it: dates and amounts; all else as it is. */
export function localValue(value: string, locale: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) {
    return formatDate(value, locale);
  }
  const amount = AMOUNT.exec(value);
  const number = amount?.[1];
  if (number?.includes('.') && parseDecimal(number)) {
    return moneyText({ value: number, currency: amount?.[2] ?? '' }, locale);
  }
  return value;
}

/** One piece of evidence as a sentence. */
export function sentenceFor(evidence: EvidenceView, i18n: I18n): string {
  const { word, locale } = i18n;
  const isDueDay = evidence.kind === 'date' && evidence.agreement !== 'exact' && evidence.difference === 0;
  const key = `${evidence.kind}.${isDueDay ? 'due' : evidence.agreement}`;
  const found = word('evidence', key);
  const message = found === key ? word('evidence', evidence.kind) : found;
  const days = Math.abs(evidence.difference ?? 0);
  const fields: Record<string, string> = {
    statement: localValue(evidence.statementValue, locale) || '–',
    ledger: localValue(evidence.ledgerValue, locale) || '–',
    days: i18n.t('days', { count: days }),
  };
  return message.replace(/\{(\w+)\}/g, (whole, name: string) => fields[name] ?? whole);
}

/** How banks head the text of a line: of what kind the payment is, which says nothing of what it is for. */
const KINDS_OF_PAYMENT =
  /^((?:(?:SEPA|ONLINE|EURO)[- ]?)?(?:(?:(?:Ü|UE)BERWEISUNGS?-?)?GUTSCHRIFT|(?:Ü|UE)BERWEISUNG|(?:BASIS|FOLGE|ERST|EINMAL)?-?LASTSCHRIFT(?:EINZUG)?|DAUERAUFTRAG|KARTENZAHLUNG|CREDIT TRANSFER|DIRECT DEBIT|STANDING ORDER|CARD PAYMENT))[\s:,/]+(?=\S)/iu;

/** The text of a line with its purpose first: where there is little room, the kind of payment behind it is what is cut. */
export function purposeFirst(text: string): string {
  const [head, kind] = KINDS_OF_PAYMENT.exec(text) ?? [];
  return head && kind ? `${text.slice(head.length)} · ${kind}` : text;
}

/** Where `needle` stands in `text`, ignoring case; `null` where it does not. */
export function splitAround(text: string, needle: string): [string, string, string] | null {
  const at = needle.length < 3 ? -1 : text.toLowerCase().indexOf(needle.toLowerCase());
  return at < 0
    ? null
    : [text.slice(0, at), text.slice(at, at + needle.length), text.slice(at + needle.length)];
}
