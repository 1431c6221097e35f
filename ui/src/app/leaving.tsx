import { useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import { host } from '@/ipc';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { forgetDrafts, hasUnsaved, isUnsaved, useHasUnsaved } from '@/shared/drafts';
import { FaultNotice } from '@/shared/Notice';
import { SETTINGS_SECTIONS } from '@/shared/navigation';
import { useDoing } from '@/shared/useDoing';
import { SECTION_ENTRIES } from './sections';

/** What takes unsaved settings away: closing the workbook, giving way to somebody else, closing the window. */
type Way = 'close' | 'switch' | 'quit';

/** Somebody is about to go. */
interface Leaving {
  way: Way;
  go: () => Promise<void>;
}

/** Asks before settings that are not saved are lost. */
function LeaveDialog({ leaving, onStay }: { leaving: Leaving; onStay: () => void }) {
  const { t, word, language } = useI18n();
  const { busy, fault, doing } = useDoing<'leave'>();
  const names = SETTINGS_SECTIONS.map((section) => SECTION_ENTRIES[section])
    .filter(({ draft }) => isUnsaved(draft))
    .map(({ name }) => t(name));
  const sections = new Intl.ListFormat(language, { type: 'conjunction' }).format(names);
  async function discard(): Promise<void> {
    const gone = await doing('leave', leaving.go);
    if (gone) {
      forgetDrafts();
      onStay();
    }
  }
  return (
    <Dialog
      title={t('settings.leave.title')}
      width="narrow"
      onClose={onStay}
      testId="leave-dialog"
      footer={
        <>
          <Button keys="Escape" autoFocus onClick={onStay} testId="leave-stay">
            {t('settings.leave.stay')}
          </Button>
          <Button
            variant="danger"
            busy={busy !== null}
            disabled={busy !== null}
            onClick={() => void discard()}
            testId="leave-discard"
          >
            {t('settings.leave.discard')}
          </Button>
        </>
      }
    >
      {fault !== null && <FaultNotice fault={fault} />}
      <p className="prose">{t('settings.leave.where', { sections })}</p>
      <p className="prose">{word('settings.lost', leaving.way)}</p>
    </Dialog>
  );
}

/**
 * Goes where settings that are not saved are lost, but asks first. Locking never asks: it must not wait for an answer,
 * and whoever unlocks finds the settings as they left them.
 */
export function useLeaving(locked: boolean) {
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const unsaved = useHasUnsaved();
  const holds = unsaved && !locked;
  useEffect(() => {
    if (holds) {
      return host().holdClosing(() => setLeaving({ way: 'quit', go: () => host().closeWindow() }));
    }
  }, [holds]);
  return {
    /** Does so at once where there is nothing to lose. */
    leave: async (way: Way, go: () => Promise<void>): Promise<void> => {
      if (hasUnsaved()) {
        setLeaving({ way, go });
      } else {
        await go();
      }
    },
    question: leaving && <LeaveDialog leaving={leaving} onStay={() => setLeaving(null)} />,
  };
}
