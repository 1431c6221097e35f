//! What stands around a list of records: the account, its currency, balances, the days covered.

use crate::{
    DateOrder, DecimalMark, Section,
    value::{amount, currency, date, words::fold_name},
};

/// Values kept of one object, and the bytes of each.
const VALUES_MAX: usize = 200;
const VALUE_BYTES_MAX: usize = 300;

/// One open object or list outside of the records.
#[derive(Debug, Default)]
pub(super) struct Frame {
    /// Its single values by their dotted names.
    values: Vec<(String, String)>,
    /// The first statement that was begun inside.
    first_section: usize,
}

/// The open containers around the place where reading is, and the statements found so far.
#[derive(Debug, Default)]
pub(super) struct Context {
    frames: Vec<Frame>,
    sections: Vec<Section>,
}

impl Context {
    /// A container begins.
    pub(super) fn open(&mut self) {
        self.frames.push(Frame { values: Vec::new(), first_section: self.sections.len() });
    }

    /// A single value stands in the innermost container.
    pub(super) fn value(&mut self, name: &str, value: &str) {
        if let Some(frame) = self.frames.last_mut()
            && frame.values.len() < VALUES_MAX
            && value.len() <= VALUE_BYTES_MAX
        {
            frame.values.push((name.to_owned(), value.to_owned()));
        }
    }

    /// The innermost container ends. `name` is its own where it is a member, `list` the list that it is an item of.
    pub(super) fn close(&mut self, name: Option<&str>, list: Option<&str>) {
        let Some(frame) = self.frames.pop() else { return };
        let inside = self.sections.get_mut(frame.first_section..).unwrap_or_default();
        if !inside.is_empty() {
            let is_account = list.is_some_and(|list| matches!(fold_name(list).as_str(), "accounts" | "account"));
            let values: Vec<(String, &String)> =
                frame.values.iter().map(|(name, value)| (fold_name(name), value)).collect();
            let ranked = values.iter().filter_map(|(name, value)| Some((account_rank(name, is_account)?, *value)));
            let account = ranked.min_by_key(|(rank, _)| *rank).map(|(_, account)| account);
            for section in inside {
                if let Some(account) = account.filter(|_| section.account.is_empty()) {
                    account.clone_into(&mut section.account);
                }
                for (name, value) in &values {
                    apply(section, name, value);
                }
            }
        } else if let Some(name) = name {
            for (member, value) in frame.values {
                self.value(&format!("{name}.{member}"), &value);
            }
        }
    }

    /// Begins a statement with the row that comes next.
    pub(super) fn begin_section(&mut self, first_row: u32) {
        self.sections.push(Section { first_row, ..Section::default() });
    }

    /// A row was added to the statement begun last.
    pub(super) fn count_row(&mut self) {
        if let Some(section) = self.sections.last_mut() {
            section.rows += 1;
        }
    }

    /// The statements, or none where the text says nothing around its rows.
    pub(super) fn finish(self) -> Vec<Section> {
        let says_something = |section: &Section| {
            let bare = Section { first_row: section.first_row, rows: section.rows, ..Section::default() };
            *section != bare
        };
        if self.sections.iter().any(says_something) { self.sections } else { Vec::new() }
    }
}

/// How well a value names the account, the lower the better; `None` where it does not. Inside a list of accounts also
/// bare words do.
fn account_rank(name: &str, is_account: bool) -> Option<u8> {
    match name {
        "iban" | "account iban" | "account number iban" => Some(0),
        "account" | "account number" | "account no" | "account bban" | "bban" | "bank account" => Some(1),
        "account id" | "account resource id" => Some(2),
        "number" if is_account => Some(1),
        "id" | "resource id" if is_account => Some(2),
        "account name" => Some(3),
        "name" if is_account => Some(3),
        _ => None,
    }
}

/// Takes what one value says of a statement, unless something nearer said it already.
fn apply(section: &mut Section, name: &str, value: &str) {
    let number = || amount::parse_amount(value, DecimalMark::Point).ok().map(|stated| stated.value);
    let day = || date::parse_date(value, DateOrder::YearMonthDay).ok();
    match name {
        "currency" | "account currency" | "currency code" | "iso currency code" => {
            section.currency = section.currency.or_else(|| currency::parse_currency(value));
        }
        "opening"
        | "opening balance"
        | "balance opening"
        | "start balance"
        | "starting balance"
        | "balances opening"
        | "opening balance amount"
        | "balance start" => section.opening = section.opening.or_else(number),
        "closing"
        | "closing balance"
        | "balance closing"
        | "end balance"
        | "ending balance"
        | "balances closing"
        | "closing balance amount"
        | "balance end" => section.closing = section.closing.or_else(number),
        "from" | "from date" | "date from" | "start date" | "period from" | "period start" | "period start date" => {
            section.from = section.from.or_else(day);
        }
        "to" | "to date" | "date to" | "end date" | "period to" | "period end" | "period end date" => {
            section.to = section.to.or_else(day);
        }
        "statement number" | "statement id" | "statement no" if section.number.is_empty() => {
            value.clone_into(&mut section.number);
        }
        _ => {}
    }
}
