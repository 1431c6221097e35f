import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type I18n, useI18n } from '@/i18n';
import type { ImportPreview, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { CheckField } from '@/shared/Field';
import { formatMoment, formatSize } from '@/shared/format';
import { useKeys } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Panel, ScreenHead, TaskProgress } from '@/shared/Parts';
import { useRefreshBook } from '@/shared/queries';
import { useTask } from '@/shared/task';
import { ColumnTable } from './ColumnTable';
import { Controls } from './Controls';
import { commit, type Desk, discard } from './desk';
import { Facts } from './Facts';
import { AmbiguityNotice, ProblemTable } from './Problems';
import { RowTable } from './RowTable';

interface PreviewProps {
  desk: Desk;
  preview: ImportPreview;
  workbook: WorkbookView;
}

function Notices({ preview, disabled }: { preview: ImportPreview; disabled: boolean }) {
  const { t, locale } = useI18n();
  return (
    <>
      {preview.importedBefore && (
        <Notice tone="info" title={t('import.before.title')} testId="import-before">
          {t('import.before', { when: formatMoment(preview.importedBefore, locale) })}
        </Notice>
      )}
      {preview.blockingProblems.length > 0 && (
        <Notice tone="problem" title={t('import.blocked')} testId="import-blocked">
          <ul className="plain-list">
            {preview.blockingProblems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </Notice>
      )}
      {preview.ambiguities.map((ambiguity) => (
        <AmbiguityNotice
          key={ambiguity.what}
          ambiguity={ambiguity}
          mapping={preview.mapping}
          disabled={disabled}
        />
      ))}
    </>
  );
}

const DELIMITERS: Record<string, string> = { '\t': 'tab' };

/** Format, encoding, separator, size and fingerprint in one line. */
function about(preview: ImportPreview, { t, word, locale }: I18n): string {
  const mark = preview.delimiter ?? '';
  return [
    preview.format.toUpperCase(),
    preview.encoding,
    mark && t('import.separator', { mark: word('delimiter', DELIMITERS[mark] ?? mark) }),
    formatSize(preview.fileSize, locale),
    `SHA-256 ${preview.fileHash.slice(0, 12)}…`,
    preview.mappingRemembered ? t('import.remembered') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

/** Everything about the file before anything is stored, and the button that stores exactly this. */
export function Preview({ desk, preview, workbook }: PreviewProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const [leaveOut, setLeaveOut] = useState(false);
  const refresh = useRefreshBook();
  const task = useTask();
  const busy = desk.phase !== 'preview';
  const rejects = preview.rowsRejected > 0;
  const nothing = preview.rowsToAdd === 0;
  const ready = !busy && preview.blockingProblems.length === 0 && !nothing && (!rejects || leaveOut);

  async function store(): Promise<void> {
    if (await commit(leaveOut)) {
      await refresh();
    }
  }

  useKeys([
    {
      combo: 'Mod+Enter',
      label: t('import.commit.key'),
      group: t('nav.import'),
      run: () => void store(),
      enabled: ready,
      whileTyping: true,
    },
  ]);

  return (
    <div className="preview" data-testid="import-preview">
      <ScreenHead
        title={preview.fileName}
        actions={
          desk.phase === 'committing' && task ? (
            <TaskProgress task={task} />
          ) : (
            <>
              <Button icon={Trash2} disabled={busy} onClick={() => void discard()} testId="import-discard">
                {t('import.discard')}
              </Button>
              <Button
                variant="primary"
                icon={Download}
                disabled={!ready}
                busy={desk.phase === 'revising'}
                onClick={() => void store()}
                keys="Mod+Enter"
                testId="import-commit"
              >
                {nothing ? t('import.nothing') : t('import.commit', { count: preview.rowsToAdd })}
              </Button>
            </>
          )
        }
      >
        {about(preview, i18n)}
      </ScreenHead>
      {desk.refusal && <FaultNotice fault={desk.refusal} />}
      <Notices preview={preview} disabled={busy} />
      {rejects && (
        <Notice
          tone="warning"
          title={t('import.rejects', { count: preview.rowsRejected })}
          testId="import-rejects"
        >
          <CheckField
            label={t('import.leaveOut')}
            checked={leaveOut}
            disabled={busy}
            onChange={setLeaveOut}
            testId="leave-out-rejected"
          />
        </Notice>
      )}
      <Panel>
        <Facts preview={preview} />
        <Controls preview={preview} workbook={workbook} disabled={busy} />
      </Panel>
      {preview.diagnostics.length > 0 && (
        <Panel title={t('import.problems', { count: preview.diagnostics.length })} flush>
          <ProblemTable diagnostics={preview.diagnostics} />
        </Panel>
      )}
      <Panel
        title={t('import.columns')}
        aside={<span className="muted">{t('import.columns.hint')}</span>}
        flush
      >
        <ColumnTable preview={preview} disabled={busy} />
      </Panel>
      <Panel
        title={t('import.rows')}
        aside={
          <span className="muted">
            {t('import.rows.shown', { shown: preview.rows.length, of: preview.rowsTotal })}
          </span>
        }
        flush
      >
        <RowTable preview={preview} />
      </Panel>
    </div>
  );
}
