//! A match's explanation as it is stored, and the hash of all that its reviewer sees.

use rusqlite::{Connection, params};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    Adjustment, CompanyId, Confidence, Digest, Evidence, EvidenceKind, Explanation, LedgerEntryId, Leg, MatchKind,
    RecordRef, RootCause, RunnerUp, StatementLineId, Weight,
};
use uuid::Uuid;

use crate::{
    WorkbookError,
    json::Json,
    rows::{self, Blob},
    state::{side_of, table},
};

/// Another answer that could be picked instead.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alternative {
    /// Its statement lines.
    pub lines: Vec<StatementLineId>,
    /// Its ledger entries.
    pub entries: Vec<LedgerEntryId>,
    /// Its score.
    pub score: Weight,
    /// What agrees.
    pub agrees: Vec<EvidenceKind>,
    /// What differs.
    pub differs: Vec<EvidenceKind>,
}

/// The explanation and the alternatives as canonical JSON.
pub(crate) fn encode(explanation: &Explanation, alternatives: &[Alternative]) -> String {
    let kinds = |kinds: &[EvidenceKind]| Json::texts(kinds.iter().map(|kind| kind.as_str()));
    let evidence = explanation.evidence().iter().map(|piece| {
        Json::Object(vec![
            ("agreement", Json::text(piece.agreement.as_str())),
            ("difference", piece.difference.map_or(Json::Null, Json::text)),
            ("kind", Json::text(piece.kind.as_str())),
            ("ledger_value", Json::text(&piece.ledger_value)),
            ("statement_value", Json::text(&piece.statement_value)),
            ("weight", Json::Number(piece.weight.millibits().into())),
        ])
    });
    let answer = |lines: &[StatementLineId], entries: &[LedgerEntryId], score: Weight| {
        vec![
            ("entries", Json::texts(entries)),
            ("lines", Json::texts(lines)),
            ("score", Json::Number(score.millibits().into())),
        ]
    };
    let runner_up = explanation.runner_up();
    let alternatives = alternatives.iter().map(|alternative| {
        let mut members = answer(&alternative.lines, &alternative.entries, alternative.score);
        members.push(("agrees", kinds(&alternative.agrees)));
        members.push(("differs", kinds(&alternative.differs)));
        Json::Object(members)
    });
    Json::Object(vec![
        ("alternatives", Json::List(alternatives.collect())),
        ("evidence", Json::List(evidence.collect())),
        (
            "runner_up",
            runner_up.map_or(Json::Null, |next| Json::Object(answer(&next.lines, &next.entries, next.score))),
        ),
    ])
    .canonical()
}

#[derive(Deserialize)]
struct StoredExplanation {
    alternatives: Vec<StoredAnswer>,
    evidence: Vec<StoredEvidence>,
    runner_up: Option<StoredAnswer>,
}

#[derive(Deserialize)]
struct StoredEvidence {
    agreement: String,
    difference: Option<String>,
    kind: String,
    ledger_value: String,
    statement_value: String,
    weight: i32,
}

#[derive(Deserialize)]
struct StoredAnswer {
    entries: Vec<String>,
    lines: Vec<String>,
    score: i32,
    #[serde(default)]
    agrees: Vec<String>,
    #[serde(default)]
    differs: Vec<String>,
}

/// Reads what [`encode`] wrote.
pub(crate) fn decode(text: &str) -> Result<(Explanation, Vec<Alternative>), WorkbookError> {
    let stored: StoredExplanation = serde_json::from_str(text).map_err(WorkbookError::unreadable)?;
    let evidence = stored.evidence.into_iter().map(StoredEvidence::read).collect::<Result<_, _>>()?;
    let runner_up = stored.runner_up.map(StoredAnswer::read).transpose()?;
    let runner_up = runner_up.map(|next| RunnerUp { lines: next.lines, entries: next.entries, score: next.score });
    let alternatives = stored.alternatives.into_iter().map(StoredAnswer::read).collect::<Result<_, _>>()?;
    Ok((Explanation::new(evidence, runner_up), alternatives))
}

impl StoredEvidence {
    fn read(self) -> Result<Evidence, WorkbookError> {
        Ok(Evidence {
            kind: rows::evidence_kind(&self.kind)?,
            agreement: rows::agreement(&self.agreement)?,
            weight: Weight::from_millibits(self.weight),
            statement_value: self.statement_value,
            ledger_value: self.ledger_value,
            difference: self.difference.map(|text| text.parse().map_err(WorkbookError::unreadable)).transpose()?,
        })
    }
}

impl StoredAnswer {
    fn read(self) -> Result<Alternative, WorkbookError> {
        fn ids<T: std::str::FromStr<Err: std::fmt::Display>>(texts: &[String]) -> Result<Vec<T>, WorkbookError> {
            texts.iter().map(|text| text.parse().map_err(WorkbookError::unreadable)).collect()
        }
        let kinds = |words: &[String]| words.iter().map(|word| rows::evidence_kind(word)).collect::<Result<_, _>>();
        Ok(Alternative {
            lines: ids(&self.lines)?,
            entries: ids(&self.entries)?,
            score: Weight::from_millibits(self.score),
            agrees: kinds(&self.agrees)?,
            differs: kinds(&self.differs)?,
        })
    }
}

/// What the hash of a match is taken over, besides its records' own content.
pub(crate) struct Seen<'a> {
    pub(crate) kind: MatchKind,
    pub(crate) legs: &'a [Leg],
    pub(crate) adjustments: &'a [Adjustment],
    pub(crate) confidence: Confidence,
    pub(crate) cause: RootCause,
    /// As [`encode`] wrote it.
    pub(crate) explanation: &'a str,
}

/// SHA-256 over the canonical JSON of all that a reviewer of the match sees: its kind, records (by identifier and
/// fingerprint) with the amounts used, adjustments, confidence, cause and explanation.
pub(crate) fn hash(sql: &Connection, company: CompanyId, seen: &Seen<'_>) -> Result<Digest, WorkbookError> {
    let mut legs = Vec::with_capacity(seen.legs.len());
    for leg in seen.legs {
        let (side, id) = side_of(leg.record);
        let (table, _) = table(side);
        let fingerprint: [u8; 16] = sql
            .prepare_cached(&format!("SELECT fingerprint FROM {table} WHERE company_id = ?1 AND id = ?2"))?
            .query_row(params![Blob(company.uuid()), Blob(id)], |row| row.get(0))?;
        legs.push(Json::Object(vec![
            ("amount", Json::text(leg.amount_applied)),
            ("fingerprint", Json::text(hex::encode(fingerprint))),
            ("record", Json::text(subject(leg.record))),
        ]));
    }
    let adjustments = seen.adjustments.iter().map(|adjustment| {
        Json::Object(vec![("amount", Json::text(adjustment.amount)), ("cause", Json::text(adjustment.cause.as_str()))])
    });
    let canonical = Json::Object(vec![
        ("adjustments", Json::List(adjustments.collect())),
        ("cause", Json::text(seen.cause.as_str())),
        ("confidence", Json::Number(seen.confidence.ppm().into())),
        ("explanation", Json::Canonical(seen.explanation.to_owned())),
        ("kind", Json::text(seen.kind.as_str())),
        ("legs", Json::List(legs)),
    ])
    .canonical();
    Ok(Digest::from_bytes(Sha256::digest(canonical.as_bytes()).into()))
}

/// How audit events name a record.
pub(crate) fn subject(record: RecordRef) -> String {
    match record {
        RecordRef::Line(id) => format!("line {id}"),
        RecordRef::Entry(id) => format!("entry {id}"),
    }
}

/// A leg as it is stored: which of the two columns, and the record.
pub(crate) const fn columns(record: RecordRef) -> (Option<Uuid>, Option<Uuid>) {
    match record {
        RecordRef::Line(id) => (Some(id.uuid()), None),
        RecordRef::Entry(id) => (None, Some(id.uuid())),
    }
}
