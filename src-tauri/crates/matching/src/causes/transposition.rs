//! Two digits were swapped.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;
use crate::compare::{AmountRelation, swapped_digits};

/// The line quotes the document.
const QUOTED: Confidence = Confidence::from_ppm(984_100);
/// It does not.
const NOT_QUOTED: Confidence = Confidence::from_ppm(954_600);

/// Two neighbouring digits of one amount changed places.
pub(super) struct Transposition;

impl CauseRule<Difference<'_>> for Transposition {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        (difference.seen() == AmountRelation::Transposed).then_some(RootCause::Transposition)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let swapped = swapped_digits(difference.paid.unsigned_abs(), difference.owed.unsigned_abs());
        let (bank, books) = swapped.map_or_else(Default::default, |(bank, books)| (shown(bank), shown(books)));
        let quoted = difference.quoted();
        CauseFinding {
            cause,
            confidence: if quoted.is_some() { QUOTED } else { NOT_QUOTED },
            evidence: [Fact::DigitsSwapped { bank: bank.clone(), books: books.clone() }, difference.amounts()]
                .into_iter()
                .chain(quoted)
                .collect(),
            fix: ProposedFix::CorrectDigits {
                from: difference.money(difference.owed),
                to: difference.money(difference.paid),
                digits: books,
                instead: bank,
            },
        }
    }
}

/// Both digits, also where the first is a zero.
fn shown(pair: u64) -> String {
    format!("{pair:02}")
}
