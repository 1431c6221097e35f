import type { saidReading as english } from '../en/saidReading';

/** The sentences about files that were read or could not be, in German. */
export const saidReading: Record<keyof typeof english, string> = {
  'said.archive.empty': '{file}: Das Archiv enthält keine Dateien',
  'said.bai2.accountTrailer':
    'ein Kontoschluss (49) vor {before}; die Summen des Kontos lassen sich nicht prüfen',
  'said.bai2.amount': 'ein Betrag in kleinsten Einheiten aus höchstens 17 Ziffern, ohne Vorzeichen',
  'said.bai2.amountAfter': 'ein Betrag in kleinsten Einheiten nach dem Typcode {code}; er blieb weg',
  'said.bai2.asOf': 'ein Tag, den es gibt, als JJMMTT, im Gruppenkopf (02)',
  'said.bai2.atFileTrailer': 'dem Dateischluss (99)',
  'said.bai2.atGroupTrailer': 'dem Gruppenschluss (98)',
  'said.bai2.code':
    'ein Typcode einer Gutschrift (100 bis 399), einer Belastung (400 bis 699) oder einer Information (890)',
  'said.bai2.correction': 'eine Berichtigung von früher Gesendetem',
  'said.bai2.currency': 'ein Währungscode aus drei Buchstaben, etwa USD',
  'said.bai2.deletion': 'eine Löschung von früher Gesendetem',
  'said.bai2.fileEnd': 'dem Ende der Datei',
  'said.bai2.fileTrailer': 'ein Dateischluss (99) vor {before}; ein Teil der Datei fehlt vielleicht',
  'said.bai2.funds': 'eine Art der Verfügbarkeit: 0, 1, 2, D, S, V, Z oder keine',
  'said.bai2.groupDay':
    'ein Tag, den es gibt, als JJMMTT, im Gruppenkopf; Umsätze ohne Wertstellung werden abgelehnt',
  'said.bai2.groupTrailer':
    'ein Gruppenschluss (98) vor {before}; die Summen der Gruppe lassen sich nicht prüfen',
  'said.bai2.misplaced': 'der Kopf, den dieser Schluss beendet; vorne fehlt vielleicht ein Teil der Datei',
  'said.bai2.nextAccount': 'dem nächsten Konto (03)',
  'said.bai2.nextFile': 'dem nächsten Dateikopf (01)',
  'said.bai2.nextGroup': 'dem nächsten Gruppenkopf (02)',
  'said.bai2.noAccount': 'ein Konto (03) vor seinen Umsätzen; sie gelten als die eines Kontos ohne Nummer',
  'said.bai2.noMoney': 'kein Betrag, denn der Typcode 890 ist eine Information ohne Geld',
  'said.bai2.point':
    'ein Betrag in kleinsten Einheiten; der mit einem Punkt wurde in ganzen Einheiten gelesen',
  'said.bai2.record': 'ein Satz, der mit 01, 02, 03, 16, 49, 88, 98 oder 99 beginnt; die Zeile blieb weg',
  'said.bai2.sign': 'ein Betrag ohne Vorzeichen, denn der Typcode gibt es; beide sagen hier Belastung',
  'said.bai2.status':
    'eine Gruppe im Status 1 (Aktualisierung); die Bank bezeichnet diese als {what}, prüfen Sie also, bevor Sie sie übernehmen',
  'said.bai2.test': 'einen Test',
  'said.bai2.typeCode': 'ein Typcode aus drei Ziffern unter den Beträgen des Kontos; die übrigen blieben weg',
  'said.bai2.valueDay': 'ein Tag, den es gibt, als JJMMTT; der Umsatz blieb ohne ihn',
  'said.camt.amount': 'ein Betrag wie 1234.56, mit einem Punkt und ohne weitere Zeichen',
  'said.camt.balance':
    'Dieser Saldo ist nicht lesbar: Erwartet werden ein Betrag ohne Vorzeichen und CRDT oder DBIT',
  'said.camt.balanceCurrency':
    'Dieser Saldo ist in einer anderen Währung als die Umsätze und wurde nicht mit ihnen verglichen',
  'said.camt.balanceSign':
    'Dieser Saldo sagt nicht, ob er ein Guthaben oder eine Schuld ist; er wurde als Guthaben gelesen',
  'said.camt.direction': 'CRDT oder DBIT, die Richtung des Betrags',
  'said.camt.noAccount': 'Dieser Auszug nennt sein Konto nicht',
  'said.camt.noAmount': 'ein Betrag; der Umsatz hat keinen',
  'said.camt.noNamespace':
    'Das Dokument nennt keinen Namensraum; nach seinen Elementen wurde es als {format} gelesen',
  'said.camt.otherNamespace': 'Die Elemente sind die von {format} und wurden so gelesen',
  'said.camt.pending':
    'ein gebuchter Umsatz; dieser ist vorgemerkt und kommt vielleicht noch einmal, wenn er gebucht ist',
  'said.camt.pendingLeftOut':
    'Dieser Umsatz ist vorgemerkt, und die gebuchten Salden gehen ohne ihn auf; er blieb weg',
  'said.camt.pendingMore': 'Ab hier blieben vorgemerkte Umsätze weg, ohne einzeln genannt zu werden',
  'said.camt.text': 'ein Text von höchstens {most} KiB; der Rest steht in der Datei',
  'said.camt.twice': 'dieses Element einmal in einem Umsatz; es steht zweimal da und sagt zweierlei',
  'said.camt.unsigned': 'ein Betrag ohne Vorzeichen; CdtDbtInd sagt die Richtung',
  'said.control.accounts': 'Zahl der Konten in der Gruppe',
  'said.control.credits': 'Zahl der Gutschriften',
  'said.control.creditSum': 'Summe der Gutschriften',
  'said.control.debits': 'Zahl der Belastungen',
  'said.control.debitSum': 'Summe der Belastungen',
  'said.control.entries': 'Zahl der Umsätze',
  'said.control.groups': 'Zahl der Gruppen in der Datei',
  'said.control.net': 'Summe der Umsätze mit Vorzeichen',
  'said.control.records': 'Zahl der Sätze {level}',
  'said.control.sum': 'Summe der Umsätze',
  'said.control.total': 'Kontrollsumme {level} in den Einheiten der Datei',
  'said.detected.asWritten': 'wie geschrieben: positiv ist Eingang',
  'said.detected.direction': 'eine Spalte sagt Eingang oder Ausgang',
  'said.detected.line': 'Zeile {line}',
  'said.detected.name': '{name}',
  'said.detected.none': 'keine',
  'said.detected.tab': 'Tabulator',
  'said.detected.turned': 'umgedreht: positiv ist Ausgang',
  'said.detected.twoColumns': 'Spalten für Eingang und Ausgang',
  'said.doubt.balance':
    'ein Saldo von {balance}, wie er aus der Zeile davor folgt; hier fehlt eine Zeile oder wurde falsch gelesen',
  'said.doubt.closing':
    '{name}: Anfangssaldo {opening} und die Summe der Zeilen {sum} sollten den Schlusssaldo {closing} ergeben; {difference} bleiben übrig',
  'said.doubt.control': '{name}: Die Datei nennt {stated} ({what}), ihre Zeilen ergeben {found}',
  'said.expected.amount': 'ein Betrag wie {such}',
  'said.expected.amountDigits': 'ein Betrag aus höchstens 17 Ziffern',
  'said.expected.amountIn': 'ein Betrag in {currency}, wie die Währung der Zeile sagt',
  'said.expected.anyDate': 'ein Datum; die Zeile blieb ohne eines',
  'said.expected.balanceIn': 'ein Saldo in {currency}, wie der Betrag',
  'said.expected.beyond_one': 'Ein weiterer Fehler einer Zeile ist gezählt, aber nicht aufgeführt',
  'said.expected.beyond_other': '{count} weitere Fehler von Zeilen sind gezählt, aber nicht aufgeführt',
  'said.expected.booked':
    'ein gebuchter Umsatz; er wurde behalten und kommt vielleicht unter anderem Text noch einmal, wenn er gebucht ist',
  'said.expected.bookedWithDate': 'ein gebuchter Umsatz; die Zeile blieb weg, bis sie ein Buchungsdatum hat',
  'said.expected.bookingDate': 'ein Buchungsdatum; an seiner Stelle wurde die Wertstellung genommen',
  'said.expected.cellsAdded':
    '{columns} Felder, so viele wie die Tabelle Spalten hat; die übrigen kamen zum Text',
  'said.expected.cellsOpen':
    '{columns} Felder, so viele wie die Tabelle Spalten hat; da einige fehlen, könnte der Betrag in mehr als einer Spalte stehen',
  'said.expected.cellsQuoted':
    '{columns} Felder, so viele wie die Tabelle Spalten hat; ein Text mit dem Trennzeichen darin braucht Anführungszeichen',
  'said.expected.cellsShifted_one':
    '{columns} Felder, so viele wie die Tabelle Spalten hat; eines fehlt, und der Betrag wurde dort gelesen, wo er steht',
  'said.expected.cellsShifted_other':
    '{columns} Felder, so viele wie die Tabelle Spalten hat; {count} fehlen, und der Betrag wurde dort gelesen, wo er steht',
  'said.expected.cellsWith': '{columns} Felder, darunter {what}',
  'said.expected.currency': 'ein Währungscode aus drei Buchstaben, etwa EUR oder USD',
  'said.expected.date': 'ein Datum wie {such}',
  'said.expected.day': 'ein Tag, den es gibt, geschrieben wie {such}',
  'said.expected.decimals': 'ein Betrag mit höchstens {digits} Nachkommastellen',
  'said.expected.decimalsOf': 'ein Betrag mit höchstens {digits} Nachkommastellen, wie {currency} sie hat',
  'said.expected.direction': 'ein Wort für Soll oder Haben, etwa S oder H',
  'said.expected.kind':
    'eine Art wie Rechnung, Eingangsrechnung, Gutschrift, Zahlung, Auftrag oder Umsatz; die übliche Art wurde genommen',
  'said.expected.month': 'ein Monat mit seinem Jahr, etwa 2024-05 oder Mai 2024; er blieb weg',
  'said.expected.more':
    'Weitere Zeilen haben dieselben Arten von Fehlern; sie sind gezählt, aber nicht aufgeführt',
  'said.expected.noBalance': 'ein Umsatz; ein Saldo zwischen den Zeilen blieb weg',
  'said.expected.noRemark': 'ein Datum und ein Betrag; eine Bemerkung blieb weg',
  'said.expected.noTotal': 'ein Umsatz; eine Summenzeile blieb weg',
  'said.expected.oneOfTwo': 'ein Betrag in einer der Spalten für Soll und Haben, nicht in beiden',
  'said.expected.otherAccount': 'das Konto der anderen Zeilen; die Zeile blieb als eigener Auszug',
  'said.expected.pendingBeside':
    'ein Buchungsdatum, wie die Zeilen daneben es haben; der vorgemerkte Umsatz blieb weg, bis er eines hat',
  'said.expected.pendingDate': 'ein Buchungsdatum; der vorgemerkte Umsatz blieb weg, bis er eines hat',
  'said.expected.quantity': 'eine Menge wie {such}; sie blieb weg',
  'said.expected.rate': 'ein Satz wie {such}; er blieb weg',
  'said.expected.sent': 'ein verschickter Beleg; der Entwurf blieb weg',
  'said.expected.status': 'der Stand eines gebuchten Umsatzes; die Zeile blieb weg',
  'said.expected.valid': 'ein gültiger Beleg; der stornierte blieb weg',
  'said.file.changed': 'Sie wurde geändert, während sie gelesen wurde',
  'said.file.isFolder': '{path} ist ein Ordner; wählen Sie eine Datei',
  'said.file.largerThanSmall':
    '{path}: größer als 1 MiB, was keine Datei dieser Art ist. Prüfen Sie, ob es die richtige ist',
  'said.file.noStatement': '{file}: Erwartet wird ein Kontoauszug',
  'said.finding.alike':
    'neue Zeilen haben Tag und Betrag von Zeilen, die das Konto schon hat: Sind sie derselbe Auszug in anderer Form, zählten sie doppelt',
  'said.finding.duplicates': 'Zeilen, die schon in der Arbeitsmappe sind; sie bleiben weg',
  'said.finding.expected': 'Erwartet: {expected}',
  'said.finding.expectedIn': '{column}; erwartet: {expected}',
  'said.finding.future': 'Zeilen mit einem Datum nach heute',
  'said.finding.gap':
    'Der Auszug beginnt mit {opening}, der davor endet aber mit {before}: Vielleicht fehlt einer',
  'said.finding.gapOf':
    'Der Auszug von {account} beginnt mit {opening}, der davor endet aber mit {before}: Vielleicht fehlt einer',
  'said.finding.noDate': 'Zeilen ohne Datum',
  'said.finding.noRows': 'Die Datei ({format}) hat keine Zeilen',
  'said.finding.noText': 'Zeilen ohne Text, Referenz oder Gegenpartei',
  'said.finding.noTextOfEntry': 'Zeilen ohne Nummer, Referenz, Text oder Gegenpartei',
  'said.finding.open': '{what}: Das lässt sich verschieden lesen; gelesen als {reading}',
  'said.finding.outside': 'Zeilen vom {first} bis {last}, der Auszug umfasst aber {from} bis {to}',
  'said.inField': '{field}: {why}',
  'said.isolation': 'Die Datei ließ sich nicht lesen: {why}',
  'said.isolation.crash':
    'Ihr Leser blieb mittendrin stehen, wie beschädigte Dateien es bewirken; exportieren oder speichern Sie sie neu',
  'said.isolation.memory':
    'Sie braucht mehr Speicher, als ein Auszug darf; speichern Sie das Blatt als CSV, und versuchen Sie es noch einmal',
  'said.isolation.other': 'Ihr Leser antwortete etwas anderes',
  'said.isolation.time':
    'Sie braucht länger, als ein Auszug darf; speichern Sie das Blatt als CSV, und versuchen Sie es noch einmal',
  'said.json.minorUnits':
    'Ganze Zahlen, die die kleinste Münze zählen, etwa Cent, wurden als Beträge der Haupteinheit gelesen',
  'said.json.more':
    'Die Datei sagt, dass es mehr Umsätze gibt, als sie enthält; der Rest steht in weiteren Antworten',
  'said.json.noFields': 'Diese Objekte haben keine Felder von Umsätzen und blieben weg',
  'said.json.object': 'ein Objekt mit den Feldern eines Umsatzes',
  'said.json.seconds': 'Zahlen, die Sekunden seit 1970 zählen, wurden als Tage in UTC gelesen',
  'said.json.twice': 'dieses Feld einmal in einem Satz; es steht zweimal da',
  'said.json.unbooked': 'Diese Umsätze sind noch nicht gebucht und blieben weg',
  'said.mapping.emptyDate':
    'Die Spalte der Daten ist in jeder Zeile leer; sagen Sie, welche Spalte das Datum ist',
  'said.mapping.noAmount':
    'Keine Spalte enthält Beträge; sagen Sie, welche Spalte der Betrag ist oder welche Soll und Haben sind',
  'said.mapping.noAmountOrCode':
    'Keine Spalte enthält Beträge oder Kundennummern; sagen Sie, welche Spalte der Betrag ist oder welche Soll und Haben sind',
  'said.mapping.noColumn': 'Die Datei hat keine Spalte „{header}“',
  'said.mapping.noDate': 'Keine Spalte enthält Daten; sagen Sie, welche Spalte das Datum ist',
  'said.mapping.noRows': 'Die Datei hat keine Zeilen',
  'said.mapping.side': '„{word}“ ist keine Seite: statement oder ledger',
  'said.mt940.amount': 'ein Betrag aus höchstens 17 Ziffern mit einem Dezimalkomma, etwa 1234,56',
  'said.mt940.balanceAmount': 'ein Betrag mit einem Dezimalkomma; der Saldo blieb weg',
  'said.mt940.balanceCurrency': 'ein Währungscode aus drei Buchstaben nach dem Datum',
  'said.mt940.balanceDay': 'ein Tag, den es gibt, als JJMMTT; der Saldo blieb ohne ihn',
  'said.mt940.balanceMark': 'C oder D vor dem Datum',
  'said.mt940.closingCurrency': 'ein Schlusssaldo in {currency}, wie der Auszug; er blieb weg',
  'said.mt940.dates': 'eine Wertstellung als JJMMTT, dann ein Buchungstag als MMTT oder keiner',
  'said.mt940.entriesWithoutReference':
    'eine Referenz am Ende des Feldes :61: oder NONREF; der erste Umsatz ohne steht hier',
  'said.mt940.entryDay':
    'ein Tag innerhalb eines halben Jahres um die Wertstellung, als MMTT; an seiner Stelle wurde die Wertstellung genommen',
  'said.mt940.inBalance': 'im Saldo :{tag}: {why}',
  'said.mt940.leading': 'ein Feld wie :20: am Anfang der Datei; der Text davor blieb weg',
  'said.mt940.mark': 'C, D, RC oder RD (MT942 auch EC und ED) vor dem Betrag',
  'said.mt940.noClosing':
    'ein Schlusssaldo (:62F:) am Ende des Auszugs; die Datei ist vielleicht abgeschnitten',
  'said.mt940.noComma': 'ein Dezimalkomma; der Betrag wurde als ganze Zahl genommen',
  'said.mt940.noReference':
    'eine Referenz (:20:) am Anfang einer Nachricht; die Datei ist vorne vielleicht abgeschnitten',
  'said.mt940.totals': 'in :{tag}: eine Anzahl, eine Währung und eine Summe, etwa 2EUR186,33',
  'said.mt940.unknownField':
    'ein Feld von MT940 oder MT942 am Anfang der Zeile, etwa :61:; es wurde als Text genommen',
  'said.mt940.valueDay': 'ein Tag, den es gibt, als JJMMTT; der Umsatz blieb mit seinem Buchungstag allein',
  'said.mt940.withoutReference_one':
    'eine Referenz am Ende des Feldes :61: oder NONREF; der Umsatz hier hat keine',
  'said.mt940.withoutReference_other':
    'eine Referenz am Ende des Feldes :61: oder NONREF; {count} Umsätze haben keine, der erste steht hier',
  'said.note.beforeOne': 'Diese Zeile steht vor der Tabelle und ist kein Umsatz',
  'said.note.before_one': 'Diese Zeile steht vor der Tabelle und ist kein Umsatz',
  'said.note.before_other': 'Diese {count} Zeilen stehen vor der Tabelle und sind keine Umsätze',
  'said.note.openQuote':
    'Ein Anführungszeichen wird hier geöffnet und nie geschlossen; die Zeile wurde ohne es gelesen',
  'said.note.otherEnding':
    'Der Name endet auf .{ending}, die Datei ist aber {format}; sie wurde als das gelesen, was sie ist',
  'said.ofx.accountCurrency': 'ein Betrag in {currency}, wie die des Kontos',
  'said.ofx.allPositive':
    'Kein Betrag ist negativ, obwohl manche Umsätze nach ihrem TRNTYPE Belastungen sind; die Beträge wurden wie geschrieben gelesen: Vergleichen Sie mit der Bank, wohin das Geld ging',
  'said.ofx.bankError': 'Die Bank antwortete mit diesem Fehler anstelle eines Auszugs',
  'said.ofx.closing': 'Der Schlusssaldo (BALAMT) blieb weg; erwartet: {expected}',
  'said.ofx.cut':
    'Die Datei endet vor </OFX> und ist vielleicht abgeschnitten; vergleichen Sie die Anzahl der Umsätze mit der Bank',
  'said.ofx.date': 'ein Datum wie 20241231',
  'said.ofx.day': 'ein Tag, den es gibt, etwa 20241231',
  'said.ofx.delete':
    'ein hinzuzufügender Umsatz; die Bank nimmt den mit der Nummer „{number}“ zurück: Löschen Sie ihn von Hand',
  'said.ofx.eitherWay': 'ein Datum wie 20241231; in diesem können Tag und Monat so oder so gemeint sein',
  'said.ofx.endOfFile':
    '</STMTTRN>; die Datei endet in diesem Umsatz, seine Werte sind daher vielleicht abgeschnitten',
  'said.ofx.implied': '</STMTTRN> am Ende des Umsatzes; er wurde ohne es gelesen',
  'said.ofx.investments_one':
    'Ein Umsatz einer Geldanlage blieb weg: Tieout liest Umsätze von Bank und Karte',
  'said.ofx.investments_other':
    '{count} Umsätze von Geldanlagen blieben weg: Tieout liest Umsätze von Bank und Karte',
  'said.ofx.loans_one': 'Ein Umsatz eines Darlehens blieb weg: Tieout liest Umsätze von Bank und Karte',
  'said.ofx.loans_other': '{count} Umsätze von Darlehen blieben weg: Tieout liest Umsätze von Bank und Karte',
  'said.ofx.noNegative_one':
    'Kein Betrag ist negativ, obwohl ein Umsatz nach seinem TRNTYPE eine Belastung ist; die Beträge wurden wie geschrieben gelesen: Vergleichen Sie mit der Bank, wohin das Geld ging',
  'said.ofx.noNegative_other':
    'Kein Betrag ist negativ, obwohl {count} Umsätze nach ihrem TRNTYPE Belastungen sind; die Beträge wurden wie geschrieben gelesen: Vergleichen Sie mit der Bank, wohin das Geld ging',
  'said.ofx.notBooked_one':
    'Ein Umsatz ist noch nicht gebucht und blieb weg; die Bank sendet ihn noch einmal',
  'said.ofx.notBooked_other':
    '{count} Umsätze sind noch nicht gebucht und blieben weg; die Bank sendet sie noch einmal',
  'said.ofx.oneWay':
    'ein Betrag, der sich nur auf eine Weise lesen lässt; das Zeichen in diesem kann vor Nachkommastellen oder zwischen Tausendern stehen',
  'said.ofx.otherKind': 'Tieout liest Umsätze von Bank und Karte; diese blieben weg',
  'said.ofx.pending': 'Sie sind noch nicht gebucht und blieben weg; die Bank sendet sie noch einmal',
  'said.ofx.replaces':
    'ein neuer Umsatz; die Bank sagt, dass dieser jene Nummer ersetzt: Löschen Sie den früheren',
  'said.ofx.rowCurrency': 'ein Betrag in {currency}, wie die Währung der Zeile',
  'said.ofx.second': 'eines seiner Art; ein zweites sagt, dass zwei Umsätze ineinanderliefen',
  'said.ofx.stray': 'Elemente; Text außerhalb von ihnen blieb weg',
  'said.ofx.unclosed':
    'Die Datei nennt sich XML, lässt aber Elemente offen; sie wurde als SGML gelesen, wobei nichts verloren geht',
  'said.qif.amount': 'ein Betrag wie -1,234.56',
  'said.qif.cut': '^; die Datei endet in diesem Satz, seine Werte sind daher vielleicht abgeschnitten',
  'said.qif.date': 'ein Datum wie 12/31/2024',
  'said.qif.endOfFile': '^ am Ende des Satzes; die Datei endet ohne es und ist vielleicht abgeschnitten',
  'said.qif.implied': '^ am Ende des Satzes; er wurde ohne es gelesen',
  'said.qif.investments_one':
    'Ein Satz einer Geldanlage; Tieout liest Bank-, Bar- und Kartenkonten, er blieb daher weg',
  'said.qif.investments_other':
    '{count} Sätze von Geldanlagen; Tieout liest Bank-, Bar- und Kartenkonten, sie blieben daher weg',
  'said.qif.oneAmount': 'ein Betrag; die Zeilen T und U des Satzes unterscheiden sich',
  'said.qif.onlyAmount': 'der einzige Betrag des Satzes; fehlt davor ein ^?',
  'said.qif.onlyDate': 'das einzige Datum des Satzes; fehlt davor ein ^?',
  'said.qif.opening': 'ein Umsatz; dieser Satz eröffnet das Konto und blieb als Zeile',
  'said.qif.readSo': 'Die Art ist nicht bekannt; ihre Sätze sehen wie Umsätze aus und wurden so gelesen',
  'said.qif.unknownKind_one': 'Ein Satz einer unbekannten Art, der kein Umsatz ist; er blieb weg',
  'said.qif.unknownKind_other':
    '{count} Sätze einer unbekannten Art, die keine Umsätze sind; sie blieben weg',
  'said.read.binary':
    'Das ist weder Text noch Tabelle (an Stelle {position} steht ein Byte, das kein Text hat); wählen Sie eine Datei in CSV oder XLSX',
  'said.read.damaged': '{what} ist beschädigt{place}: {detail}; exportieren oder speichern Sie sie neu',
  'said.read.empty':
    'Die Datei ist leer; exportieren Sie sie noch einmal aus der Bank oder dem Buchhaltungsprogramm',
  'said.read.fileTooLarge':
    'Die Datei ist größer als {most} MiB, mehr, als ein Auszug braucht; teilen Sie sie auf, oder erhöhen Sie die Grenze mit Absicht',
  'said.read.member':
    '„{name}“ im Archiv {what}; entpacken Sie das Archiv, und wählen Sie die gewünschten Dateien',
  'said.read.noSuchSheet': 'Ein Blatt „{name}“ gibt es in dieser Mappe nicht, nur {available}',
  'said.read.tooLarge': '{what} überschreitet die Grenze von {limit}{place}; teilen Sie die Datei auf',
  'said.read.unreadable':
    'Die Datei ist nicht lesbar: {detail}. Prüfen Sie, ob es sie noch gibt und sie gelesen werden darf',
  'said.read.unsupported': 'Das ist {what}; das liest Tieout nicht. {advice}',
  'said.reading.byValues': 'allein nach den Werten: {columns}',
  'said.reading.column': '{column} ist {role}',
  'said.reading.dayFirst': 'Tag vor Monat: {text} ist der {day}',
  'said.reading.decimals': '{text}: Das Zeichen trennt Nachkommastellen (Beträge wie {such})',
  'said.reading.monthFirst': 'Monat vor Tag: {text} ist der {day}',
  'said.reading.otherColumns': 'Spalten mit anderen Bedeutungen',
  'said.reading.positiveIn': 'Positive Beträge wie {example} sind Eingänge, wie die Datei sie hat',
  'said.reading.positiveOut': 'Positive Beträge wie {example} sind Ausgänge, wie Karten ihre Ausgaben zeigen',
  'said.reading.thousands': '{text}: Das Zeichen trennt Tausender (Beträge wie {such})',
  'said.row.deleted':
    'Zeile {row} von {file} wurde gelöscht; stellen Sie sie wieder her, wenn sie gebraucht wird',
  'said.row.expectedIn': '{column} „{value}“; erwartet: {expected}',
  'said.row.known': 'Schon in der Arbeitsmappe: Zeile {row} von {file}',
  'said.sheet.formula':
    'Eine Formel, deren Ergebnis nicht gespeichert ist: als leer gelesen; öffnen Sie die Datei in einem Tabellenprogramm, speichern Sie sie dort, und importieren Sie das',
  'said.sheet.hidden':
    'Dieses Blatt ist in der Tabelle ausgeblendet und wurde nicht gelesen; wählen Sie es, um es zu lesen',
  'said.sheet.hiddenRows':
    'in der Tabelle ausgeblendet und weggelassen; blenden Sie ein, was gelesen werden soll',
  'said.sheet.formulas_one':
    'Eine Formel, deren Ergebnis nicht gespeichert ist: als leer gelesen; öffnen Sie die Datei in einem Tabellenprogramm, speichern Sie sie dort, und importieren Sie das',
  'said.sheet.formulas_other':
    '{count} Formeln, deren Ergebnisse nicht gespeichert sind: als leer gelesen; öffnen Sie die Datei in einem Tabellenprogramm, speichern Sie sie dort, und importieren Sie das',
  'said.sheet.joined_one': 'Dieses Blatt wird gelesen',
  'said.sheet.joined_other': 'Diese {count} Blätter haben dieselbe Kopfzeile und werden nacheinander gelesen',
  'said.sheet.noResult':
    'ein gespeichertes Ergebnis, das die Formel in dieser Zelle nicht hat; speichern Sie die Datei in einem Tabellenprogramm',
  'said.sheet.of': 'Blatt „{sheet}“: {why}',
  'said.sheet.otherHeader':
    'Dieses Blatt hat eine andere Kopfzeile und wurde nicht gelesen; wählen Sie es, um es zu lesen',
  'said.sheet.rowsHidden_one':
    'Diese Zeile ist in der Tabelle ausgeblendet und blieb weg; blenden Sie ein, was gelesen werden soll',
  'said.sheet.rowsHidden_other':
    '{count} Zeilen sind in der Tabelle ausgeblendet und blieben weg; blenden Sie ein, was gelesen werden soll',
  'said.statement': 'Auszug',
  'said.statement.in': '{statement} in {currency}',
  'said.statement.numbered': 'Auszug {number}',
  'said.statement.of': '{statement} von {account}',
};
