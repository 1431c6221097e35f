//! A match's explanation as it is stored, and the hash of all that its reviewer sees.

use std::iter;

use rusqlite::{Connection, params};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    Adjustment, CauseFinding, CompanyId, Confidence, Digest, Evidence, EvidenceKind, Explanation, LedgerEntryId, Leg,
    MatchKind, Posting, RecordRef, RootCause, RunnerUp, StatementLineId, Weight,
};
use uuid::Uuid;

use crate::{
    WorkbookError,
    findings::{self, StoredFinding},
    fingerprint::Fingerprint,
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

/// The explanation, the alternatives and what was found of a difference as canonical JSON, without a name for every value: it is most of what a workbook
/// consists of. Evidence is `[kind, agreement, weight, statement value, ledger value, difference]`, another answer is
/// `[lines, entries, score, what agrees, what differs]`.
pub(crate) fn encode(
    explanation: &Explanation,
    alternatives: &[Alternative],
    finding: Option<&CauseFinding>,
) -> String {
    let kinds = |kinds: &[EvidenceKind]| Json::texts(kinds.iter().map(|kind| kind.as_str()));
    let evidence = explanation.evidence().iter().map(|piece| {
        Json::List(vec![
            Json::Word(piece.kind.as_str()),
            Json::Word(piece.agreement.as_str()),
            Json::Number(piece.weight.millibits().into()),
            Json::Borrowed(&piece.statement_value),
            Json::Borrowed(&piece.ledger_value),
            Json::optional(piece.difference),
        ])
    });
    let answer = |lines: &[StatementLineId], entries: &[LedgerEntryId], score: Weight| {
        vec![Json::texts(lines), Json::texts(entries), Json::Number(score.millibits().into())]
    };
    let runner_up = explanation.runner_up().map_or(Json::Null, |next| {
        let mut parts = answer(&next.lines, &next.entries, next.score);
        parts.extend([Json::List(Vec::new()), Json::List(Vec::new())]);
        Json::List(parts)
    });
    let alternatives = alternatives.iter().map(|alternative| {
        let mut parts = answer(&alternative.lines, &alternative.entries, alternative.score);
        parts.extend([kinds(&alternative.agrees), kinds(&alternative.differs)]);
        Json::List(parts)
    });
    let mut content = vec![("alternatives", Json::List(alternatives.collect()))];
    // Explanations of earlier versions have neither, and their hashes stay what they are.
    if !explanation.decisive().is_empty() {
        content.push(("decisive", kinds(explanation.decisive())));
    }
    content.extend(finding.map(|finding| ("finding", findings::encode(finding))));
    content.extend([("evidence", Json::List(evidence.collect())), ("runner_up", runner_up)]);
    Json::Object(content).canonical()
}

#[derive(Deserialize)]
struct StoredExplanation {
    alternatives: Vec<StoredAnswer>,
    #[serde(default)]
    decisive: Vec<String>,
    evidence: Vec<StoredEvidence>,
    #[serde(default)]
    finding: Option<StoredFinding>,
    runner_up: Option<StoredAnswer>,
}

/// An explanation with what else stands beside it.
pub(crate) type Told = (Explanation, Vec<Alternative>, Option<CauseFinding>);

/// As it is written now, or as it was by the first versions.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredEvidence {
    Row(String, String, i32, String, String, Option<String>),
    Named {
        agreement: String,
        difference: Option<String>,
        kind: String,
        ledger_value: String,
        statement_value: String,
        weight: i32,
    },
}

/// Likewise.
#[derive(Deserialize)]
#[serde(untagged)]
enum StoredAnswer {
    Row(Vec<String>, Vec<String>, i32, Vec<String>, Vec<String>),
    Named {
        entries: Vec<String>,
        lines: Vec<String>,
        score: i32,
        #[serde(default)]
        agrees: Vec<String>,
        #[serde(default)]
        differs: Vec<String>,
    },
}

/// Reads what [`encode`] wrote.
pub(crate) fn decode(text: &str) -> Result<Told, WorkbookError> {
    let stored: StoredExplanation = serde_json::from_str(text).map_err(WorkbookError::unreadable)?;
    let evidence = stored.evidence.into_iter().map(StoredEvidence::read).collect::<Result<_, _>>()?;
    let runner_up = stored.runner_up.map(StoredAnswer::read).transpose()?;
    let runner_up = runner_up.map(|next| RunnerUp { lines: next.lines, entries: next.entries, score: next.score });
    let alternatives = stored.alternatives.into_iter().map(StoredAnswer::read).collect::<Result<_, _>>()?;
    let decisive = stored.decisive.iter().map(|word| rows::evidence_kind(word)).collect::<Result<_, _>>()?;
    let finding = stored.finding.map(StoredFinding::read).transpose()?;
    Ok((Explanation::new(evidence, runner_up).with_decisive(decisive), alternatives, finding))
}

impl StoredEvidence {
    fn read(self) -> Result<Evidence, WorkbookError> {
        let (kind, agreement, weight, statement_value, ledger_value, difference) = match self {
            Self::Row(kind, agreement, weight, statement_value, ledger_value, difference)
            | Self::Named { kind, agreement, weight, statement_value, ledger_value, difference } => {
                (kind, agreement, weight, statement_value, ledger_value, difference)
            }
        };
        Ok(Evidence {
            kind: rows::evidence_kind(&kind)?,
            agreement: rows::agreement(&agreement)?,
            weight: Weight::from_millibits(weight),
            statement_value,
            ledger_value,
            difference: difference.map(|text| text.parse().map_err(WorkbookError::unreadable)).transpose()?,
        })
    }
}

impl StoredAnswer {
    fn read(self) -> Result<Alternative, WorkbookError> {
        fn ids<T: std::str::FromStr<Err: std::fmt::Display>>(texts: &[String]) -> Result<Vec<T>, WorkbookError> {
            texts.iter().map(|text| text.parse().map_err(WorkbookError::unreadable)).collect()
        }
        let (Self::Row(lines, entries, score, agrees, differs)
        | Self::Named { lines, entries, score, agrees, differs }) = self;
        let kinds = |words: &[String]| words.iter().map(|word| rows::evidence_kind(word)).collect::<Result<_, _>>();
        Ok(Alternative {
            lines: ids(&lines)?,
            entries: ids(&entries)?,
            score: Weight::from_millibits(score),
            agrees: kinds(&agrees)?,
            differs: kinds(&differs)?,
        })
    }
}

/// What the hash of a match is taken over, besides its records' own content.
pub(crate) struct Seen<'a> {
    pub(crate) kind: MatchKind,
    pub(crate) legs: &'a [Leg],
    pub(crate) adjustments: &'a [Adjustment],
    /// To each adjustment in its order, where the books take it; may be shorter.
    pub(crate) postings: &'a [Option<Posting>],
    pub(crate) confidence: Confidence,
    pub(crate) cause: RootCause,
    /// As [`encode`] wrote it.
    pub(crate) explanation: &'a str,
}

impl Seen<'_> {
    /// SHA-256 over the canonical JSON of all that a reviewer of the match sees: its kind, records (by identifier and
    /// fingerprint; here those of the legs, in their order) with the amounts used (and
    /// settled, where that is in another currency), adjustments with the accounts they are posted to, confidence, cause and explanation.
    pub(crate) fn hash(&self, fingerprints: impl IntoIterator<Item = Fingerprint>) -> Digest {
        let legs = self.legs.iter().zip(fingerprints).map(|(leg, fingerprint)| {
            let mut told = vec![
                ("amount", Json::text(leg.amount_applied)),
                ("fingerprint", Json::text(hex::encode(fingerprint))),
                ("record", Json::text(subject(leg.record))),
            ];
            if leg.is_converted() {
                told.push(("settled", Json::text(leg.amount_settled)));
            }
            Json::Object(told)
        });
        let postings = self.postings.iter().map(Option::as_ref).chain(iter::repeat(None));
        let adjustments = self.adjustments.iter().zip(postings).map(|(adjustment, posting)| {
            let cause = Json::text(adjustment.cause.as_str());
            let mut told = vec![("amount", Json::text(adjustment.amount)), ("cause", cause)];
            // Adjustments that no person gave an account are hashed as they always were.
            if let Some(posting) = posting {
                told.push(("account", Json::text(posting.account())));
                told.push(("text", Json::text(posting.text())));
            }
            Json::Object(told)
        });
        let canonical = Json::Object(vec![
            ("adjustments", Json::List(adjustments.collect())),
            ("cause", Json::text(self.cause.as_str())),
            ("confidence", Json::Number(self.confidence.ppm().into())),
            ("explanation", Json::Written(self.explanation)),
            ("kind", Json::text(self.kind.as_str())),
            ("legs", Json::List(legs.collect())),
        ])
        .canonical();
        Digest::from_bytes(Sha256::digest(canonical.as_bytes()).into())
    }
}

/// The fingerprints of the legs' records, in their order.
pub(crate) fn fingerprints(
    sql: &Connection,
    company: CompanyId,
    legs: &[Leg],
) -> Result<Vec<Fingerprint>, WorkbookError> {
    let fingerprint = |leg: &Leg| {
        let (side, id) = side_of(leg.record);
        let (table, _) = table(side);
        sql.prepare_cached(&format!("SELECT fingerprint FROM {table} WHERE company_id = ?1 AND id = ?2"))?
            .query_row(params![Blob(company.uuid()), Blob(id)], |row| row.get(0))
    };
    Ok(legs.iter().map(fingerprint).collect::<rusqlite::Result<_>>()?)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tests::{cents, explanation};

    fn alternative() -> Alternative {
        Alternative {
            lines: vec![StatementLineId::from_uuid(Uuid::from_u128(1))],
            entries: vec![LedgerEntryId::from_uuid(Uuid::from_u128(2)), LedgerEntryId::from_uuid(Uuid::from_u128(3))],
            score: Weight::from_millibits(-12),
            agrees: vec![EvidenceKind::Amount],
            differs: vec![EvidenceKind::Date, EvidenceKind::Reference],
        }
    }

    #[test]
    fn an_explanation_is_read_as_it_was_written() {
        let written = encode(&explanation(), &[alternative()], None);
        assert_eq!(decode(&written).unwrap(), (explanation(), vec![alternative()], None));
        let found = Some(tieout_domain::CauseFinding {
            cause: RootCause::Fee,
            confidence: Confidence::from_ppm(900_000),
            evidence: vec![tieout_domain::Fact::FeeNamed { amount: cents(150) }],
            fix: tieout_domain::ProposedFix::BookFee { amount: cents(150) },
        });
        let written = encode(&explanation(), &[], found.as_ref());
        assert_eq!(decode(&written).unwrap(), (explanation(), Vec::new(), found));
        let decided = explanation().with_decisive(vec![EvidenceKind::Reference, EvidenceKind::Date]);
        assert_eq!(decode(&encode(&decided, &[], None)).unwrap(), (decided, Vec::new(), None));
        let none = Explanation::new(Vec::new(), None);
        assert_eq!(decode(&encode(&none, &[], None)).unwrap(), (none, Vec::new(), None));
    }

    #[test]
    fn an_explanation_of_the_first_versions_is_still_read() {
        let old = r#"{"alternatives":[{"agrees":["amount"],"differs":["date","reference"],
            "entries":["00000000-0000-0000-0000-000000000002","00000000-0000-0000-0000-000000000003"],
            "lines":["00000000-0000-0000-0000-000000000001"],"score":-12}],
            "evidence":[{"agreement":"exact","difference":"-3","kind":"reference","ledger_value":"RE-104",
            "statement_value":"RE-104 \"quoted\"","weight":12400},{"agreement":"near","difference":"-3","kind":"date",
            "ledger_value":"RE-104","statement_value":"RE-104 \"quoted\"","weight":-250}],
            "runner_up":{"entries":[],"lines":[],"score":3000}}"#;
        assert_eq!(decode(old).unwrap(), (explanation(), vec![alternative()], None));
    }
}
