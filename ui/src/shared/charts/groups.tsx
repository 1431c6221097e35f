import type { ExceptionGroup } from '@/ipc';
import { Amount } from '../Amount';
import { Count } from '../Count';
import { moneyText } from '../moneyText';
import type { Bar } from './BarList';

/** What a bar is called, and the order of the bars. */
interface Naming {
  name: (kind: string) => string;
  locale: string;
  /** Which bars there are; left out: those that there are any of, longest first. */
  kinds?: readonly string[];
}

/**
 * A bar for each kind of exceptions, as long as there are many of them, with what is open of them. Sums of several
 * currencies stand in the bar's title: side by side they would be no chart any more.
 */
export function barsOf(groups: readonly ExceptionGroup[], { name, locale, kinds }: Naming): Bar[] {
  const counts = (kinds ?? [...new Set(groups.map((group) => group.kind))]).map((kind) => {
    const own = groups.filter((group) => group.kind === kind);
    const count = own.reduce((sum, group) => sum + group.exceptions, 0);
    return { kind, count, sums: own.map((group) => group.impact) };
  });
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const currencies = new Set(groups.map((group) => group.impact.currency));
  const bars = counts.map(({ kind, count, sums }) => ({
    key: kind,
    label: name(kind),
    share: count / most,
    value: <Count of={count} />,
    note: currencies.size > 1 ? undefined : sums[0] ? <Amount amount={sums[0]} currency /> : '',
    title: sums.map((sum) => moneyText(sum, locale)).join(', '),
  }));
  return kinds ? bars : bars.sort((left, right) => right.share - left.share);
}
