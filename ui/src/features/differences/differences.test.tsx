import { screen, waitFor, within } from '@testing-library/react';
import { beforeAll, expect, test } from 'vitest';
import type { DifferenceTrendsView, DifferenceView, Host, MonthRatesView, RateChangeView } from '@/ipc';
import { startKeys } from '@/shared/keys';
import { hostWith, matchedHost, show } from '@/test-window';
import { barWidths, rateChart } from './chart';
import { DifferencesScreen } from './DifferencesScreen';

beforeAll(() => {
  startKeys();
});

const gbp = (value: string) => ({ value, currency: 'GBP' });

function month(name: string, statementRate: string | null, ledgerRate: string | null): MonthRatesView {
  return {
    month: name,
    jobs: 4,
    statementRate,
    ledgerRate,
    statementQuantity: '10',
    ledgerQuantity: '10',
    statement: gbp('260.00'),
    ledger: gbp('245.00'),
    difference: gbp('15.00'),
  };
}

const CHANGE: RateChangeView = {
  key: 'site12/cleaning/GBP/statement/24.50-26.00/2026-03',
  site: 'Site 12',
  serviceType: 'Cleaning',
  currency: 'GBP',
  side: 'statement',
  from: '24.50',
  to: '26.00',
  since: '2026-03-01',
  byDay: false,
  fromTheStart: false,
  steps: 1,
  state: 'open',
  ended: null,
  jobsBefore: 20,
  jobsAfter: 41,
  jobsAgainst: 1,
  effect: gbp('1230.00'),
  effectPerMonth: gbp('410.00'),
  confidence: '97.67',
  months: [month('2026-02', '24.5000', '24.5000'), month('2026-03', '26.0000', '24.5000')],
};

const JOB_ROW: DifferenceView = {
  id: 'm1',
  status: 'suggested',
  causes: ['rate_change'],
  date: '2026-03-09',
  title: 'Northern Rail',
  subtitle: 'J-20417',
  statement: gbp('182.00'),
  ledger: gbp('196.00'),
  difference: gbp('-14.00'),
  percent: '-7.14',
  job: {
    number: 'J-20417',
    site: 'Site 12',
    serviceType: 'Cleaning',
    month: '2026-03',
    statementQuantity: '7',
    ledgerQuantity: '8',
    statementRate: '26.00',
    ledgerRate: '24.50',
    priceEffect: gbp('10.50'),
    quantityEffect: gbp('-24.50'),
    besideRates: gbp('0.00'),
  },
};

const TRENDS: DifferenceTrendsView = {
  matches: 1,
  jobs: 62,
  byCause: [{ cause: 'rate_change', matches: 1, total: gbp('-14.00'), size: gbp('14.00') }],
  byMonth: [{ month: '2026-03', cause: 'rate_change', matches: 1, total: gbp('-14.00'), size: gbp('14.00') }],
  rateChanges: [CHANGE],
};

async function jobsHost(trends: Partial<DifferenceTrendsView> = {}): Promise<Host> {
  return hostWith(await matchedHost(), (name) => {
    if (name === 'difference_trends') {
      return Promise.resolve({ ...TRENDS, ...trends });
    }
    return name === 'differences' ? Promise.resolve({ rows: [JOB_ROW], total: 1 }) : undefined;
  });
}

async function open(host: Host) {
  return show(<DifferencesScreen workbook={await host.call('workbook', {})} />, host);
}

test('a changed rate says what changed, since when, by how many jobs, and what it comes to', async () => {
  await open(await jobsHost());
  const card = await screen.findByTestId('rate-change');
  expect(card.dataset.state).toBe('open');
  const text = card.textContent ?? '';
  for (const part of [
    'Cleaning · Site 12',
    '24.50 → 26.00',
    'since Mar 2026',
    '+1,230.00',
    '+410.00',
    '97.67 %',
    '41',
  ]) {
    expect(text).toContain(part);
  }
  const chart = within(card).getByRole('img');
  expect(chart.getAttribute('aria-label')).toContain('Mar 2026: client 26.00, booked 24.50');
});

test('a job tells what its difference comes from', async () => {
  await open(await jobsHost());
  const row = await screen.findByTestId('difference-row');
  const text = row.textContent ?? '';
  for (const part of [
    'J-20417',
    'statement 7 × 26.00, books 8 × 24.50',
    '−14.00',
    '−7.14 %',
    '+10.50',
    '−24.50',
  ]) {
    expect(text).toContain(part);
  }
});

test('jobs without a changed rate say how a change would show', async () => {
  await open(await jobsHost({ rateChanges: [] }));
  expect(await screen.findByText('No rate has changed')).toBeTruthy();
  expect(screen.queryByTestId('rate-change')).toBeNull();
});

test('differences are sorted, filtered by cause, and add up by month', async () => {
  const { user } = await open(await matchedHost());
  await screen.findAllByTestId('difference-row');
  expect(screen.queryByTestId('rate-changes'), 'a bank knows no rates').toBeNull();
  const amounts = () =>
    screen.getAllByTestId('difference-amount').map((amount) => Math.abs(Number(amount.dataset.value)));
  const bySize = amounts();
  expect(bySize).toEqual([...bySize].sort((one, other) => other - one));
  await user.click(screen.getByTestId('differences-by-date'));
  const head = screen.getByTestId('differences-by-date').closest('th');
  await waitFor(() => expect(head?.getAttribute('aria-sort')).toBe('descending'));
  await waitFor(() => {
    const dates = screen
      .getAllByTestId('difference-row')
      .map((row) => row.querySelector('time')?.dateTime ?? '');
    expect(dates).toEqual([...dates].sort().reverse());
  });

  const cause = screen.getAllByTestId('difference-row')[0]?.dataset.cause ?? '';
  await user.selectOptions(screen.getByTestId('differences-cause'), cause);
  await waitFor(() => {
    const causes = screen.getAllByTestId('difference-row').map((row) => row.dataset.cause);
    expect(new Set(causes)).toEqual(new Set([cause]));
  });
  expect(screen.getAllByTestId('differences-month').length).toBeGreaterThan(0);
});

test('days without differences are an empty state, and a refusal is shown', async () => {
  const { user } = await open(await matchedHost());
  const from = await screen.findByTestId('differences-from');
  await user.type(from, '2099-01-01{Enter}');
  expect(await screen.findByTestId('differences-none')).toBeTruthy();

  const refused = { code: 'invalid', message: 'the first day is after the last' };
  await open(
    hostWith(await matchedHost(), (name) =>
      name === 'difference_trends' ? Promise.reject(refused) : undefined,
    ),
  );
  expect((await screen.findByTestId('error-message')).textContent).toContain(
    'the first day is after the last',
  );
});

test('charts step where rates do, and leave out months without one', () => {
  const months = [month('2026-01', '20', '20'), month('2026-02', '30', '20'), month('2026-04', null, '20')];
  const chart = rateChart(months, '2026-02-17');
  expect(chart.statement).toBe('M0 66H106.7V6H213.3');
  expect(chart.ledger).toBe('M0 66H106.7V66H213.3V66H320');
  expect(chart.since).toBe(106.7);
  expect(rateChart([month('2026-01', '20', null)], '2026-01').statement).toBe('M0 36H320');
});

test('bars are held against the largest of their own currency', () => {
  const sizes = [gbp('200.00'), gbp('50.00'), { value: '1.00', currency: 'EUR' }, gbp('0.01'), gbp('0.00')];
  expect(barWidths(sizes)).toEqual([100, 25, 100, 1, 0]);
});
