import { Archive, FileDown, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { JournalBatchesView, JournalBatchView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { Count } from '@/shared/Count';
import { chooseJournalPath } from '@/shared/choosePath';
import { MomentText } from '@/shared/Dates';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { FaultNotice } from '@/shared/Notice';
import { Empty, Panel, Skeleton } from '@/shared/Parts';
import { scrollable } from '@/shared/scrollable';
import { Pages } from './Pages';
import { useJournalRights } from './rights';
import { BATCHES, type JournalActions } from './useJournal';

interface BatchTableProps {
  batches: JournalBatchesView | undefined;
  /** From 0. */
  page: number;
  onPage: (page: number) => void;
  actions: JournalActions;
}

/** What was exported, newest first; each file can be written again, and the newest batch taken back. */
export function BatchTable({ batches, page, onPage, actions }: BatchTableProps) {
  const { t } = useI18n();
  const rights = useJournalRights();
  const [taking, setTaking] = useState<number | null>(null);
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<unknown>(null);

  async function again({ number, fileName }: JournalBatchView): Promise<void> {
    setFault(null);
    try {
      const path = await chooseJournalPath(true, fileName);
      if (path !== null) {
        await actions.again(number, path);
      }
    } catch (refusal) {
      setFault(refusal);
    }
  }

  if (!batches) {
    return (
      <Panel>
        <Skeleton rows={4} height={20} />
      </Panel>
    );
  }
  return (
    <Panel flush testId="journal-batches">
      {fault !== null && <FaultNotice fault={fault} />}
      {batches.total === 0 ? (
        <Empty icon={Archive} title={t('journal.batches.none')} testId="journal-batches-none">
          {t('journal.batches.none.text')}
        </Empty>
      ) : (
        <div ref={scrollable} className="journal-scroll">
          <table className="table journal-table">
            <thead>
              <tr>
                <th className="right">{t('journal.batch')}</th>
                <th>{t('journal.date')}</th>
                <th>{t('journal.who')}</th>
                <th className="right">{t('journal.count')}</th>
                <th className="right">{t('journal.sums')}</th>
                <th>{t('journal.file')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {batches.rows.map((batch) => (
                <tr key={batch.number} data-testid="journal-batch" data-taken-back={batch.takenBack !== null}>
                  <td className="right">
                    <Count of={batch.number} />
                  </td>
                  <td>
                    <MomentText iso={batch.at} />
                  </td>
                  <td>{batch.by}</td>
                  <td className="right">
                    <Count of={batch.entries} />
                  </td>
                  <td className="right">
                    {batch.sums.map(({ amount }) => (
                      <div key={amount.currency}>
                        <Amount amount={amount} currency />
                      </div>
                    ))}
                  </td>
                  <td>
                    {batch.fileName}
                    <div className="muted journal-hash" title={batch.hash}>
                      {`SHA-256 ${batch.hash.slice(0, 16)}…`}
                    </div>
                    {batch.takenBack && (
                      <div className="journal-taken-back">
                        {t('journal.takenBack', { by: batch.takenBack.by, reason: batch.takenBack.reason })}
                      </div>
                    )}
                  </td>
                  <td className="right journal-actions">
                    <Button
                      size="small"
                      icon={FileDown}
                      onClick={() => void again(batch)}
                      testId="journal-again"
                    >
                      {t('journal.again')}
                    </Button>
                    {rights.export && batch.number === batches.newest && (
                      <Button
                        size="small"
                        icon={Undo2}
                        onClick={() => {
                          setReason('');
                          setTaking(batch.number);
                        }}
                        testId="journal-take-back"
                      >
                        {t('journal.takeBack')}
                      </Button>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Pages page={page} size={BATCHES} total={batches.total} onPage={onPage} testId="journal-batch-pages" />
      {taking !== null && (
        <FormDialog
          title={t('journal.takeBack.title', { number: taking })}
          action={t('journal.takeBack')}
          icon={Undo2}
          ready={reason.trim() !== ''}
          danger
          testId="journal-take-back-dialog"
          onClose={() => setTaking(null)}
          onSubmit={() => actions.takeBack(taking, reason.trim())}
        >
          <p className="prose">{t('journal.takeBack.text')}</p>
          <TextField
            label={t('journal.takeBack.reason')}
            value={reason}
            onChange={setReason}
            autoFocus
            testId="journal-take-back-reason"
          />
        </FormDialog>
      )}
    </Panel>
  );
}
