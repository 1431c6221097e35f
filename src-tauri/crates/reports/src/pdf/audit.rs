//! An extract of the audit chain.

use serde_json::Value;

use super::{
    Context,
    listings::DETAIL,
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{text, trail::AuditRow};

const SMALL: Style = Style::regular(7.8);
/// Left edges of the columns, on A4.
const WHEN: f32 = 30.0;
const WHO: f32 = 118.0;
const MACHINE: f32 = 218.0;
const ACTION: f32 = 318.0;
const HASH: f32 = 440.0;
/// Lines of an event's values; the workbook has all of them.
const VALUES_LINES_MAX: usize = 3;
/// Digits from which on a text of hexadecimal digits is a digest, told by its first ones.
const DIGEST_DIGITS_MIN: usize = 32;
/// Digits of a hash that are printed: enough to find it, too few to trust it.
const HASH_DIGITS: usize = 12;

/// The events, oldest first.
pub(super) fn extract(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let Some(extract) = &context.data.trail.audit else { return };
    let title = sheets.section("Audit extract", 105.0);
    let (first, last) = (extract.rows.first(), extract.rows.last());
    let Some((first, last)) = first.zip(last) else {
        sheets.paragraph("The audit chain has no events.", Style::regular(9.0));
        return;
    };
    let (from, through) = (text::count(first.sequence), text::count(last.sequence));
    let earlier = match first.sequence - 1 {
        0 => String::new(),
        _ => " Those before stand in the workbook.".to_owned(),
    };
    let later = if context.data.signed.is_some() { ", the last signature of the period" } else { "" };
    let words = format!(
        "Events {from} to {through}{later}.{earlier} Each holds the hash of the one before; of hashes the first \
         {HASH_DIGITS} digits are printed. Who opens the workbook sees every event with all its values, and “tieout \
         verify” proves the chain."
    );
    sheets.paragraph(&words, Style::muted(8.5));
    sheets.table(Running { title, columns: heads, carry: None });
    extract.rows.iter().for_each(|row| event(sheets, row));
    sheets.end_table();
}

fn heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    let columns = [(WHEN, "When, UTC"), (WHO, "Who · of what"), (MACHINE, "Machine"), (ACTION, "What")];
    for (x, title) in columns {
        sheets.text(sheets.at(x), sheets.y + 7.0, title, style);
    }
    for (right, title) in [(sheets.at(WHEN) - 8.0, "No."), (sheets.right(), "Hash")] {
        sheets.text_right(right, sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn event(sheets: &mut Sheets<'_>, row: &AuditRow) {
    let width = sheets.right() - sheets.at(WHO);
    let machine = if row.machine.is_empty() { "–" } else { &row.machine };
    // Its end tells machines of one name apart: it is not cut.
    let (machine, below) = if sheets.fonts.fits(machine, sheets.wide(ACTION - MACHINE - 5.0), SMALL) {
        (machine, row.subject.clone())
    } else {
        ("", format!("{} · {machine}", row.subject))
    };
    let subject = sheets.fonts.wrap(&below, width, SMALL, 2);
    let values = sheets.fonts.wrap(&values(&row.details), width, Style::muted(6.6), VALUES_LINES_MAX);
    sheets.need(11.0 + subject.len() as f32 * DETAIL + values.len() as f32 * (DETAIL - 0.8) + 4.0);
    let baseline = sheets.y + 9.0;
    let hash = row.hash.to_string();
    let number = sheets.at(WHEN) - 8.0;
    sheets.number(number, baseline, number - LEFT, &row.sequence.to_string(), SMALL);
    let at = text::second(row.at);
    let cells: [(f32, f32, &str, Style); 4] = [
        (WHEN, WHO, &at, SMALL),
        (WHO, MACHINE, &row.actor, SMALL),
        (MACHINE, ACTION, machine, SMALL),
        (ACTION, HASH, &row.action, Style::semibold(7.8)),
    ];
    for (from, to, words, style) in cells {
        sheets.text_fit(sheets.at(from), baseline, sheets.wide(to - from - 5.0), words, style);
    }
    sheets.number(sheets.right(), baseline, sheets.wide(56.0), first_digits(&hash), Style::muted(7.4));
    sheets.y += 11.0;
    for line in &subject {
        sheets.text(sheets.at(WHO), sheets.y + 7.0, line, SMALL);
        sheets.y += DETAIL;
    }
    for line in &values {
        sheets.text(sheets.at(WHO), sheets.y + 6.5, line, Style::muted(6.6));
        sheets.y += DETAIL - 0.8;
    }
    sheets.y += 2.0;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    sheets.y += 1.0;
}

fn first_digits(hash: &str) -> &str {
    hash.get(..HASH_DIGITS).unwrap_or(hash)
}

/// An event's values, `account: main · from: 2025-01-01`; what is no JSON object as it stands.
fn values(details: &str) -> String {
    match serde_json::from_str(details) {
        Ok(Value::Object(members)) => members.iter().map(member).collect::<Vec<_>>().join(" · "),
        _ => details.to_owned(),
    }
}

fn member((name, value): (&String, &Value)) -> String {
    format!("{}: {}", name.replace('_', " "), told(value))
}

fn told(value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::String(text) if text.is_empty() => "–".to_owned(),
        Value::String(text) if is_digest(text) => format!("{}…", first_digits(text)),
        Value::String(text) => text.clone(),
        Value::Array(items) if items.is_empty() => "–".to_owned(),
        Value::Array(items) => items.iter().map(told).collect::<Vec<_>>().join(", "),
        Value::Object(members) => format!("({})", members.iter().map(member).collect::<Vec<_>>().join(", ")),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn is_digest(text: &str) -> bool {
    text.len() >= DIGEST_DIGITS_MIN && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_without_brackets_and_long_digests_by_their_first_digits() {
        let digest = "ab12cd34ef56".repeat(6);
        for (details, words) in [
            (r#"{"account":"main","from":"2025-01-01"}"#.to_owned(), "account: main · from: 2025-01-01"),
            (format!(r#"{{"file_hash":"{digest}"}}"#), "file hash: ab12cd34ef56…"),
            (
                r#"{"after":{"days":40},"before":null,"reason":""}"#.to_owned(),
                "after: (days: 40) · before: – · reason: –",
            ),
            (r#"{"matches":["a","b"],"restored":[]}"#.to_owned(), "matches: a, b · restored: –"),
            ("{}".to_owned(), ""),
            ("not JSON".to_owned(), "not JSON"),
        ] {
            assert_eq!(values(&details), words);
        }
    }
}
