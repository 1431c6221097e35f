import { useQuery } from '@tanstack/react-query';
import { ArrowRight, FileUp, Play } from 'lucide-react';
import { useEffect } from 'react';
import { type I18n, i18nNow, useI18n } from '@/i18n';
import { host, type WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { BatchPanel } from '@/shared/batches/BatchPanel';
import { addPath, clearInbox, inboxStore } from '@/shared/inbox';
import { useKeys } from '@/shared/keys';
import { Notice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Badge, Panel, ScreenHead, Skeleton, TaskProgress } from '@/shared/Parts';
import { usePermission } from '@/shared/permission';
import { KEYS } from '@/shared/queries';
import { useStore } from '@/shared/store';
import { useTask } from '@/shared/task';
import { showToast } from '@/shared/toasts';
import { DeletedRows } from './DeletedRows';
import { activeStore, type DeskFile, deskStore, type Taken, takenStore } from './desk';
import { FileList } from './FileList';
import { DropZone } from './Intake';
import { takeAll } from './looking';
import { Preview } from './Preview';
import { Refusal } from './Refusal';
import './import.css';
import './plan.css';

function wordsOf({ added, duplicates, rejected }: Taken['result'], { t }: I18n): string {
  const parts = [
    t('import.result.added', { count: added }),
    ...(duplicates > 0 ? [t('import.result.duplicates', { count: duplicates })] : []),
    ...(rejected > 0 ? [t('import.result.rejected', { count: rejected })] : []),
  ];
  return `${parts.join(', ')}.`;
}

function TakenNotice({ taken }: { taken: Taken[] }) {
  const i18n = useI18n();
  return (
    <Notice tone="good" title={i18n.t('import.taken')}>
      <ul className="plain-list taken">
        {taken.map(({ name, result }) => (
          <li key={result.batchId} data-testid="import-result">
            <strong>{name}</strong> {wordsOf(result, i18n)}
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function Waiting({ workbook }: { workbook: WorkbookView }) {
  const { t, word } = useI18n();
  const [first] = workbook.waitingFiles;
  useKeys([
    {
      combo: 'w',
      label: t('import.look.key'),
      group: t('nav.import'),
      run: () => first && addPath(first.path, first.name, first.side),
      enabled: first !== undefined,
      needs: 'import',
    },
  ]);
  if (!first) {
    return null;
  }
  return (
    <Panel title={t('import.waiting')} flush>
      <ul className="rows">
        {workbook.waitingFiles.map((file, index) => (
          <li key={file.path} className="row">
            <span className="row-main">{file.name}</span>
            <Badge tone="neutral">{word('side', file.side)}</Badge>
            <Button
              size="small"
              icon={ArrowRight}
              keys={index === 0 ? 'w' : undefined}
              needs="import"
              testId="waiting-import"
              onClick={() => addPath(file.path, file.name, file.side)}
            >
              {t('import.look')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Help() {
  const { t } = useI18n();
  return (
    <Panel title={t('import.help')}>
      <ul className="help-list">
        {(['import.help.formats', 'import.help.columns', 'import.help.twice'] as const).map((key) => (
          <li key={key}>
            <FileUp aria-hidden size={15} />
            {t(key)}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OnDesk({ file, workbook }: { file: DeskFile; workbook: WorkbookView }) {
  const { t } = useI18n();
  const task = useTask();
  if (file.phase === 'refused' || file.phase === 'tooLarge') {
    return <Refusal file={file} />;
  }
  if (!file.preview) {
    const reading = file.phase === 'reading' && task;
    return (
      <Panel title={t('import.reading', { name: file.name })}>
        {reading ? <TaskProgress task={task} /> : <Skeleton rows={8} />}
      </Panel>
    );
  }
  return <Preview file={file} preview={file.preview} workbook={workbook} />;
}

function EmptyDesk({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  const batches = useQuery({ queryKey: KEYS.batches, queryFn: () => host().call('list_batches', {}) });
  const undone = new Set(batches.data?.filter(({ state }) => state === 'failed').map(({ id }) => id));
  const taken = useStore(takenStore).filter(({ result }) => !undone.has(result.batchId));
  const ready = workbook.counts.lines > 0 && workbook.counts.entries > 0;
  return (
    <>
      <ScreenHead
        title={t('import.title')}
        actions={
          taken.length > 0 &&
          ready && (
            <Button
              variant="primary"
              icon={Play}
              keys="g o"
              onClick={() => goTo('overview')}
              testId="import-next"
            >
              {t('import.next')}
            </Button>
          )
        }
      >
        {t('import.sub')}
      </ScreenHead>
      {taken.length > 0 && <TakenNotice taken={taken} />}
      <DropZone />
      <Waiting workbook={workbook} />
      <BatchPanel />
      <DeletedRows />
      <Help />
    </>
  );
}

/** Taking files in: drop, look, correct, answer, store. */
export function ImportScreen({ workbook }: { workbook: WorkbookView }) {
  const files = useStore(deskStore);
  const queued = useStore(inboxStore);
  const chosen = useStore(activeStore);
  const { may } = usePermission('import');
  const active = files.find((file) => file.key === chosen) ?? files[0];

  useEffect(() => {
    if (queued.length === 0) {
      return;
    }
    if (may) {
      takeAll();
    } else {
      clearInbox();
      const worded = (i18n: I18n) => i18n.t('permission.import.files', { count: queued.length });
      showToast({ tone: 'problem', text: worded(i18nNow()), worded });
    }
  }, [queued, may]);

  return (
    <div className="screen">
      {active ? (
        <>
          {files.length > 1 && <FileList files={files} active={active} />}
          {files.length > 1 ? (
            <div id="import-file" role="tabpanel" aria-labelledby={`tab-${active.key}`}>
              <OnDesk key={active.key} file={active} workbook={workbook} />
            </div>
          ) : (
            <OnDesk key={active.key} file={active} workbook={workbook} />
          )}
        </>
      ) : (
        <EmptyDesk workbook={workbook} />
      )}
    </div>
  );
}
