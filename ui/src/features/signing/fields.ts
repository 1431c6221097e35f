import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found on the screen of signing. */
export const SIGNING_FIELDS: readonly SettingField[] = [
  ...fieldsNamed('signing.own', 'signing.import', 'signing.make', 'signing.known'),
];
