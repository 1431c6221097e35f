import type { ReactNode, RefObject } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { useOverlay } from '../keys';

interface PopProps {
  label: string;
  /** What it hangs from. */
  anchor: RefObject<Element | null>;
  onClose: () => void;
  children: ReactNode;
  testId?: string;
}

/** A small dialog that hangs from a button or heading. The screen's keys rest while it is open. */
export function Pop({ label, anchor, onClose, children, testId }: PopProps) {
  useOverlay(onClose);
  return (
    <Popover
      className="popover grid-pop"
      triggerRef={anchor}
      placement="bottom start"
      isOpen
      onOpenChange={(open) => !open && onClose()}
    >
      <Dialog className="dialog grid-pop-dialog" aria-label={label} data-testid={testId}>
        {children}
      </Dialog>
    </Popover>
  );
}
