import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createFakeHost, show } from '@/test-window';
import { SigningScreen } from './SigningScreen';

test('an identity of a file is taken with its passphrase, and a wrong one is refused in place', async () => {
  const { user } = show(<SigningScreen />, createFakeHost({ open: true }));
  await user.click(await screen.findByTestId('signing-import'));
  await user.click(screen.getByTestId('signing-file-choose'));
  await waitFor(() =>
    expect((screen.getByTestId('signing-file') as HTMLInputElement).value).toContain('.p12'),
  );
  await user.type(screen.getByTestId('signing-passphrase'), 'wrong');
  await user.click(screen.getByTestId('signing-import-dialog-submit'));
  expect(await screen.findByText(/passphrase does not open the identity file/)).toBeTruthy();
  await user.clear(screen.getByTestId('signing-passphrase'));
  await user.type(screen.getByTestId('signing-passphrase'), 'correct horse');
  await user.click(screen.getByTestId('signing-import-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('signing-import-dialog')).toBeNull());
  expect(screen.getByTestId('signing-own').textContent).toContain('Imported');
  expect(screen.getAllByTestId('signer-row')).toHaveLength(2);
});

test('a certificate is revoked with a reason, which the list tells', async () => {
  const { user } = show(<SigningScreen />, createFakeHost({ open: true }));
  await user.click(await screen.findByTestId('signer-revoke'));
  await user.type(screen.getByTestId('signing-revoke-reason'), 'the laptop was stolen{Enter}');
  expect(await screen.findByText('the laptop was stolen')).toBeTruthy();
  expect(screen.getByTestId('signing-revoked')).toBeTruthy();
  expect(screen.queryByTestId('signer-revoke')).toBeNull();
  await user.click(screen.getByTestId('signing-make'));
  await user.click(screen.getByTestId('signing-make-dialog-submit'));
  await waitFor(() => expect(screen.getAllByTestId('signer-row')).toHaveLength(2));
  expect(screen.queryByTestId('signing-revoked')).toBeNull();
});
