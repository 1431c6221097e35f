import { useI18n } from '@/i18n';
import { Mark } from '@/shared/Mark';

/** Shown where a release bundle is opened in a plain browser. */
export function NoHost() {
  const { t } = useI18n();
  return (
    <main className="whole">
      <Mark size={40} />
      <p>{t('app.noHost')}</p>
    </main>
  );
}
