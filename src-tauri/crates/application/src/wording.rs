//! Explanations in one line of words, for CSV files, the report and the terminal. The window words them itself.

use std::fmt::Write;

use tieout_domain::{Agreement, Evidence, EvidenceKind, Explanation, Weight};

/// `reference same (RE-104) +12.4; amount same +6.1; date 3 days apart +1.2; total 19.7 bits; next best 9.1 behind`
pub(crate) fn explanation<L, E>(explanation: &Explanation<L, E>) -> String {
    let mut text = String::new();
    for evidence in explanation.evidence().iter().filter(|evidence| evidence.weight != Weight::default()) {
        if !text.is_empty() {
            text.push_str("; ");
        }
        text.push_str(&piece(evidence));
        push(&mut text, format_args!(" {}", signed_bits(evidence.weight)));
    }
    let separator = if text.is_empty() { "" } else { "; " };
    push(&mut text, format_args!("{separator}total {} bits", bits(explanation.score())));
    match explanation.gap() {
        Some(gap) if gap > Weight::default() => push(&mut text, format_args!("; next best {} behind", bits(gap))),
        Some(_) => text.push_str("; another answer is as good"),
        None => {}
    }
    text
}

/// Writing into a string cannot fail.
fn push(text: &mut String, arguments: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(arguments);
}

/// Bits with one decimal.
pub(crate) fn bits(weight: Weight) -> String {
    let tenths = (i64::from(weight.millibits()) + if weight.millibits() < 0 { -50 } else { 50 }) / 100;
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

fn signed_bits(weight: Weight) -> String {
    let text = bits(weight);
    if text.starts_with('-') { text } else { format!("+{text}") }
}

fn piece(evidence: &Evidence) -> String {
    let what = match evidence.kind {
        EvidenceKind::Prior => return "before comparing".to_owned(),
        EvidenceKind::Amount => "amount",
        EvidenceKind::Date => "date",
        EvidenceKind::Reference => "reference",
        EvidenceKind::Counterparty => "name",
        EvidenceKind::Code => "code",
        // What stood in other payments of the same party.
        EvidenceKind::CounterpartyAccount if evidence.agreement == Agreement::Near => {
            return format!("payer seen before{}", values(evidence));
        }
        EvidenceKind::CounterpartyAccount => "account",
        EvidenceKind::Currency => "currency",
        EvidenceKind::Rival => return "another candidate".to_owned(),
        EvidenceKind::Group => "group",
        EvidenceKind::Rule => "rule",
    };
    let values = values(evidence);
    match (evidence.kind, evidence.agreement, evidence.difference) {
        (EvidenceKind::Date, _, Some(0)) => format!("{what} same day"),
        (EvidenceKind::Date, _, Some(days)) => format!("{what} {days} days apart"),
        (_, Agreement::Exact, _) => format!("{what} same{values}"),
        (_, Agreement::Near, _) => format!("{what} close{values}"),
        (_, Agreement::Differs, _) => format!("{what} differs{values}"),
        (_, Agreement::Missing, _) => format!("{what} not given"),
    }
}

fn values(evidence: &Evidence) -> String {
    let (statement, ledger) = (evidence.statement_value.as_str(), evidence.ledger_value.as_str());
    match (statement.is_empty(), ledger.is_empty()) {
        (true, true) => String::new(),
        (false, false) if statement != ledger => format!(" ({statement} / {ledger})"),
        (false, _) => format!(" ({statement})"),
        (true, false) => format!(" ({ledger})"),
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::RunnerUp;

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
        let text = explanation(&told);
        assert_eq!(
            text,
            "reference same (RE-104) +12.4; date 3 days apart -0.3; total 12.2 bits; next best 9.1 behind"
        );
    }

    #[test]
    fn bits_are_rounded_to_a_tenth() {
        for (millibits, text) in [(0, "0.0"), (49, "0.0"), (50, "0.1"), (-50, "-0.1"), (-49, "0.0"), (12_349, "12.3")] {
            assert_eq!(bits(Weight::from_millibits(millibits)), text);
        }
    }
}
