import { type ReactNode, type RefObject, useRef } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { useOverlay } from '../keys';
import { useShownKeys } from '../shownKeys';

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
  const dialog = useRef<HTMLElement>(null);
  useShownKeys(dialog);
  return (
    <Popover
      className="popover grid-pop"
      triggerRef={anchor}
      placement="bottom start"
      isOpen
      onOpenChange={(open) => !open && onClose()}
    >
      <Dialog ref={dialog} className="dialog grid-pop-dialog" aria-label={label} data-testid={testId}>
        {children}
      </Dialog>
    </Popover>
  );
}
