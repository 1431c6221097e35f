import { useQuery } from '@tanstack/react-query';
import { CircleCheck, Link2, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { asCommandError, type DecisionOutcome, host, type RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { isZero, subtract, sum } from '@/shared/decimal';
import { SelectField, TextField } from '@/shared/Field';
import { Notice } from '@/shared/Notice';
import { KEYS } from '@/shared/queries';
import { matchByHand } from './actions';
import { RecordPicker } from './RecordPicker';

/** What may justify a difference between the two sides, in the order in which it happens most. */
const CAUSES = [
  'fee',
  'discount',
  'partial_payment',
  'overpayment',
  'fx_rounding',
  'rate_change',
  'transposition',
  'sign_error',
];

interface HandDialogProps {
  lines: RecordView[];
  entries: RecordView[];
  onClose: () => void;
  onDone: (outcome: DecisionOutcome) => void;
  onStale: (reason: string) => void;
}

interface Balance {
  statement: string | null;
  ledger: string | null;
  difference: string | null;
}

/** Whether what is chosen is in more than one currency. */
export function isMixed(records: readonly RecordView[]): boolean {
  return records.some(({ open }) => open.currency !== records[0]?.open.currency);
}

/**
 * Sums of what is chosen, where that is in one currency. A `null` stands where an amount could not be read: then nothing is
 * claimed.
 */
export function balanceOf(lines: readonly RecordView[], entries: readonly RecordView[]): Balance {
  const statement = sum(lines.map((line) => line.open.value));
  const ledger = sum(entries.map((entry) => entry.open.value));
  const difference = statement === null || ledger === null ? null : subtract(statement, ledger);
  return { statement, ledger, difference };
}

function toggled(records: RecordView[], record: RecordView): RecordView[] {
  return records.some((other) => other.id === record.id)
    ? records.filter((other) => other.id !== record.id)
    : [...records, record];
}

/** The balance of what is chosen. What is in another currency is worth what the host says. */
function useBalance(lines: RecordView[], entries: RecordView[]) {
  const mixed = isMixed([...lines, ...entries]);
  const all = ({ id }: RecordView) => ({ id, part: null });
  const groups = [{ lines: lines.map(all), entries: entries.map(all), adjustments: [] }];
  const asked = useQuery({
    queryKey: [...KEYS.open, 'balance', groups],
    queryFn: () => host().call('hand_balance', { groups }),
    enabled: mixed && lines.length > 0 && entries.length > 0,
    retry: false,
  });
  if (!mixed) {
    return { ...balanceOf(lines, entries), refusal: null };
  }
  const { statement, ledger, difference } = asked.data?.groups[0] ?? {};
  return {
    statement: statement?.value ?? null,
    ledger: ledger?.value ?? null,
    difference: difference?.value ?? null,
    refusal: asked.error ? asCommandError(asked.error).message : null,
  };
}

/** Puts records together by hand: choose on both sides, see the difference shrink, say why what is left is right. */
export function HandDialog({
  lines: firstLines,
  entries: firstEntries,
  onClose,
  onDone,
  onStale,
}: HandDialogProps) {
  const { t, word } = useI18n();
  const [lines, setLines] = useState(firstLines);
  const [entries, setEntries] = useState(firstEntries);
  const [cause, setCause] = useState('');
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  // A match is in the currency of its lines.
  const currency = (lines[0] ?? entries[0])?.amount.currency ?? 'XXX';
  const [near] = useState(() => {
    const start = balanceOf(firstLines, firstEntries);
    return firstLines.length > 0 ? start.statement : start.ledger;
  });
  const balance = useBalance(lines, entries);
  const { statement, ledger, difference } = balance;
  const amount = (value: string | null) => (value === null ? null : { value, currency });
  const both = lines.length > 0 && entries.length > 0;
  const balanced = difference !== null && isZero(difference);
  const ready = both && difference !== null && (balanced || cause !== '') && !busy;

  async function match(): Promise<void> {
    if (!ready) {
      return;
    }
    setBusy(true);
    setRefusal(null);
    const outcome = await matchByHand({
      groups: [
        {
          lines: lines.map(({ id }) => ({ id, part: null })),
          entries: entries.map(({ id }) => ({ id, part: null })),
          adjustments: balanced ? [] : [{ cause, amount: null, account: null, text: '' }],
        },
      ],
      reason: reason.trim(),
    });
    setBusy(false);
    if (outcome.kind === 'settled') {
      onDone(outcome.outcome);
    } else if (outcome.kind === 'stale') {
      onStale(outcome.reason);
    } else {
      setRefusal(outcome.reason);
    }
  }

  const Sign = balanced ? CircleCheck : TriangleAlert;
  return (
    <Dialog
      title={t('review.hand.title')}
      width="wide"
      onClose={onClose}
      testId="hand-dialog"
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void match();
        }
      }}
      footer={
        <>
          <dl className={`hand-sum ${both && balanced ? 'hand-balanced' : ''}`} aria-live="polite">
            <div>
              <dt>{t('review.total.statement')}</dt>
              <dd>
                <Amount amount={amount(statement)} dash testId="hand-statement" />
              </dd>
            </div>
            <div>
              <dt>{t('review.total.ledger')}</dt>
              <dd>
                <Amount amount={amount(ledger)} dash testId="hand-ledger" />
              </dd>
            </div>
            <div className="hand-difference">
              <dt>
                {both && <Sign aria-hidden size={13} />}
                {t(both && balanced ? 'review.balanced' : 'review.difference')}
              </dt>
              <dd>
                <Amount amount={amount(difference)} signed currency testId="hand-difference" />
              </dd>
            </div>
          </dl>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            icon={Link2}
            keys="Mod+Enter"
            busy={busy}
            disabled={!ready}
            onClick={() => void match()}
            testId="hand-submit"
          >
            {t('review.hand.do')}
          </Button>
        </>
      }
    >
      {(refusal ?? balance.refusal) && (
        <Notice tone="problem" title={t('review.refused')} testId="error-message">
          {refusal ?? balance.refusal}
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
        />
        <RecordPicker
          side="ledger"
          title={t('review.entries')}
          chosen={entries}
          nearAmount={near}
          currency={currency}
          autoFocus={firstLines.length > 0}
          onToggle={(record) => setEntries((before) => toggled(before, record))}
        />
      </div>
      <div className="form-pair">
        <SelectField
          label={t('review.hand.cause')}
          value={balanced ? '' : cause}
          disabled={!both || balanced}
          onChange={setCause}
          testId="hand-cause"
        >
          <option value="">{t(balanced ? 'review.hand.noCause' : 'review.hand.chooseCause')}</option>
          {CAUSES.map((word_) => (
            <option key={word_} value={word_}>
              {word('cause', word_)}
            </option>
          ))}
        </SelectField>
        <TextField label={t('review.reason')} value={reason} onChange={setReason} testId="hand-reason" />
      </div>
    </Dialog>
  );
}
