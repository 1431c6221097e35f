//! The payer quoted a wrong reference.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, Profile, ProposedFix, RootCause, has_letter_for_digit};

use super::Difference;
use crate::{
    block::Problem,
    compare::ReferenceRelation,
    keys::{Found, Joined, main_digits},
    prepare::ends_with_day,
    text::{compact, fold, one_edit_apart, strip_zeros},
};

/// A number one typing error away, cut off, or with a letter for a digit.
const MISSPELT: Confidence = Confidence::from_ppm(976_900);
/// The number of another document.
const OTHER: Confidence = Confidence::from_ppm(817_000);
/// A processor's identifier that the books do not have.
const IDENTIFIER: Confidence = Confidence::from_ppm(997_900);
/// A customer's code with an error, or none at all.
const CODE: Confidence = Confidence::from_ppm(999_600);
/// Fewest digits in which a document's number is recognised although something is wrong with it.
const DIGITS_MIN: usize = 5;
/// The same where the end is missing.
const CUT_DIGITS_MIN: usize = 4;
/// What stands before the number of a document.
const DOCUMENT_WORDS: [&str; 27] = [
    "BELEG",
    "FA",
    "FACT",
    "FACTURA",
    "FACTURE",
    "FAKTURA",
    "FAKTUUR",
    "FATT",
    "FATTURA",
    "FT",
    "FV",
    "INV",
    "INVNO",
    "INVOICE",
    "INVOICENO",
    "NOTA",
    "RE",
    "RECHNUNG",
    "RECHNUNGSNR",
    "REF",
    "RENR",
    "REK",
    "RG",
    "RGNR",
    "TIMOLOGIO",
    "YRINV",
    "YOURREF",
];
/// Fewest letters and digits of an identifier that a processor gives out.
const IDENTIFIER_MIN: usize = 10;

/// The line gives another number than the document's; a processor's identifier is not in the books; a deposit has the
/// customer's code wrong.
pub(super) struct ReferenceError;

impl CauseRule<Difference<'_>> for ReferenceError {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        (difference.exact_code == Some(false) || wrong_reference(difference).is_some())
            .then_some(RootCause::ReferenceError)
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let found = |confidence, fact, from: Option<String>, to: String| CauseFinding {
            cause,
            confidence,
            evidence: vec![fact],
            fix: ProposedFix::CorrectReference { from: from.filter(|from| !from.is_empty()), to },
        };
        let prepared = &difference.problem.prepared;
        let Some((line, entry)) = difference.pair() else { return super::agreed::nothing() };
        let (record, booked) = (prepared.line_records[line as usize], prepared.entry_records[entry as usize]);
        if difference.exact_code.is_some() {
            let code = booked.counterparty_code.clone();
            return found(CODE, Fact::CodeMisread { code: code.clone() }, None, code);
        }
        match wrong_reference(difference) {
            Some(Wrong::Identifier) => {
                let identifier = record.reference.clone();
                let fact = Fact::IdentifierMissing { identifier: identifier.clone() };
                found(IDENTIFIER, fact, Some(booked.reference.clone()), identifier)
            }
            Some(Wrong::Number(confidence)) => {
                let written = misspelt_number(difference.problem, line, entry).unwrap_or_default();
                let meant = [&booked.number, &booked.reference].into_iter().find(|number| !number.is_empty());
                let meant = meant.cloned().unwrap_or_default();
                let written = if written.is_empty() { record.reference.clone() } else { written };
                let fact = Fact::OtherNumber { written: written.clone(), meant: meant.clone() };
                found(confidence, fact, Some(written), meant)
            }
            None => super::agreed::nothing(),
        }
    }
}

/// What is wrong with a reference.
enum Wrong {
    Identifier,
    Number(Confidence),
}

fn wrong_reference(difference: &Difference<'_>) -> Option<Wrong> {
    let (problem, comparison, (line, entry)) = (difference.problem, difference.comparison?, difference.pair()?);
    if problem.bounds.profile == Profile::Processor {
        return (!shares_identifier(problem, line, entry)).then_some(Wrong::Identifier);
    }
    let confidence = match comparison.reference {
        ReferenceRelation::Differs => Some(OTHER),
        ReferenceRelation::Near(_) | ReferenceRelation::Quoted(_, Found::Cut, _) => Some(MISSPELT),
        ReferenceRelation::Quoted(key, Found::Exact, _) => {
            is_misspelt(problem, line, problem.prepared.keys.name(key.key)).then_some(MISSPELT)
        }
        ReferenceRelation::Missing => misspelt_number(problem, line, entry).map(|_| MISSPELT),
    };
    confidence.map(Wrong::Number)
}

/// Whether both sides have the processor's own identifier. Where the line has none, the document's number does.
fn shares_identifier(problem: &Problem<'_>, line: u32, entry: u32) -> bool {
    let (line, entry) = (problem.prepared.line_records[line as usize], problem.prepared.entry_records[entry as usize]);
    let identifier = compact(&line.reference);
    if identifier.len() < IDENTIFIER_MIN {
        return true;
    }
    [&entry.reference, &entry.number, &entry.memo, &entry.record_id]
        .into_iter()
        .any(|text| compact(text).contains(&identifier))
}

/// Whether the line writes the number with a letter for a digit wherever it has it.
fn is_misspelt(problem: &Problem<'_>, line: u32, number: &str) -> bool {
    let record = problem.prepared.line_records[line as usize];
    let mut written = [&record.reference, &record.description]
        .into_iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.len() >= number.len() && word.to_ascii_uppercase().contains(number))
        .peekable();
    written.peek().is_some() && written.all(has_letter_for_digit)
}

/// The number in the line that was meant to be the entry's: one typing error away, cut off, or that of another document.
pub(crate) fn misspelt_number(problem: &Problem<'_>, line: u32, entry: u32) -> Option<String> {
    let prepared = &problem.prepared;
    let record = prepared.line_records[line as usize];
    let number = main_digits(&prepared.entry_records[entry as usize].number).filter(|own| own.len() >= DIGITS_MIN)?;
    let code = compact(&prepared.entry_records[entry as usize].counterparty_code);
    let stands_for = |digits: &str, named: bool| {
        let short = strip_zeros(digits);
        let cut = (CUT_DIGITS_MIN..number.len()).contains(&short.len()) && number.starts_with(short);
        let other = || {
            short.len() == number.len() && prepared.keys.get(short).is_some_and(|key| prepared.keys.is_reference(key))
        };
        cut || one_edit_apart(short, &number) || named && other()
    };
    [&record.reference, &record.description].into_iter().find_map(|text| {
        let joined = Joined::new(&fold(text));
        let mut spans = joined.spans().filter(|(_, words)| *words <= 3);
        spans.find_map(|(span, words)| {
            let digits = span.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let named = DOCUMENT_WORDS.contains(&&span[..span.len() - digits.len()]);
            let is_number = !digits.is_empty()
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && (named || words == 1)
                && !code.ends_with(digits)
                && !ends_with_day(span, record.date);
            (is_number && stands_for(digits, named)).then(|| digits.to_owned())
        })
    })
}
