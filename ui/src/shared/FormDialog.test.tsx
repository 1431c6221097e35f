import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, test } from 'vitest';
import { createFakeHost, show } from '@/test-window';
import { FormDialog } from './FormDialog';

function Desk({ onSubmit }: { onSubmit: () => Promise<void> }) {
  const [open, setOpen] = useState(true);
  return open ? (
    <FormDialog
      title="Adjust"
      action="Post"
      ready
      testId="form"
      onClose={() => setOpen(false)}
      onSubmit={onSubmit}
    >
      <p>120.00</p>
    </FormDialog>
  ) : (
    <p data-testid="closed">closed</p>
  );
}

test('a form that is being sent stays until it is known how that ended', async () => {
  let refuse: (reason: unknown) => void = () => undefined;
  const sent: number[] = [];
  const onSubmit = () => {
    sent.push(1);
    return new Promise<void>((_, reject) => {
      refuse = reject;
    });
  };
  const { user } = show(<Desk onSubmit={onSubmit} />, createFakeHost({ open: true }));
  await user.click(screen.getByTestId('form-submit'));
  await user.click(screen.getByText('Cancel'));
  await user.click(screen.getByTestId('dialog-close'));
  await user.keyboard('{Escape}');
  expect(screen.getByTestId('form')).toBeTruthy();
  refuse({ code: 'invalid', message: 'Not today.' });
  expect((await screen.findByTestId('error-message')).textContent).toContain('Not today.');
  expect(sent).toHaveLength(1);
  await user.click(screen.getByText('Cancel'));
  await waitFor(() => expect(screen.getByTestId('closed')).toBeTruthy());
});
