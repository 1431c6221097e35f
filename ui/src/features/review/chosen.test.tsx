import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { hostWith, matchedHost } from '@/test-window';
import { button, eachAnew, noting, open, page, press, rowIds } from './testing';
import { rowsOf } from './useChosen';

eachAnew();

test('chosen rows are counted and added up by the host, approved as they were seen, and undone in one', async () => {
  const { host, asked } = await noting('decide_many');
  const { user } = await open(host, 'suggested');
  const before = (await page(host, 'suggested')).total;
  press(' ');
  press('ArrowDown', { shiftKey: true });
  press('ArrowDown', { shiftKey: true });
  expect(screen.getByTestId('chosen-facts').textContent).toContain('3 rows chosen');
  const ids = rowIds().slice(0, 3);
  const wanted = await host.call('selection', { ids });
  await waitFor(() =>
    expect(screen.getByTestId('chosen-sum').getAttribute('data-value')).toBe(wanted.totals[0]?.value),
  );
  press('a');
  await screen.findByTestId('many-dialog');
  expect(screen.getByTestId('target-count').textContent).toBe('3');
  await user.click(button('many-dialog-submit'));
  await waitFor(async () => expect((await page(host, 'suggested')).total).toBe(before - 3));
  expect(asked).toHaveLength(1);
  expect(asked[0]?.args.request).toEqual({ matches: wanted.matches, verdict: 'approve', reason: '' });
  await waitFor(() => expect(screen.queryByTestId('chosen-facts')).toBeNull());
  await waitFor(() => expect(button('undo').title).toContain('3 rows'));
  press('z');
  await waitFor(async () => expect((await page(host, 'suggested')).total).toBe(before));
});

test('chosen rows that changed meanwhile are not decided, and the form stays with the new figures', async () => {
  let first = true;
  const base = await matchedHost();
  const host = hostWith(base, (name) => {
    if (name === 'decide_many' && first) {
      first = false;
      return Promise.reject({ code: 'stale', message: 'one of them changed' });
    }
    return undefined;
  });
  const { user } = await open(host, 'suggested');
  press(' ');
  await screen.findByTestId('chosen-sum');
  press('r');
  await user.type(await screen.findByTestId('many-reason'), 'wrong month');
  await user.click(button('many-dialog-submit'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('one of them changed');
  expect(screen.getByTestId<HTMLInputElement>('many-reason').value).toBe('wrong month');
  await waitFor(() => expect(button('many-dialog-submit').disabled).toBe(false));
  await user.click(button('many-dialog-submit'));
  await waitFor(() => expect(screen.queryByTestId('many-dialog')).toBeNull());
  expect((await page(host, 'rejected')).total).toBe(1);
});

test('all rows of the part are chosen page by page, and Escape chooses none', async () => {
  const { host } = await noting();
  await open(host, 'suggested');
  const { total } = await page(host, 'suggested');
  press('A', { ctrlKey: true });
  await waitFor(() => expect(screen.getByTestId('chosen-facts').textContent).toContain(`${total} rows`));
  press('Escape');
  await waitFor(() => expect(screen.queryByTestId('chosen-facts')).toBeNull());
});

test('before chosen rows are approved it is said how many of them have a rival, also of all of a part', async () => {
  const { host } = await noting();
  const { rows } = await page(host, 'suggested');
  const rivals = rows.filter(({ state }) => state === 'ambiguous').length;
  expect(rivals).toBeGreaterThan(0);
  const { user } = await open(host, 'suggested');
  press(' ');
  for (let more = 0; more < rivals; more += 1) {
    press('ArrowDown', { shiftKey: true });
  }
  await screen.findByTestId('chosen-sum');
  press('a');
  const told = (await screen.findByTestId('many-rivals')).textContent;
  expect(told).toContain(`${rivals} of ${rivals + 1} ha`);
  await user.keyboard('{Escape}');
  press('Escape');
  press('A', { ctrlKey: true });
  await waitFor(() =>
    expect(screen.getByTestId('chosen-facts').textContent).toContain(`${rows.length} rows`),
  );
  await screen.findByTestId('chosen-sum');
  press('a');
  expect((await screen.findByTestId('many-rivals')).textContent).toContain(`${rivals} of ${rows.length} ha`);
  await user.keyboard('{Escape}');
  press('r');
  await screen.findByTestId('many-dialog');
  expect(screen.queryByTestId('many-rivals')).toBeNull();
});

test('no more rows are asked for than can be chosen', async () => {
  const { host } = await noting();
  await open(host, 'suggested');
  const choice = { filter: 'suggested' as const, search: '', conditions: NO_CONDITIONS };
  expect(await rowsOf(choice, 7)).toHaveLength(7);
  expect(new Set((await rowsOf(choice)).map(({ id }) => id)).size).toBe(
    (await page(host, 'suggested')).total,
  );
});
