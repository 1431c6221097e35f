import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import type { CategoriesView, Host } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { Toasts } from '@/shared/Toasts';
import { createFakeHost, hostWith, matchedHost, show } from '@/test-window';
import { CategoriesScreen } from './CategoriesScreen';
import { patternsOf } from './sorting';

beforeAll(() => {
  startKeys();
});

async function openScreen(host: Host) {
  const shown = show(
    <>
      <CategoriesScreen />
      <Toasts />
    </>,
    host,
  );
  await screen.findByTestId('category-counts');
  return { ...shown, host };
}

function press(key: string): void {
  fireEvent.keyDown(document.body, { key });
}

/** Lines in the list, drawn or not. */
function linesListed(): number {
  return Number(screen.queryAllByTestId('category-line')[0]?.getAttribute('aria-setsize') ?? 0);
}

function countOf(name: string): number {
  return Number(screen.getByTestId(`count-${name}`).textContent);
}

/** A company with its statement in, and patterns for its bank's fees and its rent. */
async function categorised() {
  const host = await matchedHost();
  await host.call('import_category_patterns', { path: '' });
  await host.run('sweep_categories', { scope: 'all' }, () => undefined);
  return openScreen(host);
}

test('without patterns the screen says what one is, and an imported file takes its lines at once', async () => {
  const { user } = await openScreen(await matchedHost());
  expect(screen.getByTestId('categories-none').textContent).toContain('pattern and category');
  expect(countOf('pending')).toBeGreaterThan(0);
  await user.click(screen.getByTestId('patterns-import'));
  await waitFor(() => expect(screen.getAllByTestId('pattern')).toHaveLength(4));
  await waitFor(() => expect(countOf('pending')).toBe(0));
  expect(countOf('categorised')).toBeGreaterThan(0);
  expect((await screen.findByTestId('toast')).textContent).toContain('4 patterns added');
});

test('a pattern is added by key, and its count is there at once', async () => {
  const { user, host } = await categorised();
  press('n');
  const dialog = await screen.findByTestId('pattern-dialog');
  const save = screen.getByTestId<HTMLButtonElement>('pattern-dialog-submit');
  expect(save.disabled).toBe(true);
  await user.type(within(dialog).getByTestId('pattern-text'), 'RE-');
  await user.selectOptions(within(dialog).getByTestId('category-choice'), 'New category…');
  await user.type(within(dialog).getByTestId('category-name'), 'Customers');
  await user.click(save);
  await waitFor(() => expect(screen.queryByTestId('pattern-dialog')).toBeNull());
  const { patterns } = await host.call('categories', {});
  const added = patterns.find(({ pattern }) => pattern === 'RE-');
  expect(added?.category).toBe('Customers');
  expect(added?.lines).toBeGreaterThan(0);
  expect((await screen.findByTestId('toast')).textContent).toContain(`${added?.lines} lines`);
});

test('a pattern that stands for another category is refused in its dialog', async () => {
  const { user } = await categorised();
  await user.click(screen.getByTestId('pattern-add'));
  await user.type(await screen.findByTestId('pattern-text'), 'ENTGELT');
  await user.selectOptions(screen.getByTestId('category-choice'), 'Rent');
  await user.click(screen.getByTestId('pattern-dialog-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain("stands for 'Bank charges'");
  await user.click(screen.getByTestId('dialog-close'));
  expect(screen.getAllByTestId('pattern')).toHaveLength(4);
});

test('the list is walked, changed and emptied by keys', async () => {
  const { user, host } = await categorised();
  const list = screen.getByTestId('pattern-list');
  list.focus();
  await user.keyboard('{ArrowDown}');
  expect(list.getAttribute('aria-activedescendant')).toBe('pattern-1');
  await user.keyboard('{Enter}');
  const text = await screen.findByTestId<HTMLInputElement>('pattern-text');
  await user.type(text, ' x');
  await user.click(screen.getByTestId('pattern-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('pattern-dialog')).toBeNull());
  expect((await host.call('categories', {})).patterns.some(({ pattern }) => pattern.endsWith(' x'))).toBe(
    true,
  );
  screen.getByTestId('pattern-list').focus();
  await user.keyboard('{End}{Delete}');
  await user.click(await screen.findByTestId('remove-pattern-submit'));
  await waitFor(() => expect(screen.getAllByTestId('pattern')).toHaveLength(3));
});

test('a text that is tried says which pattern wins and which it beats', async () => {
  const { user, host } = await categorised();
  await host.call('save_category_pattern', {
    request: { id: null, pattern: 'Stadtwerke Lübeck', category: 'Light' },
  });
  press('t');
  await user.keyboard('STADTWERKE LÜBECK 0231');
  await waitFor(() => expect(screen.getByTestId('try-category').textContent).toBe('Light'));
  expect(screen.getByTestId('try-verdict').textContent).toContain('stands in the text');
  expect(screen.getByTestId('try-rivals').textContent).toContain('“Stadtwerke” (10, Energy)');
  const input = screen.getByTestId('try-text');
  await user.clear(input);
  await user.type(input, 'stadt');
  await waitFor(() => expect(screen.getByTestId('try-verdict').textContent).toContain('contains the text'));
  await user.clear(input);
  await user.type(input, 'Nobody');
  await waitFor(() => expect(screen.getByTestId('try-verdict').textContent).toContain('No category'));
  await user.click(screen.getByTestId('try-add'));
  expect((await screen.findByTestId<HTMLInputElement>('pattern-text')).value).toBe('Nobody');
});

test('what a person sets stays through a sweep, and can be taken back', async () => {
  const base = await matchedHost();
  const request = { id: null, pattern: 'RE-', category: 'Sales' };
  await base.call('save_category_pattern', { request });
  await base.call('import_category_patterns', { path: '' });
  await base.run('sweep_categories', { scope: 'all' }, () => undefined);
  const { user, host } = await openScreen(base);
  press('2');
  const shelf = (await screen.findAllByTestId('shelf')).find((row) => row.textContent?.includes('Sales'));
  await user.click(shelf as HTMLElement);
  const before =
    (await host.call('categories', {})).categories.find(({ name }) => name === 'Sales')?.lines ?? 0;
  expect(before).toBeGreaterThan(1);
  await waitFor(() => expect(linesListed()).toBe(before));
  const list = screen.getByTestId('category-line-list');
  list.focus();
  await user.keyboard(' {ArrowDown} ');
  expect(screen.getByTestId('set-category').textContent).toContain('2');
  press('c');
  await user.selectOptions(await screen.findByTestId('category-choice'), 'Energy');
  await user.click(screen.getByTestId('set-dialog-submit'));
  await waitFor(() => expect(linesListed()).toBe(before - 2));
  await host.run('sweep_categories', { scope: 'all' }, () => undefined);
  const byHand = { shelf: 'byHand' as const, categoryId: null, search: '', offset: 0, limit: 9 };
  expect((await host.call('category_lines', { request: byHand })).total).toBe(2);

  const hand = (await screen.findAllByTestId('shelf')).find((row) =>
    row.textContent?.includes('Set by hand'),
  );
  await user.click(hand as HTMLElement);
  await waitFor(() => expect(linesListed()).toBe(2));
  await user.click(screen.getAllByTestId('category-line')[0] as HTMLElement);
  await user.click(screen.getByTestId('set-category'));
  await user.click(await screen.findByTestId('choice-leaveToPatterns'));
  await user.click(screen.getByTestId('set-dialog-submit'));
  await waitFor(async () => expect((await host.call('category_lines', { request: byHand })).total).toBe(1));
});

test('what is set are the lines that the dialog was opened for, whatever a sweep changes beneath it', async () => {
  const base = await matchedHost();
  const request = { id: null, pattern: 'RE-', category: 'Sales' };
  await base.call('save_category_pattern', { request });
  await base.call('import_category_patterns', { path: '' });
  await base.run('sweep_categories', { scope: 'all' }, () => undefined);
  const asked: { request: { lineIds: string[] } }[] = [];
  const { user, client } = await openScreen(
    hostWith(base, (name, args) => {
      if (name === 'set_line_category') {
        asked.push(args as (typeof asked)[number]);
      }
      return undefined;
    }),
  );
  press('2');
  const shelf = (await screen.findAllByTestId('shelf')).find((row) => row.textContent?.includes('Sales'));
  await user.click(shelf as HTMLElement);
  const sales = (await base.call('categories', {})).categories.find(({ name }) => name === 'Sales');
  await waitFor(() => expect(linesListed()).toBe(sales?.lines));
  const of = { shelf: 'category' as const, categoryId: sales?.id ?? '', search: '', offset: 0, limit: 9 };
  const [first, second, third] = (await base.call('category_lines', { request: of })).lines;
  screen.getByTestId('category-line-list').focus();
  await user.keyboard(' {ArrowDown} ');
  press('c');
  await screen.findByTestId('set-dialog');
  await base.call('set_line_category', {
    request: { lineIds: [third?.id ?? ''], choice: 'noCategory', category: '' },
  });
  await act(() => client.invalidateQueries());
  await waitFor(() => expect(linesListed()).toBe((sales?.lines ?? 0) - 1));
  expect(screen.getByTestId('set-dialog').textContent).toContain('2 lines');
  await user.selectOptions(screen.getByTestId('category-choice'), 'Energy');
  await user.click(screen.getByTestId('set-dialog-submit'));
  await waitFor(() => expect(asked).toMatchObject([{ request: { lineIds: [first?.id, second?.id] } }]));
});

test('what is set is the line that is looked at: a click, and a search, forget what was marked', async () => {
  const { user } = await categorised();
  press('2');
  const shelf = (await screen.findAllByTestId('shelf')).find((row) => row.textContent?.includes('without'));
  await user.click((shelf ?? screen.getAllByTestId('shelf')[0]) as HTMLElement);
  await waitFor(() => expect(linesListed()).toBeGreaterThan(1));
  const [first, second] = screen.getAllByTestId('category-line') as [HTMLElement, HTMLElement];
  await user.keyboard('{Control>}');
  await user.click(first);
  await user.keyboard('{/Control}');
  expect(screen.getByTestId('set-category').textContent).toContain('1');
  await user.click(second);
  expect(first.getAttribute('aria-selected')).toBe('false');
  press('c');
  const named = (await screen.findByTestId('set-line')).textContent ?? '';
  expect(second.textContent).toContain(named.split(' · ')[0]?.split(/\s+[+\u2212-]?\d/)[0] ?? named);
  await user.keyboard('{Escape}');

  second.parentElement?.parentElement?.focus();
  await user.keyboard(' ');
  expect(screen.getByTestId('set-category').textContent).toContain('1');
  await user.type(screen.getByTestId('line-search'), 'zzz');
  await waitFor(() => expect(linesListed()).toBe(0));
  await user.clear(screen.getByTestId('line-search'));
  await waitFor(() => expect(linesListed()).toBeGreaterThan(1));
});

test('a category that holds a person’s choice is not removed, and the dialog says so', async () => {
  const { user, host } = await categorised();
  const { lines } = await host.call('category_lines', {
    request: { shelf: 'noCategory', categoryId: null, search: '', offset: 0, limit: 1 },
  });
  const lineIds = lines.map(({ id }) => id);
  await host.call('set_line_category', { request: { lineIds, choice: 'category', category: 'Energy' } });
  await user.click(screen.getByTestId('tab-lines'));
  const shelf = (await screen.findAllByTestId('shelf')).find((row) => row.textContent?.includes('Energy'));
  await user.click(shelf as HTMLElement);
  await user.click(screen.getByTestId('category-remove'));
  await user.click(await screen.findByTestId('remove-category-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('by hand');
});

test('rules that decide first are told, and changes since the last sweep too', async () => {
  const base = await matchedHost();
  const rules = [{ name: 'Fees', category: 'Bank charges' }];
  const host = hostWith(base, (name) =>
    name === 'categories'
      ? base.call('categories', {}).then((view: CategoriesView) => ({ ...view, rules, stale: true }))
      : undefined,
  );
  await base.call('import_category_patterns', { path: '' });
  await openScreen(host);
  expect(screen.getByTestId('rules-first').textContent).toContain('“Fees” → Bank charges');
  expect(screen.getByTestId('categories-stale')).toBeTruthy();
});

test('lines that failed are offered again', async () => {
  const base = await matchedHost();
  const asked: unknown[] = [];
  const host: Host = {
    ...hostWith(base, (name) =>
      name === 'categories'
        ? base
            .call('categories', {})
            .then((view: CategoriesView) => ({ ...view, counts: { ...view.counts, failed: 3 } }))
        : undefined,
    ),
    run: (name, args, onProgress) => {
      asked.push([name, args]);
      return base.run(name, args, onProgress);
    },
  };
  const { user } = await openScreen(host);
  await user.click(screen.getByTestId('sweep-failed'));
  await waitFor(() => expect(asked).toEqual([['sweep_categories', { scope: 'failed' }]]));
});

test('a host that cannot answer is told of, in place of an empty table', async () => {
  const host = hostWith(createFakeHost({ open: true }), (name) =>
    name === 'categories' ? Promise.reject({ code: 'damagedWorkbook', message: 'Page 7' }) : undefined,
  );
  show(<CategoriesScreen />, host);
  expect((await screen.findByTestId('error-message')).textContent).toContain('Page 7');
  expect(screen.queryByTestId('pattern-list')).toBeNull();
});

test('of ten thousand patterns only what is seen is drawn, and a search finds any of them', async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => ({
    id: `p${at}`,
    pattern: `Merchant ${String(at).padStart(5, '0')}`,
    categoryId: `c${at % 50}`,
    category: `Category ${at % 50}`,
    lines: at % 13,
  }));
  const base = createFakeHost({ open: true });
  const host = hostWith(base, (name) =>
    name === 'categories'
      ? base.call('categories', {}).then((view: CategoriesView) => ({ ...view, patterns: many }))
      : undefined,
  );
  const { user } = await openScreen(host);
  expect(screen.getByTestId('pattern-count').textContent).toBe('10,000 patterns');
  expect(screen.getAllByTestId('pattern').length).toBeLessThan(60);
  await user.type(screen.getByTestId('pattern-search'), 'merchant 09999');
  await waitFor(() => expect(screen.getAllByTestId('pattern')).toHaveLength(1));
});

test('patterns are sorted by any column, and equal ones stay in their order', () => {
  const pattern = (id: string, text: string, category: string, lines: number) => ({
    id,
    pattern: text,
    categoryId: category,
    category,
    lines,
  });
  const all = [
    pattern('1', 'Shell', 'Fuel', 2),
    pattern('2', 'Äpfel', 'Food', 9),
    pattern('3', 'Aral', 'Fuel', 2),
  ];
  const ids = (by: 'pattern' | 'category' | 'lines', down: boolean, search = '') =>
    patternsOf(all, search, { by, down }, 'de').map(({ id }) => id);
  expect(ids('pattern', false)).toEqual(['2', '3', '1']);
  expect(ids('category', false)).toEqual(['2', '1', '3']);
  expect(ids('lines', true)).toEqual(['2', '1', '3']);
  expect(ids('pattern', true, 'fuel')).toEqual(['1', '3']);
});
