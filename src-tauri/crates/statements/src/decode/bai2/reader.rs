//! Records → statements. Their transactions become rows in `rows`.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Currency, Said, said};

use super::{
    COLUMNS,
    records::{Cursor, Record, records},
    totals::Level,
    values,
};
use crate::{Format, Limits, ReadError, Section, Spot, Table, record_table::RecordTable};

/// Characters of a line where the file header names no length: a text that fills them goes on within the word.
const LINE_LENGTH: usize = 80;

/// What a group header says.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) as_of: Option<Date>,
    pub(super) currency: Option<Currency>,
    /// The day is not over.
    pub(super) is_interim: bool,
}

pub(super) struct Reader<'t, 'l> {
    pub(super) text: &'t str,
    pub(super) records: RecordTable<'l>,
    pub(super) full_length: usize,
    pub(super) group_header: Group,
    pub(super) currency: Option<Currency>,
    pub(super) file: Option<Level>,
    pub(super) group: Option<Level>,
    pub(super) account: Option<Level>,
    pub(super) taken: u32,
    pub(super) refused: Option<(u32, Said)>,
}

/// Reads the records of a file.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    let mut reader = Reader {
        text,
        records: RecordTable::new(Format::Bai2, encoding, COLUMNS, limits),
        full_length: LINE_LENGTH,
        group_header: Group::default(),
        currency: None,
        file: None,
        group: None,
        account: None,
        taken: 0,
        refused: None,
    };
    let mut last_line = 1;
    for record in records(text) {
        reader.record(&record)?;
        last_line = record.line;
    }
    reader.end_file(last_line, &said!("bai2.fileEnd", "the end of the file"));
    reader.finish()
}

impl<'t> Reader<'t, '_> {
    fn record(&mut self, record: &Record<'t>) -> Result<(), ReadError> {
        match record.code {
            "01" => self.begin_file(record),
            "02" => self.begin_group(record),
            "03" => self.begin_account(record),
            "16" => self.transaction(record)?,
            "49" => self.account_trailer(record),
            "98" => self.group_trailer(record),
            "99" => self.file_trailer(record),
            _ => {
                let why = said!(
                    "bai2.record",
                    "a record that begins with 01, 02, 03, 16, 49, 88, 98 or 99; the line was left out"
                );
                self.records.note(record.line, self.raw(record), why);
                self.count(record);
            }
        }
        Ok(())
    }

    pub(super) fn raw(&self, record: &Record<'t>) -> &'t str {
        self.text.get(record.start..record.end).unwrap_or("")
    }

    /// Counts the record's lines for the level it belongs to.
    pub(super) fn count(&mut self, record: &Record<'_>) {
        let level = self.account.as_mut().or(self.group.as_mut()).or(self.file.as_mut());
        if let Some(level) = level {
            level.records = level.records.saturating_add(record.line_count());
        }
    }

    fn begin_file(&mut self, record: &Record<'t>) {
        self.end_file(record.line, &said!("bai2.nextFile", "the next file header (01)"));
        self.file = Some(Level { records: record.line_count(), ..Level::default() });
        self.group_header = Group::default();
        let mut fields = record.fields();
        let length = std::iter::from_fn(|| fields.next()).nth(5).and_then(|length| length.parse().ok());
        self.full_length = length.filter(|length| *length > 0).unwrap_or(LINE_LENGTH);
    }

    fn begin_group(&mut self, record: &Record<'t>) {
        self.end_group(record.line, &said!("bai2.nextGroup", "the next group header (02)"));
        self.group = Some(Level { records: record.line_count(), ..Level::default() });
        let mut fields = record.fields();
        let (_receiver, _originator, status) = (fields.next(), fields.next(), fields.next_or_empty());
        let (as_of, _time) = (fields.next_or_empty(), fields.next());
        let (currency, modifier) = (fields.next_or_empty(), fields.next_or_empty());
        self.group_header = Group {
            as_of: values::day(as_of),
            currency: self.currency_of(record, currency),
            is_interim: matches!(modifier, "1" | "3"),
        };
        if self.group_header.as_of.is_none() {
            let why = said!(
                "bai2.groupDay",
                "a day that exists, as YYMMDD, in the group header; transactions without a value date are refused"
            );
            self.records.note(record.line, as_of, why);
        }
        let what = match status {
            "2" => said!("bai2.deletion", "a deletion of what was sent before"),
            "3" => said!("bai2.correction", "a correction of what was sent before"),
            "4" => said!("bai2.test", "a test"),
            _ => return,
        };
        let why = said!(
            "bai2.status",
            "a group of status 1 (update); the bank marks this one as {what}, so check before you take it in",
            what = what
        );
        self.records.note(record.line, self.raw(record), why);
    }

    fn currency_of(&mut self, record: &Record<'_>, text: &str) -> Option<Currency> {
        if text.is_empty() {
            return None;
        }
        let currency = Currency::parse(text).ok().filter(|currency| !currency.is_none());
        if currency.is_none() {
            self.records.note(
                record.line,
                text,
                said!("bai2.currency", "a currency's code of three letters, such as USD"),
            );
        }
        currency
    }

    fn begin_account(&mut self, record: &Record<'t>) {
        self.end_account(record.line, &said!("bai2.nextAccount", "the next account (03)"));
        let mut fields = record.fields();
        let (account, currency) = (fields.next_or_empty(), fields.next_or_empty());
        self.currency = self.currency_of(record, currency).or(self.group_header.currency);
        self.account = Some(Level { records: record.line_count(), ..Level::default() });
        let balances = self.summaries(record, fields);
        self.begin_section(account, balances);
    }

    pub(super) fn begin_section(&mut self, account: &str, balances: Balances) {
        let Group { as_of, is_interim, .. } = self.group_header;
        let has_booked = balances.ledger_opening.is_some() || balances.ledger_closing.is_some();
        let (opening, closing) = if has_booked {
            (balances.ledger_opening, balances.ledger_closing)
        } else {
            (balances.available_opening, balances.available_closing)
        };
        let is_available = !has_booked && (opening.is_some() || closing.is_some());
        self.records.begin_section(Section {
            account: account.to_owned(),
            currency: self.currency,
            opening,
            closing,
            from: as_of,
            to: as_of,
            interim: is_interim || is_available,
            ..Section::default()
        });
    }

    /// Reads the amounts of an account's header: a type code, an amount, a number of items, and funds, again and again.
    fn summaries(&mut self, record: &Record<'t>, mut fields: Cursor<'_, 't>) -> Balances {
        let mut balances = Balances::default();
        while let Some(code) = fields.next() {
            if code.is_empty() {
                continue;
            }
            if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                let why = said!(
                    "bai2.typeCode",
                    "a type code of three digits among the account's amounts; the rest of them was left out"
                );
                self.records.note(record.line, code, why);
                break;
            }
            let text = fields.next_or_empty();
            let amount = values::amount(text);
            match amount {
                Some(amount) => self.account_mut().add(amount.value),
                None if text.is_empty() => {}
                None => {
                    let why = said!(
                        "bai2.amountAfter",
                        "an amount in minor units after type code {code}; it was left out",
                        code = code
                    );
                    self.records.note(record.line, text, why);
                }
            }
            balances.set(code, amount.map(|amount| amount.in_major_units(self.currency)));
            let _items = fields.next();
            values::funds(&mut fields);
        }
        balances
    }

    pub(super) fn account_mut(&mut self) -> &mut Level {
        self.account.get_or_insert_default()
    }

    fn account_trailer(&mut self, record: &Record<'_>) {
        self.count(record);
        let Some(level) = self.account.take() else { return self.misplaced(record) };
        let (controls, total) = level.controls("account", None, record.fields());
        self.add_controls(controls);
        if let Some(group) = self.group.as_mut().or(self.file.as_mut()) {
            group.add_level(&level, total);
        }
    }

    fn group_trailer(&mut self, record: &Record<'_>) {
        self.end_account(record.line, &said!("bai2.atGroupTrailer", "the group trailer (98)"));
        self.count(record);
        let Some(level) = self.group.take() else { return self.misplaced(record) };
        let accounts = said!("control.accounts", "number of accounts in the group");
        let (controls, total) = level.controls("group", Some(accounts), record.fields());
        self.add_controls(controls);
        if let Some(file) = &mut self.file {
            file.add_level(&level, total);
        }
    }

    fn file_trailer(&mut self, record: &Record<'_>) {
        self.end_group(record.line, &said!("bai2.atFileTrailer", "the file trailer (99)"));
        self.count(record);
        let Some(level) = self.file.take() else { return self.misplaced(record) };
        let groups = said!("control.groups", "number of groups in the file");
        let (controls, _) = level.controls("file", Some(groups), record.fields());
        self.add_controls(controls);
    }

    fn misplaced(&mut self, record: &Record<'_>) {
        let why =
            said!("bai2.misplaced", "the header that this trailer ends; a part of the file may be missing in front");
        self.records.note(record.line, record.code, why);
    }

    fn add_controls(&mut self, controls: Vec<crate::Control>) {
        if let Some(section) = self.records.section() {
            section.controls.extend(controls);
        }
    }

    fn end_account(&mut self, line: u32, before: &Said) {
        if let Some(level) = self.account.take() {
            let why = said!(
                "bai2.accountTrailer",
                "an account trailer (49) before {before}; the account's totals cannot be checked",
                before = before.clone()
            );
            self.records.note(line, "", why);
            if let Some(group) = self.group.as_mut().or(self.file.as_mut()) {
                group.add_level(&level, None);
            }
        }
    }

    fn end_group(&mut self, line: u32, before: &Said) {
        self.end_account(line, before);
        if let Some(level) = self.group.take() {
            let why = said!(
                "bai2.groupTrailer",
                "a group trailer (98) before {before}; the group's totals cannot be checked",
                before = before.clone()
            );
            self.records.note(line, "", why);
            if let Some(file) = &mut self.file {
                file.add_level(&level, None);
            }
        }
    }

    fn end_file(&mut self, line: u32, before: &Said) {
        self.end_group(line, before);
        if self.file.take().is_some() {
            let why = said!(
                "bai2.fileTrailer",
                "a file trailer (99) before {before}; a part of the file may be missing",
                before = before.clone()
            );
            self.records.note(line, "", why);
        }
    }

    fn finish(mut self) -> Result<Table, ReadError> {
        if let Some((line, detail)) = self.refused.filter(|_| self.taken == 0) {
            return Err(ReadError::Damaged { what: "the BAI2 file", place: Spot::line(line), detail });
        }
        if self.records.section().is_none() {
            let detail = said!("damaged.noAccountRecord", "there is no account (record 03) in it");
            return Err(ReadError::Damaged { what: "the BAI2 file", place: Spot::default(), detail });
        }
        Ok(self.records.finish())
    }
}

/// Balances of an account's header.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Balances {
    ledger_opening: Option<Decimal>,
    ledger_closing: Option<Decimal>,
    available_opening: Option<Decimal>,
    available_closing: Option<Decimal>,
}

impl Balances {
    fn set(&mut self, code: &str, amount: Option<Decimal>) {
        let balance = match code {
            "010" => &mut self.ledger_opening,
            "015" => &mut self.ledger_closing,
            "040" => &mut self.available_opening,
            "045" => &mut self.available_closing,
            _ => return,
        };
        *balance = amount;
    }
}
