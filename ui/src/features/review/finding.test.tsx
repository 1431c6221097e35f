import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { goTo } from '@/shared/navigation';
import { eachAnew, noting, open, page, press, rowIds } from './testing';

eachAnew();

test('filters narrow the queue, stand in the address, and are taken away one by one', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'toReview');
  const all = (await page(host, 'toReview')).total;
  press('f');
  await user.click(await screen.findByTestId('filter-cause-fee'));
  await user.type(screen.getByTestId('filter-amount-from'), '1.000');
  await user.clear(screen.getByTestId('filter-amount-from'));
  await user.type(screen.getByTestId('filter-amount-from'), '1,000');
  await user.click(screen.getByTestId('filter-apply'));
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?cause=fee&amountFrom=1000'));
  await waitFor(() =>
    expect(screen.getAllByTestId('chip').map((chip) => chip.textContent)).toEqual(['Fee', 'from 1,000']),
  );
  await waitFor(() => expect(screen.getAllByTestId('queue-row').length).toBeLessThan(all));
  const both = screen.getAllByTestId('queue-row').length;
  await user.click(screen.getAllByTestId('chip')[1] as HTMLElement);
  await waitFor(() => expect(screen.getAllByTestId('queue-row').length).toBeGreaterThan(both));
  expect(window.location.hash).toBe('#/review/toReview?cause=fee');
  await user.click(screen.getByTestId('filter-approved'));
  expect(window.location.hash).toBe('#/review/approved?cause=fee');
});

test('rows of me, of nobody and of somebody else are asked for by their owner', async () => {
  const { host, asked } = await noting('review_queue');
  const { user } = await open(host, 'toReview');
  const [id] = rowIds();
  await host.call('mark', { request: { ids: [id ?? ''], mark: { kind: 'owner', owner: 'Jonas' } } });
  press('f');
  await user.selectOptions(await screen.findByTestId('filter-owner'), 'other');
  await user.type(screen.getByTestId('filter-owner-name'), 'Jonas');
  await user.click(screen.getByTestId('filter-apply'));
  await waitFor(() => expect(rowIds()).toEqual([id]));
  expect(window.location.hash).toBe('#/review/toReview?owner=Jonas');
  press('f');
  await user.selectOptions(await screen.findByTestId('filter-owner'), 'nobody');
  await user.click(screen.getByTestId('filter-apply'));
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?owner='));
  await waitFor(() => expect(rowIds()).not.toContain(id));
  expect(asked.at(-1)?.args.request?.conditions).toMatchObject({ owner: '' });
  press('f');
  await user.selectOptions(await screen.findByTestId('filter-owner'), 'me');
  await user.click(screen.getByTestId('filter-apply'));
  expect(await screen.findByTestId('queue-empty')).toBeTruthy();
  await user.click(screen.getByTestId('filters-reset'));
  await waitFor(() => expect(rowIds()).toContain(id));
});

test('what is searched for stands in the address', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'toReview');
  press('/');
  await user.type(screen.getByTestId('queue-search'), 'Bergfahrt');
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?search=Bergfahrt'));
  goTo('review', 'toReview?search=Lastenrad');
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>('queue-search').value).toBe('Lastenrad'));
});

test('a view is saved from what is shown and opened again', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'toReview?cause=fee');
  press('v');
  await user.type(await screen.findByTestId('view-name'), 'Fees{Enter}');
  await user.click(await screen.findByTestId('dialog-close'));
  goTo('review', 'approved');
  press('v');
  await user.click(await screen.findByTestId('view-open'));
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?cause=fee'));
});

test('in the filters Space chooses a cause and Enter applies, wherever the focus is', async () => {
  const { host } = await noting();
  const { user } = await open(host, 'toReview');
  press('f');
  await user.tab();
  (await screen.findByTestId('filter-cause-fee')).focus();
  await user.keyboard(' ');
  expect(screen.getByTestId('filter-cause-fee').getAttribute('aria-pressed')).toBe('true');
  await user.keyboard('{Enter}');
  await waitFor(() => expect(window.location.hash).toBe('#/review/toReview?cause=fee'));
  await waitFor(() => expect(screen.queryByTestId('filter-form')).toBeNull());
});
