import { X } from 'lucide-react';
import { type I18n, useI18n } from '@/i18n';
import type { AccountView, QueueConditionsRequest } from '@/ipc';
import { formatDate, formatDecimal } from '@/shared/format';

/** A condition that holds, and the conditions without it. */
export interface Chip {
  key: string;
  /** Which word of the catalogue says it, and what is put in. */
  say: (i18n: I18n) => string;
  without: QueueConditionsRequest;
}

/** What is asked of rows, one by one. */
export function chipsOf(
  asked: QueueConditionsRequest,
  accounts: readonly AccountView[],
  { user }: { user: string },
): Chip[] {
  const chips: Chip[] = asked.causes.map((cause) => ({
    key: `cause ${cause}`,
    say: ({ t, word }) => (cause === 'none' ? t('filters.noCause') : word('cause', cause)),
    without: { ...asked, causes: asked.causes.filter((other) => other !== cause) },
  }));
  const { amountFrom, amountTo, from, to, owner, counterparty, account, due } = asked;
  if (amountFrom !== null) {
    const say = ({ t, locale }: I18n) =>
      t('filters.chip.amountFrom', { amount: formatDecimal(amountFrom, locale) });
    chips.push({ key: 'amountFrom', say, without: { ...asked, amountFrom: null } });
  }
  if (amountTo !== null) {
    const say = ({ t, locale }: I18n) =>
      t('filters.chip.amountTo', { amount: formatDecimal(amountTo, locale) });
    chips.push({ key: 'amountTo', say, without: { ...asked, amountTo: null } });
  }
  if (from !== null) {
    const say = ({ t, locale }: I18n) => t('filters.chip.from', { date: formatDate(from, locale) });
    chips.push({ key: 'from', say, without: { ...asked, from: null } });
  }
  if (to !== null) {
    const say = ({ t, locale }: I18n) => t('filters.chip.to', { date: formatDate(to, locale) });
    chips.push({ key: 'to', say, without: { ...asked, to: null } });
  }
  if (owner !== null) {
    const say = ({ t }: I18n) =>
      owner === '' ? t('filters.chip.nobody') : owner === user ? t('filters.chip.mine') : owner;
    chips.push({ key: 'owner', say, without: { ...asked, owner: null } });
  }
  if (counterparty !== '') {
    chips.push({
      key: 'counterparty',
      say: ({ t }) => t('filters.chip.counterparty', { name: counterparty }),
      without: { ...asked, counterparty: '' },
    });
  }
  if (account !== null) {
    const name = accounts.find(({ id }) => id === account)?.name ?? account;
    chips.push({ key: 'account', say: () => name, without: { ...asked, account: null } });
  }
  if (due !== null) {
    const say = ({ word }: I18n) => word('filters.due', due);
    chips.push({ key: 'due', say, without: { ...asked, due: null } });
  }
  return chips;
}

interface ChipsProps {
  chips: readonly Chip[];
  onChange: (conditions: QueueConditionsRequest) => void;
}

/** What is asked of rows, each to be taken away. */
export function Chips({ chips, onChange }: ChipsProps) {
  const i18n = useI18n();
  if (chips.length === 0) {
    return null;
  }
  return (
    <ul className="chips" aria-label={i18n.t('filters.title')}>
      {chips.map(({ key, say, without }) => {
        const said = say(i18n);
        return (
          <li key={key}>
            <button
              type="button"
              className="chip chip-set"
              title={i18n.t('filters.chip.remove', { what: said })}
              data-testid="chip"
              onClick={() => onChange(without)}
            >
              {said}
              <X aria-hidden size={12} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
