import { ArrowRight } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { WaitingFile } from '@/ipc';
import { Button } from '@/shared/Button';
import { addPath } from '@/shared/inbox';
import { goTo } from '@/shared/navigation';
import { Badge, Panel } from '@/shared/Parts';

/** Files that lie ready beside the workbook. */
export function WaitingFiles({ files }: { files: WaitingFile[] }) {
  const { t, word } = useI18n();
  if (files.length === 0) {
    return null;
  }
  return (
    <Panel title={t('import.waiting')} flush testId="waiting-files">
      <ul className="rows">
        {files.map((file) => (
          <li key={file.path} className="row">
            <span className="row-main" title={file.path}>
              {file.name}
            </span>
            <Badge tone="neutral">{word('side', file.side)}</Badge>
            <Button
              size="small"
              icon={ArrowRight}
              needs="import"
              testId="waiting-import"
              onClick={() => {
                addPath(file.path, file.name, file.side);
                goTo('import');
              }}
            >
              {t('import.look')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
