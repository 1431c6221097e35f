import type { MessageKey } from '@/i18n';
import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** The values of a detector, which are shown only while it is on. */
function valuesOf(detector: MessageKey, ...names: readonly MessageKey[]): SettingField[] {
  return names.map((name) => ({ name, within: detector }));
}

/** What can be found in the section of the detectors. */
export const DETECTOR_FIELDS: readonly SettingField[] = [
  ...fieldsNamed('anomalies.kind.unusual_amount'),
  ...valuesOf(
    'anomalies.kind.unusual_amount',
    'anomalies.key.score',
    'anomalies.key.history',
    'anomalies.key.percent_of_usual',
  ),
  ...fieldsNamed('anomalies.kind.weekend_posting'),
  ...valuesOf('anomalies.kind.weekend_posting', 'anomalies.key.days', 'anomalies.key.share_percent'),
  ...valuesOf(
    'anomalies.kind.weekend_posting',
    'anomalies.day.monday',
    'anomalies.day.tuesday',
    'anomalies.day.wednesday',
    'anomalies.day.thursday',
    'anomalies.day.friday',
    'anomalies.day.saturday',
    'anomalies.day.sunday',
  ),
  ...fieldsNamed('anomalies.kind.after_period_posting'),
  ...valuesOf('anomalies.kind.after_period_posting', 'anomalies.key.grace_days'),
  ...fieldsNamed('anomalies.kind.round_sum'),
  ...valuesOf('anomalies.kind.round_sum', 'anomalies.key.units', 'anomalies.key.percentile'),
  ...fieldsNamed('anomalies.kind.split_payment'),
  ...valuesOf('anomalies.kind.split_payment', 'anomalies.key.limits', 'anomalies.key.from_percent'),
  ...fieldsNamed('anomalies.kind.near_duplicate'),
  ...valuesOf('anomalies.kind.near_duplicate', 'anomalies.key.amount_within'),
  ...fieldsNamed('anomalies.kind.new_counterparty'),
  ...valuesOf('anomalies.kind.new_counterparty', 'anomalies.key.known_days'),
  ...fieldsNamed('anomalies.kind.benford'),
  ...valuesOf('anomalies.kind.benford', 'anomalies.key.records_min', 'anomalies.key.two_digits_from'),
  ...fieldsNamed('anomalies.detectors.listed'),
];
