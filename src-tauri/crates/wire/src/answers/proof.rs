//! Balance proof, report, audit log.

use jiff::Timestamp;
use tieout_application as application;
use tieout_domain::{AuditEvent, Money, ProofState};

use super::{all, at, count, iso};
use crate::{AuditEventView, AuditLogView, ExportedReport, ProofStateView, ProofView, ProposedPath, VerificationView};

impl From<ProofState> for ProofStateView {
    fn from(state: ProofState) -> Self {
        match state {
            ProofState::TiedOut => Self::TiedOut,
            ProofState::BalancesUnknown => Self::BalancesUnknown,
            ProofState::Open => Self::Open,
        }
    }
}

impl From<application::Proof> for ProofView {
    fn from(answer: application::Proof) -> Self {
        let proof = answer.proof;
        let zero = Money::zero(proof.lines_total.currency());
        // The sums were checked when the proof was made; what does not fit is shown as not holding.
        let difference = proof.lines_total.checked_sub(proof.entries_total).unwrap_or(zero);
        let unexplained = proof.unexplained();
        Self {
            account: answer.account,
            from: iso(answer.from),
            to: iso(answer.to),
            opening: proof.opening.map(Into::into),
            lines_total: proof.lines_total.into(),
            closing: proof.closing.map(Into::into),
            statement_gap: proof.statement_gap().ok().flatten().map(Into::into),
            entries_total: proof.entries_total.into(),
            difference: difference.into(),
            lines_outstanding: proof.lines_outstanding.into(),
            entries_outstanding: proof.entries_outstanding.into(),
            adjustments: proof.adjustments.into(),
            state: proof.state().unwrap_or(ProofState::Open).into(),
            unexplained: unexplained.unwrap_or(zero).into(),
            outstanding_lines: all(answer.outstanding_lines),
            outstanding_entries: all(answer.outstanding_entries),
            outstanding_lines_count: count(answer.outstanding_lines_count),
            outstanding_entries_count: count(answer.outstanding_entries_count),
        }
    }
}

impl From<application::ExportedReport> for ExportedReport {
    fn from(report: application::ExportedReport) -> Self {
        Self {
            path: report.path.display().to_string(),
            pages: report.pages,
            file_hash: report.file_hash.to_string(),
            signer: report.signer,
            certificate_fingerprint: report.fingerprint.to_string(),
            one_time_identity: report.one_time,
            verified: report.verified,
        }
    }
}

impl From<std::path::PathBuf> for ProposedPath {
    fn from(path: std::path::PathBuf) -> Self {
        Self { path: path.display().to_string() }
    }
}

impl From<AuditEvent> for AuditEventView {
    fn from(event: AuditEvent) -> Self {
        Self {
            sequence: event.sequence,
            at: Timestamp::from_millisecond(event.at_ms).map(at).unwrap_or_default(),
            actor: event.actor,
            machine: event.machine,
            action: event.action,
            subject: event.subject,
            details: event.details,
            hash: event.hash.to_string(),
        }
    }
}

impl From<application::AuditLog> for AuditLogView {
    fn from(log: application::AuditLog) -> Self {
        Self { events: all(log.events), total: log.total }
    }
}

impl From<application::Verification> for VerificationView {
    fn from(verification: application::Verification) -> Self {
        let english = verification.findings.iter().map(ToString::to_string).collect();
        let said = verification.findings.into_iter().map(Into::into).collect();
        Self { valid: verification.valid, findings: english, said }
    }
}
