/** Alerts in memory: after a run the variance of the sample's account is beyond its limit. */

import type {
  AlertSettingsView,
  AlertsView,
  AlertTestView,
  AlertView,
  SaveAlertSettingsRequest,
} from '../generated';
import type { FakeBook } from './book';
import { refusal } from './refuse';
import { inEnglish, saidWith } from './said';

const SETTINGS: AlertSettingsView = {
  variance: true,
  rateChanges: true,
  qualityMin: 70,
  exceptionDays: 60,
  exceptionCount: null,
  exceptionSum: null,
  email: false,
  smtpHost: '',
  smtpPort: 587,
  smtpSecurity: 'starttls',
  smtpUser: '',
  certificate: '',
  from: '',
  to: [],
  webhook: false,
  webhookHost: '',
  allowPlain: false,
  language: 'en',
};

const kept = new WeakMap<FakeBook, AlertsView>();

function raise(book: FakeBook, part: Partial<AlertView>): AlertView {
  const alert: AlertView = {
    id: book.newId(),
    kind: 'variance',
    severity: 'warning',
    account: '',
    accountId: null,
    detail: '',
    figure: null,
    limit: '0',
    currency: null,
    items: 0,
    occurrence: 1,
    raisedAt: new Date().toISOString(),
    recoveredAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    text: '',
    ...part,
  };
  book.tell('alert.raised', `alert ${alert.id}`, { kind: alert.kind }, 'system');
  return alert;
}

/** What there is to show; the first question after the first run raises what the run left beyond its limits. */
export function alertsOf(book: FakeBook): AlertsView {
  const known = kept.get(book) ?? { open: [], past: [], deliveries: [], settings: SETTINGS };
  kept.set(book, known);
  const [account] = book.accounts;
  if (book.runs > 0 && account && known.open.length + known.past.length === 0) {
    known.open = [
      raise(book, {
        severity: 'critical',
        account: account.name,
        accountId: account.id,
        detail: '2025-03',
        figure: '12.18',
        limit: '1.00',
      }),
      raise(book, { kind: 'exceptions_aged', figure: '93', limit: '60', items: 4 }),
    ];
  }
  return known;
}

export function acknowledge(book: FakeBook, ids: readonly string[]): AlertsView {
  const known = alertsOf(book);
  const now = new Date().toISOString();
  const done = known.open
    .filter(({ id }) => ids.includes(id))
    .map((alert) => ({ ...alert, acknowledgedAt: now, acknowledgedBy: book.user }));
  known.past = [...done, ...known.past];
  known.open = known.open.filter(({ id }) => !ids.includes(id));
  for (const { id } of done) {
    book.tell('alert.acknowledged', `alert ${id}`, {});
  }
  return known;
}

export function saveAlertSettings(book: FakeBook, request: SaveAlertSettingsRequest): AlertsView {
  const known = alertsOf(book);
  const { settings, webhookUrl } = request;
  if (settings.email && settings.smtpHost === '') {
    throw refusal('invalid', 'Enter the mail server to send alerts by e-mail');
  }
  const webhookHost = webhookUrl ? new URL(webhookUrl).origin : known.settings.webhookHost;
  if (settings.webhook && webhookHost === '') {
    throw refusal('invalid', "Enter the webhook's address to post alerts there");
  }
  const to = settings.to.map((address) => address.trim()).filter((address) => address !== '');
  known.settings = { ...settings, to, webhookHost };
  book.tell('alert_settings.changed', 'alert settings', { after: known.settings });
  return known;
}

export function testAlertChannel(book: FakeBook, channel: string): AlertTestView {
  const { smtpHost, webhookHost } = alertsOf(book).settings;
  const host = channel === 'email' ? smtpHost : webhookHost;
  return host.includes('invalid')
    ? {
        delivered: false,
        fault: 'name_unknown',
        message: `The name ${host} is not known: check its spelling and that this machine is online`,
        said: saidWith(
          'alert.nameUnknown',
          `the name ${host} is not known: check its spelling and that this machine is online`,
          { host },
        ),
      }
    : { delivered: true, fault: '', message: '', said: inEnglish('') };
}

export function retryDeliveries(book: FakeBook): AlertsView {
  const known = alertsOf(book);
  known.deliveries = known.deliveries.map((delivery) => ({
    ...delivery,
    state: 'delivered',
    attempts: 1,
    lastError: '',
    lastErrorSaid: inEnglish(''),
    deliveredAt: new Date().toISOString(),
  }));
  return known;
}
