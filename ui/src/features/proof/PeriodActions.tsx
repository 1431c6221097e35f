import {
  CircleX,
  KeyRound,
  Lock,
  LockOpen,
  type LucideIcon,
  PenLine,
  Trash2,
  Undo2,
  UserCheck,
} from 'lucide-react';
import { useState } from 'react';
import { useI18n } from '@/i18n';
import { host, type PeriodSheetView } from '@/ipc';
import { Button } from '@/shared/Button';
import { useKeys } from '@/shared/keys';
import { FaultNotice } from '@/shared/Notice';
import { goToSettings } from '@/shared/navigation';
import { useRefreshBook } from '@/shared/queries';
import { ActDialog } from './ActDialog';
import { type Act, useAct } from './usePeriods';

const ICONS: Record<Act, LucideIcon> = {
  prepare: PenLine,
  review: UserCheck,
  lock: Lock,
  takeBack: Undo2,
  request: LockOpen,
  reopen: LockOpen,
  decline: CircleX,
  withdraw: Undo2,
};
/** What usually comes next: it is the one that stands out. Ways back never do. */
const NEXT: readonly Act[] = ['prepare', 'review', 'lock'];
const KEY_OF: Record<Act, string> = {
  prepare: 'p',
  review: 's',
  lock: 'l',
  takeBack: 'b',
  request: 'b',
  reopen: 'b',
  decline: 'd',
  withdraw: 'w',
};

/** To ask for a reopening; or to agree to it, to decline it or to withdraw it. */
function waysBack(
  { period, needsAnother, asked }: PeriodSheetView,
  signing: string,
  named: string,
): [Act, string][] {
  if (period.reopening === null) {
    return [['request', named]];
  }
  const withdraw: [Act, string][] = asked ? [['withdraw', named]] : [];
  // Whoever asked sees why they cannot agree; that they cannot decline either goes without saying.
  const decline: [Act, string][] = needsAnother || signing !== '' ? [] : [['decline', '']];
  return [['reopen', signing || (needsAnother ? 'samePerson' : '')], ...decline, ...withdraw];
}

/** What can be done, each with what stands in the way of it (a family of `periods.cannot.*`, or empty). */
function possible(sheet: PeriodSheetView): [Act, string][] {
  const { period, mayPrepare, maySignOff, needsAnother, needsSecret, figures, before } = sheet;
  // Whatever happens to a period carries a name that a secret proves.
  const named = needsSecret ? 'ownSecret' : '';
  const signing = maySignOff ? named : 'signOff';
  const unproved = period.toReprove ? 'toReprove' : '';
  switch (period.state) {
    case 'open': {
      const early = before !== null && before.state === 'open';
      const unknown = figures.opening === null || figures.closing === null;
      const off = !figures.canSign && !unknown;
      return [['prepare', mayPrepare ? named || (early ? 'earlierOpen' : off ? 'proof' : '') : 'prepare']];
    }
    case 'prepared':
      return [
        ['review', signing || unproved || (needsAnother ? 'samePerson' : '')],
        ['takeBack', named],
      ];
    case 'reviewed':
    case 'locked': {
      const back = waysBack(sheet, signing, named);
      if (period.state === 'locked') {
        return back;
      }
      const unlocked = before !== null && before.state !== 'locked' ? 'earlierNotLocked' : '';
      return [['lock', signing || unproved || unlocked], ...back];
    }
  }
}

function variantOf(name: Act): 'primary' | 'secondary' | 'quiet' {
  if (NEXT.includes(name)) {
    return 'primary';
  }
  return name === 'request' ? 'quiet' : 'secondary';
}

/** Where whoever lacks a secret of their own chooses one. */
const toOwnSecret = () => goToSettings('people', 'people.own.title');

/** The buttons of a period, with their keys; what is not possible says why. */
export function PeriodActions({ sheet, onRemoved }: { sheet: PeriodSheetView; onRemoved: () => void }) {
  const { t, word } = useI18n();
  // The sheet that was looked at when the dialog opened: what is signed is that, though another is read meanwhile.
  const [act, setAct] = useState<{ name: Act; seen: string } | null>(null);
  const [fault, setFault] = useState<unknown>(null);
  const doIt = useAct(sheet.period.id, act?.seen ?? '');
  const refresh = useRefreshBook();
  const acts = possible(sheet);
  const begin = (name: Act) => setAct({ name, seen: sheet.seen });
  const group = t('nav.proof');
  const lacksSecret = acts.some(([, why]) => why === 'ownSecret');
  useKeys([
    ...acts.map(([name, why]) => ({
      combo: KEY_OF[name],
      label: word('periods.act', name),
      group,
      run: () => begin(name),
      enabled: why === '',
    })),
    ...(lacksSecret ? [{ combo: 'o', label: t('people.own.title'), group, run: toOwnSecret }] : []),
  ]);

  async function remove(): Promise<void> {
    setFault(null);
    try {
      await host().call('remove_period', { periodId: sheet.period.id });
      onRemoved();
      await refresh();
    } catch (refusal) {
      setFault(refusal);
    }
  }

  const removable = sheet.period.state === 'open' && sheet.events.length === 0 && sheet.mayPrepare;
  const obstacles = acts.filter(([, why]) => why !== '');
  return (
    <div className="period-actions">
      {acts.map(([name, why]) => (
        <Button
          key={name}
          variant={variantOf(name)}
          icon={ICONS[name]}
          keys={KEY_OF[name]}
          disabled={why !== ''}
          aria-describedby={why === '' ? undefined : `cannot-${name}`}
          onClick={() => begin(name)}
          testId={`period-${name}`}
        >
          {word('periods.act', name)}
        </Button>
      ))}
      {removable && (
        <Button variant="quiet" icon={Trash2} onClick={() => void remove()} testId="period-remove">
          {t('periods.remove')}
        </Button>
      )}
      {obstacles.map(([name, why]) => (
        <p key={name} id={`cannot-${name}`} className="muted period-cannot" data-testid="period-cannot">
          {word('periods.cannot', why)}
        </p>
      ))}
      {lacksSecret && (
        <Button size="small" icon={KeyRound} keys="o" onClick={toOwnSecret} testId="period-own-secret">
          {t('people.own.title')}
        </Button>
      )}
      {fault !== null && <FaultNotice fault={fault} />}
      {act && <ActDialog act={act.name} sheet={sheet} onClose={() => setAct(null)} onAct={doIt} />}
    </div>
  );
}
