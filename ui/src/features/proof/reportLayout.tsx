import { useState } from 'react';
import { useI18n } from '@/i18n';
import type { PaperChoice, PartsChoice, ShowingChoice } from '@/ipc';
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

const SHOWINGS: ShowingChoice[] = ['keep', 'mask', 'omit'];
const PERSONAL = ['accounts', 'emails', 'names'] as const;
const PERSONAL_NAMES = {
  accounts: 'report.show.accounts',
  emails: 'report.show.emails',
  names: 'report.show.names',
} as const;
const SHOWN_NAMES = {
  accounts: { keep: 'report.show.keep', mask: 'report.show.lastFour', omit: 'report.show.omit' },
  emails: { keep: 'report.show.keep', mask: 'report.show.firstLetters', omit: 'report.show.omit' },
  names: { keep: 'report.show.keep', mask: 'report.show.initials', omit: 'report.show.omit' },
} as const;

type Personal = Record<(typeof PERSONAL)[number], ShowingChoice>;

/** Paper and parts of a report, and how it shows what is personal. */
export interface ReportLayout extends Personal {
  paper: PaperChoice;
  parts: PartsChoice;
  allRows: boolean;
}

function showing(word: string | null): ShowingChoice {
  return SHOWINGS.find((known) => known === word) ?? 'keep';
}

function recalled(what: keyof Personal): ShowingChoice {
  return showing(recall(`report.show.${what}`));
}

/** The layout chosen last on this machine, and how to choose another. */
export function useReportLayout(): [ReportLayout, (changed: Partial<ReportLayout>) => void] {
  const [layout, setLayout] = useState<ReportLayout>({
    paper: PAPERS.find((paper) => paper === recall('report.paper')) ?? 'a4',
    parts: PARTS.find((parts) => parts === recall('report.parts')) ?? 'full',
    allRows: recall('report.allRows') === 'true',
    accounts: recalled('accounts'),
    emails: recalled('emails'),
    names: recalled('names'),
  });
  function change(changed: Partial<ReportLayout>): void {
    const next = { ...layout, ...changed };
    remember('report.paper', next.paper);
    remember('report.parts', next.parts);
    remember('report.allRows', String(next.allRows));
    for (const what of PERSONAL) {
      remember(`report.show.${what}`, next[what]);
    }
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
    <>
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
      <div className="export-layout">
        {PERSONAL.map((what) => (
          <SelectField
            key={what}
            label={t(PERSONAL_NAMES[what])}
            value={layout[what]}
            onChange={(chosen) => onChange({ [what]: showing(chosen) })}
            testId={`export-${what}`}
          >
            {SHOWINGS.map((how) => (
              <option key={how} value={how}>
                {t(SHOWN_NAMES[what][how])}
              </option>
            ))}
          </SelectField>
        ))}
      </div>
    </>
  );
}
