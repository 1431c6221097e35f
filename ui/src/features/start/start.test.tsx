import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { strengthOf } from '@/shared/strength';
import { createFakeHost, SAMPLE_PASSPHRASE, show } from '@/test-window';
import { fileNameFor } from './CreateForm';
import { StartScreen } from './StartScreen';

async function start() {
  const host = createFakeHost();
  const onOpened = vi.fn();
  const state = await host.call('app_state', {});
  return { host, onOpened, ...show(<StartScreen state={state} onOpened={onOpened} />, host) };
}

test('a wrong passphrase is told in place, and the field is ready for another try', async () => {
  const { user, onOpened } = await start();
  const field = screen.getByTestId<HTMLInputElement>('unlock-passphrase');
  await user.type(field, 'wrong');
  await user.click(screen.getByTestId('unlock-submit'));
  await screen.findByTestId('error-message');
  await waitFor(() => expect(document.activeElement).toBe(field));
  expect(field.getAttribute('aria-invalid')).toBe('true');
  expect([field.selectionStart, field.selectionEnd]).toEqual([0, 5]);
  expect(onOpened).not.toHaveBeenCalled();
  await user.clear(field);
  await user.type(field, SAMPLE_PASSPHRASE);
  await user.click(screen.getByTestId('unlock-submit'));
  await waitFor(() => expect(onOpened).toHaveBeenCalledTimes(1));
});

test('a recent workbook whose key this machine does not know asks for the passphrase', async () => {
  const { user } = await start();
  await user.click(screen.getAllByTestId('recent-workbook')[0] as HTMLElement);
  expect(await screen.findByTestId('passphrase-needed')).toBeTruthy();
  await waitFor(() => expect(document.activeElement).toBe(screen.getByTestId('unlock-passphrase')));
});

test('a new workbook needs company and two equal passphrases, and gets a file name from the company', async () => {
  const { user, onOpened } = await start();
  await user.click(screen.getByTestId('start-create'));
  await user.click(screen.getByTestId('create-submit'));
  expect(screen.getByText('Whose books are these?')).toBeTruthy();
  await user.type(screen.getByTestId('create-company'), 'Müller & Söhne');
  expect(screen.getByTestId<HTMLInputElement>('create-path').value).toBe(
    '/home/mara/Tieout/Müller & Söhne.tieout',
  );
  await user.type(screen.getByTestId('create-passphrase'), 'correct horse');
  await user.type(screen.getByTestId('create-passphrase-again'), 'correct house');
  expect(screen.getByText('The two passphrases differ')).toBeTruthy();
  await user.clear(screen.getByTestId('create-passphrase-again'));
  await user.type(screen.getByTestId('create-passphrase-again'), 'correct horse');
  await user.click(screen.getByTestId('create-submit'));
  await waitFor(() => expect(onOpened).toHaveBeenCalledTimes(1));
});

test('a file that is there already is never overwritten', async () => {
  const { user, onOpened } = await start();
  await user.click(screen.getByTestId('start-create'));
  await user.type(screen.getByTestId('create-company'), 'Nordlicht Fahrradteile');
  await user.type(screen.getByTestId('create-passphrase'), 'correct horse');
  await user.type(screen.getByTestId('create-passphrase-again'), 'correct horse');
  await user.click(screen.getByTestId('create-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('nothing is overwritten');
  expect(onOpened).not.toHaveBeenCalled();
});

test.each([
  ['short', 'tooShort'],
  ['password1', 'weak'],
  ['aaaaaaaaaaaa', 'weak'],
  ['Tr4velling', 'fair'],
  ['kettenabe speiche sattel', 'strong'],
])('%s is %s', (passphrase, strength) => {
  expect(strengthOf(passphrase)).toBe(strength);
});

test.each([
  ['A/S: "Nord" <1>', 'A S Nord 1.tieout'],
  ['  ', ''],
  ['Dr. Ing. GmbH', 'Dr Ing GmbH.tieout'],
])('the company %j is kept in %j', (company, name) => {
  expect(fileNameFor(company)).toBe(name);
});

test('a restored workbook says what is not in it before it is opened', async () => {
  const { user } = await start();
  await user.click(screen.getByTestId('start-restore'));
  await user.click(screen.getByTestId('restore-choose-folder'));
  expect(screen.getByTestId<HTMLInputElement>('restore-from').value).toBe('/media/mara/stick');
  const point = await screen.findByTestId<HTMLSelectElement>('restore-point');
  expect([...point.options].map((option) => option.text)[0]).toBe('The newest');
  expect(point.options.length).toBe(3);
  await user.selectOptions(point, point.options[2] as HTMLOptionElement);
  expect(point.value).toContain('.tieout-full');
  await user.type(screen.getByTestId('restore-out'), '/home/mara/Tieout/back.tieout');
  await user.click(screen.getByTestId('restore-submit'));
  expect(await screen.findByTestId('restore-passphrase-needed')).toBeTruthy();
  await user.type(screen.getByTestId('restore-passphrase'), SAMPLE_PASSPHRASE);
  await user.click(screen.getByTestId('restore-submit'));
  expect((await screen.findByTestId('restored')).textContent).toContain('Nordlicht Fahrradteile');
  expect(screen.getByTestId('restored-lost').textContent).toContain('37 later events');
});
