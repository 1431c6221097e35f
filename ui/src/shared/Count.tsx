import { useI18n } from '@/i18n';
import { formatCount } from './format';

/** A whole number with grouping. */
export function Count({ of }: { of: number }) {
  const { locale } = useI18n();
  return <span className="num">{formatCount(of, locale)}</span>;
}
