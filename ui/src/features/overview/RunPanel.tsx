import { ListChecks } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { formatCount, formatDecimal } from '@/shared/format';
import { FaultNotice, Notice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Panel, TaskProgress } from '@/shared/Parts';
import { useStore } from '@/shared/store';
import { useTask } from '@/shared/task';
import { outcomeStore } from './matching';

function seconds(milliseconds: number, locale: string): string {
  return formatDecimal((milliseconds / 1000).toFixed(1), locale);
}

/** A run in progress, or what the last one came to. */
export function RunPanel() {
  const { t, locale } = useI18n();
  const task = useTask();
  const outcome = useStore(outcomeStore);
  if (task?.name === 'run_matching') {
    return (
      <Panel title={t('overview.running')}>
        <TaskProgress task={task} />
      </Panel>
    );
  }
  if (outcome === null) {
    return null;
  }
  if (outcome.kind === 'refused') {
    return <FaultNotice fault={outcome.fault} />;
  }
  if (outcome.kind === 'cancelled') {
    return <Notice tone="info" title={t('overview.run.cancelled')} testId="run-cancelled" />;
  }
  const { summary } = outcome;
  const rows = [
    [t('overview.run.approved'), summary.approved],
    [t('overview.run.suggested'), summary.suggested],
    [t('overview.run.ambiguous'), summary.ambiguous],
    [t('overview.run.linesUnmatched'), summary.linesUnmatched],
    [t('overview.run.entriesUnmatched'), summary.entriesUnmatched],
    ...(summary.accepted > 0 ? ([[t('overview.run.accepted'), summary.accepted]] as const) : []),
  ] as const;
  return (
    <Panel
      title={t('overview.run.done')}
      testId="run-summary"
      aside={
        <span className="muted num">
          {t('overview.run.effort', {
            candidates: summary.candidates,
            seconds: seconds(summary.elapsedMs, locale),
          })}
        </span>
      }
    >
      <div className="run-row">
        <dl className="run-figures">
          {rows.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{formatCount(value, locale)}</dd>
            </div>
          ))}
        </dl>
        <Button
          variant="primary"
          icon={ListChecks}
          onClick={() => goTo('review')}
          keys="g r"
          testId="run-review"
        >
          {t('overview.run.review')}
        </Button>
      </div>
      {summary.linesWithoutRate > 0 && (
        <Notice
          tone="info"
          title={t('overview.run.noRate', { count: summary.linesWithoutRate })}
          testId="run-without-rate"
        >
          {t('overview.run.noRate.text')}
        </Notice>
      )}
    </Panel>
  );
}
