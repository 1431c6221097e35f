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
  [{}, '1.218,5 %', 'höchstens 1,00 %', 'Giro · 2025-03', 'proof'],
  [{ figure: null }, 'nicht messbar', 'höchstens 1,00 %', 'Giro · 2025-03', 'proof'],
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

test('settings are saved, and what cannot work is told in place', async () => {
  const { user } = show(<AlertsScreen />, createFakeHost({ open: true }));
  await user.click(await screen.findByTestId('alert-email'));
  await user.click(screen.getByTestId('alert-save'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('Enter the mail server');
  await user.type(screen.getByTestId('alert-smtpHost'), 'mail.invalid');
  await user.type(screen.getByTestId('alert-from'), 'tieout@example.com');
  await user.type(screen.getByTestId('alert-to'), 'ada@example.com, bo@example.com');
  await user.type(screen.getByTestId('alert-password'), 'secret');
  const quality = screen.getByTestId<HTMLInputElement>('alert-qualityMin');
  await user.clear(quality);
  await user.type(quality, '180');
  expect(quality.value).toBe('100');
  expect(screen.getByTestId<HTMLButtonElement>('alert-test-email').disabled).toBe(true);
  await user.click(screen.getByTestId('alert-save'));
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('alert-save').disabled).toBe(true));
  // What was kept is not shown again.
  expect(screen.getByTestId<HTMLInputElement>('alert-password').value).toBe('');
  expect(screen.getByTestId<HTMLInputElement>('alert-to').value).toBe('ada@example.com,bo@example.com');
  await user.click(screen.getByTestId('alert-test-email'));
  expect((await screen.findByTestId('alert-tested-email')).textContent).toContain('Name not known');
});

test('a webhook is kept by its host alone and tried out', async () => {
  const { user } = show(<AlertsScreen />, createFakeHost({ open: true }));
  await user.click(await screen.findByTestId('alert-webhook'));
  await user.type(screen.getByTestId('alert-url'), 'https://hooks.example.com/services/T0/secret');
  await user.click(screen.getByTestId('alert-save'));
  expect(await screen.findByText(/In use: https:\/\/hooks\.example\.com\/…/)).toBeTruthy();
  expect(screen.getByTestId<HTMLInputElement>('alert-url').value).toBe('');
  await user.click(screen.getByTestId('alert-test-webhook'));
  expect((await screen.findByTestId('alert-tested-webhook')).textContent).toContain('was taken');
});

test('a kept secret is forgotten on demand, and a password is sent as it was typed', async () => {
  const sent: unknown[] = [];
  const base = createFakeHost({ open: true });
  const host = hostWith(base, (name, args) => {
    if (name === 'save_alert_settings') {
      sent.push((args as { request: { smtpPassword: unknown; webhookUrl: unknown } }).request);
    }
    return undefined;
  });
  const { user } = show(<AlertsScreen />, host);
  await user.click(await screen.findByTestId('alert-webhook'));
  await user.type(screen.getByTestId('alert-url'), ' https://hooks.example.com/services/T0/secret ');
  await user.click(screen.getByTestId('alert-save'));
  await user.click(await screen.findByTestId('alert-forget-url'));
  await user.click(screen.getByTestId('alert-webhook'));
  await user.click(screen.getByTestId('alert-save'));
  await waitFor(() => expect(sent).toHaveLength(2));
  expect(sent[0]).toMatchObject({
    smtpPassword: null,
    webhookUrl: 'https://hooks.example.com/services/T0/secret',
  });
  expect(sent[1]).toMatchObject({ smtpPassword: null, webhookUrl: '' });
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
