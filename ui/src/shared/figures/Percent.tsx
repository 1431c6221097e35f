import { useI18n } from '@/i18n';
import { formatDecimal } from '../format';
import './figures.css';

/** A share in percent; a dash where it cannot be known. */
export function Percent({ of }: { of: string | null }) {
  const { t, locale } = useI18n();
  return of === null ? (
    <span className="muted">
      <span aria-hidden>{'–'}</span>
      <span className="sr-only">{t('amount.unknown')}</span>
    </span>
  ) : (
    <span className="num">
      {formatDecimal(of, locale)}
      <span className="tile-unit">{'\u202f%'}</span>
    </span>
  );
}
