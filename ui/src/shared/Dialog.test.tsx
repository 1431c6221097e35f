import { readdirSync, readFileSync } from 'node:fs';
import { screen } from '@testing-library/react';
import { beforeAll, expect, test, vi } from 'vitest';
import { createFakeHost, show } from '@/test-window';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { startKeys } from './keys';

beforeAll(() => {
  startKeys();
});

function open(keys: string, done: () => void) {
  return show(
    <Dialog
      title="Open a period"
      onClose={() => undefined}
      testId="dialog"
      footer={
        <Button keys={keys} onClick={done}>
          {'Open'}
        </Button>
      }
    >
      <input aria-label="from" />
      <select aria-label="state">
        <option>{'open'}</option>
      </select>
    </Dialog>,
    createFakeHost({ open: true }),
  );
}

test('a dialog just opened, no field of which has the focus, hears the key that its button shows', async () => {
  const done = vi.fn();
  const { user } = open('Enter', done);
  await screen.findByTestId('dialog');
  await user.keyboard('{Enter}');
  expect(done).toHaveBeenCalledTimes(1);
  screen.getByText('Open').closest('button')?.focus();
  await user.keyboard('{Enter}');
  expect(done).toHaveBeenCalledTimes(2);
});

test('a field keeps Enter for itself, but not Ctrl and Enter', async () => {
  const done = vi.fn();
  const { user } = open('Mod+Enter', done);
  const field = await screen.findByLabelText('from');
  await user.type(field, '{Enter}');
  expect(done).not.toHaveBeenCalled();
  await user.keyboard('{Control>}{Enter}{/Control}');
  expect(done).toHaveBeenCalledTimes(1);
});

/** Where a button shows Enter outside of such a dialog: a form whose field has the focus, or a list that does. */
const OWN_KEYS = [
  'features/categories/PatternTable.tsx',
  'features/exceptions/DetailBar.tsx',
  'features/journal/AccountsForm.tsx',
  'features/review/Filters.tsx',
  'features/review/HistorySheet.tsx',
  'features/sign-in/LockScreen.tsx',
  'features/sign-in/SignInScreen.tsx',
  'shared/grid/FilterForm.tsx',
  'shared/grid/GoTo.tsx',
];

test('no other button shows Enter but those whose forms and lists take it themselves', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' });
  const showing = files.filter((file) => {
    const text = /(?<!test)\.tsx$/.test(file) ? readFileSync(`src/${file}`, 'utf8') : '';
    return /keys="Enter"/.test(text) && !/<(Form)?Dialog\b/.test(text);
  });
  expect(showing.sort()).toEqual(OWN_KEYS);
});
