/** Periods to choose from, made from the days an account covers. */
export interface Period {
  key: string;
  from: string | null;
  to: string | null;
}

const ALL: Period = { key: 'all', from: null, to: null };

function lastDay(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

function span(key: string, year: number, firstMonth: number, lastMonth: number): Period {
  return { key, from: `${year}-${String(firstMonth).padStart(2, '0')}-01`, to: lastDay(year, lastMonth) };
}

/** Everything, then newest first: years, quarters and months that hold at least a day of `first`–`last` (ISO). */
export function periodsOf(first: string | null, last: string | null): Period[] {
  if (!first || !last) {
    return [ALL];
  }
  const periods: Period[] = [];
  for (let year = Number(last.slice(0, 4)); year >= Number(first.slice(0, 4)); year -= 1) {
    periods.push(span(`${year}`, year, 1, 12));
    for (let quarter = 4; quarter >= 1; quarter -= 1) {
      periods.push(span(`${year}-Q${quarter}`, year, quarter * 3 - 2, quarter * 3));
    }
    for (let month = 12; month >= 1; month -= 1) {
      periods.push(span(`${year}-${String(month).padStart(2, '0')}`, year, month, month));
    }
  }
  return [
    ALL,
    ...periods.filter(({ from, to }) => from !== null && to !== null && from <= last && to >= first),
  ];
}

/** Periods named by where today stands in them. */
export const RELATIVE_PERIODS = ['thisMonth', 'lastMonth', 'thisQuarter', 'thisYear', 'lastYear'] as const;

/** This month, the last one, this quarter, this year, the last one; by the machine's own calendar. */
export function relativePeriods(today: Date): Period[] {
  const [year, month] = [today.getFullYear(), today.getMonth() + 1];
  const quarter = Math.floor((month - 1) / 3) * 3 + 1;
  const [lastYear, lastMonth] = month === 1 ? [year - 1, 12] : [year, month - 1];
  return [
    span('thisMonth', year, month, month),
    span('lastMonth', lastYear, lastMonth, lastMonth),
    span('thisQuarter', year, quarter, quarter + 2),
    span('thisYear', year, 1, 12),
    span('lastYear', year - 1, 1, 12),
  ];
}
