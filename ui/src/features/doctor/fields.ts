import { fieldsNamed, type SettingField } from '@/shared/settingFields';

/** What can be found on the screen of checks. */
export const DOCTOR_FIELDS: readonly SettingField[] = [...fieldsNamed('doctor.checks', 'doctor.save')];
