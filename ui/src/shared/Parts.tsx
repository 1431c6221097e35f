import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { useI18n } from '@/i18n';
import { Button } from './Button';
import { formatCount } from './format';
import { useKeys } from './keys';
import { scrollable } from './scrollable';
import { cancelTask, type Task } from './task';

/** A screen's heading with its actions. */
export function ScreenHead({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="screen-head">
      <div>
        <h1 className="screen-title">{title}</h1>
        {children && <p className="screen-sub">{children}</p>}
      </div>
      {actions && <div className="screen-actions">{actions}</div>}
    </header>
  );
}

/** A white panel with a heading. */
export function Panel(props: {
  title?: string;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  testId?: string;
}) {
  const { title, aside, children, flush, testId } = props;
  return (
    <section
      ref={flush ? scrollable : undefined}
      className={`panel ${flush ? 'panel-flush' : ''}`}
      data-testid={testId}
    >
      {title && (
        <header className="panel-head">
          <h2 className="panel-title">{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  );
}

/** Says why a place is empty and what to do next. */
export function Empty(props: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  testId?: string;
}) {
  const { icon: Icon, title, children, action, testId } = props;
  return (
    <div className="empty" data-testid={testId}>
      <Icon aria-hidden size={28} strokeWidth={1.5} className="empty-icon" />
      <p className="empty-title">{title}</p>
      {children && <p className="empty-text">{children}</p>}
      {action && <div className="empty-action">{action}</div>}
    </div>
  );
}

/** A small coloured word with an icon. */
export function Badge(props: {
  tone: 'neutral' | 'good' | 'warning' | 'problem' | 'accent';
  icon?: LucideIcon;
  children: ReactNode;
  testId?: string;
}) {
  const { tone, icon: Icon, children, testId } = props;
  return (
    <span className={`badge badge-${tone}`} data-testid={testId}>
      {Icon && <Icon aria-hidden size={12} strokeWidth={2.25} />}
      {children}
    </span>
  );
}

/** Grey bars where text will stand, so that nothing jumps. */
export function Skeleton({ rows = 3, height = 14 }: { rows?: number; height?: number }) {
  return (
    <div className="skeleton" aria-hidden>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the bars are all alike
        <div key={index} className="skeleton-bar" style={{ height, width: `${92 - ((index * 23) % 40)}%` }} />
      ))}
    </div>
  );
}

/** How far a long task is, with the way to stop it. */
export function TaskProgress({ task }: { task: Task }) {
  const { t, word, locale } = useI18n();
  const { progress } = task;
  const known = progress !== null && progress.total > 0;
  const percent = known ? Math.min(100, Math.floor((progress.done * 100) / progress.total)) : undefined;
  const stage = progress ? word('stage', progress.stage) : t('task.starting');
  useKeys([
    {
      combo: 'Escape',
      label: t('task.cancel'),
      group: t('keys.window'),
      run: () => void cancelTask(),
      enabled: !task.cancelling,
    },
  ]);
  return (
    <div className="task" data-testid="task-progress">
      <div className="task-head">
        <span>{stage}</span>
        <span className="muted num">
          {known && `${formatCount(progress.done, locale)} / ${formatCount(progress.total, locale)}`}
        </span>
      </div>
      <div
        className={`bar ${known ? '' : 'bar-unknown'}`}
        role="progressbar"
        aria-label={stage}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <div className="bar-fill" style={known ? { width: `${percent}%` } : undefined} />
      </div>
      <Button
        size="small"
        keys="Escape"
        disabled={task.cancelling}
        onClick={() => void cancelTask()}
        testId="task-cancel"
      >
        {t(task.cancelling ? 'task.cancelling' : 'action.cancel')}
      </Button>
    </div>
  );
}
