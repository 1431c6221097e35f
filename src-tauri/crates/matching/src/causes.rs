//! What is odd about a pair whose amounts agree: it is late, its reference is wrong, or it takes something back.

use tieout_domain::{Profile, RootCause, has_letter_for_digit};

use crate::{
    block::Problem,
    compare::{Comparison, ReferenceRelation},
    keys::{Found, Joined, main_digits},
    prepare::ends_with_day,
    returns::has_return_word,
    text::{compact, fold, one_edit_apart, strip_zeros},
};

/// Days after the due date from which a payment counts as late.
const LATE_DAYS_MIN: i32 = 11;
/// Days between the books and the bank from which a booked payment counts as under way.
const UNDERWAY_DAYS_MIN: i32 = 5;
/// Fewest digits in which a document's number is recognised although something is wrong with it.
const DIGITS_MIN: usize = 5;
/// The same where the end is missing.
const CUT_DIGITS_MIN: usize = 4;
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

/// The cause of a pair without a difference in amount.
pub(crate) fn quiet_cause(problem: &Problem<'_>, line: u32, entry: u32, comparison: &Comparison) -> RootCause {
    let processor = problem.bounds.profile == Profile::Processor;
    if processor && is_refund(problem, line, entry) {
        RootCause::Reversal
    } else if is_late(problem, entry, comparison) {
        RootCause::Timing
    } else if has_wrong_reference(problem, line, entry, comparison) {
        RootCause::ReferenceError
    } else {
        RootCause::None
    }
}

/// Whether a processor paid something back, and one of the two sides says so.
fn is_refund(problem: &Problem<'_>, line: u32, entry: u32) -> bool {
    let prepared = &problem.prepared;
    let says_so = |text: &str| {
        let joined = Joined::new(&fold(text));
        has_return_word(&joined) || joined.words().any(|word| REFUND_WORDS.contains(&word))
    };
    let (line_record, record) = (prepared.line_records[line as usize], prepared.entry_records[entry as usize]);
    let texts = [&line_record.description, &record.memo, &record.reference];
    problem.paid(line) < 0 && texts.into_iter().any(|text| says_so(text))
}

fn is_late(problem: &Problem<'_>, entry: u32, comparison: &Comparison) -> bool {
    let booked = problem.prepared.entries.facts[entry as usize].booked;
    let late = if problem.bounds.profile == Profile::Processor {
        comparison.lag.is_some_and(|lag| lag.abs() > 1)
    } else if booked {
        comparison.lag.is_some_and(|lag| lag >= UNDERWAY_DAYS_MIN)
    } else {
        comparison.after_due.is_some_and(|late| late >= LATE_DAYS_MIN)
    };
    late || comparison.job.is_some_and(|job| job.is_of_next_month())
}

fn has_wrong_reference(problem: &Problem<'_>, line: u32, entry: u32, comparison: &Comparison) -> bool {
    if problem.bounds.profile == Profile::Processor {
        return !shares_identifier(problem, line, entry);
    }
    match comparison.reference {
        ReferenceRelation::Near(_) | ReferenceRelation::Differs | ReferenceRelation::Quoted(_, Found::Cut, _) => true,
        ReferenceRelation::Quoted(key, Found::Exact, _) => {
            is_misspelt(problem, line, problem.prepared.keys.name(key.key))
        }
        ReferenceRelation::Missing => misspelt_number(problem, line, entry).is_some(),
    }
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
