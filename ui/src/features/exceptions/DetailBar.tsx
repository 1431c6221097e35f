import { ArrowRight } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { ExceptionRow } from '@/ipc';
import { Button } from '@/shared/Button';
import { Badge } from '@/shared/Parts';
import { aboutOf, whyOf } from './exceptions';

/** The selected exception in full: why, what to do, and where it comes from. */
export function DetailBar({ row, onOpen }: { row: ExceptionRow; onOpen: (row: ExceptionRow) => void }) {
  const i18n = useI18n();
  const { t, word } = i18n;
  const { record } = row;
  return (
    <footer className="exceptions-detail" data-testid="exception-detail">
      <div className="exceptions-why">
        <p>
          <Badge tone="neutral">{word('cause', row.cause)}</Badge>{' '}
          {whyOf(row, i18n) || t('exceptions.noReason')}
        </p>
        <p className="muted">
          {aboutOf(row) && `${aboutOf(row)} · `}
          {t('exceptions.source', { file: record.sourceFile, row: record.sourceRow })}
          {record.account && ` · ${record.account}`}
          {` · ${t('exceptions.openFor', { days: t('days', { count: row.daysOpen }) })}`}
        </p>
      </div>
      <Button
        variant="primary"
        icon={ArrowRight}
        keys="Enter"
        onClick={() => onOpen(row)}
        testId="exception-open"
      >
        {t('exceptions.open')}
      </Button>
    </footer>
  );
}
