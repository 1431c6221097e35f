//! What came nearest to a record without a match, for the window's catalogue: it is kept as the one line of words that
//! [`wording::nearest`](crate::wording) writes, and read back here.

use rust_decimal::Decimal;
use tieout_domain::{EvidenceKind, Said, SaidValue, retold, said};

use crate::{error::all_of, wording};

/// The line as a sentence with codes; in English alone where it is not as [`wording::nearest`] writes it.
pub(crate) fn read(text: &str) -> Said {
    parsed(text).unwrap_or_else(|| Said::in_english(text.to_owned()))
}

fn parsed(text: &str) -> Option<Said> {
    let rest = text.strip_prefix("nearest: ")?;
    let (rest, shortfall) = shortfall(rest)?;
    let (record, pieces) = rest.split_once("): ")?;
    let (name, facts) = record.rsplit_once(" (")?;
    let told = pieces.split("; ").map(piece).collect::<Option<Vec<_>>>()?;
    Some(retold!(
        text,
        "nearest",
        record = name_of(name),
        facts = facts_of(facts)?,
        pieces = all_of(&told),
        shortfall = shortfall
    ))
}

fn shortfall(rest: &str) -> Option<(&str, Said)> {
    let (rest, words) = rest.rsplit_once("; ")?;
    Some((
        rest,
        match words {
            "too little evidence" => retold!(words, "nearest.little"),
            "taken by a better match" => retold!(words, "nearest.taken"),
            "rejected by a person" => retold!(words, "nearest.rejected"),
            _ => return None,
        },
    ))
}

/// A record without an identifier is named by its row.
fn name_of(name: &str) -> Said {
    match name.strip_prefix("row ").and_then(|row| row.parse::<u64>().ok()) {
        Some(row) => retold!(name, "nearest.row", row = row),
        None => retold!(name, "nearest.name", name = name),
    }
}

/// Reference, amount and day, of which the amount is always there.
fn facts_of(facts: &str) -> Option<Said> {
    let (before, day) = match facts.rsplit_once(", ") {
        Some((before, day)) if is_day(day) => (before, Some(SaidValue::Date(day.to_owned()))),
        _ => (facts, None),
    };
    let (reference, amount) = before.rsplit_once(", ").map_or(("", before), |(reference, amount)| (reference, amount));
    let amount: Decimal = amount.parse().ok()?;
    Some(match (reference, day) {
        ("", None) => retold!(facts, "nearest.amount", amount = amount),
        ("", Some(day)) => retold!(facts, "nearest.amountDay", amount = amount, day = day),
        (_, None) => retold!(facts, "nearest.reference", reference = reference, amount = amount),
        (_, Some(day)) => {
            retold!(facts, "nearest.referenceDay", reference = reference, amount = amount, day = day)
        }
    })
}

fn is_day(text: &str) -> bool {
    text.parse::<jiff::civil::Date>().is_ok()
}

/// `date 40 days apart -3.1`
fn piece(text: &str) -> Option<Said> {
    if let Some(total) = text.strip_prefix("total ").and_then(|rest| rest.strip_suffix(" bits")) {
        let total: Decimal = total.parse().ok()?;
        return Some(retold!(text, "nearest.total", total = total));
    }
    let (body, weight) = text.rsplit_once(' ')?;
    let weight: Decimal = weight.trim_start_matches('+').parse().ok()?;
    if let Some(values) = body.strip_prefix(wording::PAYER_SEEN) {
        return Some(retold!(text, "nearest.payerSeen", values = values_of(values)?, weight = weight));
    }
    let (kind, how) = EvidenceKind::ALL.into_iter().find_map(|kind| {
        let how = body.strip_prefix(wording::kind_word(kind))?;
        (how.is_empty() || how.starts_with(' ')).then_some((kind, how))
    })?;
    let kind = SaidValue::word("kindOfEvidence", kind.as_str());
    if let Some(days) = how.strip_suffix(" days apart") {
        let days: i64 = days.trim().parse().ok()?;
        return Some(retold!(text, "nearest.daysApart", kind = kind, days = days, weight = weight));
    }
    Some(match how {
        "" => retold!(text, "nearest.bare", kind = kind, weight = weight),
        " same day" => retold!(text, "nearest.sameDay", kind = kind, weight = weight),
        " not given" => retold!(text, "nearest.notGiven", kind = kind, weight = weight),
        _ => {
            if let Some(values) = how.strip_prefix(" same") {
                retold!(text, "nearest.same", kind = kind, values = values_of(values)?, weight = weight)
            } else if let Some(values) = how.strip_prefix(" close") {
                retold!(text, "nearest.close", kind = kind, values = values_of(values)?, weight = weight)
            } else {
                let values = values_of(how.strip_prefix(" differs")?)?;
                retold!(text, "nearest.differs", kind = kind, values = values, weight = weight)
            }
        }
    })
}

/// ` (RE-104)`, ` (120.00 / 130.00)` or nothing, with the blank before it.
fn values_of(values: &str) -> Option<Said> {
    if values.is_empty() {
        return Some(Said::default());
    }
    let inner = values.strip_prefix(" (")?.strip_suffix(')')?;
    Some(match inner.split_once(" / ") {
        Some((statement, ledger)) => {
            retold!(values, "nearest.both", statement = value(statement), ledger = value(ledger))
        }
        None => said!("nearest.one", " ({value})", value = value(inner)),
    })
}

/// Amounts and days are written as the reader writes them.
fn value(text: &str) -> SaidValue {
    if is_day(text) {
        return SaidValue::Date(text.to_owned());
    }
    match text.parse::<Decimal>() {
        // What is no amount may begin with zeros that count.
        Ok(number) if number.to_string() == text && text.contains('.') => SaidValue::Decimal(text.to_owned()),
        _ => SaidValue::Text(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::{Agreement, Currency, Evidence, Explanation, Money, Side, Weight};
    use tieout_matching::{Nearest, Shortfall};
    use tieout_reports::RecordRow;

    use super::*;

    fn evidence(kind: EvidenceKind, agreement: Agreement, difference: Option<i64>) -> Evidence {
        Evidence {
            kind,
            agreement,
            weight: Weight::from_millibits(-3_100),
            statement_value: "120.00".to_owned(),
            ledger_value: "RE-104".to_owned(),
            difference,
        }
    }

    /// The line as it is kept, of a record with or without its facts.
    fn written(evidence: Vec<Evidence>, shortfall: Shortfall, is_bare: bool) -> String {
        let record = RecordRow {
            side: Side::Ledger,
            source_file: "ledger.csv".into(),
            source_row: 7,
            record_id: if is_bare { "" } else { "L0123" }.into(),
            date: if is_bare { None } else { "2024-03-02".parse().ok() },
            counterparty: "".into(),
            reference: if is_bare { "" } else { "INV-77" }.into(),
            amount: Money::from_minor(-12_000, Currency::NONE),
        };
        let mut text = String::new();
        let nearest = Nearest { record: 0, explanation: Explanation::new(evidence, None), shortfall };
        wording::nearest(&mut text, &record, &nearest);
        text
    }

    #[test]
    fn every_line_that_is_written_reads_back_as_sentences() {
        let agreements = [Agreement::Exact, Agreement::Near, Agreement::Differs, Agreement::Missing];
        for shortfall in [Shortfall::TooLittleEvidence, Shortfall::Taken, Shortfall::Rejected] {
            for kind in EvidenceKind::ALL {
                for (agreement, difference) in agreements.into_iter().flat_map(|of| [(of, None), (of, Some(-40))]) {
                    for is_bare in [false, true] {
                        let text = written(vec![evidence(kind, agreement, difference)], shortfall, is_bare);
                        assert_eq!(read(&text).code(), "nearest", "{text}");
                        assert_eq!(read(&text).english(), text);
                    }
                }
            }
        }
        let text = written(vec![evidence(EvidenceKind::Date, Agreement::Exact, Some(0))], Shortfall::Taken, false);
        assert!(text.contains("same day") && read(&text).code() == "nearest", "{text}");
    }

    #[test]
    fn what_is_written_otherwise_stays_as_it_is() {
        for text in ["", "something older", "nearest: x (12.00): date odd +1.0; too little evidence"] {
            assert_eq!(read(text), Said::in_english(text.to_owned()), "{text}");
        }
    }
}
