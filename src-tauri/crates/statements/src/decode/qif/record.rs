//! Records → rows of the table, each with what is wrong with it.

use std::borrow::Cow;

use tieout_domain::{Said, Severity, said};

use super::{date, lines::Line};
use crate::{
    ColumnRole, DecimalMark, ReadError, Spot, Table,
    record_table::{Field, RecordTable},
    value::{
        amount::{is_amount, parse_amount},
        words::{cut, fold},
    },
};

/// The columns, by the letters QIF has for them.
pub(super) const FIELDS: &[Field] = &[
    ("D", ColumnRole::Date),
    ("T", ColumnRole::Amount),
    ("N", ColumnRole::Reference),
    ("N (kind)", ColumnRole::BankCode),
    ("P", ColumnRole::Counterparty),
    ("M", ColumnRole::Description),
    ("S", ColumnRole::Description),
    ("L", ColumnRole::Ignore),
    ("C", ColumnRole::Ignore),
    ("A", ColumnRole::Ignore),
];

/// How a record came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ending {
    /// By `^`.
    Closed,
    /// By the header of the next section.
    Implied,
    /// The file was over.
    EndOfFile,
}

/// The fields of one record.
#[derive(Debug, Clone, Default)]
pub(super) struct Record<'t> {
    start: usize,
    end: usize,
    line: u32,
    ends_within_line: bool,
    dates: Vec<&'t str>,
    amounts: Vec<&'t str>,
    large_amounts: Vec<&'t str>,
    number: Option<&'t str>,
    payee: Vec<&'t str>,
    memo: Vec<&'t str>,
    category: Option<&'t str>,
    cleared: Option<&'t str>,
    address: Vec<&'t str>,
    splits: Vec<&'t str>,
    is_investment: bool,
    has_fields: bool,
}

impl<'t> Record<'t> {
    /// Lets the record reach to the end of a line.
    pub(super) fn extend(&mut self, line: &Line<'t>) {
        if self.line == 0 {
            (self.start, self.line) = (line.start, line.number);
        }
        self.end = line.end;
        self.ends_within_line = !line.is_whole;
    }

    /// Takes a line of one letter and a value.
    pub(super) fn take(&mut self, line: &Line<'t>) {
        let mut characters = line.text.chars();
        let code = characters.next().unwrap_or(' ');
        let value = characters.as_str().trim();
        self.has_fields = true;
        match code {
            'D' => self.dates.push(value),
            'T' => self.amounts.push(value),
            'U' => self.large_amounts.push(value),
            'N' => self.number = self.number.or(Some(value)),
            'P' => self.payee.push(value),
            'M' => self.memo.push(value),
            'L' => self.category = self.category.or(Some(value)),
            'C' => self.cleared = self.cleared.or(Some(value)),
            'A' => self.address.push(value),
            'S' | 'E' | '$' | '%' => self.splits.push(value),
            'Y' | 'Q' | 'I' => self.is_investment = true,
            _ => {}
        }
    }

    /// Whether it holds nothing.
    pub(super) fn is_empty(&self) -> bool {
        !self.has_fields
    }

    /// The N field: a number of a transaction, the name of an account.
    pub(super) fn number(&self) -> &'t str {
        self.number.unwrap_or("")
    }

    /// Whether it has what transactions have and what records of other kinds have not.
    pub(super) fn looks_like_transaction(&self) -> bool {
        let has_amount = !self.amounts.is_empty() || !self.large_amounts.is_empty();
        !self.dates.is_empty() && has_amount && !self.is_investment
    }

    /// The account a statement belongs to, where its opening balance names it as its own counterpart.
    pub(super) fn names_own_account(&self) -> Option<&'t str> {
        let inner = self.category?.strip_prefix('[')?.strip_suffix(']')?;
        self.is_opening_balance().then_some(inner)
    }

    fn is_opening_balance(&self) -> bool {
        const WORDS: [&str; 9] = [
            "opening balance",
            "starting balance",
            "solde initial",
            "anfangssaldo",
            "eroffnungssaldo",
            "saldo inicial",
            "saldo iniziale",
            "beginsaldo",
            "saldo poczatkowe",
        ];
        self.payee.first().is_some_and(|payee| WORDS.contains(&fold(payee).as_str()))
    }

    /// The amount: T, else U, which newer programs write beside it for numbers too long for T.
    fn amount(&self) -> &'t str {
        let filled = |all: &[&'t str]| all.iter().copied().find(|amount| !amount.is_empty());
        filled(&self.amounts).or_else(|| filled(&self.large_amounts)).unwrap_or("")
    }

    fn description(&self) -> Cow<'t, str> {
        match (self.memo.as_slice(), self.payee.is_empty()) {
            ([], true) => Cow::Borrowed(self.category.unwrap_or("")),
            ([only], _) => Cow::Borrowed(only),
            (all, _) => Cow::Owned(joined(all)),
        }
    }
}

fn joined(parts: &[&str]) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Whether two texts are one amount under some decimal mark.
fn same_amount(one: &str, other: &str) -> bool {
    one == other
        || [DecimalMark::Point, DecimalMark::Comma].into_iter().any(|mark| {
            parse_amount(one, mark)
                .is_ok_and(|amount| parse_amount(other, mark).is_ok_and(|also| also.value == amount.value))
        })
}

struct Fault<'t> {
    field: &'static str,
    value: &'t str,
    expected: Said,
    severity: Severity,
}

/// Writes rows.
pub(super) struct Rows<'t, 'l> {
    text: &'t str,
    pub(super) records: RecordTable<'l>,
    pushed: u32,
    refused: u32,
    first_refusal: Option<(u32, Said)>,
}

impl<'t, 'l> Rows<'t, 'l> {
    pub(super) fn new(text: &'t str, records: RecordTable<'l>) -> Self {
        Self { text, records, pushed: 0, refused: 0, first_refusal: None }
    }

    /// Adds a transaction.
    pub(super) fn push(&mut self, record: &Record<'t>, ending: Ending) -> Result<(), ReadError> {
        let faults = faults(record, ending);
        let written = record.dates.first().copied().unwrap_or("");
        let day = date::readable(written);
        let number = record.number();
        let is_reference = number.bytes().any(|byte| byte.is_ascii_digit());
        let cells = [
            &*day,
            record.amount(),
            if is_reference { number } else { "" },
            if is_reference { "" } else { number },
            &*joined(&record.payee),
            &*record.description(),
            &*joined(&record.splits),
            record.category.unwrap_or(""),
            record.cleared.unwrap_or(""),
            &*joined(&record.address),
        ];
        self.records.push(record.line, self.text.get(record.start..record.end).unwrap_or(""), &cells)?;
        self.pushed += 1;
        self.report(&faults, record.line);
        Ok(())
    }

    fn report(&mut self, faults: &[Fault<'_>], line: u32) {
        for fault in faults {
            match fault.severity {
                Severity::Warning => self.records.warn(fault.field, fault.value, fault.expected.clone()),
                Severity::Error => {
                    self.records.refuse(fault.field, fault.value, fault.expected.clone());
                    let (field, value, expected) = (fault.field, cut(fault.value), &fault.expected);
                    self.first_refusal.get_or_insert_with(|| {
                        let fault = said!(
                            "damaged.qifField",
                            "its line {field} is '{value}' and should be {expected}",
                            field = field,
                            value = value,
                            expected = expected.clone()
                        );
                        (line, fault)
                    });
                }
            }
        }
        self.refused += u32::from(faults.iter().any(|fault| fault.severity == Severity::Error));
    }

    /// The finished table.
    ///
    /// # Errors
    /// Not a single transaction can be read.
    pub(super) fn finish(self) -> Result<Table, ReadError> {
        match self.first_refusal.filter(|_| self.refused == self.pushed) {
            Some((line, fault)) => Err(ReadError::Damaged {
                what: "the QIF file",
                place: Spot::line(line),
                detail: match self.pushed {
                    1 => said!("damaged.only", "its only transaction cannot be read: {fault}", fault = fault),
                    number => said!(
                        "damaged.none",
                        "none of its {number} transactions can be read; in the first, {fault}",
                        number = number,
                        fault = fault
                    ),
                },
            }),
            None => Ok(self.records.finish()),
        }
    }
}

fn faults<'t>(record: &Record<'t>, ending: Ending) -> Vec<Fault<'t>> {
    let mut faults = Vec::new();
    let mut add = |field, value, expected, severity| faults.push(Fault { field, value, expected, severity });
    match (record.dates.as_slice(), record.dates.get(1)) {
        (_, Some(second)) => add(
            "D",
            second,
            said!("qif.onlyDate", "the only date of the record; is a ^ missing before it?"),
            Severity::Error,
        ),
        ([only, ..], _) if super::is_date(only) => {}
        (dates, _) => {
            add(
                "D",
                dates.first().copied().unwrap_or(""),
                said!("qif.date", "a date such as 12/31/2024"),
                Severity::Error,
            );
        }
    }
    let amount = record.amount();
    if let Some(second) = record.amounts.get(1).or(record.large_amounts.get(1)) {
        add(
            "T",
            second,
            said!("qif.onlyAmount", "the only amount of the record; is a ^ missing before it?"),
            Severity::Error,
        );
    } else if !is_amount(amount) {
        add("T", amount, said!("qif.amount", "an amount such as -1,234.56"), Severity::Error);
    } else if let Some(large) = record.large_amounts.first().filter(|large| !same_amount(large, amount)) {
        add("T", large, said!("qif.oneAmount", "one amount; the lines T and U of the record differ"), Severity::Error);
    }
    if let Some((expected, severity)) = unfinished(record, ending) {
        add("", "", expected, severity);
    }
    if record.is_opening_balance() {
        let expected = said!("qif.opening", "a transaction; this record opens the account and was kept as a row");
        add("P", record.payee.first().copied().unwrap_or(""), expected, Severity::Warning);
    }
    faults
}

/// What is wrong with the end of a record, if anything is.
fn unfinished(record: &Record<'_>, ending: Ending) -> Option<(Said, Severity)> {
    match ending {
        Ending::Closed => None,
        Ending::EndOfFile if record.ends_within_line => Some((
            said!("qif.cut", "^; the file ends within this record, so that its values may be cut off"),
            Severity::Error,
        )),
        Ending::EndOfFile => Some((
            said!("qif.endOfFile", "^ at the end of the record; the file ends without it and may have been cut off"),
            Severity::Warning,
        )),
        Ending::Implied => {
            Some((said!("qif.implied", "^ at the end of the record; it was read without"), Severity::Warning))
        }
    }
}
