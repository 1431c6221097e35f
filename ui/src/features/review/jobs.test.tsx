import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { JobView, RecordView, ReviewDetail } from '@/ipc';
import { hostWith, matchedHost, show } from '@/test-window';
import { ReviewScreen } from './ReviewScreen';

/** The sample match as one of jobs: the client pays 26.00 for what is booked at 24.50. */
function ofJobs(detail: ReviewDetail): ReviewDetail {
  const job: JobView = {
    site: 'York Station',
    serviceType: 'Cleaning',
    month: '2026-03',
    quantity: '1250.5',
    rate: '24.50',
  };
  const tell = (record: RecordView, told: JobView, number: string) => ({
    ...record,
    job: told,
    counterparty: '',
    [record.side === 'statement' ? 'reference' : 'number']: number,
  });
  const rate = {
    kind: 'rate',
    agreement: 'differs',
    weight: -400,
    statementValue: '26.00',
    ledgerValue: '24.50',
  };
  return {
    ...detail,
    evidence: [...detail.evidence, { ...rate, difference: null }],
    lines: detail.lines.map((line) => tell(line, { ...job, rate: '26.00' }, 'J-20417')),
    entries: detail.entries.map((entry) => tell(entry, job, 'J-20417')),
  };
}

test('of jobs the bench shows number, site, service, month, quantity and rate', async () => {
  const plain = await matchedHost();
  const host = hostWith(plain, (name, args) =>
    name === 'match_detail' ? plain.call('match_detail', args as { id: string }).then(ofJobs) : undefined,
  );
  show(<ReviewScreen workbook={await host.call('workbook', {})} focus="" />, host);
  const table = await screen.findByTestId('comparison');
  const cells = (field: string) =>
    [...(table.querySelector(`[data-field="${field}"]`)?.children ?? [])].map((cell) => cell.textContent);
  expect(cells('reference')).toEqual([
    'Job number',
    'J-20417',
    expect.anything(),
    expect.stringContaining('J-20417'),
  ]);
  expect(cells('site').slice(0, 2)).toEqual(['Site', 'York Station']);
  expect(cells('serviceType').slice(0, 2)).toEqual(['Service', 'Cleaning']);
  expect(cells('month')).toEqual(['Month', 'Mar 2026', '', 'Mar 2026']);
  expect(cells('quantity')).toEqual(['Quantity', '1,250.5', '', '1,250.5']);
  expect(cells('rate')).toEqual(['Rate', '26.00', 'differs', '24.50']);
  expect(cells('counterparty')).toEqual([]);
});

test('of a bank’s matches the bench shows nothing of jobs', async () => {
  const host = await matchedHost();
  show(<ReviewScreen workbook={await host.call('workbook', {})} focus="" />, host);
  const table = await screen.findByTestId('comparison');
  const names = [...table.querySelectorAll('[data-field]')].map((row) => (row as HTMLElement).dataset.field);
  expect(names).toContain('counterparty');
  for (const name of ['site', 'serviceType', 'month', 'quantity', 'rate']) {
    expect(names).not.toContain(name);
  }
});
