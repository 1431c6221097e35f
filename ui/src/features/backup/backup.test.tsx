import { act, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import { forgetDrafts } from '@/shared/drafts';
import { createFakeHost, hostWith, show } from '@/test-window';
import { BackupFailure } from './BackupFailure';
import { BackupScreen } from './BackupScreen';
import { BackupTable } from './BackupTable';

beforeEach(() => act(forgetDrafts));

test('settings are saved, and what cannot be is told in place', async () => {
  const { user } = show(<BackupScreen />, createFakeHost({ open: true }));
  const hours = await screen.findByTestId<HTMLInputElement>('backup-everyHours');
  expect(screen.getByTestId<HTMLButtonElement>('backup-save').disabled).toBe(true);
  await user.clear(hours);
  await user.type(hours, '48');
  expect(screen.getByTestId('error-message').textContent).toBe('Enter a whole number from 1 to 24');
  expect(screen.getByTestId<HTMLButtonElement>('backup-save').disabled).toBe(true);
  await user.clear(hours);
  await user.type(hours, '2');
  await user.click(screen.getByTestId('backup-choose'));
  expect(screen.getByTestId<HTMLInputElement>('backup-folder').value).toBe('/media/mara/stick');
  await user.click(screen.getByTestId('backup-save'));
  await waitFor(() => expect(screen.getByTestId<HTMLButtonElement>('backup-save').disabled).toBe(true));
  expect(screen.getByTestId<HTMLInputElement>('backup-everyHours').value).toBe('2');
});

test('a backup made now stands above the others, and a check says of each whether it is whole', async () => {
  const { user } = show(<BackupScreen />, createFakeHost({ open: true }));
  expect(
    (await screen.findAllByTestId('backup-row')).map(
      (row) => within(row).getByText(/Everything|Changes/).textContent,
    ),
  ).toEqual(['Changes', 'Everything']);
  await user.click(screen.getByTestId('backup-make'));
  await waitFor(() => expect(screen.getAllByTestId('backup-row').length).toBe(3));
  await user.click(screen.getByTestId('backup-check'));
  await waitFor(() => expect(screen.getAllByText(/^Whole, \d/).length).toBe(3));
});

test('a folder that was not seen yet is not called empty, and an earlier passphrase is no fault', async () => {
  const fake = createFakeHost({ open: true });
  const unseen = hostWith(fake, (name) =>
    name === 'backups'
      ? fake.call('backups', {}).then((answer) => ({ ...answer, backups: [], lookedAt: null }))
      : undefined,
  );
  const { unmount } = show(<BackupScreen />, unseen);
  expect(await screen.findByText('Looking into the folder…')).toBeTruthy();
  expect(screen.queryByText('No backup yet')).toBeNull();
  unmount();
  const { backups } = await fake.call('backups', {});
  const checked = backups.map((backup) => ({ backup, events: null, earlierPassphrase: true, fault: null }));
  show(<BackupTable backups={backups} checked={checked} />, fake);
  expect(screen.getAllByText(/earlier passphrase/).length).toBe(2);
});

test('a backup that was not made is told with its reason on every screen', async () => {
  const fake = createFakeHost({ open: true });
  const why = { code: 'inFile', values: {}, english: '/media/stick: there is no room left' };
  const host = hostWith(fake, (name) =>
    name === 'backups'
      ? fake
          .call('backups', {})
          .then((answer) => ({ ...answer, failure: { at: '2026-02-03T11:00:00.000Z', why } }))
      : undefined,
  );
  show(<BackupFailure />, host);
  const told = await screen.findByTestId('backup-failed');
  expect(told.textContent).toContain('was not made');
  expect(screen.getByTestId('backup-failed-go')).toBeTruthy();
});
