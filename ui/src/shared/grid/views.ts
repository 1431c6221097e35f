/** Looks that have a name: those that come with the window, and those somebody kept. */

import type { MessageKey } from '@/i18n';
import type { GridFilter, GridKind, GridSort } from '@/ipc';
import { type Named, type NamedStore, namedStore } from '../named';
import { relativePeriods } from '../period/periods';
import { type Layout, layoutFrom } from './layout';
import { fitting, focusOf, type Look, lookOf } from './look';

/** A look that was kept, with the columns it was kept with. */
export interface KeptLook extends Named {
  look: Look;
  layout: Layout;
}

/** Where looks are kept, by grid. On this machine for now; the host may keep them for everybody later. */
export type LookKeeper = (grid: GridKind) => NamedStore<KeptLook>;

function read(grid: GridKind, { name, focus, layout: columns }: Record<string, unknown>): KeptLook | null {
  const layout = layoutFrom(columns, grid);
  const told = typeof focus === 'string' ? lookOf(focus) : null;
  return typeof name === 'string' && told?.grid === grid
    ? { name, look: fitting(told.look, layout.order), layout }
    : null;
}

/** Keeps looks on this machine. */
export function localLooks(): LookKeeper {
  const stores = new Map<GridKind, NamedStore<KeptLook>>();
  return (grid) => {
    const known =
      stores.get(grid) ??
      namedStore<KeptLook>(`views.${grid}`, {
        read: (written) => read(grid, written),
        write: ({ name, look, layout }) => ({ name, focus: focusOf(grid, look), layout }),
        sorted: true,
      });
    stores.set(grid, known);
    return known;
  };
}

/** A view that comes with the window. Its days are counted from today. */
export interface BuiltInView {
  name: MessageKey;
  look: (today: Date) => Look;
}

const where = (filters: GridFilter[], ...sort: GridSort[]): Look => ({ search: '', filters, sort });
const down = (column: GridSort['column']): GridSort => ({ column, descending: true });
const up = (column: GridSort['column']): GridSort => ({ column, descending: false });
const OVER: GridFilter = { column: 'open', test: 'atLeast', values: ['1000'] };
/** What is paid out, or credited, stands below zero. */
const BELOW: GridFilter = { column: 'open', test: 'atMost', values: ['-1000'] };
/** What the audit log tells of decisions. Workbooks of earlier versions hold `decision.undone`; nothing writes it now. */
const DECISIONS = [
  'match.approved',
  'match.made',
  'match.rejected',
  'matches.approved',
  'matches.rejected',
  'act.undone',
  'act.redone',
  'policy.applied',
  'policy.taken_back',
  'decision.undone',
];
const UNMATCHED: GridFilter = { column: 'state', test: 'oneOf', values: ['unmatched'] };

function thisMonth(today: Date): GridFilter[] {
  const month = relativePeriods(today).find(({ key }) => key === 'thisMonth');
  return [
    { column: 'date', test: 'atLeast', values: [month?.from ?? ''] },
    { column: 'date', test: 'atMost', values: [month?.to ?? ''] },
  ];
}

/** A day as ISO, by the machine's own calendar. */
function dayBefore(today: Date, days: number): string {
  const day = new Date(Date.UTC(today.getFullYear(), today.getMonth(), today.getDate() - days));
  return day.toISOString().slice(0, 10);
}

/** The views that come with the window, by grid. */
export const BUILT_IN: Record<GridKind, readonly BuiltInView[]> = {
  lines: [
    { name: 'view.inOver', look: () => where([OVER], down('open')) },
    { name: 'view.outOver', look: () => where([BELOW], up('open')) },
    { name: 'view.unmatchedMonth', look: (today) => where([UNMATCHED, ...thisMonth(today)], down('date')) },
    {
      name: 'view.noCategory',
      look: () => where([{ column: 'category', test: 'empty', values: [] }], down('date')),
    },
  ],
  entries: [
    { name: 'view.dueOver', look: () => where([OVER], down('open')) },
    { name: 'view.creditOver', look: () => where([BELOW], up('open')) },
    { name: 'view.unmatchedMonth', look: (today) => where([UNMATCHED, ...thisMonth(today)], down('date')) },
    {
      name: 'view.overdue',
      look: (today) =>
        where(
          [
            { column: 'dueDate', test: 'atMost', values: [dayBefore(today, 1)] },
            { column: 'state', test: 'oneOf', values: ['unmatched', 'proposed'] },
          ],
          up('dueDate'),
        ),
    },
  ],
  matches: [
    {
      name: 'view.toReview',
      look: () =>
        where([{ column: 'status', test: 'oneOf', values: ['suggested', 'ambiguous'] }], up('confidence')),
    },
    {
      name: 'view.withDifference',
      look: () => where([{ column: 'difference', test: 'differs', values: ['0'] }], down('difference')),
    },
    {
      name: 'view.decided',
      look: () =>
        where([{ column: 'status', test: 'oneOf', values: ['approved', 'rejected'] }], down('changedAt')),
    },
  ],
  exceptions: [
    { name: 'view.openOver', look: () => where([OVER], down('open')) },
    {
      name: 'view.older',
      look: () => where([{ column: 'age', test: 'atLeast', values: ['91'] }], down('age')),
    },
    {
      name: 'view.noOwner',
      look: () => where([{ column: 'owner', test: 'empty', values: [] }], down('open')),
    },
  ],
  events: [
    {
      name: 'view.decisions',
      look: () => where([{ column: 'action', test: 'oneOf', values: DECISIONS }], down('sequence')),
    },
    {
      name: 'view.lastWeek',
      look: (today) =>
        where([{ column: 'at', test: 'atLeast', values: [dayBefore(today, 7)] }], down('sequence')),
    },
  ],
};
