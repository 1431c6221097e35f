import type { LucideIcon } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { FaultNotice } from './Notice';
import { stopsAtUnreadable } from './unreadable';

interface FormDialogProps {
  title: string;
  action: string;
  icon?: LucideIcon;
  /** Off while a field that must be filled is empty. */
  ready: boolean;
  danger?: boolean;
  note?: ReactNode;
  /** The key that sends it: `Mod+Enter` where Enter begins another line. */
  keys?: 'Enter' | 'Mod+Enter';
  width?: 'narrow' | 'normal' | 'wide';
  children: ReactNode;
  testId: string;
  onClose: () => void;
  /** Refuses by throwing: the refusal is shown, and the form stays as it is. */
  onSubmit: () => Promise<void>;
}

/** A form in a dialog: Enter sends it, a refusal is told in place, success closes it. */
export function FormDialog(props: FormDialogProps) {
  const { t } = useI18n();
  const { keys = 'Enter', width = 'narrow' } = props;
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // Two key presses within one drawing would both see the state of before.
  const sending = useRef(false);
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!props.ready || sending.current || stopsAtUnreadable(form.current)) {
      return;
    }
    sending.current = true;
    setBusy(true);
    setFault(null);
    try {
      await props.onSubmit();
      props.onClose();
    } catch (refusal) {
      setFault(refusal);
      setBusy(false);
      sending.current = false;
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.current?.requestSubmit();
    }
  }

  /** What is being sent cannot be called back, and how it ends is told here. */
  function close(): void {
    if (!busy) {
      props.onClose();
    }
  }

  return (
    <Dialog
      title={props.title}
      width={width}
      onKeyDown={onKeyDown}
      onClose={close}
      testId={props.testId}
      footer={
        <>
          {props.note && <span className="form-note">{props.note}</span>}
          <Button disabled={busy} onClick={close}>
            {t('action.cancel')}
          </Button>
          <Button
            variant={props.danger ? 'danger' : 'primary'}
            type="submit"
            form={id}
            {...(props.icon ? { icon: props.icon } : {})}
            keys={keys}
            busy={busy}
            disabled={busy || !props.ready}
            testId={`${props.testId}-submit`}
          >
            {props.action}
          </Button>
        </>
      }
    >
      <form ref={form} id={id} className="form" onSubmit={(event) => void submit(event)} noValidate>
        {fault !== null && <FaultNotice fault={fault} />}
        {props.children}
      </form>
    </Dialog>
  );
}
