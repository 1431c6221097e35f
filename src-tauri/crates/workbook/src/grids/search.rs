//! Which rows hold what was typed: words by SQLite's full-text index, amounts by their value.

use std::ops::RangeInclusive;

use rusqlite::params;
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

/// A word as it was typed: what the index knows of it, and the amount that it may be.
struct Typed {
    words: Vec<String>,
    amount: Option<String>,
}

impl GridKind {
    /// Its full-text indexes, with how a row there is known in the sheet.
    const fn indexes(self) -> &'static [(&'static str, fn(i64) -> i64)] {
        match self {
            Self::Lines => &[("statement_lines_search", same)],
            Self::Entries => &[("ledger_entries_search", same)],
            Self::Matches => &[("matches_search", same)],
            Self::Exceptions => &[
                ("statement_lines_search", super::exceptions::line_key),
                ("ledger_entries_search", super::exceptions::entry_key),
            ],
            Self::Events => &[("audit_events_search", same)],
        }
    }
}

const fn same(row: i64) -> i64 {
    row
}

impl Workbook {
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
        for (table, key) in sheet.grid.indexes() {
            let mut statement =
                self.sql.prepare_cached(&format!("SELECT rowid FROM {table} WHERE {table} MATCH ?1"))?;
            let mut rows = statement.query(params![phrases.join(" ")])?;
            while let Some(row) = rows.next()? {
                if let Some(slot) = sheet.slot(key(row.get(0)?)) {
                    bits.set(slot, true);
                }
            }
        }
        Ok(bits)
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
