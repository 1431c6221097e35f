import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { PaperChoice, PartsChoice } from '@/ipc';
import { CheckField, SelectField } from '@/shared/Field';
import { recall, remember } from '@/shared/preferences';

const PAPERS: PaperChoice[] = ['a4', 'letter'];
const PAPER_NAMES = { a4: 'report.paper.a4', letter: 'report.paper.letter' } as const;
const PARTS: PartsChoice[] = ['full', 'statement', 'management'];
const PARTS_NAMES = {
  full: 'report.parts.full',
  statement: 'report.parts.statement',
  management: 'report.parts.management',
} as const;

/** Paper and parts of a report. */
export interface ReportLayout {
  paper: PaperChoice;
  parts: PartsChoice;
  allRows: boolean;
}

/** The layout chosen last on this machine, and how to choose another. */
export function useReportLayout(): [ReportLayout, (changed: Partial<ReportLayout>) => void] {
  const [layout, setLayout] = useState<ReportLayout>({
    paper: PAPERS.find((paper) => paper === recall('report.paper')) ?? 'a4',
    parts: PARTS.find((parts) => parts === recall('report.parts')) ?? 'full',
    allRows: recall('report.allRows') === 'true',
  });
  function change(changed: Partial<ReportLayout>): void {
    const next = { ...layout, ...changed };
    remember('report.paper', next.paper);
    remember('report.parts', next.parts);
    remember('report.allRows', String(next.allRows));
    setLayout(next);
  }
  return [layout, change];
}

interface LayoutFieldsProps {
  layout: ReportLayout;
  onChange: (changed: Partial<ReportLayout>) => void;
}

/** What is in the report, and on what paper. */
export function LayoutFields({ layout, onChange }: LayoutFieldsProps) {
  const { t } = useI18n();
  return (
    <div className="export-layout">
      <SelectField
        label={t('report.parts')}
        value={layout.parts}
        onChange={(chosen) => onChange({ parts: PARTS.find((parts) => parts === chosen) ?? 'full' })}
        testId="export-parts"
      >
        {PARTS.map((parts) => (
          <option key={parts} value={parts}>
            {t(PARTS_NAMES[parts])}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('report.paper')}
        value={layout.paper}
        onChange={(chosen) => onChange({ paper: PAPERS.find((paper) => paper === chosen) ?? 'a4' })}
        testId="export-paper"
      >
        {PAPERS.map((paper) => (
          <option key={paper} value={paper}>
            {t(PAPER_NAMES[paper])}
          </option>
        ))}
      </SelectField>
      <CheckField
        label={t('report.allRows')}
        checked={layout.allRows}
        disabled={layout.parts === 'management'}
        onChange={(allRows) => onChange({ allRows })}
        testId="export-all-rows"
      />
    </div>
  );
}
