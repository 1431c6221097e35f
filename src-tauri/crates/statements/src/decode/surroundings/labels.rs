//! What the lines around a table call the things they state.

use std::sync::LazyLock;

use crate::value::words::fold;

/// What a label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Label {
    /// Balance before the first row.
    Opening,
    /// Balance after the last row.
    Closing,
    /// A balance of some day.
    Balance,
    /// What could be drawn, or how much may be: no balance.
    Available,
    /// First day.
    From,
    /// Last day.
    To,
    /// Both.
    Period,
    /// Day on which the file was made.
    Made,
    /// Day of the statement, which is its last one.
    StatementDay,
    Iban,
    Account,
    Currency,
}

/// Where in a cell a label may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing else stands beside it.
    Alone,
    /// It begins the cell.
    First,
}

use Label as L;
use Place::{Alone, First};

/// Names apart by `|`, in their own spelling. The longest that fits counts.
const LABELS: &[(Label, Place, &str)] = &[
    (
        L::Opening,
        First,
        "opening balance|beginning balance|starting balance|start balance|initial balance|balance brought forward|\
         brought forward|previous balance|balance at start|balance forward|opening ledger balance|openingbalance|\
         anfangssaldo|anfangsbestand|alter saldo|alter kontostand|startsaldo|saldovortrag|eröffnungssaldo|solde initial|\
         solde précédent|ancien solde|solde d ouverture|solde de départ|solde de début|saldo inicial|saldo anterior|\
         saldo de apertura|saldo iniziale|saldo precedente|saldo di apertura|saldo d apertura|beginsaldo|vorig saldo|\
         openingssaldo|ingående saldo|inngående saldo|indgående saldo|primo saldo|alkusaldo|algsaldo|pradinis likutis|\
         likutis pradžiai|sākuma atlikums|saldo początkowe|počáteční zůstatek|počiatočný zostatok|nyitó egyenleg|nyitóegyenleg|\
         kezdő egyenleg|sold initial|sold inițial|početno stanje|začetno stanje|açılış bakiyesi|devir bakiyesi|αρχικό υπόλοιπο|\
         входящий остаток|остаток на начало|начальный остаток|вхідний залишок|залишок на початок|期初余额|前月繰越|繰越残高",
    ),
    (
        L::Closing,
        First,
        "closing balance|ending balance|end balance|final balance|new balance|balance carried forward|carried forward|\
         balance at end|closing ledger balance|closingbalance|endsaldo|endbestand|schlusssaldo|abschlusssaldo|neuer saldo|\
         neuer kontostand|solde final|nouveau solde|solde de clôture|solde de fin|saldo final|saldo de cierre|saldo finale|\
         saldo di chiusura|eindsaldo|nieuw saldo|slotsaldo|utgående saldo|udgående saldo|ultimo saldo|loppusaldo|lõppsaldo|\
         galutinis likutis|likutis pabaigai|beigu atlikums|saldo końcowe|konečný zůstatek|konečný zostatok|záró egyenleg|\
         záróegyenleg|sold final|konačno stanje|končno stanje|kapanış bakiyesi|τελικό υπόλοιπο|исходящий остаток|\
         остаток на конец|конечный остаток|вихідний залишок|залишок на кінець|期末余额",
    ),
    (
        L::Balance,
        First,
        "balance|account balance|current balance|ledger balance|book balance|balance as of|kontostand|letzter kontostand|\
         aktueller kontostand|saldo|aktueller saldo|solde|solde au|solde comptable|saldo contable|saldo actual|\
         saldo contabile|saldo attuale|laatste saldo|huidig saldo|saldo contabilístico|zůstatek|zostatok|egyenleg|bakiye|\
         aktuelt saldo|saldo bieżące|sold|stanje|остаток|баланс|залишок|余额|残高",
    ),
    (
        L::Available,
        First,
        "available balance|available|available credit|verfügbarer betrag|verfügbar|verfügungsrahmen|disponible|solde disponible|\
         saldo disponible|saldo disponibile|disponibile|beschikbaar saldo|saldo disponível|overdraft limit|credit limit|limit",
    ),
    (
        L::From,
        Alone,
        "from|from date|date from|start date|period from|period start|start|transactions from|von|vom|datum von|ab|zeitraum von|\
         du|date de début|date début|date du|desde|fecha desde|fecha inicio|fecha inicial|dal|da|data inizio|data da|\
         data de início|data início|van|vanaf|boekingsdatum vanaf|datum vanaf|od|datum od|fra|fra dato|från|från och med|\
         datestart|start tarihi|başlangıç tarihi|с|период с|початок періоду|від",
    ),
    (
        L::To,
        Alone,
        "to|to date|date to|end date|period to|period end|end|until|transactions to|bis|datum bis|zeitraum bis|au|date de fin|\
         date fin|hasta|fecha hasta|fecha fin|fecha final|al|data fine|data a|data de fim|data fim|tot|tot en met|\
         boekingsdatum tot en met|datum tot|do|datum do|til|til dato|till|till och med|dateend|bitiş tarihi|по|период по|\
         кінець періоду|до",
    ),
    (
        L::Period,
        First,
        "period|statement period|reporting period|date range|zeitraum|abrechnungszeitraum|umsatzzeitraum|période|periodo|período|\
         periodo di riferimento|periode|za okres|okres|období|za období|időszak|perioada|dönem|период|за период|период выписки|\
         період|отчет составлен за период|transaktioner period",
    ),
    (
        L::Made,
        First,
        "created|created on|downloaded|downloaded on|generated|generated on|printed|exported|export date|as at|as of|\
         datei erstellt am|erstellt am|erstellungsdatum|stand|téléchargement du|date d export|édité le|fecha de descarga|\
         data di estrazione|aangemaakt op|skapad|дата формирования|following data is valid as of",
    ),
    (
        L::StatementDay,
        First,
        "statement date|date of statement|auszugsdatum|datum des auszugs|date du relevé|date de l extrait|fecha del extracto|\
         data estratto|afschriftdatum|datum výpisu|data wyciągu|дата выписки|дата составления отчета|kontoutdragsdatum",
    ),
    (L::Iban, First, "iban|international bank account number|konto iban|iban konto|numer iban|iban number"),
    (
        L::Account,
        First,
        "account|account number|account no|account id|accountid|account name|credit card number|card number|konto|kontonummer|\
         konto nr|kontonr|kontobezeichnung|compte|numéro de compte|numéro compte|n de compte|compte n|compte de dépôt carte n|\
         compte de dépôt n|cuenta|número de cuenta|n de cuenta|n cuenta|conto|numero conto|conto corrente|rapporto|rekening|\
         rekeningnummer|conta|número da conta|n da conta|konto nummer|tili|tilinumero|rachunek|numer rachunku|nr rachunku|\
         číslo účtu|účet|számlaszám|számla|cont|numar cont|račun|broj računa|hesap no|hesap|λογαριασμός|номер счета|счет|\
         номер рахунку|рахунок|账号|口座番号|sort code account number|sortcode account number|card",
    ),
    (
        L::Currency,
        Alone,
        "currency|account currency|währung|kontowährung|bewertet in|devise|compte tenu en|moneda|divisa|valuta|munt|moeda|waluta|\
         waluta rachunku|měna|mena|měna účtu|devizanem|para birimi|валюта|валюта счета|валюта рахунку|币种|通貨|valuuta",
    ),
];

struct Known {
    folded: String,
    label: Label,
    place: Place,
}

static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let mut known: Vec<Known> = LABELS
        .iter()
        .flat_map(|(label, place, names)| {
            names.split('|').map(|name| Known { folded: fold(name), label: *label, place: *place })
        })
        .collect();
    known.sort_by_key(|known| std::cmp::Reverse(known.folded.len()));
    known
});

/// The label that a folded text begins with, and whether it is nothing else.
pub(crate) fn label(folded: &str) -> Option<(Label, bool)> {
    KNOWN.iter().find_map(|known| {
        let rest = folded.strip_prefix(known.folded.as_str())?;
        if rest.is_empty() {
            return Some((known.label, true));
        }
        (rest.starts_with(' ') && known.place == First).then_some((known.label, false))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_label_counts() {
        for (text, expected) in [
            ("Kontostand vom 09.12.2025", Some((L::Balance, false))),
            ("Neuer Kontostand", Some((L::Closing, true))),
            ("Saldo inicial", Some((L::Opening, true))),
            ("Solde disponible", Some((L::Available, true))),
            ("ОСТАТОК НА НАЧАЛО ПЕРИОДА", Some((L::Opening, false))),
            ("#Za okres:", Some((L::Period, false))),
            ("to", Some((L::To, true))),
            ("to whom it may concern", None),
            ("Müller", None),
        ] {
            let folded = fold(text);
            let folded = folded.strip_prefix("no ").unwrap_or(&folded);
            let found = label(folded);
            let expected = if text.starts_with('#') { Some((L::Period, true)) } else { expected };
            assert_eq!(found, expected, "{text}");
        }
    }
}
