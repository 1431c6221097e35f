//! What binds the rows of tables that only grow to the audit chain.
//!
//! The digest of a row is SHA-256 over the columns that never change (`tables`), each with its type and length. The seal of
//! a table begins with the SHA-256 of its name and columns, and goes on from row to row: SHA-256 over the seal so far and
//! the row's digest. The last event of a change tells of each table that grew how many rows there are now, and the seal:
//! so an event names all rows that were there when it was told, and whoever changes, removes or adds one past the
//! program would have to rewrite the chain from there on, which its head outside the file tells.
//!
//! Rows are read back before the change is committed, whichever way they got there. While a table has rows at its end that
//! the program did not put there, or misses some, nothing more of it is sealed: so `check` goes on to find them.

mod check;
mod rows;
mod tables;

use std::{ops::ControlFlow, sync::LazyLock};

use rusqlite::{Connection, OptionalExtension, params, types::Value};
use sha2::{Digest as _, Sha256};
use tieout_domain::{CompanyId, Digest};

pub use self::check::RowFault;
pub(crate) use self::check::{Told, check};
pub(crate) use self::tables::TABLES;
use self::{
    rows::{Hash, each_piece},
    tables::Table,
};
use crate::{WorkbookError, json::Json, rows as columns, rows::Blob, schema::SEALED_SINCE};

/// What comes before every row, whatever rows are ordered by.
const BEFORE_ALL: Value = Value::Integer(i64::MIN);

/// Rows whose digests are kept together, and the bytes kept of each: see the migration.
const PIECE_ROWS: u64 = 512;
const KEPT: usize = 4;

/// The newest row of each table, by what orders them: each found at the end of its tree.
static NEWEST: LazyLock<String> = LazyLock::new(|| {
    let newest = TABLES.iter().enumerate().map(|(place, table)| {
        let ((by, _), only) = (table.order(), table.only());
        format!("SELECT {place}, max({by}) FROM {} WHERE {only}true", table.name)
    });
    newest.collect::<Vec<_>>().join(" UNION ALL ")
});

/// How far each table is sealed.
#[derive(Debug, Clone)]
pub(crate) struct Seals {
    tips: Vec<Tip>,
}

#[derive(Debug, Clone)]
struct Tip {
    rows: u64,
    /// What the newest sealed row is ordered by.
    through: Value,
    hash: Hash,
    /// The rows that the newest event told of.
    told: u64,
    /// It does not end as it was left: nothing more of it is sealed.
    is_touched: bool,
}

/// A table's seal before its first row.
fn beginning(table: &Table) -> Hash {
    Sha256::digest(format!("tieout seal 1\n{}\n{}", table.name, table.columns)).into()
}

fn roll(hash: &mut Hash, digest: &Hash) {
    *hash = Sha256::new().chain_update(*hash).chain_update(digest).finalize().into();
}

impl Seals {
    /// Of a file in which nothing is sealed.
    pub(crate) fn none() -> Self {
        let tip = |table| Tip { rows: 0, through: BEFORE_ALL, hash: beginning(table), told: 0, is_touched: false };
        Self { tips: TABLES.iter().map(tip).collect() }
    }

    /// As the file was left. Where it was just brought up to date, a table may have rows of which none is sealed yet.
    pub(crate) fn load(sql: &Connection, company: CompanyId, is_migrated: bool) -> Result<Self, WorkbookError> {
        let mut seals = Self::none();
        for (tip, table) in seals.tips.iter_mut().zip(&TABLES) {
            let stored = stored(sql, company, table)?;
            tip.is_touched = stored.is_none() && !is_migrated;
            if let Some((rows, through, hash)) = stored {
                *tip = Tip { rows, through, hash, told: rows, is_touched: false };
            }
        }
        for (place, newest) in newest(sql)? {
            let Some((tip, table)) = seals.tips.get_mut(place).zip(TABLES.get(place)) else { continue };
            let is_as_left =
                if tip.rows == 0 { newest == Value::Null || !tip.is_touched } else { newest == tip.through };
            tip.is_touched = !is_as_left;
            if tip.is_touched {
                tracing::error!(table = table.name, "a table does not end as it was left");
            }
        }
        Ok(seals)
    }

    /// Whether nothing is sealed yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.tips.iter().all(|tip| tip.rows == 0)
    }

    /// Seals all rows that were added since. Asked within the transaction that added them.
    pub(crate) fn grow(&mut self, sql: &Connection, company: CompanyId) -> Result<(), WorkbookError> {
        for (place, newest) in newest(sql)? {
            let Some((tip, table)) = self.tips.get_mut(place).zip(TABLES.get(place)) else { continue };
            if newest != Value::Null && newest != tip.through && !tip.is_touched {
                tip.grow(sql, company, table)?;
            }
        }
        Ok(())
    }

    /// What an event tells of the tables that grew since the one before; empty: none did. Canonical JSON.
    pub(crate) fn tell(&mut self, sql: &Connection, company: CompanyId) -> Result<String, WorkbookError> {
        self.grow(sql, company)?;
        let mut grown = Vec::new();
        for (tip, table) in self.tips.iter_mut().zip(&TABLES) {
            if tip.rows > tip.told {
                tip.told = tip.rows;
                tip.store(sql, company, table)?;
                let seal = Json::text(Digest::from_bytes(tip.hash));
                grown.push((table.name, Json::List(vec![Json::count(tip.rows), seal])));
            }
        }
        Ok(if grown.is_empty() { String::new() } else { Json::Object(grown).canonical() })
    }

    /// What the first event of a new file tells. Files of versions that seal nothing are made by tests.
    pub(crate) fn tell_first(sql: &Connection, company: CompanyId) -> Result<String, WorkbookError> {
        let version: i32 = sql.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version < SEALED_SINCE { Ok(String::new()) } else { Self::none().tell(sql, company) }
    }
}

impl Tip {
    fn grow(&mut self, sql: &Connection, company: CompanyId, table: &Table) -> Result<(), WorkbookError> {
        let after = self.through.clone();
        each_piece(sql, table, Some(&after), |digests, through| {
            keep_pieces(sql, company, table, self.rows, digests)?;
            digests.iter().for_each(|digest| roll(&mut self.hash, digest));
            self.rows += digests.len() as u64;
            self.through = through.clone();
            Ok(ControlFlow::Continue(()))
        })
    }

    fn store(&self, sql: &Connection, company: CompanyId, table: &Table) -> Result<(), WorkbookError> {
        sql.prepare_cached(
            "INSERT INTO seals (company_id, of, rows, through, hash) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (company_id, of) DO UPDATE SET rows = excluded.rows, through = excluded.through,
                 hash = excluded.hash",
        )?
        .execute(params![
            Blob(company.uuid()),
            table.name,
            columns::stored(self.rows),
            self.through,
            self.hash
        ])?;
        Ok(())
    }
}

/// Rows, newest row, seal.
fn stored(sql: &Connection, company: CompanyId, table: &Table) -> Result<Option<(u64, Value, Hash)>, WorkbookError> {
    let found = sql
        .prepare_cached("SELECT rows, through, hash FROM seals WHERE company_id = ?1 AND of = ?2")?
        .query_row(params![Blob(company.uuid()), table.name], |row| {
            Ok((columns::counted(row.get(0)?), row.get(1)?, row.get(2)?))
        })
        .optional()?;
    Ok(found)
}

fn newest(sql: &Connection) -> Result<Vec<(usize, Value)>, WorkbookError> {
    let mut statement = sql.prepare_cached(&NEWEST)?;
    let found = statement.query_map([], |row| Ok((usize::from(row.get::<_, u16>(0)?), row.get(1)?)))?;
    Ok(found.collect::<rusqlite::Result<_>>()?)
}

/// Keeps the first bytes of the digests of rows that come after so many.
fn keep_pieces(
    sql: &Connection,
    company: CompanyId,
    table: &Table,
    before: u64,
    digests: &[Hash],
) -> Result<(), WorkbookError> {
    let mut put = sql.prepare_cached(
        "INSERT INTO seal_pieces (company_id, of, piece, digests) VALUES (?1, ?2, ?3, ?4)
         ON CONFLICT (company_id, of, piece) DO UPDATE SET digests = excluded.digests",
    )?;
    let (mut row, mut left) = (before, digests);
    while !left.is_empty() {
        let (piece, offset) = (row / PIECE_ROWS, row % PIECE_ROWS);
        let room = usize::try_from(PIECE_ROWS - offset).unwrap_or(usize::MAX);
        let (now, rest) = left.split_at(room.min(left.len()));
        let mut kept = if offset == 0 { Vec::new() } else { kept_piece(sql, company, table, piece)? };
        kept.resize(usize::try_from(offset).unwrap_or(0) * KEPT, 0);
        kept.extend(now.iter().flat_map(|digest| digest.iter().take(KEPT)));
        put.execute(params![Blob(company.uuid()), table.name, columns::stored(piece), kept])?;
        row += now.len() as u64;
        left = rest;
    }
    Ok(())
}

fn kept_piece(sql: &Connection, company: CompanyId, table: &Table, piece: u64) -> Result<Vec<u8>, WorkbookError> {
    let kept = sql
        .prepare_cached("SELECT digests FROM seal_pieces WHERE company_id = ?1 AND of = ?2 AND piece = ?3")?
        .query_row(params![Blob(company.uuid()), table.name, columns::stored(piece)], |row| row.get(0))
        .optional()?;
    Ok(kept.unwrap_or_default())
}
