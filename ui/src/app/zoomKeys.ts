import { useI18n } from '@/i18n';
import { useKeys } from '@/shared/keys';
import { zoomBy, zoomPlain } from '@/shared/zoom';

/** The keys that browsers have for it: on some keyboards the plus is behind Shift, so that `=` counts too. */
export function useZoomKeys(): void {
  const { t } = useI18n();
  const group = t('keys.window');
  const always = { group, whileTyping: true };
  useKeys([
    { ...always, combo: 'Mod++', label: t('keys.larger'), run: () => zoomBy(1), repeats: true },
    { ...always, combo: 'Mod+=', label: t('keys.larger'), run: () => zoomBy(1), repeats: true, hidden: true },
    { ...always, combo: 'Mod+-', label: t('keys.smaller'), run: () => zoomBy(-1), repeats: true },
    { ...always, combo: 'Mod+0', label: t('keys.plainSize'), run: zoomPlain },
  ]);
}
