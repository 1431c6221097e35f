import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { forgetDrafts, hasUnsaved } from '@/shared/drafts';
import { startKeys } from '@/shared/keys';
import { goTo, goToSettings } from '@/shared/navigation';
import { notePresence } from '@/shared/presence';
import { hostWith, matchedHost, SAMPLE_PASSPHRASE, show } from '@/test-window';
import { App } from './App';

beforeAll(() => {
  startKeys();
  Element.prototype.scrollIntoView = () => undefined;
});
beforeEach(forgetDrafts);
afterEach(() => act(() => goTo('overview')));

/** The window with the days of the matching changed and not saved. */
async function withDraft(host: Host) {
  const asked: string[] = [];
  const watched = hostWith(host, (name) => {
    asked.push(name);
    return undefined;
  });
  const shown = show(<App />, watched);
  await screen.findByTestId('screen-overview');
  act(() => goToSettings('matching'));
  await shown.user.type(await screen.findByTestId('matching-days'), '1');
  expect(hasUnsaved()).toBe(true);
  return { ...shown, asked };
}

const days = () => screen.getByTestId<HTMLInputElement>('matching-days').value;

test('closing the workbook asks first, names the sections, and Stay or Escape loses nothing', async () => {
  const { user, asked } = await withDraft(await matchedHost());
  const before = days();
  await user.click(screen.getByTestId('lock'));
  const dialog = await screen.findByTestId('leave-dialog');
  expect(dialog.textContent).toContain('Changed and not saved yet: Matching.');
  await user.click(within(dialog).getByTestId('leave-stay'));
  await waitFor(() => expect(screen.queryByTestId('leave-dialog')).toBeNull());
  await user.click(screen.getByTestId('lock'));
  await screen.findByTestId('leave-dialog');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('leave-dialog')).toBeNull());
  expect(days()).toBe(before);
  expect(asked).not.toContain('close_workbook');
});

test('what is discarded is gone when the workbook is closed; with nothing unsaved nothing is asked', async () => {
  const { user, asked } = await withDraft(await matchedHost());
  await user.click(screen.getByTestId('lock'));
  await user.click(await screen.findByTestId('leave-discard'));
  await screen.findAllByTestId('recent-workbook');
  expect(asked).toContain('close_workbook');
  expect(hasUnsaved()).toBe(false);
  expect(screen.queryByTestId('leave-dialog')).toBeNull();
});

test('a refusal to close is told in the dialog, and nothing is discarded', async () => {
  const refused = { code: 'invalid', message: 'Something is still running' };
  const host = hostWith(await matchedHost(), (name) =>
    name === 'close_workbook' ? Promise.reject(refused) : undefined,
  );
  const { user } = await withDraft(host);
  await user.click(screen.getByTestId('lock'));
  await user.click(await screen.findByTestId('leave-discard'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('still running');
  expect(hasUnsaved()).toBe(true);
});

test('giving way to somebody else asks; locking does not, and keeps all for who comes back', async () => {
  const { user, asked } = await withDraft(await matchedHost());
  const before = days();
  fireEvent.keyDown(document.body, { key: 'L', ctrlKey: true, shiftKey: true });
  expect((await screen.findByTestId('leave-dialog')).textContent).toContain('somebody else signs in');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByTestId('leave-dialog')).toBeNull());
  expect(asked).not.toContain('sign_out');
  fireEvent.keyDown(document.body, { key: 'l', ctrlKey: true });
  await user.type(await screen.findByTestId('lock-secret'), SAMPLE_PASSPHRASE);
  await user.click(screen.getByTestId('lock-submit'));
  await waitFor(() => expect(screen.queryByTestId('lock-screen')).toBeNull());
  expect(screen.queryByTestId('leave-dialog')).toBeNull();
  expect(days()).toBe(before);
});

test('signed out of a locked window, the same person finds what they left, and another does not', async () => {
  await withDraft(await matchedHost());
  const at = (id: string) => ({ id, name: id, role: 'admin', hasSecret: true });
  const presence = (person: ReturnType<typeof at> | null) =>
    act(() => void notePresence({ open: true, person, locked: false, idleMinutes: 0 }));
  forgetDrafts();
  presence(at('mara'));
  act(() => goToSettings('matching'));
  fireEvent.change(await screen.findByTestId('matching-days'), { target: { value: '12' } });
  expect(hasUnsaved()).toBe(true);
  presence(null);
  expect(hasUnsaved()).toBe(true);
  presence(at('mara'));
  expect(hasUnsaved()).toBe(true);
  presence(null);
  presence(at('jonas'));
  expect(hasUnsaved()).toBe(false);
});

test('the window is held open while something is unsaved, asks, and closes once that is discarded', async () => {
  const base = await matchedHost();
  let close: (() => void) | null = null;
  let closed = 0;
  const host: Host = {
    ...base,
    holdClosing: (asked) => {
      close = asked;
      return () => {
        close = null;
      };
    },
    closeWindow: () => {
      closed += 1;
      return Promise.resolve();
    },
  };
  const { user } = await withDraft(host);
  await waitFor(() => expect(close).not.toBeNull());
  act(() => close?.());
  expect((await screen.findByTestId('leave-dialog')).textContent).toContain('the window is closed');
  await user.click(screen.getByTestId('leave-stay'));
  expect(closed).toBe(0);
  await user.click(screen.getByTestId('matching-discard'));
  expect(close).toBeNull();
  await user.type(screen.getByTestId('matching-days'), '2');
  await waitFor(() => expect(close).not.toBeNull());
  act(() => close?.());
  await user.click(await screen.findByTestId('leave-discard'));
  await waitFor(() => expect(closed).toBe(1));
  expect(close).toBeNull();
});
