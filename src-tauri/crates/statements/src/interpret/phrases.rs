//! Words in cells that say what a row is: a kind of document, a status, a total.

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

/// Reads a cell of a kind column.
pub(crate) fn kind(text: &str) -> Option<KindWord> {
    // Nearly every file writes these two, a million times over.
    match text {
        "" => return None,
        "invoice" => return Some(KindWord::Invoice),
        "payment" => return Some(KindWord::Payment),
        _ if text.len() > 60 => return None,
        _ => {}
    }
    let folded = fold(text);
    let exact = KINDS.iter().find(|(_, words)| words.contains(&folded.as_str()));
    let partial =
        || KINDS.iter().find(|(_, words)| words.iter().any(|word| word.len() > 3 && contains_phrase(&folded, word)));
    exact.or_else(partial).map(|(kind, _)| *kind)
}

const NOT_VALID: [&str; 32] = [
    "void",
    "voided",
    "cancelled",
    "canceled",
    "deleted",
    "storniert",
    "storno",
    "annulliert",
    "geloscht",
    "annule",
    "annulee",
    "anulado",
    "anulada",
    "cancelado",
    "cancelada",
    "annullato",
    "annullata",
    "geannuleerd",
    "vervallen",
    "failed",
    "declined",
    "denied",
    "rejected",
    "expired",
    "abgelehnt",
    "fehlgeschlagen",
    "refuse",
    "rechazado",
    "rifiutato",
    "geweigerd",
    "mislukt",
    "reverted",
];

const DRAFT: [&str; 7] = ["draft", "entwurf", "brouillon", "borrador", "bozza", "concept", "ontwerp"];

const PENDING: [&str; 15] = [
    "pending",
    "vorgemerkt",
    "umsatz vorgemerkt",
    "ausstehend",
    "en attente",
    "a venir",
    "pendiente",
    "in attesa",
    "in sospeso",
    "in behandeling",
    "authorised",
    "authorized",
    "not booked",
    "uncleared",
    "open",
];

/// Whether a status says that the row never took effect: void, cancelled, failed.
pub(crate) fn is_void(status: &str) -> bool {
    is_one_of(status, &NOT_VALID)
}

/// Whether a status says that a document was not sent yet.
pub(crate) fn is_draft(status: &str) -> bool {
    is_one_of(status, &DRAFT)
}

/// Whether a status says that a transaction is not booked yet.
pub(crate) fn is_pending(status: &str) -> bool {
    is_one_of(status, &PENDING)
}

fn is_one_of(status: &str, words: &[&str]) -> bool {
    !status.is_empty() && status.len() < 40 && words.contains(&fold(status).as_str())
}

/// Words that begin a line of totals.
const TOTALS: [&str; 20] = [
    "total",
    "totals",
    "subtotal",
    "grand total",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "zwischensumme",
    "totaal",
    "totale",
    "totali",
    "somme",
    "suma",
    "sous total",
    "total general",
    "totalt",
    "totale movimenti",
    "saldo final",
    "endsumme",
];

/// Names of balances that files put among the rows.
const BALANCES: [&str; 34] = [
    "opening balance",
    "closing balance",
    "beginning balance",
    "ending balance",
    "balance brought forward",
    "balance carried forward",
    "brought forward",
    "carried forward",
    "previous balance",
    "new balance",
    "anfangssaldo",
    "endsaldo",
    "saldovortrag",
    "alter saldo",
    "neuer saldo",
    "kontostand",
    "solde initial",
    "solde final",
    "ancien solde",
    "nouveau solde",
    "solde precedent",
    "report a nouveau",
    "saldo inicial",
    "saldo final",
    "saldo anterior",
    "saldo iniziale",
    "saldo finale",
    "saldo precedente",
    "beginsaldo",
    "eindsaldo",
    "vorig saldo",
    "nieuw saldo",
    "saldo",
    "balance",
];

/// Whether a text is the label of a total: `Total`, `Summe EUR`, `Totale movimenti`.
pub(crate) fn is_total(text: &str) -> bool {
    if text.is_empty() || text.len() > 60 || !text.starts_with(|character: char| character.is_alphabetic()) {
        return false;
    }
    let folded = fold(text);
    TOTALS
        .iter()
        .chain(&BALANCES)
        .any(|word| folded.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(' ')))
}

/// Whether a text is nothing but the label of an opening or closing balance.
pub(crate) fn is_balance_label(text: &str) -> bool {
    text.len() < 60 && BALANCES.contains(&fold(text).as_str())
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
    fn a_total_is_told_from_a_customer_named_total() {
        assert!(is_total("TOTAL"));
        assert!(is_total("Summe EUR"));
        assert!(is_total("Totale movimenti"));
        assert!(!is_total("TotalEnergies SE"));
        assert!(is_balance_label("Saldo Anterior"));
        assert!(!is_balance_label("Balance transfer fee"));
    }
}
