import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found on this screen. */
export const MATCHING_FIELDS: readonly SettingField[] = [
  ...fieldsNamed(
    'matching.general',
    'matching.profile',
    'matching.amountAbsolute',
    'matching.amountPercent',
    'matching.confidence',
    'matching.maxGroup',
    'matching.requireReference',
  ),
  { name: 'matching.days', also: ['matching.days.hint'] },
  { name: 'matching.impact', also: ['matching.impact.hint'] },
  { name: 'matching.base', also: ['matching.base.company'] },
  { name: 'matching.rates', also: ['matching.rates.hint'] },
  { name: 'matching.figures', also: ['matching.figures.text'] },
  ...fieldsNamed(
    'matching.variance',
    'matching.highValue',
    'matching.riskMedium',
    'matching.riskHigh',
    'rules.title',
    'rules.add',
    'rules.try',
  ),
];
