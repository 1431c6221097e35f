import { Plus, X } from 'lucide-react';
import { useI18n } from '@/i18n';
import { Button } from '@/shared/Button';
import { SelectField, TextField } from '@/shared/Field';
import type { AdjustmentDraft } from './hand';
import { WordField } from './Words';

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
  'none',
];

/** These leave the rest open: nothing is posted. */
const STAYS_OPEN = ['partial_payment', 'overpayment'];

let last = 0;

/** An adjustment of which nothing is said yet. */
export function emptyDraft(cause = ''): AdjustmentDraft {
  last += 1;
  return { key: last, cause, amount: '', account: '', text: '' };
}

interface AdjustmentsProps {
  drafts: readonly AdjustmentDraft[];
  currency: string;
  onChange: (drafts: AdjustmentDraft[]) => void;
}

/** What justifies the difference: any number of causes, each with its amount (or the rest) and its account. */
export function Adjustments({ drafts, currency, onChange }: AdjustmentsProps) {
  const { t, word } = useI18n();
  const change = (key: number, to: Partial<AdjustmentDraft>) =>
    onChange(drafts.map((draft) => (draft.key === key ? { ...draft, ...to } : draft)));
  return (
    <div className="drafts" data-testid="adjustments">
      {drafts.map((draft, at) => {
        const posted = draft.cause !== '' && !STAYS_OPEN.includes(draft.cause);
        return (
          <div key={draft.key} className="draft" data-testid="adjustment">
            <SelectField
              label={t('review.hand.cause')}
              value={draft.cause}
              onChange={(cause) =>
                change(draft.key, { cause, ...(STAYS_OPEN.includes(cause) && { amount: '' }) })
              }
              testId="hand-cause"
            >
              <option value="">{t('review.hand.chooseCause')}</option>
              {CAUSES.map((cause) => (
                <option key={cause} value={cause}>
                  {cause === 'none' ? t('review.writeOff.other') : word('cause', cause)}
                </option>
              ))}
            </SelectField>
            {posted && (
              <>
                <TextField
                  label={t('review.hand.amountIn', { currency })}
                  value={draft.amount}
                  inputMode="decimal"
                  placeholder={t('review.hand.rest')}
                  onChange={(amount) => change(draft.key, { amount })}
                  testId="hand-amount"
                />
                <WordField
                  label={t('review.account')}
                  kind="accounts"
                  value={draft.account}
                  onChange={(account) => change(draft.key, { account })}
                  testId="hand-account"
                />
                <TextField
                  label={t('review.postingText')}
                  value={draft.text}
                  onChange={(text) => change(draft.key, { text })}
                  testId="hand-text"
                />
              </>
            )}
            {drafts.length > 1 && (
              <Button
                variant="quiet"
                size="small"
                icon={X}
                aria-label={t('review.hand.removeCause', { number: at + 1 })}
                onClick={() => onChange(drafts.filter(({ key }) => key !== draft.key))}
                testId="adjustment-remove"
              />
            )}
          </div>
        );
      })}
      <Button
        variant="quiet"
        size="small"
        icon={Plus}
        onClick={() => onChange([...drafts, emptyDraft()])}
        testId="adjustment-add"
      >
        {t('review.hand.addCause')}
      </Button>
    </div>
  );
}
