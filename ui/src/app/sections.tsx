import {
  Archive,
  BellRing,
  FileOutput,
  type LucideIcon,
  Palette,
  Radar,
  ShieldCheck,
  Signature,
  SlidersHorizontal,
  Stethoscope,
  Tags,
  UserRoundCog,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { ALERT_FIELDS, AlertSettingsScreen, alertDraft } from '@/features/alerts';
import { DETECTOR_FIELDS, DetectorsScreen, detectorDraft } from '@/features/anomalies';
import { BACKUP_FIELDS, BackupScreen, backupDraft } from '@/features/backup';
import { CATEGORY_FIELDS, CategoriesScreen } from '@/features/categories';
import { DOCTOR_FIELDS, DoctorScreen } from '@/features/doctor';
import { LAYOUT_FIELDS, LayoutsScreen, layoutDrafts } from '@/features/journal';
import { MATCHING_FIELDS, MatchingSettingsScreen, matchingDraft } from '@/features/matching-settings';
import { PEOPLE_FIELDS, PeopleScreen } from '@/features/people';
import { POLICY_FIELDS, PolicyScreen, policyDraft } from '@/features/policy';
import { APPEARANCE_FIELDS, AppearanceScreen } from '@/features/settings';
import { SIGNING_FIELDS, SigningScreen } from '@/features/signing';
import type { MessageKey } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import { SETTINGS_SECTIONS, type SettingsSection } from '@/shared/navigation';
import type { SettingField } from '@/shared/settingFields';
import type { Watched } from '@/shared/store';

/** How one section of the settings is called, reached, searched and shown. */
export interface SectionEntry {
  name: MessageKey;
  /** What it is about. */
  about: MessageKey;
  combo: string;
  icon: LucideIcon;
  /** What the search over the settings finds in it. */
  fields: readonly SettingField[];
  /** What was changed in it and is not saved yet; `null` where what is chosen holds at once, or a dialog asks for it. */
  draft: Watched<unknown> | null;
  show: (workbook: WorkbookView) => ReactNode;
}

/** The key of the settings leads to their first section. */
export const SETTINGS_COMBO = 'g s';

/** All sections of the settings: a new one is an entry here and in `SETTINGS_GROUPS`. */
export const SECTION_ENTRIES: Record<SettingsSection, SectionEntry> = {
  appearance: {
    name: 'nav.appearance',
    about: 'settings.about.appearance',
    combo: SETTINGS_COMBO,
    icon: Palette,
    fields: APPEARANCE_FIELDS,
    draft: null,
    show: (workbook) => <AppearanceScreen workbook={workbook} />,
  },
  matching: {
    name: 'nav.matching',
    about: 'settings.about.matching',
    combo: 'g m',
    icon: SlidersHorizontal,
    fields: MATCHING_FIELDS,
    draft: matchingDraft,
    show: () => <MatchingSettingsScreen />,
  },
  policy: {
    name: 'nav.policy',
    about: 'settings.about.policy',
    combo: 'g y',
    icon: ShieldCheck,
    fields: POLICY_FIELDS,
    draft: policyDraft,
    show: () => <PolicyScreen />,
  },
  categories: {
    name: 'nav.categories',
    about: 'settings.about.categories',
    combo: 'g c',
    icon: Tags,
    fields: CATEGORY_FIELDS,
    draft: null,
    show: () => <CategoriesScreen />,
  },
  detectors: {
    name: 'nav.detectors',
    about: 'settings.about.detectors',
    combo: 'g k',
    icon: Radar,
    fields: DETECTOR_FIELDS,
    draft: detectorDraft,
    show: () => <DetectorsScreen />,
  },
  alerting: {
    name: 'nav.alerting',
    about: 'settings.about.alerting',
    combo: 'g b',
    icon: BellRing,
    fields: ALERT_FIELDS,
    draft: alertDraft,
    show: () => <AlertSettingsScreen />,
  },
  layouts: {
    name: 'nav.layouts',
    about: 'settings.about.layouts',
    combo: 'g x',
    icon: FileOutput,
    fields: LAYOUT_FIELDS,
    draft: layoutDrafts,
    show: () => <LayoutsScreen />,
  },
  people: {
    name: 'nav.people',
    about: 'settings.about.people',
    combo: 'g w',
    icon: UserRoundCog,
    fields: PEOPLE_FIELDS,
    draft: null,
    show: () => <PeopleScreen />,
  },
  signing: {
    name: 'nav.signing',
    about: 'settings.about.signing',
    combo: 'g z',
    icon: Signature,
    fields: SIGNING_FIELDS,
    draft: null,
    show: () => <SigningScreen />,
  },
  backups: {
    name: 'nav.backups',
    about: 'settings.about.backups',
    combo: 'g h',
    icon: Archive,
    fields: BACKUP_FIELDS,
    draft: backupDraft,
    show: () => <BackupScreen />,
  },
  doctor: {
    name: 'nav.doctor',
    about: 'settings.about.doctor',
    combo: 'g q',
    icon: Stethoscope,
    fields: DOCTOR_FIELDS,
    draft: null,
    show: () => <DoctorScreen />,
  },
};

/** The sections with a key of their own. */
export const SECTIONS_WITH_KEY = SETTINGS_SECTIONS.filter(
  (section) => SECTION_ENTRIES[section].combo !== SETTINGS_COMBO,
);
