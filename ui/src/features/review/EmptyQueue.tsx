import { CircleCheckBig, ListChecks, ListFilter } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { QueueFilter } from '@/ipc';
import { Button } from '@/shared/Button';
import { goTo } from '@/shared/navigation';
import { Empty } from '@/shared/Parts';

interface EmptyQueueProps {
  filter: QueueFilter;
  search: string;
  runs: number;
  /** Takes all conditions away; none: there are none. */
  onReset: (() => void) | null;
}

/** Why the queue is empty, and what to do next. */
export function EmptyQueue({ filter, search, runs, onReset }: EmptyQueueProps) {
  const { t, word } = useI18n();
  if (search !== '') {
    return (
      <Empty icon={ListFilter} title={t('review.empty.search')} testId="queue-empty">
        {t('review.empty.search.text', { text: search })}
      </Empty>
    );
  }
  if (onReset) {
    const reset = (
      <Button onClick={onReset} testId="filters-reset">
        {t('filters.reset')}
      </Button>
    );
    return (
      <Empty icon={ListFilter} title={t('review.empty.search')} testId="queue-empty" action={reset}>
        {t('review.empty.filters')}
      </Empty>
    );
  }
  if (runs === 0) {
    const go = (
      <Button variant="primary" onClick={() => goTo('overview')}>
        {t('review.empty.noRun.go')}
      </Button>
    );
    return (
      <Empty icon={ListChecks} title={t('review.empty.noRun')} testId="queue-empty" action={go}>
        {t('review.empty.noRun.text')}
      </Empty>
    );
  }
  const done = filter === 'toReview';
  const prove = (
    <Button variant="primary" onClick={() => goTo('proof')} keys="g p">
      {t('review.empty.proof')}
    </Button>
  );
  return (
    <Empty
      icon={CircleCheckBig}
      title={word('review.empty', filter)}
      testId="queue-empty"
      action={done && prove}
    >
      {done && t('review.empty.done')}
    </Empty>
  );
}
