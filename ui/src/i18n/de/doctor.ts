import type { doctor as english } from '../en/doctor';

/** Die Sätze der Prüfungen und der Diagnose, auf Deutsch. */
export const doctor: Record<keyof typeof english, string> = {
  'doctor.again': 'Erneut prüfen',
  'doctor.checks': 'Prüfungen',
  'doctor.found': 'Befund',
  'doctor.online': 'Auch den Mailserver fragen',
  'doctor.save': 'Diagnose speichern …',
  'doctor.save.go': 'Speichern',
  'doctor.save.text':
    'Nur das wird gespeichert, für alle, die Ihnen helfen: wie die Prüfungen ausgingen, Versionen, wie viel die Arbeitsmappe enthält, und das Ende des Protokolls. Keine Namen, Texte oder Beträge.',
  'doctor.save.title': 'Diagnose speichern',
  'doctor.saved': 'Diagnose gespeichert: {path}',
  'doctor.state': 'Zustand',
  'doctor.state.fault': 'Fehler',
  'doctor.state.fine': 'In Ordnung',
  'doctor.state.warning': 'Warnung',
  'doctor.sub': 'Was dieser Rechner und die Arbeitsmappe brauchen, um verlässlich zu sein.',
  'doctor.title': 'Prüfungen und Diagnose',
  'doctor.what': 'Was',
  'doctor.what.backups': 'Sicherungen',
  'doctor.what.clock': 'Uhr',
  'doctor.what.content': 'Inhalt',
  'doctor.what.folder': 'Datenträger',
  'doctor.what.keychain': 'Schlüsselbund',
  'doctor.what.mail': 'Mailserver',
  'doctor.what.place': 'Ort',
  'doctor.what.workbook': 'Arbeitsmappe',
  'nav.doctor': 'Diagnose',
  'said.alert.noAnswer': '{host} nahm die Verbindung an und antwortete nichts',
  'said.doctor.clock': 'Die Uhr zeigt {now}.',
  'said.doctor.clock.behind':
    'Das neueste Ereignis der Arbeitsmappe ist von {newest}, und die Uhr zeigt {now}: Eines davon ist falsch. Stellen Sie die Uhr, bevor Sie weiterarbeiten.',
  'said.doctor.clock.past':
    'Die Uhr zeigt {now}; das ist vorbei. Stellen Sie sie, denn jede Entscheidung wird mit ihrer Zeit festgehalten.',
  'said.doctor.folder.unwritable':
    'In {folder} kann nichts geschrieben werden: {why}. Geben Sie diesem Benutzer dort das Recht zu schreiben.',
  'said.doctor.keychain': 'Der Schlüsselbund antwortet.',
  'said.doctor.keychain.silent':
    'Der Schlüsselbund antwortet nicht: {why}. Die Passphrase wird bei jedem Öffnen verlangt, unterschrieben wird mit einer einmaligen Identität, und eine ältere Kopie einer Arbeitsmappe fällt nicht auf.',
  'said.doctor.mail': 'Der Mailserver antwortet und lässt Tieout ein.',
  'said.doctor.mail.notAsked': 'Der Mailserver wurde nicht gefragt.',
  'said.doctor.mib': '{count} MiB',
  'said.doctor.room': 'In {folder} kann geschrieben werden; {free} sind frei.',
  'said.doctor.room.little':
    'Auf dem Datenträger von {folder} sind nur {free} frei: Schaffen Sie Platz vor dem nächsten Import.',
  'said.doctor.room.ofWorkbook':
    'Die Arbeitsmappe belegt {bytes}, und auf ihrem Datenträger sind {free} frei: Eine Umstellung oder Sicherung braucht womöglich noch einmal so viel. Schaffen Sie Platz.',
  'settings.about.doctor':
    'Ob Rechner und Arbeitsmappe verlässlich sind, und was Sie weitergeben können, wenn Ihnen jemand hilft',
};
