//! Rows as they are digested.

use std::ops::ControlFlow;

use rayon::prelude::*;
use rusqlite::{
    Connection, Row,
    types::{Value, ValueRef},
};
use sha2::{Digest as _, Sha256};

use super::tables::Table;
use crate::WorkbookError;

/// SHA-256 of a row, or of a table's rows.
pub(super) type Hash = [u8; 32];

/// Rows that are read before they are digested, on all cores, and how many bytes of them at most (and one row).
const ROWS_MAX: usize = 4_096;
const BYTES_MAX: usize = 4 * 1024 * 1024;
/// Fewer are digested where they are.
const PARALLEL_MIN: usize = 256;

/// Rows, one after the other.
#[derive(Default)]
struct Piece {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Piece {
    fn is_full(&self) -> bool {
        self.ends.len() >= ROWS_MAX || self.bytes.len() >= BYTES_MAX
    }

    /// Takes a row in, but for its first column: each value with its type, and texts and bytes with their length.
    fn push(&mut self, row: &Row<'_>, columns: usize) -> Result<(), WorkbookError> {
        for column in 1..columns {
            match row.get_ref(column)? {
                ValueRef::Null => self.bytes.push(0),
                ValueRef::Integer(number) => {
                    self.bytes.push(1);
                    self.bytes.extend(number.to_le_bytes());
                }
                ValueRef::Real(number) => {
                    self.bytes.push(2);
                    self.bytes.extend(number.to_bits().to_le_bytes());
                }
                ValueRef::Text(text) => self.push_long(3, text),
                ValueRef::Blob(bytes) => self.push_long(4, bytes),
            }
        }
        self.ends.push(self.bytes.len());
        Ok(())
    }

    fn push_long(&mut self, mark: u8, bytes: &[u8]) {
        self.bytes.push(mark);
        self.bytes.extend((bytes.len() as u64).to_le_bytes());
        self.bytes.extend(bytes);
    }

    fn digest(&self, row: usize) -> Hash {
        let from = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let to = self.ends.get(row).copied().unwrap_or(from);
        Sha256::digest(self.bytes.get(from..to).unwrap_or_default()).into()
    }

    fn digests(&self) -> Vec<Hash> {
        if self.ends.len() < PARALLEL_MIN {
            (0..self.ends.len()).map(|row| self.digest(row)).collect()
        } else {
            (0..self.ends.len()).into_par_iter().map(|row| self.digest(row)).collect()
        }
    }
}

/// The digests of a table's rows in the order in which they came, piece by piece, each with what its last row is ordered by:
/// those after this place, or all. Ends early where it is told to.
pub(super) fn each_piece(
    sql: &Connection,
    table: &Table,
    after: Option<&Value>,
    mut take: impl FnMut(&[Hash], &Value) -> Result<ControlFlow<()>, WorkbookError>,
) -> Result<(), WorkbookError> {
    let ((by, order), only) = (table.order(), table.only());
    let than = if after.is_some() { ">" } else { ">=" };
    let mut statement = sql.prepare_cached(&format!(
        "SELECT {by}, {} FROM {} WHERE {only}{by} {than} ?1 ORDER BY {order}",
        table.columns, table.name
    ))?;
    let columns = statement.column_count();
    let mut rows = statement.query([after.unwrap_or(&super::BEFORE_ALL)])?;
    let (mut piece, mut through) = (Piece::default(), super::BEFORE_ALL);
    while let Some(row) = rows.next()? {
        piece.push(row, columns)?;
        through = row.get(0)?;
        if piece.is_full() {
            if take(&piece.digests(), &through)?.is_break() {
                return Ok(());
            }
            piece.bytes.clear();
            piece.ends.clear();
        }
    }
    // There is no more to come, whatever it answers.
    if piece.ends.is_empty() { Ok(()) } else { take(&piece.digests(), &through).map(drop) }
}
