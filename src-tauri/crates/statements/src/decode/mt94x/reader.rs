//! Fields → statements. Their entries become rows in `rows`.

use jiff::civil::Date;
use tieout_domain::{Said, said};

use super::{
    COLUMNS,
    balances::{self, Balance, Tally},
    fields::{Field, Fields},
};
use crate::{Format, Limits, ReadError, Section, Spot, Table, record_table::RecordTable};

/// An entry whose fields 86 are still being collected.
pub(super) struct Pending<'t> {
    pub(super) field: Field<'t>,
    pub(super) end: usize,
    pub(super) texts: Vec<&'t str>,
    pub(super) notes: Vec<&'t str>,
}

/// A row that could not be taken.
pub(super) struct Refusal {
    pub(super) line: u32,
    pub(super) detail: Said,
}

pub(super) struct Reader<'t, 'l> {
    pub(super) text: &'t str,
    pub(super) records: RecordTable<'l>,
    pub(super) is_report: bool,
    pub(super) pending: Option<Pending<'t>>,
    /// The message has a field already that opens a statement (`:25:`, `:28:`, `:60:`), so that another begins a new one.
    pub(super) has: Seen,
    pub(super) tally: Tally,
    pub(super) opened_on: Option<Date>,
    pub(super) message_line: u32,
    pub(super) taken: u32,
    pub(super) refused: Option<Refusal>,
    pub(super) without_reference: Option<(u32, u32)>,
}

/// Which fields the statement has so far.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Seen {
    statement: bool,
    account: bool,
    number: bool,
    opening: bool,
    entry: bool,
    closing: bool,
}

/// Reads the fields of a file.
pub(super) fn read(
    text: &str,
    found: &Fields<'_>,
    format: Format,
    encoding: String,
    limits: &Limits,
) -> Result<Table, ReadError> {
    let mut reader = Reader {
        text,
        records: RecordTable::new(format, encoding, COLUMNS, limits),
        is_report: format == Format::Mt942,
        pending: None,
        has: Seen::default(),
        tally: Tally::default(),
        opened_on: None,
        message_line: 1,
        taken: 0,
        refused: None,
        without_reference: None,
    };
    if let Some((line, leading)) = found.leading {
        reader.records.note(
            line,
            leading,
            said!("mt940.leading", "a field such as :20: at the beginning of the file; text before it was left out"),
        );
    }
    for (line, unknown) in &found.unknown {
        let why = said!(
            "mt940.unknownField",
            "a field of MT940 or MT942 at the beginning of the line, such as :61:; it was taken as text"
        );
        reader.records.note(*line, unknown, why);
    }
    for field in &found.fields {
        reader.field(field)?;
    }
    reader.end_statement()?;
    reader.finish()
}

impl<'t> Reader<'t, '_> {
    fn field(&mut self, field: &Field<'t>) -> Result<(), ReadError> {
        match field.tag {
            "86" | "86P" | "NS" => {
                self.information(field);
                return Ok(());
            }
            "20" => self.begin(field.line, false)?,
            "25" | "25P" => {
                self.begin_if(field.line, self.has.account)?;
                self.has.account = true;
                let account = first_line(field.value);
                self.with_section(|section| section.account = account.to_owned());
            }
            "28" | "28C" | "28D" => {
                self.begin_if(field.line, self.has.number)?;
                self.has.number = true;
                let number = first_line(field.value);
                self.with_section(|section| section.number = number.to_owned());
            }
            "60F" | "60M" => {
                self.begin_if(field.line, self.has.opening)?;
                self.opening(field);
            }
            "61" => {
                self.flush()?;
                self.begin_if(field.line, self.has.closing)?;
                self.has.entry = true;
                self.pending = Some(Pending { field: *field, end: field.end, texts: Vec::new(), notes: Vec::new() });
            }
            "62F" | "62M" => self.closing(field)?,
            "90C" | "90D" => self.totals(field)?,
            "34F" => {
                self.begin_if(field.line, false)?;
                let currency = balances::floor_currency(field.value);
                self.with_section(|section| section.currency = section.currency.or(currency));
            }
            _ => self.flush()?,
        }
        Ok(())
    }

    /// Begins a statement where the field at hand cannot belong to the one before; one always has begun then.
    fn begin_if(&mut self, line: u32, is_next: bool) -> Result<(), ReadError> {
        if !self.has.statement {
            let why = said!(
                "mt940.noReference",
                "a reference (:20:) at the beginning of a message; the file may be cut off in front"
            );
            self.records.note(line, "", why);
            return self.begin(line, false);
        }
        if is_next { self.begin(line, true) } else { self.flush() }
    }

    fn begin(&mut self, line: u32, same_account: bool) -> Result<(), ReadError> {
        self.end_statement()?;
        let account = self.records.section().filter(|_| same_account).map(|section| section.account.clone());
        self.records.begin_section(Section {
            account: account.unwrap_or_default(),
            interim: self.is_report,
            ..Section::default()
        });
        self.has = Seen { statement: true, ..Seen::default() };
        self.tally = Tally::default();
        self.opened_on = None;
        self.message_line = line;
        Ok(())
    }

    fn end_statement(&mut self) -> Result<(), ReadError> {
        self.flush()?;
        if self.has.statement && !self.is_report && !self.has.closing {
            let why = said!(
                "mt940.noClosing",
                "a closing balance (:62F:) at the end of the statement; the file may be cut off"
            );
            self.records.note(self.message_line, "", why);
        }
        Ok(())
    }

    fn with_section(&mut self, change: impl FnOnce(&mut Section)) {
        if let Some(section) = self.records.section() {
            change(section);
        }
    }

    fn opening(&mut self, field: &Field<'t>) {
        self.has.opening = true;
        let balance = self.balance(field);
        self.opened_on = balance.date;
        let is_interim = field.tag == "60M";
        self.with_section(|section| {
            section.opening = balance.amount;
            section.from = balance.date;
            section.currency = section.currency.or(balance.currency);
            section.interim |= is_interim;
        });
    }

    fn closing(&mut self, field: &Field<'t>) -> Result<(), ReadError> {
        self.begin_if(field.line, self.has.closing)?;
        self.has.closing = true;
        let mut balance = self.balance(field);
        let currency = self.records.section().and_then(|section| section.currency);
        if let (Some(stated), Some(currency)) = (balance.currency, currency)
            && stated != currency
        {
            let why = said!(
                "mt940.closingCurrency",
                "a closing balance in {currency}, as the statement is; it was left out",
                currency = currency
            );
            self.records.note(field.line, first_line(field.value), why);
            balance = Balance::default();
        }
        let is_interim = field.tag == "62M";
        self.with_section(|section| {
            section.closing = balance.amount;
            section.to = balance.date;
            section.currency = section.currency.or(balance.currency);
            section.interim |= is_interim;
            if section.to < section.from {
                section.from = None;
            }
        });
        Ok(())
    }

    fn balance(&mut self, field: &Field<'t>) -> Balance {
        let balance = balances::parse(field.value);
        for wrong in &balance.wrong {
            self.records.note(
                field.line,
                first_line(field.value),
                said!("mt940.inBalance", "in the balance :{tag}: {why}", tag = field.tag, why = wrong.clone()),
            );
        }
        balance
    }

    fn totals(&mut self, field: &Field<'t>) -> Result<(), ReadError> {
        self.begin_if(field.line, false)?;
        match self.tally.stated(field.tag == "90D", field.value) {
            Some(controls) => self.with_section(|section| section.controls.extend(controls)),
            None => {
                let why = said!(
                    "mt940.totals",
                    "in :{tag}: a number, a currency and a sum, such as 2EUR186,33",
                    tag = field.tag
                );
                self.records.note(field.line, first_line(field.value), why);
            }
        }
        Ok(())
    }

    /// A field 86 belongs to the entry before it, else to the statement.
    fn information(&mut self, field: &Field<'t>) {
        if let Some(pending) = &mut self.pending {
            pending.end = field.end;
            if field.tag == "NS" { pending.notes.push(field.value) } else { pending.texts.push(field.value) }
        } else if self.has.closing {
            let controls = self.tally.in_text(field.value);
            self.with_section(|section| section.controls.extend(controls));
        }
    }

    fn finish(mut self) -> Result<Table, ReadError> {
        if let Some(refused) = self.refused.filter(|_| self.taken == 0) {
            let (what, place) = ("the SWIFT message", Spot::line(refused.line));
            return Err(ReadError::Damaged { what, place, detail: refused.detail });
        }
        if let Some((line, count)) = self.without_reference {
            self.records.note(
                line,
                "",
                said!(
                    "mt940.withoutReference",
                    "a reference at the end of field :61:, or NONREF; the first without is here, {count} in all",
                    count = count
                ),
            );
        }
        Ok(self.records.finish())
    }
}

fn first_line(value: &str) -> &str {
    value.trim_start().lines().next().unwrap_or("").trim()
}
