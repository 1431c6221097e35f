//! Numbers by themselves: the digits of a customer's code without its letters, or the number of something else.

use rustc_hash::FxHashMap;

use crate::keys::Joined;

/// Words after which a number is that of something else than a customer.
const OTHER_THINGS: [&str; 41] = [
    "AUFTRAG",
    "AUFTRAGS",
    "AUFTRAGSNR",
    "AUFTRAGSNUMMER",
    "BELEG",
    "BELEGNR",
    "BELEGNUMMER",
    "BESTELLNR",
    "BESTELLNUMMER",
    "BESTELLUNG",
    "BILL",
    "BOOKING",
    "CHEQUE",
    "CONTRACT",
    "DELIVERY",
    "FACTURA",
    "FACTURE",
    "FACTUUR",
    "FATTURA",
    "INV",
    "INVOICE",
    "LIEFERSCHEIN",
    "ORDER",
    "ORDERNR",
    "ORDERNUMBER",
    "PO",
    "POLICY",
    "QUOTE",
    "RE",
    "RECEIPT",
    "RECHNUNG",
    "RECHNUNGS",
    "RECHNUNGSNR",
    "RECHNUNGSNUMMER",
    "RENR",
    "RG",
    "RGNR",
    "TICKET",
    "VERTRAG",
    "VERTRAGSNUMMER",
    "VOUCHER",
];
/// Words that may stand between these and the number.
const NUMBER_WORDS: [&str; 8] = ["ID", "N", "NO", "NR", "NUM", "NUMBER", "NUMMER", "REF"];
/// What a bank calls a payment, and the customer orders nothing.
const PAYMENT_ORDERS: [&str; 5] = ["DEBIT", "MONEY", "PAYMENT", "STANDING", "STOP"];
/// Codes that lie nearer to one another than one in so many would by chance were not drawn, but counted.
const BY_CHANCE: u64 = 250;
/// Numbers that two codes may lie apart for having been counted, at most.
const APART_MAX: u64 = 1_000;

/// Whether the text says that the number at this place is that of something else than a customer.
pub(super) fn is_of_other_thing(text: &Joined, place: usize) -> bool {
    let before = |back: usize| place.checked_sub(back).map_or("", |place| text.word(place));
    let (word, further) = if NUMBER_WORDS.contains(&before(1)) { (before(2), 3) } else { (before(1), 2) };
    let word = word.trim_end_matches(|c: char| c.is_ascii_digit());
    OTHER_THINGS.binary_search(&word).is_ok() && !(word == "ORDER" && PAYMENT_ORDERS.contains(&before(further)))
}

/// Which of the codes' digits were counted up: invoices and orders are numbered like that too, so that their numbers meet.
/// Digits that were drawn from all there are hardly ever stand anywhere for another reason.
pub(super) fn counted<'d>(codes: impl Iterator<Item = &'d str>) -> Vec<bool> {
    let mut counted = Vec::new();
    let mut by_length: FxHashMap<usize, Vec<(u64, usize)>> = FxHashMap::default();
    for (at, digits) in codes.enumerate() {
        counted.push(digits.starts_with("00"));
        if let Ok(number) = digits.parse() {
            by_length.entry(digits.len()).or_default().push((number, at));
        }
    }
    for (length, mut numbers) in by_length {
        numbers.sort_unstable();
        let all = 10_u64.checked_pow(length as u32).unwrap_or(u64::MAX);
        let apart = (all / BY_CHANCE / numbers.len() as u64).clamp(1, APART_MAX);
        for pair in numbers.windows(2) {
            if pair[1].0 - pair[0].0 <= apart {
                counted[pair[0].1] = true;
                counted[pair[1].1] = true;
            }
        }
    }
    counted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted_for_the_search() {
        assert!(OTHER_THINGS.is_sorted());
    }

    #[test]
    fn a_word_before_a_number_says_what_it_is_of() {
        for (text, place, other) in [
            ("FOCUS LTD ORDER 76507087", 3, true),
            ("ORDER NO 76507087", 2, true),
            ("RECHNUNG NR 76507087", 2, true),
            ("RE76507087", 0, false),
            ("STANDING ORDER 76507087", 2, false),
            ("DEPOSIT 76507087", 1, false),
            ("76507087 ORDER", 0, false),
            ("76507087", 0, false),
        ] {
            assert_eq!(is_of_other_thing(&Joined::new(text), place), other, "{text}");
        }
    }

    #[test]
    fn codes_that_were_counted_lie_close_together_or_begin_with_zeros() {
        let of = |codes: &str| counted(codes.split(' '));
        assert_eq!(of("00012345 81663710"), [true, false]);
        assert_eq!(of("10000345 76507087 10000812"), [true, false, true]);
        assert_eq!(of("39208117 48486691 76507087 81663710"), [false; 4]);
        let drawn: Vec<String> =
            (0..5_000_u64).map(|i| (10_000_000 + i * 7_919_017 % 89_999_999).to_string()).collect();
        let found = counted(drawn.iter().map(String::as_str)).into_iter().filter(|counted| *counted).count();
        assert!(found < 250, "{found}");
        let steps: Vec<String> = (0..5_000_u64).map(|i| (10_000_000 + 10 * i).to_string()).collect();
        assert!(counted(steps.iter().map(String::as_str)).into_iter().all(|counted| counted));
    }
}
