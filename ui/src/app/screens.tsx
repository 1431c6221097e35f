import {
  Bell,
  BookOpenText,
  ChartNoAxesCombined,
  Diff,
  Import,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Scale,
  ScanSearch,
  ScrollText,
  Settings2,
  ShieldCheck,
  SlidersHorizontal,
  Table2,
  Tags,
  TriangleAlert,
  UserRoundCog,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { AlertsScreen } from '@/features/alerts';
import { AnomaliesScreen } from '@/features/anomalies';
import { AuditScreen } from '@/features/audit';
import { CategoriesScreen } from '@/features/categories';
import { CustomersScreen } from '@/features/customers';
import { DifferencesScreen } from '@/features/differences';
import { ExceptionsScreen } from '@/features/exceptions';
import { FiguresScreen } from '@/features/figures';
import { ImportScreen } from '@/features/import';
import { JournalScreen } from '@/features/journal';
import { MatchingSettingsScreen } from '@/features/matching-settings';
import { OverviewScreen } from '@/features/overview';
import { PeopleScreen } from '@/features/people';
import { PolicyScreen } from '@/features/policy';
import { ProofScreen } from '@/features/proof';
import { RecordsScreen } from '@/features/records';
import { ReviewScreen } from '@/features/review';
import { SettingsScreen } from '@/features/settings';
import type { MessageKey } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import type { Screen } from '@/shared/navigation';

/** How one screen is called, reached and shown. */
export interface ScreenEntry {
  name: MessageKey;
  combo: string;
  icon: LucideIcon;
  /** `focus` is what the screen was asked to show. */
  show: (workbook: WorkbookView, focus: string) => ReactNode;
}

/** All screens of an open workbook: a new one is a line here and in `SCREEN_GROUPS`. */
export const SCREEN_ENTRIES: Record<Screen, ScreenEntry> = {
  overview: {
    name: 'nav.overview',
    combo: 'g o',
    icon: LayoutDashboard,
    show: (workbook, focus) => <OverviewScreen workbook={workbook} focus={focus} />,
  },
  import: {
    name: 'nav.import',
    combo: 'g i',
    icon: Import,
    show: (workbook) => <ImportScreen workbook={workbook} />,
  },
  review: {
    name: 'nav.review',
    combo: 'g r',
    icon: ListChecks,
    show: (workbook, focus) => <ReviewScreen workbook={workbook} focus={focus} />,
  },
  records: {
    name: 'nav.records',
    combo: 'g t',
    icon: Table2,
    show: (workbook, focus) => <RecordsScreen workbook={workbook} focus={focus} />,
  },
  proof: {
    name: 'nav.proof',
    combo: 'g p',
    icon: Scale,
    show: (workbook, focus) => <ProofScreen workbook={workbook} focus={focus} />,
  },
  journal: {
    name: 'nav.journal',
    combo: 'g j',
    icon: BookOpenText,
    show: (workbook, focus) => <JournalScreen workbook={workbook} focus={focus} />,
  },
  figures: {
    name: 'nav.figures',
    combo: 'g f',
    icon: ChartNoAxesCombined,
    show: (workbook) => <FiguresScreen workbook={workbook} />,
  },
  exceptions: {
    name: 'nav.exceptions',
    combo: 'g e',
    icon: TriangleAlert,
    show: (workbook, focus) => <ExceptionsScreen workbook={workbook} focus={focus} />,
  },
  categories: {
    name: 'nav.categories',
    combo: 'g c',
    icon: Tags,
    show: () => <CategoriesScreen />,
  },
  customers: {
    name: 'nav.customers',
    combo: 'g u',
    icon: Users,
    show: (workbook, focus) => <CustomersScreen workbook={workbook} focus={focus} />,
  },
  alerts: { name: 'nav.alerts', combo: 'g l', icon: Bell, show: () => <AlertsScreen /> },
  anomalies: {
    name: 'nav.anomalies',
    combo: 'g n',
    icon: ScanSearch,
    show: (workbook) => <AnomaliesScreen workbook={workbook} />,
  },
  differences: {
    name: 'nav.differences',
    combo: 'g d',
    icon: Diff,
    show: (workbook) => <DifferencesScreen workbook={workbook} />,
  },
  matching: {
    name: 'nav.matching',
    combo: 'g m',
    icon: SlidersHorizontal,
    show: () => <MatchingSettingsScreen />,
  },
  policy: { name: 'nav.policy', combo: 'g y', icon: ShieldCheck, show: () => <PolicyScreen /> },
  settings: {
    name: 'nav.settings',
    combo: 'g s',
    icon: Settings2,
    show: (workbook) => <SettingsScreen workbook={workbook} />,
  },
  people: { name: 'nav.people', combo: 'g w', icon: UserRoundCog, show: () => <PeopleScreen /> },
  audit: { name: 'nav.audit', combo: 'g a', icon: ScrollText, show: () => <AuditScreen /> },
};
