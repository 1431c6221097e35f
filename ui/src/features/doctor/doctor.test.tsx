import { screen, waitFor, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createFakeHost, hostWith, show } from '@/test-window';
import { DoctorScreen } from './DoctorScreen';

function stateOf(what: string): string[] {
  const rows = screen.getAllByTestId('doctor-row').filter((row) => row.dataset.what === what);
  return rows.map((row) => row.dataset.state ?? '');
}

test('each check says how it came out, in words as well as colour', async () => {
  const { user } = show(<DoctorScreen />, createFakeHost({ open: true }));
  const [first] = await screen.findAllByTestId('doctor-row');
  expect(within(first as HTMLElement).getByText('Fine')).toBeTruthy();
  expect(stateOf('place')).toEqual(['warning']);
  expect(stateOf('mail')).toEqual(['fine']);
  await user.click(screen.getByTestId('doctor-online'));
  await waitFor(() => expect(stateOf('mail')).toEqual(['fault']));
});

test('what is saved is shown first, and only that is asked for', async () => {
  const asked: string[] = [];
  const host = hostWith(createFakeHost({ open: true }), (name) => {
    asked.push(name);
    return undefined;
  });
  const { user } = show(<DoctorScreen />, host);
  await screen.findAllByTestId('doctor-row');
  await user.click(screen.getByTestId('doctor-save'));
  const texts = await screen.findAllByTestId('diagnostics-text');
  expect(texts.map((text) => text.textContent).join()).toContain('doctor.keychain');
  expect(asked).not.toContain('save_diagnostics');
  await user.click(screen.getByTestId('diagnostics-save'));
  await waitFor(() => expect(screen.queryByTestId('diagnostics-dialog')).toBeNull());
  expect(asked.slice(-2)).toEqual(['pick_diagnostics_path', 'save_diagnostics']);
});
