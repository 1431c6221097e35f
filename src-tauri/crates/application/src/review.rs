//! The review queue and everything the bench shows.

use tieout_domain::{
    Decision, Digest, EvidenceKind, LedgerEntry, MatchId, MatchStatus, Money, RecordRef, Said, StatementLine, Weight,
};
use tieout_workbook::{
    DecisionRecord, ExceptionRecord, MatchDetail, Note, NoteContent, OpenQuery, QueueQuery, QueueSubject, Record,
    Workbook,
};

use crate::{
    Alternative, ApplicationError, DecisionFacts, OpenRecords, OpenRecordsRequest, QueueCounts, QueuePage,
    QueueRequest, QueueRow, RecordFacts, RecordId, ReviewDetail, RowState, Session, cause_words, decision_words,
    nearest_words,
};

impl Session {
    /// A page of the review queue.
    pub fn review_queue(&self, request: &QueueRequest) -> Result<QueuePage, ApplicationError> {
        self.with_open(|open| {
            let page = open.workbook.queue_page(&QueueQuery {
                filter: request.filter,
                search: request.search.clone(),
                conditions: request.conditions.clone(),
                offset: u64::from(request.offset),
                limit: request.limit,
            })?;
            Ok(QueuePage {
                rows: page.rows.into_iter().map(QueueRow::from).collect(),
                total: page.total,
                counts: page.counts.into(),
                undoable: page.undoable,
                redoable: page.redoable,
            })
        })
    }

    /// A match with both sides, why it is believed, and what else could be.
    pub fn match_detail(&self, id: MatchId) -> Result<ReviewDetail, ApplicationError> {
        self.with_open(|open| {
            let detail = open.workbook.match_detail(id)?;
            of_match(&open.workbook, detail)
        })
    }

    /// A record without a match: what the engine says about it. `id` is a line's or an entry's.
    pub fn exception_detail(&self, id: &str) -> Result<ReviewDetail, ApplicationError> {
        let line = id.parse().map(RecordRef::Line);
        let entry = id.parse().map(RecordRef::Entry);
        let (Ok(line), Ok(entry)) = (line, entry) else {
            return Err(ApplicationError::in_english("this is no record's identifier"));
        };
        self.with_open(|open| {
            let detail = match open.workbook.record_detail(line) {
                Err(tieout_workbook::WorkbookError::NotFound { .. }) => open.workbook.record_detail(entry)?,
                other => other?,
            };
            let record = detail.record.reference();
            let facts = RecordFacts::from(detail.record.clone());
            let (lines, entries) = match detail.record {
                Record::Line(_) => (vec![facts], Vec::new()),
                Record::Entry(_) => (Vec::new(), vec![facts]),
            };
            Ok(ReviewDetail {
                row: detail.row.into(),
                content: Digest::from_bytes([0; 32]),
                lines,
                entries,
                adjustments: Vec::new(),
                postings: Vec::new(),
                evidence: Vec::new(),
                score: Weight::default(),
                runner_up_score: None,
                runner_up: Vec::new(),
                decisive: Vec::new(),
                alternatives: Vec::new(),
                hint: detail.exception.as_ref().and_then(said_besides),
                finding: detail.exception.and_then(|exception| exception.finding),
                decisions: Vec::new(),
                notes: open.workbook.notes(QueueSubject::Record(record))?,
            })
        })
    }

    /// Open records to choose from.
    pub fn open_records(&self, request: &OpenRecordsRequest) -> Result<OpenRecords, ApplicationError> {
        self.with_open(|open| {
            let currency = request.currency.unwrap_or(open.workbook.company().base_currency);
            let near = request
                .near_amount
                .map(|amount| Money::from_decimal(amount, currency))
                .transpose()?
                .map(Money::magnitude);
            let page = open.workbook.open_records(&OpenQuery {
                side: request.side,
                search: request.search.clone(),
                near_minor: near,
                currency: request.currency,
                offset: u64::from(request.offset),
                limit: request.limit,
            })?;
            Ok(OpenRecords { rows: page.rows.into_iter().map(RecordFacts::from).collect(), total: page.total })
        })
    }
}

pub(crate) fn of_match(workbook: &Workbook, detail: MatchDetail) -> Result<ReviewDetail, ApplicationError> {
    let notes = notes_on(workbook, &detail)?;
    let mut lines = Vec::new();
    let mut entries = Vec::new();
    for (record, leg) in detail.records {
        let side = if matches!(record, Record::Line(_)) { &mut lines } else { &mut entries };
        side.push(RecordFacts {
            applied: Some(leg.amount_applied),
            settled: leg.is_converted().then_some(leg.amount_settled),
            ..RecordFacts::from(record)
        });
    }
    let summary = detail.summary;
    let runner_up = match summary.explanation.runner_up() {
        Some(runner_up) => runner_up
            .entries
            .iter()
            .map(|id| Ok(workbook.entry(*id).map(|entry| entry_name(&entry.entry))?))
            .collect::<Result<_, ApplicationError>>()?,
        None => Vec::new(),
    };
    let alternatives = summary
        .alternatives
        .iter()
        .map(|alternative| of_alternative(workbook, &lines, alternative))
        .collect::<Result<_, _>>()?;
    Ok(ReviewDetail {
        row: detail.row.into(),
        content: summary.content,
        lines,
        entries,
        adjustments: summary.adjustments,
        postings: summary.postings,
        score: summary.explanation.score(),
        runner_up_score: summary.explanation.runner_up().map(|runner_up| runner_up.score),
        evidence: summary.explanation.evidence().to_vec(),
        runner_up,
        decisive: words(summary.explanation.decisive()),
        alternatives,
        hint: None,
        finding: summary.finding,
        decisions: detail.decisions.into_iter().map(DecisionFacts::from).collect(),
        notes,
    })
}

/// What is noted on a match, and what was said of its records before they were in it, newest first.
fn notes_on(workbook: &Workbook, detail: &MatchDetail) -> Result<Vec<Note>, ApplicationError> {
    let mut notes = workbook.notes(QueueSubject::Match(detail.summary.id))?;
    for leg in &detail.summary.legs {
        let of_record = workbook.notes(QueueSubject::Record(leg.record))?;
        let said = |note: &Note| matches!(note.content, NoteContent::Comment(_) | NoteContent::Evidence { .. });
        notes.extend(of_record.into_iter().filter(said));
    }
    notes.sort_by_key(|note| std::cmp::Reverse((note.at_ms, note.act)));
    // Records that were marked in one act say the same.
    notes.dedup();
    Ok(notes)
}

/// What an exception's explanation says besides its finding, which is told by itself.
fn said_besides(exception: &ExceptionRecord) -> Option<Said> {
    let told = exception.finding.as_ref().map(cause_words::told).unwrap_or_default();
    let explanation = exception.explanation.as_str();
    let besides = explanation.strip_prefix(&told).unwrap_or(explanation).trim_start();
    (!besides.is_empty()).then(|| nearest_words::read(besides))
}

/// How people call an entry: its number, or else what it is about.
fn entry_name(entry: &LedgerEntry) -> String {
    let names = [&entry.number, &entry.reference, &entry.counterparty, &entry.memo];
    names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_else(|| entry.amount.to_string())
}

fn of_alternative(
    workbook: &Workbook,
    lines: &[RecordFacts],
    alternative: &tieout_workbook::Alternative,
) -> Result<Alternative, ApplicationError> {
    let mut entries = Vec::new();
    for id in &alternative.entries {
        entries.push(RecordFacts::from(Record::Entry(workbook.entry(*id)?)));
    }
    let currency = lines.first().map_or(workbook.company().base_currency, |line| line.amount.currency());
    let difference = if entries.iter().all(|entry| entry.open.currency() == currency) {
        let paid = Money::total(lines.iter().map(|line| line.amount), currency)?;
        Some(paid.checked_sub(Money::total(entries.iter().map(|entry| entry.open), currency)?)?)
    } else {
        None
    };
    Ok(Alternative {
        agrees: words(&alternative.agrees),
        differs: words(&alternative.differs),
        entries,
        score: alternative.score,
        difference,
    })
}

fn words(kinds: &[EvidenceKind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.as_str()).collect()
}

impl From<tieout_workbook::QueueCounts> for QueueCounts {
    fn from(counts: tieout_workbook::QueueCounts) -> Self {
        Self {
            to_review: counts.to_review,
            suggested: counts.suggested,
            unmatched_lines: counts.unmatched_lines,
            unmatched_entries: counts.unmatched_entries,
            approved: counts.approved,
            rejected: counts.rejected,
            snoozed: counts.snoozed,
        }
    }
}

/// Numbers of records in one match fit 32 bits many times over.
fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl From<tieout_workbook::QueueRow> for QueueRow {
    fn from(row: tieout_workbook::QueueRow) -> Self {
        use tieout_workbook::RowState as Stored;
        let of_match = |status, by_policy| RowState::Match { status, by_policy };
        Self {
            id: match row.subject {
                QueueSubject::Match(id) => id.to_string(),
                QueueSubject::Record(RecordRef::Line(id)) => id.to_string(),
                QueueSubject::Record(RecordRef::Entry(id)) => id.to_string(),
            },
            state: match row.state {
                Stored::Suggested => of_match(MatchStatus::Suggested, false),
                Stored::Ambiguous => of_match(MatchStatus::Ambiguous, false),
                Stored::AutoApproved => of_match(MatchStatus::Approved, true),
                Stored::Approved => of_match(MatchStatus::Approved, false),
                Stored::Rejected => of_match(MatchStatus::Rejected, false),
                Stored::Superseded => of_match(MatchStatus::Superseded, false),
                Stored::UnmatchedLine => RowState::UnmatchedLine,
                Stored::UnmatchedEntry => RowState::UnmatchedEntry,
            },
            date: row.date,
            title: row.title,
            subtitle: row.subtitle,
            amount: row.amount,
            difference: row.difference,
            lines: small(row.lines),
            entries: small(row.entries),
            confidence: row.confidence,
            cause: row.cause,
            alternatives: small(row.alternatives),
            noted: row.noted,
        }
    }
}

impl From<Record> for RecordFacts {
    fn from(record: Record) -> Self {
        match record {
            Record::Line(record) => {
                let StatementLine { source, date, value_date, amount, description, reference, .. } = record.line;
                Self {
                    id: RecordId::Line(record.id),
                    kind: None,
                    date,
                    second_date: value_date,
                    amount,
                    open: record.open,
                    applied: None,
                    settled: None,
                    counterparty: record.line.counterparty,
                    counterparty_code: String::new(),
                    counterparty_account: record.line.counterparty_account,
                    number: String::new(),
                    reference,
                    text: description,
                    job: record.line.job,
                    account: record.account_name,
                    record_id: record.line.record_id,
                    source_file: record.file_name,
                    source_row: source.row,
                }
            }
            Record::Entry(record) => {
                let LedgerEntry { source, kind, number, date, due_date, amount, reference, memo, .. } = record.entry;
                Self {
                    id: RecordId::Entry(record.id),
                    kind: Some(kind),
                    date,
                    second_date: due_date,
                    amount,
                    open: record.open,
                    applied: None,
                    settled: None,
                    counterparty: record.entry.counterparty,
                    counterparty_code: record.entry.counterparty_code,
                    counterparty_account: record.entry.counterparty_account,
                    number,
                    reference,
                    text: memo,
                    job: record.entry.job,
                    account: String::new(),
                    record_id: record.entry.record_id,
                    source_file: record.file_name,
                    source_row: source.row,
                }
            }
        }
    }
}

impl From<DecisionRecord> for DecisionFacts {
    fn from(record: DecisionRecord) -> Self {
        let Decision { decided_by, reason, .. } = &record.decision;
        Self {
            policy: decision_words::policy(decided_by),
            policy_reason: decision_words::policy_reason(decided_by, reason),
            verdict: record.decision.verdict,
            by: record.by,
            decider: record.decision.decided_by,
            at: jiff::Timestamp::from_millisecond(record.decision.decided_at_ms).unwrap_or(jiff::Timestamp::UNIX_EPOCH),
            reason: record.decision.reason,
        }
    }
}
