import { QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createFakeHost, show } from '@/test-window';
import { DraftScreen } from './DraftScreen';
import { showToast, toastStore } from './toasts';

function Section({ fault }: { fault: unknown }) {
  return (
    <DraftScreen
      title="Matching settings"
      sub=""
      group=""
      testId="matching"
      changed
      idle
      fault={fault}
      onSave={() => undefined}
      onDiscard={() => undefined}
    >
      <p>fields</p>
    </DraftScreen>
  );
}

test('beside a refused save no message says any more that something was saved', () => {
  const { rerender, client } = show(<Section fault={null} />, createFakeHost({ open: true }));
  showToast({ tone: 'problem', text: 'The disk is full.' });
  showToast({ tone: 'done', text: 'Matching settings saved' });
  const fault = { code: 'invalid', message: 'That is no number.' };
  rerender(
    <QueryClientProvider client={client}>
      <Section fault={fault} />
    </QueryClientProvider>,
  );
  expect(screen.getByTestId('error-message').textContent).toContain('That is no number.');
  expect(toastStore.get().map(({ text }) => text)).toEqual(['The disk is full.']);
});
