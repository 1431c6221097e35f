//! Balances of a statement: which of them open and close it.

use rust_decimal::Decimal;

use tieout_domain::{Said, said};

use super::{
    amounts::{day, is_credit, signed},
    entry::{Stated, decimal},
};

/// One balance (`Bal`) as its elements come.
#[derive(Debug, Clone, Default)]
pub(super) struct Balance {
    pub(super) line: u32,
    code: String,
    is_partial: bool,
    stated: Stated,
    direction: String,
    date: String,
}

impl Balance {
    /// A balance of which nothing is known but its line.
    pub(super) fn at(line: u32) -> Self {
        Self { line, ..Self::default() }
    }

    pub(super) fn take(&mut self, path: &[&str], text: &str, currency: &str) {
        match path {
            ["Tp", "CdOrPrtry", "Cd"] | ["Tp", "Cd"] => text.clone_into(&mut self.code),
            // An intermediate balance: of a page, not of the statement.
            ["Tp", "SubTp", "Cd"] => self.is_partial = text == "INTM",
            ["Amt"] if self.stated.amount.is_empty() => {
                self.stated = Stated { amount: text.to_owned(), currency: currency.to_owned() };
            }
            ["CdtDbtInd"] => text.clone_into(&mut self.direction),
            ["Dt", "Dt" | "DtTm"] => self.date = day(text).unwrap_or_default(),
            _ => {}
        }
    }

    /// The balance with its sign; `None` where it cannot be told.
    fn value(&self) -> Option<Decimal> {
        let amount = decimal(&self.stated.amount)?;
        match is_credit(&self.direction) {
            Some(is_credit) => (!amount.is_sign_negative()).then(|| signed(amount, is_credit)),
            None if self.direction.is_empty() => Some(amount),
            None => None,
        }
    }

    /// The balance as its statement names it, for messages.
    pub(super) fn words(&self) -> String {
        format!("{} {} {} {}", self.code, self.direction, self.stated.amount, self.stated.currency)
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// What is odd about it, if anything is.
    pub(super) fn oddity(&self) -> Option<Said> {
        if self.value().is_none() {
            return Some(said!(
                "camt.balance",
                "this balance cannot be read: an amount without a sign, and CRDT or DBIT, were expected"
            ));
        }
        self.direction.is_empty().then_some(said!(
            "camt.balanceSign",
            "this balance does not say whether it is a credit or a debit; it was read as a credit"
        ))
    }

    pub(super) fn currency(&self) -> &str {
        &self.stated.currency
    }

    /// Whether it is one of those that open or close a statement.
    pub(super) fn is_booked(&self) -> bool {
        matches!(self.code.as_str(), "OPBD" | "PRCD" | "CLBD" | "ITBD")
    }
}

/// The two ends of a statement.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Ends {
    pub(super) opening: Option<Decimal>,
    pub(super) closing: Option<Decimal>,
    /// One of the two is interim.
    pub(super) is_interim: bool,
    /// The day of the closing balance.
    pub(super) to: Option<jiff::civil::Date>,
}

/// Finds the ends among the balances in a currency. Where a statement states the balances of each of its days, the
/// earliest opens and the latest closes it.
pub(super) fn ends(balances: &[Balance], currency: &str) -> Ends {
    let usable: Vec<&Balance> = balances
        .iter()
        .filter(|balance| {
            balance.value().is_some() && (balance.currency() == currency || balance.currency().is_empty())
        })
        .collect();
    let pick = |code: &str, is_partial: bool, last: bool| {
        let found = usable.iter().filter(|one| one.code == code && one.is_partial == is_partial);
        // Of equal days the first opens and the last closes.
        if last { found.max_by_key(|one| &one.date) } else { found.min_by_key(|one| &one.date) }.copied()
    };
    let first =
        |codes: &[&str]| codes.iter().find_map(|code| pick(code, false, false).or_else(|| pick(code, true, false)));
    let opening = first(&["OPBD", "PRCD"]);
    let closing = pick("CLBD", false, true).or_else(|| pick("CLBD", true, true));
    // A report during the day closes with an interim balance, and may open with another.
    let interim = usable.iter().filter(|one| one.code == "ITBD").count();
    let earliest = || usable.iter().filter(|one| one.code == "ITBD").min_by_key(|one| &one.date).copied();
    let latest = || usable.iter().filter(|one| one.code == "ITBD").max_by_key(|one| &one.date).copied();
    let interim_opening = if opening.is_none() && interim > 1 { earliest() } else { None };
    let interim_closing = if closing.is_none() { latest() } else { None };
    Ends {
        opening: opening.or(interim_opening).and_then(Balance::value),
        closing: closing.or(interim_closing).and_then(Balance::value),
        is_interim: interim_opening.or(interim_closing).is_some(),
        to: closing.and_then(|balance| balance.date.parse().ok()),
    }
}
