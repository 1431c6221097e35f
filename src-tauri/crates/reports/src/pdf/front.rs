//! The first page: whose report it is, what must be said before anything else, and the key figures.

use super::{
    Context, ReportError,
    font::Weight,
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{
    data::{RowStatus, SignatureNote},
    sums::Sums,
    text,
};

/// Title and the facts of the report.
pub(super) fn title(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let data = context.data;
    let (right, width) = (sheets.right(), sheets.width());
    sheets.text(LEFT, sheets.y + 6.0, data.layout.parts.title(), Style::muted(10.0));
    sheets.text_right(right, sheets.y + 6.0, "Tieout", Style::semibold(10.0));
    sheets.y += 16.0;
    let company = if data.company.is_empty() { "Company not named" } else { &data.company };
    for line in sheets.fonts.wrap(company, width, Style::semibold(23.0), 2) {
        sheets.text(LEFT, sheets.y + 21.0, &line, Style::semibold(23.0));
        sheets.y += 27.0;
    }
    for line in sheets.fonts.wrap(&headline(context), width, Style::regular(11.0), 3) {
        sheets.text(LEFT, sheets.y + 11.0, &line, Style::regular(11.0));
        sheets.y += 15.0;
    }
    sheets.y += 6.0;
    sheets.rule(LEFT, right, sheets.y, 1.2, 0.0);
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
    let width = sheets.width() / 3.0;
    for row in facts.chunks(3) {
        for (x, (label, value)) in columns(width).zip(row) {
            sheets.text(x, sheets.y + 7.0, label, Style::muted(7.5));
            sheets.text_fit(x, sheets.y + 18.5, width - 12.0, value, Style::regular(9.5));
        }
        sheets.y += 28.0;
    }
}

/// Who signed what, of a signed period; of days that nobody signed, that.
pub(super) fn signed_period(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let data = context.data;
    let Some(signed) = &data.signed else {
        if data.audit_head.is_some() {
            sheets.heading("Signatures of the period", 20.0);
            sheets.paragraph(
                "None: these days are not signed off. The report shows them as they stood when it was made.",
                Style::regular(9.0),
            );
        }
        return;
    };
    sheets.heading("Signatures of the period", 60.0);
    let state = format!("The period is {}. This report is made from what was signed.", signed.state);
    sheets.paragraph(&state, Style::regular(9.0));
    sheets.table(Running { title: "Signatures of the period".to_owned(), columns: signature_columns, carry: None });
    signed.signatures.iter().for_each(|note| signature_row(sheets, note));
    sheets.end_table();
    sheets.y += 5.0;
    sheets.paragraph(&format!("Content that was signed, SHA-256 {}", signed.content), Style::muted(8.5));
    sheets.paragraph(
        "Only causes and explanations of records in no match are those known when this report was made.",
        Style::muted(8.5),
    );
    for (title, sentences) in [("Stated by hand", &signed.by_hand), ("Besides, and since then", &signed.since)] {
        if sentences.is_empty() {
            continue;
        }
        sheets.heading(title, 14.0);
        sentences.iter().for_each(|sentence| sheets.paragraph(sentence, Style::regular(9.0)));
    }
    sheets.y += 5.0;
}

fn signature_columns(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    let right = sheets.right();
    for (x, title) in SIGNATURES.into_iter().zip(["", "By", "When", ""]) {
        sheets.text(sheets.at(x), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, right, sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

/// Left edges of the columns: act, name, time, remark.
const SIGNATURES: [f32; 4] = [0.0, 90.0, 250.0, 375.0];

fn signature_row(sheets: &mut Sheets<'_>, note: &SignatureNote) {
    sheets.need(15.0);
    let alone = if note.single_user { "single-user workbook" } else { "" };
    let at = text::moment(note.at);
    let words: [&str; 4] = [note.act, &note.name, &at, alone];
    let ends = SIGNATURES.into_iter().skip(1).chain([499.0]);
    for ((from, to), (column, words)) in SIGNATURES.into_iter().zip(ends).zip(words.into_iter().enumerate()) {
        let style = if column == 0 { Style::semibold(9.0) } else { Style::regular(9.0) };
        sheets.text_fit(sheets.at(from), sheets.y + 10.5, sheets.wide(to - from - 6.0), words, style);
    }
    sheets.y += 14.5;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
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
    notices.extend(data.layout.privacy.sentence());
    let style = Style::regular(9.0);
    for notice in notices {
        let lines = sheets.fonts.wrap(&notice, sheets.width() - 24.0, style, 3);
        let height = 9.0 + lines.len() as f32 * 12.0;
        sheets.need(height + 5.0);
        sheets.fill(LEFT, sheets.y, sheets.width(), height, 0.94);
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
    let (right, width) = (sheets.right(), sheets.width() / 5.0);
    sheets.rule(LEFT, right, sheets.y, 0.4, 0.7);
    for (x, (label, value)) in columns(width).zip(tiles) {
        let natural = sheets.fonts.width(&value, Weight::Semibold, 15.0).max(1.0);
        let size = 15.0_f32.min(15.0 * (width - 14.0) / natural);
        sheets.text(x, sheets.y + 22.0, &value, Style::semibold(size));
        sheets.text_fit(x, sheets.y + 35.0, width - 10.0, label, Style::muted(7.5));
    }
    sheets.y += 44.0;
    sheets.rule(LEFT, right, sheets.y, 0.4, 0.7);
    Ok(())
}

/// Left edges of columns of equal width.
fn columns(width: f32) -> impl Iterator<Item = f32> {
    (0_u8..).map(move |column| LEFT + width * f32::from(column))
}
