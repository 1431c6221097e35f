import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/**
 * What a virtual list draws: what is seen and, wherever it is, the chosen row. `aria-activedescendant` must point at a
 * row that is there.
 */
export function drawnWith(selected: number): (range: Range) => number[] {
  return (range) => {
    const seen = defaultRangeExtractor(range);
    const isDrawn = selected < 0 || selected >= range.count || seen.includes(selected);
    return isDrawn ? seen : [...seen, selected].sort((a, b) => a - b);
  };
}

/** The first and the last of what is seen, without a chosen row far from it. */
export function seenOf(drawn: readonly { index: number }[], selected: number): [first: number, last: number] {
  const isNear = ({ index }: { index: number }) =>
    index !== selected || drawn.some((other) => Math.abs(other.index - index) === 1);
  const near = drawn.filter(isNear);
  return [near[0]?.index ?? 0, near.at(-1)?.index ?? 0];
}
