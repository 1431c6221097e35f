//! Words in cells that say what a row is: a kind of document, a status, a total.

use std::{collections::HashMap, sync::LazyLock};

use crate::value::words::{contains_phrase, fold};

/// What a kind column says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KindWord {
    Invoice,
    Bill,
    CreditNote,
    Payment,
    Job,
    Transaction,
    CustomerAccount,
}

/// More particular words come first: a "credit note invoice" is a credit note.
const KINDS: [(KindWord, &[&str]); 7] = [
    (
        KindWord::CreditNote,
        &[
            "credit note",
            "credit memo",
            "creditnote",
            "credit",
            "gutschrift",
            "rechnungskorrektur",
            "avoir",
            "note de credit",
            "nota de credito",
            "abono",
            "rectificativa",
            "nota di credito",
            "nota credito",
            "creditnota",
            "creditfactuur",
            "cn",
        ],
    ),
    (
        KindWord::Bill,
        &[
            "bill",
            "purchase invoice",
            "supplier invoice",
            "vendor invoice",
            "ap invoice",
            "ap",
            "payable",
            "purchase",
            "eingangsrechnung",
            "lieferantenrechnung",
            "kreditorenrechnung",
            "facture fournisseur",
            "facture d achat",
            "factura proveedor",
            "factura de proveedor",
            "factura recibida",
            "factura de compra",
            "fattura fornitore",
            "fattura passiva",
            "fattura di acquisto",
            "inkoopfactuur",
        ],
    ),
    (
        KindWord::Payment,
        &[
            "payment",
            "pmt",
            "receipt",
            "zahlung",
            "zahlungseingang",
            "zahlungsausgang",
            "paiement",
            "reglement",
            "encaissement",
            "pago",
            "cobro",
            "pagamento",
            "incasso",
            "betaling",
            "ontvangst",
        ],
    ),
    (
        KindWord::Invoice,
        &[
            "invoice",
            "sales invoice",
            "inv",
            "ar",
            "receivable",
            "rechnung",
            "ausgangsrechnung",
            "facture",
            "factura",
            "fattura",
            "factuur",
            "verkoopfactuur",
        ],
    ),
    (
        KindWord::Job,
        &[
            "job",
            "service",
            "auftrag",
            "einsatz",
            "intervention",
            "trabajo",
            "servicio",
            "lavoro",
            "intervento",
            "opdracht",
            "klus",
        ],
    ),
    (
        KindWord::CustomerAccount,
        &["customer account", "wallet", "kundenkonto", "compte client", "cuenta cliente", "conto cliente"],
    ),
    (
        KindWord::Transaction,
        &[
            "transaction",
            "journal",
            "entry",
            "general journal",
            "transaktion",
            "buchung",
            "umbuchung",
            "ecriture",
            "operation",
            "transaccion",
            "asiento",
            "transazione",
            "registrazione",
            "transactie",
            "boeking",
            "memoriaal",
            "charge",
            "refund",
            "payout",
            "fee",
            "dispute",
            "transfer",
            "deposit",
            "withdrawal",
            "expense",
        ],
    ),
];

static KIND_WORDS: LazyLock<HashMap<&str, KindWord>> = LazyLock::new(|| {
    // Of a word that stands twice the first counts, so that it is put in last.
    let words = KINDS.iter().rev().flat_map(|(kind, words)| words.iter().rev().map(|word| (*word, *kind)));
    words.collect()
});

/// Reads a cell of a kind column.
pub(crate) fn kind(text: &str) -> Option<KindWord> {
    if text.is_empty() || text.len() > 60 {
        return None;
    }
    // Nearly every file writes the words as they stand here, a million times over.
    if let Some(kind) = KIND_WORDS.get(text) {
        return Some(*kind);
    }
    let folded = fold(text);
    let partial =
        || KINDS.iter().find(|(_, words)| words.iter().any(|word| word.len() > 3 && contains_phrase(&folded, word)));
    KIND_WORDS.get(folded.as_str()).copied().or_else(|| partial().map(|(kind, _)| *kind))
}

/// Words apart by `|`, in their own spelling.
const NOT_VALID: &str = "void|voided|cancelled|canceled|deleted|storniert|storno|annulliert|gelöscht|annulé|annulée|anulado|anulada|\
     cancelado|cancelada|annullato|annullata|geannuleerd|vervallen|failed|declined|denied|rejected|expired|abgelehnt|\
     fehlgeschlagen|verweigert|abgebrochen|refuse|refusé|refusée|échoué|rechazado|rechazada|denegado|denegada|fallido|\
     rifiutato|rifiutata|negato|geweigerd|mislukt|reverted|voided|blocked|cancelled by user|storno durchgeführt|recusado|\
     recusada|avbruten|avvist|afvist|hylätty|odrzucona|odrzucone|anulowana|zamítnuto|zrušeno|elutasítva|respins|iptal|\
     reddedildi|отклонено|отклонен|отменено|failed transaction|неуспешно|не выполнено|скасовано|відхилено|交易关闭|失败|已关闭|\
     已撤销|取消";

const DRAFT: &str = "draft|entwurf|brouillon|borrador|bozza|concept|ontwerp";

const PENDING: &str = "pending|vorgemerkt|umsatz vorgemerkt|vorgemerkter umsatz|ausstehend|offen|en attente|à venir|en cours|\
     pendiente|retenido|in attesa|in sospeso|non contabilizzato|da contabilizzare|in behandeling|gereserveerd|authorised|\
     authorized|not booked|not posted|uncleared|open|on hold|hold|held|unsettled|processing|pendente|em processamento|\
     reserverad|reserveret|reservert|varaus|oczekująca|blokada|čeká na zpracování|blokace|függőben|zárolt|în așteptare|\
     beklemede|provizyon|в обработке|ожидает|авторизация|hold авторизация|в очікуванні|处理中|未入账";

static STATUSES: LazyLock<HashMap<String, Status>> = LazyLock::new(|| {
    [(Status::Void, NOT_VALID), (Status::Draft, DRAFT), (Status::Pending, PENDING)]
        .into_iter()
        .flat_map(|(status, words)| words.split('|').map(move |word| (fold(word), status)))
        .collect()
});

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Void,
    Draft,
    Pending,
}

fn status(text: &str) -> Option<Status> {
    if text.len() > 60 || !STATUS_BEGINNINGS.may_begin(text) {
        return None;
    }
    STATUSES.get(fold(text).as_str()).copied()
}

/// Whether a status says that the row never took effect: void, cancelled, failed.
pub(crate) fn is_void(text: &str) -> bool {
    status(text) == Some(Status::Void)
}

/// Whether a status says that a document was not sent yet.
pub(crate) fn is_draft(text: &str) -> bool {
    status(text) == Some(Status::Draft)
}

/// Whether a status says that a transaction is not booked yet.
pub(crate) fn is_pending(text: &str) -> bool {
    status(text) == Some(Status::Pending)
}

/// Words that begin a line of totals.
const TOTALS: &str = "total|totals|subtotal|grand total|sum|summe|gesamt|gesamtsumme|zwischensumme|totaal|totale|totali|somme|suma|\
     sous total|total general|totalt|totale movimenti|endsumme|transactions total|\
     razem|celkem|spolu|összesen|yhteensä|sammanlagt|i alt|toplam|итого|итог|всего|оборот|разом|всього|合計|小計|合计|总计";

/// Names of balances before or after all rows; on printed pages also of those between.
const ENDS: &str = "opening balance|closing balance|beginning balance|ending balance|balance brought forward|\
     balance carried forward|brought forward|carried forward|previous balance|new balance|opening ledger balance|\
     closing ledger balance|statement opening balance|statement closing balance|anfangssaldo|endsaldo|saldovortrag|\
     alter saldo|neuer saldo|alter kontostand|neuer kontostand|schlusssaldo|anfangsbestand|endbestand|solde initial|\
     solde final|ancien solde|nouveau solde|solde précédent|report à nouveau|solde d ouverture|solde de clôture|\
     saldo inicial|saldo final|saldo anterior|saldo iniziale|saldo finale|saldo precedente|beginsaldo|eindsaldo|vorig saldo|\
     nieuw saldo|ingående saldo|utgående saldo|inngående saldo|indgående saldo|udgående saldo|alkusaldo|loppusaldo|algsaldo|\
     lõppsaldo|pradinis likutis|galutinis likutis|likutis pradžiai|likutis pabaigai|sākuma atlikums|beigu atlikums|\
     saldo początkowe|saldo końcowe|počáteční zůstatek|konečný zůstatek|počiatočný zostatok|konečný zostatok|\
     nyitó egyenleg|záró egyenleg|nyitóegyenleg|záróegyenleg|sold initial|sold final|açılış bakiyesi|kapanış bakiyesi|\
     входящий остаток|исходящий остаток|остаток на начало периода|остаток на конец периода|вхідний залишок|\
     вихідний залишок|saldo do dia|saldo dia|繰越残高|前月繰越|期初余额|期末余额";

/// Names of balances of no certain day, and of turnovers.
const BALANCES: &str = "turnover|käive|apyvarta|apgrozījums|obroty|kontostand|letzter kontostand|aktueller kontostand|saldo|solde|balance|saldo contabilístico|saldo disponível|bakiye|zůstatek";

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Line {
    Total,
    End,
    Balance,
}

static LINES: LazyLock<HashMap<String, Line>> = LazyLock::new(|| {
    [(Line::Balance, BALANCES), (Line::End, ENDS), (Line::Total, TOTALS)]
        .into_iter()
        .flat_map(|(line, words)| words.split('|').map(move |word| (fold(word), line)))
        .collect()
});

/// The first three letters of known words, a bit each, so that nearly every text is told apart without being folded
/// itself.
struct Beginnings([u32; 26 * 26]);

impl Beginnings {
    fn of<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        let mut beginnings = Self([0; 26 * 26]);
        for first in words.filter_map(|word| word.as_bytes().first_chunk()) {
            let (place, bit) = Self::place(first);
            if let Some(bits) = beginnings.0.get_mut(place).filter(|_| first.iter().all(u8::is_ascii_alphabetic)) {
                *bits |= bit;
            }
        }
        beginnings
    }

    /// The first two letters choose a number, the third a bit of it.
    fn place(letters: &[u8; 3]) -> (usize, u32) {
        let [one, two, three] = letters.map(|letter| letter.to_ascii_lowercase().wrapping_sub(b'a'));
        (usize::from(one) * 26 + usize::from(two), 1 << (three % 32))
    }

    /// Whether the text may be one of the words.
    fn may_begin(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        match bytes.first_chunk::<3>() {
            // What begins with other letters or with stars is to be folded first.
            Some(first) if first.iter().all(u8::is_ascii_alphabetic) => {
                let (place, bit) = Self::place(first);
                self.0.get(place).is_some_and(|bits| bits & bit != 0)
            }
            Some(first) => !first.iter().any(u8::is_ascii_digit),
            None => false,
        }
    }
}

static LINE_BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(LINES.keys()));
static STATUS_BEGINNINGS: LazyLock<Beginnings> = LazyLock::new(|| Beginnings::of(STATUSES.keys()));

fn may_be_label(text: &str) -> bool {
    text.len() <= 80 && LINE_BEGINNINGS.may_begin(text)
}

/// The label that a text is, apart from a day or an amount after it: `Beginning balance as of 01/01/2024`.
fn label(text: &str) -> Option<Line> {
    if !may_be_label(text) {
        return None;
    }
    let folded = fold(text);
    let until_digit = folded.find(|character: char| character.is_ascii_digit()).unwrap_or(folded.len());
    let mut words = folded.get(..until_digit)?.trim_end();
    if until_digit < folded.len() {
        for preposition in
            [" as of", " on", " at", " am", " per", " vom", " zum", " au", " al", " a", " em", " op", " na", " za"]
        {
            words = words.strip_suffix(preposition).unwrap_or(words);
        }
    }
    LINES.get(words).copied()
}

/// Whether a text is the label of a total: `Total`, `Summe EUR`, `Totale movimenti`.
pub(crate) fn is_total(text: &str) -> bool {
    if !may_be_label(text) || text.len() > 60 {
        return false;
    }
    let folded = fold(text);
    let ends = folded.match_indices(' ').map(|(at, _)| at).chain([folded.len()]);
    ends.filter_map(|end| folded.get(..end)).any(|words| LINES.contains_key(words))
}

/// Whether a text is nothing but the label of the balance before or after all rows.
pub(crate) fn is_opening_or_closing(text: &str) -> bool {
    label(text) == Some(Line::End)
}

/// Whether a text is nothing but the label of a balance, or of the turnover that Baltic banks put beside it.
pub(crate) fn is_balance_label(text: &str) -> bool {
    matches!(label(text), Some(Line::Balance | Line::End))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_in_six_languages() {
        for (text, expected) in [
            ("invoice", KindWord::Invoice),
            ("Ausgangsrechnung", KindWord::Invoice),
            ("Facture", KindWord::Invoice),
            ("Facture fournisseur", KindWord::Bill),
            ("Eingangsrechnung", KindWord::Bill),
            ("fattura passiva", KindWord::Bill),
            ("credit_note", KindWord::CreditNote),
            ("Gutschrift", KindWord::CreditNote),
            ("Nota de crédito", KindWord::CreditNote),
            ("creditnota", KindWord::CreditNote),
            ("Zahlung", KindWord::Payment),
            ("Règlement", KindWord::Payment),
            ("betaling", KindWord::Payment),
            ("journal", KindWord::Transaction),
            ("Customer payment", KindWord::Payment),
        ] {
            assert_eq!(kind(text), Some(expected), "{text}");
        }
        assert_eq!(kind("xyz"), None);
    }

    #[test]
    fn states_of_a_row_in_many_languages() {
        assert!(is_pending("Umsatz vorgemerkt") && is_pending("Pendiente") && is_pending("offen"));
        assert!(is_void("Отклонено") && is_void("Denied") && is_void("REVERTED"));
        assert!(!is_void("COMPLETED") && !is_pending("Gebucht") && !is_pending(""));
    }

    #[test]
    fn a_total_is_told_from_a_customer_named_total() {
        assert!(is_total("TOTAL"));
        assert!(is_total("Summe EUR"));
        assert!(is_total("Totale movimenti"));
        assert!(!is_total("TotalEnergies SE"));
        assert!(is_balance_label("Saldo Anterior"));
        assert!(!is_balance_label("Balance transfer fee"));
        assert!(is_opening_or_closing("Beginning balance as of 01/01/2024"));
        assert!(is_opening_or_closing("ОСТАТОК НА НАЧАЛО ПЕРИОДА"));
        assert!(!is_opening_or_closing("Opening Balance Ltd"));
    }
}
