import { X } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { Heading, Modal, ModalOverlay, Dialog as PlainDialog } from 'react-aria-components';
import { useI18n } from '@/i18n';
import { Button } from './Button';
import { useOverlay } from './keys';
import { scrollable } from './scrollable';
import { useShownKeys } from './shownKeys';

interface DialogProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  width?: 'narrow' | 'normal' | 'wide';
  testId?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A dialog over the screen. It holds the focus, gives it back on closing, and puts the screen's keys to rest. */
export function Dialog({
  title,
  onClose,
  children,
  footer,
  width = 'normal',
  testId,
  onKeyDown,
}: DialogProps) {
  const { t } = useI18n();
  useOverlay(onClose);
  const frame = useRef<HTMLDivElement>(null);
  useShownKeys(frame);
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(open) => !open && onClose()}>
      <Modal className={`modal modal-${width}`}>
        <PlainDialog className="dialog" data-testid={testId}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the dialog as a whole; each has a button too */}
          <div ref={frame} className="dialog-frame" onKeyDown={onKeyDown}>
            <header className="dialog-head">
              <Heading slot="title" className="dialog-title">
                {title}
              </Heading>
              <Button
                variant="quiet"
                size="small"
                icon={X}
                aria-label={t('action.close')}
                onClick={onClose}
                testId="dialog-close"
              />
            </header>
            <div ref={scrollable} className="dialog-body">
              {children}
            </div>
            {footer && <footer className="dialog-foot">{footer}</footer>}
          </div>
        </PlainDialog>
      </Modal>
    </ModalOverlay>
  );
}
