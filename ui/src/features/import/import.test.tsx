import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { Host, MappingView } from '@/ipc';
import { addFiles, clearInbox } from '@/shared/inbox';
import { useWorkbook } from '@/shared/queries';
import { createFakeHost, hostWith, show } from '@/test-window';
import { clearDesk } from './desk';
import { ImportScreen } from './ImportScreen';
import { mappingFor } from './readings';

beforeEach(() => {
  clearInbox();
  clearDesk();
});

function Screen() {
  const workbook = useWorkbook();
  return workbook ? <ImportScreen workbook={workbook} /> : null;
}

const GOOD =
  'Date,Payee,Description,Amount\n2025-04-03,Acme,INV-104,1200.00\n2025-04-04,Beta,INV-105,-12.50\n';
const BAD = `${GOOD}2025-31-31,Gamma,INV-106,5.00\n`;

function file(name: string, text: string): File {
  return new File([text], name, { type: 'text/csv' });
}

async function drop(host: Host, ...files: File[]) {
  const shown = show(<Screen />, host);
  await screen.findByTestId('drop-zone');
  await shown.user.upload(screen.getByTestId('file-input'), files);
  await screen.findByTestId('import-preview');
  return shown;
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

test('several files are looked at one after the other', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(
    host,
    file('april.csv', GOOD),
    file('may.csv', GOOD.replaceAll('-04-', '-05-')),
  );
  await user.click(screen.getByTestId('import-commit'));
  await screen.findByText('may.csv');
  await user.click(await screen.findByTestId('import-commit'));
  await waitFor(() => expect(screen.getAllByTestId('import-result')).toHaveLength(2));
});

test('a corrected column is read anew', async () => {
  const { user } = await drop(createFakeHost({ open: true }), file('april.csv', GOOD));
  await user.selectOptions(screen.getByTestId('column-role-3'), 'ignore');
  expect((await screen.findByTestId('import-blocked')).textContent).toContain('amount');
  await user.selectOptions(screen.getByTestId('column-role-3'), 'amount');
  await waitFor(() => expect(screen.queryByTestId('import-blocked')).toBeNull());
});

test('a file that cannot be read is refused with the reason, and the desk is free again', async () => {
  const host = createFakeHost({ open: true });
  const { user } = show(<Screen />, host);
  await user.upload(await screen.findByTestId('file-input'), file('empty.csv', ''));
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

const MAPPING: MappingView = {
  roles: [],
  dateOrder: 'dayMonthYear',
  decimalMark: 'point',
  invertSign: false,
  sheet: null,
};

test.each([
  ['date_order', 0, {}],
  ['date_order', 1, { dateOrder: 'monthDayYear' }],
  ['decimal_mark', 1, { decimalMark: 'comma' }],
  ['sign', 1, { invertSign: true }],
])('the other reading of %s (%i)', (what, index, change) => {
  expect(mappingFor(what, index, MAPPING)).toEqual({ ...MAPPING, ...change });
});

test('guessed columns are corrected in the table, not by a button', () => {
  expect(mappingFor('columns', 1, MAPPING)).toBeNull();
});
