/** Where lines and bars are drawn. Numbers become floats here for drawing only; what is shown as text stays exact. */

import type { Amount, MonthRatesView } from '@/ipc';

/** Width and height of a chart, in its own units. */
export const CHART = { width: 320, height: 72, pad: 6 } as const;

/** A side's rates as a path of steps, one step a month with jobs; empty where no rate is known. */
export interface RateChart {
  statement: string;
  ledger: string;
  /** Where the change lies. */
  since: number;
}

function path(points: readonly (readonly [from: number, to: number, y: number] | null)[]): string {
  const parts: string[] = [];
  let drawn: number | null = null;
  for (const point of points) {
    if (!point) {
      drawn = null;
      continue;
    }
    const [from, to, y] = point;
    parts.push(drawn === null ? `M${from} ${y}` : `V${y}`, `H${to}`);
    drawn = y;
  }
  return parts.join('');
}

/** Lays out the average rates of both sides, month by month, between the lowest and the highest. */
export function rateChart(months: readonly MonthRatesView[], since: string): RateChart {
  const values = months
    .flatMap((of) => [of.statementRate, of.ledgerRate])
    .filter((rate): rate is string => rate !== null)
    .map(Number);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const { width, height, pad } = CHART;
  const step = width / Math.max(1, months.length);
  const rounded = (value: number) => Math.round(value * 10) / 10;
  const y = (rate: string) => {
    const share = high > low ? (Number(rate) - low) / (high - low) : 0.5;
    return rounded(height - pad - share * (height - 2 * pad));
  };
  const points = (rateOf: (of: MonthRatesView) => string | null) =>
    months.map((of, at) => {
      const rate = rateOf(of);
      return rate === null ? null : ([rounded(at * step), rounded((at + 1) * step), y(rate)] as const);
    });
  const at = months.findIndex((of) => of.month >= since.slice(0, 7));
  return {
    statement: path(points((of) => of.statementRate)),
    ledger: path(points((of) => of.ledgerRate)),
    since: rounded(Math.max(0, at) * step),
  };
}

/** Widths in percent of the largest of its currency; what is not nothing stays visible. */
export function barWidths(sizes: readonly Amount[]): number[] {
  const largest = new Map<string, number>();
  for (const { value, currency } of sizes) {
    largest.set(currency, Math.max(largest.get(currency) ?? 0, Number(value)));
  }
  return sizes.map(({ value, currency }) => {
    const most = largest.get(currency) ?? 0;
    const share = most > 0 ? (Number(value) * 100) / most : 0;
    return share > 0 ? Math.max(1, Math.round(share)) : 0;
  });
}
