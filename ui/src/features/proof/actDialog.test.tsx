import { act, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { type Language, setLanguage } from '@/i18n';
import type { PeriodSheetView } from '@/ipc';
import { createFakeHost, show } from '@/test-window';
import { ActDialog } from './ActDialog';

afterEach(() => act(() => setLanguage('en')));

async function stated(language: Language, text: string, currency = 'EUR') {
  setLanguage(language);
  const sheet = {
    period: { reopening: null },
    before: null,
    figures: { opening: { value: '0.00', currency }, closing: null, linesTotal: { value: '0.00', currency } },
  } as PeriodSheetView;
  const onAct = vi.fn(() => Promise.resolve());
  const { user } = show(
    <ActDialog act="prepare" sheet={sheet} onClose={() => undefined} onAct={onAct} />,
    createFakeHost(),
  );
  await user.type(screen.getByTestId('period-closing-amount'), text);
  await user.type(screen.getByTestId('period-closing-reason'), 'x');
  return { onAct, submit: screen.getByTestId<HTMLButtonElement>('period-act-dialog-submit'), user };
}

test.each<[Language, string, string, string]>([
  ['de', '1.234,56', 'EUR', '1234.56'],
  ['de', '1.000', 'EUR', '1000'],
  ['de', '-12,5', 'EUR', '-12.5'],
  ['de', '12,345', 'KWD', '12.345'],
  ['en', '1,000', 'EUR', '1000'],
  ['en', '1,234.56', 'EUR', '1234.56'],
])('in %s a balance typed as %s %s is %s', async (language, text, currency, amount) => {
  const { onAct, submit, user } = await stated(language, text, currency);
  await user.click(submit);
  await waitFor(() => expect(onAct).toHaveBeenCalledWith('prepare', '', null, { amount, reason: 'x' }));
});

test.each<[Language, string]>([
  ['en', '1.000'],
  ['de', '12,345'],
  ['de', 'viel'],
])('in %s a balance typed as %s is not signed', async (language, text) => {
  const { submit } = await stated(language, text);
  expect(submit.disabled).toBe(true);
});
