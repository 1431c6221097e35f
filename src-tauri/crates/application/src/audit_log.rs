//! The audit log: pages of it, searched and filtered; written out as a file that can be checked without the workbook; and
//! going on with an older copy of the file.

use std::{io, path::Path};

use tieout_domain::AuditEvent;
use tieout_workbook::{GridColumn, GridFilter, GridKind, GridQuery, GridTest};

use crate::{ApplicationError, AuditLog, AuditSearch, Session, exports::Export, place::Existing, results};

/// About so much of the chain is read at once: some ten milliseconds.
const PIECE_BYTES: usize = 1 << 20;

impl Session {
    /// A page of the events that fit, newest first. A search is words of which each must stand somewhere in an event.
    pub fn find_events(&self, wanted: &AuditSearch, offset: u32, limit: u32) -> Result<AuditLog, ApplicationError> {
        let limit = limit.min(500);
        if *wanted == AuditSearch::default() {
            return self.with_open(|open| {
                let page = open.workbook.audit_page(u64::from(offset), limit)?;
                Ok(AuditLog { events: page.events, total: page.total })
            });
        }
        let page = self.grid_page(&query(wanted), u64::from(offset), limit)?;
        let numbers = page.rows.iter().filter_map(|row| row.cells.first()?.text.parse().ok());
        let numbers: Vec<u64> = numbers.collect();
        let events: Vec<AuditEvent> = self.with_open(|open| Ok(open.workbook.audit_events(&numbers)?))?;
        Ok(AuditLog { events, total: page.total })
    }

    /// Writes the whole chain as JSON lines, which `tieout verify` checks. Answers how many events, the one that tells of this
    /// file left out.
    pub fn export_audit_log(&self, path: &Path, existing: Existing) -> Result<u64, ApplicationError> {
        let (place, events) =
            self.with_open(|open| Ok((open.place(path, existing)?, open.workbook.audit_head().sequence)))?;
        // Read piece by piece and written meanwhile, so that nobody waits for the disk.
        let file = results::new_file(&place, |out| {
            let mut through = 0;
            while through < events {
                let lines = self.with_open(|open| Ok(open.workbook.chain_lines(through, PIECE_BYTES)?));
                let lines = lines.map_err(io::Error::other)?;
                out.write_all(lines.text.as_bytes())?;
                through = lines.through.max(through + 1);
            }
            Ok(())
        })?;
        let export = Export::data("audit").of(format!("log of {events} events"));
        self.with_open(|open| open.put_in_place(&export, [file]))?;
        Ok(events)
    }

    /// An admin answers for it that this older copy, or other history, is the one to go on with, and says why.
    pub fn accept_history(&self, reason: &str) -> Result<(), ApplicationError> {
        self.with_open(|open| {
            open.workbook.accept_history(reason)?;
            open.forget_warning();
            Ok(())
        })
    }

    /// Forgets the workbook's key on this machine: the passphrase will be asked for.
    pub fn forget_key(&self) -> Result<(), ApplicationError> {
        self.with_open(|open| Ok(open.workbook.forget_key()?))
    }
}

/// The grid's own query. Its first column is the event's number.
fn query(wanted: &AuditSearch) -> GridQuery {
    let one_of = |column, value: &Option<String>| {
        value.clone().map(|value| GridFilter { column, test: GridTest::OneOf, values: vec![value] })
    };
    let day = |test, day: Option<jiff::civil::Date>| {
        day.map(|day| GridFilter { column: GridColumn::At, test, values: vec![day.to_string()] })
    };
    let filters = [
        one_of(GridColumn::Actor, &wanted.actor),
        one_of(GridColumn::Action, &wanted.action),
        day(GridTest::AtLeast, wanted.from),
        day(GridTest::AtMost, wanted.to),
    ];
    GridQuery {
        search: wanted.search.clone(),
        filters: filters.into_iter().flatten().collect(),
        ..GridQuery::all(GridKind::Events)
    }
}
