import {
  Diff,
  Import,
  LayoutDashboard,
  ListChecks,
  type LucideIcon,
  Scale,
  ScrollText,
  SlidersHorizontal,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { AuditScreen } from '@/features/audit';
import { DifferencesScreen } from '@/features/differences';
import { ImportScreen } from '@/features/import';
import { MatchingSettingsScreen } from '@/features/matching-settings';
import { OverviewScreen } from '@/features/overview';
import { ProofScreen } from '@/features/proof';
import { ReviewScreen } from '@/features/review';
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
    show: (workbook) => <OverviewScreen workbook={workbook} />,
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
  proof: {
    name: 'nav.proof',
    combo: 'g p',
    icon: Scale,
    show: (workbook, focus) => <ProofScreen workbook={workbook} focus={focus} />,
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
  audit: { name: 'nav.audit', combo: 'g a', icon: ScrollText, show: () => <AuditScreen /> },
};
