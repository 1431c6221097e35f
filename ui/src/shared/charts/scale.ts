/** Where values stand in a chart. Floats are fine here: they place points, and never become a figure that is shown. */

/** Round steps for an axis from 0 to at least `highest`: the top of the axis and its marks. */
export function axisFor(highest: number): { top: number; marks: number[] } {
  if (!(highest > 0)) {
    return { top: 1, marks: [0, 1] };
  }
  const power = 10 ** Math.floor(Math.log10(highest / 2));
  const step =
    [1, 2, 5, 10].map((factor) => factor * power).find((wide) => wide * 3 >= highest) ?? power * 10;
  const count = Math.ceil(highest / step - 1e-9);
  const marks = Array.from({ length: count + 1 }, (_, index) => Number((index * step).toPrecision(12)));
  return { top: marks.at(-1) ?? step, marks };
}

/** Days since 1970 of an ISO date. */
export function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / 86_400_000);
}

/** Places of days between 0 and 1, as far apart as they are; a single day stands in the middle. */
export function placesOf(days: readonly string[]): number[] {
  const numbers = days.map(dayNumber);
  const first = numbers[0] ?? 0;
  const span = (numbers.at(-1) ?? first) - first;
  return numbers.map((number) => (span === 0 ? 0.5 : (number - first) / span));
}

/** Runs of neighbouring points that have a value: a gap stays a gap. */
export function segmentsOf(
  points: readonly ({ x: number; y: number } | null)[],
): { x: number; y: number }[][] {
  const segments: { x: number; y: number }[][] = [];
  let open: { x: number; y: number }[] | null = null;
  for (const point of points) {
    if (!point) {
      open = null;
    } else if (open) {
      open.push(point);
    } else {
      open = [point];
      segments.push(open);
    }
  }
  return segments;
}
