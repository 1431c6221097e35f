import type { saidRefusals as english } from '../en/saidRefusals';

/** The sentences in which the host refuses something, in German. */
export const saidRefusals: Record<keyof typeof english, string> = {
  'said.about': '„{text}“: {why}',
  'said.account.gone': 'Dieses Konto gibt es nicht',
  'said.account.noName': 'Ein Konto braucht einen Namen',
  'said.account.none': 'Es gibt noch kein Konto: Importieren Sie zuerst einen Kontoauszug',
  'said.account.unknown': 'Ein Konto „{name}“ gibt es nicht. Nennen Sie eines von diesen: {known}',
  'said.account.which': 'Sagen Sie, welches Konto gemeint ist: {known}',
  'said.acts.nothingToRedo': 'Es gibt nichts zu wiederholen',
  'said.acts.nothingToUndo': 'Es gibt nichts zurückzunehmen',
  'said.acts.otherNext':
    'Inzwischen wurde etwas anderes getan oder zurückgenommen: Sehen Sie nach, was als Nächstes kommt',
  'said.cancelled': 'Abgebrochen; nichts wurde gespeichert',
  'said.cause.unknown': '„{word}“ ist keine Ursache',
  'said.company.noName': 'Eine Arbeitsmappe braucht den Namen der Firma',
  'said.company.singleUserReason':
    'Sagen Sie, warum: Ob eine Person vorbereiten und freigeben darf, steht in jedem Bericht',
  'said.credit.fraction': '{part}/{of} ist kein Teil eines Punktes',
  'said.credit.notPositive': '{rate} ist kein Preis: Ein Punkt kostet mehr als nichts',
  'said.credit.tooMany': 'Das sind zu viele Punkte: Sie lassen sich nicht mehr zählen',
  'said.credit.uneven':
    '{rate} je Punkt hat mit den früheren Preisen zu wenig gemein: Wählen Sie einen runderen Betrag',
  'said.currency.unknown': '„{code}“ ist kein Währungscode nach ISO 4217 wie EUR oder USD',
  'said.customer.accountTooLarge':
    'Mit weiteren {amount} hätte das Konto von {code} mehr, als sich speichern lässt: Prüfen Sie den Betrag, und lehnen Sie die Zuordnung ab, falls er aus einer kommt',
  'said.customer.adjustment.noReason': 'Sagen Sie, warum: Eine Berichtigung braucht einen Grund',
  'said.customer.adjustment.only':
    'Hier wird nur eine Berichtigung zurückgenommen: Was eine Genehmigung gutschrieb, geht mit ihr',
  'said.customer.adjustment.takenBack': 'Diese Berichtigung wurde schon zurückgenommen',
  'said.customer.adjustment.zero':
    'Eine Berichtigung um nichts ändert nichts: Geben Sie einen Betrag ungleich 0 an',
  'said.customer.codeTaken':
    'Die Kundennummer {code} ist vergeben: Wählen Sie eine andere, oder lassen Sie sie weg, damit eine gebildet wird',
  'said.customer.codesExhausted':
    'In {tried} Versuchen fand sich keine freie Kundennummer: Fast alle sind vergeben. Wählen Sie selbst eine',
  'said.customer.noCode': '„{code}“ ist keine Kundennummer: Das sind CUS und 8 Ziffern, etwa CUS00012345',
  'said.customer.noName': 'Ein Kunde braucht einen Namen',
  'said.customer.noNameOrCode': 'Ein Kunde braucht einen Namen oder eine Nummer',
  'said.customer.transactionStays': 'Die Bewegung {number} lässt sich nicht zurücknehmen: {kind}',
  'said.customer.transactionTakenBack': 'Die Bewegung {number} wurde schon zurückgenommen',
  'said.dates.reversed':
    'Der erste Tag, {from}, liegt nach dem letzten, {to}: Nennen Sie den früheren zuerst',
  'said.dates.tooMany':
    'Verlangt wurden {days} Tage, und eine Übersicht umfasst höchstens {most}: Wählen Sie einen späteren ersten oder einen früheren letzten Tag',
  'said.decision.policy': 'der Richtlinie {version}',
  'said.decision.settings': 'den Einstellungen des Abgleichs',
  'said.decision.withinLimits': '{cause} über {amount}, innerhalb der Grenzen der Richtlinie',
  'said.deposit.notOpen':
    'Von dieser Einzahlung ist nichts offen: Nehmen Sie zuerst die Zuordnung zurück, die sie verwendet',
  'said.deposit.nothingMatched': 'Nichts wurde zugeordnet',
  'said.dialog.chooseFirst': 'Wählen Sie zuerst, wohin die Datei gespeichert werden soll',
  'said.dialog.notShown': '{path} ließ sich nicht im Dateimanager zeigen: {detail}',
  'said.evidence.folder': '„{name}“ ist ein Ordner: Hängen Sie eine Datei an',
  'said.evidence.noFile':
    '„{name}“ ist keine Datei, sondern ein Gerät oder eine Leitung: Hängen Sie eine Datei an',
  'said.figures.days': 'Eine Übersicht braucht einen ersten und einen letzten Tag',
  'said.file.device': '{path}: Das ist keine Datei, sondern ein Gerät oder eine Pipe: Wählen Sie eine Datei',
  'said.file.isWorkbook': 'Sie gehört zur geöffneten Arbeitsmappe: Wählen Sie eine andere Datei',
  'said.file.ofAnotherWorkbook':
    'Inzwischen wurde eine andere Arbeitsmappe geöffnet: {path} wurde nicht geschrieben',
  'said.file.ofWorkbook': '{path} gehört zur geöffneten Arbeitsmappe: Wählen Sie einen anderen Ort',
  'said.grid.anotherWorkbook': 'Inzwischen ist eine andere Arbeitsmappe geöffnet',
  'said.grid.cannotBeWritten': 'Die Zeilen ließen sich nicht schreiben: {detail}',
  'said.grid.copyTooMany_one': 'Eine Zeile ist markiert, und höchstens {most} lassen sich kopieren',
  'said.grid.copyTooMany_other':
    '{count} Zeilen sind markiert, und höchstens {most} lassen sich kopieren: Markieren Sie weniger, oder speichern Sie die Liste als Datei',
  'said.grid.moved':
    'Die Zeilen der Liste haben sich geändert, seit sie gezeigt wurden: Sehen Sie sie sich noch einmal an',
  'said.grid.noColumn': 'Eine Spalte „{column}“ hat diese Liste ({grid}) nicht, nur diese: {known}',
  'said.grid.noPart':
    '{column} lässt sich nicht nach einem Teil durchsuchen: Vergleichen Sie mit einem ganzen Wert',
  'said.grid.noSize': '{column} sind Wörter, die keine Größe haben: Wählen Sie welche aus',
  'said.grid.noWord': '„{value}“ ist keines der Wörter von {column}: {known}',
  'said.grid.oneValue': '„{test}“ bei {column} nimmt genau einen Wert',
  'said.grid.ranges': 'Höchstens {most} Bereiche lassen sich zugleich markieren',
  'said.grid.sorts': 'Sortiert wird nach höchstens {most} Spalten',
  'said.grid.values': 'Eine Bedingung enthält höchstens {most} Werte: Nennen Sie weniger',
  'said.grid.wrongValue': '„{value}“ passt nicht zu {column} ({what})',
  'said.hand.accountCurrency':
    'Das Konto von {name} wird in {own} geführt, die Einzahlung ist in {currency}: Wählen Sie ein Konto in {currency}',
  'said.hand.causeForNothing':
    'Das Kundenkonto nimmt alles auf, was übrig ist, sodass nichts abweicht: Wählen Sie keine Ursache (gewählt war {cause}), oder sagen Sie, wie viel es ist',
  'said.hand.differs':
    'Die beiden Seiten unterscheiden sich um {rest}: Sagen Sie, warum, oder wählen Sie andere Datensätze',
  'said.hand.groups': 'Bilden Sie mindestens eine und höchstens {most} Gruppen auf einmal',
  'said.hand.lastUnused': 'Die kleinere Seite braucht vom letzten Datensatz nichts auf: Lassen Sie ihn weg',
  'said.hand.noEntry': 'Wählen Sie mindestens eine Buchung, oder das Konto der Bücher, das für sie steht',
  'said.hand.noLine': 'Wählen Sie mindestens eine Auszugszeile, oder das Konto der Bücher, das für sie steht',
  'said.hand.noRate':
    'Zwischen {other} und {currency} gibt es keinen Wechselkurs: Nennen Sie in den Einstellungen des Abgleichs eine Datei, die ihn hat',
  'said.hand.noRateOn':
    'Zwischen {other} und {currency} gibt es für den {day} keinen Wechselkurs: Nennen Sie in den Einstellungen des Abgleichs eine Datei, die ihn hat',
  'said.hand.nothing': 'Wählen Sie mindestens einen Datensatz',
  'said.hand.nothingLeft':
    'Die anderen Datensätze lassen nichts für das Konto von {name} übrig: Lassen Sie es weg',
  'said.hand.openChanged':
    'Von einem Datensatz sind jetzt {open} offen, nicht mehr so viel wie angezeigt: Sehen Sie ihn sich noch einmal an',
  'said.hand.part':
    'Von einem Datensatz wurden {part} verlangt, offen sind {left}: Nehmen Sie einen Teil davon, mit demselben Vorzeichen',
  'said.hand.partWithAmount':
    'Eine Teil- oder Überzahlung lässt offen, was übrig ist: Geben Sie ihr keinen Betrag',
  'said.hand.severalAccounts':
    'Eine Einzahlung geht auf ein Kundenkonto: Wählen Sie eines, oder sagen Sie, wie viel jedes bekommt',
  'said.hand.worthNothing': '{open} sind in {currency} nichts wert',
  'said.history.holds':
    'Es gibt nichts anzuerkennen: Die Datei ist nicht älter, als diese Maschine sie kennt',
  'said.history.noReason': 'Sagen Sie, warum mit dieser Datei weitergearbeitet werden soll',
  'said.import.alreadyThere': 'Diese Datei ist schon in der Arbeitsmappe',
  'said.import.amountTooLarge': 'Zeile {row}: Der Betrag ist zu groß, um gespeichert zu werden',
  'said.import.asks': '{what}: Das lässt sich verschieden lesen, {readings}. Sagen Sie, was stimmt',
  'said.import.broken': 'Der Import war schon gescheitert: {detail}',
  'said.import.empty': 'Dieser Import enthält keine Zeilen',
  'said.import.fileChanged':
    'Die Datei liest sich nicht mehr wie in der Vorschau: Sehen Sie sie sich noch einmal an',
  'said.import.inUse_one':
    'Eine genehmigte Zuordnung verwendet Zeilen dieses Imports: Nehmen Sie zuerst ihre Genehmigung zurück',
  'said.import.inUse_other':
    '{count} genehmigte Zuordnungen verwenden Zeilen dieses Imports: Nehmen Sie zuerst ihre Genehmigung zurück',
  'said.import.noTransactions': '{file} enthält keine Umsätze',
  'said.import.otherHeader':
    'Die Spalten sind nicht die der letzten Datei dieses Kontos: Prüfen Sie, was sie bedeuten, und bestätigen Sie es',
  'said.import.planOutdated':
    'Die Arbeitsmappe hat sich seit der Vorschau geändert: Lassen Sie den Import neu planen',
  'said.import.previewGone': 'Die Vorschau ist nicht mehr da: Wählen Sie die Datei noch einmal',
  'said.import.rejects_one':
    'Eine Zeile ist nicht lesbar: Berichtigen Sie die Datei, oder lassen Sie sie weg',
  'said.import.rejects_other':
    '{count} Zeilen sind nicht lesbar: Berichtigen Sie die Datei, oder lassen Sie sie weg',
  'said.import.takenIn': '{file} wurde übernommen; es gibt nichts zu wiederholen',
  'said.import.tooManyWait':
    'Zu viele Dateien warten auf eine Entscheidung: Importieren oder verwerfen Sie zuerst einige',
  'said.import.wasDropped':
    '{file} wurde auf das Fenster gezogen, ihr Ort ist daher nicht bekannt: Wählen Sie sie noch einmal',
  'said.inFile': '{file}: {why}',
  'said.inLine': 'Zeile {line}: {why}',
  'said.inRow': 'Zeile {row}: {why}',
  'said.invoice.status': 'Eine Rechnung im Stand {from} kann nicht zu {to} werden',
  'said.io.busy': 'Ein anderes Programm benutzt sie: Schließen Sie es, und versuchen Sie es noch einmal',
  'said.io.drive':
    'Das Laufwerk antwortet nicht: Prüfen Sie die Verbindung, und versuchen Sie es noch einmal',
  'said.io.encoding':
    'Das ist kein Text in UTF-8: Speichern Sie die Datei als UTF-8 (Unicode), und versuchen Sie es noch einmal',
  'said.io.ends': 'Sie endet zu früh: Vielleicht wurde sie nicht ganz kopiert',
  'said.io.exists': 'Etwas mit diesem Namen gibt es schon: Wählen Sie einen anderen Namen',
  'said.io.folder': 'Das ist ein Ordner: Wählen Sie eine Datei',
  'said.io.full': 'Es ist kein Platz mehr: Schaffen Sie welchen, oder wählen Sie einen anderen Ort',
  'said.io.name': 'So kann keine Datei heißen: Wählen Sie einen anderen Namen',
  'said.io.noFolder': 'Ein Teil des Ortes ist eine Datei und kein Ordner: Prüfen Sie den Ort',
  'said.io.notEmpty': 'Der Ordner ist nicht leer: Wählen Sie einen anderen',
  'said.io.notFound': 'Diese Datei oder diesen Ordner gibt es nicht: Prüfen Sie Namen und Ort',
  'said.io.number':
    'Sie ließ sich nicht lesen oder schreiben (Systemfehler {number}): Versuchen Sie es noch einmal, oder wählen Sie einen anderen Ort',
  'said.io.other':
    'Sie ließ sich nicht lesen oder schreiben: Versuchen Sie es noch einmal, oder wählen Sie einen anderen Ort',
  'said.io.permission':
    'Dieser Rechner lässt das Öffnen nicht zu: Bitten Sie um das Recht dazu, oder wählen Sie einen anderen Ort',
  'said.io.readOnly': 'Dort lässt sich nichts schreiben: Wählen Sie einen anderen Ort',
  'said.io.tooLarge': 'Sie würde größer, als Dateien dort sein dürfen: Wählen Sie einen anderen Ort',
  'said.journal.accountMissing': 'Dem Buchungssatz {entry} fehlt ein Konto: Nennen Sie es zuerst',
  'said.journal.cannotBeWritten': 'Die Datei ließ sich nicht schreiben: {detail}',
  'said.journal.keptWithoutFile':
    '{why}. Der Stapel {number} bleibt dennoch bestehen: Schreiben Sie seine Datei noch einmal, an einen anderen Ort',
  'said.journal.letter':
    'Buchungssatz {entry}, Spalte „{column}“: „{text}“ enthält „{letter}“, das es in windows-1252 nicht gibt: Nehmen Sie utf-8, oder ändern Sie den Text',
  'said.journal.noAccount':
    'Kein Konto der Bücher ist genannt für {roles}: Nennen Sie es zuerst; nichts wurde exportiert',
  'said.journal.noBatch': 'Einen Stapel {number} gibt es nicht',
  'said.journal.noChoice':
    'Konten werden für das gewählt, was eine genehmigte Zuordnung zu buchen übrig lässt, und das ist keine solche Abweichung',
  'said.journal.noPlace': 'Sagen Sie, wo die Datei liegen soll',
  'said.journal.noReason': 'Sagen Sie, warum: Ein Stapel wird mit einem Grund zurückgenommen',
  'said.journal.notNewest':
    'Der Stapel {number} ist nicht der neueste, der gilt: Nehmen Sie zuerst den Stapel {newest} zurück',
  'said.journal.nothing': 'Es gibt keinen Buchungssatz zu exportieren',
  'said.journal.outdated':
    'Das Journal hat sich geändert, seit es gezeigt wurde: Sehen Sie es sich noch einmal an',
  'said.journal.noNumber':
    'Das Layout schreibt Konten mit ihrer Nummer, und „{account}“ beginnt mit keiner ({entries} Buchungen nennen ein solches Konto): Geben Sie dem Konto eine Nummer, oder nehmen Sie ein Layout mit den Namen der Konten',
  'said.journal.noRate':
    'Das Layout hat keine Spalte für die Währung, sodass jeder Betrag in der des Unternehmens geschrieben wird, und für {amount} vom {date} gibt es keinen Kurs des Tages ({entries} haben insgesamt keinen): Importieren Sie Wechselkurse, oder nehmen Sie ein Layout mit einer Spalte für die Währung',
  'said.journal.years':
    'Das Layout schreibt Daten ohne das Jahr ({dates}), und die Buchungssätze liegen in {first} und in {last}: Exportieren Sie zuerst die bis zum 31.12.{first}, oder nehmen Sie ein Layout mit dem Jahr',
  'said.journal.takenBack': 'Der Stapel {number} wurde schon zurückgenommen',
  'said.keychain.locked': 'Der Schlüsselbund ist gesperrt: {detail}',
  'said.keychain.refused': 'Der Schlüsselbund hat abgelehnt: {detail}',
  'said.keychain.timedOut': 'Der Schlüsselbund hat nicht rechtzeitig geantwortet',
  'said.keychain.unavailable': 'Dieser Rechner hat keinen Schlüsselbund, der antwortet: {detail}',
  'said.list': '{first}, {second}',
  'said.locked': 'Das Fenster ist gesperrt: Entsperren Sie es zuerst',
  'said.mark.commentTooLong':
    'Der Text hat {letters} Zeichen, und höchstens {most} werden aufbewahrt: Hängen Sie ihn als Datei an',
  'said.mark.decided':
    'Die Zuordnung von {name} ist schon entschieden: Nehmen Sie die Entscheidung zuerst zurück',
  'said.mark.emptyFile': '„{name}“ ist leer: Hängen Sie eine Datei an, in der etwas steht',
  'said.mark.fileTooLarge':
    '„{name}“ ist zu groß ({mib} MiB): Höchstens {most} MiB werden in der Arbeitsmappe aufbewahrt',
  'said.mark.matchIsNoTiming':
    'Nur ein Datensatz ohne Zuordnung ist eine zeitliche Verschiebung: Genehmigen Sie die Zuordnung, oder lehnen Sie sie ab',
  'said.mark.noComment': 'Der Kommentar ist leer: Schreiben Sie, was zu sagen ist',
  'said.mark.noFileName': 'Die Datei braucht einen Namen',
  'said.mark.notToCome': 'Der {day} liegt nicht in der Zukunft: Wählen Sie einen Tag nach heute',
  'said.mark.tooFar': 'Der {day} ist mehr als {years} Jahre entfernt: Wählen Sie einen näheren Tag',
  'said.mark.tooMany':
    'Gewählt wurden {given} Datensätze und Zuordnungen, und höchstens {most} werden auf einmal bezeichnet: Wählen Sie weniger',
  'said.match.emptySide': 'Eine Zuordnung braucht mindestens eine Auszugszeile und eine Buchung',
  'said.match.notEnoughOpen': 'Verwendet würden {wanted} eines Datensatzes, von dem {open} offen sind',
  'said.match.otherCount_one':
    'Jetzt gibt es eine solche Zuordnung: Sehen Sie sich Anzahl und Summe noch einmal an',
  'said.match.otherCount_other':
    'Jetzt gibt es {count} solche Zuordnungen: Sehen Sie sich Anzahl und Summe noch einmal an',
  'said.match.proposalStatus':
    'Ein Lauf schlägt Zuordnungen nur als Vorschlag, mehrdeutig oder genehmigt vor',
  'said.match.repeated': 'Ein Datensatz steht zweimal in der Zuordnung',
  'said.match.settlement': '{applied} in der Zuordnung können nicht {settled} eines Datensatzes begleichen',
  'said.staleMatch':
    'Die Zuordnung hat sich geändert, seit sie gezeigt wurde: Sehen Sie sie sich noch einmal an',
  'said.match.unbalanced':
    'Auszug und Bücher unterscheiden sich um {difference}, und keine Anpassung sagt, warum',
  'said.match.zero': 'Ein Betrag von null hat in einer Zuordnung keinen Platz',
  'said.money.currencies': '{left} und {right} lassen sich nicht addieren: Es sind verschiedene Währungen',
  'said.money.decimals': '{value} hat mehr Nachkommastellen als {currency} ({digits})',
  'said.money.tooLarge': 'Der Betrag ist zu groß, um gespeichert zu werden',
  'said.noHome': 'Dieser Benutzer hat keinen eigenen Ordner; setzen Sie HOME',
  'said.noWorkbook': 'Keine Arbeitsmappe ist geöffnet',
  'said.notFound': 'Nicht gefunden: {what} {id}',
  'said.open.fileExists': 'Unter {path} liegt schon eine Datei: Wählen Sie einen anderen Namen',
  'said.open.inUse': 'Die Arbeitsmappe ist an anderer Stelle geöffnet',
  'said.open.inUseBy': 'Die Arbeitsmappe ist an anderer Stelle geöffnet: Prozess {process}',
  'said.open.inUseOn': 'Die Arbeitsmappe ist an anderer Stelle geöffnet: Prozess {process} auf {host}',
  'said.open.io': '{path} ließ sich nicht lesen oder schreiben: {detail}',
  'said.open.migration': 'Die Arbeitsmappe ließ sich nicht auf diese Version bringen: {detail}',
  'said.open.newer':
    'Ein neueres Tieout hat die Arbeitsmappe geschrieben (Schema {found}; dieses kennt bis {supported})',
  'said.open.notAWorkbook': '{path} ist keine Arbeitsmappe von Tieout',
  'said.open.notFound': 'Unter {path} liegt keine Datei',
  'said.open.passphraseNeeded':
    'Der Schlüssel dieser Arbeitsmappe ist nicht im Schlüsselbund: Die Passphrase wird gebraucht',
  'said.open.readOnly': '{path} lässt sich nicht schreiben: Die Datei oder ihr Ordner ist schreibgeschützt',
  'said.or': '{first} oder {second}',
  'said.passphrase.tooShort': 'Eine Passphrase braucht mindestens {least} Zeichen',
  'said.passphrase.wrong': 'Die Passphrase ist falsch',
  'said.people.deactivateSelf':
    'Niemand deaktiviert sich selbst: Bitten Sie jemand anderen, der Administrator ist',
  'said.people.deactivated':
    '{name} ist deaktiviert und kann sich nicht anmelden: Ein Administrator kann das ändern',
  'said.people.idleTooLong': '{minutes} Minuten sind zu viel: Höchstens {most}, oder 0 für nie',
  'said.people.lastAdmin':
    '{name} ist der letzte aktive Administrator: Machen Sie zuerst jemand anderen dazu',
  'said.people.nameTaken':
    '„{name}“ heißt oder hieß hier schon jemand, und der Verlauf kennt Personen bei ihrem Namen: Wählen Sie einen anderen',
  'said.people.notAllowed': '{name} arbeitet hier als {role} und darf nicht: {act}. Bitten Sie {who}',
  'said.people.notSignedIn': 'Niemand ist angemeldet: Sagen Sie zuerst, wer Sie sind',
  'said.people.workGoesOn':
    'Im Namen der angemeldeten Person läuft noch Arbeit: Warten Sie sie ab, oder brechen Sie sie ab',
  'said.period.askedAlready':
    '{name} hat schon darum gebeten, diese Periode wieder zu öffnen: Wer es darf, öffnet sie oder lehnt ab',
  'said.period.balanceKnown': 'Der {what} ist bekannt, {known}: Von Hand wird er nur genannt, wo er fehlt',
  'said.period.contentDiffers':
    'Der Inhalt der Periode ist nicht mehr der unterschriebene: Nehmen Sie die Vorbereitung zurück, sehen Sie die Periode durch, und bereiten Sie sie neu vor',
  'said.period.differs':
    'Die Periode ist nicht mehr, was vorbereitet wurde: {what}. Nehmen Sie die Vorbereitung zurück (eine freigegebene Periode wird wieder geöffnet), sehen Sie sie durch, und bereiten Sie sie neu vor',
  'said.period.differs.content': 'eine Zeile ihrer Tage oder eine Zuordnung davon wurde geändert',
  'said.period.differs.figure': '{what}: {signed} wurden zu {now}',
  'said.period.differs.item': 'von {record} waren am letzten Tag {signed} offen, jetzt sind es {now}',
  'said.period.differs.known': '{what} ist jetzt anders',
  'said.period.earlierNotLocked':
    'Die Periode vom {first} bis {last} davor ist nicht gesperrt: Perioden werden der Reihe nach gesperrt',
  'said.period.earlierOpen':
    'Die Periode vom {first} bis {last} davor ist offen: Unterschreiben Sie diese zuerst, denn mit ihrem Schlusssaldo beginnt die hier',
  'said.period.gap':
    'Der Saldennachweis geht nicht auf: Anfangssaldo {opening} und Zeilen {lines} ergeben {made}, der Schlusssaldo ist {closing}; es fehlen {gap}',
  'said.period.lockedBalance':
    'Die Periode vom {first} bis {last} von {account} ist mit dem {what} {signed} gesperrt, und dieser Auszug nennt {stated}: Öffnen Sie die Periode zuerst wieder, mit einem Grund und einer zweiten Person',
  'said.period.lockedNew':
    'Die Periode vom {first} bis {last} von {account} ist gesperrt, und das änderte darin {record} vom {day}, {amount}: Öffnen Sie die Periode zuerst wieder, mit einem Grund und einer zweiten Person',
  'said.period.lockedRecord':
    'Die Periode vom {first} bis {last} von {account} ist gesperrt, und das änderte darin {record} „{name}“ vom {day}, {amount}: Öffnen Sie die Periode zuerst wieder, mit einem Grund und einer zweiten Person',
  'said.period.lockedUndated':
    'Die Periode vom {first} bis {last} von {account} ist gesperrt, und das änderte darin {record} „{name}“, {amount}: Öffnen Sie die Periode zuerst wieder, mit einem Grund und einer zweiten Person',
  'said.period.noBalance': 'Die Bank nennt für diese Tage keinen {what}: Nennen Sie ihn, mit einem Grund',
  'said.period.noDays':
    'Das Konto hat noch keinen Auszug: Importieren Sie einen, oder sagen Sie, an welchem Tag seine erste Periode beginnt',
  'said.period.noReason': 'Sagen Sie, warum: Das wird bei der Periode aufbewahrt',
  'said.period.noRequest': 'Niemand hat darum gebeten, diese Periode wieder zu öffnen',
  'said.period.notAsSeen':
    'Die Periode ist nicht mehr, was Sie gesehen haben: Sehen Sie sie sich noch einmal an, und entscheiden Sie dann',
  'said.period.notTheirs':
    '{asked} hat darum gebeten, diese Periode wieder zu öffnen: Nur {asked} zieht das zurück; lehnen Sie es stattdessen ab',
  'said.period.notNext':
    'Die Perioden eines Kontos folgen lückenlos aufeinander: Die nächste beginnt am {expected}, nicht am {given}',
  'said.period.samePerson.asked':
    '{name} hat darum gebeten, diese Periode wieder zu öffnen: Tun muss es eine zweite Person',
  'said.period.samePerson.decline':
    '{name} hat selbst darum gebeten, diese Periode wieder zu öffnen: Nehmen Sie die Bitte zurück',
  'said.period.samePerson.prepared':
    '{name} hat diese Periode vorbereitet: Freigeben muss sie eine zweite Person',
  'said.period.state': 'Stand der Periode: {found}. „{act}“ geht nur, wenn sie {wanted} ist',
  'said.period.stays':
    'Die Periode vom {first} bis {last} bleibt: Entfernt wird nur die letzte, und nur, wenn sie nie unterschrieben war',
  'said.period.toReprove':
    'Eine Periode davor wurde inzwischen wieder geöffnet: Unterschreiben Sie zuerst diese neu, damit der Anfangssaldo wieder geprüft ist',
  'said.period.unexplained':
    'Der Saldennachweis geht nicht auf: {amount} der Abweichung zwischen Auszug und Büchern sind nicht erklärt',
  'said.person.email': '„{address}“ ist keine E-Mail-Adresse wie ada@example.com',
  'said.person.invisible': 'Ein Name darf keine unsichtbaren Zeichen enthalten: Tippen Sie ihn neu',
  'said.person.noName': 'Eine Person braucht einen Namen mit mindestens einem Buchstaben oder einer Ziffer',
  'said.person.reserved':
    'Dieser Name steht für das, was ohne eine Person geschieht: Wählen Sie einen anderen',
  'said.person.tooLong': 'Ein Name von {letters} Zeichen ist zu lang: Höchstens {most} sind ein Name',
  'said.posting.empty': 'Nennen Sie das Konto der Bücher',
  'said.posting.noCode': 'Die Nummer eines Kontos hat höchstens {most} Zeichen, alle druckbar',
  'said.posting.textTooLong': 'Ein Buchungstext hat höchstens {most} Zeichen',
  'said.profile.unknown': '„{word}“ ist kein Profil: bank, processor, jobs, deposits oder categorise',
  'said.rate.notPositive': 'Ein Kurs von {rate} liegt nicht über null',
  'said.rate.sameCurrency': '{currency} gegen sich selbst hat keinen Kurs',
  'said.records.inUse_one':
    'Eine genehmigte Zuordnung verwendet diese Datensätze: Nehmen Sie zuerst ihre Genehmigung zurück',
  'said.records.inUse_other':
    '{count} genehmigte Zuordnungen verwenden diese Datensätze: Nehmen Sie zuerst ihre Genehmigung zurück',
  'said.records.notOpen':
    'Von diesem Datensatz ist nichts offen: Zuständig ist jemand nur für das, was zuzuordnen ist',
  'said.report.font':
    'Die Schrift des Berichts lässt sich nicht lesen: Diese Kopie von Tieout ist beschädigt, installieren Sie sie neu',
  'said.report.json': 'report.json ließ sich nicht schreiben: {detail}',
  'said.report.pdf': 'Das PDF ließ sich nicht schreiben: {detail}',
  'said.report.proof': 'Der Saldennachweis lässt sich nicht berechnen: {why}',
  'said.request.date': '„{text}“ ist kein Datum wie 2025-12-31',
  'said.request.number': '„{text}“ ist keine Zahl',
  'said.request.text': 'Der Text ist länger als {most} Zeichen',
  'said.role.unknown': 'Eine Rolle „{word}“ gibt es nicht',
  'said.run.stale': 'Die Arbeitsmappe hat sich während des Abgleichs geändert: Starten Sie ihn noch einmal',
  'said.secret.delayed_one': 'Zu viele falsche Versuche: Versuchen Sie es in einer Sekunde wieder',
  'said.secret.delayed_other': 'Zu viele falsche Versuche: Versuchen Sie es in {count} Sekunden wieder',
  'said.secret.length': 'Ein Geheimnis hat {least} bis {most} Zeichen',
  'said.secret.needed': 'Diese Person meldet sich mit einem eigenen Geheimnis an: Geben Sie es ein',
  'said.secret.onlyAdmins':
    'Mit der Passphrase wird nur das Geheimnis eines Administrators neu gesetzt: Den anderen gibt ein Administrator ihres',
  'said.secret.own': 'Das ist Ihr eigenes Geheimnis: Ändern Sie es mit dem jetzigen',
  'said.secret.ownNeeded':
    '{name} hat kein eigenes Geheimnis, und mehr als eine Person arbeitet in dieser Arbeitsmappe: Wählen Sie zuerst eines (unter Personen), damit niemand anderes das unter diesem Namen tut',
  'said.secret.passphraseAfterLock':
    'Das Fenster war gesperrt, und diese Person hat kein Geheimnis: Geben Sie die Passphrase der Arbeitsmappe ein',
  'said.secret.passphraseNeeded':
    'Ein erstes Geheimnis wird mit der Passphrase der Arbeitsmappe gewählt: Geben Sie sie ein',
  'said.secret.toChoose': 'Dieses Geheimnis hat ein Administrator vergeben: Wählen Sie damit ein eigenes',
  'said.secret.wrong': 'Das ist nicht richtig',
  'said.secret.wrongAndWait_one': 'Das ist nicht richtig: Der nächste Versuch ist in einer Sekunde möglich',
  'said.secret.wrongAndWait_other':
    'Das ist nicht richtig: Der nächste Versuch ist in {count} Sekunden möglich',
  'said.sentences': '{first}. {second}',
  'said.setting.noName': 'Eine Einstellung braucht einen Namen',
  'said.sign.damaged':
    'Die Signaturidentität ist beschädigt: Schlüssel und Zertifikat gehören nicht zusammen',
  'said.sign.encoding': 'Die Signatur ließ sich nicht kodieren: {detail}',
  'said.sign.noKey': 'Die Identitätsdatei enthält keinen privaten Schlüssel mit seinem Zertifikat',
  'said.sign.noName': 'Die Signaturidentität braucht einen Namen',
  'said.sign.notForSigning':
    'Das Zertifikat von {name} ist nicht zum Signieren von Dokumenten: Nehmen Sie eine andere Identität',
  'said.sign.notValidNow':
    'Das Zertifikat von {name} ist am {at} nicht gültig: Nehmen Sie eine andere Identität',
  'said.sign.unreadable': 'Die Identitätsdatei ist keine lesbare PKCS#12-Datei (.p12, .pfx): {detail}',
  'said.sign.unreadableCertificate': 'Die Datei ist kein lesbares Zertifikat (.cer, .crt, .pem)',
  'said.sign.unsignable': 'Dieses PDF lässt sich nicht signieren: {detail}',
  'said.sign.unsupportedKey':
    'Der Schlüssel der Identität ist weder ECDSA (P-256, P-384) noch RSA mit 2.048 bis 4.096 Bit',
  'said.sign.wrongPassphrase': 'Die Passphrase öffnet die Identitätsdatei nicht',
  'said.signer.anothers': '{person} signiert mit diesem Zertifikat: Jede Person signiert mit ihrem eigenen',
  'said.signer.gone': 'Hier gilt kein Zertifikat mit diesem Fingerabdruck',
  'said.signer.noReason': 'Sagen Sie, warum das Zertifikat widerrufen wird',
  'said.signer.revoked':
    'Das Zertifikat von {name} wurde hier widerrufen: Erzeugen Sie ein neues oder importieren Sie ein anderes',
  'said.verify.noReport': 'Was vertraut ist, sagt, wer einen Bericht signiert hat, und dies ist keiner',
  'said.workbook.damaged': 'Die Arbeitsmappe ist beschädigt: {detail}',
  'said.workbook.database': 'Die Datenbank der Arbeitsmappe hat abgelehnt: {detail}',
  'said.workbook.diskFull': 'Der Datenträger ist voll: Nichts wurde gespeichert',
  'said.workbook.untold':
    'Die Änderung hat kein Ereignis im Protokoll hinterlassen, darum wurde nichts gespeichert: Das ist ein Fehler von Tieout, bitte melden Sie ihn',
  'said.workbook.noPlace': 'Sagen Sie, wo die Arbeitsmappe liegen soll: ein Ordner und ein Name',
  'said.workbook.unreadable': 'Die Arbeitsmappe enthält etwas, das diese Version nicht lesen kann: {detail}',
};
