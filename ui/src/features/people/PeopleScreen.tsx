import { KeyRound, UserPlus } from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { PeopleView, PersonView } from '@/ipc';
import { Button } from '@/shared/Button';
import { SelectField } from '@/shared/Field';
import { useKeys } from '@/shared/keys';
import { FaultNotice, Notice } from '@/shared/Notice';
import { Panel, ScreenHead, Skeleton } from '@/shared/Parts';
import { usePresence } from '@/shared/presence';
import { OwnSecretDialog } from './OwnSecretDialog';
import { AddPersonDialog, EditPersonDialog, ResetSecretDialog } from './PersonDialog';
import { PersonTable } from './PersonTable';
import { useChange, usePeople } from './usePeople';
import { PassphraseDialog, SingleUserDialog } from './WorkbookDialogs';
import './people.css';

const IDLE_CHOICES = [0, 1, 2, 5, 10, 15, 30, 60, 120];

type Asking =
  | { what: 'add' | 'own' | 'passphrase' | 'single' }
  | { what: 'edit' | 'reset'; person: PersonView };

interface RulesProps {
  people: PeopleView;
  isAdmin: boolean;
  onSingle: () => void;
  onPassphrase: () => void;
  onFault: (fault: unknown) => void;
}

function Rules({ people, isAdmin, onSingle, onPassphrase, onFault }: RulesProps) {
  const { t } = useI18n();
  const change = useChange();
  const { singleUser, idleMinutes } = people;
  const choices = IDLE_CHOICES.includes(idleMinutes) ? IDLE_CHOICES : [...IDLE_CHOICES, idleMinutes];
  return (
    <div className="people-rules">
      <div className="people-rule">
        <div>
          <h3>{t('people.single')}</h3>
          <p className="muted" data-testid="single-user">
            {t(singleUser ? 'people.single.is' : 'people.single.isNot')}
          </p>
        </div>
        <Button size="small" disabled={!isAdmin} onClick={onSingle} testId="single-user-change">
          {t(singleUser ? 'people.single.off' : 'people.single.on')}
        </Button>
      </div>
      <div className="people-rule">
        <div>
          <h3>{t('people.passphrase.heading')}</h3>
          <p className="muted">{t('people.passphrase.says')}</p>
        </div>
        <Button
          size="small"
          icon={KeyRound}
          disabled={!isAdmin}
          onClick={onPassphrase}
          testId="passphrase-change"
        >
          {t('people.passphrase')}
        </Button>
      </div>
      <SelectField
        label={t('people.idle')}
        hint={t('people.idle.hint')}
        value={String(idleMinutes)}
        disabled={!isAdmin}
        onChange={(minutes) =>
          void change('set_idle_minutes', { minutes: Number(minutes) }).then(() => onFault(null), onFault)
        }
        testId="idle-minutes"
      >
        {choices.map((minutes) => (
          <option key={minutes} value={minutes}>
            {minutes === 0 ? t('people.idle.never') : t('people.idle.after', { count: minutes })}
          </option>
        ))}
      </SelectField>
    </div>
  );
}

/** Who works in the workbook and as what, their secrets, and when the window locks itself. */
export function PeopleScreen() {
  const { t } = useI18n();
  const people = usePeople();
  const { person } = usePresence();
  const [asking, setAsking] = useState<Asking | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const isAdmin = person?.role === 'admin';
  const close = () => setAsking(null);

  const group = t('nav.people');
  useKeys([
    {
      combo: 'n',
      label: t('people.add'),
      group,
      run: () => setAsking({ what: 'add' }),
      enabled: isAdmin,
    },
    { combo: 's', label: t('people.own.title'), group, run: () => setAsking({ what: 'own' }) },
  ]);

  return (
    <div className="screen">
      <ScreenHead
        title={t('people.title')}
        actions={
          <>
            <Button
              icon={KeyRound}
              keys="s"
              onClick={() => setAsking({ what: 'own' })}
              testId="own-secret-open"
            >
              {t('people.own.title')}
            </Button>
            <Button
              variant="primary"
              icon={UserPlus}
              keys="n"
              disabled={!isAdmin}
              onClick={() => setAsking({ what: 'add' })}
              testId="person-add"
            >
              {t('people.add')}
            </Button>
          </>
        }
      >
        {t('people.sub')}
      </ScreenHead>
      {people.error && <FaultNotice fault={people.error} />}
      {fault !== null && <FaultNotice fault={fault} />}
      {!isAdmin && person && (
        <Notice tone="info" title={t('people.readOnly')} testId="people-read-only">
          {t('people.readOnly.text')}
        </Notice>
      )}
      {people.data ? (
        <>
          <Panel flush>
            <PersonTable
              people={people.data}
              isAdmin={isAdmin}
              onEdit={(one) => setAsking({ what: 'edit', person: one })}
              onReset={(one) => setAsking({ what: 'reset', person: one })}
            />
          </Panel>
          <Panel title={t('people.rules')}>
            <Rules
              people={people.data}
              isAdmin={isAdmin}
              onSingle={() => setAsking({ what: 'single' })}
              onPassphrase={() => setAsking({ what: 'passphrase' })}
              onFault={setFault}
            />
          </Panel>
        </>
      ) : (
        !people.error && (
          <Panel>
            <Skeleton rows={6} height={22} />
          </Panel>
        )
      )}
      {asking?.what === 'add' && <AddPersonDialog onClose={close} />}
      {asking?.what === 'edit' && <EditPersonDialog person={asking.person} onClose={close} />}
      {asking?.what === 'reset' && <ResetSecretDialog person={asking.person} onClose={close} />}
      {asking?.what === 'own' && person && <OwnSecretDialog person={person} onClose={close} />}
      {asking?.what === 'passphrase' && <PassphraseDialog onClose={close} />}
      {asking?.what === 'single' && people.data && (
        <SingleUserDialog on={!people.data.singleUser} onClose={close} />
      )}
    </div>
  );
}
