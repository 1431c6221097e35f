import { CircleCheck, Link2, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useI18n } from '@/i18n';
import type { HandBalanceView, RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { isZero } from '@/shared/decimal';
import { TextField } from '@/shared/Field';
import { Notice } from '@/shared/Notice';
import { noteWord } from '@/shared/recentWords';
import { Adjustments, emptyDraft } from './Adjustments';
import { groupOf, type Picked, usedPart, useHandBalance } from './hand';
import { RecordPicker } from './RecordPicker';
import { type HandEnds, usePutTogether } from './usePutTogether';

interface HandDialogProps extends HandEnds {
  lines: RecordView[];
  entries: RecordView[];
}

function toggled(picked: Picked[], record: RecordView): Picked[] {
  return picked.some((other) => other.record.id === record.id)
    ? picked.filter((other) => other.record.id !== record.id)
    : [...picked, { record, part: null }];
}

function withPart(picked: Picked[], id: string, part: string | null): Picked[] {
  return picked.map((one) => (one.record.id === id ? { ...one, part } : one));
}

function Sums({ balance }: { balance: HandBalanceView | null }) {
  const { t } = useI18n();
  const balanced = balance !== null && isZero(balance.difference.value);
  const Sign = balanced ? CircleCheck : TriangleAlert;
  return (
    <dl className={`hand-sum ${balanced ? 'hand-balanced' : ''}`} aria-live="polite">
      <div>
        <dt>{t('review.total.statement')}</dt>
        <dd>
          <Amount amount={balance?.statement ?? null} dash testId="hand-statement" />
        </dd>
      </div>
      <div>
        <dt>{t('review.total.ledger')}</dt>
        <dd>
          <Amount amount={balance?.ledger ?? null} dash testId="hand-ledger" />
        </dd>
      </div>
      {balance && !isZero(balance.adjusted.value) && (
        <div>
          <dt>{t('review.hand.adjusted')}</dt>
          <dd>
            <Amount amount={balance.adjusted} signed testId="hand-adjusted" />
          </dd>
        </div>
      )}
      <div className="hand-difference">
        <dt>
          {balance && <Sign aria-hidden size={13} />}
          {t(balanced ? 'review.balanced' : 'review.difference')}
        </dt>
        <dd>
          <Amount amount={balance?.difference ?? null} signed currency testId="hand-difference" />
        </dd>
      </div>
    </dl>
  );
}

/** Puts records together by hand: choose on both sides, see the difference shrink, say why what is left is right. */
export function HandDialog({ lines: firstLines, entries: firstEntries, ...ends }: HandDialogProps) {
  const { t, locale } = useI18n();
  const begin = (record: RecordView): Picked => ({ record, part: usedPart(record, locale) });
  const [lines, setLines] = useState(() => firstLines.map(begin));
  const [entries, setEntries] = useState(() => firstEntries.map(begin));
  const [drafts, setDrafts] = useState(() => [emptyDraft()]);
  const [reason, setReason] = useState('');
  const [near, setNear] = useState<string | null>(null);
  const { busy, refusal, send } = usePutTogether(ends);
  // A match is in the currency of its lines.
  const currency = (lines[0] ?? entries[0])?.record.amount.currency ?? 'XXX';
  const group = groupOf(lines, entries, drafts, locale);
  const {
    balances,
    fresh,
    refusal: noBalance,
  } = useHandBalance(
    group ? [group] : null,
    [...lines, ...entries].map(({ record }) => record),
  );
  const balance = balances?.groups[0] ?? null;
  const explained = group?.adjustments.some(({ amount }) => amount === null) ?? false;
  const complete = (lines.length > 0 && entries.length > 0) || (group?.adjustments.length ?? 0) > 0;
  const ready =
    group !== null &&
    fresh &&
    balance !== null &&
    complete &&
    (isZero(balance.difference.value) || explained) &&
    !busy;

  // What the dialog began with is what records are looked for to.
  const first = balance && (firstLines.length > 0 ? balance.statement : balance.ledger);
  useEffect(() => setNear((known) => known ?? first?.value ?? null), [first?.value]);

  function match(): void {
    if (ready) {
      for (const { account } of group.adjustments) {
        noteWord('accounts', account ?? '');
      }
      void send([group], reason);
    }
  }

  const problem = refusal ?? noBalance ?? (group === null ? t('review.hand.unreadable') : null);
  return (
    <Dialog
      title={t('review.hand.title')}
      width="wide"
      onClose={ends.onClose}
      testId="hand-dialog"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          match();
        }
      }}
      footer={
        <>
          <Sums balance={balance} />
          <Button onClick={ends.onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            icon={Link2}
            keys="Mod+Enter"
            busy={busy}
            disabled={!ready}
            onClick={match}
            testId="hand-submit"
          >
            {t('review.hand.do')}
          </Button>
        </>
      }
    >
      {problem && (
        <Notice tone="problem" title={t('review.refused')} testId="error-message">
          {problem}
        </Notice>
      )}
      <div className="pickers">
        <RecordPicker
          side="statement"
          title={t('review.lines')}
          chosen={lines}
          nearAmount={near}
          currency={currency}
          autoFocus={firstLines.length === 0}
          onToggle={(record) => setLines((before) => toggled(before, record))}
          onPart={(id, part) => setLines((before) => withPart(before, id, part))}
        />
        <RecordPicker
          side="ledger"
          title={t('review.entries')}
          chosen={entries}
          nearAmount={near}
          currency={currency}
          autoFocus={firstLines.length > 0}
          onToggle={(record) => setEntries((before) => toggled(before, record))}
          onPart={(id, part) => setEntries((before) => withPart(before, id, part))}
        />
      </div>
      <Adjustments drafts={drafts} currency={currency} onChange={setDrafts} />
      <TextField label={t('review.reason')} value={reason} onChange={setReason} testId="hand-reason" />
    </Dialog>
  );
}
