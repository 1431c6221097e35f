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
  Table2,
  TriangleAlert,
  Users,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { AlertsScreen } from '@/features/alerts';
import { AnomaliesScreen } from '@/features/anomalies';
import { AuditScreen } from '@/features/audit';
import { CustomersScreen } from '@/features/customers';
import { DifferencesScreen } from '@/features/differences';
import { ExceptionsScreen } from '@/features/exceptions';
import { FiguresScreen } from '@/features/figures';
import { ImportScreen } from '@/features/import';
import { JournalScreen } from '@/features/journal';
import { OverviewScreen } from '@/features/overview';
import { ProofScreen } from '@/features/proof';
import { RecordsScreen } from '@/features/records';
import { ReviewScreen } from '@/features/review';
import type { MessageKey } from '@/i18n';
import type { WorkbookView } from '@/ipc';
import type { Screen } from '@/shared/navigation';
import { SettingsHome } from './SettingsHome';
import { SETTINGS_COMBO } from './sections';

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
  settings: {
    name: 'nav.settings',
    combo: SETTINGS_COMBO,
    icon: Settings2,
    show: (workbook, focus) => <SettingsHome workbook={workbook} focus={focus} />,
  },
  audit: { name: 'nav.audit', combo: 'g a', icon: ScrollText, show: () => <AuditScreen /> },
};
