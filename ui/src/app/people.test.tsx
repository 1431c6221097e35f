import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { startKeys } from '@/shared/keys';
import { goTo, goToSettings } from '@/shared/navigation';
import { showToast } from '@/shared/toasts';
import { createFakeHost, SAMPLE_PASSPHRASE, show } from '@/test-window';
import { App } from './App';

beforeAll(() => {
  startKeys();
});

beforeEach(() => goTo('overview'));

async function openPeople() {
  const host = createFakeHost({ open: true });
  const shown = show(<App />, host);
  await screen.findByTestId('screen-overview');
  goToSettings('people');
  await screen.findAllByTestId('person-row');
  return { ...shown, host };
}

async function addBea(user: Awaited<ReturnType<typeof openPeople>>['user']) {
  await user.click(screen.getByTestId('person-add'));
  await user.type(screen.getByTestId('person-name'), 'Bea Otto');
  await user.selectOptions(screen.getByTestId('person-role'), 'reviewer');
  await user.type(screen.getByTestId('secret-new'), 'first one');
  await user.type(screen.getByTestId('secret-again'), 'first one');
  await user.click(screen.getByTestId('person-add-dialog-submit'));
  await waitFor(() => expect(screen.getAllByTestId('person-row')).toHaveLength(2));
}

test('a reviewer is added, signs in with a secret of her own, and may only look at people', async () => {
  const { user } = await openPeople();
  await addBea(user);
  expect(screen.getAllByTestId('person-row')[1]?.textContent).toContain('Given, to be replaced');

  fireEvent.keyDown(document.body, { key: 'L', ctrlKey: true, shiftKey: true });
  const people = await screen.findAllByTestId('sign-in-person');
  expect(screen.queryByTestId('company-name')).toBeNull();
  await user.click(people[1] as HTMLElement);
  await user.type(await screen.findByTestId('sign-in-secret'), 'not hers{Enter}');
  expect((await screen.findByTestId('error-message')).textContent).toContain('not right');
  await user.clear(screen.getByTestId('sign-in-secret'));
  await user.type(screen.getByTestId('sign-in-secret'), 'first one{Enter}');
  await user.type(await screen.findByTestId('sign-in-new'), '471199');
  await user.type(screen.getByTestId('sign-in-again'), '471198{Enter}');
  expect((await screen.findByTestId('error-message')).textContent).toBe('The two are not the same');
  await user.clear(screen.getByTestId('sign-in-again'));
  await user.type(screen.getByTestId('sign-in-again'), '471199{Enter}');
  expect((await screen.findByTestId('signed-in-name')).textContent).toBe('Bea Otto');
  expect(screen.getByTestId('signed-in-role').textContent).toBe('Reviewer');

  goToSettings('people');
  await screen.findByTestId('people-read-only');
  expect(screen.getByTestId<HTMLButtonElement>('person-add').disabled).toBe(true);
  expect(screen.queryByTestId('person-edit')).toBeNull();
  expect(screen.getByTestId<HTMLSelectElement>('idle-minutes').disabled).toBe(true);
});

test('what one person was told, and may take back, is gone when another signs in', async () => {
  const { user } = await openPeople();
  await addBea(user);
  const run = vi.fn();
  act(() => showToast({ tone: 'done', text: 'Approved: Müller', action: { label: 'Undo', run } }));
  act(() => showToast({ tone: 'problem', text: 'The disk is full' }));
  expect(screen.getAllByTestId('toast').length).toBeGreaterThan(0);
  fireEvent.keyDown(document.body, { key: 'L', ctrlKey: true, shiftKey: true });
  await screen.findAllByTestId('sign-in-person');
  expect(screen.queryByTestId('toast')).toBeNull();
});

test('what is typed survives the lock, and what is asked meanwhile waits', async () => {
  const { user } = await openPeople();
  await user.click(screen.getByTestId('single-user-change'));
  await user.type(screen.getByTestId('single-user-reason'), 'Bea reviews');
  fireEvent.keyDown(screen.getByTestId('single-user-reason'), { key: 'L', ctrlKey: true });
  await screen.findByTestId('lock-screen');
  expect(document.documentElement.dataset.locked).toBe('');

  await user.type(screen.getByTestId('lock-secret'), 'not it{Enter}');
  expect((await screen.findByTestId('error-message')).textContent).toContain('not right');
  await user.clear(screen.getByTestId('lock-secret'));
  await user.type(screen.getByTestId('lock-secret'), `${SAMPLE_PASSPHRASE}{Enter}`);
  await waitFor(() => expect(screen.queryByTestId('lock-screen')).toBeNull());
  expect(document.documentElement.dataset.locked).toBeUndefined();
  expect(screen.getByTestId<HTMLInputElement>('single-user-reason').value).toBe('Bea reviews');
  await user.click(screen.getByTestId('single-user-dialog-submit'));
  await waitFor(() => expect(screen.getByTestId('single-user').textContent).toContain('cannot sign it off'));
});

test('of a person only what was changed here is changed', async () => {
  const { user, host } = await openPeople();
  const [mara] = (await host.call('people', {})).people;
  await user.click(screen.getByTestId('person-edit'));
  expect(screen.getByTestId<HTMLButtonElement>('person-edit-dialog-submit').disabled).toBe(true);
  await user.type(screen.getByTestId('person-email'), 'mara@example.org');
  const change = { id: mara?.id ?? '', name: 'Mara Otto', email: null, role: null, active: null };
  await host.call('change_person', { request: change });
  await user.click(screen.getByTestId('person-edit-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('person-edit-dialog')).toBeNull());
  const [now] = (await host.call('people', {})).people;
  expect([now?.name, now?.email]).toEqual(['Mara Otto', 'mara@example.org']);
});

test('the last admin stays one, and the refusal is told in the dialog', async () => {
  const { user } = await openPeople();
  await user.click(screen.getByTestId('person-edit'));
  await user.selectOptions(screen.getByTestId('person-role'), 'reviewer');
  await user.click(screen.getByTestId('person-edit-dialog-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('last active admin');
});

test('a wrong present passphrase is told apart, and the new one is asked for twice', async () => {
  const { user, host } = await openPeople();
  await user.click(screen.getByTestId('passphrase-change'));
  await user.type(screen.getByTestId('passphrase-present'), 'not this one');
  await user.type(screen.getByTestId('passphrase-new'), 'four unrelated words');
  const submit = screen.getByTestId<HTMLButtonElement>('passphrase-dialog-submit');
  expect(submit.disabled).toBe(true);
  await user.type(screen.getByTestId('passphrase-again'), 'four unrelated words');
  await user.click(submit);
  await waitFor(() =>
    expect(screen.getByTestId('passphrase-present').getAttribute('aria-invalid')).toBe('true'),
  );
  await user.clear(screen.getByTestId('passphrase-present'));
  await user.type(screen.getByTestId('passphrase-present'), SAMPLE_PASSPHRASE);
  await user.click(submit);
  await waitFor(() => expect(screen.queryByTestId('passphrase-dialog')).toBeNull());
  await host.call('lock_now', {});
  await user.type(await screen.findByTestId('lock-secret'), 'four unrelated words{Enter}');
  await waitFor(() => expect(screen.queryByTestId('lock-screen')).toBeNull());
});

test('a first secret is chosen with the passphrase of the workbook', async () => {
  const { user } = await openPeople();
  await user.click(await screen.findByTestId('own-secret-open'));
  const submit = screen.getByTestId<HTMLButtonElement>('own-secret-submit');
  await user.type(screen.getByTestId('secret-new'), '471199');
  await user.type(screen.getByTestId('secret-again'), '471199');
  expect(submit.disabled).toBe(true);
  await user.type(screen.getByTestId('secret-present'), 'a guess of it');
  await user.click(submit);
  expect((await screen.findByTestId('error-message')).textContent).toContain('not right');
  await user.clear(screen.getByTestId('secret-present'));
  await user.type(screen.getByTestId('secret-present'), SAMPLE_PASSPHRASE);
  await user.click(submit);
  await waitFor(() => expect(screen.queryByTestId('own-secret')).toBeNull());
  expect(screen.getAllByTestId('person-row')[0]?.textContent).toContain('Own secret');
});

test('a locked window is not left under a name without a secret', async () => {
  const { user, host } = await openPeople();
  await addBea(user);
  const { people } = await host.call('people', {});
  const bea = people[1]?.id ?? '';
  await host.call('sign_in', { request: { id: bea, secret: 'first one', newSecret: '471199' } });
  await host.call('lock_now', {});
  await user.click(await screen.findByTestId('lock-sign-out'));
  const [ada] = await screen.findAllByTestId('sign-in-person');
  await user.click(ada as HTMLElement);
  await user.click(await screen.findByTestId('sign-in-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('not right');
  await user.type(screen.getByTestId('sign-in-secret'), `${SAMPLE_PASSPHRASE}{Enter}`);
  await screen.findByTestId('screen-overview');
});
