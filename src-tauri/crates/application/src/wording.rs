//! Explanations in one line of words, for CSV files, the report and the terminal. The window words them itself.

use std::fmt::Write;

use tieout_domain::{Agreement, CauseFinding, Evidence, EvidenceKind, Explanation, Weight};
use tieout_matching::{Nearest, Shortfall};
use tieout_reports::RecordRow;

use crate::cause_words;

/// Room for most explanations.
const EXPLANATION_BYTES: usize = 192;
/// An account that stood in other payments of the same party.
pub(crate) const PAYER_SEEN: &str = "payer seen before";
/// Longest reference told of a nearest record: where a line has none, it is free text.
const REFERENCE_CHARS_MAX: usize = 40;

/// `reference same (RE-104) +12.4; amount same +6.1; date 3 days apart +1.2; total 19.7 bits; next best 9.1 behind`, after
/// what was found of a difference between the two sides or of another oddity.
pub(crate) fn of_match<L, E>(finding: Option<&CauseFinding>, explanation: &Explanation<L, E>) -> String {
    let mut text = String::with_capacity(EXPLANATION_BYTES);
    if let Some(finding) = finding {
        text.push_str(&cause_words::told(finding));
        text.push(' ');
    }
    explain(&mut text, explanation);
    text
}

/// `nearest: L0123 (INV-77, 120.00, 2024-03-02): date 40 days apart -3.1; total -4.2 bits; too little evidence`
pub(crate) fn nearest(text: &mut String, record: &RecordRow<'_>, nearest: &Nearest) {
    text.push_str("nearest: ");
    if record.record_id.is_empty() {
        push(text, format_args!("row {}", record.source_row));
    } else {
        text.push_str(&record.record_id);
    }
    text.push_str(" (");
    let reference = record.reference.trim();
    match reference.char_indices().nth(REFERENCE_CHARS_MAX) {
        Some((end, _)) => push(text, format_args!("{}…, ", &reference[..end])),
        None if reference.is_empty() => {}
        None => push(text, format_args!("{reference}, ")),
    }
    push(text, format_args!("{}", record.amount.to_decimal()));
    if let Some(date) = record.date {
        push(text, format_args!(", {date}"));
    }
    text.push_str("): ");
    explain(text, &nearest.explanation);
    text.push_str(match nearest.shortfall {
        Shortfall::TooLittleEvidence => "; too little evidence",
        Shortfall::Taken => "; taken by a better match",
        Shortfall::Rejected => "; rejected by a person",
    });
}

fn explain<L, E>(text: &mut String, explanation: &Explanation<L, E>) {
    let begin = text.len();
    // What is not there and says next to nothing is not worth a word.
    let silent = |evidence: &Evidence| {
        if evidence.agreement == Agreement::Missing {
            tenths(evidence.weight) == 0
        } else {
            evidence.weight == Weight::default()
        }
    };
    for evidence in explanation.evidence().iter().filter(|evidence| !silent(evidence)) {
        if text.len() > begin {
            text.push_str("; ");
        }
        piece(text, evidence);
        text.push_str(if tenths(evidence.weight) < 0 { " " } else { " +" });
        push_bits(text, evidence.weight);
    }
    text.push_str(if text.len() > begin { "; total " } else { "total " });
    push_bits(text, explanation.score());
    text.push_str(" bits");
    match explanation.gap() {
        Some(gap) if gap > Weight::default() => {
            text.push_str("; next best ");
            push_bits(text, gap);
            text.push_str(" behind");
        }
        Some(_) => text.push_str("; another answer is as good"),
        None => {}
    }
    for (at, kind) in explanation.decisive().iter().enumerate() {
        text.push_str(if at == 0 { "; not without " } else { " or " });
        text.push_str(kind_word(*kind));
    }
}

/// Writing into a string cannot fail.
fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
}

fn tenths(weight: Weight) -> i64 {
    (i64::from(weight.millibits()) + if weight.millibits() < 0 { -50 } else { 50 }) / 100
}

/// Bits with one decimal.
fn push_bits(text: &mut String, weight: Weight) {
    let tenths = tenths(weight);
    let size = tenths.unsigned_abs();
    if tenths < 0 {
        text.push('-');
    }
    push_number(text, size / 10);
    text.push('.');
    push_number(text, size % 10);
}

/// A million explanations hold ten million numbers, most of one digit or two.
fn push_number(text: &mut String, number: u64) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// What a kind is called in these lines.
pub(crate) const fn kind_word(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Prior => "before comparing",
        EvidenceKind::Amount => "amount",
        EvidenceKind::Date => "date",
        EvidenceKind::Reference => "reference",
        EvidenceKind::Counterparty => "name",
        EvidenceKind::Code => "code",
        EvidenceKind::CounterpartyAccount => "account",
        EvidenceKind::Site => "site",
        EvidenceKind::ServiceType => "service type",
        EvidenceKind::Month => "month",
        EvidenceKind::Quantity => "quantity",
        EvidenceKind::Rate => "rate",
        EvidenceKind::Currency => "currency",
        EvidenceKind::Rival => "another candidate",
        EvidenceKind::Group => "group",
        EvidenceKind::Rule => "rule",
    }
}

fn piece(text: &mut String, evidence: &Evidence) {
    match evidence.kind {
        // What stood in other payments of the same party.
        EvidenceKind::CounterpartyAccount if evidence.agreement == Agreement::Near => {
            return values(text, PAYER_SEEN, evidence);
        }
        kind => text.push_str(kind_word(kind)),
    }
    if matches!(evidence.kind, EvidenceKind::Prior | EvidenceKind::Rival) {
        return;
    }
    match (evidence.kind, evidence.agreement, evidence.difference) {
        (EvidenceKind::Date, _, Some(0)) => text.push_str(" same day"),
        (EvidenceKind::Date, _, Some(days)) => {
            text.push_str(if days < 0 { " -" } else { " " });
            push_number(text, days.unsigned_abs());
            text.push_str(" days apart");
        }
        (_, Agreement::Missing, _) => text.push_str(" not given"),
        (_, Agreement::Exact, _) => values(text, " same", evidence),
        (_, Agreement::Near, _) => values(text, " close", evidence),
        (_, Agreement::Differs, _) => values(text, " differs", evidence),
    }
}

fn values(text: &mut String, how: &str, evidence: &Evidence) {
    text.push_str(how);
    let (statement, ledger) = (evidence.statement_value.as_str(), evidence.ledger_value.as_str());
    let parts: &[&str] = match (statement.is_empty(), ledger.is_empty()) {
        (true, true) => return,
        (false, false) if statement != ledger => &[" (", statement, " / ", ledger, ")"],
        (false, _) => &[" (", statement, ")"],
        (true, false) => &[" (", ledger, ")"],
    };
    parts.iter().for_each(|part| text.push_str(part));
}

#[cfg(test)]
mod tests {
    use tieout_domain::{Currency, Money, RunnerUp, Side};

    use super::*;

    fn evidence(kind: EvidenceKind, agreement: Agreement, millibits: i32, difference: Option<i64>) -> Evidence {
        Evidence {
            kind,
            agreement,
            weight: Weight::from_millibits(millibits),
            statement_value: "RE-104".to_owned(),
            ledger_value: "RE-104".to_owned(),
            difference,
        }
    }

    #[test]
    fn the_parts_and_the_total_are_told_in_one_line() {
        let told = Explanation::<u8, u8>::new(
            vec![
                evidence(EvidenceKind::Reference, Agreement::Exact, 12_400, None),
                evidence(EvidenceKind::Date, Agreement::Near, -250, Some(3)),
            ],
            Some(RunnerUp { lines: vec![0], entries: vec![1], score: Weight::from_millibits(3_050) }),
        );
        let whole = "reference same (RE-104) +12.4; date 3 days apart -0.3; total 12.2 bits; next best 9.1 behind";
        assert_eq!(of_match(None, &told), whole);
        let decided = told.with_decisive(vec![EvidenceKind::Reference, EvidenceKind::Counterparty]);
        assert_eq!(of_match(None, &decided), format!("{whole}; not without reference or name"));
    }

    #[test]
    fn the_nearest_record_is_told_with_what_it_lacks() {
        let record = RecordRow {
            side: Side::Ledger,
            source_file: "ledger.csv".into(),
            source_row: 7,
            record_id: "L0123".into(),
            date: "2024-03-02".parse().ok(),
            counterparty: "".into(),
            reference: "INV-77".into(),
            amount: Money::from_minor(12_000, Currency::NONE),
        };
        let against = vec![evidence(EvidenceKind::Date, Agreement::Differs, -3_100, Some(-40))];
        let found = Nearest {
            record: 0,
            explanation: Explanation::new(against, None),
            shortfall: Shortfall::TooLittleEvidence,
        };
        let told = |record: &RecordRow<'_>| {
            let mut text = String::new();
            nearest(&mut text, record, &found);
            text
        };
        let why = "date -40 days apart -3.1; total -3.1 bits; too little evidence";
        assert_eq!(told(&record), format!("nearest: L0123 (INV-77, 120.00, 2024-03-02): {why}"));
        let bare = RecordRow { record_id: "".into(), reference: "".into(), date: None, ..record };
        assert_eq!(told(&bare), format!("nearest: row 7 (120.00): {why}"));
    }

    #[test]
    fn bits_are_rounded_to_a_tenth() {
        for (millibits, text) in [(0, "0.0"), (49, "0.0"), (50, "0.1"), (-50, "-0.1"), (-49, "0.0"), (12_349, "12.3")] {
            let mut told = String::new();
            push_bits(&mut told, Weight::from_millibits(millibits));
            assert_eq!(told, text);
        }
    }
}
