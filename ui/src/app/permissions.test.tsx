import { readFileSync } from 'node:fs';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { setLanguage } from '@/i18n';
import { addPasted, inboxStore } from '@/shared/inbox';
import { startKeys } from '@/shared/keys';
import { goTo } from '@/shared/navigation';
import { ROLES_OF } from '@/shared/permission';
import { notePresence } from '@/shared/presence';
import { toastStore } from '@/shared/toasts';
import { hostWith, matchedHost, show } from '@/test-window';
import { App } from './App';

beforeAll(() => {
  startKeys();
});

afterEach(() => {
  act(() => setLanguage('en'));
  notePresence({ open: false, person: null, locked: false, idleMinutes: 0 });
  toastStore.set([]);
  inboxStore.set([]);
  goTo('overview');
});

type Role = 'preparer' | 'reviewer' | 'admin';

/** The window with somebody of that role at work; notes what is asked of the host. */
async function working(role: Role, place: Parameters<typeof goTo>) {
  goTo('overview');
  const base = await matchedHost();
  if (role !== 'admin') {
    const firstSecret = 'first one';
    await base.call('add_person', { request: { name: 'Bea Otto', email: '', role, firstSecret } });
    const bea = (await base.call('people', {})).people.find(({ name }) => name === 'Bea Otto');
    await base.call('sign_out', {});
    await base.call('sign_in', {
      request: { id: bea?.id ?? '', secret: firstSecret, newSecret: 'her own one' },
    });
  }
  const asked: string[] = [];
  const host = hostWith(base, (name) => {
    asked.push(name);
    return undefined;
  });
  const shown = show(<App />, {
    ...host,
    run: ((name: string, ...rest: unknown[]) => {
      asked.push(name);
      return (base.run as (...all: unknown[]) => Promise<unknown>)(name, ...rest);
    }) as typeof base.run,
  });
  await screen.findByTestId('screen-overview');
  goTo(...place);
  return { ...shown, asked };
}

const button = (id: string) => screen.findAllByTestId<HTMLButtonElement>(id).then(([first]) => first);

test('roles may here what they may at the host', () => {
  const source = readFileSync('../src-tauri/crates/domain/src/people.rs', 'utf8');
  const [, body = ''] =
    /pub const fn may\([^{]*\{\s*match permission \{([\s\S]*?)\n {8}\}/.exec(source) ?? [];
  const roles = (text: string) =>
    [...text.matchAll(/Self::(\w+)/g)].map(([, role = '']) => role.toLowerCase());
  const told = new Map<string, string[]>();
  for (const arm of body.split(',\n')) {
    const [left = '', right = ''] = arm.split('=>');
    for (const [, name = ''] of left.matchAll(/Permission::(\w+)/g)) {
      told.set(name.charAt(0).toLowerCase() + name.slice(1), right.includes('true') ? [] : roles(right));
    }
  }
  expect([...told.keys()].sort()).toEqual([...Object.keys(ROLES_OF), 'decide', 'upkeep'].sort());
  for (const [name, may] of Object.entries(ROLES_OF)) {
    expect([...may].sort()).toEqual(told.get(name)?.sort());
  }
});

test.each<[string, Role, Role, Parameters<typeof goTo>]>([
  ['run-match', 'reviewer', 'preparer', ['overview']],
  ['choose-files', 'reviewer', 'preparer', ['import']],
  ['batch-undo', 'reviewer', 'admin', ['import']],
  ['patterns-import', 'reviewer', 'preparer', ['settings', 'categories']],
  ['pattern-add', 'reviewer', 'admin', ['settings', 'categories']],
  ['customer-new', 'reviewer', 'preparer', ['customers']],
  ['credit-rate', 'preparer', 'admin', ['customers']],
  ['period-open', 'reviewer', 'preparer', ['proof']],
])('%s is off for a %s, with the reason, and not for a %s', async (id, off, on, place) => {
  const first = await working(off, place);
  await waitFor(async () => expect((await button(id))?.getAttribute('aria-disabled')).toBe('true'));
  const refused = await button(id);
  expect(refused?.title).toMatch(/^Only /);
  // It can be reached by keyboard, is read with the reason, and says it when it is pressed.
  expect(refused?.getAttribute('aria-description')).toBe(refused?.title);
  expect(refused?.disabled).toBe(false);
  first.asked.length = 0;
  await first.user.click(refused as HTMLElement);
  expect(toastStore.get().map(({ text }) => text)).toEqual([refused?.title]);
  expect(screen.queryByRole('dialog')).toBeNull();
  first.unmount();
  toastStore.set([]);
  await working(on, place);
  await waitFor(async () => expect((await button(id))?.getAttribute('aria-disabled')).toBeNull());
});

test.each<[string, string, Role, Parameters<typeof goTo>]>([
  ['m', 'run_matching', 'reviewer', ['overview']],
  ['s', 'sweep_categories', 'reviewer', ['settings', 'categories']],
])('the key %s does not ask the host for %s either', async (key, command, role, place) => {
  const first = await working(role, place);
  await screen.findByTestId(`screen-${place[1] ?? place[0]}`);
  await waitFor(() => expect(first.client.isFetching()).toBe(0));
  fireEvent.keyDown(document.body, { key });
  await act(() => Promise.resolve());
  expect(first.asked).not.toContain(command);
  expect(toastStore.get()[0]?.text, 'the key says who may').toMatch(/^Only /);
  toastStore.set([]);
  first.unmount();
  const second = await working('admin', place);
  await screen.findByTestId(`screen-${place[1] ?? place[0]}`);
  await waitFor(() => expect(second.client.isFetching()).toBe(0));
  fireEvent.keyDown(document.body, { key });
  await waitFor(() => expect(second.asked).toContain(command));
});

test.each<[Parameters<typeof goTo>, string, string]>([
  [['settings', 'matching'], 'matching-save', 'rules-add'],
  [['settings', 'policy'], 'policy-save', 'policy-try'],
])('settings of %s are not saved by a preparer, who may still try them', async (place, save, other) => {
  await working('preparer', place);
  expect((await button(save))?.title).toBe('Only admins change this');
  expect((await button(other))?.title).toBe('');
  expect((await button(other))?.disabled).toBe(false);
});

test('files that a reviewer drops are refused in one sentence, in their language, and nothing is read', async () => {
  const { asked } = await working('reviewer', ['overview']);
  act(() => setLanguage('de'));
  act(() => addPasted('a\tb', 'pasted.tsv', 'ledger'));
  goTo('import');
  await waitFor(() => expect(toastStore.get()[0]?.text).toContain('Vorbereiter und Administratoren'));
  expect(inboxStore.get()).toEqual([]);
  expect(asked).not.toContain('preview_import');
});

test.each<[Role, boolean]>([
  ['reviewer', false],
  ['preparer', true],
])('to a %s the deletion of a record is offered, or says who may', async (role, may) => {
  const { user } = await working(role, ['review', 'unmatchedEntries']);
  await user.click((await button('more-actions')) as HTMLElement);
  const item = await screen.findByTestId('delete-record');
  expect(item.className.includes('menu-item-off')).toBe(!may);
  expect(/: Only preparers and admins/.test(item.getAttribute('aria-label') ?? '')).toBe(!may);
  await user.click(item);
  expect(toastStore.get().map(({ text }) => text)).toEqual(
    may ? [] : ['Only preparers and admins may do this'],
  );
  await waitFor(() => expect(screen.queryAllByTestId('delete-dialog').length > 0).toBe(may));
});
