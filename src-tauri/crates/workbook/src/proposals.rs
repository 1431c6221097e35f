//! Storing a match, and reading its parts back.

use std::iter;

use rusqlite::params;
use tieout_domain::{
    Adjustment, CauseFinding, Confidence, Digest, Explanation, LedgerEntryId, Leg, Match, MatchId, MatchStatus, Money,
    Posting, RecordRef, RootCause, RunId, StatementLineId,
};
use uuid::Uuid;

use crate::{
    Alternative, Proposal, WorkbookError,
    change::Change,
    content::{self, Seen},
    rows::{self, Blob},
    state::Held,
};

/// A match to be stored.
pub(crate) struct NewMatch<'a> {
    /// The run that proposes it; none: put together by hand.
    pub(crate) run: Option<RunId>,
    pub(crate) matched: &'a Match,
    pub(crate) postings: &'a [Option<Posting>],
    pub(crate) status: MatchStatus,
    pub(crate) by_policy: bool,
    pub(crate) confidence: Confidence,
    pub(crate) cause: RootCause,
    pub(crate) explanation: &'a Explanation,
    pub(crate) alternatives: &'a [Alternative],
    /// None: put together by hand, or nothing differs.
    pub(crate) finding: Option<&'a CauseFinding>,
}

/// What a list shows of a match without reading its records.
struct Heading {
    date: Option<String>,
    title: String,
    subtitle: String,
    search: String,
}

const SEARCH_CHARS_MAX: usize = 4_000;

impl Change<'_> {
    /// Stores a match with its legs and adjustments, and brings its records in step. Answers its identifier and the
    /// hash of its content.
    pub(crate) fn insert_match(&mut self, new: &NewMatch<'_>) -> Result<(MatchId, Digest), WorkbookError> {
        let records = self.held_by(new.matched)?;
        let explanation = content::encode(new.explanation, new.alternatives, new.finding);
        let content = new.seen(&explanation).hash(records.iter().map(|held| held.fingerprint));
        let id = MatchId::from_uuid(self.id());
        if new.status == MatchStatus::Approved {
            for (held, leg) in records.iter().zip(new.matched.legs()) {
                held.check_open(leg)?;
            }
        } else {
            for (held, leg) in records.iter().zip(new.matched.legs()) {
                held.check_currency(leg)?;
            }
        }
        self.insert_parts(id, new)?;
        self.insert_head(id, new, &records, &explanation, content)?;
        self.insert_span(id, new.matched, &records)?;
        self.tally.matches(new.status, 1);
        for (held, leg) in records.iter().zip(new.matched.legs()) {
            match new.status {
                MatchStatus::Approved => self.use_held(held, leg)?,
                _ => self.propose_held(held, leg.record)?,
            }
        }
        Ok((id, content))
    }

    /// The hash that the content of a match would have.
    pub(crate) fn content_hash(&self, new: &NewMatch<'_>) -> Result<Digest, WorkbookError> {
        let fingerprints = content::fingerprints(self.sql, self.company, new.matched.legs())?;
        Ok(new.seen(&content::encode(new.explanation, new.alternatives, new.finding)).hash(fingerprints))
    }

    /// A match's records, leg by leg.
    fn held_by(&self, matched: &Match) -> Result<Vec<Held>, WorkbookError> {
        matched.legs().iter().map(|leg| self.held(leg.record)).collect()
    }

    /// The match itself, after its legs and adjustments.
    fn insert_head(
        &mut self,
        id: MatchId,
        new: &NewMatch<'_>,
        records: &[Held],
        explanation: &str,
        content: Digest,
    ) -> Result<(), WorkbookError> {
        let heading = heading(new.matched, records);
        let (lines, entries) = totals(new.matched)?;
        let difference = lines.checked_sub(entries)?;
        self.sql
            .prepare_cached(
                "INSERT INTO matches
                     (company_id, id, run_id, kind, status, by_policy, confidence, cause, score, currency, line_total,
                      entry_total, difference, lines, entries, alternatives, date, title, subtitle, search, explanation,
                      content, created_at, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                         ?22, ?23, ?23)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                new.run.map(|run| Blob(run.uuid())),
                new.matched.kind().as_str(),
                new.status.as_str(),
                new.by_policy,
                new.confidence.ppm(),
                new.cause.as_str(),
                new.explanation.score().millibits(),
                lines.currency().code(),
                lines.minor_units(),
                entries.minor_units(),
                difference.minor_units(),
                rows::stored(new.matched.lines().count() as u64),
                rows::stored(new.matched.entries().count() as u64),
                rows::stored(new.alternatives.len() as u64),
                heading.date,
                heading.title,
                heading.subtitle,
                heading.search,
                explanation,
                content.as_bytes(),
                self.now_ms,
            ])?;
        Ok(())
    }

    fn insert_parts(&mut self, id: MatchId, new: &NewMatch<'_>) -> Result<(), WorkbookError> {
        let matched = new.matched;
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO match_legs (company_id, match_id, position, line_id, entry_id, amount_applied, amount_settled)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (position, leg) in (0_i64..).zip(matched.legs()) {
            let (line, entry) = content::columns(leg.record);
            statement.execute(params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                position,
                line.map(Blob),
                entry.map(Blob),
                leg.amount_applied.minor_units(),
                leg.is_converted().then(|| leg.amount_settled.minor_units())
            ])?;
        }
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO match_adjustments (company_id, match_id, position, cause, amount, account, posting_text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let postings = new.postings.iter().map(Option::as_ref).chain(iter::repeat(None));
        for ((position, adjustment), posting) in (0_i64..).zip(matched.adjustments()).zip(postings) {
            statement.execute(params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                position,
                adjustment.cause.as_str(),
                adjustment.amount.minor_units(),
                posting.map(|posting| posting.account().as_str()),
                posting.map_or("", Posting::text),
            ])?;
        }
        Ok(())
    }

    /// The legs of a match, as they are stored.
    pub(crate) fn legs(&self, id: MatchId) -> Result<Vec<Leg>, WorkbookError> {
        read_legs(self.sql, self.company, id)
    }

    /// The records of a match.
    pub(crate) fn records_of(&self, id: MatchId) -> Result<Vec<RecordRef>, WorkbookError> {
        Ok(self.legs(id)?.into_iter().map(|leg| leg.record).collect())
    }
}

impl<'a> NewMatch<'a> {
    /// What a run proposes.
    pub(crate) fn proposed(run: RunId, proposal: &'a Proposal) -> Self {
        Self {
            run: Some(run),
            matched: &proposal.matched,
            postings: &[],
            status: proposal.status,
            by_policy: proposal.status == MatchStatus::Approved,
            confidence: proposal.confidence,
            cause: proposal.cause,
            explanation: &proposal.explanation,
            alternatives: &proposal.alternatives,
            finding: proposal.finding.as_ref(),
        }
    }

    fn seen<'b>(&self, explanation: &'b str) -> Seen<'b>
    where
        'a: 'b,
    {
        Seen {
            kind: self.matched.kind(),
            legs: self.matched.legs(),
            adjustments: self.matched.adjustments(),
            postings: self.postings,
            confidence: self.confidence,
            cause: self.cause,
            explanation,
        }
    }
}

fn heading(matched: &Match, records: &[Held]) -> Heading {
    let mut heading = Heading { date: None, title: String::new(), subtitle: String::new(), search: String::new() };
    let (mut line_name, mut numbers) = (String::new(), Vec::new());
    for (held, leg) in records.iter().zip(matched.legs()) {
        let Held { counterparty: name, reference, text, number, .. } = held;
        if heading.date.is_none() {
            heading.date.clone_from(&held.date);
        }
        for part in [name, reference, text, number] {
            if !part.is_empty() && heading.search.len() < SEARCH_CHARS_MAX {
                heading.search.push_str(part);
                heading.search.push('\n');
            }
        }
        match leg.record {
            RecordRef::Line(_) => {
                first(&mut line_name, name);
                first(&mut heading.subtitle, text);
                first(&mut heading.subtitle, reference);
            }
            RecordRef::Entry(_) => {
                first(&mut heading.title, name);
                let known_by = [number, reference, text].into_iter().find(|known| !known.is_empty());
                numbers.extend(known_by.filter(|_| numbers.len() < 8).map(String::as_str));
            }
        }
    }
    first(&mut heading.title, &line_name);
    first(&mut heading.subtitle, &numbers.join(", "));
    heading
}

/// Statement total and ledger total.
pub(crate) fn totals(matched: &Match) -> Result<(Money, Money), WorkbookError> {
    let currency = match matched.legs().first() {
        Some(leg) => leg.amount_applied.currency(),
        None => return Err(tieout_domain::MatchError::EmptySide.into()),
    };
    let total = |of_lines: bool| {
        let legs = matched.legs().iter().filter(|leg| matches!(leg.record, RecordRef::Line(_)) == of_lines);
        Money::total(legs.map(|leg| leg.amount_applied), currency)
    };
    Ok((total(true)?, total(false)?))
}

fn first(text: &mut String, candidate: &str) {
    if text.is_empty() {
        candidate.clone_into(text);
    }
}

pub(crate) fn read_legs(
    sql: &rusqlite::Connection,
    company: tieout_domain::CompanyId,
    id: MatchId,
) -> Result<Vec<Leg>, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT l.line_id, l.entry_id, l.amount_applied, m.currency, l.amount_settled, e.currency FROM match_legs l
         JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
         LEFT JOIN ledger_entries e
             ON l.amount_settled IS NOT NULL AND e.company_id = l.company_id AND e.id = l.entry_id
         WHERE l.company_id = ?1 AND l.match_id = ?2 ORDER BY l.position",
    )?;
    let mut found = statement.query(params![Blob(company.uuid()), Blob(id.uuid())])?;
    let mut legs = Vec::new();
    while let Some(row) = found.next()? {
        let (line, entry): (Option<Blob>, Option<Blob>) = (row.get(0)?, row.get(1)?);
        let record = match (line, entry) {
            (Some(Blob(line)), _) => RecordRef::Line(StatementLineId::from_uuid(line)),
            (None, Some(Blob(entry))) => RecordRef::Entry(LedgerEntryId::from_uuid(entry)),
            (None, None) => return Err(WorkbookError::unreadable("a leg without a record")),
        };
        let amount_applied = rows::money(row.get(2)?, &row.get::<_, String>(3)?)?;
        let amount_settled = match (row.get::<_, Option<i64>>(4)?, row.get::<_, Option<String>>(5)?) {
            (Some(minor), Some(currency)) => rows::money(minor, &currency)?,
            _ => amount_applied,
        };
        legs.push(Leg { record, amount_applied, amount_settled });
    }
    Ok(legs)
}

pub(crate) fn read_adjustments(
    sql: &rusqlite::Connection,
    company: tieout_domain::CompanyId,
    id: MatchId,
) -> Result<(Vec<Adjustment>, Vec<Option<Posting>>), WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT a.cause, a.amount, m.currency, a.account, a.posting_text FROM match_adjustments a
         JOIN matches m ON m.company_id = a.company_id AND m.id = a.match_id
         WHERE a.company_id = ?1 AND a.match_id = ?2 ORDER BY a.position",
    )?;
    let mut found = statement.query(params![Blob(company.uuid()), Blob(id.uuid())])?;
    let (mut adjustments, mut postings) = (Vec::new(), Vec::new());
    while let Some(row) = found.next()? {
        adjustments.push(Adjustment {
            cause: rows::cause(&row.get::<_, String>(0)?)?,
            amount: rows::money(row.get(1)?, &row.get::<_, String>(2)?)?,
        });
        let account: Option<String> = row.get(3)?;
        let text: String = row.get(4)?;
        let posting = account.map(|code| code.parse().and_then(|account| Posting::new(account, &text)));
        postings.push(posting.transpose().map_err(WorkbookError::unreadable)?);
    }
    Ok((adjustments, postings))
}

/// Identifiers as the domain has them.
pub(crate) fn match_ids(ids: impl IntoIterator<Item = Uuid>) -> Vec<MatchId> {
    ids.into_iter().map(MatchId::from_uuid).collect()
}
