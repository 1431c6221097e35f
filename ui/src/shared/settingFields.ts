/** What can be found in a section of the settings: each feature lists its own, the search over all of them reads the lists. */

import type { MessageKey } from '@/i18n';

/** A field, or another part that one looks for, by the message that stands on it. */
export interface SettingField {
  name: MessageKey;
  /** What is there in any case, where the field itself may be missing: it is one of its choices, or shown only with it. */
  within?: MessageKey;
  /** What else one may look for it by: its hint, its choices. */
  also?: readonly MessageKey[];
}

/** Fields that need no more said than their names. */
export function fieldsNamed(...names: readonly MessageKey[]): SettingField[] {
  return names.map((name) => ({ name }));
}
