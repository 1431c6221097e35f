//! What the texts of a return say, and what they share with those of the payment it takes back.

use crate::{
    keys::{Found, Joined},
    parties::NOBODY,
    prepare::Prepared,
    text::{compact, fold, has_digit},
};

/// Least that a name must say to tell two payers apart, in thousandths of a bit.
const SURE_NAME_MIN: i32 = 5_000;
/// Most that the texts of a return and of what it takes back say, in thousandths of a bit.
const SHARED_MAX: i32 = 16_000;

/// Words with which banks mark a return.
const RETURN_WORDS: [&str; 40] = [
    "ANNULATION",
    "BOUNCED",
    "CANCELLED",
    "CHARGEBACK",
    "CHGBK",
    "DEVOLUCION",
    "DEVUELTA",
    "DEVUELTO",
    "DISHONOURED",
    "DISPUTE",
    "DISPUTED",
    "IMPAGADO",
    "IMPAYE",
    "INDEMNITY",
    "INSOLUTO",
    "NSF",
    "RD",
    "RECALL",
    "RECALLED",
    "REFUSED",
    "REJECT",
    "REJECTED",
    "REJET",
    "REJETE",
    "RETOUR",
    "RETOURE",
    "RETURN",
    "RETURNED",
    "REVERSAL",
    "REVERSED",
    "RTN",
    "RUCKBUCHUNG",
    "RUCKGABE",
    "RUCKLASTSCHRIFT",
    "RUCKUBERWEISUNG",
    "STORNATO",
    "STORNIERUNG",
    "STORNO",
    "TERUGBOEKING",
    "UNPAID",
];

/// Whether a word of the text says that the line is a return.
pub(crate) fn has_return_word(joined: &Joined) -> bool {
    joined.words().any(|word| RETURN_WORDS.binary_search(&word).is_ok())
}

/// The texts of a return, read once.
pub(super) struct ReturnText {
    line: usize,
    compact: String,
    parties: Vec<u32>,
}

impl ReturnText {
    pub(super) fn new(prepared: &Prepared<'_>, line: usize) -> Self {
        let record = prepared.line_records[line];
        let compact = format!("{} {}", compact(&record.reference), compact(&record.description));
        Self { line, compact, parties: parties_of(prepared, line) }
    }

    /// Whether the earlier line's reference stands here.
    pub(super) fn holds_reference(&self, prepared: &Prepared<'_>, earlier: usize) -> bool {
        let reference = &prepared.line_records[earlier].reference;
        if reference.len() < 5 || !has_digit(reference) {
            return false;
        }
        let reference = compact(reference);
        reference.len() >= 5 && self.compact.contains(&reference)
    }

    /// Whether a word stands in both texts that is hardly ever given out twice.
    pub(super) fn shares_mark(&self, prepared: &Prepared<'_>, earlier: usize) -> bool {
        let marks = prepared.lines.marks.of(self.line);
        prepared.lines.marks.of(earlier).iter().any(|mark| marks.binary_search(mark).is_ok())
    }

    /// What the texts share, in thousandths of a bit: references, identifiers, names, or else just words.
    pub(super) fn shared_with(&self, prepared: &Prepared<'_>, earlier: usize) -> i32 {
        if self.holds_reference(prepared, earlier) {
            return SHARED_MAX;
        }
        let (a, b) = (prepared.line_records[earlier], prepared.line_records[self.line]);
        let identifier = if self.shares_mark(prepared, earlier) { 12_000 } else { 0 };
        let hits = (prepared.lines.hits.of(earlier), prepared.lines.hits.of(self.line));
        let shared = hits.0.iter().filter(|hit| hits.1.binary_search_by_key(&hit.key, |other| other.key).is_ok());
        let quoted = shared.map(|hit| prepared.keys.bits_less(hit.key, 0)).max().unwrap_or(0);
        let party = if !a.counterparty.is_empty() && a.counterparty == b.counterparty { 9_000 } else { 0 };
        let names = match self.agrees_on_party(prepared, earlier) {
            Some(true) => prepared.shared_names(earlier, self.line).min(9_000),
            Some(false) => -4_000,
            None => prepared.shared_names(earlier, self.line).min(6_000),
        }
        .max(party);
        let owner = if names < 6_000 && self.is_of_same_party(prepared, earlier) { 6_000 } else { 0 };
        let told = identifier.max(quoted) + names.max(owner);
        if told <= 0 && names >= 0 && shares_text(&a.description, &b.description) {
            4_000
        } else {
            told.min(SHARED_MAX)
        }
    }

    /// Whether both lines name the same party best; nothing where one of them names nobody for sure.
    fn agrees_on_party(&self, prepared: &Prepared<'_>, earlier: usize) -> Option<bool> {
        let best = |line: usize| prepared.names_of(line).first().filter(|hit| hit.worth >= SURE_NAME_MIN);
        let (one, other) = (best(earlier)?, best(self.line)?);
        let also = |line: usize, party: u32| {
            prepared.names_of(line).iter().any(|hit| hit.party == party && hit.worth >= SURE_NAME_MIN && !hit.foreign)
        };
        Some(one.party == other.party || also(earlier, other.party) || also(self.line, one.party))
    }

    fn is_of_same_party(&self, prepared: &Prepared<'_>, earlier: usize) -> bool {
        !self.parties.is_empty() && parties_of(prepared, earlier).iter().any(|party| self.parties.contains(party))
    }
}

/// Whether both lines say without doubt that they are about the same payer or payment.
pub(super) fn same_payer(prepared: &Prepared<'_>, earlier: usize, later: usize) -> bool {
    let text = ReturnText::new(prepared, later);
    if text.holds_reference(prepared, earlier) || text.shares_mark(prepared, earlier) {
        return true;
    }
    let (first, second) = (parties_of(prepared, earlier), parties_of(prepared, later));
    match (prepared.names_of(earlier).first(), prepared.names_of(later).first()) {
        (Some(one), Some(other)) => {
            one.party == other.party || second.contains(&one.party) && first.contains(&other.party)
        }
        _ => first.iter().any(|party| second.contains(party)),
    }
}

/// The parties a line may speak of: by name, by code, or by the number of one of their documents.
pub(super) fn parties_of(prepared: &Prepared<'_>, line: usize) -> Vec<u32> {
    let names = prepared.names_of(line);
    let best = names.first().map_or(0, |hit| hit.worth);
    let mut parties: Vec<u32> =
        names.iter().filter(|hit| hit.worth >= 3_000 && hit.worth + 2_000 >= best).map(|hit| hit.party).collect();
    for hit in prepared.lines.hits.of(line).iter().filter(|hit| hit.found == Found::Exact) {
        parties.extend(prepared.keys.parties.of(hit.key as usize).iter().take(2));
        let entries = prepared.keys.entries.of(hit.key as usize);
        if entries.len() <= 2 {
            parties.extend(entries.iter().map(|entry| prepared.entries.facts[*entry as usize].party));
        }
    }
    parties.retain(|party| *party != NOBODY);
    parties
}

/// At least half of the longer words of the shorter text stand in the other.
fn shares_text(left: &str, right: &str) -> bool {
    let words = |text: &str| {
        let folded = fold(text);
        let joined = Joined::new(&folded);
        let long = joined.words().filter(|word| word.len() >= 4 && RETURN_WORDS.binary_search(word).is_err());
        long.map(str::to_owned).collect::<Vec<_>>()
    };
    let (left, right) = (words(left), words(right));
    let shared = left.iter().filter(|word| right.contains(word)).count();
    shared > 0 && 2 * shared >= left.len().min(right.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn return_words_are_sorted_for_the_search() {
        assert!(RETURN_WORDS.is_sorted());
    }
}
