import { Check, SlidersHorizontal, Undo2, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type {
  AdjustCustomerRequest,
  CreditRateView,
  CustomerTransactionView,
  CustomerView,
  NewCustomerRequest,
  TakeBackRequest,
} from '@/ipc';
import { Amount } from '@/shared/Amount';
import { MomentText } from '@/shared/Dates';
import { parseDecimal, signOf } from '@/shared/decimal';
import { Segments, TextField } from '@/shared/Field';
import { FormDialog } from '@/shared/FormDialog';
import { FaultNotice } from '@/shared/Notice';
import { NumberField } from '@/shared/NumberField';
import { Badge, Skeleton } from '@/shared/Parts';
import { useCreditRates } from './useCustomers';

function isAboveZero(amount: string): boolean {
  return parseDecimal(amount) !== null && signOf(amount) > 0;
}

/** The newest rate of a currency is the one in force. */
function isNewest(rates: readonly CreditRateView[], index: number): boolean {
  const { currency } = rates[index]?.perCredit ?? {};
  return rates.findIndex((rate) => rate.perCredit.currency === currency) === index;
}

interface AdjustDialogProps {
  code: string;
  name: string;
  currency: string;
  onClose: () => void;
  onAdjust: (request: AdjustCustomerRequest) => Promise<unknown>;
}

/** An amount that no deposit brought or took, and why. */
export function AdjustDialog({ code, name, currency, onClose, onAdjust }: AdjustDialogProps) {
  const { t } = useI18n();
  const [way, setWay] = useState<'add' | 'take'>('add');
  const [amount, setAmount] = useState('');
  const [reason, setReason] = useState('');
  return (
    <FormDialog
      title={t('customers.adjust.title', { name: name || code })}
      action={t('customers.adjust.do')}
      icon={SlidersHorizontal}
      ready={isAboveZero(amount) && reason.trim() !== ''}
      note={t('customers.adjust.note')}
      testId="adjust-dialog"
      onClose={onClose}
      onSubmit={async () => {
        const sign = way === 'take' ? '-' : '';
        await onAdjust({ code, currency, amount: `${sign}${amount}`, reason });
      }}
    >
      <Segments
        label={t('customers.adjust.way')}
        value={way}
        onChange={setWay}
        options={[
          { value: 'add', label: t('customers.adjust.add'), testId: 'adjust-add' },
          { value: 'take', label: t('customers.adjust.take'), testId: 'adjust-take' },
        ]}
      />
      <NumberField
        label={t('customers.amountIn', { currency })}
        value={amount}
        autoFocus
        onChange={setAmount}
        testId="adjust-amount"
      />
      <TextField label={t('customers.reason')} value={reason} onChange={setReason} testId="adjust-reason" />
    </FormDialog>
  );
}

interface TakeBackDialogProps {
  code: string;
  transaction: CustomerTransactionView;
  onClose: () => void;
  onTakeBack: (request: TakeBackRequest) => Promise<unknown>;
}

/** Takes back what moved the account. */
export function TakeBackDialog({ code, transaction, onClose, onTakeBack }: TakeBackDialogProps) {
  const { t } = useI18n();
  const [reason, setReason] = useState('');
  const { number, amount, kind } = transaction;
  const isAdjustment = kind === 'adjustment';
  return (
    <FormDialog
      title={t('customers.takeBack.title', { number })}
      action={t('customers.takeBack')}
      icon={Undo2}
      ready={!isAdjustment || reason.trim() !== ''}
      testId="take-back-dialog"
      onClose={onClose}
      onSubmit={async () => {
        await onTakeBack({ code, currency: amount.currency, number, reason });
      }}
    >
      <p>
        <Amount amount={amount} currency signed />
      </p>
      <p className="muted">
        {t(isAdjustment ? 'customers.takeBack.adjustment' : 'customers.takeBack.deposit')}
      </p>
      <TextField
        label={t(isAdjustment ? 'customers.reason' : 'customers.reason.optional')}
        value={reason}
        autoFocus
        onChange={setReason}
        testId="take-back-reason"
      />
    </FormDialog>
  );
}

interface NewCustomerDialogProps {
  /** A code that a deposit names already; empty: one is made. */
  code: string;
  onClose: () => void;
  onMake: (request: NewCustomerRequest) => Promise<CustomerView>;
  onMade: (customer: CustomerView) => void;
}

/** A customer with a code nobody has. */
export function NewCustomerDialog({ code: given, onClose, onMake, onMade }: NewCustomerDialogProps) {
  const { t } = useI18n();
  const [name, setName] = useState('');
  const [code, setCode] = useState(given);
  const [currency, setCurrency] = useState('');
  return (
    <FormDialog
      title={t('customers.new')}
      action={t('customers.new.do')}
      icon={UserPlus}
      ready={name.trim() !== ''}
      testId="new-customer"
      onClose={onClose}
      onSubmit={async () => onMade(await onMake({ name, code: code.trim(), currency: currency.trim() }))}
    >
      <TextField
        label={t('customers.name')}
        value={name}
        autoFocus
        onChange={setName}
        testId="new-customer-name"
      />
      <TextField
        label={t('customers.code')}
        value={code}
        placeholder={t('customers.code.made')}
        hint={t('customers.code.hint')}
        onChange={(text) => setCode(text.toUpperCase())}
        testId="new-customer-code"
      />
      <TextField
        label={t('customers.currency')}
        value={currency}
        placeholder={t('customers.currency.company')}
        maxLength={3}
        onChange={(text) => setCurrency(text.toUpperCase())}
        testId="new-customer-currency"
      />
    </FormDialog>
  );
}

interface RateDialogProps {
  currency: string;
  onClose: () => void;
  onSet: (perCredit: string, currency: string) => Promise<unknown>;
}

/** What a credit costs, what it cost before, and a new price. */
export function RateDialog({ currency, onClose, onSet }: RateDialogProps) {
  const { t } = useI18n();
  const rates = useCreditRates();
  const [amount, setAmount] = useState('');
  return (
    <FormDialog
      title={t('customers.rate')}
      action={t('customers.rate.set')}
      icon={Check}
      ready={isAboveZero(amount)}
      testId="rate-dialog"
      onClose={onClose}
      onSubmit={async () => {
        await onSet(amount, currency);
      }}
    >
      <NumberField
        label={t('customers.rate.new', { currency })}
        hint={t(rates.data?.rates.length ? 'customers.rate.hint.later' : 'customers.rate.hint.first')}
        value={amount}
        autoFocus
        onChange={setAmount}
        testId="rate-amount"
      />
      {rates.error && <FaultNotice fault={rates.error} />}
      {!rates.data && !rates.error && <Skeleton rows={2} />}
      {rates.data && rates.data.rates.length > 0 && (
        <table className="table table-inset rate-history" data-testid="rate-history">
          <caption className="field-label">{t('customers.rate.history')}</caption>
          <tbody>
            {rates.data.rates.map((rate, index, all) => (
              <tr key={`${rate.setAt} ${rate.perCredit.currency}`}>
                <td>
                  <Amount amount={rate.perCredit} currency />
                </td>
                <td>
                  <MomentText iso={rate.setAt} />
                </td>
                <td className="rate-by" title={rate.setBy}>
                  {rate.setBy}
                </td>
                <td className="right">
                  {isNewest(all, index) && <Badge tone="good">{t('customers.rate.now')}</Badge>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </FormDialog>
  );
}
