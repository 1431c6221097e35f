import type { saidSettings as english } from '../en/saidSettings';

/** The sentences in which the host refuses settings, rules, patterns and files of them, in German. */
export const saidSettings: Record<keyof typeof english, string> = {
  'said.alerts.noAddress': 'Geben Sie die Adresse des Webhooks ein, damit Warnungen dorthin gehen',
  'said.alerts.noRecipient': 'Geben Sie einen Empfänger ein, damit Warnungen per E-Mail gehen',
  'said.alerts.noSender': 'Geben Sie die Adresse des Absenders ein, damit Warnungen per E-Mail gehen',
  'said.alerts.noServer': 'Geben Sie den Mailserver ein, damit Warnungen per E-Mail gehen',
  'said.alerts.notSetUp': '{channel} ist nicht eingerichtet: Speichern Sie zuerst die Einstellungen',
  'said.alerts.passwordOfOther':
    'Das Passwort des Mailservers wurde für {of} eingegeben, wie er eingerichtet war: Geben Sie es für die neuen Einstellungen noch einmal ein, oder vergessen Sie es',
  'said.alerts.passwordUnknown':
    '{why}. Niemand weiß daher, ob dort ein Passwort des Mailservers liegt, das mit diesen Einstellungen woandershin ginge: Entsperren Sie ihn und versuchen Sie es noch einmal, oder geben Sie das Passwort ein',
  'said.alerts.port': 'Der Port des Mailservers ist eine Zahl von 1 bis 65535',
  'said.alerts.quality': 'Die geringste Datenqualität ist eine Zahl von 0 bis 100',
  'said.alerts.recipients': 'Höchstens {most} Empfänger bekommen Warnungen per E-Mail',
  'said.alerts.secretNotKept':
    'Der Schlüsselbund konnte es nicht aufbewahren: {why}. Nichts wurde geändert. Setzen Sie stattdessen {variable}',
  'said.alerts.secretNotPutBack':
    'Die Einstellungen wurden nicht geändert, aber im Schlüsselbund liegt jetzt das neue Geheimnis, für das {variable} steht, und das alte ließ sich nicht zurücklegen: {why}. Geben Sie es noch einmal ein',
  'said.alerts.unprotected':
    '{host} ist ein anderer Rechner: Nehmen Sie TLS oder STARTTLS, oder erlauben Sie das Senden ohne Schutz',
  'said.anomaly.amount': 'ein Betrag ab 0, etwa 0,05',
  'said.anomaly.days': 'Wochentage auf Englisch, etwa saturday, sunday',
  'said.anomaly.gone': 'Diese Auffälligkeit gibt es nicht mehr: Laden Sie die Liste neu',
  'said.anomaly.limits': 'Beträge über 0, mit oder ohne Währung, etwa 10000, 5000 CHF',
  'said.anomaly.listedMax': '„{text}“ ist keine ganze Zahl von 1 bis {most}',
  'said.anomaly.noReason':
    'Eine Auffälligkeit wird mit einem Grund zurückgestellt, für alle, die es später lesen',
  'said.anomaly.others': 'Inzwischen wurden andere Auffälligkeiten verlangt: Laden Sie die Liste neu',
  'said.anomaly.percent': 'ein Prozentsatz bis 100 mit höchstens zwei Nachkommastellen, etwa 1,5',
  'said.anomaly.score': 'eine Zahl über 0 mit höchstens drei Nachkommastellen, etwa 3,5',
  'said.anomaly.setAside':
    'Die Auffälligkeit ist schon zurückgestellt: Nehmen Sie das zurück, um einen anderen Grund zu nennen',
  'said.anomaly.threshold': '{kind}, {key}: „{text}“ passt nicht; erwartet wird: {expected}',
  'said.anomaly.units': 'ganze Einheiten über 0, etwa 1000, 500',
  'said.anomaly.whole': 'eine ganze Zahl von {least} bis {most}',
  'said.category.inUse_one':
    'Eine Zeile kam von Hand in „{name}“: Geben Sie ihr zuerst eine andere Kategorie',
  'said.category.inUse_other':
    '{count} Zeilen kamen von Hand in „{name}“: Geben Sie ihnen zuerst eine andere Kategorie',
  'said.category.noName': 'Eine Kategorie braucht einen Namen',
  'said.category.ruled':
    'Die Regel „{rule}“ vergibt die Kategorie „{category}“: Ändern Sie zuerst die Regel in den Einstellungen des Abgleichs',
  'said.category.taken': 'Eine Kategorie „{name}“ gibt es schon',
  'said.category.tooLong': 'Ein Name von {letters} Buchstaben ist zu lang: Höchstens {most} sind ein Name',
  'said.configuration': 'Einstellungen: {why}',
  'said.configuration.confidence': 'Eine Sicherheit von {number} liegt nicht zwischen 0 und 1',
  'said.configuration.keptAnomalies': 'Die Einstellungen für Auffälligkeiten in dieser Arbeitsmappe: {why}',
  'said.configuration.keptMatching': 'Die Einstellungen des Abgleichs in dieser Arbeitsmappe: {why}',
  'said.configuration.number': '{key}: „{text}“ ist keine Zahl ab 0, etwa 0.05',
  'said.configuration.ratesNeverRead':
    'Die Einstellungen des Abgleichs nennen {file} als Datei der Wechselkurse, sie wurde aber nie gelesen: Speichern Sie die Einstellungen dort noch einmal, wo diese Datei liegt, nennen Sie eine andere, oder lassen Sie sie weg',
  'said.inCondition': 'Regel „{rule}“, Bedingung {number}: {why}',
  'said.inRule': 'Regel „{rule}“: {why}',
  'said.layout.columns': 'Ein Layout hat 1 bis {most} Spalten, nicht {number}',
  'said.layout.constant': 'Ein Text gehört zu einer Spalte mit festem Wert, nicht zu {value}',
  'said.layout.cut': 'Spalte {column}: Von einem Text muss mindestens 1 Zeichen bleiben',
  'said.layout.date':
    '„{pattern}“ ist kein Datumsformat: Nehmen Sie yyyy oder yy, MM oder M, dd oder d, dazwischen . / - oder Leerzeichen, etwa dd.MM.yyyy',
  'said.layout.decimalMark': 'Das Dezimalzeichen ist „.“ oder „,“, nicht „{letter}“',
  'said.layout.language': '„{word}“ ist unbekannt: Nehmen Sie en oder de',
  'said.layout.letters': 'Soll und Haben brauchen zwei verschiedene Buchstaben',
  'said.layout.name': 'Ein Layout braucht einen Namen aus höchstens {most} druckbaren Zeichen',
  'said.layout.nameTaken': 'Es gibt schon ein Layout „{name}“: Wählen Sie einen anderen Namen',
  'said.layout.noAmount': 'Keine Spalte enthält den Betrag',
  'said.layout.noName': 'Ein Layout braucht einen Namen',
  'said.layout.noSides': 'Die Spalten sagen nicht, welches Konto im Soll und welches im Haben steht',
  'said.layout.notFound':
    'Ein Layout oder eine Datei „{name}“ gibt es nicht: Nehmen Sie {known}, ein in der Arbeitsmappe gespeichertes oder eine TOML-Datei',
  'said.layout.oneLetter': '„{text}“ ist nicht genau ein Zeichen',
  'said.layout.part': 'Layout, {part}: {why}',
  'said.layout.readyMade':
    '„{name}“ ist ein fertiges Layout: Speichern Sie ein geändertes unter einem anderen Namen',
  'said.layout.separator': '„{letter}“ ist kein Trennzeichen: Nehmen Sie , ; | oder einen Tabulator',
  'said.layout.whole':
    'Spalte {column}: {word} wird nie gekürzt, weil der Rest etwas anderes hieße: Lassen Sie die Länge leer',
  'said.layout.numberCut': 'Spalte {column}: Die Nummer eines Buchungssatzes braucht bis zu {most} Zeichen',
  'said.layout.noDate': 'Keine Spalte nennt das Datum',
  'said.layout.twice':
    'Bei zwei Zeilen je Buchungssatz nennt jede nur das Konto ihrer eigenen Seite: Eine Zeile mit beiden Konten ist für sich ein Buchungssatz, und die Bücher nähmen jeden zweimal; lassen Sie debit_account, credit_account und contra_account weg, oder nehmen Sie eine Zeile je Buchungssatz',
  'said.layout.word': '„{word}“ ist unbekannt: Nehmen Sie {known}',
  'said.layout.words':
    'Spalte {column}: Überschriften und feste Werte haben höchstens {most} druckbare Zeichen',
  'said.pattern.compile': 'Die Muster ließen sich nicht verarbeiten: {detail}',
  'said.pattern.empty': 'Ein leeres Muster passte auf jede Zeile',
  'said.pattern.file': 'Die Muster der Kategorien in {path}: {why}',
  'said.pattern.file.category':
    'Die Kategorie „{begins}…“ hat {letters} Buchstaben: Höchstens {most} sind ein Name',
  'said.pattern.file.columns': 'In der ersten Zeile fehlen die Spalten pattern,category',
  'said.pattern.file.empty': 'Sie enthält kein Muster',
  'said.pattern.file.encoding': 'Sie ist nicht in UTF-8: Speichern Sie sie als „CSV UTF-8“',
  'said.pattern.file.fields':
    'Sie hat mehr Felder als die erste Zeile Spalten: Setzen Sie einen Text, der das Trennzeichen enthält, in Anführungszeichen',
  'said.pattern.file.large': 'Mehr als {most} MiB sind zu viel für Muster',
  'said.pattern.file.noCategory': 'Das Muster „{pattern}“ hat keine Kategorie',
  'said.pattern.file.none': 'Das ist keine Datei',
  'said.pattern.file.pair': 'Erwartet werden ein Muster und eine Kategorie',
  'said.pattern.file.twice':
    'Das Muster „{pattern}“ steht für „{category}“ und in Zeile {first} für „{before}“: Behalten Sie eines davon',
  'said.pattern.taken':
    'Das Muster „{pattern}“ steht schon für „{category}“: Ändern oder entfernen Sie es dort zuerst',
  'said.pattern.tooLong': 'Ein Muster von {letters} Buchstaben ist zu lang: Höchstens {most} werden genommen',
  'said.pattern.tooMany':
    'Die Muster haben zusammen {bytes} Bytes: Höchstens {most} lassen sich zugleich verwenden. Entfernen Sie einige, die nichts nützen',
  'said.pattern.twoCategories': 'Das Muster „{pattern}“ steht bei zwei Kategorien',
  'said.policy.companyCurrency':
    'Die Grenzen der Richtlinie sind in {found}; sie müssen in {base} sein, der Währung der Firma',
  'said.policy.confidence':
    'Eine Sicherheit von {confidence} ist zu gering: Sie muss zwischen 0,5 und 1 liegen',
  'said.policy.confidenceNumber': 'Sicherheit: „{text}“ ist keine Zahl von 0.5 bis 1, etwa 0.95',
  'said.policy.count': '{cause}: Eine Anzahl von 0 erledigt nichts; lassen Sie die Grenze weg',
  'said.policy.currency': '{cause}: Grenzen sind in {expected}, der Währung der Firma, nicht in {found}',
  'said.policy.noAmount': 'kein Betrag, etwa 5.00',
  'said.policy.noCause':
    '„Keine“ ist keine Ursache: Was keine benannte Ursache hat, wird nie ohne eine Person erledigt',
  'said.policy.noCauses':
    'Das sagt nichts über irgendeine Ursache, und eine Richtlinie braucht mindestens eine: mit einem Betrag, bis zu dem sie ohne eine Person erledigt wird, oder mit jemandem, der sich darum kümmert',
  'said.policy.noCount': 'keine ganze Zahl, etwa 20',
  'said.policy.noPercent': 'kein Prozentsatz mit höchstens zwei Nachkommastellen, etwa 2.5',
  'said.policy.noReason':
    'Eine Richtlinie wird mit einem Grund gespeichert: Sagen Sie, warum sie sich ändert',
  'said.policy.none': 'Es gibt noch keine Richtlinie: Speichern Sie zuerst eine',
  'said.policy.notAccepted':
    'Die Richtlinie lässt diesen Datensatz nicht mehr gelten oder tat es nie: Es gibt nichts zurückzunehmen',
  'said.policy.notPositive':
    '{cause}: {what} von {amount} liegt nicht über null; um nichts zu erledigen, lassen Sie die Grenze weg',
  'said.policy.owner': 'Der Name eines Zuständigen hat 1 bis {most} Buchstaben, ohne Zeilenumbrüche',
  'said.policy.percent': '{cause}: Der Prozentsatz muss über 0 und höchstens 100 sein',
  'said.policy.totalBelowAmount':
    '{cause}: Die Summe von {total} liegt unter dem Betrag von {amount} für ein Stück',
  'said.policy.twice': '„{cause}“ steht zweimal da',
  'said.policy.unknownCause': '„{cause}“ ist keine Ursache: Nehmen Sie eine von {known}',
  'said.policy.withoutAmount':
    '{cause}: Ohne Betrag wird nichts erledigt; nennen Sie einen, oder lassen Sie die anderen Grenzen weg',
  'said.policy.wrong': '{cause}, {key}: „{text}“ passt nicht: {why}',
  'said.rates.file':
    'Die Wechselkurse in {path}: {why}. Berichtigen Sie die Datei, nennen Sie eine andere, oder lassen Sie sie weg',
  'said.rates.file.columns': 'Erwartet werden die Spalten date,base,quote,rate',
  'said.rates.file.date': '„{text}“ ist kein Datum wie 2024-05-31',
  'said.rates.file.empty': 'Sie enthält keinen Kurs',
  'said.rates.file.large': 'Mehr als {most} MiB sind zu viel für Kurse',
  'said.rates.file.missing': 'Diese Datei gibt es nicht',
  'said.rates.file.none': 'Das ist keine Datei',
  'said.rates.file.rate': '„{text}“ ist kein Kurs wie 1.0850',
  'said.rule.both': 'Sie nennt sowohl {first} als auch {second}: Machen Sie zwei Bedingungen daraus',
  'said.rule.categoryNeedsLine': 'Eine Regel, die eine Kategorie vergibt, kann nur die Auszugszeile ansehen',
  'said.rule.duplicateName': 'Zwei Regeln heißen „{name}“',
  'said.rule.emptyText': '{field}: Es gibt nichts, womit verglichen wird',
  'said.rule.matchesEverything':
    'Eine Regel, die zuordnet, muss die beiden Seiten vergleichen: Sonst ordnete sie eine Zeile jeder Buchung zu',
  'said.rule.name': 'Eine Regel braucht einen Namen in einer Zeile, aus höchstens {most} Zeichen',
  'said.rule.negative': '{limit} ist keine Grenze: Sie liegt unter null',
  'said.rule.noAccount': 'Eine Ausbuchung braucht das Konto, auf das sie geht',
  'said.rule.noCategory': 'Eine Kategorie braucht einen Namen',
  'said.rule.noCause': 'Eine Ausbuchung braucht eine benannte Ursache',
  'said.rule.noConditions': 'Eine Regel ohne Bedingungen gälte für alles: Sagen Sie, wann sie gilt',
  'said.rule.noDays': '„{text}“ ist keine Anzahl von Tagen',
  'said.rule.noField': '„{name}“ ist kein Feld einer Zeile oder Buchung',
  'said.rule.noNumber': '{key}: „{text}“ ist keine Zahl, etwa 5.00',
  'said.rule.nothingToWriteOff': 'Eine Ausbuchung bis 0 bucht nichts aus',
  'said.rule.pattern':
    'Das Muster „{pattern}“ ist kein regulärer Ausdruck, der sich verwenden lässt: {reason}',
  'said.rule.range':
    'Ein Bereich von Beträgen braucht eine Untergrenze, eine Obergrenze oder beide in dieser Reihenfolge',
  'said.rule.sameSide':
    '{one} und {other} stehen auf derselben Seite: Vergleichen Sie ein Feld der Zeile mit einem der Buchung',
  'said.rule.tooMany_one': 'Eine Regel ist zu viel: Höchstens {most}',
  'said.rule.tooMany_other': '{count} Regeln sind zu viele: Höchstens {most}',
};
