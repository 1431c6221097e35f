//! Quicken Interchange Format: lines of one letter and a value, records ended by `^`, sections begun by `!`. It names no
//! currency and neither says how dates nor how amounts are written: the values must.

mod date;
mod lines;
mod record;

use lines::{Line, Lines};
use record::{Record, Rows};

use tieout_domain::said;

use crate::{
    Format, Limits, ReadError, Section, Table,
    record_table::RecordTable,
    value::{date as value_date, words::fold},
};

/// Lines at the start of a text that are looked at where it has no header.
const SAMPLE_LINES: usize = 40;

/// Whether the text is QIF: by its header, or by a first record that is a transaction.
pub(super) fn is(text: &str) -> bool {
    if let Some(word) = text.strip_prefix('!') {
        let word: String = word.trim_start().chars().take(8).collect::<String>().to_ascii_lowercase();
        return ["type", "account", "option", "clear"].iter().any(|start| word.starts_with(start));
    }
    let mut lines = Lines::new(text).map(|line| line.text).take(SAMPLE_LINES);
    let begins_with_date = lines.next().and_then(|line| line.strip_prefix('D')).is_some_and(is_date);
    let is_field = |line: &&str| {
        line.is_empty() || line.starts_with(|code: char| code.is_ascii_uppercase() || "$%".contains(code))
    };
    let mut fields = lines.take_while(|line| !line.starts_with('^')).peekable();
    let mut has_amount = false;
    while let Some(line) = fields.next_if(is_field) {
        has_amount |= line.starts_with(['T', 'U']);
    }
    begins_with_date
        && has_amount
        && fields.peek().is_none()
        && text.lines().take(SAMPLE_LINES).any(|line| line.starts_with('^'))
}

fn is_date(text: &str) -> bool {
    value_date::is_date(&date::readable(text))
}

/// What the records of a section are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Transactions of a bank, cash or card account.
    Transactions,
    /// The list of accounts; its last record names the account that follows.
    Accounts,
    /// Records of no money moved: categories, classes, templates, prices.
    List,
    /// Transactions of an investment account.
    Investments,
    /// A type that is not known.
    Unknown,
}

impl Kind {
    fn of(name: &str) -> Self {
        match fold(name).replace(' ', "").as_str() {
            "bank" | "cash" | "ccard" | "creditcard" | "otha" | "othl" => Self::Transactions,
            "cat" | "class" | "memorized" | "security" | "prices" | "budget" | "invitem" | "template" | "tag" => {
                Self::List
            }
            "invst" | "port" | "401k403b" | "mutual" => Self::Investments,
            _ => Self::Unknown,
        }
    }
}

/// Reads a file into the transactions of its accounts.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    let records = RecordTable::new(Format::Qif, encoding, record::FIELDS, limits).not_plain();
    let mut reader = Reader {
        rows: Rows::new(text, records),
        record: Record::default(),
        kind: Kind::Transactions,
        header: (1, ""),
        account: String::new(),
        waits: !text.trim_start().starts_with('!'),
        skipped: 0,
    };
    for line in Lines::new(text) {
        reader.take(&line)?;
    }
    reader.end_record(record::Ending::EndOfFile)?;
    reader.end_section();
    reader.rows.finish()
}

struct Reader<'t, 'l> {
    rows: Rows<'t, 'l>,
    record: Record<'t>,
    kind: Kind,
    /// Line and text of the section's header.
    header: (u32, &'t str),
    /// The account named last.
    account: String,
    /// A statement is to begin with the next transaction, which may name its account.
    waits: bool,
    /// Records of the section that were left out.
    skipped: u32,
}

impl<'t> Reader<'t, '_> {
    fn take(&mut self, line: &Line<'t>) -> Result<(), ReadError> {
        if let Some(header) = line.text.strip_prefix('!') {
            self.end_record(record::Ending::Implied)?;
            self.end_section();
            self.begin_section(header, line);
        } else if line.text.starts_with('^') {
            self.record.extend(line);
            self.end_record(record::Ending::Closed)?;
        } else if !line.text.is_empty() {
            self.record.extend(line);
            self.record.take(line);
        }
        Ok(())
    }

    fn begin_section(&mut self, header: &'t str, line: &Line<'t>) {
        let (word, name) = header.trim().split_once([':', ' ']).unwrap_or((header.trim(), ""));
        self.header = (line.number, line.text);
        match word.to_ascii_lowercase().as_str() {
            "account" => {
                self.kind = Kind::Accounts;
                self.account.clear();
            }
            "type" => {
                self.kind = Kind::of(name);
                self.waits = self.kind == Kind::Transactions;
            }
            // Options change how Quicken takes the accounts in, not what they are.
            _ => self.kind = Kind::List,
        }
    }

    fn end_section(&mut self) {
        if self.waits {
            self.begin_statement(None);
        }
        let (line, header) = self.header;
        let count = self.skipped;
        let why = match self.kind {
            _ if count == 0 => None,
            Kind::Investments => Some(said!(
                "qif.investments",
                "{count} investment records; Tieout reads bank, cash and card accounts, so they were left out",
                count = count
            )),
            Kind::Unknown => Some(said!(
                "qif.unknownKind",
                "{count} records of a kind that is not known and that are no transactions; they were left out",
                count = count
            )),
            Kind::Transactions | Kind::Accounts | Kind::List => None,
        };
        if let Some(why) = why {
            self.rows.records.note(line, header, why);
        }
        (self.skipped, self.kind) = (0, Kind::List);
    }

    fn begin_statement(&mut self, own_account: Option<&str>) {
        self.waits = false;
        let account = if self.account.is_empty() { own_account.unwrap_or("") } else { &self.account };
        self.rows.records.begin_section(Section { account: account.to_owned(), ..Section::default() });
    }

    fn end_record(&mut self, ending: record::Ending) -> Result<(), ReadError> {
        let record = std::mem::take(&mut self.record);
        if record.is_empty() {
            return Ok(());
        }
        if self.kind == Kind::Unknown && self.skipped == 0 && record.looks_like_transaction() {
            (self.kind, self.waits) = (Kind::Transactions, true);
            let (line, header) = self.header;
            self.rows.records.note(
                line,
                header,
                said!("qif.readSo", "the type is not known; its records look like transactions and were read so"),
            );
        }
        match self.kind {
            Kind::Transactions => {
                if self.waits {
                    self.begin_statement(record.names_own_account());
                }
                self.rows.push(&record, ending)
            }
            Kind::Accounts => {
                record.number().clone_into(&mut self.account);
                Ok(())
            }
            Kind::List | Kind::Investments | Kind::Unknown => {
                self.skipped = self.skipped.saturating_add(1);
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests;
