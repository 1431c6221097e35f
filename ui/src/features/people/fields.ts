import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found on this screen. */
export const PEOPLE_FIELDS: readonly SettingField[] = [
  ...fieldsNamed('people.add', 'people.own.title', 'people.rules'),
  { name: 'people.single', also: ['people.single.is', 'people.single.isNot'] },
  { name: 'people.passphrase.heading', also: ['people.passphrase', 'people.passphrase.says'] },
  { name: 'people.idle', also: ['people.idle.hint'] },
];
