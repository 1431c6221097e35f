/** The policy as the table holds it. */

import type { PolicyCauseView, PolicyFormView } from '@/ipc';

/** The columns that hold limits. */
export const LIMITS = ['amount', 'percent', 'count', 'total'] as const;
/** One of them. */
export type Limit = (typeof LIMITS)[number];

/** What is said of a cause; all texts are empty where nothing is. */
export function causeOf(form: PolicyFormView, cause: string): PolicyCauseView {
  const said = form.causes.find((of) => of.cause === cause);
  return said ?? { cause, amount: '', percent: '', count: '', total: '', owner: '' };
}

function saysNothing({ amount, percent, count, total, owner }: PolicyCauseView): boolean {
  return [amount, percent, count, total, owner].every((text) => text.trim() === '');
}

/** The form with a cause changed, causes in the order of `causes` and without those of which nothing is said. */
export function withCause(
  form: PolicyFormView,
  causes: readonly string[],
  changed: PolicyCauseView,
): PolicyFormView {
  const all = causes.map((cause) => (cause === changed.cause ? changed : causeOf(form, cause)));
  return { ...form, causes: all.filter((of) => !saysNothing(of)) };
}

/** Whether two forms say the same. */
export function same(left: PolicyFormView, right: PolicyFormView): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
