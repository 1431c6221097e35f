//! Who decided what, and why; and what happened to the period.

use super::{
    Context,
    listings::DETAIL,
    sheet::{LEFT, Running, Sheets, Style},
};
use crate::{
    text,
    trail::{DecisionRow, SignOffRow},
};

const SMALL: Style = Style::regular(8.0);

/// Decisions of people, overrides first.
pub(super) fn section(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    if context.data.audit_head.is_none() {
        // Without a workbook nobody decides.
        return;
    }
    let decisions = &context.data.trail.decisions;
    let title = sheets.section("Decisions and overrides", 110.0);
    if decisions.counts.is_empty() && decisions.rows.is_empty() {
        sheets.paragraph("Nobody decided anything on these records, and neither did a policy.", Style::regular(9.0));
        return;
    }
    let counts: Vec<_> =
        decisions.counts.iter().map(|(what, number)| format!("{what}: {}", text::count(*number))).collect();
    sheets.paragraph(&format!("Decisions on matches of this report: {}.", counts.join(", ")), Style::regular(9.0));
    if decisions.rows.is_empty() {
        sheets.paragraph("None of them is a person's.", Style::muted(8.5));
        return;
    }
    let listed = decisions.rows.len() as u64;
    let words = if listed < decisions.total {
        format!("The first {} of {} decisions of people, ", text::count(listed), text::count(decisions.total))
    } else {
        "The decisions of people, ".to_owned()
    };
    sheets.paragraph(&format!("{words}those that override something first, then by time."), Style::muted(8.5));
    sheets.table(Running { title, columns: heads, carry: None });
    decisions.rows.iter().for_each(|row| decision(sheets, context, row));
    sheets.end_table();
}

/// Left edges: when, who, act, subject; right edge of the amount.
const WHO: f32 = 92.0;
const ACT: f32 = 180.0;
const SUBJECT: f32 = 254.0;
const AMOUNT: f32 = 499.276;

fn heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    let columns = [(0.0, "When"), (WHO, "Who"), (ACT, "What"), (SUBJECT, "Match · how it stood · reason")];
    for (x, title) in columns {
        sheets.text(sheets.at(x), sheets.y + 7.0, title, style);
    }
    sheets.text_right(sheets.right(), sheets.y + 7.0, "Amount", style);
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn decision(sheets: &mut Sheets<'_>, context: &Context<'_>, row: &DecisionRow) {
    let width = sheets.right() - sheets.at(SUBJECT);
    let reason = match row.reason.trim() {
        "" => "No reason was given.".to_owned(),
        reason => format!("“{reason}”"),
    };
    let mut detail = sheets.fonts.wrap(&row.change, width, Style::muted(7.0), 2);
    let told = detail.len();
    detail.extend(sheets.fonts.wrap(&reason, width, Style::regular(7.6), 6));
    let subject = sheets.fonts.wrap(&row.subject, sheets.wide(AMOUNT - SUBJECT - 70.0), SMALL, 4);
    let subject_height = subject.len().max(1) as f32 * 10.0 + 1.0;
    sheets.need(subject_height + detail.len() as f32 * DETAIL + 5.0);
    let baseline = sheets.y + 9.0;
    let style = if row.overrides { Style::semibold(8.0) } else { SMALL };
    sheets.text(LEFT, baseline, &text::minute(row.at), SMALL);
    sheets.text_fit(sheets.at(WHO), baseline, sheets.wide(ACT - WHO - 6.0), &row.by, SMALL);
    sheets.text_fit(sheets.at(ACT), baseline, sheets.wide(SUBJECT - ACT - 4.0), row.act, style);
    for (at, line) in subject.iter().enumerate() {
        sheets.text(sheets.at(SUBJECT), baseline + at as f32 * 10.0, line, SMALL);
    }
    sheets.number(sheets.right(), baseline, 64.0, &text::money(row.amount, context.coded), SMALL);
    sheets.y += subject_height;
    for (at, line) in detail.iter().enumerate() {
        let style = if at < told { Style::muted(7.0) } else { Style::regular(7.6) };
        sheets.text(sheets.at(SUBJECT), sheets.y + 7.5, line, style);
        sheets.y += DETAIL;
    }
    sheets.y += 2.5;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    sheets.y += 1.0;
}

/// What happened to the period up to its last signature.
pub(super) fn sign_off(sheets: &mut Sheets<'_>, context: &Context<'_>) {
    let rows = &context.data.trail.sign_off;
    if rows.is_empty() {
        return;
    }
    let title = sheets.section("Sign-off of the period", 60.0);
    sheets.table(Running { title, columns: sign_off_heads, carry: None });
    rows.iter().for_each(|row| sign_off_row(sheets, row));
    sheets.end_table();
}

fn sign_off_heads(sheets: &mut Sheets<'_>) {
    let style = Style::muted(7.5);
    for (x, title) in [(0.0, "When"), (WHO, "Who"), (ACT, "What"), (SUBJECT, "Content, SHA-256 · reason")] {
        sheets.text(sheets.at(x), sheets.y + 7.0, title, style);
    }
    sheets.rule(LEFT, sheets.right(), sheets.y + 11.0, 0.6, 0.2);
    sheets.y += 12.0;
}

fn sign_off_row(sheets: &mut Sheets<'_>, row: &SignOffRow) {
    let width = sheets.right() - sheets.at(SUBJECT);
    let reason = if row.reason.trim().is_empty() { String::new() } else { format!("“{}”", row.reason.trim()) };
    let detail = sheets.fonts.wrap(&reason, width, Style::regular(7.6), 4);
    sheets.need(11.0 + detail.len() as f32 * DETAIL + 5.0);
    let baseline = sheets.y + 9.0;
    sheets.text(LEFT, baseline, &text::minute(row.at), SMALL);
    sheets.text_fit(sheets.at(WHO), baseline, sheets.wide(ACT - WHO - 6.0), &row.by, SMALL);
    sheets.text_fit(sheets.at(ACT), baseline, sheets.wide(SUBJECT - ACT - 4.0), &row.act, Style::semibold(8.0));
    sheets.text_fit(sheets.at(SUBJECT), baseline, width, &row.content.to_string(), Style::muted(7.0));
    sheets.y += 11.0;
    for line in &detail {
        sheets.text(sheets.at(SUBJECT), sheets.y + 7.5, line, Style::regular(7.6));
        sheets.y += DETAIL;
    }
    sheets.y += 2.5;
    sheets.rule(LEFT, sheets.right(), sheets.y, 0.3, 0.75);
    sheets.y += 1.0;
}
