import { LoaderCircle, type LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, MouseEvent, ReactNode, Ref } from 'react';
import { Keys } from './Keys';
import { type Permission, usePermission, useRefuse } from './permission';

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  variant?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'normal' | 'small' | 'large';
  icon?: LucideIcon;
  /** The key that does the same, shown on the button. */
  keys?: string;
  busy?: boolean;
  /** Off for whom the role does not allow it: it keeps the focus, is read with the reason, and says it when pressed. */
  needs?: Permission;
  testId?: string;
  children?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
}

/** A button with its icon and the key that does the same. */
export function Button(props: ButtonProps) {
  const {
    variant = 'secondary',
    size = 'normal',
    icon: Icon,
    keys,
    busy,
    needs,
    testId,
    children,
    ...rest
  } = props;
  const { may, why } = usePermission(needs);
  const refuse = useRefuse();
  function refused(event: MouseEvent): void {
    event.preventDefault();
    refuse(needs);
  }

  // A name beside the key that is seen would leave that out: it is read as the button's text instead.
  const name = !children && keys ? rest['aria-label'] : undefined;
  return (
    <button
      type="button"
      {...rest}
      aria-label={name ? undefined : rest['aria-label']}
      aria-disabled={may ? rest['aria-disabled'] : true}
      aria-description={why ?? rest['aria-description']}
      onClick={may ? rest.onClick : refused}
      title={why ?? rest.title}
      className={`button button-${variant} button-${size} ${children ? '' : 'button-icon'} ${rest.className ?? ''}`}
      data-testid={testId}
      aria-busy={busy || undefined}
      aria-keyshortcuts={keys}
    >
      {busy ? (
        <LoaderCircle className="spin" aria-hidden size={15} />
      ) : (
        Icon && <Icon aria-hidden size={15} strokeWidth={2} />
      )}
      {children && <span className="button-text">{children}</span>}
      {name && <span className="sr-only">{name}</span>}
      {keys && <Keys combo={keys} />}
    </button>
  );
}
