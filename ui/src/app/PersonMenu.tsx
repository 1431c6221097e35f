import {
  ChevronsUpDown,
  KeyRound,
  Languages,
  Lock,
  type LucideIcon,
  Monitor,
  Moon,
  Settings2,
  Sun,
  UserRoundCog,
  UsersRound,
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
import { Keys } from '@/shared/Keys';
import { goTo, goToSettings } from '@/shared/navigation';
import { type Theme, themeStore } from '@/shared/preferences';
import { usePresence } from '@/shared/presence';
import { useStore } from '@/shared/store';

const THEMES: readonly { theme: Theme; icon: LucideIcon; name: MessageKey }[] = [
  { theme: 'light', icon: Sun, name: 'settings.light' },
  { theme: 'dark', icon: Moon, name: 'settings.dark' },
  { theme: 'system', icon: Monitor, name: 'settings.system' },
];

/** What the menu of whoever is signed in can do. */
export interface PersonMenuProps {
  version: string;
  onKeys: () => void;
  onLock: () => void;
  onSwitch: () => void;
  onSecret: () => void;
}

interface ActionProps {
  icon: LucideIcon;
  name: MessageKey;
  keys?: string;
  run: () => void;
  testId: string;
}

function Action({ icon: Icon, name, keys, run, testId }: ActionProps) {
  const { t } = useI18n();
  return (
    <MenuItem className="menu-item" onAction={run} textValue={t(name)} data-testid={testId}>
      <Icon aria-hidden size={15} />
      <span className="menu-grow">{t(name)}</span>
      {keys && <Keys combo={keys} />}
    </MenuItem>
  );
}

/** Who is signed in, and what they may do with that: switch, lock, their secret; besides, how the window looks. */
export function PersonMenu({ version, onKeys, onLock, onSwitch, onSecret }: PersonMenuProps) {
  const { t, word, language } = useI18n();
  const { person } = usePresence();
  const name = person?.name ?? '';
  const role = person ? word('personRole', person.role) : '';
  const theme = useStore(themeStore);
  const initials = name
    .split(/\s+/)
    .map((part) => [...part][0] ?? '')
    .slice(0, 2)
    .join('')
    .toUpperCase();
  return (
    <MenuTrigger>
      <AriaButton className="nav-user" data-testid="settings">
        {/* A narrow window has room for no more than the initials. */}
        <span className="avatar" aria-hidden title={`${name} · ${role}`}>
          {initials}
        </span>
        <span className="nav-text nav-user-name" aria-hidden>
          <bdi data-testid="signed-in-name">{name}</bdi>
          <span className="nav-user-role" data-testid="signed-in-role">
            {role}
          </span>
        </span>
        <span className="sr-only">{`${name}, ${role}${t('settings.open')}`}</span>
        <ChevronsUpDown aria-hidden size={14} className="nav-text" />
      </AriaButton>
      <Popover className="popover" placement="top start">
        <Menu className="menu" aria-label={t('settings.title')}>
          <MenuSection>
            <Header className="menu-head menu-person">
              <bdi>{name}</bdi>
              <span>{role}</span>
            </Header>
            <Action icon={Lock} name="lock.now" keys="Mod+L" run={onLock} testId="menu-lock" />
            <Action
              icon={UsersRound}
              name="person.switch"
              keys="Mod+Shift+L"
              run={onSwitch}
              testId="menu-switch"
            />
            <Action icon={KeyRound} name="people.own.title" run={onSecret} testId="menu-secret" />
            <Action
              icon={UserRoundCog}
              name="nav.people"
              keys="g w"
              run={() => goToSettings('people')}
              testId="menu-people"
            />
            <Action
              icon={Settings2}
              name="settings.all"
              keys="g s"
              run={() => goTo('settings')}
              testId="all-settings"
            />
          </MenuSection>
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
