import { Save, Undo2 } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useI18n } from '@/i18n';
import { Button } from './Button';
import { useKeys } from './keys';
import { FaultNotice } from './Notice';
import { Panel, ScreenHead, Skeleton } from './Parts';
import { dismissPassing } from './toasts';

interface DraftScreenProps {
  title: string;
  /** What it is about. */
  sub: string;
  /** Under which heading its keys are listed. */
  group: string;
  /** Begins the names of its buttons for tests. */
  testId: string;
  changed: boolean;
  /** Nothing else is being done. */
  idle: boolean;
  saving?: boolean;
  /** Something in it cannot be saved as it is. */
  unfit?: boolean;
  fault: unknown;
  onSave: () => void;
  onDiscard: () => void;
  /** `Save…` where a dialog asks for more. */
  save?: string;
  /** Further buttons, before the one that saves. */
  actions?: ReactNode;
  /** The form; none while it is asked for. */
  children: ReactNode;
}

/** A section of the settings of which changes are kept until they are saved or discarded. */
export function DraftScreen(props: DraftScreenProps) {
  const { t } = useI18n();
  const { testId, changed, idle, saving, fault, onSave, children, save = t('settings.save') } = props;
  const canSave = changed && idle && props.unfit !== true;
  useEffect(() => {
    if (fault != null) {
      // What was saved before is not what was just refused.
      dismissPassing();
    }
  }, [fault]);
  useKeys([
    {
      combo: 'Mod+S',
      label: save,
      group: props.group,
      run: onSave,
      enabled: canSave,
      needs: 'configure',
      whileTyping: true,
    },
  ]);
  const actions = (
    <>
      {changed && (
        <Button icon={Undo2} onClick={props.onDiscard} testId={`${testId}-discard`}>
          {t('settings.discard')}
        </Button>
      )}
      {props.actions}
      <Button
        variant="primary"
        icon={Save}
        keys="Mod+S"
        needs="configure"
        busy={saving}
        disabled={!canSave}
        onClick={onSave}
        testId={`${testId}-save`}
      >
        {save}
      </Button>
    </>
  );
  return (
    <div className="screen">
      <ScreenHead title={props.title} actions={actions}>
        {props.sub}
      </ScreenHead>
      {fault != null && <FaultNotice fault={fault} />}
      {children ||
        (fault == null && (
          <Panel>
            <Skeleton rows={8} height={20} />
          </Panel>
        ))}
    </div>
  );
}
