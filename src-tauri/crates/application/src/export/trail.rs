//! What a report tells of how its figures came about: decisions, signatures, events, and how good the files were. Of a
//! signed period nothing that came after.

use std::{cmp::Reverse, collections::BTreeMap};

use jiff::Timestamp;
use tieout_domain::{
    AuditEvent, BatchState, Decider, Decision, Diagnostic, Period, Severity, Side, ValidationReport, ValidationStep,
    Verdict,
};
use tieout_reports::{
    AuditExtract, AuditRow, DecisionRow, Decisions, FileFact, FileQuality, IssueRow, Layout, SignOffRow,
};
use tieout_statements::Reading;
use tieout_workbook::{Account, Batch, DecisionRecord, MatchDetail, MatchSummary, ProofRange, Workbook};

use crate::{ApplicationError, signed_report::SignedBasis, validation::stored};

/// Events that are listed unless all rows are wanted.
const EVENTS_LISTED_MAX: u64 = 150;
/// Values not as expected that are listed of a file unless all rows are wanted.
const ISSUES_LISTED_MAX: usize = 50;
/// Events read at a time.
const PAGE: u32 = 500;

/// Decisions on the matches of a report, gathered match by match.
#[derive(Debug, Clone, Default)]
pub(super) struct GatheredDecisions {
    rows: Vec<DecisionRow>,
    counts: BTreeMap<(u8, String), u64>,
}

impl GatheredDecisions {
    /// Takes a match's decisions, of a signed period those that were taken before it was signed.
    pub(super) fn take(&mut self, detail: &MatchDetail, signed: Option<&SignedBasis>) {
        let known = |made: &&DecisionRecord| signed.is_none_or(|signed| signed.came_before(&made.decision));
        for made in detail.decisions.iter().filter(known) {
            let (rank, act) = act_of(&made.decision, &detail.summary);
            let counted = match &made.decision.decided_by {
                Decider::Policy { version } => (0, format!("{act} by policy {version}")),
                Decider::Person(_) => (rank, format!("{act}{}", if rank == 1 { " by people" } else { "" })),
            };
            *self.counts.entry(counted).or_default() += 1;
            if matches!(made.decision.decided_by, Decider::Person(_)) {
                self.rows.push(decision_row(made, detail, (rank, act)));
            }
        }
    }

    /// All of them, those that override something first.
    pub(super) fn finish(mut self, listed_max: usize) -> Decisions {
        let total = self.rows.len() as u64;
        self.rows.sort_by(|left, right| {
            let key = |row: &DecisionRow| (Reverse(row.overrides), row.at);
            key(left).cmp(&key(right)).then_with(|| left.subject.cmp(&right.subject))
        });
        self.rows.truncate(listed_max);
        let counts = self.counts.into_iter().map(|((_, what), number)| (what, number)).collect();
        Decisions { rows: self.rows, counts, total }
    }
}

/// What a decision was, in the order in which kinds are counted.
fn act_of(decision: &Decision, summary: &MatchSummary) -> (u8, &'static str) {
    match decision.verdict {
        Verdict::Approve if summary.run.is_none() => (2, "matched by hand"),
        Verdict::Approve => (1, "approved"),
        Verdict::Override => (3, "overridden"),
        Verdict::Reject => (4, "rejected"),
        Verdict::Undo => (5, "taken back"),
    }
}

fn decision_row(made: &DecisionRecord, detail: &MatchDetail, (rank, act): (u8, &'static str)) -> DecisionRow {
    let row = &detail.row;
    let decision = &made.decision;
    let earlier = decision.supersedes.and_then(|id| detail.decisions.iter().find(|other| other.decision.id == id));
    let before = match earlier {
        Some(earlier) => {
            let (_, act) = act_of(&earlier.decision, &detail.summary);
            format!("{act} by {} on {}", earlier.by, day(earlier.decision.decided_at_ms))
        }
        None if rank == 2 => "in no match of these".to_owned(),
        None => format!("proposed with confidence {}", short(&detail.summary.confidence.to_string())),
    };
    let after = match decision.verdict {
        Verdict::Approve => format!("approved, {}", shape(row.lines, row.entries)),
        Verdict::Override => "replaced by a match by hand".to_owned(),
        Verdict::Reject => "rejected, not proposed again".to_owned(),
        Verdict::Undo => "holds no longer".to_owned(),
    };
    let adjusted: Vec<_> = match decision.verdict {
        Verdict::Approve => detail.summary.adjustments.as_slice(),
        _ => &[],
    }
    .iter()
    .map(|adjustment| format!("{} {}", adjustment.cause.as_str().replace('_', " "), adjustment.amount))
    .collect();
    let adjusted = if adjusted.is_empty() { String::new() } else { format!("; accepted: {}", adjusted.join(", ")) };
    let subject: Vec<_> = [&row.title, &row.subtitle].into_iter().map(|text| text.trim()).collect();
    DecisionRow {
        at: moment(decision.decided_at_ms),
        by: made.by.clone(),
        act,
        overrides: rank > 1,
        subject: subject.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
        amount: row.amount,
        change: format!("{before} → {after}{adjusted}"),
        reason: decision.reason.clone(),
    }
}

fn shape(lines: u64, entries: u64) -> String {
    let counted = |number, one: &str, many: &str| format!("{number} {}", if number == 1 { one } else { many });
    format!("{} with {}", counted(lines, "line", "lines"), counted(entries, "entry", "entries"))
}

/// Four decimals of a confidence.
fn short(confidence: &str) -> &str {
    confidence.get(..6).unwrap_or(confidence)
}

fn moment(at_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(at_ms).unwrap_or_default()
}

fn day(at_ms: i64) -> String {
    moment(at_ms).strftime("%Y-%m-%d").to_string()
}

/// What happened to the period of these days, oldest first: of a signed one up to its last signature.
pub(super) fn sign_off(
    workbook: &Workbook,
    account: &Account,
    range: ProofRange,
    signed: Option<&SignedBasis>,
) -> Result<Vec<SignOffRow>, ApplicationError> {
    let last = signed.map_or(i64::MAX, SignedBasis::last_signed_at_ms);
    let periods = workbook.periods(account.id)?;
    let of_these_days = |days: Period| range == ProofRange { from: Some(days.from), to: Some(days.to) };
    let Some(period) = periods.into_iter().find(|period| of_these_days(period.days)) else { return Ok(Vec::new()) };
    let mut events = workbook.period_events(period.id)?;
    events.reverse();
    let told = events.into_iter().filter(|event| event.at_ms <= last).map(|event| {
        let causes: Vec<_> = event.causes.iter().map(|cause| cause.change.as_str().replace('_', " ")).collect();
        let reason = if causes.is_empty() { event.reason } else { causes.join(", ") };
        let act = event.kind.as_str().replace('_', " ");
        SignOffRow { at: moment(event.at_ms), by: event.by, act, reason, content: event.content }
    });
    Ok(told.collect())
}

/// The newest events of the chain; of a signed period, up to its last signature.
pub(super) fn audit(
    workbook: &Workbook,
    signed: Option<&SignedBasis>,
    layout: Layout,
) -> Result<AuditExtract, ApplicationError> {
    let head = workbook.audit_head().sequence;
    let through = match signed {
        Some(signed) => signed.last_event(workbook)?.unwrap_or(head),
        None => head,
    };
    let wanted = if layout.all_rows { through } else { through.min(EVENTS_LISTED_MAX) };
    let mut rows = Vec::new();
    while (rows.len() as u64) < wanted {
        let left = wanted - rows.len() as u64;
        let limit = u32::try_from(left).unwrap_or(PAGE).min(PAGE);
        let page = workbook.audit_page(head - through + rows.len() as u64, limit)?;
        if page.events.is_empty() {
            break;
        }
        rows.extend(page.events.into_iter().map(audit_row));
    }
    rows.reverse();
    Ok(AuditExtract { rows, through })
}

fn audit_row(event: AuditEvent) -> AuditRow {
    let AuditEvent { sequence, at_ms, actor, machine, action, subject, details, hash, .. } = event;
    AuditRow { sequence, at: moment(at_ms), actor, machine, action, subject, details, hash }
}

/// Completed imports of the account's statements and of all ledgers, oldest first; of a signed period those that were
/// there when it was signed.
pub(super) fn batches(
    workbook: &Workbook,
    account: &Account,
    signed: Option<&SignedBasis>,
) -> Result<Vec<Batch>, ApplicationError> {
    let known = |batch: &Batch| signed.is_none_or(|signed| batch.started_at_ms <= signed.signed_at_ms());
    let batches = workbook.list_batches()?.into_iter().rev().filter(|batch| {
        batch.state == BatchState::Completed
            && (batch.side == Side::Ledger || batch.account == Some(account.id))
            && known(batch)
    });
    Ok(batches.collect())
}

/// A file as the report names it.
pub(super) fn file_fact(batch: &Batch) -> FileFact {
    FileFact {
        name: batch.file_name.clone(),
        sha256: batch.file_hash,
        side: batch.side,
        rows: batch.added + batch.duplicates + batch.rejected,
    }
}

/// What is known of the quality of a file that was read without a workbook.
pub(crate) fn quality_of_reading(file: &str, side: Side, reading: &Reading, found: &[Diagnostic]) -> FileQuality {
    let rejected = u64::from(reading.rows_rejected);
    FileQuality {
        file: file.to_owned(),
        side,
        added: u64::from(reading.rows_read) - rejected,
        duplicates: 0,
        rejected,
        score: None,
        parts: Vec::new(),
        findings: Vec::new(),
        issues: found.iter().take(ISSUES_LISTED_MAX).map(issue).collect(),
        issues_total: found.len() as u64,
    }
}

fn issue(found: &Diagnostic) -> IssueRow {
    IssueRow {
        row: found.row,
        column: found.column.clone().unwrap_or_default(),
        value: found.value.clone(),
        expected: found.expected.to_string(),
        error: found.severity == Severity::Error,
    }
}

/// What is known of the quality of a file.
pub(super) fn quality(workbook: &Workbook, batch: &Batch, layout: Layout) -> Result<FileQuality, ApplicationError> {
    let report = workbook.validation_report(batch.id)?.as_deref().and_then(stored::from_text);
    let issues = workbook.batch_report(batch.id)?;
    let issues_total = issues.len() as u64;
    let listed_max = if layout.all_rows { usize::MAX } else { ISSUES_LISTED_MAX };
    let findings = |report: &ValidationReport| {
        // What is wrong with single values is listed row by row.
        let steps = report.steps.iter().filter(|step| step.step != ValidationStep::Types);
        steps.flat_map(|step| &step.findings).map(|finding| finding.message.to_string()).collect()
    };
    Ok(FileQuality {
        file: batch.file_name.clone(),
        side: batch.side,
        added: batch.added,
        duplicates: batch.duplicates,
        rejected: batch.rejected,
        score: batch.quality,
        parts: report.as_ref().map_or_else(Vec::new, |report| {
            report.parts.iter().map(|part| (part.name.to_owned(), part.points, part.of)).collect()
        }),
        findings: report.as_ref().map(findings).unwrap_or_default(),
        issues: issues.iter().take(listed_max).map(issue).collect(),
        issues_total,
    })
}
