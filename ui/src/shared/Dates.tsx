import { useI18n } from '@/i18n';
import { formatDate, formatMoment } from './format';

/** A calendar date; a dash where there is none. */
export function DateText({ iso }: { iso: string | null }) {
  const { locale } = useI18n();
  return iso ? (
    <time className="date" dateTime={iso}>
      {formatDate(iso, locale)}
    </time>
  ) : (
    <span className="muted">{'–'}</span>
  );
}

/** A moment in the machine's own time. */
export function MomentText({ iso }: { iso: string }) {
  const { locale } = useI18n();
  return (
    <time className="date" dateTime={iso}>
      {formatMoment(iso, locale)}
    </time>
  );
}
