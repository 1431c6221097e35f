//! An extract of the audit chain.

use super::{
    Context,
    listings::DETAIL,
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{text, trail::AuditRow};

const SMALL: Style = Style::regular(7.8);
/// Left edges of the columns, on A4.
const WHEN: f32 = 30.0;
const WHO: f32 = 120.0;
const ACTION: f32 = 204.0;
const SUBJECT: f32 = 300.0;
const HASH: f32 = 446.0;
/// Digits of a hash that are printed: enough to find it, too few to trust it.
const HASH_DIGITS: usize = 12;

/// The events, oldest first.
pub(super) fn extract(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let Some(extract) = &context.data.trail.audit else { return };
    let title = sheets.section("Audit extract", 80.0);
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
        "Events {from} to {through}{later}.{earlier} Each holds the hash of the one before; the first {HASH_DIGITS} digits \
         are printed. Who opens the workbook sees all of them, and “tieout verify” proves the chain."
    );
    sheets.paragraph(&words, Style::muted(8.5));
    sheets.table(Running { title, columns: heads, carry: None });
    extract.rows.iter().for_each(|row| event(sheets, row));
    sheets.end_table();
}

fn heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    let columns =
        [(0.0, "No."), (WHEN, "When, UTC"), (WHO, "Who"), (ACTION, "What"), (SUBJECT, "Of what"), (HASH, "Hash")];
    for (x, title) in columns {
        sheets.text(sheets.at(x), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn event(sheets: &mut Sheets<'_>, row: &AuditRow) {
    let width = sheets.right() - sheets.at(WHO);
    let details = if row.details == "{}" { "" } else { &row.details };
    let detail = sheets.fonts.wrap_anywhere(details, width, Style::muted(6.6), 2);
    sheets.need(11.0 + detail.len() as f32 * (DETAIL - 0.8) + 4.0);
    let baseline = sheets.y + 9.0;
    let hash = row.hash.to_string();
    let number = sheets.at(WHEN) - 8.0;
    sheets.number(number, baseline, number - LEFT, &row.sequence.to_string(), SMALL);
    let cells = [
        (WHEN, WHO, text::second(row.at)),
        (WHO, ACTION, row.actor.clone()),
        (ACTION, SUBJECT, row.action.clone()),
        (SUBJECT, HASH, row.subject.clone()),
    ];
    for (from, to, words) in cells {
        sheets.text_fit(sheets.at(from), baseline, sheets.wide(to - from - 5.0), &words, SMALL);
    }
    sheets.number(sheets.right(), baseline, sheets.wide(52.0), &hash[..HASH_DIGITS.min(hash.len())], Style::muted(7.4));
    sheets.y += 11.0;
    for line in &detail {
        sheets.text(sheets.at(WHO), sheets.y + 6.5, line, Style::muted(6.6));
        sheets.y += DETAIL - 0.8;
    }
    sheets.y += 2.0;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    sheets.y += 1.0;
}
