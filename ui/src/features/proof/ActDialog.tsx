import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { PeriodSheetView } from '@/ipc';
import { decimalsOf } from '@/shared/currencies';
import { parseDecimal } from '@/shared/decimal';
import { TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { NumberField } from '@/shared/NumberField';
import type { Act, Stated } from './usePeriods';

interface ActDialogProps {
  act: Act;
  sheet: PeriodSheetView;
  onClose: () => void;
  onAct: (act: Act, note: string, opening: Stated | null, closing: Stated | null) => Promise<void>;
}

interface BalanceFieldsProps {
  label: string;
  currency: string;
  value: Stated;
  onChange: (value: Stated) => void;
  testId: string;
}

function BalanceFields({ label, currency, value, onChange, testId }: BalanceFieldsProps) {
  const { t } = useI18n();
  return (
    <div className="stated">
      <NumberField
        label={label}
        decimals={decimalsOf(currency)}
        value={value.amount}
        onChange={(amount) => onChange({ ...value, amount })}
        testId={`${testId}-amount`}
      />
      <TextField
        label={t('periods.stated.reason')}
        value={value.reason}
        onChange={(reason) => onChange({ ...value, reason })}
        testId={`${testId}-reason`}
      />
    </div>
  );
}

const NONE: Stated = { amount: '', reason: '' };
/** What answers a request to reopen. */
const ANSWERS: readonly Act[] = ['reopen', 'decline', 'withdraw'];
/** What goes back says why. */
const WITH_REASON: readonly Act[] = ['takeBack', 'request', 'decline'];

function written({ amount, reason }: Stated): Stated {
  return { amount, reason: reason.trim() };
}

/** Asks for a note or a reason, and, of a preparer, for balances that nothing states. */
export function ActDialog({ act, sheet, onClose, onAct }: ActDialogProps) {
  const { t, word } = useI18n();
  const [note, setNote] = useState('');
  const [opening, setOpening] = useState(NONE);
  const [closing, setClosing] = useState(NONE);
  const { figures, period } = sheet;
  const { currency } = figures.linesTotal;
  const asksOpening = act === 'prepare' && figures.opening === null && sheet.before === null;
  const asksClosing = act === 'prepare' && figures.closing === null;
  const filled = ({ amount, reason }: Stated) => parseDecimal(amount) !== null && reason.trim() !== '';
  const needsReason = WITH_REASON.includes(act);
  const ready =
    (!needsReason || note.trim() !== '') &&
    (!asksOpening || filled(opening)) &&
    (!asksClosing || filled(closing));
  return (
    <FormDialog
      title={word('periods.act', act)}
      action={word('periods.act', act)}
      ready={ready}
      danger={act === 'reopen'}
      testId="period-act-dialog"
      onClose={onClose}
      onSubmit={() =>
        onAct(act, note.trim(), asksOpening ? written(opening) : null, asksClosing ? written(closing) : null)
      }
    >
      <p className="prose">{word('periods.act.text', act)}</p>
      {ANSWERS.includes(act) && period.reopening && (
        <p className="prose">
          {t('periods.asked', { name: period.reopening.name, reason: period.reopening.reason })}
        </p>
      )}
      {asksOpening && (
        <BalanceFields
          label={t('proof.opening')}
          currency={currency}
          value={opening}
          onChange={setOpening}
          testId="period-opening"
        />
      )}
      {asksClosing && (
        <BalanceFields
          label={t('proof.closing')}
          currency={currency}
          value={closing}
          onChange={setClosing}
          testId="period-closing"
        />
      )}
      <TextField
        label={t(needsReason ? 'periods.reason' : 'periods.note')}
        value={note}
        onChange={setNote}
        autoFocus={!asksOpening && !asksClosing}
        testId="period-note"
      />
    </FormDialog>
  );
}
