//! What is outstanding: records in no match, by age and one by one.

use std::cmp::Reverse;

use jiff::civil::Date;
use rayon::prelude::*;
use tieout_domain::{RootCause, Side};

use super::{
    Context,
    carry::{self, Carry},
    font::Fonts,
    listings::{self, DETAIL, DETAIL_LINES_MAX, ROW, SOURCE_WIDTH, WORDS},
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{data::ExceptionRow, sums::Sums, tables::AgeTally, text};

/// Ages in days that are told together: first, last, and their name.
const BANDS: [(i64, i64, &str); 5] = [
    (i64::MIN, -1, "dated later"),
    (0, 30, "0–30 days"),
    (31, 60, "31–60 days"),
    (61, 90, "61–90 days"),
    (91, i64::MAX, "over 90 days"),
];

/// Records in no match of one age.
#[derive(Debug, Clone, Default)]
pub(super) struct Band {
    /// Its name.
    pub(super) name: &'static str,
    /// Lines, entries.
    pub(super) sides: [AgeTally; 2],
}

impl Band {
    /// Records of both sides.
    pub(super) fn rows(&self) -> u64 {
        self.sides.iter().map(|side| side.rows).sum()
    }

    fn is_empty(&self) -> bool {
        self.rows() == 0
    }

    fn merge(&mut self, other: &Self) {
        for (own, other) in self.sides.iter_mut().zip(&other.sides) {
            own.rows += other.rows;
            own.open.merge(&other.open);
        }
    }
}

/// Days from the record's own to the one that ages are counted to.
fn age(as_of: Date, day: Date) -> i64 {
    i64::from(as_of.since(day).map_or(0, |span| span.get_days()))
}

/// Records in no match by age. `dated later` and `without a date` are there only where there are such records.
pub(super) fn bands(context: &Context<'_>) -> Vec<Band> {
    let as_of = context.data.as_of();
    let mut bands: Vec<Band> = BANDS.into_iter().map(|(_, _, name)| Band { name, ..Band::default() }).collect();
    bands.push(Band { name: "without a date", ..Band::default() });
    for ((side, day), tally) in &context.data.tables.summary().open_days {
        let found = day.map(|day| age(as_of, day));
        let at = found.and_then(|age| BANDS.iter().position(|(first, last, _)| (*first..=*last).contains(&age)));
        let band = &mut bands[at.unwrap_or(BANDS.len())];
        let own = &mut band.sides[usize::from(*side == Side::Ledger)];
        own.rows += tally.rows;
        own.open.merge(&tally.open);
    }
    let last = bands.len() - 1;
    let kept = bands.into_iter().enumerate();
    kept.filter(|(at, band)| (*at != 0 && *at != last) || !band.is_empty()).map(|(_, band)| band).collect()
}

/// Right edges of the columns: count and sum of lines, of entries.
const COLUMNS: [f32; 4] = [190.0, 300.0, 389.0, 499.276];

/// How old what is outstanding is.
pub(super) fn ageing(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let title = sheets.section("Ageing of what is in no match", 140.0);
    let bands = bands(context);
    let words = format!("Days from a record's own date to {}, what is open with its sign.", context.data.as_of());
    sheets.paragraph(&words, Style::muted(8.5));
    sheets.table(Running { title, columns: ageing_columns, carry: None });
    let mut all = Band { name: "Total", ..Band::default() };
    for band in &bands {
        ageing_row(sheets, band, Style::regular(8.5));
        all.merge(band);
    }
    ageing_row(sheets, &all, Style::semibold(8.5));
    sheets.end_table();
}

fn ageing_columns(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    sheets.text(LEFT, sheets.y + 7.0, "Age", style);
    for (right, title) in COLUMNS.iter().zip(["Statement lines", "Open", "Ledger entries", "Open"]) {
        sheets.text_right(sheets.at(*right), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn ageing_row(sheets: &mut Sheets<'_>, band: &Band, style: Style) {
    let sums = band.sides.each_ref().map(|side| text::sums(&side.open));
    let depth = sums.iter().map(Vec::len).max().unwrap_or(1);
    sheets.need(depth as f32 * 11.0 + 4.0);
    let baseline = sheets.y + 10.5;
    sheets.text(LEFT, baseline, band.name, style);
    for (at, (side, sums)) in band.sides.iter().zip(&sums).enumerate() {
        sheets.number(sheets.at(COLUMNS[2 * at]), baseline, 60.0, &text::count(side.rows), style);
        for (line, sum) in sums.iter().enumerate() {
            let baseline = baseline + line as f32 * 11.0;
            sheets.number(sheets.at(COLUMNS[2 * at + 1]), baseline, 100.0, sum, style);
        }
    }
    sheets.y += depth as f32 * 11.0 + 4.0;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
}

/// What is in no match on either side, and what is outstanding though it is in one: together all that is outstanding.
pub(super) fn unmatched(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let tables = &context.data.tables;
    let summary = tables.summary();
    let open = |of: Side| {
        let mut open = Sums::default();
        let days = summary.open_days.iter().filter(|((side, _), _)| *side == of);
        days.for_each(|(_, tally)| open.merge(&tally.open));
        open
    };
    let lines = [summary.unmatched_lines.lines_sums.clone(), open(Side::Statement)];
    let entries = [summary.unmatched_entries.entries_sums.clone(), open(Side::Ledger)];
    for (title, rows, all) in [
        ("Unmatched statement lines", &tables.unmatched_lines, lines),
        ("Unmatched ledger entries", &tables.unmatched_entries, entries),
    ] {
        let listed = rows.listed();
        let set = set(sheets, &listed);
        let title = sheets.section(title, listings::head_height(set.first().map(SetException::height)));
        let rest = listings::rest(context, "exceptions.csv");
        listings::lead(sheets, rows, listed.len(), ("record in no match", "records in no match"), rest);
        table(sheets, context, title, &set, &all);
    }
    held(sheets, context);
}

/// Records in a match that are outstanding all the same, the largest first, each side with its own sum as the proof has it.
fn held(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let rows = &context.data.held;
    for (side, title, one, many) in [
        (
            Side::Statement,
            "Statement lines outstanding in matches",
            "line stands in a match and is",
            "lines stand in a match and are",
        ),
        (
            Side::Ledger,
            "Ledger entries outstanding in matches",
            "entry stands in a match and is",
            "entries stand in a match and are",
        ),
    ] {
        let of_side = || rows.iter().filter(|row| row.record.side == side);
        let mut listed: Vec<_> = of_side().collect();
        if listed.is_empty() {
            continue;
        }
        let words = format!(
            "{} outstanding all the same: the match waits for a person, or settles a part.",
            listings::counted(listed.len() as u64, one, many)
        );
        listed.sort_by_key(|row| Reverse(row.impact.magnitude()));
        listed.truncate(context.data.layout.listed_max());
        let set = set(sheets, &listed);
        let title = sheets.section(title, listings::head_height(set.first().map(SetException::height)));
        sheets.paragraph(&words, Style::muted(8.5));
        sheets.y += 2.0;
        let mut all = [Sums::default(), Sums::default()];
        for row in of_side() {
            all[0].add(row.record.amount);
            all[1].add(row.open());
        }
        table(sheets, context, title, &set, &all);
    }
}

/// Left edges of counterparty, reference and cause, right edges of age, amount and what is open.
const COUNTERPARTY: f32 = 84.0;
const REFERENCE: f32 = 196.0;
const CAUSE: f32 = 282.0;
const AGE: f32 = 370.0;
const AMOUNT: f32 = 434.0;
const OPEN: f32 = 499.276;

fn table(sheets: &mut Sheets<'_>, context: &Context<'_>, title: String, set: &[SetException<'_>], all: &[Sums; 2]) {
    if set.is_empty() {
        return;
    }
    let columns = [(sheets.at(AMOUNT), sheets.wide(120.0)), (sheets.right(), sheets.wide(62.0))];
    let carry = Carry::new(context, columns, set.iter().map(|set| set.row.record.amount));
    sheets.table(Running { title, columns: heads, carry: Some(carry) });
    for row in set {
        exception_row(sheets, context, row);
    }
    let carried = sheets.end_table();
    carry::totals(sheets, carried, all);
}

fn heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    let baseline = sheets.y + 7.0;
    sheets.text(LEFT, baseline, "Source", style);
    sheets.text(LEFT + SOURCE_WIDTH, baseline, "Date", style);
    for (x, title) in [(COUNTERPARTY, "Counterparty"), (REFERENCE, "Reference"), (CAUSE, "Cause")] {
        sheets.text(sheets.at(x), baseline, title, style);
    }
    for (right, title) in [(AGE, "Days"), (AMOUNT, "Amount"), (OPEN, "Open")] {
        sheets.text_right(sheets.at(right), baseline, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

/// A record with its words broken into lines.
struct SetException<'r> {
    row: &'r ExceptionRow<'r>,
    /// What stands in the column of references.
    reference: &'r str,
    /// A name and a reference that are too long for their columns, over the width below.
    long: Vec<String>,
    /// What is said of the record.
    detail: Vec<String>,
}

impl<'r> SetException<'r> {
    /// `rooms`: of the columns of names and references; `width`: of what stands below.
    fn new(fonts: &Fonts, row: &'r ExceptionRow<'r>, rooms: [f32; 2], width: f32) -> Self {
        let record = &row.record;
        let reference: &str = if record.reference.trim().is_empty() { &record.record_id } else { &record.reference };
        let is_long = |(text, room): &(&str, f32)| !fonts.fits(text, *room, WORDS);
        let long: Vec<_> = [&*record.counterparty, reference].into_iter().zip(rooms).filter(is_long).collect();
        let long: Vec<_> = long.into_iter().map(|(text, _)| text.trim()).collect();
        Self {
            row,
            reference: if is_long(&(reference, rooms[1])) { "" } else { reference },
            long: fonts.wrap(&long.join(" · "), width, WORDS, 4),
            detail: fonts.wrap(&row.explanation, width, Style::muted(7.0), DETAIL_LINES_MAX),
        }
    }

    /// What stands below its first line, with leading and style.
    fn below(&self) -> [(&[String], f32, Style); 2] {
        [(self.long.as_slice(), ROW - 1.0, WORDS), (self.detail.as_slice(), DETAIL, Style::muted(7.0))]
    }

    fn height(&self) -> f32 {
        ROW + self.below().iter().map(|(lines, leading, _)| lines.len() as f32 * leading).sum::<f32>() + 5.0
    }
}

fn set<'r>(sheets: &Sheets<'_>, listed: &[&'r ExceptionRow<'r>]) -> Vec<SetException<'r>> {
    let (fonts, width) = (sheets.fonts, sheets.right() - sheets.at(COUNTERPARTY));
    let rooms = [REFERENCE - COUNTERPARTY, CAUSE - REFERENCE].map(|room| sheets.wide(room) - 6.0);
    listed.par_iter().map(|row| SetException::new(fonts, row, rooms, width)).collect()
}

fn exception_row(sheets: &mut Sheets<'_>, context: &Context<'_>, set: &SetException<'_>) {
    let SetException { row, reference, .. } = set;
    let record = &row.record;
    sheets.need(set.height());
    let baseline = sheets.y + 9.0;
    listings::source_and_date(sheets, context, LEFT, record);
    let cause = if row.cause == RootCause::None { "–".to_owned() } else { text::cause(row.cause) };
    let words: [(f32, f32, &str); 3] =
        [(COUNTERPARTY, REFERENCE, &record.counterparty), (REFERENCE, CAUSE, reference), (CAUSE, AGE - 18.0, &cause)];
    for (from, to, words) in words {
        sheets.text_fit(sheets.at(from), baseline, sheets.wide(to - from) - 6.0, words, WORDS);
    }
    let days = record.date.map_or_else(|| "–".to_owned(), |day| age(context.data.as_of(), day).to_string());
    sheets.number(sheets.at(AGE), baseline, 22.0, &days, WORDS);
    let open = row.open();
    for (right, amount) in [(AMOUNT, record.amount), (OPEN, open)] {
        sheets.number(sheets.at(right), baseline, sheets.wide(60.0), &text::money(amount, context.coded), WORDS);
    }
    sheets.y += ROW;
    for (lines, leading, style) in set.below() {
        for line in lines {
            sheets.text(sheets.at(COUNTERPARTY), sheets.y + 7.5, line, style);
            sheets.y += leading;
        }
    }
    sheets.y += 2.5;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    sheets.y += 1.0;
    if let Some(carry) = sheets.carry() {
        carry.add(0, record.amount);
        carry.add(1, open);
    }
}
