import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Keys } from '@/shared/Keys';

interface PlaceButtonProps {
  /** In the navigation of the window, or among the sections of the settings. */
  among: 'nav' | 'section';
  name: string;
  icon?: LucideIcon;
  /** The key that leads there too. */
  combo?: string;
  title?: string;
  current?: boolean;
  testId: string;
  onGo: () => void;
  /** Stands below the name. */
  below?: ReactNode;
  /** Stands beside the name. */
  beside?: ReactNode;
  className?: string;
}

/** Leads to a place of the window: its icon, its name, and its key while it is pointed at. */
export function PlaceButton(props: PlaceButtonProps) {
  const { among, name, icon: Icon, combo, title, current, testId, onGo, below, beside, className } = props;
  return (
    <button
      type="button"
      className={`place ${among}-item ${className ?? ''}`}
      aria-current={current ? 'page' : undefined}
      aria-keyshortcuts={combo}
      title={title}
      data-testid={testId}
      onClick={onGo}
    >
      {Icon && <Icon aria-hidden size={16} strokeWidth={1.85} />}
      <span className={`place-name ${among}-name`}>
        {name}
        {below}
      </span>
      {beside}
      {combo && (
        <span className={`place-key ${among}-key`}>
          <Keys combo={combo} />
        </span>
      )}
    </button>
  );
}
