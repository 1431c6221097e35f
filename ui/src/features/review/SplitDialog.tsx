import { Plus, Split, X } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { useI18n } from '@/i18n';
import type { Amount as AmountView, RecordView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Button } from '@/shared/Button';
import { Dialog } from '@/shared/Dialog';
import { isZero } from '@/shared/decimal';
import { SelectField, TextField } from '@/shared/Field';
import { Notice } from '@/shared/Notice';
import { noteWord } from '@/shared/recentWords';
import { EntryField } from './EntryField';
import { useHandBalance } from './hand';
import {
  ACCOUNT_CAUSES,
  emptyPart,
  firstAmount,
  groupsOfParts,
  isComplete,
  type Part,
  REST_CAUSES,
} from './split';
import { type HandEnds, usePutTogether } from './usePutTogether';
import { WordField } from './Words';

interface PartRowProps {
  part: Part;
  number: number;
  line: RecordView;
  /** What the host says is not covered on the other side of this part. */
  difference: AmountView | null;
  only: boolean;
  autoFocus: boolean;
  onChange: (to: Partial<Part>) => void;
  onRemove: () => void;
}

function PartRow({ part, number, line, difference, only, autoFocus, onChange, onRemove }: PartRowProps) {
  const { t, word, locale } = useI18n();
  const uncovered = part.to === 'entry' && difference !== null && !isZero(difference.value);
  return (
    <fieldset className="split-row" data-testid="split-part">
      <legend className="sr-only">{t('review.split.part', { number })}</legend>
      <TextField
        label={t('review.hand.amountIn', { currency: line.open.currency })}
        value={part.amount}
        inputMode="decimal"
        className="num"
        placeholder={t('review.hand.rest')}
        autoFocus={autoFocus}
        onChange={(amount) => onChange({ amount })}
        testId="split-amount"
      />
      <SelectField
        label={t('review.split.to')}
        value={part.to}
        onChange={(to) =>
          onChange({
            ...emptyPart(to === 'account' ? 'account' : 'entry'),
            key: part.key,
            amount: part.amount,
          })
        }
        testId="split-to"
      >
        <option value="entry">{t('review.split.toEntry')}</option>
        <option value="account">{t('review.split.toAccount')}</option>
      </SelectField>
      {part.to === 'entry' ? (
        <EntryField
          label={t('review.split.entry')}
          entry={part.entry}
          onChoose={(entry) => {
            const amount = entry && part.amount === '' ? firstAmount(entry, line, locale) : part.amount;
            onChange({ entry, amount });
          }}
        />
      ) : (
        <WordField
          label={t('review.account')}
          kind="accounts"
          value={part.account}
          onChange={(account) => onChange({ account })}
          testId="split-account"
        />
      )}
      {(part.to === 'account' || uncovered) && (
        <SelectField
          label={t(part.to === 'account' ? 'review.writeOff.cause' : 'review.split.rest')}
          value={part.cause}
          onChange={(cause) => onChange({ cause })}
          testId="split-cause"
        >
          {(part.to === 'account' ? ACCOUNT_CAUSES : REST_CAUSES).map((cause) => (
            <option key={cause} value={cause}>
              {cause === 'none'
                ? t('review.writeOff.other')
                : cause === 'partial_payment'
                  ? t('review.split.staysOpen')
                  : word('cause', cause)}
            </option>
          ))}
        </SelectField>
      )}
      {uncovered && (
        <p className="split-uncovered">
          {'Δ '}
          <Amount amount={difference} signed currency />
        </p>
      )}
      {!only && (
        <Button
          variant="quiet"
          size="small"
          icon={X}
          aria-label={t('review.split.remove', { number })}
          onClick={onRemove}
          testId="split-remove"
        />
      )}
    </fieldset>
  );
}

/** Divides a line into parts, each to an entry or to an account; what no part takes stays open. */
export function SplitDialog({
  line,
  entries,
  ...ends
}: HandEnds & { line: RecordView; entries: RecordView[] }) {
  const { t, locale } = useI18n();
  const [parts, setParts] = useState<Part[]>(() =>
    entries.length > 0
      ? entries.map((entry) => ({ ...emptyPart(), entry, amount: firstAmount(entry, line, locale) }))
      : [emptyPart()],
  );
  const { busy, refusal, send } = usePutTogether(ends);
  const made = groupsOfParts(line, parts, locale);
  const {
    balances,
    fresh,
    refusal: noBalance,
  } = useHandBalance(
    made.length > 0 ? made.map(({ group }) => group) : null,
    parts.flatMap(({ entry }) => entry ?? []),
  );
  const left =
    made.length === 0 ? line.open : (balances?.left.find(({ id }) => id === line.id)?.left ?? null);
  const whole = parts.every((part) => isComplete(part, locale));
  const ready = whole && made.length === parts.length && fresh && !busy;

  const change = (key: number, to: Partial<Part>) =>
    setParts((before) => before.map((part) => (part.key === key ? { ...part, ...to } : part)));
  const add = () => setParts((before) => [...before, emptyPart(before.at(-1)?.to)]);

  function split(): void {
    if (ready) {
      for (const { account } of parts) {
        noteWord('accounts', account);
      }
      void send(
        made.map(({ group }) => group),
        '',
      );
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Enter') {
      return;
    }
    const field =
      event.target instanceof HTMLInputElement && event.target.getAttribute('aria-expanded') !== 'true';
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      split();
    } else if (field && !event.defaultPrevented) {
      event.preventDefault();
      add();
    }
  }

  return (
    <Dialog
      title={t('review.split.title')}
      width="wide"
      onClose={ends.onClose}
      testId="split-dialog"
      onKeyDown={onKeyDown}
      footer={
        <>
          <dl className={`hand-sum ${left && isZero(left.value) ? 'hand-balanced' : ''}`} aria-live="polite">
            <div>
              <dt>{t('review.split.line')}</dt>
              <dd>
                <Amount amount={line.open} />
              </dd>
            </div>
            <div className="hand-difference">
              <dt>{t('review.split.left')}</dt>
              <dd>
                <Amount amount={left} currency testId="split-left" />
              </dd>
            </div>
          </dl>
          <Button onClick={ends.onClose}>{t('action.cancel')}</Button>
          <Button
            variant="primary"
            icon={Split}
            keys="Mod+Enter"
            busy={busy}
            disabled={!ready}
            onClick={split}
            testId="split-submit"
          >
            {t('review.split.do')}
          </Button>
        </>
      }
    >
      {(refusal ?? noBalance) && (
        <Notice tone="problem" title={t('review.refused')} testId="error-message">
          {refusal ?? noBalance}
        </Notice>
      )}
      <p className="target">
        <strong>{line.counterparty || line.text}</strong>
        <Amount amount={line.open} currency />
      </p>
      <div className="split-rows">
        {parts.map((part, at) => (
          <PartRow
            key={part.key}
            part={part}
            number={at + 1}
            line={line}
            difference={
              (fresh ? balances : null)?.groups[made.findIndex((one) => one.part.key === part.key)]
                ?.difference ?? null
            }
            only={parts.length === 1}
            autoFocus={at === parts.length - 1}
            onChange={(to) => change(part.key, to)}
            onRemove={() => setParts((before) => before.filter(({ key }) => key !== part.key))}
          />
        ))}
      </div>
      <Button
        className="split-add"
        variant="quiet"
        size="small"
        icon={Plus}
        keys="Enter"
        onClick={add}
        testId="split-add"
      >
        {t('review.split.add')}
      </Button>
    </Dialog>
  );
}
