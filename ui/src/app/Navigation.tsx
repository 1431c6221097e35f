import { useQuery } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import { useI18n } from '@/i18n';
import { host, type WorkbookView } from '@/ipc';
import { formatCount } from '@/shared/format';
import { Mark } from '@/shared/Mark';
import { goTo, SCREEN_GROUPS, type Screen } from '@/shared/navigation';
import { KEYS } from '@/shared/queries';
import { useTask } from '@/shared/task';
import { PersonMenu, type PersonMenuProps } from './PersonMenu';
import { PlaceButton } from './PlaceButton';
import { SCREEN_ENTRIES } from './screens';

const ALERTS_MS = 5000;

interface NavigationProps extends PersonMenuProps {
  workbook: WorkbookView;
  screen: Screen;
  onClose: () => void;
}

function NavigationItem({ screen, current, waiting }: { screen: Screen; current: boolean; waiting: number }) {
  const { t, locale } = useI18n();
  const { name, combo, icon } = SCREEN_ENTRIES[screen];
  const count = waiting > 0 && <span className="nav-count num">{formatCount(waiting, locale)}</span>;
  return (
    <li>
      <PlaceButton
        among="nav"
        name={t(name)}
        icon={icon}
        combo={combo}
        title={t(name)}
        current={current}
        testId={`nav-${screen}`}
        onGo={() => goTo(screen)}
        beside={count}
      />
    </li>
  );
}

/** Where one can go, who works here, and the way out. A narrow rail of icons in small windows. */
export function Navigation(props: NavigationProps) {
  const { workbook, screen, onClose } = props;
  const { t } = useI18n();
  const task = useTask();
  // Alerts are raised in the background, without an action here that would ask anew.
  const openAlerts = useQuery({
    queryKey: KEYS.openAlerts,
    queryFn: () => host().call('count_open_alerts', {}),
    refetchInterval: ALERTS_MS,
  });
  const waiting: Partial<Record<Screen, number>> = {
    alerts: openAlerts.data ?? 0,
    review: workbook.counts.toReview,
    import: workbook.waitingFiles.length,
  };
  return (
    <nav className="nav" aria-label={t('nav.label')}>
      <div className="nav-company" title={workbook.path}>
        <Mark size={26} />
        <span className="nav-text">
          <strong data-testid="company-name">{workbook.company}</strong>
          <span>{t(workbook.singleUser ? 'nav.singleUser' : 'nav.shared')}</span>
        </span>
      </div>
      <div className="nav-groups">
        {SCREEN_GROUPS.map((group) => (
          <ul className="nav-list" key={group[0]}>
            {group.map((name) => (
              <NavigationItem
                key={name}
                screen={name}
                current={name === screen}
                waiting={waiting[name] ?? 0}
              />
            ))}
          </ul>
        ))}
      </div>
      <div className="nav-foot">
        <p className={`nav-task ${task ? '' : 'nav-task-idle'}`} role="status">
          {task && (
            <>
              <span className="pulse" aria-hidden />
              <span className="nav-text">{t('task.running')}</span>
            </>
          )}
        </p>
        <PlaceButton
          among="nav"
          name={t('nav.close')}
          icon={DoorOpen}
          title={t('nav.close')}
          testId="lock"
          onGo={onClose}
        />
        <PersonMenu {...props} />
      </div>
    </nav>
  );
}
