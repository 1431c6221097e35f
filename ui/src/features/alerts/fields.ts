import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found on the screen of limits and channels. */
export const ALERT_FIELDS: readonly SettingField[] = [
  ...fieldsNamed('alertSet.limits', 'alertSet.quality', 'alertSet.days', 'alertSet.count', 'alertSet.sum'),
  { name: 'alertSet.variance', also: ['alertSet.variance.hint'] },
  { name: 'alertSet.rateChanges', also: ['alertSet.rateChanges.hint'] },
  { name: 'alertSet.channels', also: ['alertSet.text'] },
  { name: 'alertSet.email' },
  ...fieldsNamed(
    'alertSet.host',
    'alertSet.port',
    'alertSet.security',
    'alertSet.user',
    'alertSet.password',
    'alertSet.from',
    'alertSet.to',
    'alertSet.certificate',
  ).map((field) => ({ ...field, within: 'alertSet.email' as const })),
  { name: 'alertSet.webhook' },
  { name: 'alertSet.url', within: 'alertSet.webhook', also: ['alertSet.url.hint'] },
  { name: 'alertSet.language', within: 'alertSet.email' },
  { name: 'alertSet.allowPlain', within: 'alertSet.email', also: ['alertSet.allowPlain.hint'] },
];
