//! A mapping made ready: positions of columns, and what has to be known of whole columns before a row can be read.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use tieout_domain::{Currency, Side};

use super::{Defaults, cells, phrases};
use crate::{
    ColumnRole, Mapping, Section, Table,
    value::{currency, words::clean},
};

/// Everything a row needs to be read.
#[derive(Clone)]
pub(crate) struct Plan<'t> {
    pub(crate) table: &'t Table,
    pub(crate) mapping: &'t Mapping,
    pub(crate) side: Side,
    pub(crate) defaults: Defaults,
    pub(crate) id: Option<usize>,
    pub(crate) account: Option<usize>,
    pub(crate) date: Option<usize>,
    pub(crate) value_date: Option<usize>,
    pub(crate) due_date: Option<usize>,
    pub(crate) amount: Option<usize>,
    pub(crate) debit: Option<usize>,
    pub(crate) credit: Option<usize>,
    pub(crate) direction: Option<usize>,
    pub(crate) currency: Option<usize>,
    pub(crate) counterparty: Option<usize>,
    pub(crate) counterparty_code: Option<usize>,
    pub(crate) counterparty_account: Option<usize>,
    pub(crate) balance: Option<usize>,
    pub(crate) number: Option<usize>,
    pub(crate) kind: Option<usize>,
    pub(crate) status: Option<usize>,
    pub(crate) bank_code: Option<usize>,
    pub(crate) remittance: Option<usize>,
    pub(crate) month: Option<usize>,
    pub(crate) site: Option<usize>,
    pub(crate) service_type: Option<usize>,
    pub(crate) quantity: Option<usize>,
    pub(crate) rate: Option<usize>,
    pub(crate) descriptions: Vec<usize>,
    pub(crate) references: Vec<usize>,
    /// The currency that the header of the amounts names, or that of the balance.
    pub(crate) header_currency: Option<Currency>,
    /// The debit column shows money out as negative numbers.
    pub(crate) debit_is_negative: bool,
    /// What else the columns of amounts and directions mean as a whole.
    pub(crate) signs: cells::Signs,
    /// Bills and credit notes stand in the books without the sign that the bank line will have.
    pub(crate) bills_unsigned: bool,
    pub(crate) credit_notes_unsigned: bool,
    /// No row has an amount: the rows are customers' accounts.
    pub(crate) no_amounts: bool,
    /// Accounts that stand in one row only, where other rows have others.
    pub(crate) lone_accounts: Arc<HashSet<String>>,
    /// Half of the rows or more have a booking date.
    pub(crate) rows_are_booked: bool,
    /// The last column is free text, so cells beyond it may continue it.
    pub(crate) text_is_last: bool,
}

impl<'t> Plan<'t> {
    /// Prepares reading; the first `rows` rows tell how their columns are meant.
    pub(crate) fn new(table: &'t Table, side: Side, mapping: &'t Mapping, defaults: &Defaults, rows: usize) -> Self {
        let at = |role| mapping.column(role);
        let mut plan = Self {
            table,
            mapping,
            side,
            defaults: *defaults,
            id: at(ColumnRole::Id),
            account: at(ColumnRole::Account),
            date: at(ColumnRole::Date),
            value_date: at(ColumnRole::ValueDate),
            due_date: at(ColumnRole::DueDate),
            amount: at(ColumnRole::Amount),
            debit: at(ColumnRole::Debit),
            credit: at(ColumnRole::Credit),
            direction: at(ColumnRole::Direction),
            currency: at(ColumnRole::Currency),
            counterparty: at(ColumnRole::Counterparty),
            counterparty_code: at(ColumnRole::CounterpartyCode),
            counterparty_account: at(ColumnRole::CounterpartyAccount),
            balance: at(ColumnRole::Balance),
            number: at(ColumnRole::Number),
            kind: at(ColumnRole::Kind),
            status: at(ColumnRole::Status),
            bank_code: at(ColumnRole::BankCode),
            remittance: at(ColumnRole::Remittance),
            month: at(ColumnRole::Month),
            site: at(ColumnRole::Site),
            service_type: at(ColumnRole::ServiceType),
            quantity: at(ColumnRole::Quantity),
            rate: at(ColumnRole::Rate),
            descriptions: mapping.columns(ColumnRole::Description).collect(),
            references: mapping.columns(ColumnRole::Reference).collect(),
            header_currency: None,
            debit_is_negative: false,
            signs: cells::Signs::default(),
            bills_unsigned: false,
            credit_notes_unsigned: false,
            no_amounts: false,
            lone_accounts: Arc::default(),
            rows_are_booked: false,
            text_is_last: false,
        };
        plan.look_at_columns(rows.min(table.row_count()));
        plan
    }

    /// The same plan for another piece of the file.
    pub(crate) fn of_piece<'u>(&'u self, piece: &'u Table) -> Plan<'u> {
        Plan { table: piece, ..self.clone() }
    }

    fn look_at_columns(&mut self, rows: usize) {
        self.signs = cells::Signs::of(self, rows);
        // A balance names the currency of its account, so of the amounts that make it up.
        let amounts = [self.amount, self.debit, self.credit];
        self.header_currency = amounts
            .into_iter()
            .chain([self.balance])
            .flatten()
            .filter_map(|column| self.table.header().get(column))
            .find_map(|name| currency::in_header(name));
        self.text_is_last =
            self.table.column_count().checked_sub(1).is_some_and(|last| self.descriptions.contains(&last));
        self.lone_accounts = Arc::new(self.lone_accounts(rows));
        self.rows_are_booked = (0..rows).filter(|row| self.has_date(*row, self.date)).count() * 2 >= rows;
        if self.side == Side::Ledger {
            self.no_amounts =
                (0..rows).all(|row| amounts.into_iter().flatten().all(|column| self.cell(row, column).is_empty()));
            if self.kind.is_some() {
                let unsigned = |kind| (0..rows).all(|row| !self.is_negative_of_kind(row, kind));
                (self.bills_unsigned, self.credit_notes_unsigned) =
                    (unsigned(phrases::KindWord::Bill), unsigned(phrases::KindWord::CreditNote));
            }
        }
        if let Some(debit) = self.debit {
            let values = (0..rows).filter_map(|row| cells::number(self, row, debit)).filter(|value| !value.is_zero());
            let (negative, all) = values.fold((0_usize, 0_usize), |(negative, all), value| {
                (negative + usize::from(value.is_sign_negative()), all + 1)
            });
            self.debit_is_negative = all > 0 && negative * 2 > all;
        }
    }

    /// The first account of a file is never the odd one out, and where many stand in one row each, none is.
    fn lone_accounts(&self, rows: usize) -> HashSet<String> {
        const LONE_MAX: usize = 5;
        let Some(column) = self.account else { return HashSet::new() };
        let mut counts: HashMap<&str, usize> = HashMap::new();
        (0..rows).for_each(|row| *counts.entry(self.cell(row, column)).or_default() += 1);
        let first = self.cell(0, column);
        let is_number = |account: &str| account.bytes().filter(u8::is_ascii_digit).count() >= 6;
        let lone = counts.iter().filter(|(account, count)| **count == 1 && **account != first && is_number(account));
        let lone: HashSet<String> = lone.map(|(account, _)| (*account).to_owned()).collect();
        if lone.len() > LONE_MAX { HashSet::new() } else { lone }
    }

    fn is_negative_of_kind(&self, row: usize, kind: phrases::KindWord) -> bool {
        let is_kind = self.kind.is_some_and(|column| phrases::kind(self.cell(row, column)) == Some(kind));
        is_kind
            && self
                .amount
                .and_then(|column| cells::number(self, row, column))
                .is_some_and(|value| value.is_sign_negative())
    }

    /// The statement a row belongs to.
    pub(crate) fn section(&self, row: usize) -> Option<&'t Section> {
        self.table.section_of(row).and_then(|section| self.table.sections().get(section))
    }

    /// The account of a row: its own column, else that of its statement.
    pub(crate) fn account_of(&self, row: usize) -> &'t str {
        match self.optional(row, self.account) {
            "" => self.section(row).map_or("", |section| section.account.as_str()),
            own => own,
        }
    }

    /// A cell without blanks around it.
    pub(crate) fn cell(&self, row: usize, column: usize) -> &'t str {
        clean(self.table.cell(row, column))
    }

    /// The cell of a column that may not be mapped; empty then.
    pub(crate) fn optional(&self, row: usize, column: Option<usize>) -> &'t str {
        column.map_or("", |column| self.cell(row, column))
    }

    /// Whether a column of dates holds one, or at least something with digits. Labels of totals stand there too.
    pub(crate) fn has_date(&self, row: usize, column: Option<usize>) -> bool {
        self.optional(row, column).bytes().any(|byte| byte.is_ascii_digit())
    }

    /// Several columns joined by a blank; what repeats is said once.
    pub(crate) fn joined(&self, row: usize, columns: &[usize]) -> String {
        match columns {
            [] => String::new(),
            [only] => self.cell(row, *only).to_owned(),
            _ => {
                let mut parts: Vec<&str> = Vec::with_capacity(columns.len());
                for column in columns {
                    let part = self.cell(row, *column);
                    if !part.is_empty() && !parts.contains(&part) {
                        parts.push(part);
                    }
                }
                parts.join(" ")
            }
        }
    }
}
