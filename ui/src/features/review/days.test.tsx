import { fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { goTo, usePlace } from '@/shared/navigation';
import { toastStore } from '@/shared/toasts';
import { hostWith, matchedHost, show } from '@/test-window';
import { ReviewScreen } from './ReviewScreen';

beforeAll(() => {
  startKeys();
});
afterEach(() => {
  toastStore.set([]);
  goTo('overview');
});

async function open() {
  const base = await matchedHost();
  const marked: unknown[] = [];
  const host: Host = hostWith(base, (name, args) => {
    if (name === 'mark') {
      marked.push(args);
    }
    return undefined;
  });
  const workbook = await host.call('workbook', {});
  function Screen() {
    return <ReviewScreen workbook={workbook} focus={usePlace().focus} />;
  }
  goTo('review', 'suggested');
  const shown = show(<Screen />, host);
  await screen.findByTestId('comparison');
  screen.getByTestId('queue').focus();
  return { ...shown, marked };
}

const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });

test('nothing is put off until another day than was typed', async () => {
  const { user, marked } = await open();
  press('s');
  const field = await screen.findByTestId<HTMLInputElement>('snooze-until');
  await user.clear(field);
  await user.type(field, '31.02.2026{Enter}');
  expect(screen.getByTestId('snooze-dialog')).toBeTruthy();
  expect(marked).toEqual([]);
  // A day that is chosen puts the text away, also where it is the one from before.
  await user.click(screen.getAllByTestId('quick-day')[0] as HTMLElement);
  expect(screen.getByTestId<HTMLInputElement>('snooze-until').value).not.toContain('31.02');
  await user.click(screen.getByTestId('snooze-dialog-submit'));
  await waitFor(() => expect(marked).toHaveLength(1));
});

test('no filter is applied while its day cannot be read', async () => {
  const { user } = await open();
  press('f');
  await user.type(await screen.findByTestId('filter-from'), '15.12.');
  await user.click(screen.getByTestId('filter-apply'));
  expect(screen.getByTestId('filter-form').textContent).toContain('Dec 31, 2025');
  expect(window.location.hash).toBe('#/review/suggested');
  await user.clear(screen.getByTestId('filter-from'));
  await user.type(screen.getByTestId('filter-from'), '2025-12-15');
  await user.click(screen.getByTestId('filter-apply'));
  await waitFor(() => expect(window.location.hash).toContain('2025-12-15'));
});
