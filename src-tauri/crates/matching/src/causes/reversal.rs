//! A payment was returned or cancelled.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, Profile, ProposedFix, RootCause};

use super::Difference;
use crate::{keys::Joined, returns::has_return_word, settle::Form, text::fold};

/// Two lines that cancel each other.
const CANCELLED: Confidence = Confidence::from_ppm(987_000);
/// What a processor paid back, by the texts.
const REFUNDED: Confidence = Confidence::from_ppm(999_800);
/// A deposit taken back from a customer's account.
const DEPOSIT_BACK: Confidence = Confidence::from_ppm(999_500);
/// What is paid back, in the words of processors.
const REFUND_WORDS: [&str; 9] = [
    "REFUND",
    "REFUNDED",
    "RUCKERSTATTUNG",
    "RUECKERSTATTUNG",
    "ERSTATTUNG",
    "REMBOURSEMENT",
    "RIMBORSO",
    "REEMBOLSO",
    "TERUGBETALING",
];

/// Lines that cancel each other; a processor's refund; a deposit that is taken back.
pub(super) struct Reversal;

impl CauseRule<Difference<'_>> for Reversal {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        let is_one = difference.form == Form::Reversal || is_deposit_back(difference) || is_refund(difference);
        is_one.then_some(RootCause::Reversal)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let records = &difference.problem.prepared.line_records;
        let last = difference.lines.last().map(|line| records[*line as usize]);
        let amount = last.map_or(difference.money(difference.paid), |line| line.amount);
        let date = last.and_then(|line| line.date);
        let (confidence, fact) = match difference.form {
            Form::Reversal => (CANCELLED, Fact::TakenBack { date, amount }),
            _ if difference.exact_code.is_some() => (DEPOSIT_BACK, Fact::TakenBack { date, amount }),
            Form::Plain | Form::Discounted | Form::Settlement | Form::WrongSign => (REFUNDED, Fact::RefundNamed {}),
        };
        let fix = match difference.form {
            // Both sides have the refund.
            Form::Plain if difference.exact_code.is_none() => ProposedFix::Nothing {},
            _ => ProposedFix::Reverse { amount: amount.unsigned(), date },
        };
        CauseFinding { cause, confidence, evidence: vec![fact], fix }
    }
}

fn is_deposit_back(difference: &Difference<'_>) -> bool {
    difference.exact_code.is_some() && difference.paid < 0
}

/// Whether a processor paid something back, and one of the two sides says so.
fn is_refund(difference: &Difference<'_>) -> bool {
    let Some((line, entry)) = difference.pair() else { return false };
    let problem = difference.problem;
    let agrees = difference.comparison.is_some() && difference.gap() == 0;
    if problem.bounds.profile != Profile::Processor || !agrees || difference.paid >= 0 {
        return false;
    }
    let says_so = |text: &str| {
        let joined = Joined::new(&fold(text));
        has_return_word(&joined) || joined.words().any(|word| REFUND_WORDS.contains(&word))
    };
    let prepared = &problem.prepared;
    let (line, entry) = (prepared.line_records[line as usize], prepared.entry_records[entry as usize]);
    [&line.description, &entry.memo, &entry.reference].into_iter().any(|text| says_so(text))
}
