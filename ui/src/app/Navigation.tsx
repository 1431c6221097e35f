import { useQuery } from '@tanstack/react-query';
import {
  ChevronsUpDown,
  Languages,
  Lock,
  type LucideIcon,
  Monitor,
  Moon,
  Settings2,
  Sun,
} from 'lucide-react';
import {
  Button as AriaButton,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components';
import { LANGUAGES, type MessageKey, setLanguage, useI18n } from '@/i18n';
import { host, type WorkbookView } from '@/ipc';
import { formatCount } from '@/shared/format';
import { Keys } from '@/shared/Keys';
import { Mark } from '@/shared/Mark';
import { goTo, SCREEN_GROUPS, type Screen } from '@/shared/navigation';
import { type Theme, themeStore } from '@/shared/preferences';
import { KEYS } from '@/shared/queries';
import { useStore } from '@/shared/store';
import { useTask } from '@/shared/task';
import { SCREEN_ENTRIES } from './screens';

const THEMES: readonly { theme: Theme; icon: LucideIcon; name: MessageKey }[] = [
  { theme: 'light', icon: Sun, name: 'settings.light' },
  { theme: 'dark', icon: Moon, name: 'settings.dark' },
  { theme: 'system', icon: Monitor, name: 'settings.system' },
];

const ALERTS_MS = 5000;

interface NavigationProps {
  workbook: WorkbookView;
  version: string;
  screen: Screen;
  onKeys: () => void;
  onClose: () => void;
}

function Settings({ workbook, version, onKeys }: Pick<NavigationProps, 'workbook' | 'version' | 'onKeys'>) {
  const { t, language } = useI18n();
  const theme = useStore(themeStore);
  const initials = workbook.user
    .split(/\s+/)
    .map((part) => part[0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <MenuTrigger>
      <AriaButton className="nav-user" data-testid="settings">
        <span className="avatar" aria-hidden>
          {initials}
        </span>
        <span className="nav-text nav-user-name">{workbook.user}</span>
        <span className="sr-only">{t('settings.open')}</span>
        <ChevronsUpDown aria-hidden size={14} className="nav-text" />
      </AriaButton>
      <Popover className="popover" placement="top start">
        <Menu className="menu" aria-label={t('settings.title')}>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={(keys) => {
              const [key] = keys === 'all' ? [] : [...keys];
              const chosen = THEMES.find((choice) => choice.theme === key);
              if (chosen) {
                themeStore.set(chosen.theme);
              }
            }}
          >
            <Header className="menu-head">{t('settings.theme')}</Header>
            {THEMES.map(({ theme: value, icon: Icon, name }) => (
              <MenuItem
                key={value}
                id={value}
                className="menu-item"
                textValue={t(name)}
                data-testid={`theme-${value}`}
              >
                <Icon aria-hidden size={15} />
                {t(name)}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[language]}
            onSelectionChange={(keys) => {
              const [key] = keys === 'all' ? [] : [...keys];
              const chosen = LANGUAGES.find((choice) => choice.code === key);
              if (chosen) {
                setLanguage(chosen.code);
              }
            }}
          >
            <Header className="menu-head">{t('settings.language')}</Header>
            {LANGUAGES.map(({ code, name }) => (
              <MenuItem
                key={code}
                id={code}
                className="menu-item"
                textValue={name}
                data-testid={`language-${code}`}
              >
                <Languages aria-hidden size={15} />
                {name}
              </MenuItem>
            ))}
          </MenuSection>
          <MenuSection>
            <MenuItem
              className="menu-item"
              onAction={() => goTo('settings')}
              textValue={t('settings.all')}
              data-testid="all-settings"
            >
              <Settings2 aria-hidden size={15} />
              <span className="menu-grow">{t('settings.all')}</span>
              <Keys combo="g s" />
            </MenuItem>
          </MenuSection>
          <MenuSection>
            <MenuItem
              className="menu-item"
              onAction={onKeys}
              textValue={t('keys.title')}
              data-testid="show-keys"
            >
              <span className="menu-grow">{t('keys.title')}</span>
              <Keys combo="?" />
            </MenuItem>
          </MenuSection>
          <MenuSection>
            <Header className="menu-head menu-version">{t('start.version', { version })}</Header>
          </MenuSection>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function NavigationItem({ screen, current, waiting }: { screen: Screen; current: boolean; waiting: number }) {
  const { t, locale } = useI18n();
  const { name, combo, icon: Icon } = SCREEN_ENTRIES[screen];
  return (
    <li>
      <button
        type="button"
        className="nav-item"
        aria-current={current ? 'page' : undefined}
        aria-keyshortcuts={combo}
        title={t(name)}
        data-testid={`nav-${screen}`}
        onClick={() => goTo(screen)}
      >
        <Icon aria-hidden size={17} strokeWidth={1.85} />
        <span className="nav-text nav-name">{t(name)}</span>
        {waiting > 0 && <span className="nav-count num">{formatCount(waiting, locale)}</span>}
        <span className="nav-text nav-key">
          <Keys combo={combo} />
        </span>
      </button>
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
        <button type="button" className="nav-item" onClick={onClose} title={t('nav.lock')} data-testid="lock">
          <Lock aria-hidden size={16} strokeWidth={1.85} />
          <span className="nav-text nav-name">{t('nav.lock')}</span>
        </button>
        <Settings workbook={workbook} version={props.version} onKeys={props.onKeys} />
      </div>
    </nav>
  );
}
