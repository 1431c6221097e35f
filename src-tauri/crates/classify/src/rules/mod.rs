//! The rules, in the order in which they are asked: the more particular first.
//!
//! Each says how sure it is by what was measured: the share of records of which it named the cause rightly, over the
//! generator's data `bank`, `processor` and `cuscode`, medium and hard, 100 k, seed 21.

mod duplicate;
mod missing_in_bank;
mod missing_in_ledger;
mod no_deposit;
mod timing;

use tieout_domain::CauseRule;

use crate::Unexplained;

/// All rules.
pub const ALL: &[&dyn for<'a> CauseRule<Unexplained<'a>>] = &[
    &duplicate::Duplicate,
    &timing::Timing,
    &no_deposit::NoDeposit,
    &missing_in_ledger::MissingInLedger,
    &missing_in_bank::MissingInBank,
];

#[cfg(test)]
pub(crate) mod tests {
    use jiff::civil::Date;
    use tieout_domain::{Currency, Digest, Job, LedgerEntry, LedgerKind, Money, Source, StatementLine};

    fn source() -> Source {
        Source { file: Digest::from_bytes([0; 32]), row: 1 }
    }

    fn eur(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    pub(crate) fn job(month: &str, site: &str) -> Option<Box<Job>> {
        Some(Box::new(Job { month: month.parse().ok(), site: site.to_owned(), ..Job::default() }))
    }

    pub(crate) fn line(date: &str, minor: i64, reference: &str) -> StatementLine {
        StatementLine {
            source: source(),
            record_id: String::new(),
            account: String::new(),
            date: date.parse::<Date>().ok(),
            value_date: None,
            amount: eur(minor),
            description: String::new(),
            reference: reference.to_owned(),
            counterparty: String::new(),
            counterparty_account: String::new(),
            balance: None,
            normalised: tieout_domain::Normalised::default(),
            job: None,
            raw: String::new(),
        }
    }

    pub(crate) fn invoice(date: &str, due: &str, minor: i64, number: &str) -> LedgerEntry {
        LedgerEntry {
            source: source(),
            record_id: String::new(),
            kind: LedgerKind::Invoice,
            number: number.to_owned(),
            date: date.parse().ok(),
            due_date: due.parse().ok(),
            counterparty: "Harbour Lane Bakery".to_owned(),
            counterparty_code: String::new(),
            counterparty_account: String::new(),
            amount: eur(minor),
            reference: String::new(),
            memo: String::new(),
            job: None,
            raw: String::new(),
        }
    }
}
