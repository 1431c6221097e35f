import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { i18nFor } from '@/i18n';
import type { AlertView } from '@/ipc';
import { goTo } from '@/shared/navigation';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { AlertsScreen } from './AlertsScreen';
import { figureOf, limitOf, placeOf, subjectOf } from './figures';

beforeEach(() => goTo('alerts'));

const ALERT: AlertView = {
  id: '1',
  kind: 'variance',
  severity: 'warning',
  account: 'Giro',
  accountId: 'account-1',
  detail: '2025-03',
  figure: '1218.5',
  limit: '1.00',
  currency: 'EUR',
  items: 0,
  occurrence: 1,
  raisedAt: '2025-04-01T08:00:00Z',
  recoveredAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  text: '',
};

test.each([
  [{}, '1.218,5 %', 'höchstens 1,00 %', 'Giro · März 2025', 'proof'],
  [{ figure: null }, 'nicht messbar', 'höchstens 1,00 %', 'Giro · März 2025', 'proof'],
  [
    { kind: 'data_quality', account: '', detail: 'a.csv', figure: '45', limit: '70' },
    '45 von 100',
    'mindestens 70 von 100',
    'Bücher · a.csv',
    'import',
  ],
  [
    { kind: 'exceptions_aged', account: '', detail: '', figure: '93', limit: '1' },
    '93 Tage',
    'höchstens 1 Tag',
    '',
    'exceptions',
  ],
  [
    { kind: 'exceptions_aged', account: '', detail: '', figure: '93', limit: '60', items: 23 },
    '93 Tage',
    'höchstens 60 Tage',
    '23 Ausnahmen beim Auslösen',
    'exceptions',
  ],
  [
    { kind: 'exceptions_sum', account: '', detail: 'EUR', figure: '25000.00', limit: '1000.00' },
    '25.000,00 EUR',
    'höchstens 1.000,00 EUR',
    'EUR',
    'exceptions',
  ],
] as const)('an alert %o is told as %s, %s', (part, figure, limit, subject, place) => {
  const alert = { ...ALERT, ...part };
  const german = i18nFor('de');
  expect([figureOf(alert, german), limitOf(alert, german), subjectOf(alert, german)]).toEqual([
    figure,
    limit,
    subject,
  ]);
  expect(placeOf(alert)[0]).toBe(place);
});

test('open alerts say figure and limit, lead to their screen, and are acknowledged', async () => {
  const { user } = show(<AlertsScreen />, await matchedHost());
  const rows = await screen.findAllByTestId('alert-row');
  expect(rows.map((row) => row.dataset.kind)).toEqual(['variance', 'exceptions_aged']);
  const [variance] = rows as [HTMLElement, ...HTMLElement[]];
  expect(variance.textContent).toContain('12.18 %');
  expect(variance.textContent).toContain('at most 1.00 %');
  await user.click(within(variance).getByTestId('alert-go'));
  expect(window.location.hash).toMatch(/^#\/proof\/.+/);
  await user.click(within(variance).getByTestId('alert-ack'));
  await waitFor(() => expect(screen.getAllByTestId('alert-row')).toHaveLength(1));
  expect(screen.getByTestId('alert-past').textContent).toContain('Acknowledged by Mara Petersen');
  await user.click(screen.getByTestId('alerts-ack-all'));
  expect(await screen.findByTestId('alerts-none')).toBeTruthy();
});

test('what was given up is said with its reason and can be tried again', async () => {
  const host = await matchedHost();
  const report = await host.call('alerts', {});
  const delivery = {
    id: 'd',
    alert: report.open[0],
    channel: 'webhook',
    state: 'given_up',
    attempts: 10,
    nextAttemptAt: null,
    lastError: 'the webhook at https://hooks.example.com has a fault: 503',
    lastErrorSaid: {
      code: '',
      values: {},
      english: 'the webhook at https://hooks.example.com has a fault: 503',
    },
    deliveredAt: null,
  };
  const retried = { ...delivery, state: 'delivered', lastError: '', attempts: 1 };
  const { user } = show(
    <AlertsScreen />,
    hostWith(host, (name) => {
      if (name === 'alerts') {
        return Promise.resolve({ ...report, deliveries: [delivery] });
      }
      return name === 'retry_alert_deliveries'
        ? Promise.resolve({ ...report, deliveries: [retried] })
        : undefined;
    }),
  );
  const row = await screen.findByTestId('delivery-row');
  expect(row.textContent).toMatch(/Webhook.*Given up.*10 attempts.*has a fault: 503/);
  await user.click(screen.getByTestId('alerts-retry'));
  await waitFor(() => expect(screen.getByTestId('delivery-row').dataset.state).toBe('delivered'));
  expect(screen.queryByTestId('alerts-retry')).toBeNull();
});

test('a refusal is shown where the alerts would be', async () => {
  const fault = { code: 'damagedWorkbook', message: 'The workbook is damaged: page 7.' };
  show(
    <AlertsScreen />,
    hostWith(createFakeHost({ open: true }), (name) =>
      name === 'alerts' ? Promise.reject(fault) : undefined,
    ),
  );
  expect((await screen.findByTestId('error-message')).textContent).toContain('page 7');
});
