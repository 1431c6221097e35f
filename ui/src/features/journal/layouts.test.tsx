import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { forgetDrafts } from '@/shared/drafts';
import { startKeys } from '@/shared/keys';
import { recall, remember } from '@/shared/preferences';
import { createFakeHost, hostWith, show } from '@/test-window';
import { LayoutsScreen } from './LayoutsScreen';
import { freeName } from './layouts';
import { approvedHost, atWorkAs, nameAll, openScreen } from './testing';

beforeAll(() => {
  startKeys();
});

beforeEach(() => {
  window.localStorage.clear();
  forgetDrafts();
  atWorkAs('admin');
});

const choice = () => screen.getByTestId<HTMLSelectElement>('journal-layout-choice');
const nameField = () => screen.getByTestId<HTMLInputElement>('journal-layout-name');

async function openLayouts(host: Host) {
  const shown = show(<LayoutsScreen />, host);
  await screen.findByTestId('journal-columns');
  await screen.findByTestId('journal-preview');
  return shown;
}

/** A host with a layout of the workbook’s own beside the ready-made ones. */
async function withOwn(...names: string[]): Promise<Host> {
  const host = await approvedHost();
  const generic = (await host.call('journal_layouts', {}))[0]?.form;
  if (!generic) {
    throw new Error('no layout');
  }
  for (const name of names) {
    await host.call('save_journal_layout', { layout: { ...generic, name }, was: null });
  }
  return host;
}

const own = async (host: Host) =>
  (await host.call('journal_layouts', {})).filter(({ readyMade }) => !readyMade).map(({ form }) => form.name);

test('a key and both buttons of the journal lead to the layouts, with the one that is exported with', async () => {
  const host = await withOwn('Ours');
  await nameAll(host);
  const { user, unmount } = await openScreen(host);
  await screen.findByTestId('journal-table');
  await user.keyboard('l');
  expect(window.location.hash).toBe('#/settings/layouts');
  window.location.hash = '#/journal';
  await user.keyboard('e');
  await user.selectOptions(await screen.findByTestId('journal-layout'), 'Ours');
  await user.click(screen.getByTestId('journal-layout-edit'));
  expect(window.location.hash).toBe('#/settings/layouts');
  expect(screen.queryByTestId('journal-export-dialog')).toBeNull();
  unmount();
  await openLayouts(host);
  expect(choice().value).toBe('Ours');
});

test('a ready-made layout is changed under another name, and exported with from then on', async () => {
  const host = await withOwn('generic 2');
  const { user } = await openLayouts(host);
  await user.clear(screen.getByTestId('journal-layout-date'));
  expect(nameField().value).toBe('generic 3');
  await user.type(screen.getByTestId('journal-layout-date'), 'dd.MM.yyyy');
  fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
  await waitFor(async () => expect(await own(host)).toEqual(['generic 2', 'generic 3']));
  await waitFor(() => expect(choice().value).toBe('generic 3'));
  expect(recall('journalLayout')).toBe('generic 3');
  const stored = (await host.call('journal_layouts', {})).map(({ form }) => [form.name, form.date]);
  expect(stored).toContainEqual(['generic', 'yyyy-MM-dd']);
  expect(stored).toContainEqual(['generic 3', 'dd.MM.yyyy']);
});

test('a layout is renamed as one, and removed only when that was meant', async () => {
  const host = await withOwn('Ours');
  remember('journalLayout', 'Ours');
  const { user } = await openLayouts(host);
  await user.clear(nameField());
  expect(screen.getByTestId<HTMLButtonElement>('journal-layout-save').disabled).toBe(true);
  await user.type(nameField(), 'Theirs');
  await user.click(screen.getByTestId('journal-layout-save'));
  await waitFor(async () => expect(await own(host)).toEqual(['Theirs']));
  await waitFor(() => expect(choice().value).toBe('Theirs'));
  const remove = screen.getByTestId('journal-layout-remove');
  await user.click(remove);
  expect(await own(host)).toEqual(['Theirs']);
  expect(remove.textContent).toContain('Really remove “Theirs”');
  await user.click(remove);
  await waitFor(async () => expect(await own(host)).toEqual([]));
  expect(recall('journalLayout')).toBe('generic');
});

test('no layout takes the name of another', async () => {
  const host = await withOwn('Ours', 'Theirs');
  remember('journalLayout', 'Ours');
  const { user } = await openLayouts(host);
  await user.clear(nameField());
  await user.type(nameField(), 'Theirs');
  expect(screen.getByTestId('error-message').textContent).toBe('There is a layout of that name already');
  expect(screen.getByTestId<HTMLButtonElement>('journal-layout-save').disabled).toBe(true);
  fireEvent.keyDown(document.body, { key: 's', ctrlKey: true });
  expect(await own(host)).toEqual(['Ours', 'Theirs']);
});

test('each layout keeps what was changed in it until it is saved or discarded', async () => {
  const host = await withOwn('Ours', 'Theirs');
  const first = await openLayouts(host);
  for (const name of ['Ours', 'Theirs']) {
    await first.user.selectOptions(choice(), name);
    await first.user.type(nameField(), ` ${name.length}`);
  }
  first.unmount();
  const { user } = await openLayouts(host);
  const marked = () =>
    [...choice().options].map(({ text }) => text).filter((text) => text.includes('Not saved'));
  expect(marked()).toEqual(['Ours · Not saved', 'Theirs · Not saved']);
  await user.selectOptions(choice(), 'Ours');
  expect(nameField().value).toBe('Ours 4');
  await user.click(screen.getByTestId('journal-layout-discard'));
  expect(nameField().value).toBe('Ours');
  await user.selectOptions(choice(), 'Theirs');
  expect(nameField().value).toBe('Theirs 6');
  await user.click(screen.getByTestId('journal-layout-save'));
  await waitFor(async () => expect(await own(host)).toEqual(['Ours', 'Theirs 6']));
  await waitFor(() => expect(marked()).toEqual([]));
});

test('a layout read from a file is a new one until it is saved', async () => {
  const host = await withOwn();
  const first = await openLayouts(host);
  await first.user.click(screen.getByTestId('journal-layout-open'));
  await waitFor(() => expect(choice().selectedOptions[0]?.text).toContain('Not saved'));
  const name = nameField().value;
  expect(await own(host)).toEqual([]);
  first.unmount();
  const { user } = await openLayouts(host);
  expect(nameField().value).toBe(name);
  await user.click(screen.getByTestId('journal-layout-save'));
  await waitFor(async () => expect(await own(host)).toEqual([name]));
  await waitFor(() => expect(choice().value).toBe(name));
});

test('a layout read from a file leaves what was changed in that of its name', async () => {
  const host = await withOwn('From a file');
  remember('journalLayout', 'From a file');
  const { user } = await openLayouts(host);
  await user.clear(screen.getByTestId('journal-layout-date'));
  await user.type(screen.getByTestId('journal-layout-date'), 'dd.MM.yyyy');
  await user.click(screen.getByTestId('journal-layout-open'));
  await waitFor(() => expect(nameField().value).toBe('From a file 2'));
  await user.selectOptions(choice(), 'From a file');
  expect(screen.getByTestId<HTMLInputElement>('journal-layout-date').value).toBe('dd.MM.yyyy');
});

test('who may not configure looks, and is told why nothing is saved', async () => {
  const host = await withOwn('Ours');
  remember('journalLayout', 'Ours');
  atWorkAs('preparer');
  const asked: string[] = [];
  const watched = hostWith(host, (name) => {
    asked.push(name);
    return undefined;
  });
  const { user } = await openLayouts(watched);
  for (const id of ['journal-layout-save', 'journal-layout-open', 'journal-layout-remove']) {
    expect(screen.getByTestId(id).getAttribute('aria-disabled')).toBe('true');
  }
  await user.type(nameField(), '!');
  await user.click(screen.getByTestId('journal-layout-save'));
  await user.click(screen.getByTestId('journal-layout-remove'));
  await user.click(screen.getByTestId('journal-layout-remove'));
  expect(asked.filter((name) => /save|remove/.test(name))).toEqual([]);
});

test('where nothing is to be exported, it is said why the preview has no rows', async () => {
  const { user } = await openLayouts(createFakeHost({ open: true }));
  expect(screen.getByText('No entry is waiting to be exported: only headings are shown.')).toBeTruthy();
  await user.click(screen.getByTestId('journal-column-add'));
  await waitFor(() =>
    expect(screen.getByTestId('journal-preview').querySelectorAll('th')).toHaveLength(
      screen.getByTestId('journal-columns').querySelectorAll('tbody tr').length,
    ),
  );
});

test('a free name is the first with a number that nobody has', () => {
  expect(freeName('generic', [])).toBe('generic 2');
  expect(freeName('generic', ['generic', 'generic 2', 'generic 4'])).toBe('generic 3');
});
