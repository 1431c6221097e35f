import { useQueryClient } from '@tanstack/react-query';
import { History, Undo2, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Heading, Modal, ModalOverlay, Dialog as PlainDialog } from 'react-aria-components';
import { useI18n } from '@/i18n';
import { type ActsView, type ActView, host } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { actText } from '@/shared/acts';
import { Button } from '@/shared/Button';
import { MomentText } from '@/shared/Dates';
import { useOverlay } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Empty, Skeleton } from '@/shared/Parts';
import { usePages } from '@/shared/pages';
import { KEYS, refreshBook } from '@/shared/queries';
import { VirtualList } from '@/shared/VirtualList';
import { type Outcome, undo } from './actions';
import { ACT_ICONS } from './marks';

/**
 * Takes back everything down to this act, beginning with `next`, which is what `undo` would take back. Each step names its
 * act, so that nothing done meanwhile is taken back: it ends there. What was taken back otherwise is passed over; nothing
 * older is touched, for identifiers grow with time. Answers how many, and why it stopped if it did.
 */
export async function undoDownTo(
  act: ActView,
  next: ActView | null,
): Promise<{ undone: number; stopped: Exclude<Outcome, { kind: 'settled' }> | null }> {
  let undone = 0;
  for (let following = next; following !== null && following.id >= act.id; undone += 1) {
    const answer = await undo(following.id);
    if (answer.kind !== 'settled') {
      return { undone, stopped: answer };
    }
    following = answer.outcome.undoable;
  }
  return { undone, stopped: null };
}

function ActRow({ act }: { act: ActView }) {
  const { t, word } = useI18n();
  const Icon = ACT_ICONS[act.kind] ?? History;
  return (
    <div className={`act ${act.standing ? '' : 'act-back'}`}>
      <Icon aria-hidden size={16} className="act-icon" />
      <span className="act-what">
        <strong>{word('act', act.kind)}</strong>
        <span>{act.items > 1 ? t('acts.items', { count: act.items }) : act.title}</span>
      </span>
      <Amount amount={act.amount} currency dash className="act-amount" />
      <span className="act-by muted">
        {act.by}
        {' · '}
        <MomentText iso={act.at} />
        {!act.standing && ` · ${t('acts.back')}`}
      </span>
    </div>
  );
}

interface HistorySheetProps {
  user: string;
  undoable: ActView | null;
  onClose: () => void;
}

/** What people did, newest first; one's own acts can be taken back down to any of them. */
export function HistorySheet({ user, undoable, onClose }: HistorySheetProps) {
  const i18n = useI18n();
  const { t } = i18n;
  const client = useQueryClient();
  const listRef = useRef<HTMLDivElement>(null);
  const [selected, setSelected] = useState(0);
  const [asking, setAsking] = useState<ActView | null>(null);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const acts = usePages<ActView, ActsView>(KEYS.acts, (offset, limit) =>
    host().call('acts', { offset, limit }),
  );
  // While acts are being taken back the sheet stays: what is next must be seen.
  useOverlay(() => {
    if (!busy) {
      onClose();
    }
  });
  const act = acts.rowAt(selected);
  const own = act?.standing && act.by === user;

  // The list has the keys: it takes the focus once there is one.
  const hasRows = acts.total > 0;
  useEffect(() => {
    if (hasRows) {
      listRef.current?.focus();
    }
  }, [hasRows]);

  async function takeBack(): Promise<void> {
    if (asking === null || busy) {
      return;
    }
    setBusy(true);
    const { undone, stopped } = await undoDownTo(asking, undoable);
    setRefusal(
      stopped?.kind === 'stale' ? t('acts.downTo.stale', { count: undone }) : (stopped?.reason ?? null),
    );
    setAsking(null);
    setBusy(false);
    await refreshBook(client);
    listRef.current?.focus();
  }

  /** What is being taken back cannot be called back, and how it ends is told here. */
  function close(): void {
    if (!busy) {
      onClose();
    }
  }

  return (
    <ModalOverlay
      className="overlay overlay-side"
      isOpen
      isDismissable={!busy}
      isKeyboardDismissDisabled={busy}
      onOpenChange={(open) => !open && close()}
    >
      <Modal className="modal history-sheet">
        <PlainDialog className="dialog" data-testid="history">
          <header className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {t('acts.title')}
            </Heading>
            <Button
              variant="quiet"
              size="small"
              icon={X}
              aria-label={t('action.close')}
              disabled={busy}
              onClick={close}
              testId="dialog-close"
            />
          </header>
          <div className="history-body">
            {acts.fault != null && <FaultNotice fault={acts.fault} />}
            {!acts.loaded && acts.fault == null && <Skeleton rows={8} height={36} />}
            {acts.loaded && acts.total === 0 && <Empty icon={History} title={t('acts.none')} />}
            {acts.total > 0 && (
              <VirtualList
                count={acts.total}
                rowHeight={56}
                label={t('acts.title')}
                name="act"
                selected={selected}
                listRef={listRef}
                onSelect={setSelected}
                onOpen={() => own && setAsking(act)}
                onRange={acts.onRange}
              >
                {(index) => {
                  const row = acts.rowAt(index);
                  return row ? <ActRow act={row} /> : <span className="queue-blank" />;
                }}
              </VirtualList>
            )}
          </div>
          <footer className="dialog-foot history-foot">
            {refusal && <Notice tone="problem" title={refusal} testId="error-message" />}
            {asking ? (
              <>
                <p className="history-ask" data-testid="history-ask">
                  {t('acts.downTo.ask', { act: actText(asking, i18n) })}
                </p>
                <Button
                  disabled={busy}
                  onClick={() => {
                    setAsking(null);
                    listRef.current?.focus();
                  }}
                >
                  {t('action.cancel')}
                </Button>
                <Button
                  variant="danger"
                  icon={Undo2}
                  busy={busy}
                  disabled={busy}
                  autoFocus
                  onClick={() => void takeBack()}
                  testId="history-confirm"
                >
                  {t('acts.downTo.do')}
                </Button>
              </>
            ) : (
              <Button
                icon={Undo2}
                keys="Enter"
                disabled={!own}
                title={act && !own ? t('acts.notOwn') : undefined}
                onClick={() => own && setAsking(act)}
                testId="history-down-to"
              >
                {t('acts.downTo')}
              </Button>
            )}
          </footer>
        </PlainDialog>
      </Modal>
    </ModalOverlay>
  );
}
