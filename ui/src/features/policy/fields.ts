import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found on this screen. */
export const POLICY_FIELDS: readonly SettingField[] = [
  { name: 'policy.confidence', also: ['policy.confidence.hint'] },
  { name: 'policy.defaultOwner', also: ['policy.defaultOwner.hint'] },
  ...fieldsNamed(
    'policy.limits',
    'policy.amount',
    'policy.percent',
    'policy.count',
    'policy.total',
    'policy.try',
    'policy.accepted',
    'policy.history',
  ),
];
