import {
  CircleCheck,
  CircleHelp,
  CircleMinus,
  CircleX,
  Download,
  LoaderCircle,
  type LucideIcon,
  TriangleAlert,
} from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { Keys } from '@/shared/Keys';
import { useKeys } from '@/shared/keys';
import { Badge, Panel } from '@/shared/Parts';
import { useRefreshBook } from '@/shared/queries';
import { commitClear } from './acting';
import { activeStore, type DeskFile, type Standing, standingOf } from './desk';
import { ChooseFiles } from './Intake';

type Tone = 'neutral' | 'good' | 'warning' | 'problem' | 'accent';

const MARKS: Record<Standing, { tone: Tone; icon: LucideIcon }> = {
  reading: { tone: 'neutral', icon: LoaderCircle },
  storing: { tone: 'neutral', icon: LoaderCircle },
  refused: { tone: 'problem', icon: CircleX },
  blocked: { tone: 'problem', icon: CircleX },
  asks: { tone: 'warning', icon: CircleHelp },
  rejects: { tone: 'warning', icon: TriangleAlert },
  unproved: { tone: 'warning', icon: TriangleAlert },
  nothing: { tone: 'neutral', icon: CircleMinus },
  clear: { tone: 'good', icon: CircleCheck },
};

function FileTab({ file, active }: { file: DeskFile; active: boolean }) {
  const { t, word } = useI18n();
  const standing = standingOf(file);
  const { tone, icon } = MARKS[standing];
  const { preview } = file;
  return (
    <button
      type="button"
      role="tab"
      id={`tab-${file.key}`}
      aria-selected={active}
      aria-controls="import-file"
      tabIndex={active ? 0 : -1}
      className="file-tab"
      data-testid="desk-file"
      data-standing={standing}
      onClick={() => activeStore.set(file.key)}
    >
      <span className="row-main">{file.name}</span>
      {preview && <span className="muted num">{t('import.commit.rows', { count: preview.rowsToAdd })}</span>}
      <Badge tone={tone} icon={icon}>
        {file.phase === 'waiting' ? t('import.queued') : word('standing', standing)}
      </Badge>
    </button>
  );
}

/** The files on the desk, each with its own preview, when there are several. */
export function FileList({ files, active }: { files: DeskFile[]; active: DeskFile }) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const clear = files.filter((file) => standingOf(file) === 'clear').length;
  const at = files.indexOf(active);
  const busy = files.some((file) => file.phase === 'committing');

  function go(by: number): void {
    const next = files[(at + by + files.length) % files.length];
    if (next) {
      activeStore.set(next.key);
      const tab = document.getElementById(`tab-${next.key}`);
      tab?.scrollIntoView?.({ block: 'nearest' });
      if (document.activeElement?.getAttribute('role') === 'tab') {
        tab?.focus();
      }
    }
  }

  const importClear = (): Promise<number> => commitClear(refresh);

  const group = t('nav.import');
  useKeys([
    { combo: 'j', label: t('import.file.next'), group, run: () => go(1), repeats: true },
    { combo: 'k', label: t('import.file.previous'), group, run: () => go(-1), repeats: true },
    {
      combo: 'Mod+Shift+Enter',
      label: t('import.clear.key'),
      group,
      run: () => void importClear(),
      enabled: clear > 0 && !busy,
      whileTyping: true,
    },
  ]);

  return (
    <Panel
      title={t('import.files', { count: files.length })}
      aside={
        <span className="file-actions">
          <Keys combo="j k" />
          <ChooseFiles variant="secondary" />
          <Button
            icon={Download}
            keys="Mod+Shift+Enter"
            disabled={clear === 0 || busy}
            onClick={() => void importClear()}
            testId="import-clear"
          >
            {t('import.clear', { count: clear })}
          </Button>
        </span>
      }
      flush
      testId="desk-files"
    >
      <div
        className="file-tabs"
        role="tablist"
        aria-orientation="vertical"
        aria-label={t('import.files', { count: files.length })}
        onKeyDown={(event) => {
          const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
          if (by) {
            event.preventDefault();
            go(by);
          }
        }}
      >
        {files.map((file) => (
          <FileTab key={file.key} file={file} active={file === active} />
        ))}
      </div>
    </Panel>
  );
}
