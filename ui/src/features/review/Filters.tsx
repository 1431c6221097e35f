import { ListFilter } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type RefObject, useState } from 'react';
import { Dialog as PlainDialog, Popover } from 'react-aria-components';
import { useI18n } from '@/i18n';
import type { AccountView, QueueConditionsRequest } from '@/ipc';
import { Button } from '@/shared/Button';
import { editable, parseAmount } from '@/shared/decimal';
import { SelectField, TextField } from '@/shared/Field';
import { useOverlay } from '@/shared/keys';
import { DayField } from '@/shared/period/DayField';
import { NO_CONDITIONS } from '@/shared/queueChoice';
import { stopsAtUnreadable } from '@/shared/unreadable';
import { chipsOf } from './Chips';
import { WordField } from './Words';

const CAUSES = [
  'timing',
  'missing_in_ledger',
  'missing_in_bank',
  'fee',
  'discount',
  'fx_rounding',
  'rate_change',
  'duplicate',
  'transposition',
  'sign_error',
  'partial_payment',
  'overpayment',
  'reversal',
  'reference_error',
  'none',
] as const;

/** Stands for a name that is not typed yet. */
const named = ' ';

function ownerKind(owner: string | null, user: string): 'anybody' | 'nobody' | 'me' | 'other' {
  if (owner === null || owner === '') {
    return owner === null ? 'anybody' : 'nobody';
  }
  return owner === user ? 'me' : 'other';
}

interface FilterChoiceProps {
  conditions: QueueConditionsRequest;
  accounts: readonly AccountView[];
  user: string;
  onApply: (conditions: QueueConditionsRequest) => void;
}

function FilterForm({
  conditions,
  accounts,
  user,
  onApply,
  onClose,
}: FilterChoiceProps & { onClose: () => void }) {
  const { t, word, locale } = useI18n();
  const shown = (value: string | null) => (value === null ? '' : editable(value, locale));
  const [asked, setAsked] = useState(conditions);
  const [from, setFrom] = useState(shown(conditions.amountFrom));
  const [to, setTo] = useState(shown(conditions.amountTo));
  useOverlay(onClose);
  const change = (part: Partial<QueueConditionsRequest>) => setAsked((before) => ({ ...before, ...part }));
  const amountOf = (text: string) => (text.trim() === '' ? null : parseAmount(text, locale));
  const wrong = (text: string) => text.trim() !== '' && parseAmount(text, locale) === null;

  function toggle(cause: string): void {
    const on = asked.causes.includes(cause);
    change({ causes: on ? asked.causes.filter((other) => other !== cause) : [...asked.causes, cause] });
  }

  function apply(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    if (!wrong(from) && !wrong(to) && !stopsAtUnreadable(event.currentTarget)) {
      onApply({
        ...asked,
        owner: asked.owner === named ? null : asked.owner,
        counterparty: asked.counterparty.trim(),
        amountFrom: amountOf(from),
        amountTo: amountOf(to),
      });
    }
  }

  /** Space chooses a cause. Enter applies, as the button says; it is not one more way to choose. */
  function onKeyDown(event: KeyboardEvent<HTMLFormElement>): void {
    const chooses = event.target instanceof Element && event.target.matches('[aria-pressed]');
    if (event.key === 'Enter' && (chooses || event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.currentTarget.requestSubmit();
    }
  }

  return (
    <form className="filter-form" onSubmit={apply} onKeyDown={onKeyDown} noValidate data-testid="filter-form">
      <fieldset>
        <legend className="field-label">{t('filters.cause')}</legend>
        <div className="quick">
          {CAUSES.map((cause, at) => (
            <button
              key={cause}
              type="button"
              className="chip"
              // biome-ignore lint/a11y/noAutofocus: the popover opens to choose here
              autoFocus={at === 0}
              aria-pressed={asked.causes.includes(cause)}
              data-testid={`filter-cause-${cause}`}
              onClick={() => toggle(cause)}
            >
              {cause === 'none' ? t('filters.noCause') : word('cause', cause)}
            </button>
          ))}
        </div>
      </fieldset>
      <div className="form-pair">
        <TextField
          label={t('filters.amountFrom')}
          value={from}
          inputMode="decimal"
          error={wrong(from) ? t('review.hand.unreadable') : null}
          onChange={setFrom}
          testId="filter-amount-from"
        />
        <TextField
          label={t('filters.amountTo')}
          value={to}
          inputMode="decimal"
          error={wrong(to) ? t('review.hand.unreadable') : null}
          onChange={setTo}
          testId="filter-amount-to"
        />
        <DayField
          label={t('filters.from')}
          iso={asked.from}
          onChange={(day) => change({ from: day })}
          testId="filter-from"
        />
        <DayField
          label={t('filters.to')}
          iso={asked.to}
          onChange={(day) => change({ to: day })}
          testId="filter-to"
        />
        <SelectField
          label={t('filters.owner')}
          value={ownerKind(asked.owner, user)}
          onChange={(kind) => change({ owner: { me: user, nobody: '', other: named }[kind] ?? null })}
          testId="filter-owner"
        >
          <option value="anybody">{t('filters.anybody')}</option>
          <option value="nobody">{t('filters.nobody')}</option>
          <option value="me">{t('filters.me', { name: user })}</option>
          <option value="other">{t('filters.other')}</option>
        </SelectField>
        <SelectField
          label={t('filters.account')}
          value={asked.account ?? ''}
          onChange={(account) => change({ account: account || null })}
          testId="filter-account"
        >
          <option value="">{t('filters.anyAccount')}</option>
          {accounts.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
      <SelectField
        label={t('filters.due')}
        value={asked.due ?? ''}
        onChange={(due) => change({ due: due === 'snoozed' || due === 'expected' ? due : null })}
        testId="filter-due"
      >
        <option value="">{t('filters.due.any')}</option>
        <option value="snoozed">{t('filters.due.snoozed')}</option>
        <option value="expected">{t('filters.due.expected')}</option>
      </SelectField>
      {ownerKind(asked.owner, user) === 'other' && (
        <WordField
          label={t('filters.ownerName')}
          kind="owners"
          value={asked.owner?.trim() ?? ''}
          onChange={(owner) => change({ owner: owner || named })}
          testId="filter-owner-name"
        />
      )}
      <TextField
        label={t('filters.counterparty')}
        value={asked.counterparty}
        onChange={(counterparty) => change({ counterparty })}
        testId="filter-counterparty"
      />
      <footer className="filter-foot">
        <Button onClick={() => onApply(NO_CONDITIONS)} testId="filter-reset">
          {t('filters.reset')}
        </Button>
        <Button variant="primary" type="submit" keys="Enter" testId="filter-apply">
          {t('filters.apply')}
        </Button>
      </footer>
    </form>
  );
}

interface FilterPopoverProps extends FilterChoiceProps {
  open: boolean;
  triggerRef: RefObject<HTMLButtonElement | null>;
  onOpen: (open: boolean) => void;
}

/** The button that opens the filters, and these. */
export function FilterPopover({ open, triggerRef, onOpen, ...form }: FilterPopoverProps) {
  const { t } = useI18n();
  const count = chipsOf(form.conditions, form.accounts, { user: form.user }).length;
  return (
    <>
      <Button
        ref={triggerRef}
        size="small"
        variant="quiet"
        icon={ListFilter}
        keys="f"
        aria-label={t('filters.title')}
        title={t('filters.title')}
        aria-expanded={open}
        aria-pressed={count > 0}
        onClick={() => onOpen(!open)}
        testId="filter-open"
      />
      <Popover
        className="popover filter-popover"
        triggerRef={triggerRef}
        isOpen={open}
        onOpenChange={onOpen}
        placement="bottom start"
      >
        <PlainDialog className="dialog" aria-label={t('filters.title')}>
          <FilterForm {...form} onClose={() => onOpen(false)} />
        </PlainDialog>
      </Popover>
    </>
  );
}
