//! Records, matches and exceptions of a workbook as reports have them.

use std::borrow::Cow;

use tieout_domain::{MatchStatus, Money, RootCause, Side};
use tieout_reports::{ExceptionRow, MatchRow, RecordPart, RecordRow, RowStatus};
use tieout_workbook::{Acceptance, MatchDetail, Record, UNSEEN_RECORD, Workbook};

use crate::{ApplicationError, cause_words, wording};

pub(crate) fn record_row(record: Record) -> RecordRow<'static> {
    match record {
        Record::Line(line) => RecordRow {
            side: Side::Statement,
            source_file: Cow::Owned(line.file_name),
            source_row: line.line.source.row,
            record_id: Cow::Owned(line.line.record_id),
            date: line.line.date,
            counterparty: Cow::Owned(line.line.counterparty),
            reference: Cow::Owned(first_of(line.line.reference, line.line.description)),
            amount: line.line.amount,
        },
        Record::Entry(entry) => RecordRow {
            side: Side::Ledger,
            source_file: Cow::Owned(entry.file_name),
            source_row: entry.entry.source.row,
            record_id: Cow::Owned(entry.entry.record_id),
            date: entry.entry.date,
            counterparty: Cow::Owned(entry.entry.counterparty),
            reference: Cow::Owned(first_of(entry.entry.number, entry.entry.reference)),
            amount: entry.entry.amount,
        },
    }
}

fn first_of(wanted: String, otherwise: String) -> String {
    if wanted.is_empty() { otherwise } else { wanted }
}

pub(super) fn match_row(detail: MatchDetail) -> Result<MatchRow<'static>, ApplicationError> {
    let summary = detail.summary;
    let status = match summary.status {
        MatchStatus::Approved if summary.by_policy => RowStatus::Auto,
        MatchStatus::Approved => RowStatus::Approved,
        MatchStatus::Ambiguous => RowStatus::Ambiguous,
        MatchStatus::Suggested | MatchStatus::Rejected | MatchStatus::Superseded => RowStatus::Suggested,
    };
    let currency = detail.row.amount.currency();
    Ok(MatchRow {
        id: Cow::Owned(summary.id.to_string()),
        kind: summary.kind,
        status,
        confidence: summary.confidence,
        cause: summary.cause,
        impact: Money::total(summary.adjustments.iter().map(|adjustment| adjustment.amount), currency)?,
        explanation: Cow::Owned(wording::of_match(summary.finding.as_ref(), &summary.explanation)),
        adjustments: summary.adjustments,
        parts: detail
            .records
            .into_iter()
            .map(|(record, leg)| RecordPart {
                record: record_row(record),
                amount_applied: leg.amount_applied,
                amount_settled: leg.amount_settled,
            })
            .collect(),
    })
}

/// A report lists what the policy accepted as outstanding, as it is, and says so.
fn with_acceptance(accepted: Option<&Acceptance>, explanation: String) -> String {
    match accepted {
        Some(of) => {
            let (version, cause) = (of.policy_version, of.cause.as_str().replace('_', " "));
            format!("Accepted by policy {version} ({cause} of {}). {explanation}", of.impact)
        }
        None => explanation,
    }
}

/// `by`: what was accepted or told of it later is left out, in milliseconds since 1970-01-01 UTC.
pub(super) fn exception_row(
    workbook: &Workbook,
    record: Record,
    rest: Money,
    by: i64,
) -> Result<ExceptionRow<'static>, ApplicationError> {
    let detail = workbook.record_detail(record.reference())?;
    let found = detail.exception.as_ref().map_or(RootCause::None, |exception| exception.cause);
    let (explanation, finding) = match detail.exception {
        Some(exception) => {
            let accepted = exception.accepted.as_ref().filter(|accepted| accepted.accepted_at_ms <= by);
            (with_acceptance(accepted, exception.explanation), exception.finding)
        }
        None => (UNSEEN_RECORD.to_owned(), None),
    };
    // What was found stays to be seen, after what a person told of it.
    let (cause, explanation) = match workbook.timing_of(record.reference())? {
        Some(timing) if timing.told_at_ms <= by => (detail.row.cause, timing.before(&explanation)),
        Some(_) => (found, explanation),
        None => (detail.row.cause, explanation),
    };
    let impact = if rest.minor_units() < 0 { rest.checked_neg()? } else { rest };
    Ok(ExceptionRow {
        record: record_row(record),
        cause,
        impact,
        confidence: finding.as_ref().map(|finding| finding.confidence),
        fix: Cow::Owned(finding.map(|finding| cause_words::fix(&finding.fix)).unwrap_or_default()),
        explanation: Cow::Owned(explanation),
    })
}

/// A record that stands in a match and is outstanding all the same, and why.
pub(super) fn held_row(
    record: Record,
    rest: Money,
    why: &'static str,
) -> Result<ExceptionRow<'static>, ApplicationError> {
    let impact = if rest.minor_units() < 0 { rest.checked_neg()? } else { rest };
    Ok(ExceptionRow {
        record: record_row(record),
        cause: RootCause::None,
        impact,
        confidence: None,
        fix: Cow::Borrowed(""),
        explanation: Cow::Borrowed(why),
    })
}
