//! How good the files were that the records come from.

use super::{
    Context,
    listings::DETAIL,
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{
    text,
    trail::{FileQuality, IssueRow},
};

/// Right edges of the columns: added, there already, left out, score.
const COLUMNS: [f32; 4] = [300.0, 375.0, 437.0, 499.276];

/// A row a file, and what was found wrong with it.
pub(super) fn section(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let files = &context.data.trail.quality;
    if files.is_empty() {
        return;
    }
    let title = sheets.section("Data quality", 70.0);
    let rejected: u64 = files.iter().map(|file| file.rejected).sum();
    let words = match rejected {
        0 => "Every row of these files was read.".to_owned(),
        1 => "One row could not be read and was left out.".to_owned(),
        rows => format!("{} rows could not be read and were left out.", text::count(rows)),
    };
    sheets.paragraph(&words, Style::regular(9.0));
    sheets.table(Running { title, columns: heads, carry: None });
    files.iter().for_each(|file| row(sheets, context, file));
    let mut all = [0; 3];
    for file in files {
        for (sum, rows) in all.iter_mut().zip([file.added, file.duplicates, file.rejected]) {
            *sum += rows;
        }
    }
    sheets.need(16.0);
    sheets.text(LEFT, sheets.y + 10.5, "Total", Style::semibold(8.5));
    for (right, sum) in COLUMNS.iter().zip(all) {
        sheets.number(sheets.at(*right), sheets.y + 10.5, 60.0, &text::count(sum), Style::semibold(8.5));
    }
    sheets.y += 15.0;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.6, 0.2);
    sheets.end_table();
    for file in files.iter().filter(|file| !file.issues.is_empty()) {
        issues(sheets, context, file);
    }
}

fn heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    sheets.text(LEFT, sheets.y + 7.0, "File", style);
    for (right, title) in COLUMNS.iter().zip(["Rows taken in", "There already", "Left out", "Score of 100"]) {
        sheets.text_right(sheets.at(*right), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn tag<'c>(context: &'c Context<'_>, file: &'c FileQuality) -> &'c str {
    context.tags.get(&(file.side, file.file.as_str())).map_or("", String::as_str)
}

fn row(sheets: &mut Sheets<'_>, context: &Context<'_>, file: &FileQuality) {
    let parts: Vec<_> = file.parts.iter().map(|(name, points, of)| format!("{name} {points} of {of}")).collect();
    let mut detail = sheets.fonts.wrap(&parts.join(" · "), sheets.width() - 30.0, Style::muted(7.4), 2);
    for finding in &file.findings {
        detail.extend(sheets.fonts.wrap(&format!("– {finding}"), sheets.width() - 30.0, Style::muted(7.4), 2));
    }
    sheets.need(15.0 + (detail.len().min(3)) as f32 * DETAIL);
    let baseline = sheets.y + 10.5;
    let style = Style::regular(8.5);
    sheets.text(LEFT, baseline, tag(context, file), Style::semibold(8.5));
    sheets.text_fit(sheets.at(30.0), baseline, sheets.wide(COLUMNS[0] - 85.0), &file.file, style);
    let score = file.score.map_or_else(|| "–".to_owned(), |score| score.to_string());
    let numbers = [text::count(file.added), text::count(file.duplicates), text::count(file.rejected), score];
    for (right, number) in COLUMNS.iter().zip(numbers) {
        sheets.number(sheets.at(*right), baseline, 60.0, &number, style);
    }
    sheets.y += 13.0;
    for line in &detail {
        sheets.need(DETAIL);
        sheets.text(sheets.at(30.0), sheets.y + 7.5, line, Style::muted(7.4));
        sheets.y += DETAIL;
    }
    sheets.y += 2.5;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
}

const COLUMN: f32 = 44.0;
const VALUE: f32 = 146.0;
const EXPECTED: f32 = 280.0;

fn issues(sheets: &mut Sheets<'_>, context: &Context<'_>, file: &FileQuality) {
    let listed = file.issues.len() as u64;
    let of = if listed < file.issues_total {
        format!(", the first {} of {}", text::count(listed), text::count(file.issues_total))
    } else {
        String::new()
    };
    let title = format!("What is not as expected in {} {}{of}", tag(context, file), file.file);
    sheets.heading(sheets.fonts.fit(&title, sheets.width(), Style::semibold(9.5)).as_str(), 30.0);
    sheets.table(Running { title: "Data quality".to_owned(), columns: issue_heads, carry: None });
    file.issues.iter().for_each(|issue| issue_row(sheets, issue));
    sheets.end_table();
}

fn issue_heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    for (x, title) in [(0.0, "Row"), (COLUMN, "Column"), (VALUE, "What stands there"), (EXPECTED, "What was expected")]
    {
        sheets.text(sheets.at(x), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn issue_row(sheets: &mut Sheets<'_>, issue: &IssueRow) {
    let style = Style::regular(8.0);
    let end = if issue.error { " – row left out" } else { "" };
    let expected = format!("{}{end}", issue.expected);
    let lines = sheets.fonts.wrap(&expected, sheets.right() - sheets.at(EXPECTED), style, 3);
    let value = sheets.fonts.wrap(&issue.value, sheets.wide(EXPECTED - VALUE) - 6.0, style, 3);
    let height = lines.len().max(value.len()).max(1) as f32 * 10.0 + 3.5;
    sheets.need(height);
    let baseline = sheets.y + 9.5;
    let row = issue.row.map_or_else(|| "file".to_owned(), |row| row.to_string());
    for (from, to, words) in [(0.0, COLUMN, &row), (COLUMN, VALUE, &issue.column)] {
        sheets.text_fit(sheets.at(from), baseline, sheets.wide(to - from - 6.0), words, style);
    }
    for (x, lines) in [(VALUE, value), (EXPECTED, lines)] {
        for (at, line) in lines.iter().enumerate() {
            sheets.text(sheets.at(x), baseline + at as f32 * 10.0, line, style);
        }
    }
    sheets.y += height;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
}
