import { FolderInput, Save } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { ImportPreview, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { Panel } from '@/shared/Parts';
import { saidText } from '@/shared/said';
import { showToast } from '@/shared/toasts';
import { loadMapping, saveMapping } from './acting';
import { ColumnTable } from './ColumnTable';
import { Controls } from './Controls';

interface ReadingProps {
  preview: ImportPreview;
  workbook: WorkbookView;
  disabled: boolean;
  fileKey: string;
}

/** What was found out about the file, each thing with how sure it is. */
function Detected({ preview }: { preview: ImportPreview }) {
  const i18n = useI18n();
  const { t, word } = i18n;
  if (preview.detected.length === 0) {
    return null;
  }
  return (
    <dl className="detected" aria-label={t('detected.title')} data-testid="detected">
      {preview.detected.map(({ what, said, sureness }) => (
        <div key={what} data-sureness={sureness}>
          <dt>{word('detected', what)}</dt>
          <dd>
            {word('delimiter', saidText(said, i18n))}
            <span className={`sureness sureness-${sureness}`}>{word('sureness', sureness)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function MappingFile({ disabled, fileKey }: { disabled: boolean; fileKey: string }) {
  const { t } = useI18n();

  async function save(): Promise<void> {
    const path = await saveMapping(fileKey);
    if (path) {
      showToast({ tone: 'done', text: t('mapping.saved', { path }) });
    }
  }

  const group = t('nav.import');
  useKeys([
    { combo: 's', label: t('mapping.save'), group, run: () => void save(), enabled: !disabled },
    { combo: 'o', label: t('mapping.load'), group, run: () => void loadMapping(fileKey), enabled: !disabled },
  ]);

  return (
    <span className="mapping-file">
      <Button
        size="small"
        icon={FolderInput}
        keys="o"
        disabled={disabled}
        title={t('mapping.hint')}
        onClick={() => void loadMapping(fileKey)}
        testId="mapping-load"
      >
        {t('mapping.load')}
      </Button>
      <Button
        size="small"
        icon={Save}
        keys="s"
        disabled={disabled}
        title={t('mapping.hint')}
        onClick={() => void save()}
        testId="mapping-save"
      >
        {t('mapping.save')}
      </Button>
    </span>
  );
}

/** How the file is read, and where that is corrected. */
export function Reading({ preview, workbook, disabled, fileKey }: ReadingProps) {
  const { t } = useI18n();
  return (
    <Panel
      title={t('reading.title')}
      aside={!preview.columnsKnown && <MappingFile disabled={disabled} fileKey={fileKey} />}
      flush
    >
      <div className="panel-pad reading-controls">
        <Controls preview={preview} workbook={workbook} disabled={disabled} fileKey={fileKey} />
        <Detected preview={preview} />
      </div>
      {preview.columnsKnown ? (
        <p className="table-foot" data-testid="columns-known">
          {t('reading.known', { format: preview.format.toUpperCase() })}
        </p>
      ) : (
        <>
          <p className="columns-hint">{t('import.columns.hint')}</p>
          <ColumnTable preview={preview} disabled={disabled} fileKey={fileKey} />
        </>
      )}
    </Panel>
  );
}
