//! The four tables: matched, suggested, and unmatched on either side.

use rayon::prelude::*;
use tieout_domain::{RootCause, Side};

use super::{
    Context,
    font::Fonts,
    sheet::{LEFT, RIGHT, Running, Sheets, Style},
};
use crate::{
    data::{ExceptionRow, MatchRow, RecordPart, RecordRow},
    tables::TopRows,
    text,
};

/// How records are set.
const WORDS: Style = Style::regular(7.8);
const ROW: f32 = 11.0;
/// How many records of one side of a match are listed: a settlement may have thousands.
const PARTS_LISTED_MAX: usize = 40;
const DETAIL: f32 = 9.2;
/// Left edge of each half of a match: statement, ledger.
const HALVES: [f32; 2] = [LEFT, LEFT + 254.0];
const HALF_WIDTH: f32 = RIGHT - LEFT - 254.0;
const SOURCE_WIDTH: f32 = 36.0;
const DATE_WIDTH: f32 = 43.0;
const AMOUNT_WIDTH: f32 = 58.0;

/// All four, each with its count.
pub(super) fn all(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let tables = &context.data.tables;
    let outputs = |name: &str| context.outputs.iter().any(|output| output.name == name);
    let rest = |name: &str| if outputs(name) { name.to_owned() } else { "the workbook".to_owned() };
    let (matches, exceptions) = (rest("matches.csv"), rest("exceptions.csv"));
    match_table(sheets, context, "4  Matched", &tables.matched, &matches);
    match_table(sheets, context, "5  Suggested, to review", &tables.suggested, &matches);
    exception_table(sheets, context, "6  Unmatched statement lines", &tables.unmatched_lines, &exceptions);
    exception_table(sheets, context, "7  Unmatched ledger entries", &tables.unmatched_entries, &exceptions);
}

/// Says how many there are, and where those are that do not stand here.
fn lead<T>(sheets: &mut Sheets<'_>, rows: &TopRows<T>, listed: usize, (one, what): (&str, &str), rest: &str) {
    let total = text::count(rows.total());
    let words = match u64::try_from(listed) {
        Ok(0) => format!("No {what}."),
        Ok(1) if rows.total() == 1 => format!("One {one}."),
        Ok(listed) if listed < rows.total() => {
            format!("The {} {what} of greatest impact, of {total}. All of them stand in {rest}.", text::count(listed))
        }
        _ => format!("All {total} {what}, greatest impact first."),
    };
    sheets.paragraph(&words, Style::muted(8.5));
    sheets.y += 2.0;
}

fn match_table(sheets: &mut Sheets<'_>, context: &Context<'_>, title: &str, rows: &TopRows<MatchRow<'_>>, rest: &str) {
    sheets.section(title, 70.0);
    let listed = rows.listed();
    lead(sheets, rows, listed.len(), ("match", "matches"), rest);
    if listed.is_empty() {
        return;
    }
    sheets.table(Running { title: title.to_owned(), columns: match_columns });
    let fonts = sheets.fonts;
    let set: Vec<_> = listed.into_par_iter().map(|row| SetMatch::new(fonts, context, row)).collect();
    for row in &set {
        match_row(sheets, context, row);
    }
    sheets.end_table();
}

fn match_columns(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.2);
    for (x, title) in HALVES.into_iter().zip(["Statement", "Ledger"]) {
        sheets.text(x, sheets.y + 7.5, title, Style::semibold(8.0));
        sheets.rule(x, x + HALF_WIDTH, sheets.y + 10.5, 0.3, 0.6);
        sheets.text(x, sheets.y + 18.5, "Source", style);
        sheets.text(x + SOURCE_WIDTH, sheets.y + 18.5, "Date", style);
        sheets.text(x + SOURCE_WIDTH + DATE_WIDTH, sheets.y + 18.5, "Counterparty · reference", style);
        sheets.text_right(x + HALF_WIDTH, sheets.y + 18.5, "Applied", style);
    }
    sheets.rule(LEFT, RIGHT, sheets.y + 22.5, 0.6, 0.2);
    sheets.y += 23.5;
}

/// A match with its words broken into lines: what takes the time, and can be done for all rows at once.
struct SetMatch<'r> {
    /// Lines, entries: each with its words.
    halves: [Vec<(&'r RecordPart<'r>, Vec<String>)>; 2],
    /// What is said of the match.
    detail: Vec<String>,
}

impl<'r> SetMatch<'r> {
    fn new(fonts: &Fonts, context: &Context<'_>, row: &'r MatchRow<'r>) -> Self {
        let half = |side| {
            let parts = row.parts.iter().filter(|part| part.record.side == side).take(PARTS_LISTED_MAX);
            parts.map(|part| (part, described(fonts, context, part))).collect()
        };
        let detail = fonts.wrap(&match_detail(context, row), RIGHT - LEFT, Style::muted(7.0), 3);
        Self { halves: [half(Side::Statement), half(Side::Ledger)], detail }
    }
}

/// Lines on the left, entries on the right, and below them what is said of the match.
fn match_row(sheets: &mut Sheets<'_>, context: &Context<'_>, row: &SetMatch<'_>) {
    let [lines, entries] = &row.halves;
    let depth = |half: &[(_, Vec<String>)], at: usize| half.get(at).map_or(0, |(_, words)| words.len().max(1));
    let depths: Vec<usize> =
        (0..lines.len().max(entries.len())).map(|at| depth(lines, at).max(depth(entries, at))).collect();
    let detail_height = row.detail.len() as f32 * DETAIL;
    // A match of few records is kept together; a long one may run on.
    let height = depths.iter().sum::<usize>() as f32 * ROW + detail_height + 6.0;
    sheets.need(if height <= 200.0 { height } else { ROW * 3.0 });
    for (at, depth) in depths.iter().enumerate() {
        sheets.need(*depth as f32 * ROW);
        for (x, half) in HALVES.into_iter().zip(&row.halves) {
            if let Some((part, words)) = half.get(at) {
                draw_part(sheets, context, x, part, words);
            }
        }
        sheets.y += *depth as f32 * ROW;
    }
    sheets.y += 0.8;
    sheets.need(detail_height + 4.0);
    for line in &row.detail {
        sheets.text(LEFT, sheets.y + 7.5, line, Style::muted(7.0));
        sheets.y += DETAIL;
    }
    sheets.y += 3.0;
    sheets.rule(LEFT, RIGHT, sheets.y, 0.3, 0.75);
    sheets.y += 1.5;
}

fn draw_part(sheets: &mut Sheets<'_>, context: &Context<'_>, x: f32, part: &RecordPart<'_>, words: &[String]) {
    let baseline = sheets.y + 9.0;
    source_and_date(sheets, context, x, &part.record);
    for (line, words) in words.iter().enumerate() {
        sheets.text(x + SOURCE_WIDTH + DATE_WIDTH, baseline + line as f32 * ROW, words, WORDS);
    }
    sheets.number(x + HALF_WIDTH, baseline, AMOUNT_WIDTH, &text::money(part.amount_applied, context.coded), WORDS);
}

fn source_and_date(sheets: &mut Sheets<'_>, context: &Context<'_>, x: f32, record: &RecordRow<'_>) {
    let baseline = sheets.y + 9.0;
    let source = context.source(record.side, &record.source_file, record.source_row);
    sheets.text_fit(x, baseline, SOURCE_WIDTH - 3.0, &source, Style::muted(7.4));
    let date = record.date.map_or_else(|| "–".to_owned(), |date| date.to_string());
    sheets.text(x + SOURCE_WIDTH, baseline, &date, WORDS);
}

/// Counterparty and reference: on one line where they fit, else each on its own.
fn described(fonts: &Fonts, context: &Context<'_>, part: &RecordPart<'_>) -> Vec<String> {
    let record = &part.record;
    let width = HALF_WIDTH - SOURCE_WIDTH - DATE_WIDTH - AMOUNT_WIDTH - 4.0;
    let partial = share(part, context.coded);
    let mut words: Vec<&str> = [&*record.counterparty, &*record.reference]
        .into_iter()
        .map(str::trim)
        .filter(|text| !text.is_empty())
        .collect();
    if words.is_empty() {
        words.push(&record.record_id);
    }
    words.extend(partial.as_deref());
    let joined = words.join(" · ");
    if words.len() == 1 || fonts.fits(&joined, width, WORDS) {
        return vec![fonts.fit(&joined, width, WORDS)];
    }
    // The second line may run on below the amount.
    vec![fonts.fit(words[0], width, WORDS), fonts.fit(&words[1..].join(" · "), width + AMOUNT_WIDTH, WORDS)]
}

/// `of 200.00` where a part of the record is used; `settles 500.00 USD of 1,085.00 USD` where its match is in another
/// currency.
fn share(part: &RecordPart<'_>, coded: bool) -> Option<String> {
    let (whole, settled) = (part.record.amount, part.amount_settled);
    let converted = settled.currency() != part.amount_applied.currency();
    let of_whole = (settled != whole).then(|| format!("of {}", text::money(whole, coded || converted)));
    if !converted {
        return of_whole;
    }
    let settles = format!("settles {}", text::money(settled, true));
    Some(of_whole.into_iter().fold(settles, |settles, of_whole| format!("{settles} {of_whole}")))
}

/// `one to many · auto · confidence 0.9985 · fee −1.50 · why`.
fn match_detail(context: &Context<'_>, row: &MatchRow<'_>) -> String {
    let confidence = row.confidence.to_string();
    let mut parts = vec![
        text::kind(row.kind),
        row.status.as_str().to_owned(),
        format!("confidence {}", confidence.get(..6).unwrap_or(&confidence)),
    ];
    if row.cause != RootCause::None && !row.adjustments.iter().any(|adjustment| adjustment.cause == row.cause) {
        parts.push(text::cause(row.cause));
    }
    for adjustment in &row.adjustments {
        parts.push(format!("{} {}", text::cause(adjustment.cause), text::money(adjustment.amount, context.coded)));
    }
    let unlisted: usize = [Side::Statement, Side::Ledger]
        .map(|side| row.parts.iter().filter(|part| part.record.side == side).count().saturating_sub(PARTS_LISTED_MAX))
        .iter()
        .sum();
    if unlisted > 0 {
        parts.push(format!("{} further records are not listed here", text::count(unlisted as u64)));
    }
    if !row.explanation.is_empty() {
        parts.push(row.explanation.to_string());
    }
    parts.join(" · ")
}

const COUNTERPARTY: f32 = LEFT + 84.0;
const REFERENCE: f32 = LEFT + 208.0;
const CAUSE: f32 = LEFT + 302.0;
const AMOUNT: f32 = RIGHT - 62.0;

fn exception_table(
    sheets: &mut Sheets<'_>,
    context: &Context<'_>,
    title: &str,
    rows: &TopRows<ExceptionRow<'_>>,
    rest: &str,
) {
    sheets.section(title, 60.0);
    let listed = rows.listed();
    lead(sheets, rows, listed.len(), ("record in no match", "records in no match"), rest);
    if listed.is_empty() {
        return;
    }
    sheets.table(Running { title: title.to_owned(), columns: exception_columns });
    let fonts = sheets.fonts;
    let detail = |row: &ExceptionRow<'_>| fonts.wrap(&row.explanation, RIGHT - COUNTERPARTY, Style::muted(7.0), 2);
    let set: Vec<_> = listed.into_par_iter().map(|row| (row, detail(row))).collect();
    for (row, detail) in set {
        exception_row(sheets, context, row, &detail);
    }
    sheets.end_table();
}

fn exception_columns(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    let baseline = sheets.y + 7.0;
    sheets.text(LEFT, baseline, "Source", style);
    sheets.text(LEFT + SOURCE_WIDTH, baseline, "Date", style);
    sheets.text(COUNTERPARTY, baseline, "Counterparty", style);
    sheets.text(REFERENCE, baseline, "Reference", style);
    sheets.text(CAUSE, baseline, "Cause", style);
    sheets.text_right(AMOUNT, baseline, "Amount", style);
    sheets.text_right(RIGHT, baseline, "Impact", style);
    sheets.rule(LEFT, RIGHT, sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn exception_row(sheets: &mut Sheets<'_>, context: &Context<'_>, row: &ExceptionRow<'_>, detail: &[String]) {
    let record = &row.record;
    let detail_height = detail.len() as f32 * DETAIL;
    sheets.need(ROW + detail_height + 5.0);
    let baseline = sheets.y + 9.0;
    let style = WORDS;
    source_and_date(sheets, context, LEFT, record);
    sheets.text_fit(COUNTERPARTY, baseline, REFERENCE - COUNTERPARTY - 6.0, &record.counterparty, style);
    let reference = if record.reference.trim().is_empty() { &record.record_id } else { &record.reference };
    sheets.text_fit(REFERENCE, baseline, CAUSE - REFERENCE - 6.0, reference, style);
    sheets.text_fit(CAUSE, baseline, 70.0, &text::cause(row.cause), style);
    sheets.number(AMOUNT, baseline, 60.0, &text::money(record.amount, context.coded), style);
    sheets.number(RIGHT, baseline, 58.0, &text::money(row.impact, context.coded), style);
    sheets.y += ROW;
    for line in detail {
        sheets.text(COUNTERPARTY, sheets.y + 7.5, line, Style::muted(7.0));
        sheets.y += DETAIL;
    }
    sheets.y += 2.5;
    sheets.rule(LEFT, RIGHT, sheets.y, 0.3, 0.75);
    sheets.y += 1.0;
}
