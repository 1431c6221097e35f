/** Einstellungen, auf Deutsch. */
export const settings = {
  'dateStyle.dmy': 'Tag / Monat / Jahr',
  'dateStyle.dots': 'Tag . Monat . Jahr',
  'dateStyle.iso': 'Jahr - Monat - Tag (ISO 8601)',
  'dateStyle.language': 'Wie in der Sprache üblich',
  'dateStyle.mdy': 'Monat / Tag / Jahr',
  'negativeStyle.minus': 'Mit Minus',
  'negativeStyle.parentheses': 'In Klammern',
  'numberStyle.ch': 'Schweiz',
  'numberStyle.de': 'Deutschland',
  'numberStyle.fr': 'Frankreich',
  'numberStyle.gb': 'Großbritannien, Vereinigte Staaten',
  'numberStyle.language': 'Wie in der Sprache üblich',
  'settings.appearance': 'Aussehen',
  'settings.appearance.text': 'Gilt auf diesem Rechner und nur für dieses Fenster.',
  'settings.dates': 'Datum',
  'settings.example': 'Zum Beispiel',
  'settings.example.credit': 'Eingang',
  'settings.example.date': 'Ein Tag',
  'settings.example.debit': 'Ausgang',
  'settings.example.moment': 'Ein Zeitpunkt',
  'settings.formats': 'Zahlen und Datum',
  'settings.formats.text':
    'Was Sie eingeben, wird ebenso verstanden. Dateien und Berichte ändern sich dadurch nicht.',
  'settings.keys.reset': 'Zurück zum Üblichen der Sprache',
  'settings.negatives': 'Negative Beträge',
  'settings.numbers': 'Zahlen',
  'settings.screen.text': 'Wie dieses Fenster aussieht und wie diese Arbeitsmappe arbeitet.',
  'settings.where': 'Wie diese Arbeitsmappe arbeitet',
  'settings.where.alerts':
    'Wann Warnungen entstehen und wohin sie gehen: im Programm, per E-Mail, per Webhook',
  'settings.where.categories': 'Kategorien und die Muster, nach denen Buchungen sie erhalten',
  'settings.where.matching': 'Toleranzen, automatische Freigabe, Gruppen, Wechselkurse und eigene Regeln',
  'settings.where.people':
    'Wer hier arbeitet und als was, und nach welcher Zeit ohne Eingabe das Fenster gesperrt wird',
  'settings.where.policy':
    'Welche kleinen Posten ohne Person erledigt werden und wer sich um den Rest kümmert',
  'settings.where.text':
    'Liegt in der Arbeitsmappe und gilt für alle, die in ihr arbeiten; jede Änderung steht im Prüfprotokoll.',
} as const;
