import { useI18n } from '@/i18n';
import type { Counts } from '@/ipc';
import { formatCount } from '@/shared/format';
import { goTo } from '@/shared/navigation';

function Figure(props: {
  label: string;
  value: number;
  note: string;
  tone?: string;
  onClick?: () => void;
  testId: string;
}) {
  const { locale } = useI18n();
  const { label, value, note, tone = '', onClick, testId } = props;
  const inner = (
    <>
      <span className="figure-label">{label}</span>
      <span className={`figure-value ${tone}`}>{formatCount(value, locale)}</span>
      <span className="figure-note">{note}</span>
    </>
  );
  return onClick ? (
    <button type="button" className="figure figure-link" onClick={onClick} data-testid={testId}>
      {inner}
    </button>
  ) : (
    <div className="figure" data-testid={testId}>
      {inner}
    </div>
  );
}

/** How much there is and how much is open. */
export function Figures({ counts }: { counts: Counts }) {
  const { t } = useI18n();
  const share = (open: number, all: number) => (all === 0 ? 0 : Math.floor(((all - open) * 100) / all));
  return (
    <div className="figures">
      <Figure
        label={t('overview.toReview')}
        value={counts.toReview}
        note={t('overview.toReview.note')}
        tone={counts.toReview > 0 ? 'figure-warn' : ''}
        onClick={() => goTo('review')}
        testId="count-to-review"
      />
      <Figure
        label={t('overview.approved')}
        value={counts.approved}
        note={t('overview.approved.note')}
        onClick={() => goTo('review', 'approved')}
        testId="count-approved"
      />
      <Figure
        label={t('overview.lines')}
        value={counts.lines}
        note={t('overview.share', { open: counts.linesOpen, percent: share(counts.linesOpen, counts.lines) })}
        testId="count-lines"
      />
      <Figure
        label={t('overview.entries')}
        value={counts.entries}
        note={t('overview.share', {
          open: counts.entriesOpen,
          percent: share(counts.entriesOpen, counts.entries),
        })}
        testId="count-entries"
      />
    </div>
  );
}
