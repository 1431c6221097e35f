import { Search, X } from 'lucide-react';
import type { RefObject } from 'react';
import { useI18n } from '@/i18n';
import type { AccountView, SideView } from '@/ipc';
import { Button } from '@/shared/Button';
import { Segments } from '@/shared/Field';
import { Keys } from '@/shared/Keys';
import { PeriodChoice } from '@/shared/period/PeriodChoice';
import { isFiltered } from './exceptions';
import type { Exceptions } from './useExceptions';

interface FilterBarProps {
  desk: Exceptions;
  accounts: AccountView[];
  searchRef: RefObject<HTMLInputElement | null>;
  focusList: () => void;
}

/** Account, days, side and text. */
export function FilterBar({ desk, accounts, searchRef, focusList }: FilterBarProps) {
  const { t, word } = useI18n();
  const { look, choose } = desk;
  const { choice } = look;
  const sides = ['statement', 'ledger'] as const;
  return (
    <div className="exceptions-filters">
      <PeriodChoice
        name="exceptions"
        accounts={accounts}
        account={accounts.find((account) => account.id === choice.accountId) ?? null}
        all={t('exceptions.allAccounts')}
        from={choice.from}
        to={choice.to}
        onAccount={(id) => choose({ accountId: id === '' ? null : id })}
        onPeriod={(from, to) => choose({ from, to })}
      />
      {choice.accountId !== null && choice.from !== null && (
        <p className="field-hint" data-testid="exceptions-carried">
          {t('exceptions.carried')}
        </p>
      )}
      <div className="exceptions-narrow">
        <Segments<SideView | 'both'>
          label={t('exceptions.side')}
          value={choice.side ?? 'both'}
          options={[
            { value: 'both', label: t('exceptions.bothSides'), testId: 'side-both' },
            ...sides.map((side) => ({ value: side, label: word('side', side), testId: `side-${side}` })),
          ]}
          onChange={(side) => choose({ side: side === 'both' ? null : side })}
        />
        <div className="search exceptions-search">
          <Search aria-hidden size={14} />
          <input
            ref={searchRef}
            className="input"
            type="search"
            value={look.search}
            placeholder={t('exceptions.search')}
            aria-label={t('exceptions.search')}
            data-testid="exceptions-search"
            onChange={(event) => desk.setSearch(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && focusList()}
          />
          <Keys combo="/" />
        </div>
        <Button icon={X} keys="x" disabled={!isFiltered(look)} onClick={desk.clear} testId="exceptions-clear">
          {t('exceptions.clear')}
        </Button>
      </div>
    </div>
  );
}
