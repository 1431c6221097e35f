import type { permission as english } from '../en/permission';

/** Why something is off for a role, in German. */
export const permission: Record<keyof typeof english, string> = {
  'permission.configure': 'Das ändern nur Administratoren',
  'permission.import': 'Das dürfen nur Ersteller und Administratoren',
  'permission.import.files': 'Dateien importieren Ersteller und Administratoren: {count} nicht genommen',
  'permission.managePeople': 'Wer hier arbeitet, bestimmen nur Administratoren',
  'permission.prepare': 'Nur Ersteller und Administratoren erstellen Perioden',
  'permission.signOff': 'Nur Prüfer und Administratoren geben frei und sperren',
};
