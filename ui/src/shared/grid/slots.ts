/**
 * Which element draws which row. A row keeps its element as long as it is drawn; one that comes takes that of one that went,
 * since changing an element's texts costs the engine a fraction of making it.
 */
export function slotsOf(
  before: ReadonlyMap<number, number>,
  positions: readonly number[],
): Map<number, number> {
  const kept = positions.filter((position) => before.has(position));
  const taken = new Set(kept.map((position) => before.get(position)));
  let next = 0;
  const free = (): number => {
    while (taken.has(next)) {
      next += 1;
    }
    next += 1;
    return next - 1;
  };
  return new Map(positions.map((position) => [position, before.get(position) ?? free()]));
}
