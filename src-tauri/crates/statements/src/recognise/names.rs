//! Names of columns in English, German, French, Spanish, Italian and Dutch, folded (lower case, no accents, words
//! apart). Within a role, earlier groups win over later ones.

use super::vocabulary::{Group, On};
use crate::ColumnRole;

const fn group(role: ColumnRole, on: On, rank: u16, names: &'static str) -> Group {
    Group { role, on, rank, names }
}

use ColumnRole as R;
use On::{Both, Ledger, Statement};

/// All names, those of a group apart by `|`. A name may stand in several groups; values and the other columns then decide.
pub(super) const GROUPS: &[Group] = &[
    group(R::Id, Both, 40, "bank id|ledger id|record id|entry id|line id|row id"),
    group(R::Id, Both, 30, "id|uid|uuid|statement line id|transaction uid|lfd nr|volgnr"),
    group(R::Id, Statement, 10, "transaction id|txn id|balance transaction id|txn uid"),
    // Dates. The day of booking comes before the day of the purchase, which comes before the day of creation.
    group(
        R::Date,
        Both,
        40,
        "run date|booking date|bookingdate|date|date booked|accounting date|posting date|post date|posted date|posted|\
         date posted|completed date|date completed|buchungstag|buchungsdatum|datum|buchung|date operation|\
         date de l operation|date de operation|date d operation|date comptable|date ecriture|\
         date de comptabilisation|fecha|fecha operacion|fecha de operacion|fecha contable|f operacion|\
         fecha de contabilizacion|data|data operazione|data contabile|data registrazione|data movimento|\
         data di registrazione|boekdatum|boekingsdatum|boekingsdag|operation date|bokforingsdag|\
         bokforingsdatum|bogforingsdato|dato|bokfort|data operacji|data ksiegowania|konyveles datuma|\
         data balancete|datum uctovani",
    ),
    group(
        R::Date,
        Ledger,
        45,
        "document date|doc date|invoice date|bill date|issue date|date issued|rechnungsdatum|belegdatum|\
         ausstellungsdatum|date facture|date de facture|date de la facture|date document|date piece|\
         date de piece|date d emission|fecha factura|fecha de factura|fecha documento|fecha de emision|\
         fecha emision|data fattura|data documento|data emissione|factuurdatum|documentdatum|job date|\
         service date|leistungsdatum|payment date|zahlungsdatum",
    ),
    group(
        R::Date,
        Both,
        30,
        "transaction date|transactiondate|trans date|txn date|entry date|transactiedatum|transaktionsdatum|\
         umsatzdatum|date de transaction|date transaction|fecha transaccion|fecha de la transaccion|\
         data transazione|tranzakcio datuma|effective date|process date",
    ),
    group(
        R::Date,
        Both,
        15,
        "created utc|created|created at|date created|created date|date time|datetime|timestamp|day|tag|jour|\
         dia|giorno|dag|time|when",
    ),
    group(
        R::ValueDate,
        Statement,
        40,
        "value date|valuedate|val date|date value|valuta|valutadatum|valuta datum|wertstellung|\
         wertstellungstag|wertstellungsdatum|wert|date valeur|date de valeur|valeur|fecha valor|\
         fecha de valor|f valor|data valuta|data di valuta|rentedatum|valutadag|interest date|\
         available on utc|available on|data waluty|erteknap",
    ),
    group(
        R::ValueDate,
        Statement,
        20,
        "started date|transaction date|trans date|purchase date|transactiedatum|transaktionsdatum|\
         date de transaction|date created",
    ),
    group(
        R::DueDate,
        Ledger,
        40,
        "due date|duedate|due|date due|due on|payment due|payment due date|pay by|maturity|maturity date|\
         falligkeit|faelligkeit|falligkeitsdatum|faelligkeitsdatum|fallig am|faellig am|fallig|faellig|\
         falligkeitstag|zahlbar bis|date echeance|date d echeance|echeance|vencimiento|fecha vencimiento|\
         fecha de vencimiento|fecha vto|scadenza|data scadenza|data di scadenza|vervaldatum|vervaldag|\
         betaaldatum|uiterste betaaldatum",
    ),
    group(
        R::Description,
        Both,
        40,
        "description|details|detail|memo|narrative|narration|particulars|text|purpose|\
         transaction description|transaction details|booking text|payment details|payment purpose|reason|\
         original description|desc|subject|message|transactions|verwendungszweck|buchungstext|umsatztext|\
         beschreibung|buchungsdetails|vorgang|zweck|betreff|bezeichnung|artikel|leistung|posting text|\
         libelle|libelle operation|libelle de l operation|detail de l ecriture|motif|communication|\
         communications|intitule|designation|objet|concepto|descripcion|concepto ampliado|detalle|\
         descripcion del movimiento|descrizione|causale|descrizione operazione|descrizione estesa|\
         descrizione completa|dettagli|oggetto|omschrijving|mededelingen|mededeling|beschrijving|betreft|\
         historico|opis|tekst|rubrik|additional description|service|service type|job description|\
         line description|item|item title",
    ),
    group(
        R::Description,
        Both,
        20,
        "notes|note|comment|comments|remarks|remark|action|notiz|bemerkung|bemerkungen|kommentar|remarques|\
         commentaire|observaciones|notas|nota|notitie|opmerking|opmerkingen|noot|zahlungspflichtige r",
    ),
    // Amounts. In the books the open part comes before the whole.
    group(
        R::Amount,
        Ledger,
        45,
        "open amount|amount open|amount due|balance due|outstanding|outstanding amount|open balance|\
         remaining|remaining amount|offener betrag|offen|restbetrag|saldo offen|offener saldo|montant du|\
         restant du|solde du|reste a payer|importe pendiente|pendiente|importo aperto|residuo|\
         importo residuo|openstaand|openstaand bedrag|restbedrag",
    ),
    group(
        R::Amount,
        Both,
        40,
        "amount|amt|transaction amount|betrag|umsatz|buchungsbetrag|montant|montant de l operation|importe|\
         cantidad|importo|bedrag|mutatie|mutatiebedrag|transactiebedrag|belopp|belob|kwota|valor|osszeg|suma|\
         belop",
    ),
    group(
        R::Amount,
        Ledger,
        35,
        "total|total amount|invoice amount|invoice total|rechnungsbetrag|gesamtbetrag|summe|endbetrag|\
         bruttobetrag|montant ttc|total ttc|ttc|montant total|importe total|total factura|importo totale|\
         totale|totale fattura|totaalbedrag|totaal|factuurbedrag|value|wert",
    ),
    group(R::Amount, Both, 25, "gross|gross amount|brutto|brut|bruto|lordo|total"),
    group(R::Amount, Both, 15, "net|net amount|netto|nettobetrag|neto"),
    group(
        R::Debit,
        Both,
        40,
        "debit|debits|debit amount|amount debit|withdrawal|withdrawals|withdrawal amount|money out|paid out|\
         outflow|out|payments|spent|soll|ausgang|ausgange|ausgaben|belastung|belastungen|lastschrift|\
         montant debit|depenses|sortie|sorties|debe|cargo|cargos|gasto|gastos|dare|uscite|uscita|addebiti|\
         addebito|debet|af|uitgaven|bedrag af|debito",
    ),
    group(
        R::Credit,
        Both,
        40,
        "credit|credits|credit amount|amount credit|deposit|deposits|deposit amount|money in|paid in|inflow|\
         in|received|receipts|haben|eingang|eingange|einnahmen|gutschrift|gutschriften|montant credit|\
         recettes|entree|entrees|haber|abono|abonos|ingreso|ingresos|avere|entrate|entrata|accrediti|\
         accredito|bij|inkomsten|bedrag bij|credito",
    ),
    group(
        R::Direction,
        Both,
        45,
        "direction|debit credit|debit or credit|credit debit|dr cr|cr dr|d c|c d|dc|cd|\
         debit credit indicator|credit debit indicator|cdtdbtind|drcr|soll haben|s h|sh|\
         soll haben kennzeichen|soll haben kz|umsatztyp|sens|debit ou credit|debe haber|dare avere|segno|\
         signo|af bij|bij af|debet credit|kennzeichen|indicator|dbcr",
    ),
    group(
        R::Direction,
        Both,
        20,
        "type|transaction type|typ|art|tipo|tipo movimento|soort|mutatiesoort|nature|buchungsart",
    ),
    group(
        R::Currency,
        Both,
        40,
        "currency|ccy|curr|currency code|cur|iso currency|wahrung|waehrung|whrg|wkz|devise|monnaie|monn|\
         moneda|divisa|valuta|munt|muntsoort|munteenheid|valutacode|valuta code|waluta|penznem|devisa|mena",
    ),
    group(
        R::Reference,
        Both,
        40,
        "reference|ref|reference number|reference no|ref no|payment reference|bank reference|\
         customer reference|your reference|client reference|end to end id|end to end|endtoendid|\
         end to end reference|referenz|referenznummer|kundenreferenz|kundenreferenz end to end|\
         zahlungsreferenz|unser zeichen|ihr zeichen|reference client|reference operation|\
         reference de l operation|reference du paiement|referencia|numero de referencia|riferimento|rif|\
         numero riferimento|referentie|betalingskenmerk|kenmerk|transactiereferentie|reference 1|reference1|\
         sepa reference|reference id|referencenumber|processor txn id|processor transaction id",
    ),
    group(
        R::Reference,
        Both,
        25,
        "transaction reference|transaction id|txn id|transaction code|transaction number|transaktionscode|\
         transaktions id|transactie id|n de transaction|numero de transaction|id transaccion|id transazione|\
         balance transaction id|payment id|charge id|trn|utr|trace|trace number|po number|purchase order|\
         po no|bestellnummer|numero de commande|bon de commande|pedido|ordine|bestelnummer|ref 1|external id|\
         external reference|auszugsnummer",
    ),
    group(
        R::Reference,
        Statement,
        15,
        "check number|check no|check|cheque number|cheque no|cheque|num|number|document number|belegnummer|\
         numero documento|order id|txn uid|reference2|numero do documento|check num",
    ),
    group(
        R::Counterparty,
        Both,
        40,
        "counterparty|counterparty name|counter party|payee|payer|partner name|partner|merchant|\
         merchant name|beneficiary|beneficiary name|name|other party|party|beguenstigter zahlungspflichtiger|\
         begunstigter zahlungspflichtiger|auftraggeber empfanger|auftraggeber empfaenger|empfanger|\
         empfaenger|auftraggeber beguenstigter|auftraggeber begunstigter|zahlungsempfanger|\
         zahlungsempfanger in|zahlungsbeteiligter|name zahlungsbeteiligter|gegenpartei|geschaftspartner|\
         tiers|nom du tiers|beneficiaire|contrepartie|nom|donneur d ordre|nom de la contrepartie|contraparte|\
         beneficiario|ordenante|nombre|titular|controparte|ordinante|nominativo|intestatario|ragione sociale|\
         tegenpartij|naam tegenpartij|naam|naam omschrijving|begunstigde|naam van de tegenpartij|\
         empfangername|namn|odbiorca|kontrahent",
    ),
    group(
        R::Counterparty,
        Both,
        45,
        "customer|customer name|client|client name|supplier|supplier name|vendor|vendor name|bill to|company|\
         company name|kunde|kundenname|lieferant|lieferantenname|debitor|debitorenname|kreditor|\
         kreditorenname|firma|nom client|nom du client|fournisseur|nom fournisseur|raison sociale|cliente|\
         nombre cliente|nombre del cliente|proveedor|nombre proveedor|razon social|nome cliente|fornitore|\
         nome fornitore|klant|klantnaam|leverancier|leveranciersnaam|debiteur|crediteur|bedrijf|bedrijfsnaam",
    ),
    group(
        R::CounterpartyCode,
        Ledger,
        45,
        "customer code|customer number|customer no|customer id|cust code|cust no|client code|client id|\
         client number|vendor code|vendor id|vendor no|supplier code|supplier id|supplier no|supplier number|\
         partner code|kundennummer|kundennr|kunden nr|kunde nr|kundencode|debitorennummer|debitorennr|\
         debitoren nr|debitor nr|kreditorennummer|kreditor nr|lieferantennummer|lieferanten nr|code client|\
         numero client|n client|no client|code tiers|code fournisseur|compte client|compte tiers|\
         codigo cliente|codigo de cliente|numero de cliente|n cliente|codigo proveedor|codice cliente|\
         codice fornitore|numero cliente|cod cliente|klantnummer|klantcode|klantnr|debiteurnummer|\
         debiteurennummer|debiteurnr|crediteurnummer|leveranciersnummer|relatiecode|relatienummer",
    ),
    group(R::CounterpartyCode, Ledger, 15, "code|merchant id|account code"),
    group(
        R::CounterpartyAccount,
        Both,
        45,
        "counterparty account|counterparty iban|counterparty account number|partner iban|customer account|\
         customer iban|supplier account|supplier iban|vendor account|payee account|beneficiary account|\
         beneficiary iban|bank account|iban zahlungsbeteiligter|gegenkonto|iban gegenkonto|kontonummer iban|\
         iban zahlungsempfanger|kundenkonto|kunden iban|bankverbindung|compte contrepartie|iban contrepartie|\
         compte beneficiaire|iban beneficiaire|iban client|iban beneficiario|cuenta contraparte|\
         cuenta beneficiario|iban cliente|iban controparte|conto controparte|tegenrekening|\
         tegenrekening iban bban|iban tegenpartij|rekening tegenpartij|to account|mottagare|\
         rekeningnummer tegenpartij",
    ),
    group(R::CounterpartyAccount, Both, 20, "iban|kontonummer|konto|account number|bankrekening"),
    group(R::CounterpartyAccount, Statement, 18, "number|counterparty"),
    group(
        R::Account,
        Statement,
        45,
        "account|own account|account id|accountid|account iban|own iban|auftragskonto|iban auftragskonto|\
         eigenes konto|compte|cuenta|conto|rekening|rekeningnummer|iban bban|source account|szamlaszam",
    ),
    group(
        R::Account,
        Statement,
        30,
        "account number|account no|account name|kontonummer|konto|kontobezeichnung|numero de compte|n compte|\
         n de compte|numero de cuenta|n cuenta|numero conto|numero di conto|rapporto|wallet|\
         bezeichnung auftragskonto|iban",
    ),
    group(
        R::Balance,
        Statement,
        40,
        "balance|running balance|ending balance|current balance|account balance|balance after|\
         closing balance|ledger balance|book balance|saldo|saldo nach buchung|kontostand|solde|\
         solde apres operation|solde comptable|nouveau solde|saldo tras|saldo contable|saldo posterior|\
         saldo contabile|saldo progressivo|saldo finale|saldo na trn|saldo na mutatie|saldo na boeking|\
         egyenleg|saldo po operacji|new balance|resulting balance",
    ),
    group(R::Balance, Statement, 15, "available balance|saldo disponible|saldo disponibile"),
    group(
        R::Number,
        Ledger,
        45,
        "doc no|doc number|docno|document no|document number|document|invoice|invoice no|invoice number|\
         invoice id|inv no|invoiceno|bill no|bill number|voucher|voucher no|voucher number|rechnungsnummer|\
         rechnungsnr|rechnung nr|rechnung|re nr|rg nr|belegnummer|belegnr|beleg nr|beleg|belegnummer 1|\
         numero facture|n facture|no facture|facture|numero de facture|n de facture|numero piece|\
         numero de piece|n piece|n de piece|piece|numero factura|n factura|num factura|factura|\
         numero de factura|n de factura|documento|n documento|numero documento|numero de documento|\
         numero fattura|n fattura|fattura|numero doc|factuurnummer|factuurnr|factuur|boekstuknummer|boekstuk|\
         stuknummer|documentnummer|job no|job number|job id|job|auftragsnummer|order no|order number|\
         order id",
    ),
    group(R::Number, Ledger, 19, "number|nummer|no|nr|numero|num"),
    group(
        R::Kind,
        Ledger,
        40,
        "kind|doc type|document type|entry type|record type|belegart|dokumentart|vorgangsart|type de piece|\
         type piece|type document|type de document|tipo documento|tipo de documento|tipo doc|documentsoort|\
         soort document",
    ),
    group(R::Kind, Ledger, 30, "type|transaction type|typ|art|tipo|soort|nature"),
    group(
        R::Status,
        Both,
        40,
        "status|state|statut|etat|estado|situacion|stato|zustand|belegstatus|buchungsstatus|invoice status|\
         payment status|toestand",
    ),
];

/// Words that make a name with an amount in it another amount: a foreign one, a tax, a part.
pub(super) const OTHER_AMOUNT: &str = "original|local|converted|transfer|ursprungsbetrag|originalbetrag|foreign|fremdwahrung|tax|vat|fee|\
     fees|mwst|ust|tva|iva|btw|steuer|gebuhr|gebuehr|exchange|shipping|handling|insurance|discount|\
     skonto|rate|kurs|details|auslagenersatz|limit|compensation|sales|initial|opening|count|number|\
     entries|category|code|card";

/// Words that make a name with a party, an account or a text in it something else: `merchant id`, `customer e-mail`.
pub(super) const OTHER_ATTRIBUTE: &str = "id|no|nr|number|code|type|method|mail|email|phone|address|adresse|street|city|country|zip|bic|swift|\
     blz|rate|category|kategorie|status|time|group|flag|date|datum|bankname";
