//! The balance proof, laid out as a statement.

use tieout_domain::{BalanceProof, Currency, Money};

use super::{
    Context, ReportError,
    sheet::{LEFT, RIGHT, Sheets, Style},
};
use crate::text;

const GUTTER: f32 = 26.0;
const LEADING: f32 = 14.0;

/// One line of a statement.
enum Entry {
    Amount(&'static str, i128),
    Total(&'static str, i128),
    Result(&'static str, i128),
    Note(&'static str),
}

/// Whether the statement at the foot of a column is true.
struct Outcome {
    holds: bool,
    words: String,
}

/// One statement an account: the statement by itself, and against the ledger.
pub(super) fn section(sheets: &mut Sheets<'_>, context: &Context<'_>) -> Result<(), ReportError> {
    sheets.section("1  Balance proof", 150.0);
    if context.data.proofs.is_empty() {
        sheets.paragraph("No account was given to prove.", Style::regular(9.0));
        return Ok(());
    }
    for account in &context.data.proofs {
        let proof = &account.proof;
        let currency = proof.lines_total.currency();
        sheets.need(155.0);
        let name = if account.account.is_empty() { "All records" } else { &account.account };
        sheets.text_fit(
            LEFT,
            sheets.y + 9.0,
            RIGHT - LEFT,
            &format!("{name} · amounts in {}", named(currency)),
            Style::semibold(9.5),
        );
        sheets.y += 18.0;
        let top = sheets.y;
        let middle = f32::midpoint(LEFT, RIGHT);
        let (entries, outcome) = by_itself(proof)?;
        let left = column(sheets, (LEFT, middle - GUTTER / 2.0), "Statement", currency, &entries, &outcome);
        sheets.y = top;
        let (entries, outcome) = against_books(proof)?;
        let right =
            column(sheets, (middle + GUTTER / 2.0, RIGHT), "Statement against ledger", currency, &entries, &outcome);
        sheets.y = left.max(right) + 10.0;
    }
    Ok(())
}

fn named(currency: Currency) -> String {
    if currency.is_none() { "a currency that the files do not name".to_owned() } else { currency.to_string() }
}

fn minor(amount: Money) -> i128 {
    i128::from(amount.minor_units())
}

/// opening + lines = closing
fn by_itself(proof: &BalanceProof) -> Result<(Vec<Entry>, Option<Outcome>), ReportError> {
    let (Some(opening), Some(closing)) = (proof.opening, proof.closing) else {
        let entries = vec![
            Entry::Amount("Statement lines", minor(proof.lines_total)),
            Entry::Note("No opening and closing balance is stated, so the"),
            Entry::Note("statement cannot be proved by itself."),
        ];
        return Ok((entries, None));
    };
    let gap = proof.statement_gap()?.unwrap_or(Money::zero(closing.currency()));
    let entries = vec![
        Entry::Amount("Stated opening balance", minor(opening)),
        Entry::Amount("plus statement lines", minor(proof.lines_total)),
        Entry::Total("Calculated closing balance", minor(opening) + minor(proof.lines_total)),
        Entry::Result("Stated closing balance", minor(closing)),
    ];
    let words = if gap.is_zero() {
        "holds: opening + lines = closing".to_owned()
    } else {
        format!("does NOT hold: difference {}", text::money(gap, true))
    };
    Ok((entries, Some(Outcome { holds: gap.is_zero(), words })))
}

/// lines − entries = lines outstanding − entries outstanding + adjustments
fn against_books(proof: &BalanceProof) -> Result<(Vec<Entry>, Option<Outcome>), ReportError> {
    let unexplained = proof.unexplained()?;
    let (lines, entries) = (minor(proof.lines_total), minor(proof.entries_total));
    let (lines_open, entries_open) = (minor(proof.lines_outstanding), minor(proof.entries_outstanding));
    let adjustments = minor(proof.adjustments);
    let statement = vec![
        Entry::Amount("Statement lines", lines),
        Entry::Amount("less ledger entries", -entries),
        Entry::Total("Difference to explain", lines - entries),
        Entry::Amount("Statement lines outstanding", lines_open),
        Entry::Amount("less ledger entries outstanding", -entries_open),
        Entry::Amount("plus adjustments", adjustments),
        Entry::Result("Explained", lines_open - entries_open + adjustments),
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
        let (label, amount, style) = match *entry {
            Entry::Amount(label, amount) => (label, amount, style),
            Entry::Total(label, amount) | Entry::Result(label, amount) => {
                sheets.rule(to - 80.0, to, sheets.y + 1.0, 0.5, 0.0);
                (label, amount, Style::semibold(9.0))
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
