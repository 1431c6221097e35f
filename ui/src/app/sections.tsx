import {
  Archive,
  BellRing,
  type LucideIcon,
  Palette,
  ShieldCheck,
  SlidersHorizontal,
  Tags,
  UserRoundCog,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { ALERT_FIELDS, AlertSettingsScreen, useUnsavedAlerting } from '@/features/alerts';
import { BACKUP_FIELDS, BackupScreen, useUnsavedBackups } from '@/features/backup';
import { CATEGORY_FIELDS, CategoriesScreen } from '@/features/categories';
import { MATCHING_FIELDS, MatchingSettingsScreen, useUnsavedMatching } from '@/features/matching-settings';
import { PEOPLE_FIELDS, PeopleScreen } from '@/features/people';
import { POLICY_FIELDS, PolicyScreen, useUnsavedPolicy } from '@/features/policy';
import { APPEARANCE_FIELDS, AppearanceScreen } from '@/features/settings';
import type { MessageKey } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { SETTINGS_SECTIONS, type SettingsSection } from '@/shared/navigation';
import type { SettingField } from '@/shared/settingFields';

/** How one section of the settings is called, reached, searched and shown. */
export interface SectionEntry {
  name: MessageKey;
  /** What it is about. */
  about: MessageKey;
  combo: string;
  icon: LucideIcon;
  /** What the search over the settings finds in it. */
  fields: readonly SettingField[];
  /** Whether something was changed in it and is not saved yet. */
  useUnsaved: () => boolean;
  show: (workbook: WorkbookView) => ReactNode;
}

/** The key of the settings leads to their first section. */
export const SETTINGS_COMBO = 'g s';

/** Where what is chosen holds at once, or a dialog asks for it. */
const useNothingUnsaved = () => false;

/** All sections of the settings: a new one is an entry here and in `SETTINGS_GROUPS`. */
export const SECTION_ENTRIES: Record<SettingsSection, SectionEntry> = {
  appearance: {
    name: 'nav.appearance',
    about: 'settings.about.appearance',
    combo: SETTINGS_COMBO,
    icon: Palette,
    fields: APPEARANCE_FIELDS,
    useUnsaved: useNothingUnsaved,
    show: (workbook) => <AppearanceScreen workbook={workbook} />,
  },
  matching: {
    name: 'nav.matching',
    about: 'settings.about.matching',
    combo: 'g m',
    icon: SlidersHorizontal,
    fields: MATCHING_FIELDS,
    useUnsaved: useUnsavedMatching,
    show: () => <MatchingSettingsScreen />,
  },
  policy: {
    name: 'nav.policy',
    about: 'settings.about.policy',
    combo: 'g y',
    icon: ShieldCheck,
    fields: POLICY_FIELDS,
    useUnsaved: useUnsavedPolicy,
    show: () => <PolicyScreen />,
  },
  categories: {
    name: 'nav.categories',
    about: 'settings.about.categories',
    combo: 'g c',
    icon: Tags,
    fields: CATEGORY_FIELDS,
    useUnsaved: useNothingUnsaved,
    show: () => <CategoriesScreen />,
  },
  alerting: {
    name: 'nav.alerting',
    about: 'settings.about.alerting',
    combo: 'g b',
    icon: BellRing,
    fields: ALERT_FIELDS,
    useUnsaved: useUnsavedAlerting,
    show: () => <AlertSettingsScreen />,
  },
  people: {
    name: 'nav.people',
    about: 'settings.about.people',
    combo: 'g w',
    icon: UserRoundCog,
    fields: PEOPLE_FIELDS,
    useUnsaved: useNothingUnsaved,
    show: () => <PeopleScreen />,
  },
  backups: {
    name: 'nav.backups',
    about: 'settings.about.backups',
    combo: 'g k',
    icon: Archive,
    fields: BACKUP_FIELDS,
    useUnsaved: useUnsavedBackups,
    show: () => <BackupScreen />,
  },
};

/** The sections with a key of their own. */
export const SECTIONS_WITH_KEY = SETTINGS_SECTIONS.filter(
  (section) => SECTION_ENTRIES[section].combo !== SETTINGS_COMBO,
);
