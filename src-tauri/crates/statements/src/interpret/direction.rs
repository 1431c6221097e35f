//! Words for money in and money out.

use crate::value::words::fold;

/// What a direction word says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// Debit: out on a statement, a receivable in the books.
    Debit,
    /// Credit: in on a statement, a payable in the books.
    Credit,
    /// Money out, whoever writes it.
    Out,
    /// Money in, whoever writes it.
    In,
}

const DEBIT: [&str; 14] =
    ["d", "dr", "db", "debit", "debits", "dbit", "debet", "debito", "debe", "soll", "s", "dare", "addebito", "cargo"];
const CREDIT: [&str; 13] =
    ["c", "cr", "cb", "credit", "credits", "crdt", "credito", "haber", "haben", "h", "avere", "accredito", "abono"];
const OUT: [&str; 17] = [
    "out",
    "outgoing",
    "withdrawal",
    "af",
    "uit",
    "ausgang",
    "lastschrift",
    "belastung",
    "sortie",
    "depense",
    "uscita",
    "gasto",
    "sent",
    "money out",
    "paid out",
    "k",
    "salida",
];
const IN: [&str; 16] = [
    "in",
    "incoming",
    "deposit",
    "bij",
    "eingang",
    "gutschrift",
    "entree",
    "recette",
    "entrata",
    "ingreso",
    "received",
    "money in",
    "paid in",
    "j",
    "entrada",
    "inkomst",
];

/// Reads a cell of a direction column.
pub(crate) fn parse(text: &str) -> Option<Direction> {
    if text.len() > 24 {
        return None;
    }
    let folded = fold(text);
    let word = folded.as_str();
    [
        (&DEBIT[..], Direction::Debit),
        (&CREDIT[..], Direction::Credit),
        (&OUT[..], Direction::Out),
        (&IN[..], Direction::In),
    ]
    .into_iter()
    .find(|(words, _)| words.contains(&word))
    .map(|(_, direction)| direction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_six_languages() {
        for (word, direction) in [
            ("Soll", Direction::Debit),
            ("H", Direction::Credit),
            ("Af", Direction::Out),
            ("Bij", Direction::In),
            ("débit", Direction::Debit),
            ("Crédit", Direction::Credit),
            ("Haber", Direction::Credit),
            ("DARE", Direction::Debit),
            ("DBIT", Direction::Debit),
            ("Gutschrift", Direction::In),
        ] {
            assert_eq!(parse(word), Some(direction), "{word}");
        }
        assert_eq!(parse("charge"), None);
    }
}
