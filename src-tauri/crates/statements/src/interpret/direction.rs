//! Words for money in and money out.

use std::{collections::HashMap, sync::LazyLock};

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

/// Words apart by `|`, in their own spelling.
const WORDS: [(Direction, &str); 4] = [
    (
        Direction::Debit,
        "d|dr|db|deb|debit|debits|dbit|debet|deebet|debetas|debets|debito|débito|debe|soll|s|dare|addebito|cargo|дебет|\
         дт|tartozik|wn|má dáti|borç|b|借|借方",
    ),
    (
        Direction::Credit,
        "c|cr|cb|cred|credit|credits|crdt|kredit|kreedit|kreditas|kredīts|credito|crédito|haber|haben|h|avere|accredito|\
         abono|кредит|кт|követel|ma|dal|alacak|贷|贷方",
    ),
    (
        Direction::Out,
        "out|outgoing|withdrawal|withdrawals|af|uit|ausgang|lastschrift|belastung|sortie|depense|uscita|gasto|sent|money out|\
         paid out|k|salida|saída|expense|payment out|ut|uttag|odchozí|výdaj|obciążenie|wydatek|wypłata|terhelés|t|расход|\
         списание|витрата|видаток|gider|giden|支出|出金|出|付款",
    ),
    (
        Direction::In,
        "in|incoming|deposit|deposits|bij|eingang|gutschrift|entree|recette|entrata|ingreso|received|money in|paid in|j|entrada|\
         inkomst|income|payment in|inn|insättning|příchozí|příjem|uznanie|wpływ|wpłata|jóváírás|приход|зачисление|пополнение|\
         надходження|прибуток|gelir|gelen|收入|入金|入|收款",
    ),
];

static BY_WORD: LazyLock<HashMap<String, Direction>> = LazyLock::new(|| {
    WORDS.iter().flat_map(|(direction, words)| words.split('|').map(|word| (fold(word), *direction))).collect()
});

/// Reads a cell of a direction column.
pub(crate) fn parse(text: &str) -> Option<Direction> {
    match text {
        "" => return None,
        "D" | "d" | "debit" | "DEBIT" | "Debit" => return Some(Direction::Debit),
        "C" | "c" | "credit" | "CREDIT" | "Credit" => return Some(Direction::Credit),
        "-" | "−" | "–" | "(-)" => return Some(Direction::Out),
        "+" | "(+)" => return Some(Direction::In),
        _ if text.len() > 32 => return None,
        _ => {}
    }
    BY_WORD.get(fold(text).as_str()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_many_languages() {
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
            ("+", Direction::In),
            ("-", Direction::Out),
            ("支出", Direction::Out),
            ("Зачисление", Direction::In),
            ("uznanie", Direction::In),
        ] {
            assert_eq!(parse(word), Some(direction), "{word}");
        }
        assert_eq!(parse("charge"), None);
    }
}
