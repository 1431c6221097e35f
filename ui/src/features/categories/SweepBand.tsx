import { RefreshCw, RotateCcw } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { CategoriesView } from '@/ipc';
import { Button } from '@/shared/Button';
import { formatCount } from '@/shared/format';
import { TaskProgress } from '@/shared/Parts';
import type { Categories } from './useCategories';

/** How many lines stand where, and the sweep that takes up what is left. */
export function SweepBand({ desk, view }: { desk: Categories; view: CategoriesView }) {
  const { t, word, locale } = useI18n();
  const { counts, stale } = view;
  if (desk.sweeping) {
    return (
      <section className="panel sweep" aria-label={t('categories.sweep')}>
        <TaskProgress task={desk.sweeping} />
      </section>
    );
  }
  const figures = [
    ['pending', counts.pending, counts.pending > 0 ? 'warn' : ''],
    ['processing', counts.processing, counts.processing > 0 ? 'warn' : ''],
    ['categorised', counts.completed - counts.uncategorised, ''],
    ['uncategorised', counts.uncategorised, ''],
    ['failed', counts.failed, counts.failed > 0 ? 'bad' : ''],
  ] as const;
  return (
    <section className="panel sweep" aria-label={t('categories.sweep')}>
      <dl className="sweep-figures" data-testid="category-counts">
        {figures.map(([name, count, tone]) => (
          <div key={name} className="sweep-figure" data-tone={tone}>
            <dt>{word('categories.count', name)}</dt>
            <dd className="num" data-testid={`count-${name}`}>
              {formatCount(count, locale)}
            </dd>
          </div>
        ))}
      </dl>
      {stale && (
        <p className="sweep-note" data-testid="categories-stale">
          {t('categories.stale')}
        </p>
      )}
      <div className="sweep-actions">
        {counts.failed > 0 && (
          <Button
            icon={RotateCcw}
            needs="import"
            disabled={desk.busy}
            onClick={() => void desk.sweep('failed', true)}
            testId="sweep-failed"
          >
            {t('categories.retry')}
          </Button>
        )}
        <Button
          icon={RefreshCw}
          needs="import"
          keys="s"
          variant={counts.pending > 0 || stale ? 'primary' : 'secondary'}
          disabled={desk.busy}
          onClick={() => void desk.sweep(stale ? 'all' : 'pending', true)}
          testId="sweep"
        >
          {t('categories.sweep.now')}
        </Button>
      </div>
    </section>
  );
}
