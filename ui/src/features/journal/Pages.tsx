import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';

interface PagesProps {
  /** From 0. */
  page: number;
  size: number;
  total: number;
  onPage: (page: number) => void;
  testId: string;
}

/** Leads through pages; nothing where there is one. */
export function Pages({ page, size, total, onPage, testId }: PagesProps) {
  const { t } = useI18n();
  if (total <= size) {
    return null;
  }
  const from = page * size;
  const to = Math.min(from + size, total);
  return (
    <div className="journal-pages" data-testid={testId}>
      <Button
        size="small"
        icon={ArrowLeft}
        aria-label={t('journal.previous')}
        disabled={page === 0}
        onClick={() => onPage(page - 1)}
        testId={`${testId}-previous`}
      />
      <span className="num">{t('journal.page', { from: from + 1, to, total })}</span>
      <Button
        size="small"
        icon={ArrowRight}
        aria-label={t('journal.next')}
        disabled={to >= total}
        onClick={() => onPage(page + 1)}
        testId={`${testId}-next`}
      />
    </div>
  );
}
