import type { Amount as AmountView, ExceptionGroup } from '@/ipc';
import { Amount } from '../Amount';
import { Count } from '../Count';
import type { Bar } from './BarList';

function Sums({ sums }: { sums: AmountView[] }) {
  return (
    <>
      {sums.map((sum) => (
        <span key={sum.currency} className="bars-sum">
          <Amount amount={sum} currency />
        </span>
      ))}
    </>
  );
}

/**
 * A bar for each kind of exceptions, as long as there are many of them, with what is open of them in each currency.
 * `kinds` says which bars there are and in which order; without it those that there are any of.
 */
export function barsOf(
  groups: readonly ExceptionGroup[],
  name: (kind: string) => string,
  kinds: readonly string[] = [...new Set(groups.map((group) => group.kind))],
): Bar[] {
  const counts = kinds.map((kind) => {
    const own = groups.filter((group) => group.kind === kind);
    return {
      kind,
      count: own.reduce((sum, group) => sum + group.exceptions, 0),
      sums: own.map((group) => group.impact),
    };
  });
  const most = Math.max(1, ...counts.map(({ count }) => count));
  return counts.map(({ kind, count, sums }) => ({
    key: kind,
    label: name(kind),
    share: count / most,
    value: <Count of={count} />,
    note: <Sums sums={sums} />,
  }));
}
