//! Queue, bench and decisions.

use tieout_application as application;
use tieout_domain::{Adjustment, Confidence, Evidence, Job, MatchStatus, Posting};

use super::{all, amounts, at, count, iso, month};
use crate::{
    AdjustmentView, AlternativeView, ApproveAboveView, DecisionOutcome, DecisionView, EvidenceView, JobView,
    OpenRecordsView, QueueCounts, QueueRow, QueueView, RecordView, ReviewDetail, RowState, SideView,
};

/// In percent with one decimal, rounded down, so that 100.0 means certain.
fn percent(confidence: Confidence) -> String {
    let tenths = confidence.ppm() / 1_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

impl From<application::RowState> for RowState {
    fn from(state: application::RowState) -> Self {
        match state {
            application::RowState::UnmatchedLine => Self::UnmatchedLine,
            application::RowState::UnmatchedEntry => Self::UnmatchedEntry,
            application::RowState::Match { status, by_policy } => match status {
                MatchStatus::Suggested => Self::Suggested,
                MatchStatus::Ambiguous => Self::Ambiguous,
                MatchStatus::Approved if by_policy => Self::AutoApproved,
                MatchStatus::Approved => Self::Approved,
                MatchStatus::Rejected | MatchStatus::Superseded => Self::Rejected,
            },
        }
    }
}

impl From<application::QueueRow> for QueueRow {
    fn from(row: application::QueueRow) -> Self {
        Self {
            id: row.id,
            state: row.state.into(),
            date: iso(row.date),
            title: row.title,
            subtitle: row.subtitle,
            amount: row.amount.into(),
            difference: row.difference.map(Into::into),
            lines: row.lines,
            entries: row.entries,
            confidence: row.confidence.map(percent),
            cause: row.cause.as_str().to_owned(),
            alternatives: row.alternatives,
            owner: row.noted.owner,
            snoozed_until: iso(row.noted.snoozed_until),
            expected_on: iso(row.noted.expected_on),
            overdue: row.noted.overdue,
            comments: count(row.noted.comments),
            evidence: count(row.noted.evidence),
        }
    }
}

impl From<application::QueueCounts> for QueueCounts {
    fn from(counts: application::QueueCounts) -> Self {
        Self {
            to_review: count(counts.to_review),
            suggested: count(counts.suggested),
            unmatched_lines: count(counts.unmatched_lines),
            unmatched_entries: count(counts.unmatched_entries),
            approved: count(counts.approved),
            rejected: count(counts.rejected),
            snoozed: count(counts.snoozed),
        }
    }
}

impl From<application::QueuePage> for QueueView {
    fn from(page: application::QueuePage) -> Self {
        Self {
            rows: all(page.rows),
            total: count(page.total),
            counts: page.counts.into(),
            undoable: page.undoable.map(Into::into),
            redoable: page.redoable.map(Into::into),
        }
    }
}

impl From<application::RecordFacts> for RecordView {
    fn from(record: application::RecordFacts) -> Self {
        let (id, side) = match record.id {
            application::RecordId::Line(id) => (id.to_string(), SideView::Statement),
            application::RecordId::Entry(id) => (id.to_string(), SideView::Ledger),
        };
        Self {
            id,
            side,
            kind: record.kind.map_or("line", |kind| kind.as_str()).to_owned(),
            date: iso(record.date),
            second_date: iso(record.second_date),
            amount: record.amount.into(),
            open: record.open.into(),
            applied: record.applied.map(Into::into),
            settled: record.settled.map(Into::into),
            counterparty: record.counterparty,
            counterparty_code: record.counterparty_code,
            counterparty_account: record.counterparty_account,
            number: record.number,
            reference: record.reference,
            text: record.text,
            job: record.job.map(|job| (*job).into()),
            account: record.account,
            source_file: record.source_file,
            source_row: record.source_row,
        }
    }
}

impl From<Job> for JobView {
    fn from(job: Job) -> Self {
        Self {
            site: job.site,
            service_type: job.service_type,
            month: job.month.map(month),
            quantity: job.quantity.map(|quantity| quantity.to_string()),
            rate: job.rate.map(|rate| rate.to_string()),
        }
    }
}

impl From<Evidence> for EvidenceView {
    fn from(evidence: Evidence) -> Self {
        Self {
            kind: evidence.kind.as_str().to_owned(),
            agreement: evidence.agreement.as_str().to_owned(),
            weight: evidence.weight.millibits(),
            statement_value: evidence.statement_value,
            ledger_value: evidence.ledger_value,
            difference: evidence.difference,
        }
    }
}

fn adjustments(adjustments: Vec<Adjustment>, postings: Vec<Option<Posting>>) -> Vec<AdjustmentView> {
    let postings = postings.into_iter().chain(std::iter::repeat(None));
    let view = |(adjustment, posting): (Adjustment, Option<Posting>)| AdjustmentView {
        cause: adjustment.cause.as_str().to_owned(),
        amount: adjustment.amount.into(),
        account: posting.as_ref().map(|posting| posting.account().to_string()),
        text: posting.map(|posting| posting.text().to_owned()).unwrap_or_default(),
    };
    adjustments.into_iter().zip(postings).map(view).collect()
}

impl From<application::DecisionFacts> for DecisionView {
    fn from(decision: application::DecisionFacts) -> Self {
        Self {
            verdict: decision.verdict.as_str().to_owned(),
            by: decision.by,
            at: at(decision.at),
            reason: decision.reason,
            policy: decision.policy.map(Into::into),
            policy_reason: decision.policy_reason.map(Into::into),
        }
    }
}

fn words(fields: Vec<&'static str>) -> Vec<String> {
    fields.into_iter().map(str::to_owned).collect()
}

impl From<application::Alternative> for AlternativeView {
    fn from(alternative: application::Alternative) -> Self {
        Self {
            agrees: words(alternative.agrees),
            differs: words(alternative.differs),
            entries: all(alternative.entries),
            score: alternative.score.millibits(),
            difference: alternative.difference.map(Into::into),
        }
    }
}

impl From<application::ReviewDetail> for ReviewDetail {
    fn from(detail: application::ReviewDetail) -> Self {
        Self {
            row: detail.row.into(),
            content: detail.content.to_string(),
            lines: all(detail.lines),
            entries: all(detail.entries),
            adjustments: adjustments(detail.adjustments, detail.postings),
            evidence: all(detail.evidence),
            score: detail.score.millibits(),
            runner_up_score: detail.runner_up_score.map(|score| score.millibits()),
            runner_up: detail.runner_up,
            decisive: words(detail.decisive),
            alternatives: all(detail.alternatives),
            finding: detail.finding.map(Into::into),
            hint: detail.hint.map(Into::into),
            decisions: all(detail.decisions),
            notes: all(detail.notes),
        }
    }
}

impl From<application::DecisionOutcome> for DecisionOutcome {
    fn from(outcome: application::DecisionOutcome) -> Self {
        Self {
            match_id: outcome.match_id.map(|id| id.to_string()),
            counts: outcome.counts.into(),
            undoable: outcome.undoable.map(Into::into),
            redoable: outcome.redoable.map(Into::into),
            detail: outcome.detail.map(|detail| Box::new((*detail).into())),
        }
    }
}

impl From<application::ApprovedAbove> for ApproveAboveView {
    fn from(approved: application::ApprovedAbove) -> Self {
        Self {
            count: count(approved.count),
            totals: amounts(approved.totals),
            differences: amounts(approved.differences),
            executed: approved.executed,
            act: approved.act.map(Into::into),
        }
    }
}

impl From<application::OpenRecords> for OpenRecordsView {
    fn from(records: application::OpenRecords) -> Self {
        Self { rows: all(records.rows), total: count(records.total) }
    }
}
