//! What a policy looks at: proposed matches whose sides differ, and records without a match.

use std::collections::{BTreeMap, HashSet};

use jiff::civil::Date;
use rusqlite::{Connection, params};
use tieout_domain::{
    AccountId, CompanyId, Confidence, LedgerEntryId, MatchId, MatchStatus, Money, MonthUse, PeriodUse, PolicyItem,
    PolicyPeriod, PolicySubject, RecordRef, Side, StatementLineId,
};

use crate::{
    Workbook, WorkbookError, marks,
    rows::{self, Blob},
};

/// A record's part in a match, and what is open of the record.
pub(super) struct HeldLeg {
    pub(super) record: RecordRef,
    /// What the match settles of it, in minor units of its own currency.
    pub(super) settled: i64,
    /// What is open of it; none: without limit (a customer's account).
    pub(super) open: Option<i64>,
}

/// A match whose sides differ.
pub(super) struct FoundMatch {
    pub(super) item: PolicyItem,
    pub(super) status: MatchStatus,
    pub(super) by_policy: bool,
    pub(super) legs: Vec<HeldLeg>,
}

/// A record without a match.
pub(super) struct FoundRecord {
    pub(super) item: PolicyItem,
    /// Whether a version accepted it, and that still holds.
    pub(super) accepted: bool,
}

/// Sets of records that a person took out of a match that a policy had approved.
pub(crate) type TakenBack = HashSet<Vec<RecordRef>>;

impl Workbook {
    /// The records of every match of which a person took back the policy's approval: together they are not approved
    /// without a person again. Each set is in order.
    pub fn taken_back_from_policy(&self) -> Result<HashSet<Vec<RecordRef>>, WorkbookError> {
        taken_back(&self.sql, self.company.id)
    }
}

pub(super) fn taken_back(sql: &Connection, company: CompanyId) -> Result<TakenBack, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT DISTINCT d.match_id, l.line_id, l.entry_id FROM decisions u INDEXED BY decisions_undone
         CROSS JOIN decisions d ON d.company_id = u.company_id AND d.id = u.supersedes
             AND d.policy_version IS NOT NULL
         CROSS JOIN match_legs l ON l.company_id = d.company_id AND l.match_id = d.match_id
         WHERE u.company_id = ?1 AND u.verdict = 'undo' AND u.user_id IS NOT NULL",
    )?;
    let mut found = statement.query(params![Blob(company.uuid())])?;
    let mut sets: BTreeMap<uuid::Uuid, Vec<RecordRef>> = BTreeMap::new();
    while let Some(row) = found.next()? {
        let record = record(row.get(1)?, row.get(2)?)?;
        sets.entry(row.get::<_, Blob>(0)?.0).or_default().push(record);
    }
    let sorted = sets.into_values().map(|mut records| {
        records.sort_unstable();
        records
    });
    Ok(sorted.collect())
}

/// The record of a row that has one of two identifiers.
pub(super) fn record(line: Option<Blob>, entry: Option<Blob>) -> Result<RecordRef, WorkbookError> {
    match (line, entry) {
        (Some(Blob(line)), None) => Ok(RecordRef::Line(StatementLineId::from_uuid(line))),
        (None, Some(Blob(entry))) => Ok(RecordRef::Entry(LedgerEntryId::from_uuid(entry))),
        _ => Err(WorkbookError::unreadable("a row without a record")),
    }
}

/// Matches that wait for a person: few, found by their status.
pub(super) const WAITING: &str = "matches m CROSS JOIN match_adjustments a
         ON a.company_id = m.company_id AND a.match_id = m.id
     WHERE m.status IN ('suggested', 'ambiguous') AND m.company_id = ?1";

/// As a run keeps it of the settings it was made by.
const ASKS_FOR_REFERENCE: &str = "auto_approve.require_reference = true";

/// Whether the run that proposed the match `m` was to approve only what quotes a reference, and not each of its records
/// does: evidence is `[kind, agreement, …]`.
const LACKS_REFERENCE: &str = "EXISTS (
        SELECT 1 FROM runs u WHERE u.company_id = m.company_id AND u.id = m.run_id AND instr(u.configuration, ?2) > 0)
    AND (SELECT count(*) FROM json_each(m.explanation, '$.evidence') p
         WHERE json_type(p.value) = 'array' AND json_extract(p.value, '$[0]') = 'reference'
           AND json_extract(p.value, '$[1]') = 'exact') < max(m.lines, m.entries)";

/// Matches with adjustments, of those that `from` names as `m` and `a` (?1 is the company).
pub(super) fn matches(
    sql: &Connection,
    company: CompanyId,
    from: &str,
    taken_back: &TakenBack,
) -> Result<Vec<FoundMatch>, WorkbookError> {
    let mut statement = sql.prepare_cached(&format!(
        "SELECT m.id, m.status, m.by_policy, m.confidence, m.currency, m.entry_total, sum(abs(a.amount)), min(a.cause),
                max(a.cause), m.status = 'ambiguous' OR EXISTS (
                    SELECT 1 FROM decisions d WHERE d.company_id = m.company_id AND d.match_id = m.id
                      AND d.status_before = 'ambiguous'),
                {LACKS_REFERENCE}
         FROM {from} GROUP BY m.id HAVING max(a.cause) <> 'none' OR min(a.cause) <> 'none'"
    ))?;
    let mut rows = statement.query(params![Blob(company.uuid()), ASKS_FOR_REFERENCE])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let id = MatchId::from_uuid(row.get::<_, Blob>(0)?.0);
        let currency = rows::currency(&row.get::<_, String>(4)?)?;
        let (least, most): (String, String) = (row.get(7)?, row.get(8)?);
        let Placed { legs, date, account } = placed(sql, company, id)?;
        let mut records: Vec<RecordRef> = legs.iter().map(|leg| leg.record).collect();
        records.sort_unstable();
        let item = PolicyItem {
            subject: PolicySubject::Match(id),
            cause: if least == most { Some(rows::cause(&least)?) } else { None },
            found: None,
            impact: Money::from_minor(row.get(6)?, currency),
            basis: Money::from_minor(row.get(5)?, currency),
            date,
            account,
            confidence: Some(Confidence::from_ppm(row.get(3)?)),
            has_rival: row.get(9)?,
            lacks_reference: row.get(10)?,
            taken_back: taken_back.contains(&records),
        };
        let status = rows::match_status(&row.get::<_, String>(1)?)?;
        found.push(FoundMatch { item, status, by_policy: row.get(2)?, legs });
    }
    Ok(found)
}

struct Placed {
    legs: Vec<HeldLeg>,
    date: Option<Date>,
    account: Option<AccountId>,
}

/// A match's records, and the day and account of its earliest line.
fn placed(sql: &Connection, company: CompanyId, id: MatchId) -> Result<Placed, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT l.line_id, NULL AS entry_id, l.amount_applied, iif(r.state IN (3, 4), 0, r.amount - r.applied), r.date,
                r.account_id
         FROM match_legs l JOIN statement_lines r ON r.company_id = l.company_id AND r.id = l.line_id
         WHERE l.company_id = ?1 AND l.match_id = ?2
         UNION ALL
         SELECT NULL, l.entry_id, ifnull(l.amount_settled, l.amount_applied),
                CASE WHEN r.state = 4 THEN 0 WHEN r.kind = 'customer_account' THEN NULL WHEN r.state = 3 THEN 0
                     ELSE r.amount - r.applied END, NULL, NULL
         FROM match_legs l JOIN ledger_entries r ON r.company_id = l.company_id AND r.id = l.entry_id
         WHERE l.company_id = ?1 AND l.match_id = ?2",
    )?;
    let mut rows = statement.query(params![Blob(company.uuid()), Blob(id.uuid())])?;
    let mut legs = Vec::new();
    let mut earliest = None;
    while let Some(row) = rows.next()? {
        let record = record(row.get(0)?, row.get(1)?)?;
        legs.push(HeldLeg { record, settled: row.get(2)?, open: row.get(3)? });
        if let (RecordRef::Line(line), Some(account)) = (record, row.get::<_, Option<Blob>>(5)?) {
            let date = rows::date(row.get(4)?)?;
            let place = (date.is_none(), date, line, AccountId::from_uuid(account.0));
            if earliest.is_none_or(|before| place < before) {
                earliest = Some(place);
            }
        }
    }
    let (date, account) = earliest.map_or((None, None), |(_, date, _, account)| (date, Some(account)));
    Ok(Placed { legs, date, account })
}

/// Records with an exception that stand in no match, with what is open of them now, and the cause they count as today.
pub(super) fn unmatched(sql: &Connection, company: CompanyId, today: Date) -> Result<Vec<FoundRecord>, WorkbookError> {
    let took_back = |column: &str| {
        format!(
            "EXISTS (SELECT 1 FROM policy_resolutions p
                     JOIN policy_take_backs t ON t.company_id = p.company_id AND t.resolution_id = p.id
                     WHERE p.company_id = e.company_id AND p.{column} = e.{column})"
        )
    };
    let mut statement = sql.prepare_cached(&format!(
        "SELECT e.line_id, NULL AS entry_id, {}, r.impact, abs(r.amount), r.currency, r.date, r.account_id,
                r.accepted_by IS NOT NULL, {}, e.cause
         FROM exceptions e CROSS JOIN statement_lines r ON r.company_id = e.company_id AND r.id = e.line_id
         WHERE e.company_id = ?1 AND e.line_id IS NOT NULL AND r.state = 0 AND r.impact > 0
         UNION ALL
         SELECT NULL, e.entry_id, {}, r.impact, abs(r.amount), r.currency, r.date, NULL,
                r.accepted_by IS NOT NULL, {}, e.cause
         FROM exceptions e CROSS JOIN ledger_entries r ON r.company_id = e.company_id AND r.id = e.entry_id
         WHERE e.company_id = ?1 AND e.entry_id IS NOT NULL AND r.state = 0 AND r.impact > 0",
        marks::counts_as(Side::Statement, "e.cause", "?2"),
        took_back("line_id"),
        marks::counts_as(Side::Ledger, "e.cause", "?2"),
        took_back("entry_id")
    ))?;
    let mut rows = statement.query(params![Blob(company.uuid()), today.to_string()])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let currency = rows::currency(&row.get::<_, String>(5)?)?;
        let cause = rows::cause(&row.get::<_, String>(2)?)?;
        let item = PolicyItem {
            subject: PolicySubject::Record(record(row.get(0)?, row.get(1)?)?),
            cause: Some(cause),
            found: Some(rows::cause(&row.get::<_, String>(10)?)?).filter(|found| *found != cause),
            impact: Money::from_minor(row.get(3)?, currency),
            basis: Money::from_minor(row.get(4)?, currency),
            date: rows::date(row.get(6)?)?,
            account: row.get::<_, Option<Blob>>(7)?.map(|id| AccountId::from_uuid(id.0)),
            confidence: None,
            has_rival: false,
            lacks_reference: false,
            taken_back: row.get(9)?,
        };
        found.push(FoundRecord { item, accepted: row.get(8)? });
    }
    Ok(found)
}

/// What was resolved so far and stands, period by period: neither taken back by a person, nor an acceptance that ended.
pub(super) fn used(sql: &Connection, company: CompanyId) -> Result<PeriodUse, WorkbookError> {
    let mut statement = sql.prepare_cached(
        "SELECT r.cause, r.account_id, r.month, count(*), sum(r.counted) FROM policy_resolutions r
         WHERE r.company_id = ?1 AND NOT EXISTS (
             SELECT 1 FROM policy_take_backs t WHERE t.company_id = r.company_id AND t.resolution_id = r.id)
           AND (r.decision_id IS NOT NULL
                OR EXISTS (SELECT 1 FROM statement_lines s
                           WHERE s.company_id = r.company_id AND s.id = r.line_id AND s.accepted_by = r.id)
                OR EXISTS (SELECT 1 FROM ledger_entries l
                           WHERE l.company_id = r.company_id AND l.id = r.entry_id AND l.accepted_by = r.id))
         GROUP BY r.cause, r.account_id, r.month",
    )?;
    let mut rows = statement.query(params![Blob(company.uuid())])?;
    let mut used = PeriodUse::new();
    while let Some(row) = rows.next()? {
        let period = PolicyPeriod {
            cause: rows::cause(&row.get::<_, String>(0)?)?,
            account: row.get::<_, Option<Blob>>(1)?.map(|id| AccountId::from_uuid(id.0)),
            month: row.get::<_, String>(2)?.parse().map_err(WorkbookError::unreadable)?,
        };
        let of = MonthUse { count: rows::counted(row.get(3)?), total: row.get::<_, i64>(4)?.into() };
        used.insert(period, of);
    }
    Ok(used)
}
