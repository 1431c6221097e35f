import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { addFiles, addPath } from '@/shared/inbox';
import { startKeys } from '@/shared/keys';
import { toastStore } from '@/shared/toasts';
import { createFakeHost } from '@/test-window';
import { AMBIGUOUS, BAD, BALANCED, drop, file, GOOD, openScreen, start } from './testing';

beforeAll(() => {
  startKeys();
});
beforeEach(start);

const dayIn = (place?: HTMLElement) => place?.querySelector('time')?.dateTime;
const fate = () => screen.queryAllByTestId('preview-row').map((row) => row.dataset.action);

test('the running balance proves every row', async () => {
  await drop(createFakeHost({ open: true }), file('april.csv', BALANCED));
  expect(screen.getByTestId('fact-proof').textContent).toContain('2 of 2 rows proved by the running balance');
  const [row] = screen.getAllByTestId('statement-row');
  expect(row?.textContent).toContain('1,000.00');
  expect(row?.textContent).toContain('1,050.00');
  expect(row?.textContent).toContain('closes');
});

test('what does not close is told with its difference', async () => {
  await drop(createFakeHost({ open: true }), file('april.csv', BALANCED.replace('-50.00', '-40.00')));
  expect(screen.getByTestId('fact-proof').dataset.proof).toBe('open');
  expect(screen.getByTestId('statement-difference').textContent).toContain('10.00');
});

test('a file with nothing to prove it says so', async () => {
  await drop(createFakeHost({ open: true }), file('april.csv', GOOD));
  expect(screen.getByTestId('fact-proof').textContent).toContain('Nothing in the file to prove it with');
});

test('each statement of a file that declares its columns is proved, and there are no columns to correct', async () => {
  await openScreen(createFakeHost({ open: true }));
  addPath('/home/mara/Downloads/auszuege-2025-07.sta', 'auszuege-2025-07.sta', null);
  await screen.findByTestId('import-preview');
  expect(screen.getAllByTestId('statement-row')).toHaveLength(3);
  expect(screen.getByTestId('statement-difference').textContent).toContain('−20.00');
  expect(screen.getByTestId('columns-known').textContent).toContain('MT940');
  expect(screen.queryByTestId('column-role-0')).toBeNull();
  expect(screen.getByTestId('import-accounts').textContent).toContain('2 accounts');
});

test('an open reading is asked with both shown side by side, and blocks the import until answered', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(host, file('card.csv', AMBIGUOUS));
  expect(screen.getByTestId('import-asks').textContent).toContain('waits for your answer');
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', true);
  const [first, second] = screen.getAllByTestId('question-option');
  expect(dayIn(first)).toBe('2025-04-03');
  expect(dayIn(second)).toBe('2025-03-04');
  await user.click(within(second as HTMLElement).getByTestId('question-choose'));
  await waitFor(() => expect(screen.queryByTestId('question')).toBeNull());
  expect(dayIn(screen.getAllByTestId('preview-row')[0])).toBe('2025-03-04');
  await user.click(screen.getByTestId('import-commit'));
  await screen.findByTestId('import-result');
});

test('a reading is chosen by key, and one that stands alone is confirmed as shown', async () => {
  await drop(createFakeHost({ open: true }), file('card.csv', AMBIGUOUS.replaceAll('/2025', '/25')));
  expect(screen.getByTestId('question').textContent).toContain('Which century');
  fireEvent.keyDown(document.body, { key: 'a' });
  await waitFor(() => expect(screen.queryByTestId('question')).toBeNull());
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', false);
});

test('of several questions each is answered, then nothing is left to ask', async () => {
  const both = 'Date,Payee,Amount\n03/04/2025,Acme,1.250\n05/06/2025,Beta,-2.100\n';
  const { user } = await drop(createFakeHost({ open: true }), file('card.csv', both));
  expect(screen.getAllByTestId('question')).toHaveLength(2);
  await user.click(screen.getAllByTestId('question-choose')[1] as HTMLElement);
  await waitFor(() => expect(screen.getAllByTestId('question')).toHaveLength(1));
  expect(screen.getByTestId('question').textContent).toContain('amounts');
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', true);
  await user.click(screen.getAllByTestId('question-choose')[0] as HTMLElement);
  await waitFor(() => expect(screen.queryByTestId('question')).toBeNull());
  expect(dayIn(screen.getAllByTestId('preview-row')[0])).toBe('2025-03-04');
  expect(screen.getByTestId('fact-sum').textContent).toContain('−850.00');
});

test('a changed header shows old and new, and is confirmed after the columns were corrected', async () => {
  const { user } = await drop(createFakeHost({ open: true }), file('april.csv', GOOD));
  await user.click(screen.getByTestId('import-commit'));
  await screen.findByTestId('import-result');
  addFiles([file('may.csv', 'Date,Payee,Memo text,Value\n2025-05-03,Acme,INV-204,77.00\n')]);
  await screen.findByTestId('header-change');
  expect(screen.getAllByTestId('header-added').map((name) => name.textContent)).toEqual([
    'Memo textnew',
    'Valuenew',
  ]);
  expect(screen.getAllByTestId('header-removed')).toHaveLength(2);
  await user.selectOptions(screen.getByTestId('column-role-3'), 'amount');
  await screen.findByTestId('plan');
  expect(screen.getByTestId('header-change')).toBeTruthy();
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', true);
  await user.click(screen.getByTestId('header-confirm'));
  await waitFor(() => expect(screen.queryByTestId('header-change')).toBeNull());
  expect(screen.getByTestId('import-commit')).toHaveProperty('disabled', false);
});

test('the plan shows the fate of every row, with why', async () => {
  const host = createFakeHost({ open: true });
  const { user } = await drop(host, file('april.csv', GOOD));
  await user.click(screen.getByTestId('import-commit'));
  await screen.findByTestId('import-result');
  addFiles([file('april late.csv', `${BAD}2025-04-05,Delta,INV-107,9.00\n`)]);
  await screen.findByTestId('plan');
  expect(screen.getByTestId('plan-all').textContent).toMatch(/^All4/);
  await waitFor(() => expect(fate()).toEqual(['duplicate', 'duplicate', 'reject', 'add']));
  await user.click(screen.getByTestId('plan-add'));
  await waitFor(() => expect(fate()).toEqual(['add']));
  await user.click(screen.getByTestId('plan-duplicate'));
  await waitFor(() => expect(fate()).toEqual(['duplicate', 'duplicate']));
  expect(screen.getAllByTestId('row-because')[0]?.textContent).toContain('row 1 of april.csv');
  fireEvent.keyDown(document.body, { key: '4' });
  await waitFor(() => expect(fate()).toEqual(['reject']));
  expect(screen.getByTestId('row-because').textContent).toContain('2025-31-31');
});

test('a long plan is shown page by page', async () => {
  const rows = Array.from({ length: 450 }, (_, index) => `2025-04-03,Acme,INV-${index},${index + 1}.00`);
  const { user } = await drop(
    createFakeHost({ open: true }),
    file('long.csv', ['Date,Payee,Description,Amount', ...rows].join('\n')),
  );
  await waitFor(() => expect(fate()).toHaveLength(200));
  await user.click(screen.getByTestId('plan-more'));
  await waitFor(() => expect(fate()).toHaveLength(400));
  fireEvent.keyDown(document.body, { key: 'n' });
  await waitFor(() => expect(fate()).toHaveLength(450));
  expect(screen.queryByTestId('plan-more')).toBeNull();
});

test('the validation report has six steps and a score', async () => {
  await drop(createFakeHost({ open: true }), file('april.csv', BAD));
  const steps = screen.getAllByTestId('check-step');
  expect(steps).toHaveLength(6);
  expect(steps[2]?.dataset.outcome).toBe('failed');
  expect(steps[2]?.textContent).toContain('a date such as');
  const score = Number(screen.getByTestId('quality-score').textContent);
  expect(score).toBeGreaterThan(50);
  expect(score).toBeLessThan(100);
});

test('what the columns mean is saved to a file and loaded from it', async () => {
  const { user } = await drop(createFakeHost({ open: true }), file('april.csv', GOOD));
  await user.click(screen.getByTestId('mapping-save'));
  await waitFor(() => expect(toastStore.get()[0]?.text).toContain('.toml'));
  await user.click(screen.getByTestId('mapping-load'));
  expect((await screen.findByTestId('error-message')).textContent).toContain('mapping.toml');
});

test('what was detected is said with how sure it is', async () => {
  await drop(createFakeHost({ open: true }), file('april.csv', GOOD));
  expect(screen.getByTestId('detected').textContent).toContain('Dates2025-12-31likely');
});
