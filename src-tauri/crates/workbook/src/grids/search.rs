//! Which rows hold what was typed: words by SQLite's full-text index, amounts by their value.

use std::{
    ops::RangeInclusive,
    sync::{Arc, PoisonError},
};

use rusqlite::{
    Connection,
    functions::{Aggregate, Context, FunctionFlags},
    params,
};
use tieout_domain::Currency;

use super::{
    bits::Bits,
    column::{ColumnKind, GridKind},
    data::Data,
    sheet::Sheet,
};
use crate::{Workbook, WorkbookError, custom};

/// Most words that are looked for; what is typed beyond them is not.
const WORDS_MAX: usize = 64;

/// What was found of late: the same words are often looked for in another order, or with another filter.
#[derive(Debug)]
pub(super) struct Find {
    source: &'static str,
    phrases: String,
    /// Up to which rowid the index was filled.
    through: i64,
    /// A bit a rowid.
    rows: Arc<[u8]>,
}

/// Finds that are kept: an eighth of a byte for each row of the table.
const FINDS_MAX: usize = 16;

/// `row_bits(rowid)`: the rows as a blob of bits. A word may stand in a million rows, and to step through them takes
/// several times as long.
struct RowBits;

impl Aggregate<Vec<u8>, Vec<u8>> for RowBits {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Vec<u8>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, bits: &mut Vec<u8>) -> rusqlite::Result<()> {
        let rowid = usize::try_from(context.get::<i64>(0)?).unwrap_or_default();
        if bits.len() <= rowid / 8 {
            bits.resize((rowid / 8 + 1).next_power_of_two(), 0);
        }
        if let Some(byte) = bits.get_mut(rowid / 8) {
            *byte |= 1 << (rowid % 8);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, bits: Option<Vec<u8>>) -> rusqlite::Result<Vec<u8>> {
        Ok(bits.unwrap_or_default())
    }
}

pub(super) fn register(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_aggregate_function("row_bits", 1, FunctionFlags::SQLITE_UTF8, RowBits)
}

/// A word as it was typed: what the index knows of it, and the amount that it may be.
struct Typed {
    words: Vec<String>,
    amount: Option<String>,
}

/// A full-text index.
struct Index {
    /// What it is of.
    source: &'static str,
    columns: &'static str,
    /// What a row is known by in the sheet.
    key: fn(i64) -> i64,
}

const LINES: Index = Index {
    source: "statement_lines",
    columns: "counterparty, description, reference, counterparty_account, record_id",
    key: same,
};
const ENTRIES: Index = Index {
    source: "ledger_entries",
    columns: "counterparty, counterparty_code, number, reference, memo, counterparty_account, record_id",
    key: same,
};
const MATCHES: Index = Index { source: "matches", columns: "title, search", key: same };
const EVENTS: Index = Index { source: "audit_events", columns: "actor, action, subject, details", key: same };

/// Rows that are put into an index at once: some thirty milliseconds.
const ROWS_AT_ONCE: i64 = 5_000;

impl GridKind {
    const fn indexes(self) -> &'static [Index] {
        match self {
            Self::Lines => &[LINES],
            Self::Entries => &[ENTRIES],
            Self::Matches => &[MATCHES],
            Self::Exceptions => &[
                Index { key: super::exceptions::line_key, ..LINES },
                Index { key: super::exceptions::entry_key, ..ENTRIES },
            ],
            Self::Events => &[EVENTS],
        }
    }
}

const fn same(row: i64) -> i64 {
    row
}

impl Workbook {
    /// Puts the next rows into the indexes that a grid's search needs; says whether there are more. No event tells of it:
    /// nothing is in an index that is not in the workbook.
    pub fn index_rows(&mut self, grid: GridKind) -> Result<bool, WorkbookError> {
        for Index { source, columns, .. } in grid.indexes() {
            let last: i64 = self
                .sql
                .prepare_cached(&format!("SELECT ifnull(max(rowid), 0) FROM {source}"))?
                .query_row([], |row| row.get(0))?;
            let through = self.through(source)?;
            if through >= last {
                continue;
            }
            let next = last.min(through + ROWS_AT_ONCE);
            let sql = self.sql.transaction()?;
            sql.prepare_cached(&format!(
                "INSERT INTO {source}_search (rowid, {columns})
                 SELECT rowid, {columns} FROM {source} NOT INDEXED WHERE rowid > ?1 AND rowid <= ?2 ORDER BY rowid"
            ))?
            .execute(params![through, next])?;
            sql.prepare_cached("UPDATE search_progress SET through = ?2 WHERE source = ?1")?
                .execute(params![source, next])?;
            sql.commit()?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Rows of the sheet that hold what was typed; `None` where nothing was. What has neither letters nor digits stands
    /// nowhere.
    pub(super) fn searched(&self, sheet: &Sheet, text: &str) -> Result<Option<Bits>, WorkbookError> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(None);
        }
        let whole = amount_of(text).filter(|_| text.contains(char::is_whitespace));
        let typed = self.typed(text)?;
        let mut found = self.rows_with(sheet, &typed)?;
        if let Some(amount) = whole {
            found.add(&rows_of_amount(sheet, &amount));
        }
        Ok(Some(found))
    }

    fn rows_with(&self, sheet: &Sheet, typed: &[Typed]) -> Result<Bits, WorkbookError> {
        let mut found: Option<Bits> = None;
        let mut keep = |bits: Bits| match &mut found {
            Some(found) => found.keep(&bits),
            None => found = Some(bits),
        };
        let last = typed.len().saturating_sub(1);
        let mut together = Vec::new();
        for (i, word) in typed.iter().enumerate() {
            let words = phrases(&word.words, i == last);
            match &word.amount {
                None if words.is_empty() => return Ok(Bits::none(sheet.len())),
                None => together.extend(words),
                Some(amount) => {
                    let mut bits = rows_of_amount(sheet, amount);
                    if !words.is_empty() {
                        bits.add(&self.indexed(sheet, &words)?);
                    }
                    keep(bits);
                }
            }
        }
        if !together.is_empty() {
            keep(self.indexed(sheet, &together)?);
        }
        Ok(found.unwrap_or_else(|| Bits::none(sheet.len())))
    }

    /// Rows that the full-text index has for all of these.
    fn indexed(&self, sheet: &Sheet, phrases: &[String]) -> Result<Bits, WorkbookError> {
        let mut bits = Bits::none(sheet.len());
        let phrases = phrases.join(" ");
        for Index { source, key, .. } in sheet.grid.indexes() {
            for (byte, rows) in self.rows_of_index(source, &phrases)?.iter().enumerate() {
                let mut left = *rows;
                while left != 0 {
                    let rowid = byte as i64 * 8 + i64::from(left.trailing_zeros());
                    if let Some(slot) = sheet.slot(key(rowid)) {
                        bits.set(slot, true);
                    }
                    left &= left - 1;
                }
            }
        }
        Ok(bits)
    }

    /// What an index has for these phrases, from the last searches or from the file.
    fn rows_of_index(&self, source: &'static str, phrases: &str) -> Result<Arc<[u8]>, WorkbookError> {
        let through = self.through(source)?;
        let mut finds = self.grids.finds.lock().unwrap_or_else(PoisonError::into_inner);
        let is_same = |find: &Find| find.source == source && find.through == through && find.phrases == phrases;
        if let Some(known) = finds.iter().find(|find| is_same(find)) {
            return Ok(Arc::clone(&known.rows));
        }
        let table = format!("{source}_search");
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT row_bits(rowid) FROM {table} WHERE {table} MATCH ?1"))?;
        let rows: Arc<[u8]> = statement.query_row(params![phrases], |row| row.get::<_, Vec<u8>>(0))?.into();
        if finds.len() >= FINDS_MAX {
            finds.remove(0);
        }
        finds.push(Find { source, phrases: phrases.to_owned(), through, rows: Arc::clone(&rows) });
        Ok(rows)
    }

    /// Up to which rowid an index is filled.
    fn through(&self, source: &str) -> Result<i64, WorkbookError> {
        let mut statement = self.sql.prepare_cached("SELECT through FROM search_progress WHERE source = ?1")?;
        Ok(statement.query_row(params![source], |row| row.get(0))?)
    }

    /// What was typed, as the index itself takes it apart: so that what it finds is what it was given, and nothing that is
    /// typed is taken for its query language.
    fn typed(&self, text: &str) -> Result<Vec<Typed>, WorkbookError> {
        self.sql.execute_batch(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.typed
                 USING fts5(word, tokenize = 'unicode61 remove_diacritics 2');
             CREATE VIRTUAL TABLE IF NOT EXISTS temp.typed_words USING fts5vocab(temp, typed, instance);
             DELETE FROM temp.typed;",
        )?;
        let mut put = self.sql.prepare_cached("INSERT INTO temp.typed (rowid, word) VALUES (?1, ?2)")?;
        let mut typed = Vec::new();
        for (row, word) in text.split_whitespace().take(WORDS_MAX).enumerate() {
            put.execute(params![row as i64, word])?;
            typed.push(Typed { words: Vec::new(), amount: amount_of(word) });
        }
        let mut told = self.sql.prepare_cached("SELECT doc, term FROM temp.typed_words ORDER BY doc, offset")?;
        let mut rows = told.query([])?;
        let mut left = WORDS_MAX;
        while let Some(row) = rows.next()? {
            let word = usize::try_from(row.get::<_, i64>(0)?).ok().and_then(|place| typed.get_mut(place));
            if let Some(word) = word.filter(|_| left > 0) {
                word.words.push(row.get(1)?);
                left -= 1;
            }
        }
        Ok(typed)
    }
}

/// Words as the index asks for them; the very last one may go on.
fn phrases(words: &[String], last: bool) -> Vec<String> {
    let end = words.len().saturating_sub(1);
    let phrase = |(i, word): (usize, &String)| {
        format!("\"{}\"{}", word.replace('"', "\"\""), if last && i == end { "*" } else { "" })
    };
    words.iter().enumerate().map(phrase).collect()
}

/// Whether what was typed may stand in amounts, so that what is found changes with them.
pub(super) fn may_be_amounts(text: &str) -> bool {
    amount_of(text).is_some() || text.split_whitespace().any(|word| amount_of(word).is_some())
}

/// The amount that a text is, in the form of `-1234.50`; `None` for other text.
fn amount_of(text: &str) -> Option<String> {
    let needle = custom::amount_needle(text);
    let is_amount = needle.strip_prefix('-').unwrap_or(&needle);
    let (whole, part) = is_amount.split_once('.').unwrap_or((is_amount, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let plain = !whole.is_empty() && digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0'));
    plain.then_some(needle)
}

/// Rows of which an amount is the one typed, whatever its sign unless one was typed. Decimals that were not typed may be
/// any.
fn rows_of_amount(sheet: &Sheet, needle: &str) -> Bits {
    let currencies = sheet.currencies.iter().copied();
    let ranges: Vec<Option<RangeInclusive<i64>>> = currencies.map(|currency| minor_units(needle, currency)).collect();
    let signed = needle.starts_with('-');
    let mut found = Bits::none(sheet.len());
    for (column, data) in sheet.grid.columns().iter().zip(&sheet.columns) {
        let (ColumnKind::Amount, Data::Numbers(numbers)) = (column.kind(), data) else { continue };
        found.add(&Bits::of(sheet.len(), |slot| {
            let range = ranges.get(sheet.currency.codes.get(slot)).and_then(Option::as_ref);
            numbers.get(slot).zip(range).is_some_and(|(number, range)| {
                if signed { number < 0 && range.contains(&-number) } else { range.contains(&number.saturating_abs()) }
            })
        }));
    }
    found
}

/// Magnitudes in minor units that begin as typed: `1234.5` is 1234.50 to 1234.59.
fn minor_units(needle: &str, currency: Currency) -> Option<RangeInclusive<i64>> {
    let (whole, part) = needle.trim_start_matches('-').split_once('.').unwrap_or((needle.trim_start_matches('-'), ""));
    let digits = currency.digits() as usize;
    let (part, beyond) = part.split_at(part.len().min(digits));
    if beyond.bytes().any(|byte| byte != b'0') {
        return None;
    }
    let least: i64 = format!("{whole}{part}{}", "0".repeat(digits - part.len())).parse().ok()?;
    let span = 10_i64.pow((digits - part.len()) as u32);
    Some(least..=least.checked_add(span - 1)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_known_however_they_are_typed() {
        let eur = Currency::parse("EUR").unwrap();
        for (typed, range) in [
            ("1.234,50", Some(123_450..=123_450)),
            ("1234.5", Some(123_450..=123_459)),
            ("1,234.50", Some(123_450..=123_450)),
            ("1'234", Some(123_400..=123_499)),
            ("1 234,5", Some(123_450..=123_459)),
            ("-7", Some(700..=799)),
            ("0.5", Some(50..=59)),
            ("1.005", Some(100_500..=100_599)),
            ("12.0000", Some(1_200..=1_200)),
            ("001", None),
            ("RE-7", None),
            ("--7", None),
            ("-", None),
            ("99999999999999999999", None),
            ("92233720368547758.07", Some(i64::MAX..=i64::MAX)),
        ] {
            let found = amount_of(typed).and_then(|needle| minor_units(&needle, eur));
            assert_eq!(found, range, "{typed}");
        }
        assert_eq!(minor_units("1234.5", Currency::parse("JPY").unwrap()), None);
        assert_eq!(minor_units("1234.0", Currency::parse("JPY").unwrap()), Some(1_234..=1_234));
    }
}
