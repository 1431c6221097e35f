/** Days in reach of today, as ISO dates. */

function shifted(iso: string, change: (day: Date) => void): string {
  const day = new Date(`${iso}T00:00:00Z`);
  change(day);
  return day.toISOString().slice(0, 10);
}

/** The calendar's day where the user is. */
export function today(now = new Date()): string {
  const two = (number: number) => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** So many days later. */
export function daysAfter(iso: string, days: number): string {
  return shifted(iso, (day) => day.setUTCDate(day.getUTCDate() + days));
}

/** The Monday after the day, never the day itself. */
export function nextMonday(iso: string): string {
  const weekday = new Date(`${iso}T00:00:00Z`).getUTCDay();
  return daysAfter(iso, (8 - weekday) % 7 || 7);
}

/** The last day of the month; on that day itself, of the next month. */
export function monthEnd(iso: string): string {
  const endOf = (from: string) => shifted(from, (day) => day.setUTCMonth(day.getUTCMonth() + 1, 0));
  const end = endOf(iso);
  return end === iso ? endOf(daysAfter(iso, 1)) : end;
}
