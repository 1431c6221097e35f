import { FolderOpen, RotateCcw, X } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { formatSize } from '@/shared/format';
import { useKeys } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { ScreenHead } from '@/shared/Parts';
import { type DeskFile, discard, takeOff } from './desk';
import { choosePaths, limitExceeded, lookAgain, lookAnyway } from './looking';

/** How many times larger the next try may be. */
const STEP = 4;

function TooLarge({ file }: { file: DeskFile }) {
  const { t, locale } = useI18n();
  const { source } = file.origin;
  const size = source.kind === 'bytes' ? formatSize(source.file.size, locale) : '';

  async function choose(): Promise<void> {
    if (await choosePaths()) {
      takeOff(file.key);
    }
  }

  useKeys([
    { combo: 'f', label: t('import.large.choose'), group: t('nav.import'), run: () => void choose() },
  ]);

  return (
    <Notice
      tone="warning"
      title={t('import.large.title', { size })}
      testId="import-large"
      actions={
        <Button
          size="small"
          icon={FolderOpen}
          keys="f"
          onClick={() => void choose()}
          testId="import-large-choose"
        >
          {t('import.large.choose')}
        </Button>
      }
    >
      {t('import.large.text')}
    </Notice>
  );
}

function Refused({ file }: { file: DeskFile }) {
  const { t } = useI18n();
  const limit = limitExceeded(file);
  const more = limit === null ? null : limit * STEP;
  const again = more === null ? () => lookAgain(file) : () => lookAnyway(file, more);
  const label = more === null ? t('import.again') : t('import.anyway', { size: more });

  useKeys([{ combo: 't', label, group: t('nav.import'), run: again }]);

  const action = (
    <Button
      size="small"
      icon={RotateCcw}
      keys="t"
      onClick={again}
      testId={more === null ? 'import-again' : 'import-anyway'}
    >
      {label}
    </Button>
  );
  return file.refusal?.code === 'cancelled' ? (
    <Notice tone="info" title={t('import.cancelled')} actions={action} testId="import-cancelled" />
  ) : (
    <FaultNotice fault={file.refusal} actions={action} />
  );
}

/** A file that could not be looked into: why, and what can be done. */
export function Refusal({ file }: { file: DeskFile }) {
  const { t } = useI18n();
  useKeys([
    { combo: 'x', label: t('import.putAside'), group: t('nav.import'), run: () => void discard(file.key) },
  ]);
  return (
    <div className="preview" data-testid="import-refused">
      <ScreenHead
        title={file.name}
        actions={
          <Button icon={X} keys="x" onClick={() => void discard(file.key)} testId="import-dismiss">
            {t('import.putAside')}
          </Button>
        }
      />
      {file.phase === 'tooLarge' ? <TooLarge file={file} /> : <Refused file={file} />}
    </div>
  );
}
