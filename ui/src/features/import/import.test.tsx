import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import type { Host } from '@/ipc';
import { addFiles } from '@/shared/inbox';
import { startKeys } from '@/shared/keys';
import { createFakeHost, hostWith } from '@/test-window';
import { BAD, drop, file, GOOD, openScreen, start, zip } from './testing';

beforeAll(() => {
  startKeys();
});
beforeEach(start);

function press(key: string, options: object = {}): void {
  fireEvent.keyDown(document.body, { key, ...options });
}

test('a file is looked into, stored as shown, and told about', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(host, file('april.csv', GOOD));
  expect(screen.getAllByTestId('preview-row')).toHaveLength(2);
  expect(screen.getByTestId('fact-sum').textContent).toContain('1,187.50');
  expect((await host.call('workbook', {})).counts.lines).toBe(0);
  await user.click(screen.getByTestId('import-commit'));
  expect((await screen.findByTestId('import-result')).textContent).toContain('2 rows added');
  expect((await host.call('workbook', {})).counts.lines).toBe(2);
});

test('a file dropped on the zone is looked into', async () => {
  await openScreen(createFakeHost({ open: true }));
  fireEvent.drop(screen.getByTestId('drop-zone'), { dataTransfer: { files: [file('april.csv', GOOD)] } });
  expect(await screen.findByTestId('import-preview')).toBeTruthy();
});

test('a row that cannot be read is shown with value and what was expected, and left out only on agreement', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(host, file('april.csv', BAD));
  expect(screen.getByTestId('import-problem').textContent).toContain('2025-31-31');
  expect(screen.getByTestId('import-problem').textContent).toContain('a date such as');
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', true);
  await user.click(screen.getByTestId('leave-out-rejected'));
  await user.click(screen.getByTestId('import-commit'));
  expect((await screen.findByTestId('import-result')).textContent).toContain('2 rows added, 1 left out');
});

test('the same file a second time adds nothing and says so', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(host, file('april.csv', GOOD));
  await user.click(screen.getByTestId('import-commit'));
  await screen.findByTestId('import-result');
  act(() => addFiles([file('april again.csv', GOOD)]));
  expect(await screen.findByTestId('import-before')).toBeTruthy();
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', true);
});

test('several files lie side by side; the clear ones are imported at once, the others wait', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(
    host,
    file('april.csv', GOOD),
    file('may.csv', GOOD.replaceAll('-04-', '-05-')),
    file('june.csv', BAD.replaceAll('-04-', '-06-')),
  );
  await waitFor(() =>
    expect(screen.getAllByTestId('desk-file').map((tab) => tab.dataset.standing)).toEqual([
      'clear',
      'clear',
      'rejects',
    ]),
  );
  press('j');
  await screen.findByRole('heading', { name: 'may.csv' });
  await user.click(screen.getByTestId('import-clear'));
  await screen.findByRole('heading', { name: 'june.csv' });
  await waitFor(() => expect(screen.queryByTestId('desk-files')).toBeNull());
  expect((await host.call('workbook', {})).counts.lines).toBe(4);
});

test('an archive is taken as its files', async () => {
  const archive = zip(
    { name: 'april.csv', text: GOOD },
    { name: 'may.csv', text: GOOD.replaceAll('-04-', '-05-') },
  );
  await drop(createFakeHost({ open: true }), file('both.zip', archive));
  const names = (await screen.findAllByTestId('desk-file')).map((tab) => tab.textContent);
  expect(names[0]).toContain('april.csv');
  expect(names[1]).toContain('may.csv');
});

test('a plan that no longer holds is not carried out but shown anew', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(host, file('april.csv', GOOD), file('april copy.csv', `${GOOD}\n`));
  await screen.findAllByTestId('desk-file');
  await user.click(screen.getByTestId('import-commit'));
  await screen.findByRole('heading', { name: 'april copy.csv' });
  await user.click(await screen.findByTestId('import-commit'));
  expect(await screen.findByTestId('import-replanned')).toBeTruthy();
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', true);
  expect((await host.call('workbook', {})).counts.lines).toBe(2);
});

test('a large dropped file is chosen by its place instead', async () => {
  const large = file('years.csv', GOOD);
  Object.defineProperty(large, 'size', { value: 60 * 1024 * 1024 });
  const { user } = await openScreen(createFakeHost({ open: true }));
  await user.upload(screen.getByTestId('file-input'), large);
  expect((await screen.findByTestId('import-large')).textContent).toContain('too large to be dropped');
  await user.click(screen.getByTestId('import-large-choose'));
  expect(await screen.findAllByTestId('desk-file')).toHaveLength(3);
});

test('a file beyond the limit is read on purpose', async () => {
  const path = '/home/mara/Downloads/umsaetze-2019-2024.csv';
  const host = hostWith(createFakeHost({ open: true }), (name) =>
    name === 'pick_import_paths' ? Promise.resolve([path]) : undefined,
  );
  const { user } = await openScreen(host);
  await user.click(screen.getByTestId('choose-files'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('larger than 50 MiB');
  await user.click(screen.getByTestId('import-anyway'));
  expect(await screen.findByTestId('import-preview')).toBeTruthy();
});

test('a corrected column is read anew', async () => {
  const { user } = await drop(createFakeHost({ open: true }), file('april.csv', GOOD));
  await user.selectOptions(screen.getByTestId('column-role-3'), 'ignore');
  expect((await screen.findByTestId('import-blocked')).textContent).toContain('amount');
  await user.selectOptions(screen.getByTestId('column-role-3'), 'amount');
  await waitFor(() => expect(screen.queryByTestId('import-blocked')).toBeNull());
});

test('a file that cannot be read is refused with the reason, and the desk is free again', async () => {
  const { user } = await openScreen(createFakeHost({ open: true }));
  await user.upload(screen.getByTestId('file-input'), file('empty.csv', ''));
  expect((await screen.findByTestId('error-message')).textContent).toContain('empty.csv is empty');
  await user.click(screen.getByTestId('import-dismiss'));
  expect(await screen.findByTestId('drop-zone')).toBeTruthy();
});

test('cancelling leaves the preview as it was and stores nothing', async () => {
  const base = createFakeHost({ open: true });
  const host: Host = {
    ...hostWith(base, () => undefined),
    run: (async (name, args, onProgress) => {
      if (name === 'commit_import') {
        throw { code: 'cancelled', message: 'Cancelled.' };
      }
      return base.run(name, args, onProgress);
    }) as Host['run'],
  };
  const { user } = await drop(host, file('april.csv', GOOD));
  await user.click(screen.getByTestId('import-commit'));
  await waitFor(() => expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', false));
  expect(screen.queryByTestId('error-message')).toBeNull();
  expect((await base.call('workbook', {})).counts.lines).toBe(0);
});

test('rows that look like rows that are there are told before they count twice', async () => {
  const base = createFakeHost({ open: true });
  const message = 'new rows have the day and amount of lines that this account has';
  const finding = {
    message,
    said: { code: 'finding.alike', values: {}, english: message },
    row: null,
    rows: 201,
    severity: 'warning' as const,
    rejects: false,
  };
  const host: Host = {
    ...hostWith(base, () => undefined),
    previewBytes: async (...of) => {
      const previews = await base.previewBytes(...of);
      previews[0]?.validation?.steps[0]?.findings.push(finding);
      return previews;
    },
  };
  await drop(host, file('april.csv', GOOD));
  const notice = await screen.findByTestId('import-alike');
  expect(notice.textContent).toContain('201 rows may be there already');
  expect(notice.textContent).toContain('count them twice');
});

test('a file is not called taken in while it is still offered as one that waits', async () => {
  const base = createFakeHost({ open: true });
  let imported = false;
  let answer = () => {};
  const host: Host = {
    ...hostWith(base, (name) =>
      imported && name === 'workbook'
        ? new Promise((resolve) => {
            answer = () => resolve(base.call('workbook', {}));
          })
        : undefined,
    ),
    run: (async (name, args, onProgress) => {
      const result = await base.run(name, args, onProgress);
      imported = true;
      return result;
    }) as Host['run'],
  };
  await drop(host, file('april.csv', GOOD));
  press('Enter', { ctrlKey: true });
  await waitFor(() => expect(imported).toBe(true));
  await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
  expect(screen.queryByTestId('import-result')).toBeNull();
  act(() => answer());
  expect(await screen.findByTestId('import-result')).toBeTruthy();
});

test('reading shows how far it is, can be cancelled by key, and tried again', async () => {
  const { user } = await openScreen(createFakeHost({ open: true, latencyMs: 60 }));
  await user.click((await screen.findAllByTestId('waiting-import'))[0] as HTMLElement);
  const task = await screen.findByTestId('task-progress');
  expect(within(task).getByRole('progressbar')).toBeTruthy();
  press('Escape');
  await screen.findByTestId('import-cancelled');
  press('t');
  expect(await screen.findByTestId('import-preview')).toBeTruthy();
});
