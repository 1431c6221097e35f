import type { SettingField } from '@/shared/settingFields';

/** What can be found on this screen. */
export const CATEGORY_FIELDS: readonly SettingField[] = [
  { name: 'categories.patterns', also: ['categories.pattern.hint'] },
  { name: 'categories.pattern.new' },
  { name: 'categories.import', also: ['categories.patterns'] },
  { name: 'categories.export', also: ['categories.patterns'] },
  { name: 'categories.sweep.now', also: ['categories.sub'] },
  { name: 'categories.byCategory' },
];
