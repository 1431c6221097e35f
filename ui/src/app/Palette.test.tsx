import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { useKeys } from '@/shared/keys';
import { NO_CONDITIONS, queueChoice } from '@/shared/queueChoice';
import { matchedHost, show } from '@/test-window';
import { Palette } from './Palette';

test('a record is found by what stands in it, wherever it is in the queue, and gone to', async () => {
  const host = await matchedHost();
  const request = {
    filter: 'approved' as const,
    search: '',
    conditions: NO_CONDITIONS,
    offset: 0,
    limit: 500,
  };
  const { rows } = await host.call('review_queue', { request });
  const wanted = rows.at(-1);
  const close = vi.fn();
  const { user } = show(<Palette onClose={close} />, host);
  await user.type(screen.getByRole('searchbox'), wanted?.subtitle ?? '');
  const [record] = await screen.findAllByTestId('palette-record');
  expect(record?.textContent).toContain(wanted?.title);
  expect(record?.textContent).toContain('Approved');
  await user.click(record as HTMLElement);
  expect(close).toHaveBeenCalled();
  await waitFor(() => {
    const place = queueChoice(window.location.hash.replace('#/review/', ''));
    expect(place).toMatchObject({ filter: 'approved', id: wanted?.id, search: wanted?.subtitle });
  });
});

test('one letter is no search, and what nothing contains finds nothing', async () => {
  const { user } = show(<Palette onClose={() => undefined} />, await matchedHost());
  await user.type(screen.getByRole('searchbox'), 'no such record');
  expect(await screen.findByText('Nothing by that name')).toBeTruthy();
});

function Opened() {
  const run = () => undefined;
  useKeys([
    { combo: 'Mod++', label: 'Draw everything larger', group: 'Window', run },
    { combo: 'g o', label: 'Overview', group: 'Go to', run },
    { combo: 'n', label: 'New period', group: 'Periods', run },
  ]);
  return <Palette onClose={run} />;
}

test('what the screen offers comes before places to go and the window', async () => {
  show(<Opened />, await matchedHost());
  const items = await screen.findAllByRole('menuitem');
  expect(items.map((item) => item.textContent?.replace(/ .*/, ''))).toEqual(['New', 'Overview', 'Draw']);
});
