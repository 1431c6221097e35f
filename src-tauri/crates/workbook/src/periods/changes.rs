//! What took the signatures of periods away is told in the change that did it; what a locked period refused, in words.

use std::collections::BTreeMap;

use rusqlite::params;
use tieout_domain::{
    Currency, Digest, LedgerEntryId, Money, Period, PeriodEventKind, PeriodId, RecordRef, StatementLineId,
};
use uuid::Uuid;

use super::{PeriodChangeKind, PeriodError, events::NewPeriodEvent, events::record, told_of};
use crate::{
    Workbook, WorkbookError,
    change::Change,
    content,
    json::Json,
    rows::{self, Blob},
};

/// What happened to one signed period in the change under way.
struct Lost {
    signature: Uuid,
    content: Digest,
    was: String,
    changes: Vec<LostBy>,
}

struct LostBy {
    change: PeriodChangeKind,
    line: Option<Blob>,
    entry: Option<Blob>,
    records: i64,
}

impl LostBy {
    fn told(&self) -> Json<'static> {
        let record = record(self.line, self.entry).map(content::subject);
        Json::Object(vec![
            ("change", Json::Word(self.change.as_str())),
            ("record", Json::optional(record)),
            ("records", Json::count(self.records)),
        ])
    }
}

impl Change<'_> {
    /// Tells of the periods that lost their signatures in this change, naming the records that did it.
    pub(crate) fn tell_revoked(&mut self) -> Result<(), WorkbookError> {
        let lost = self.lost()?;
        if lost.is_empty() {
            return Ok(());
        }
        for (period, lost) in lost {
            self.tell_lost(PeriodId::from_uuid(period), &lost)?;
        }
        let company = Blob(self.company.uuid());
        self.sql.execute("DELETE FROM period_changes WHERE company_id = ?1", params![company])?;
        self.sql.execute(
            "UPDATE periods SET watched = 0 WHERE company_id = ?1 AND watched = 1 AND state = 'open'",
            params![company],
        )?;
        self.watch_no_longer()
    }

    fn lost(&self) -> Result<BTreeMap<Uuid, Lost>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT period_id, change, line_id, entry_id, records, signature, content, state FROM period_changes
             WHERE company_id = ?1",
        )?;
        let mut found = statement.query(params![Blob(self.company.uuid())])?;
        let mut all: BTreeMap<Uuid, Lost> = BTreeMap::new();
        while let Some(row) = found.next()? {
            let lost = all.entry(row.get::<_, Blob>(0)?.0).or_insert_with(|| Lost {
                signature: Uuid::nil(),
                content: Digest::from_bytes([0; 32]),
                was: String::new(),
                changes: Vec::new(),
            });
            // Only the first change found it signed.
            if let Ok(signature) = Uuid::from_slice(row.get_ref(5)?.as_blob().map_err(WorkbookError::unreadable)?) {
                lost.signature = signature;
                lost.content = Digest::from_bytes(row.get(6)?);
                lost.was = row.get(7)?;
            }
            lost.changes.push(LostBy {
                change: rows::word(&PeriodChangeKind::ALL, PeriodChangeKind::as_str, &row.get::<_, String>(1)?)?,
                line: row.get(2)?,
                entry: row.get(3)?,
                records: row.get(4)?,
            });
        }
        for lost in all.values_mut() {
            lost.changes.sort_by_key(|by| (std::cmp::Reverse(by.records), by.change));
        }
        Ok(all)
    }

    fn tell_lost(&mut self, period: PeriodId, lost: &Lost) -> Result<(), WorkbookError> {
        let company = Blob(self.company.uuid());
        let (name, from, to, figures): (String, String, String, String) = self
            .sql
            .prepare_cached(
                "SELECT a.name, p.first_day, p.last_day, e.figures FROM periods p
                 JOIN accounts a ON a.company_id = p.company_id AND a.id = p.account_id
                 JOIN period_events e ON e.company_id = p.company_id AND e.id = ?3
                 WHERE p.company_id = ?1 AND p.id = ?2",
            )?
            .query_row(params![company, Blob(period.uuid()), Blob(lost.signature)], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
            })?;
        let event = self.id();
        self.insert_period_event(&NewPeriodEvent {
            id: event,
            period,
            kind: PeriodEventKind::Revoked,
            signature: lost.signature,
            reason: "",
            content: lost.content,
            figures: &figures,
        })?;
        let mut statement = self.sql.prepare_cached(
            "INSERT INTO period_causes (company_id, event_id, change, line_id, entry_id, records)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        for by in &lost.changes {
            statement.execute(params![company, Blob(event), by.change.as_str(), by.line, by.entry, by.records])?;
        }
        let day = |text: String| text.parse().map_err(WorkbookError::unreadable);
        let mut details = told_of(&name, Period { from: day(from)?, to: day(to)? });
        details.extend([
            ("changes", Json::List(lost.changes.iter().map(LostBy::told).collect())),
            ("content", Json::text(lost.content)),
            ("was", Json::text(&lost.was)),
        ]);
        self.tell("period.revoked", &format!("period {period}"), &Json::Object(details))
    }
}

/// Most characters of a record's name in a refusal.
const NAME_CHARS_MAX: usize = 80;

impl Workbook {
    /// The refusal with the name of the record that it speaks of, where that is stored: the schema knows only its identifier.
    pub(crate) fn naming_record(&self, mut error: WorkbookError) -> WorkbookError {
        if let WorkbookError::Period(PeriodError::Locked { record, name, .. }) = &mut error {
            let texts = match *record {
                RecordRef::Line(id) => self.line(id).map(|line| [line.line.counterparty, line.line.description]).ok(),
                RecordRef::Entry(id) => self.entry(id).map(|entry| [entry.entry.counterparty, entry.entry.number]).ok(),
            };
            let known = texts.into_iter().flatten().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
            *name = known.collect::<Vec<_>>().join(" · ").chars().take(NAME_CHARS_MAX).collect();
        }
        error
    }
}

/// Makes a sentence of what the schema says when a change would alter a locked period.
pub(crate) fn read_refusal(message: &str) -> Option<PeriodError> {
    if let Some(parts) = message.strip_prefix("period balance|") {
        return read_balance(parts);
    }
    let mut parts = message.strip_prefix("period locked|")?.splitn(8, '|');
    let (kind, id) = (parts.next()?, parts.next()?);
    let date = parts.next()?.parse().ok();
    let minor = parts.next()?.parse().ok()?;
    let amount = Money::from_minor(minor, Currency::parse(parts.next()?).ok()?);
    let (first, last) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let id = Uuid::parse_str(id).ok()?;
    let record = match kind {
        "line" => RecordRef::Line(StatementLineId::from_uuid(id)),
        _ => RecordRef::Entry(LedgerEntryId::from_uuid(id)),
    };
    Some(PeriodError::Locked {
        account: parts.next()?.to_owned(),
        first,
        last,
        record,
        name: String::new(),
        date,
        amount,
    })
}

/// The parts of what is said of a statement that states another balance than a locked period's.
fn read_balance(parts: &str) -> Option<PeriodError> {
    let mut parts = parts.splitn(7, '|');
    let what = match parts.next()? {
        "opening" => "opening",
        _ => "closing",
    };
    let (stated, signed) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let currency = Currency::parse(parts.next()?).ok()?;
    Some(PeriodError::LockedBalance {
        what,
        stated: Money::from_minor(stated, currency),
        signed: Money::from_minor(signed, currency),
        first: parts.next()?.parse().ok()?,
        last: parts.next()?.parse().ok()?,
        account: parts.next()?.to_owned(),
    })
}
