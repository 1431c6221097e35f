import { ChevronRight, CircleCheckBig } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { AtWorkView, DutyView, StandingView } from '@/ipc';
import { Amount } from '@/shared/Amount';
import { Count } from '@/shared/Count';
import { DateText } from '@/shared/Dates';
import { FaultNotice } from '@/shared/Notice';
import { Panel, Skeleton } from '@/shared/Parts';
import { usePresence } from '@/shared/presence';
import { DUTY_ICONS, SHARED_DUTIES, showDuty } from './duties';
import { useStanding } from './useStanding';

function Duty({ duty, onShow }: { duty: DutyView; onShow: () => void }) {
  const { word } = useI18n();
  const Icon = DUTY_ICONS[duty.kind];
  return (
    <li>
      <button
        type="button"
        className="duty"
        onClick={onShow}
        data-testid={`duty-${duty.kind}`}
        data-count={duty.count}
        data-amounts={duty.amounts.map(({ value, currency }) => `${value} ${currency}`).join(', ')}
      >
        <Icon aria-hidden size={16} strokeWidth={1.75} className="duty-icon" />
        <strong className="duty-count">
          <Count of={duty.count} />
        </strong>
        <span className="duty-text">
          <span>{word('duty', duty.kind)}</span>
          <span className="duty-note">{word('duty.note', duty.kind)}</span>
        </span>
        <span className="duty-amounts">
          {duty.amounts.map((amount) => (
            <Amount key={amount.currency} amount={amount} currency />
          ))}
        </span>
        <ChevronRight aria-hidden size={15} className="duty-go" />
      </button>
    </li>
  );
}

interface ListProps {
  title: string;
  nothing: string;
  duties: readonly DutyView[];
  standing: StandingView;
  me: string;
  testId: string;
}

function Duties({ title, nothing, duties, standing, me, testId }: ListProps) {
  return (
    <section data-testid={testId}>
      <h3 className="duties-title">{title}</h3>
      {duties.length === 0 ? (
        <p className="duties-none">
          <CircleCheckBig aria-hidden size={15} />
          {nothing}
        </p>
      ) : (
        <ul className="duties">
          {duties.map((duty) => (
            <Duty key={duty.kind} duty={duty} onShow={() => showDuty(duty.kind, me, standing.rows)} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Lists({ standing, person }: { standing: StandingView; person: AtWorkView | null }) {
  const { t } = useI18n();
  const { duties } = standing;
  const me = person?.name ?? '';
  if (duties.length === 0) {
    return (
      <div className="all-done" data-testid="all-done">
        <CircleCheckBig aria-hidden size={28} strokeWidth={1.5} />
        <div>
          <p className="empty-title">{t('overview.done')}</p>
          <p className="muted">{t('overview.done.text')}</p>
        </div>
      </div>
    );
  }
  const isShared = (duty: DutyView) => SHARED_DUTIES.includes(duty.kind);
  return (
    <div className="duties-pair">
      <Duties
        title={t('overview.yours')}
        nothing={t('overview.yours.none')}
        duties={duties.filter((duty) => !isShared(duty))}
        standing={standing}
        me={me}
        testId="duties-yours"
      />
      <Duties
        title={t('overview.shared')}
        nothing={t('overview.shared.none')}
        duties={duties.filter(isShared)}
        standing={standing}
        me={me}
        testId="duties-shared"
      />
    </div>
  );
}

/** What needs whoever is signed in, each with the list behind it. */
export function NeedsMe() {
  const { t, word } = useI18n();
  const { person } = usePresence();
  const { data, error } = useStanding();
  return (
    <Panel
      title={t('overview.needs')}
      testId="needs-me"
      aside={
        data && (
          <span className="muted">
            {person && `${person.name}, ${word('personRole', person.role)} · `}
            <DateText iso={data.asOf} />
          </span>
        )
      }
    >
      {error ? (
        <FaultNotice fault={error} />
      ) : data ? (
        <Lists standing={data} person={person} />
      ) : (
        <Skeleton rows={5} height={22} />
      )}
    </Panel>
  );
}
