//! The balance proof, laid out as a statement.

use std::borrow::Cow;

use jiff::civil::Date;
use tieout_domain::{BalanceProof, Currency, Money, Period, Side};

use super::{
    Context, ReportError,
    sheet::{LEFT, Sheets, Style},
};
use crate::{data::AccountProof, text};

const GUTTER: f32 = 26.0;
const LEADING: f32 = 14.0;

/// What follows an account's name over its proof.
pub(crate) const AMOUNTS_IN: &str = " · amounts in ";

/// One line of a statement.
enum Entry {
    Amount(Cow<'static, str>, i128),
    Total(Cow<'static, str>, i128),
    Result(Cow<'static, str>, i128),
    Note(&'static str),
}

/// Whether the statement at the foot of a column is true.
struct Outcome {
    holds: bool,
    words: String,
}

/// What stands below each other, and whether it is true; none where that cannot be told.
type Statement = (Vec<Entry>, Option<Outcome>);

/// One statement an account: the statement by itself, against the ledger, and what is outstanding.
pub(super) fn section(sheets: &mut Sheets<'_>, context: &Context<'_>) -> Result<(), ReportError> {
    sheets.section("Balance proof", 150.0);
    if context.data.proofs.is_empty() {
        sheets.paragraph("No account was given to prove.", Style::regular(9.0));
        return Ok(());
    }
    for account in &context.data.proofs {
        let proof = &account.proof;
        let currency = proof.lines_total.currency();
        sheets.need(155.0);
        let name = if account.account.is_empty() { "All records" } else { &account.account };
        // Where there is too little room, the name is cut: the end tells where an account's proof begins.
        let (end, style) = (format!("{AMOUNTS_IN}{}", named(currency)), Style::semibold(9.5));
        let room = sheets.width() - sheets.fonts.width(&end, style.weight, style.size);
        let title = format!("{}{end}", sheets.fonts.fit(name, room, style));
        sheets.text(LEFT, sheets.y + 9.0, &title, style);
        sheets.y += 18.0;
        let by_itself = by_itself(proof, context.data.period)?;
        let against_books = against_books(proof)?;
        pair(sheets, currency, [("Statement", by_itself), ("Statement against ledger", against_books)]);
        if !account.outstanding.is_empty() {
            let sides = [Side::Statement, Side::Ledger].map(|side| outstanding(account, side));
            let depth = sides.iter().map(|(entries, _)| entries.len()).max().unwrap_or(0);
            sheets.need(depth as f32 * LEADING + 40.0);
            let [lines, entries] = sides;
            pair(sheets, currency, [("Statement lines outstanding", lines), ("Ledger entries outstanding", entries)]);
        }
        sheets.y += 4.0;
    }
    Ok(())
}

/// Two statements beside each other.
fn pair(sheets: &mut Sheets<'_>, currency: Currency, both: [(&str, Statement); 2]) {
    let (top, right) = (sheets.y, sheets.right());
    let middle = f32::midpoint(LEFT, right);
    let edges = [(LEFT, middle - GUTTER / 2.0), (middle + GUTTER / 2.0, right)];
    let mut below = top;
    for (edges, (title, (entries, outcome))) in edges.into_iter().zip(both) {
        sheets.y = top;
        below = below.max(column(sheets, edges, title, currency, &entries, &outcome));
    }
    sheets.y = below + 8.0;
}

/// What a side's outstanding sum is made of.
fn outstanding(account: &AccountProof, side: Side) -> Statement {
    let proved = match side {
        Side::Statement => account.proof.lines_outstanding,
        Side::Ledger => account.proof.entries_outstanding,
    };
    let mut entries = Vec::new();
    let mut sum = 0;
    for part in account.outstanding.iter().filter(|part| part.side == side) {
        let label = format!("{} {}", text::count(part.records), part.what);
        entries.push(Entry::Amount(label.into(), minor(part.sum)));
        sum += minor(part.sum);
    }
    if entries.is_empty() {
        entries.push(Entry::Amount("Nothing".into(), 0));
    }
    entries.push(Entry::Result("Outstanding, as in the proof".into(), sum));
    let gap = minor(proved) - sum;
    let words = match gap {
        0 => "agrees with the proof".to_owned(),
        gap => format!("does NOT agree: the proof has {} more", text::grouped(gap, proved.currency())),
    };
    (entries, Some(Outcome { holds: gap == 0, words }))
}

fn named(currency: Currency) -> String {
    if currency.is_none() { "a currency that the files do not name".to_owned() } else { currency.to_string() }
}

fn dated(label: &'static str, day: Option<Date>) -> Cow<'static, str> {
    day.map_or_else(|| format!("{label} balance").into(), |day| format!("{label}, {day}").into())
}

fn minor(amount: Money) -> i128 {
    i128::from(amount.minor_units())
}

/// opening + lines = closing
fn by_itself(proof: &BalanceProof, period: Option<Period>) -> Result<Statement, ReportError> {
    let (Some(opening), Some(closing)) = (proof.opening, proof.closing) else {
        let entries = vec![
            Entry::Amount("Statement lines".into(), minor(proof.lines_total)),
            Entry::Note("No opening and closing balance is stated, so the"),
            Entry::Note("statement cannot be proved by itself."),
        ];
        return Ok((entries, None));
    };
    let gap = proof.statement_gap()?.unwrap_or(Money::zero(closing.currency()));
    let entries = vec![
        Entry::Amount(dated("Stated opening", period.map(|days| days.from)), minor(opening)),
        Entry::Amount("plus statement lines".into(), minor(proof.lines_total)),
        Entry::Total("Calculated closing balance".into(), minor(opening) + minor(proof.lines_total)),
        Entry::Result(dated("Stated closing", period.map(|days| days.to)), minor(closing)),
    ];
    let words = if gap.is_zero() {
        "holds: opening + lines = closing".to_owned()
    } else {
        format!("does NOT hold: difference {}", text::money(gap, true))
    };
    Ok((entries, Some(Outcome { holds: gap.is_zero(), words })))
}

/// lines − entries = lines outstanding − entries outstanding + adjustments
fn against_books(proof: &BalanceProof) -> Result<Statement, ReportError> {
    let unexplained = proof.unexplained()?;
    let (lines, entries) = (minor(proof.lines_total), minor(proof.entries_total));
    let (lines_open, entries_open) = (minor(proof.lines_outstanding), minor(proof.entries_outstanding));
    let adjustments = minor(proof.adjustments);
    let statement = vec![
        Entry::Amount("Statement lines".into(), lines),
        Entry::Amount("less ledger entries".into(), -entries),
        Entry::Total("Difference to explain".into(), lines - entries),
        Entry::Amount("Statement lines outstanding".into(), lines_open),
        Entry::Amount("less ledger entries outstanding".into(), -entries_open),
        Entry::Amount("plus adjustments".into(), adjustments),
        Entry::Result("Explained".into(), lines_open - entries_open + adjustments),
    ];
    let words = if unexplained.is_zero() {
        "holds: the difference is explained".to_owned()
    } else {
        format!("does NOT hold: {} unexplained", text::money(unexplained, true))
    };
    Ok((statement, Some(Outcome { holds: unexplained.is_zero(), words })))
}

/// Draws one statement between two edges; gives the y below it.
fn column(
    sheets: &mut Sheets<'_>,
    (from, to): (f32, f32),
    title: &str,
    currency: Currency,
    entries: &[Entry],
    outcome: &Option<Outcome>,
) -> f32 {
    let style = Style::regular(9.0);
    sheets.text(from, sheets.y + 8.0, title, Style::muted(8.0));
    sheets.rule(from, to, sheets.y + 12.0, 0.4, 0.5);
    sheets.y += 13.0;
    let amount_width = 105.0;
    for entry in entries {
        let baseline = sheets.y + 10.5;
        let (label, amount, style) = match entry {
            Entry::Amount(label, amount) => (label, *amount, style),
            Entry::Total(label, amount) | Entry::Result(label, amount) => {
                sheets.rule(to - 80.0, to, sheets.y + 1.0, 0.5, 0.0);
                (label, *amount, Style::semibold(9.0))
            }
            Entry::Note(note) => {
                sheets.text(from, baseline, note, Style::muted(8.0));
                sheets.y += 11.0;
                continue;
            }
        };
        sheets.text_fit(from, baseline, to - from - amount_width, label, style);
        sheets.number(to, baseline, amount_width - 5.0, &text::grouped(amount, currency), style);
        sheets.y += LEADING;
        if matches!(entry, Entry::Result(..)) {
            sheets.rule(to - 80.0, to, sheets.y + 0.2, 0.5, 0.0);
            sheets.rule(to - 80.0, to, sheets.y + 1.8, 0.5, 0.0);
        }
    }
    if let Some(outcome) = outcome {
        sheets.y += 5.0;
        let (mark, style) = if outcome.holds {
            ("✓", Style::regular(9.0))
        } else {
            sheets.fill(from, sheets.y, to - from, 16.0, 0.9);
            ("✗", Style::semibold(9.0))
        };
        sheets.text(from + 3.0, sheets.y + 11.0, mark, Style::semibold(10.0));
        sheets.text_fit(from + 16.0, sheets.y + 11.0, to - from - 18.0, &outcome.words, style);
        sheets.y += 18.0;
    }
    sheets.y
}
