//! Counts and sums of all rows, causes, and the files that were read.

use tieout_domain::{RootCause, Side};

use super::{
    Context,
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{
    data::RowStatus,
    sums::Sums,
    tables::{CauseTally, Tally},
    text,
};

/// Right edges of the numeric columns of the summary.
const COUNTS: [f32; 3] = [174.0, 240.0, 306.0];
const SUMS: [f32; 2] = [403.0, 499.276];

/// How many and how much, by status.
pub(super) fn summary(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let title = sheets.section("Summary", 150.0);
    sheets.table(Running { title, columns: summary_columns, carry: None });
    let summary = context.data.tables.summary();
    let mut total = Tally::default();
    let rows = [
        ("Matched automatically", summary.of(RowStatus::Auto)),
        ("Approved by a person", summary.of(RowStatus::Approved)),
        ("Suggested, to review", summary.of(RowStatus::Suggested)),
        ("Ambiguous, to review", summary.of(RowStatus::Ambiguous)),
        ("Unmatched statement lines", summary.unmatched_lines.clone()),
        ("Unmatched ledger entries", summary.unmatched_entries.clone()),
    ];
    for (at, (label, tally)) in rows.iter().enumerate() {
        let matches = (at < 4).then_some(tally.rows);
        summary_row(sheets, label, Counts { matches, records: true }, tally, Style::regular(8.5));
        total.rows += matches.unwrap_or(0);
        total.lines += tally.lines;
        total.entries += tally.entries;
        total.lines_sums.merge(&tally.lines_sums);
        total.entries_sums.merge(&tally.entries_sums);
    }
    let rest = left_open(context);
    if !rest.lines_sums.is_zero() || !rest.entries_sums.is_zero() {
        let none = Counts { matches: None, records: false };
        summary_row(sheets, "Left open by these matches", none, &rest, Style::regular(8.5));
        total.lines_sums.merge(&rest.lines_sums);
        total.entries_sums.merge(&rest.entries_sums);
    }
    let all = Counts { matches: Some(total.rows), records: true };
    summary_row(sheets, "Total", all, &total, Style::semibold(8.5));
    sheets.end_table();
    variance(sheets, context, &total);
}

/// What matches leave open of records that they use in part; these are counted with the matches.
fn left_open(context: &Context<'_>) -> Tally {
    let of = |side| context.data.tables.summary().left_open.get(&side).cloned().unwrap_or_default();
    Tally { lines_sums: of(Side::Statement), entries_sums: of(Side::Ledger), ..Tally::default() }
}

/// Which counts a row of the summary has.
#[derive(Debug, Clone, Copy)]
struct Counts {
    matches: Option<u64>,
    /// Lines and entries are counted; else another row counts them.
    records: bool,
}

fn summary_columns(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    sheets.text(LEFT, sheets.y + 7.0, "Status", style);
    for (right, title) in COUNTS.iter().zip(["Matches", "Statement lines", "Ledger entries"]) {
        sheets.text_right(sheets.at(*right), sheets.y + 7.0, title, style);
    }
    for (right, title) in SUMS.iter().zip(["Statement amount", "Ledger amount"]) {
        sheets.text_right(sheets.at(*right), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn summary_row(sheets: &mut Sheets<'_>, label: &str, counted: Counts, tally: &Tally, style: Style) {
    let (lines, entries) = (text::sums(&tally.lines_sums), text::sums(&tally.entries_sums));
    let height = 4.0 + lines.len().max(entries.len()) as f32 * 11.0;
    sheets.need(height);
    let baseline = sheets.y + 10.5;
    sheets.text(LEFT, baseline, label, style);
    let records = |number: u64| counted.records.then_some(number);
    let counts = [counted.matches, records(tally.lines), records(tally.entries)];
    let counts = counts.map(|number| number.map_or_else(|| "–".to_owned(), text::count));
    for (right, count) in COUNTS.iter().zip(counts) {
        sheets.number(sheets.at(*right), baseline, 60.0, &count, style);
    }
    for (right, sums) in SUMS.iter().zip([lines, entries]) {
        let mut baseline = baseline;
        for sum in sums {
            sheets.number(sheets.at(*right), baseline, 92.0, &sum, style);
            baseline += 11.0;
        }
    }
    sheets.y += height;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
}

/// Rates, statement total less ledger total, and whether the totals are those of the proof.
fn variance(sheets: &mut Sheets<'_>, context: &Context<'_>, total: &Tally) {
    let summary = context.data.tables.summary();
    let (mut lines, mut entries) = (Sums::default(), Sums::default());
    for account in &context.data.proofs {
        lines.add(account.proof.lines_total);
        entries.add(account.proof.entries_total);
    }
    let variance = lines.less(&entries);
    sheets.y += 6.0;
    let text = format!(
        "Match rate {} and automatic rate {}, both of statement lines. Variance (statement lines less ledger entries): {}.",
        text::percent(summary.match_rate()),
        text::percent(summary.automatic_rate()),
        text::sums(&variance).join(", "),
    );
    sheets.paragraph(&text, Style::muted(8.5));
    if !context.data.proofs.is_empty() {
        let words = if total.lines_sums.less(&lines).is_zero() && total.entries_sums.less(&entries).is_zero() {
            "Both totals are those of the balance proof.".to_owned()
        } else {
            let [lines, entries] = [lines, entries].map(|sums| text::sums(&sums).join(", "));
            format!("The balance proof counts statement lines of {lines} and ledger entries of {entries}.")
        };
        sheets.paragraph(&words, Style::muted(8.5));
    }
}

/// Exceptions and adjustments by cause.
pub(super) fn causes(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let summary = context.data.tables.summary();
    for (title, [unit, sum], causes) in [
        ("Records in no match, by cause", ["Records", "Open, without signs"], &summary.exception_causes),
        ("Adjustments inside matches, by cause", ["Adjustments", "Impact"], &summary.adjustments),
    ] {
        if causes.is_empty() {
            continue;
        }
        let rows: usize = causes.values().map(|tally| tally.impact.iter().count().max(1)).sum();
        // Read as a whole: there are as many causes as words for them.
        sheets.need((36.0 + rows as f32 * 15.0).min(420.0));
        sheets.y += 8.0;
        sheets.text(LEFT, sheets.y + 8.0, title, Style::semibold(9.0));
        sheets.text_right(sheets.at(306.0), sheets.y + 8.0, unit, Style::muted(7.5));
        sheets.text_right(sheets.right(), sheets.y + 8.0, sum, Style::muted(7.5));
        sheets.rule(LEFT, sheets.right(), sheets.y + 12.0, 0.6, 0.2);
        sheets.y += 13.0;
        let mut all = CauseTally::default();
        for (cause, tally) in causes {
            cause_row(sheets, &named(*cause), tally, Style::regular(8.5));
            all.rows += tally.rows;
            all.impact.merge(&tally.impact);
        }
        cause_row(sheets, "Total", &all, Style::semibold(8.5));
    }
}

/// A cause as a label.
pub(crate) fn named(cause: RootCause) -> String {
    if cause == RootCause::None { "no cause named".to_owned() } else { text::cause(cause) }
}

fn cause_row(sheets: &mut Sheets<'_>, label: &str, tally: &CauseTally, style: Style) {
    let sums = text::sums(&tally.impact);
    sheets.need(15.0);
    sheets.text(LEFT, sheets.y + 10.5, label, style);
    sheets.number(sheets.at(306.0), sheets.y + 10.5, 60.0, &text::count(tally.rows), style);
    for sum in sums {
        sheets.need(15.0);
        sheets.number(sheets.right(), sheets.y + 10.5, 180.0, &sum, style);
        sheets.y += 14.0;
    }
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
}

/// What was read, with the digest that proves it.
pub(super) fn files(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let title = sheets.section("Source files", 74.0);
    if context.data.files.is_empty() {
        sheets.paragraph("No file was read.", Style::regular(9.0));
        return;
    }
    sheets.paragraph(
        "In the tables of this report, a source such as S1:12 is data row 12 of file S1.",
        Style::muted(8.5),
    );
    sheets.table(Running { title, columns: file_columns, carry: None });
    for file in &context.data.files {
        sheets.need(27.0);
        let tag = context.tags.get(&(file.side, file.name.as_str())).map_or("", String::as_str);
        sheets.text(LEFT, sheets.y + 10.5, tag, Style::semibold(8.5));
        sheets.text_fit(sheets.at(30.0), sheets.y + 10.5, 330.0, &file.name, Style::regular(8.5));
        sheets.text(sheets.at(370.0), sheets.y + 10.5, side(file.side), Style::regular(8.5));
        sheets.number(sheets.right(), sheets.y + 10.5, 60.0, &text::count(file.rows), Style::regular(8.5));
        sheets.text(sheets.at(30.0), sheets.y + 21.0, &format!("SHA-256 {}", file.sha256), Style::muted(7.5));
        sheets.y += 26.0;
        sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    }
    sheets.end_table();
}

fn side(side: Side) -> &'static str {
    match side {
        Side::Statement => "Statement",
        Side::Ledger => "Ledger",
    }
}

fn file_columns(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    sheets.text(LEFT, sheets.y + 7.0, "Tag", style);
    sheets.text(sheets.at(30.0), sheets.y + 7.0, "File", style);
    sheets.text(sheets.at(370.0), sheets.y + 7.0, "Side", style);
    sheets.text_right(sheets.right(), sheets.y + 7.0, "Rows", style);
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}
