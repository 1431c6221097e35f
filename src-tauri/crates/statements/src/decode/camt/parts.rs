//! What entries and their details have in common: the code of a transaction, its two parties, charges.

use super::entry::{Stated, says_something, set};

/// A bank transaction code (`BkTxCd`).
#[derive(Debug, Clone, Default)]
pub(super) struct Code {
    domain: String,
    family: String,
    sub_family: String,
    proprietary: String,
}

impl Code {
    pub(super) fn take(&mut self, path: &[&str], text: &str) {
        match path {
            ["Domn", "Cd"] => set(&mut self.domain, text),
            ["Domn", "Fmly", "Cd"] => set(&mut self.family, text),
            ["Domn", "Fmly", "SubFmlyCd"] => set(&mut self.sub_family, text),
            ["Prtry", "Cd"] => set(&mut self.proprietary, text),
            _ => {}
        }
    }

    /// `PMNT.RCDT.ESCT`, or what the bank itself calls it; empty where it says nothing.
    pub(super) fn text(&self) -> String {
        if self.domain.is_empty() {
            return self.proprietary.clone();
        }
        let parts = [&self.domain, &self.family, &self.sub_family];
        parts.into_iter().filter(|part| !part.is_empty()).map(String::as_str).collect::<Vec<_>>().join(".")
    }
}

/// One side of a payment.
#[derive(Debug, Clone, Default)]
pub(super) struct Party {
    pub(super) name: String,
    pub(super) account: String,
    pub(super) ultimate: String,
    /// The account's own name, for want of another.
    account_name: String,
}

impl Party {
    pub(super) fn take_party(&mut self, path: &[&str], text: &str) {
        // A payment by a bank on its own behalf names the bank; newer versions put either into a wrapper.
        if let ["Nm"] | ["Pty", "Nm"] | ["Agt", "FinInstnId", "Nm"] | ["FinInstnId", "Nm"] = path {
            set(&mut self.name, text);
        }
    }

    pub(super) fn take_ultimate(&mut self, path: &[&str], text: &str) {
        if let ["Nm"] | ["Pty", "Nm"] | ["Agt", "FinInstnId", "Nm"] = path {
            set(&mut self.ultimate, text);
        }
    }

    pub(super) fn take_account(&mut self, path: &[&str], text: &str) {
        match path {
            ["Id", "IBAN"] | ["Id", "Othr", "Id"] | ["Id", "BBAN"] | ["Id", "PrtryAcct", "Id"] => {
                set(&mut self.account, text);
            }
            ["Nm"] => set(&mut self.account_name, text),
            _ => {}
        }
    }

    /// The best name there is.
    pub(super) fn known_name(&self) -> &str {
        [&self.name, &self.ultimate, &self.account_name].into_iter().find(|name| says_something(name)).map_or("", |n| n)
    }

    /// Whom the payment is made for, where that is another than the one who makes it.
    pub(super) fn other_ultimate(&self) -> &str {
        if says_something(&self.name) && self.ultimate != self.name { &self.ultimate } else { "" }
    }

    /// Whether nothing is known of the side.
    pub(super) fn is_unknown(&self) -> bool {
        self.known_name().is_empty() && self.account.is_empty()
    }
}

/// Charges that the bank took. They are said in words; the entry's amount is booked with or without them.
#[derive(Debug, Clone, Default)]
pub(super) struct Charges {
    total: Option<Stated>,
    records: Vec<Stated>,
}

/// Charges of one entry that are told one by one.
const CHARGES_MAX: usize = 20;

impl Charges {
    pub(super) fn take(&mut self, path: &[&str], text: &str, currency: &str) {
        let stated = || Stated { amount: text.to_owned(), currency: currency.to_owned() };
        match path {
            ["TtlChrgsAndTaxAmt"] => {
                self.total.get_or_insert_with(stated);
            }
            // Version 2 has the amount directly inside, later ones in a record.
            ["Amt"] | ["Rcrd", "Amt"] if self.records.len() < CHARGES_MAX => self.records.push(stated()),
            _ => {}
        }
    }

    /// `charges 5.20 EUR`; empty where there are none.
    pub(super) fn words(&self) -> String {
        let all = self.total.iter().chain(self.records.iter().filter(|_| self.total.is_none()));
        let told: Vec<String> = all
            .filter(|stated| stated.number().is_some_and(|number| !number.is_zero()))
            .map(|stated| format!("{} {}", stated.amount, stated.currency).trim_end().to_owned())
            .collect();
        if told.is_empty() { String::new() } else { format!("charges {}", told.join(" + ")) }
    }
}
