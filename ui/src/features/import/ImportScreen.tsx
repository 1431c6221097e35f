import { ArrowRight, FileUp, Play } from 'lucide-react';
import { useEffect } from 'react';
import { useI18n } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { Button } from '@/shared/Button';
import { addPath, inboxStore, removeFromInbox } from '@/shared/inbox';
import { FaultNotice, Notice } from '@/shared/Notice';
import { goTo } from '@/shared/navigation';
import { Badge, Panel, ScreenHead, Skeleton, TaskProgress } from '@/shared/Parts';
import { useStore } from '@/shared/store';
import { useTask } from '@/shared/task';
import { DropZone } from './DropZone';
import { type Desk, deskStore, discard, type Taken, takeNext, takenStore } from './desk';
import { Preview } from './Preview';
import './import.css';

function TakenNotice({ taken }: { taken: Taken }) {
  const { t } = useI18n();
  const { added, duplicates, rejected } = taken.result;
  const parts = [
    t('import.result.added', { count: added }),
    ...(duplicates > 0 ? [t('import.result.duplicates', { count: duplicates })] : []),
    ...(rejected > 0 ? [t('import.result.rejected', { count: rejected })] : []),
  ];
  return (
    <Notice tone="good" title={taken.name} testId="import-result">
      {`${parts.join(', ')}.`}
    </Notice>
  );
}

function Waiting({ workbook }: { workbook: WorkbookView }) {
  const { t, word } = useI18n();
  const queued = useStore(inboxStore);
  if (workbook.waitingFiles.length === 0 && queued.length === 0) {
    return null;
  }
  return (
    <Panel title={t('import.waiting')} flush>
      <ul className="rows">
        {workbook.waitingFiles.map((file) => (
          <li key={file.path} className="row">
            <span className="row-main">{file.name}</span>
            <Badge tone="neutral">{word('side', file.side)}</Badge>
            <Button
              size="small"
              icon={ArrowRight}
              testId="waiting-import"
              onClick={() => {
                addPath(file.path, file.name, file.side);
              }}
            >
              {t('import.look')}
            </Button>
          </li>
        ))}
        {queued.map((file) => (
          <li key={file.key} className="row">
            <span className="row-main">{file.name}</span>
            <Badge tone="neutral">{t('import.queued')}</Badge>
            <Button size="small" variant="quiet" onClick={() => removeFromInbox(file.key)}>
              {t('action.remove')}
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OnDesk({ desk, workbook }: { desk: Desk; workbook: WorkbookView }) {
  const { t } = useI18n();
  const task = useTask();
  if (desk.phase === 'refused') {
    return (
      <FaultNotice
        fault={desk.refusal}
        actions={
          <Button size="small" onClick={() => void discard()} testId="import-dismiss">
            {t('import.putAside', { name: desk.file.name })}
          </Button>
        }
      />
    );
  }
  if (!desk.preview) {
    return (
      <Panel title={t('import.reading', { name: desk.file.name })}>
        {task ? <TaskProgress task={task} /> : <Skeleton rows={8} />}
      </Panel>
    );
  }
  return <Preview desk={desk} preview={desk.preview} workbook={workbook} />;
}

/** Taking files in: drop, look, correct, store. */
export function ImportScreen({ workbook }: { workbook: WorkbookView }) {
  const { t } = useI18n();
  const desk = useStore(deskStore);
  const queued = useStore(inboxStore);
  const taken = useStore(takenStore);
  const ready = workbook.counts.lines > 0 && workbook.counts.entries > 0;

  useEffect(() => {
    if (desk === null && queued.length > 0) {
      void takeNext();
    }
  }, [desk, queued]);

  return (
    <div className="screen">
      {desk ? (
        <OnDesk desk={desk} workbook={workbook} />
      ) : (
        <>
          <ScreenHead
            title={t('import.title')}
            actions={
              taken.length > 0 &&
              ready && (
                <Button variant="primary" icon={Play} onClick={() => goTo('overview')} testId="import-next">
                  {t('import.next')}
                </Button>
              )
            }
          >
            {t('import.sub')}
          </ScreenHead>
          {taken.map((item) => (
            <TakenNotice key={item.result.batchId} taken={item} />
          ))}
          <DropZone />
          <Waiting workbook={workbook} />
          <Panel title={t('import.help')}>
            <ul className="help-list">
              <li>
                <FileUp aria-hidden size={15} />
                {t('import.help.formats')}
              </li>
              <li>
                <FileUp aria-hidden size={15} />
                {t('import.help.columns')}
              </li>
              <li>
                <FileUp aria-hidden size={15} />
                {t('import.help.twice')}
              </li>
            </ul>
          </Panel>
        </>
      )}
    </div>
  );
}
