import { useQueryClient } from '@tanstack/react-query';
import { type DragEvent, useEffect, useRef, useState } from 'react';
import { BackupFailure } from '@/features/backup';
import { OwnSecretDialog } from '@/features/people';
import { useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { addFiles } from '@/shared/inbox';
import { useKeys } from '@/shared/keys';
import { goTo, goToSettings, SCREENS, settingsPlace, usePlace } from '@/shared/navigation';
import { lockNow, usePresence } from '@/shared/presence';
import { KEYS, useWorkbook } from '@/shared/queries';
import { showRefusal } from '@/shared/refusals';
import { useSavedViews, VIEW_KEYS_MAX } from '@/shared/savedViews';
import { dismissPassing } from '@/shared/toasts';
import { KeyHelp } from './KeyHelp';
import { Navigation } from './Navigation';
import { Palette } from './Palette';
import { SCREEN_ENTRIES } from './screens';
import { SECTION_ENTRIES, SECTIONS_WITH_KEY } from './sections';

interface ShellProps {
  first: WorkbookView;
  version: string;
  onClose: () => Promise<void>;
  /** Signs out whoever is signed in, so that somebody else may sign in. */
  onSwitch: () => Promise<void>;
}

/** The window with a workbook open: navigation at the left, a screen at the right. Files may be dropped anywhere. */
export function Shell({ first, version, onClose, onSwitch }: ShellProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  if (client.getQueryData(KEYS.workbook) === undefined) {
    client.setQueryData(KEYS.workbook, first);
  }
  const workbook = useWorkbook() ?? first;
  const place = usePlace();
  const views = useSavedViews();
  const main = useRef<HTMLElement>(null);
  const [open, setOpen] = useState<'keys' | 'palette' | 'secret' | null>(null);
  const { person } = usePresence();
  const settings = place.screen === 'settings' ? settingsPlace(place.focus) : null;
  const section = settings?.section;

  async function trying(leave: () => Promise<void>): Promise<void> {
    try {
      await leave();
    } catch (fault) {
      showRefusal(fault, i18n);
    }
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: another screen begins at its top, with the focus inside it
  useEffect(() => {
    // A field that was searched for has been scrolled to by now.
    if (!settings?.field) {
      main.current?.scrollTo(0, 0);
    }
    if (!main.current?.contains(document.activeElement)) {
      main.current?.focus({ preventScroll: true });
    }
    dismissPassing();
  }, [place.screen, section]);

  useKeys([
    ...SCREENS.map((screen) => ({
      combo: SCREEN_ENTRIES[screen].combo,
      label: t(SCREEN_ENTRIES[screen].name),
      group: t('keys.go'),
      run: () => goTo(screen),
    })),
    ...SECTIONS_WITH_KEY.map((name) => ({
      combo: SECTION_ENTRIES[name].combo,
      label: t(SECTION_ENTRIES[name].name),
      group: t('keys.go'),
      run: () => goToSettings(name),
    })),
    ...views.slice(0, VIEW_KEYS_MAX).map((view, at) => ({
      combo: `g v ${at + 1}`,
      label: t('views.go', { name: view.name }),
      group: t('keys.go'),
      run: () => goTo('review', view.focus),
    })),
    { combo: '?', label: t('keys.title'), group: t('keys.window'), run: () => setOpen('keys') },
    {
      combo: 'Mod+K',
      label: t('palette.title'),
      group: t('keys.window'),
      run: () => setOpen('palette'),
      whileTyping: true,
    },
    {
      combo: 'Mod+L',
      label: t('lock.now'),
      group: t('keys.window'),
      run: () => void trying(lockNow),
      whileTyping: true,
      always: true,
    },
    {
      combo: 'Mod+Shift+L',
      label: t('person.switch'),
      group: t('keys.window'),
      run: () => void trying(onSwitch),
      whileTyping: true,
    },
  ]);

  function drop(event: DragEvent): void {
    if (event.dataTransfer.files.length > 0) {
      event.preventDefault();
      addFiles(event.dataTransfer.files);
      goTo('import');
    }
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping files anywhere is a shortcut for the import screen
    <div className="shell" onDragOver={(event) => event.preventDefault()} onDrop={drop}>
      <Navigation
        workbook={workbook}
        version={version}
        screen={place.screen}
        onKeys={() => setOpen('keys')}
        onLock={() => void trying(lockNow)}
        onSwitch={() => void trying(onSwitch)}
        onSecret={() => setOpen('secret')}
        onClose={() => void trying(onClose)}
      />
      <div className="main-side">
        {section !== 'backups' && <BackupFailure />}
        <main
          ref={main}
          tabIndex={-1}
          className={`main main-${place.screen}`}
          data-testid={`screen-${place.screen}`}
        >
          {SCREEN_ENTRIES[place.screen].show(workbook, place.focus)}
        </main>
      </div>
      {open === 'keys' && <KeyHelp onClose={() => setOpen(null)} />}
      {open === 'palette' && <Palette onClose={() => setOpen(null)} />}
      {open === 'secret' && person && <OwnSecretDialog person={person} onClose={() => setOpen(null)} />}
    </div>
  );
}
