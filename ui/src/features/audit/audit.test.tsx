import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { type Host, host } from '@/ipc';
import { matchedHost, show } from '@/test-window';
import { AuditScreen } from './AuditScreen';

async function open(): Promise<Host> {
  const fake = await matchedHost();
  await show(<AuditScreen />, fake);
  await screen.findAllByTestId('audit-row');
  return fake;
}

const actions = () => screen.getAllByTestId('audit-row').map((row) => row.dataset.action);

test('words narrow the log down, and one button shows all of it again', async () => {
  await open();
  const all = screen.getByTestId('audit-total').textContent;
  fireEvent.change(screen.getByTestId('audit-search'), { target: { value: 'workbook.created' } });
  await waitFor(() => expect(actions()).toEqual(['workbook.created']));
  fireEvent.click(screen.getByTestId('audit-all'));
  await waitFor(() => expect(screen.getByTestId('audit-total').textContent).toBe(all));
});

test('a day on which nothing happened says so', async () => {
  await open();
  fireEvent.change(screen.getByTestId('audit-to'), { target: { value: '1999-12-31' } });
  fireEvent.blur(screen.getByTestId('audit-to'));
  expect(await screen.findByTestId('audit-none')).toBeTruthy();
});

test('an event says on which machine it was done', async () => {
  await open();
  expect(screen.getAllByText('ledger-pc 3f9c01ab').length).toBeGreaterThan(0);
});

test('the exported log is itself the newest event', async () => {
  await open();
  fireEvent.click(screen.getByTestId('audit-export'));
  await waitFor(() => expect(actions()[0]).toBe('data.exported'));
  const { events } = await host().call('audit_log', { offset: 0, limit: 1 });
  expect(events[0]?.details).toContain('audit-log.jsonl');
});
