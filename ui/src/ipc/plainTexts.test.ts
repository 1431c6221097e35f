import { expect, test } from 'vitest';
import { host, setHost } from '@/ipc';
import { hostWith, matchedHost } from '@/test-window';

const QUEUE = {
  request: {
    filter: 'suggested' as const,
    search: '',
    conditions: {
      causes: [],
      amountFrom: null,
      amountTo: null,
      from: null,
      to: null,
      owner: null,
      counterparty: '',
      account: null,
      due: null,
    },
    offset: 0,
    limit: 1,
  },
};

test('a text of a file that orders its digits to be read backwards is shown as it stands, with a mark', async () => {
  const base = await matchedHost();
  const view = await base.call('review_queue', QUEUE);
  const turned = view.rows.map((row) => ({ ...row, title: 'INV \u202e001.00', owner: 'a\u202eb' }));
  setHost(
    hostWith(base, (name) =>
      name === 'review_queue' ? Promise.resolve({ ...view, rows: turned }) : undefined,
    ),
  );
  const [row] = (await host().call('review_queue', QUEUE)).rows;
  expect(row?.title).toBe('INV \ufffd001.00');
  // What goes back to the host as it came stays so.
  expect(row?.owner).toBe('a\u202eb');
});

test('letters that are written to the left stay as they are', async () => {
  const base = await matchedHost();
  const view = await base.call('review_queue', QUEUE);
  const rows = view.rows.map((row) => ({ ...row, title: 'شركة الأمل \u200fINV-2' }));
  const answer = { ...view, rows };
  setHost(hostWith(base, (name) => (name === 'review_queue' ? Promise.resolve(answer) : undefined)));
  expect(await host().call('review_queue', QUEUE)).toBe(answer);
});
