import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError } from '@/ipc';
import { toldOf } from './refusals';
import { SaidText } from './SaidText';

const ICONS = { info: Info, good: CircleCheck, warning: TriangleAlert, problem: CircleAlert };

interface NoticeProps {
  tone: keyof typeof ICONS;
  title?: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  testId?: string;
}

/** Something worth knowing, in place. Tone is said by icon and words, not by colour alone. */
export function Notice({ tone, title, children, actions, testId }: NoticeProps) {
  const Icon = ICONS[tone];
  return (
    <div
      className={`notice notice-${tone}`}
      role={tone === 'problem' ? 'alert' : 'status'}
      data-testid={testId}
    >
      <Icon aria-hidden size={17} className="notice-icon" />
      <div className="notice-text">
        {title && <p className="notice-title">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className="notice-actions">{actions}</div>}
    </div>
  );
}

/** A refusal: what kind in the user's language, and what the host says about it. */
export function FaultNotice({ fault, actions }: { fault: unknown; actions?: ReactNode }) {
  const { title, text, foreign } = toldOf(fault, useI18n());
  const { said } = asCommandError(fault);
  return (
    <Notice tone="problem" title={title} actions={actions} testId="error-message">
      {foreign && said && <SaidText said={said} />}
      {foreign && !said && <span lang="en">{text}</span>}
      {!foreign && text}
    </Notice>
  );
}
