//! The first page: whose report it is, what must be said before anything else, and the key figures.

use super::{
    Context, ReportError,
    font::Weight,
    sheet::{LEFT, RIGHT, Sheets, Style},
};
use crate::{
    data::{RowStatus, SignatureNote},
    tables::Sums,
    text,
};

/// Title and the facts of the report.
pub(super) fn title(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let data = context.data;
    sheets.text(LEFT, sheets.y + 6.0, "Reconciliation report", Style::muted(10.0));
    sheets.text_right(RIGHT, sheets.y + 6.0, "Tieout", Style::semibold(10.0));
    sheets.y += 16.0;
    let company = if data.company.is_empty() { "Company not named" } else { &data.company };
    for line in sheets.fonts.wrap(company, RIGHT - LEFT, Style::semibold(23.0), 2) {
        sheets.text(LEFT, sheets.y + 21.0, &line, Style::semibold(23.0));
        sheets.y += 27.0;
    }
    for line in sheets.fonts.wrap(&headline(context), RIGHT - LEFT, Style::regular(11.0), 3) {
        sheets.text(LEFT, sheets.y + 11.0, &line, Style::regular(11.0));
        sheets.y += 15.0;
    }
    sheets.y += 6.0;
    sheets.rule(LEFT, RIGHT, sheets.y, 1.2, 0.0);
    sheets.y += 10.0;
    facts(sheets, context);
}

/// `Main account · 2024-01-01 to 2024-01-31`.
fn headline(context: &Context<'_>) -> String {
    let accounts = context.data.accounts.join(", ");
    match (accounts.is_empty(), period(context)) {
        (true, period) => period,
        (false, period) => format!("{accounts} · {period}"),
    }
}

fn period(context: &Context<'_>) -> String {
    context.data.period.map_or_else(|| "all records".to_owned(), |period| format!("{} to {}", period.from, period.to))
}

/// What stands at the foot of every page.
pub(super) fn footer(context: &Context<'_>) -> String {
    let company = &context.data.company;
    if company.is_empty() { period(context) } else { format!("{company} · {}", period(context)) }
}

fn facts(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let data = context.data;
    let prepared = if data.prepared_by.is_empty() { "not named" } else { &data.prepared_by };
    let approved = data.approved_by.as_deref().unwrap_or("not approved yet");
    let currency = context.currency.clone().unwrap_or_else(|| {
        if context.coded { "several; shown beside each amount".to_owned() } else { "not named".to_owned() }
    });
    let facts = [
        ("Prepared by", prepared.to_owned()),
        ("Approved by", approved.to_owned()),
        ("Generated at", text::moment(data.generated_at)),
        ("Profile", data.profile.as_str().to_owned()),
        ("Currency", currency),
        ("Engine version", data.engine_version.clone()),
    ];
    let width = (RIGHT - LEFT) / 3.0;
    for row in facts.chunks(3) {
        for (x, (label, value)) in columns(width).zip(row) {
            sheets.text(x, sheets.y + 7.0, label, Style::muted(7.5));
            sheets.text_fit(x, sheets.y + 18.5, width - 12.0, value, Style::regular(9.5));
        }
        sheets.y += 28.0;
    }
}

/// Who signed what, of a signed period.
pub(super) fn signed_period(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let Some(signed) = &context.data.signed else { return };
    let style = Style::regular(9.0);
    let signature = |note: &SignatureNote| {
        let alone = if note.single_user { " (single-user workbook)" } else { "" };
        format!("{} by {}, {}{alone}", note.act, note.name, text::moment(note.at))
    };
    let mut lines = vec![format!("This report is made from what was signed. The period is {}.", signed.state)];
    lines.extend(signed.signatures.iter().map(signature));
    lines.push(format!("Content (SHA-256) {}", signed.content));
    lines.extend(signed.by_hand.iter().chain(&signed.since).cloned());
    sheets.need(60.0);
    sheets.text(LEFT, sheets.y + 8.0, "Signatures of the period", Style::semibold(9.5));
    sheets.y += 14.0;
    for line in lines {
        for part in sheets.fonts.wrap(&line, RIGHT - LEFT, style, 4) {
            sheets.need(12.0);
            sheets.text(LEFT, sheets.y + 9.0, &part, style);
            sheets.y += 12.0;
        }
    }
    sheets.y += 8.0;
}

/// What a reader must know before trusting the figures.
pub(super) fn notices(sheets: &mut Sheets<'_>, context: &Context<'_>) -> Result<(), ReportError> {
    let data = context.data;
    let mut notices = Vec::new();
    for account in &data.proofs {
        if !account.proof.holds()? {
            notices.push(format!("The balance proof of {} does NOT hold: see section 1.", account.account));
        }
    }
    if let Some(difference) = data.signed.as_ref().and_then(|signed| signed.difference.as_ref()) {
        notices.push(format!(
            "The records are no longer what was signed: {difference}. This report says what was signed."
        ));
    }
    if data.single_user {
        notices.push("Single-user workbook: preparer and reviewer are the same person.".to_owned());
    } else if data.approved_by.as_ref().is_some_and(|name| *name == data.prepared_by) {
        notices.push("Preparer and approver carry the same name.".to_owned());
    }
    if data.signer.as_ref().is_some_and(|signer| signer.one_time) {
        notices.push(
            "Signed with a one-time identity: the signature proves that this file is unchanged, not who made it."
                .to_owned(),
        );
    }
    let style = Style::regular(9.0);
    for notice in notices {
        let lines = sheets.fonts.wrap(&notice, RIGHT - LEFT - 24.0, style, 3);
        let height = 9.0 + lines.len() as f32 * 12.0;
        sheets.need(height + 5.0);
        sheets.fill(LEFT, sheets.y, RIGHT - LEFT, height, 0.94);
        sheets.fill(LEFT, sheets.y, 3.0, height, 0.25);
        let mut baseline = sheets.y + 13.0;
        for line in lines {
            sheets.text(LEFT + 13.0, baseline, &line, style);
            baseline += 12.0;
        }
        sheets.y += height + 5.0;
    }
    Ok(())
}

/// The five figures a reader looks for first.
pub(super) fn figures(sheets: &mut Sheets<'_>, context: &Context<'_>) -> Result<(), ReportError> {
    let summary = context.data.tables.summary();
    let open = summary.of(RowStatus::Suggested).rows + summary.of(RowStatus::Ambiguous).rows;
    let unmatched = summary.unmatched_lines.rows + summary.unmatched_entries.rows;
    let mut unexplained = Sums::default();
    for account in &context.data.proofs {
        // Without signs: gaps of two accounts must not hide each other.
        unexplained.add_magnitude(account.proof.unexplained()?);
    }
    let tiles = [
        ("Match rate (lines)", text::percent(summary.match_rate())),
        ("Matched automatically", text::percent(summary.automatic_rate())),
        ("Matches to review", text::count(open)),
        ("Unmatched records", text::count(unmatched)),
        ("Unexplained difference", text::sums(&unexplained).join(", ")),
    ];
    sheets.y += 4.0;
    sheets.need(52.0);
    let width = (RIGHT - LEFT) / 5.0;
    sheets.rule(LEFT, RIGHT, sheets.y, 0.4, 0.7);
    for (x, (label, value)) in columns(width).zip(tiles) {
        let natural = sheets.fonts.width(&value, Weight::Semibold, 15.0).max(1.0);
        let size = 15.0_f32.min(15.0 * (width - 14.0) / natural);
        sheets.text(x, sheets.y + 22.0, &value, Style::semibold(size));
        sheets.text_fit(x, sheets.y + 35.0, width - 10.0, label, Style::muted(7.5));
    }
    sheets.y += 44.0;
    sheets.rule(LEFT, RIGHT, sheets.y, 0.4, 0.7);
    Ok(())
}

/// Left edges of columns of equal width.
fn columns(width: f32) -> impl Iterator<Item = f32> {
    (0_u8..).map(move |column| LEFT + width * f32::from(column))
}
