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
  ...fieldsNamed('rules.title', 'rules.add', 'rules.try'),
  { name: 'matching.figures', also: ['matching.figures.text'] },
  { name: 'matching.variance', also: ['matching.variance.hint'] },
  { name: 'matching.highValue', also: ['matching.highValue.hint'] },
  { name: 'matching.riskMedium', also: ['matching.risk.hint'] },
  { name: 'matching.riskHigh', also: ['matching.risk.hint'] },
];
