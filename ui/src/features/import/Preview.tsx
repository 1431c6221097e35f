import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type I18n, useI18n } from '@/i18n';
import type { ImportPreview, WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { ProblemTable } from '@/shared/batches/ProblemTable';
import { ValidationReport } from '@/shared/batches/ValidationReport';
import { CheckField } from '@/shared/Field';
import { formatMoment, formatSize } from '@/shared/format';
import { useKeys } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Panel, ScreenHead, TaskProgress } from '@/shared/Parts';
import { useRefreshBook } from '@/shared/queries';
import { alone, saidText } from '@/shared/said';
import { useTask } from '@/shared/task';
import { commit } from './acting';
import { asks, type DeskFile, discard, openQuestions } from './desk';
import { HeaderChange } from './HeaderChange';
import { Plan } from './Plan';
import { ProofPanel } from './ProofPanel';
import { Questions } from './Questions';
import { Reading } from './Reading';

interface PreviewProps {
  file: DeskFile;
  preview: ImportPreview;
  workbook: WorkbookView;
}

function Notices({ file, preview }: { file: DeskFile; preview: ImportPreview }) {
  const i18n = useI18n();
  const { t, locale } = i18n;
  const alike = preview.validation?.steps
    .flatMap((step) => step.findings)
    .find((finding) => finding.said.code === 'finding.alike');
  return (
    <>
      {file.refusal && <FaultNotice fault={file.refusal} />}
      {file.replanned && (
        <Notice tone="warning" title={t('import.replanned')} testId="import-replanned">
          {t('import.replanned.text')}
        </Notice>
      )}
      {preview.importedBefore && (
        <Notice tone="info" title={t('import.before.title')} testId="import-before">
          {t('import.before', { when: formatMoment(preview.importedBefore, locale) })}
        </Notice>
      )}
      {preview.blockingProblems.length > 0 && (
        <Notice tone="problem" title={t('import.blocked')} testId="import-blocked">
          <ul className="plain-list">
            {preview.blockingProblems.map((problem) => (
              <li key={problem.english}>{alone(saidText(problem, i18n))}</li>
            ))}
          </ul>
        </Notice>
      )}
      {alike && (
        <Notice tone="warning" title={t('import.alike', { count: alike.rows })} testId="import-alike">
          {alone(saidText(alike.said, i18n))}
        </Notice>
      )}
      {asks(file) && (
        <Notice tone="warning" title={t('import.asks')} testId="import-asks">
          {t('import.asks.text')}
        </Notice>
      )}
    </>
  );
}

/** Format, encoding, size and fingerprint in one line. */
function about(preview: ImportPreview, { t, locale }: I18n): string {
  return [
    preview.format.toUpperCase(),
    preview.encoding,
    formatSize(preview.fileSize, locale),
    `SHA-256 ${preview.fileHash.slice(0, 12)}…`,
    preview.mappingRemembered ? t('import.remembered') : '',
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

interface HeadProps extends Omit<PreviewProps, 'workbook'> {
  leaveOut: boolean;
}

function Head({ file, preview, leaveOut }: HeadProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const refresh = useRefreshBook();
  const task = useTask();
  const busy = file.phase !== 'preview';
  const nothing = preview.rowsToAdd === 0;
  const free = preview.blockingProblems.length === 0 && !asks(file);
  const ready = !busy && free && !nothing && (preview.rowsRejected === 0 || leaveOut);

  const store = (): Promise<boolean> => commit(file.key, leaveOut, refresh);

  const group = t('nav.import');
  useKeys([
    {
      combo: 'Mod+Enter',
      label: t('import.commit.key'),
      group,
      run: () => void store(),
      enabled: ready,
      whileTyping: true,
    },
    { combo: 'x', label: t('import.discard'), group, run: () => void discard(file.key), enabled: !busy },
  ]);

  const storing = file.phase === 'committing' && task;
  return (
    <ScreenHead
      title={preview.fileName}
      actions={
        storing ? (
          <TaskProgress task={task} />
        ) : (
          <>
            <Button
              icon={Trash2}
              keys="x"
              disabled={busy}
              onClick={() => void discard(file.key)}
              testId="import-discard"
            >
              {t('import.discard')}
            </Button>
            <Button
              variant="primary"
              icon={Download}
              disabled={!ready}
              busy={file.phase === 'revising' || file.phase === 'committing'}
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
  );
}

function Rejects(props: {
  count: number;
  leaveOut: boolean;
  disabled: boolean;
  onChange: (on: boolean) => void;
}) {
  const { count, leaveOut, disabled, onChange } = props;
  const { t } = useI18n();
  useKeys([
    {
      combo: 'l',
      label: t('import.leaveOut'),
      group: t('nav.import'),
      run: () => onChange(!leaveOut),
      enabled: !disabled,
    },
  ]);
  return (
    <Notice tone="warning" title={t('import.rejects', { count })} testId="import-rejects">
      <CheckField
        label={t('import.leaveOut')}
        keys="l"
        checked={leaveOut}
        disabled={disabled}
        onChange={onChange}
        testId="leave-out-rejected"
      />
    </Notice>
  );
}

/** Everything about the file before anything is stored, and the button that stores exactly this. */
export function Preview({ file, preview, workbook }: PreviewProps) {
  const { t } = useI18n();
  const [leaveOut, setLeaveOut] = useState(false);
  const busy = file.phase !== 'preview';
  const questions = openQuestions(file);
  return (
    <div className="preview" data-testid="import-preview">
      <Head file={file} preview={preview} leaveOut={leaveOut} />
      <ProofPanel preview={preview} />
      <Notices file={file} preview={preview} />
      <Questions questions={questions} side={preview.side} disabled={busy} fileKey={file.key} />
      {preview.headerChange && (
        <HeaderChange
          change={preview.headerChange}
          waits={questions.length > 0}
          disabled={busy}
          fileKey={file.key}
        />
      )}
      {preview.rowsRejected > 0 && (
        <Rejects count={preview.rowsRejected} leaveOut={leaveOut} disabled={busy} onChange={setLeaveOut} />
      )}
      <Reading preview={preview} workbook={workbook} disabled={busy} fileKey={file.key} />
      {preview.proof && <Plan key={file.readings} preview={preview} readings={file.readings} />}
      {preview.diagnostics.length > 0 && (
        <Panel title={t('import.problems', { count: preview.diagnostics.length })} flush>
          <ProblemTable diagnostics={preview.diagnostics} />
        </Panel>
      )}
      {preview.validation && (
        <Panel title={t('quality.title')}>
          <ValidationReport report={preview.validation} />
        </Panel>
      )}
    </div>
  );
}
