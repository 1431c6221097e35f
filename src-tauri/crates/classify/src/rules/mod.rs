//! The rules, in the order in which they are asked.

mod duplicate;
mod missing;
mod timing;

use crate::{Context, Finding, Unmatched};

/// One reason why a record may have no match.
pub trait Rule: Sync {
    /// Says what it found, or nothing where the rule does not apply.
    fn judge(&self, record: Unmatched<'_>, context: &Context<'_>) -> Option<Finding>;
}

/// All rules: the more particular first.
pub const ALL: &[&dyn Rule] = &[&duplicate::Duplicate, &timing::Timing, &missing::Missing];

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
