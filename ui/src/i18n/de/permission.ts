import type { permission as english } from '../en/permission';

/** What a role may not do, and what is refused, in German. */
export const permission: Record<keyof typeof english, string> = {
  'permission.configure': 'Das ändern nur Administratoren',
  'permission.import': 'Das dürfen nur Vorbereiter und Administratoren',
  'permission.import.files': 'Dateien importieren Vorbereiter und Administratoren: {count} nicht genommen',
  'permission.managePeople': 'Wer hier arbeitet, bestimmen nur Administratoren',
  'permission.prepare': 'Nur Vorbereiter und Administratoren bereiten Perioden vor',
  'permission.signOff': 'Nur Prüfer und Administratoren geben frei und sperren',
  'refused.cancelled': 'Nichts wurde gespeichert.',
  'refused.locked': 'Entsperren Sie es zuerst.',
  'refused.newerWorkbook': 'Öffnen Sie sie mit dem neueren Tieout.',
  'refused.noWorkbook': 'Öffnen Sie zuerst eine Arbeitsmappe.',
  'refused.notAWorkbook': 'Wählen Sie eine Datei, die Tieout geschrieben hat.',
  'refused.ownSecretNeeded':
    'Hier arbeitet mehr als eine Person: Wählen Sie zuerst ein eigenes Geheimnis (Personen), damit niemand anders das unter Ihrem Namen tut.',
  'refused.notAllowed': 'Ihre Rolle erlaubt es nicht, oder eine zweite Person muss es tun.',
  'refused.notSignedIn': 'Melden Sie sich zuerst an.',
  'refused.passphraseNeeded': 'Geben Sie die Passphrase der Arbeitsmappe ein.',
  'refused.stale': 'Nichts wurde geändert. Bitte noch einmal ansehen.',
};
