import { FileSpreadsheet, FolderOpen } from 'lucide-react';
import { type DragEvent, useRef, useState } from 'react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { addFiles } from '@/shared/inbox';
import { useKeys } from '@/shared/keys';
import { choosePaths } from './looking';

/** The way to files: the system's dialog, or the window's own where there is none. */
export function ChooseFiles({ variant }: { variant: 'primary' | 'secondary' }) {
  const { t } = useI18n();
  const input = useRef<HTMLInputElement>(null);

  async function choose(): Promise<void> {
    if (!(await choosePaths())) {
      input.current?.click();
    }
  }

  useKeys([
    {
      combo: 'f',
      label: t('import.chooseFiles'),
      group: t('nav.import'),
      run: () => void choose(),
      needs: 'import',
    },
  ]);

  return (
    <>
      <Button
        variant={variant}
        icon={FolderOpen}
        keys="f"
        needs="import"
        onClick={() => void choose()}
        testId="choose-files"
      >
        {t('import.chooseFiles')}
      </Button>
      <input
        ref={input}
        className="sr-only"
        type="file"
        multiple
        tabIndex={-1}
        aria-label={t('import.chooseFiles')}
        data-testid="file-input"
        onChange={(event) => {
          addFiles(event.target.files ?? []);
          event.target.value = '';
        }}
      />
    </>
  );
}

/** Where files are dropped or picked. */
export function DropZone() {
  const { t } = useI18n();
  const [over, setOver] = useState(false);

  function drop(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
    setOver(false);
    addFiles(event.dataTransfer.files);
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button inside is the first
    <div
      className={`drop ${over ? 'drop-over' : ''}`}
      data-testid="drop-zone"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <FileSpreadsheet aria-hidden size={30} strokeWidth={1.4} />
      <p className="drop-title">{t('import.drop')}</p>
      <p className="drop-text">{t('import.drop.formats')}</p>
      <ChooseFiles variant="primary" />
    </div>
  );
}
