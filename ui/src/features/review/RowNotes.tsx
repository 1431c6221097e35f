import { CalendarClock, CalendarX, Clock, type LucideIcon, MessageSquare, Paperclip } from 'lucide-react';
import { useI18n } from '@/i18n';
import type { QueueRow } from '@/ipc';
import { formatCount, formatDate, formatDay } from '@/shared/format';

interface SignProps {
  icon: LucideIcon;
  /** What is seen beside the icon. */
  short: string;
  /** The same as a sentence. */
  long: string;
  tone?: string;
  name: string;
}

function Sign({ icon: Icon, short, long, tone = '', name }: SignProps) {
  return (
    <span className={`row-note num ${tone}`} title={long} data-testid={`row-${name}`}>
      <Icon aria-hidden size={12} />
      <span aria-hidden>{short}</span>
      <span className="sr-only">{long}</span>
    </span>
  );
}

/** First letters of the first and the last name. */
function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends
    .map((word) => [...(word ?? '')][0] ?? '')
    .join('')
    .toLocaleUpperCase();
}

/** What people noted on a row: who has it, when it comes back, how much is said of it. */
export function RowNotes({ row }: { row: QueueRow }) {
  const { t, locale } = useI18n();
  const { owner, snoozedUntil, expectedOn, overdue, comments, evidence } = row;
  return (
    <>
      {snoozedUntil && (
        <Sign
          icon={Clock}
          short={formatDay(snoozedUntil, locale)}
          long={t('notes.snooze', { date: formatDate(snoozedUntil, locale) })}
          name="snoozed"
        />
      )}
      {expectedOn && (
        <Sign
          icon={overdue ? CalendarX : CalendarClock}
          tone={overdue ? 'row-note-over' : ''}
          short={formatDay(expectedOn, locale)}
          long={t(overdue ? 'notes.overdue' : 'notes.timing', { date: formatDate(expectedOn, locale) })}
          name="expected"
        />
      )}
      {comments > 0 && (
        <Sign
          icon={MessageSquare}
          short={formatCount(comments, locale)}
          long={t('notes.comments', { count: comments })}
          name="comments"
        />
      )}
      {evidence > 0 && (
        <Sign
          icon={Paperclip}
          short={formatCount(evidence, locale)}
          long={t('notes.evidence', { count: evidence })}
          name="evidence"
        />
      )}
      {owner && (
        <span className="row-owner" title={t('notes.owner', { owner })} data-testid="row-owner">
          <span aria-hidden>{initials(owner)}</span>
          <span className="sr-only">{t('notes.owner', { owner })}</span>
        </span>
      )}
    </>
  );
}
