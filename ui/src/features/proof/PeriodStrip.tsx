import { CalendarRange, Plus, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { type AccountView, host, type PeriodsView } from '@/ipc';
import { Button } from '@/shared/Button';
import { FormDialog } from '@/shared/FormDialog';
import { useKeys } from '@/shared/keys';
import { DayField } from '@/shared/period/DayField';
import { nameOfDays, STATE_ICONS } from '@/shared/period/periodWords';
import { useRefreshBook } from '@/shared/queries';

interface OpenDialogProps {
  account: AccountView;
  list: PeriodsView;
  onClose: () => void;
  onOpened: (id: string) => void;
}

function OpenDialog({ account, list, onClose, onOpened }: OpenDialogProps) {
  const { t } = useI18n();
  const refresh = useRefreshBook();
  const [from, setFrom] = useState<string | null>(list.proposed?.from ?? null);
  const [to, setTo] = useState<string | null>(list.proposed?.to ?? null);
  const first = list.periods.length === 0;
  return (
    <FormDialog
      title={t('periods.open.title')}
      action={t('periods.open')}
      ready={from !== null && to !== null}
      testId="period-open-dialog"
      onClose={onClose}
      onSubmit={async () => {
        const { period } = await host().call('open_period', {
          request: { accountId: account.id, from, to },
        });
        await refresh();
        onOpened(period.id);
      }}
    >
      <p data-testid="period-open-account">
        <strong>{account.name}</strong>
        {` · ${account.currency}`}
      </p>
      <p className="prose">{t(first ? 'periods.open.first' : 'periods.open.next')}</p>
      <div className="period-days">
        <DayField label={t('proof.from')} iso={from} onChange={setFrom} autoFocus testId="period-from" />
        <DayField label={t('proof.to')} iso={to} onChange={setTo} testId="period-to" />
      </div>
    </FormDialog>
  );
}

interface PeriodStripProps {
  account: AccountView;
  list: PeriodsView;
  /** The period that is shown; null: days of one's own. */
  shown: string | null;
  onShow: (id: string | null) => void;
}

/** The periods of an account in their order, each with how far it has come. */
export function PeriodStrip({ account, list, shown, onShow }: PeriodStripProps) {
  const { t, word, locale } = useI18n();
  const [opening, setOpening] = useState(false);
  const at = list.periods.findIndex((period) => period.id === shown);
  const step = (by: number) => {
    const next = list.periods[at + by];
    if (next) {
      onShow(next.id);
    }
  };
  const group = t('nav.proof');
  useKeys([
    { combo: '[', label: t('periods.previous'), group, run: () => step(-1), enabled: at > 0 },
    {
      combo: ']',
      label: t('periods.following'),
      group,
      run: () => step(1),
      enabled: at < list.periods.length - 1,
    },
    { combo: 'n', label: t('periods.open'), group, run: () => setOpening(true), needs: 'prepare' },
  ]);
  return (
    <nav className="strip" aria-label={t('periods.strip')} data-testid="period-strip">
      <ol className="strip-list">
        {list.periods.map((period) => {
          const Icon = STATE_ICONS[period.state];
          return (
            <li key={period.id}>
              <button
                type="button"
                className={`strip-period strip-${period.state}`}
                aria-current={period.id === shown ? 'true' : undefined}
                data-testid="period"
                data-state={period.state}
                onClick={() => onShow(period.id)}
              >
                <span className="strip-name">{nameOfDays(period.from, period.to, locale)}</span>
                <span className="strip-state">
                  <Icon aria-hidden size={13} strokeWidth={2.25} />
                  {word('periodState', period.state)}
                  {period.toReprove && (
                    <span title={t('periods.toReprove')}>
                      <RotateCcw aria-hidden size={12} />
                      <span className="sr-only">{t('periods.toReprove')}</span>
                    </span>
                  )}
                </span>
              </button>
            </li>
          );
        })}
        <li>
          <button
            type="button"
            className="strip-period strip-own"
            aria-current={shown === null ? 'true' : undefined}
            data-testid="period-own-days"
            onClick={() => onShow(null)}
          >
            <span className="strip-name">{t('periods.own')}</span>
            <span className="strip-state">
              <CalendarRange aria-hidden size={13} />
              {t('periods.own.text')}
            </span>
          </button>
        </li>
      </ol>
      <Button icon={Plus} keys="n" needs="prepare" onClick={() => setOpening(true)} testId="period-open">
        {t('periods.open')}
      </Button>
      {opening && (
        <OpenDialog account={account} list={list} onClose={() => setOpening(false)} onOpened={onShow} />
      )}
    </nav>
  );
}
