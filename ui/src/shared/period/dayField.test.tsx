import { screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { expect, test, vi } from 'vitest';
import { createFakeHost, show } from '@/test-window';
import { FormDialog } from '../FormDialog';
import { DayField } from './DayField';

function opened() {
  const sent = vi.fn(() => Promise.resolve());
  function Form() {
    const [day, setDay] = useState<string | null>('2026-01-31');
    return (
      <FormDialog
        title="Open"
        action="Open"
        ready={day !== null}
        testId="dialog"
        onClose={() => undefined}
        onSubmit={() => {
          void day;
          return (sent as (day: string | null) => Promise<void>)(day);
        }}
      >
        <DayField label="To" iso={day} onChange={setDay} testId="day" />
      </FormDialog>
    );
  }
  const { user } = show(<Form />, createFakeHost());
  return { user, sent, field: screen.getByTestId<HTMLInputElement>('day') };
}

test.each(['15.12.', '31.02.2026', 'soon'])(
  'with “%s” for a day nothing is sent, by Enter or by the button, and it is told',
  async (text) => {
    const { user, sent, field } = opened();
    await user.clear(field);
    await user.type(field, `${text}{Enter}`);
    expect(screen.getByTestId('error-message').textContent).toContain('Dec 31, 2025');
    await user.click(screen.getByTestId('dialog-submit'));
    expect(sent).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(field);
    await user.clear(field);
    await user.type(field, '2026-12-15{Enter}');
    await waitFor(() => expect(sent).toHaveBeenCalledWith('2026-12-15'));
  },
);

test('the day that stood there is taken again once the text says it again', async () => {
  const { user, sent, field } = opened();
  await user.type(field, 'x{Enter}');
  expect(sent).not.toHaveBeenCalled();
  await user.type(field, '{Backspace}{Enter}');
  await waitFor(() => expect(sent).toHaveBeenCalledWith('2026-01-31'));
});
