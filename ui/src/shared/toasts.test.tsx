import { screen } from '@testing-library/react';
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { i18nNow, setLanguage } from '@/i18n';
import { createFakeHost, show } from '@/test-window';
import { showRefusal } from './refusals';
import { Toasts } from './Toasts';
import { clearToasts, showToast } from './toasts';

afterEach(() =>
  act(() => {
    clearToasts();
    setLanguage('en');
  }),
);

test('with another language, what was told in passing goes and a refusal is worded anew', () => {
  show(<Toasts />, createFakeHost());
  act(() => {
    showRefusal({ code: 'notAllowed', message: 'Bea works here as reviewer.' }, i18nNow());
    showToast({ tone: 'done', text: 'Batch 1 is taken back.' });
  });
  expect(screen.getAllByTestId('toast').map((toast) => toast.textContent)).toEqual([
    'Bea works here as reviewer.',
    'Batch 1 is taken back.',
  ]);
  act(() => setLanguage('de'));
  const [refusal, ...others] = screen.getAllByTestId('toast');
  expect(others).toEqual([]);
  expect(refusal?.textContent).toContain('Ihre Rolle erlaubt es nicht');
});
