import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { forgetDrafts } from '@/shared/drafts';
import { createFakeHost, hostWith, show } from '@/test-window';
import { AlertSettingsScreen } from './AlertSettingsScreen';

beforeEach(() => act(forgetDrafts));

test('settings are saved, and what cannot work is told in place', async () => {
  const { user } = show(<AlertSettingsScreen />, createFakeHost({ open: true }));
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
  expect(quality.value).toBe('180');
  expect(screen.getByText('Enter a whole number from 0 to 100, or nothing')).toBeTruthy();
  expect(screen.getByTestId<HTMLButtonElement>('alert-save').disabled).toBe(true);
  await user.clear(quality);
  await user.type(quality, '80');
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
  const { user } = show(<AlertSettingsScreen />, createFakeHost({ open: true }));
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
  const { user } = show(<AlertSettingsScreen />, host);
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

test('what was typed is still there after a look elsewhere, until it is discarded', async () => {
  const host = createFakeHost({ open: true });
  const first = show(<AlertSettingsScreen />, host);
  await first.user.type(await screen.findByTestId('alert-exceptionCount'), '7');
  await first.user.click(screen.getByTestId('alert-webhook'));
  await first.user.type(screen.getByTestId('alert-url'), 'https://hooks.example.com');
  first.unmount();
  const { user } = show(<AlertSettingsScreen />, host);
  const count = await screen.findByTestId<HTMLInputElement>('alert-exceptionCount');
  expect(count.value).toMatch(/7$/);
  expect(screen.getByTestId<HTMLInputElement>('alert-url').value).toBe('https://hooks.example.com');
  await user.click(screen.getByTestId('alert-discard'));
  expect(screen.queryByTestId('alert-url')).toBeNull();
});
