import type { SettingField } from '@/shared/settingFields';

/** What can be found on this screen. */
export const APPEARANCE_FIELDS: readonly SettingField[] = [
  { name: 'settings.appearance' },
  { name: 'settings.theme', also: ['settings.light', 'settings.dark', 'settings.system'] },
  { name: 'settings.language' },
  { name: 'settings.size', also: ['settings.size.words'] },
  { name: 'settings.formats' },
  { name: 'settings.numbers', also: ['settings.numbers.words'] },
  { name: 'settings.dates' },
  { name: 'settings.negatives', also: ['negativeStyle.minus', 'negativeStyle.parentheses'] },
];
