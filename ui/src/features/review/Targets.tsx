import { useI18n } from '@/i18n';
import type { QueueRow, SelectedSideView, SelectionView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { isZero } from '@/shared/decimal';
import { formatCount } from '@/shared/format';

/** What an action is about: the row on the bench, or the rows that are chosen, with what they come to. */
export type Targets =
  | { kind: 'one'; ids: readonly string[]; row: QueueRow }
  | { kind: 'many'; ids: readonly string[]; facts: SelectionView | undefined; rivals: number };

/** Says what an action is about, before it is done. */
export function TargetFacts({ targets }: { targets: Targets }) {
  const { t, locale } = useI18n();
  if (targets.kind === 'one') {
    return (
      <p className="target" data-testid="target">
        <strong>{targets.row.title || t('review.noName')}</strong>
        <Amount amount={targets.row.amount} currency />
      </p>
    );
  }
  const { facts } = targets;
  const differences = facts?.differences.filter(({ value }) => !isZero(value)) ?? [];
  return (
    <dl className="above-figures" aria-live="polite" data-testid="target">
      <div>
        <dt>{t('review.many.count')}</dt>
        <dd className="num" data-testid="target-count">
          {facts ? formatCount(facts.count, locale) : '…'}
        </dd>
      </div>
      <div>
        <dt>{t('review.many.sum')}</dt>
        <dd data-testid="target-sum">
          {facts?.totals.map((total) => <Amount key={total.currency} amount={total} currency />) ?? '…'}
        </dd>
      </div>
      {differences.length > 0 && (
        <div>
          <dt>{t('review.above.differences')}</dt>
          <dd>
            {differences.map((total) => (
              <Amount key={total.currency} amount={total} currency signed />
            ))}
          </dd>
        </div>
      )}
    </dl>
  );
}

/** How many records of each side an action is about, and what is open of them: where both sides are among them. */
export function SideFacts({ sides }: { sides: readonly SelectedSideView[] }) {
  const { t, locale } = useI18n();
  if (sides.length < 2) {
    return null;
  }
  return (
    <dl className="above-figures" data-testid="target-sides">
      {sides.map(({ side, ids, totals }) => (
        <div key={side}>
          <dt>{t(side === 'statement' ? 'side.statement' : 'side.ledger')}</dt>
          <dd className="num" data-testid={`target-${side}`}>
            {formatCount(ids.length, locale)}
            {totals.map((total) => (
              <Amount key={total.currency} amount={total} currency />
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}
