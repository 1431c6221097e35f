//! The tables of matches, and what all listings share.

use rayon::prelude::*;
use tieout_domain::{RootCause, Side};

use super::{
    Context,
    carry::{self, Carry},
    font::Fonts,
    sheet::{LAID_OUT_FOR, LEFT, Running, Sheets, Style},
};
use crate::{
    data::{MatchRow, RecordPart, RecordRow, RowStatus},
    sums::Sums,
    tables::TopRows,
    text,
};

/// How records are set.
pub(super) const WORDS: Style = Style::regular(7.8);
pub(super) const ROW: f32 = 11.0;
/// How many records of one side of a match are listed: a settlement may have thousands.
const PARTS_LISTED_MAX: usize = 40;
pub(super) const DETAIL: f32 = 9.2;
/// Lines of what is said of a match or record.
pub(super) const DETAIL_LINES_MAX: usize = 6;
/// Left edge of each half of a match, on A4: statement, ledger.
const HALVES: [f32; 2] = [0.0, 254.0];
const HALF_WIDTH: f32 = 245.276;
pub(super) const SOURCE_WIDTH: f32 = 36.0;
const DATE_WIDTH: f32 = 43.0;
const AMOUNT_WIDTH: f32 = 58.0;

/// Where the rows stand that are not listed: a file beside the report, or the workbook.
pub(super) fn rest(context: &Context<'_>, file: &'static str) -> &'static str {
    let beside = context.outputs.iter().any(|output| output.name == file);
    let inside = context.twin.files.iter().any(|own| own.name == file);
    if beside || inside { file } else { "the workbook" }
}

/// Matches that await a person, and those that are settled.
pub(super) fn suggested(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let waiting = [RowStatus::Suggested, RowStatus::Ambiguous];
    match_table(sheets, context, "Suggested, to review", &context.data.tables.suggested, waiting);
}

/// Matches that count.
pub(super) fn matched(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let settled = [RowStatus::Auto, RowStatus::Approved];
    match_table(sheets, context, "Matched", &context.data.tables.matched, settled);
}

/// `1 line`, `2 lines`.
pub(super) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", text::count(number), if number == 1 { one } else { many })
}

/// Height of a table's lead with its heads, a first row of this height and what is carried below it; of a table without
/// rows, of its lead.
pub(super) fn head_height(first_row: Option<f32>) -> f32 {
    20.0 + first_row.map_or(0.0, |row| row + 44.0)
}

/// Says how many there are, and where those are that do not stand here.
pub(super) fn lead<T>(
    sheets: &mut Sheets<'_>,
    rows: &TopRows<T>,
    listed: usize,
    (one, what): (&str, &str),
    rest: &str,
) {
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

fn match_table(
    sheets: &mut Sheets<'_>,
    context: &Context<'_>,
    title: &str,
    rows: &TopRows<MatchRow<'_>>,
    statuses: [RowStatus; 2],
) {
    let listed = rows.listed();
    let (fonts, width) = (sheets.fonts, sheets.width());
    let set: Vec<_> = listed.par_iter().map(|row| SetMatch::new(fonts, context, row, width)).collect();
    let title = sheets.section(title, head_height(set.first().map(SetMatch::height)));
    lead(sheets, rows, listed.len(), ("match", "matches"), rest(context, "matches.csv"));
    if listed.is_empty() {
        return;
    }
    let columns = HALVES.map(|x| (sheets.at(x + HALF_WIDTH), sheets.wide(HALF_WIDTH - 100.0)));
    let amounts = listed.iter().flat_map(|row| &row.parts).map(|part| part.amount_applied);
    let carry = Some(Carry::new(context, columns, amounts));
    sheets.table(Running { title, columns: match_columns, carry });
    for row in &set {
        match_row(sheets, context, row);
    }
    let carried = sheets.end_table();
    let mut all = [Sums::default(), Sums::default()];
    for tally in statuses.map(|status| context.data.tables.summary().of(status)) {
        all[0].merge(&tally.lines_sums);
        all[1].merge(&tally.entries_sums);
    }
    carry::totals(sheets, carried, &all);
}

fn match_columns(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.2);
    for (x, title) in HALVES.into_iter().zip(["Statement", "Ledger"]) {
        let (x, right) = (sheets.at(x), sheets.at(x + HALF_WIDTH));
        sheets.text(x, sheets.y + 7.5, title, Style::semibold(8.0));
        sheets.rule(x, right, sheets.y + 10.5, 0.3, 0.6);
        sheets.text(x, sheets.y + 18.5, "Source", style);
        sheets.text(x + SOURCE_WIDTH, sheets.y + 18.5, "Date", style);
        sheets.text(x + SOURCE_WIDTH + DATE_WIDTH, sheets.y + 18.5, "Counterparty · reference", style);
        sheets.text_right(right, sheets.y + 18.5, "Applied", style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 22.5, 0.6, 0.2);
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
    /// `width`: of the whole row.
    fn new(fonts: &Fonts, context: &Context<'_>, row: &'r MatchRow<'r>, width: f32) -> Self {
        let room = width * HALF_WIDTH / LAID_OUT_FOR - SOURCE_WIDTH - DATE_WIDTH - AMOUNT_WIDTH - 4.0;
        let half = |side| {
            let parts = row.parts.iter().filter(|part| part.record.side == side).take(parts_max(context));
            parts.map(|part| (part, described(fonts, context, part, room))).collect()
        };
        let detail = fonts.wrap(&match_detail(context, row), width, Style::muted(7.0), DETAIL_LINES_MAX);
        Self { halves: [half(Side::Statement), half(Side::Ledger)], detail }
    }

    /// Lines of text that the records take that stand beside each other.
    fn depths(&self) -> Vec<usize> {
        let [lines, entries] = &self.halves;
        let depth = |half: &[(_, Vec<String>)], at: usize| half.get(at).map_or(0, |(_, words)| words.len().max(1));
        (0..lines.len().max(entries.len())).map(|at| depth(lines, at).max(depth(entries, at))).collect()
    }

    /// The room it needs on one sheet: a match of few records is kept together, a long one may run on.
    fn height(&self) -> f32 {
        let height = self.depths().iter().sum::<usize>() as f32 * ROW + self.detail.len() as f32 * DETAIL + 6.0;
        if height <= 200.0 { height } else { ROW * 3.0 }
    }
}

/// Lines on the left, entries on the right, and below them what is said of the match.
fn match_row(sheets: &mut Sheets<'_>, context: &Context<'_>, row: &SetMatch<'_>) {
    sheets.need(row.height());
    for (at, depth) in row.depths().iter().enumerate() {
        sheets.need(*depth as f32 * ROW);
        for (side, (x, half)) in HALVES.into_iter().zip(&row.halves).enumerate() {
            if let Some((part, words)) = half.get(at) {
                draw_part(sheets, context, x, part, words);
                if let Some(carry) = sheets.carry() {
                    carry.add(side, part.amount_applied);
                }
            }
        }
        sheets.y += *depth as f32 * ROW;
    }
    sheets.y += 0.8;
    sheets.need(row.detail.len() as f32 * DETAIL + 4.0);
    for line in &row.detail {
        sheets.text(LEFT, sheets.y + 7.5, line, Style::muted(7.0));
        sheets.y += DETAIL;
    }
    sheets.y += 3.0;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    sheets.y += 1.5;
}

fn draw_part(sheets: &mut Sheets<'_>, context: &Context<'_>, x: f32, part: &RecordPart<'_>, words: &[String]) {
    let baseline = sheets.y + 9.0;
    let (x, right) = (sheets.at(x), sheets.at(x + HALF_WIDTH));
    source_and_date(sheets, context, x, &part.record);
    for (line, words) in words.iter().enumerate() {
        sheets.text(x + SOURCE_WIDTH + DATE_WIDTH, baseline + line as f32 * ROW, words, WORDS);
    }
    sheets.number(right, baseline, AMOUNT_WIDTH, &text::money(part.amount_applied, context.coded), WORDS);
}

pub(super) fn source_and_date(sheets: &mut Sheets<'_>, context: &Context<'_>, x: f32, record: &RecordRow<'_>) {
    let baseline = sheets.y + 9.0;
    let source = context.source(record.side, &record.source_file, record.source_row);
    sheets.text_fit(x, baseline, SOURCE_WIDTH - 3.0, &source, Style::muted(7.4));
    let date = record.date.map_or_else(|| "–".to_owned(), |date| date.to_string());
    sheets.text(x + SOURCE_WIDTH, baseline, &date, WORDS);
}

/// Counterparty and reference: on one line where they fit, else each on its own.
fn described(fonts: &Fonts, context: &Context<'_>, part: &RecordPart<'_>, width: f32) -> Vec<String> {
    let record = &part.record;
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
    // What follows may run on below the amount.
    let mut lines = fonts.wrap(words[0], width, WORDS, 3);
    lines.extend(fonts.wrap(&words[1..].join(" · "), width + AMOUNT_WIDTH, WORDS, 3));
    lines
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
        .map(|side| {
            let records = row.parts.iter().filter(|part| part.record.side == side).count();
            records.saturating_sub(parts_max(context))
        })
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

/// How many records of one side of a match are listed.
fn parts_max(context: &Context<'_>) -> usize {
    if context.data.layout.all_rows { usize::MAX } else { PARTS_LISTED_MAX }
}
