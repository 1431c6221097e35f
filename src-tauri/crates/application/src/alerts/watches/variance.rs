//! Variance between bank and books of each account's newest months, as the figures tell it, once the engine has run.
//! Before its first run a variance says only that nobody has matched anything yet.

use jiff::{Timestamp, civil::Date};
use tieout_domain::{AccountId, AlertKind, AlertReading, AlertSettings, Variance};
use tieout_workbook::{Account, ProofRange, Workbook};

use super::{Book, Watch};
use crate::ApplicationError;

/// So many months back from an account's newest: what lies before is closed work.
const MONTHS: u32 = 3;

pub(super) struct Variances;

impl Watch for Variances {
    fn kinds(&self) -> &'static [AlertKind] {
        &[AlertKind::Variance]
    }

    /// A proof of a month goes through its lines and what was outstanding at its end: one at a time.
    fn read(
        &self,
        book: &Book<'_>,
        settings: &AlertSettings,
        _now: Timestamp,
    ) -> Result<Vec<AlertReading>, ApplicationError> {
        if !settings.variance {
            return Ok(Vec::new());
        }
        let (limit, months) = book.with(|workbook| Ok((workbook.figure_limits()?.variance, watched(workbook)?)))?;
        let limit = i64::from(limit);
        let months = months.into_iter();
        months.map(|(account, month)| book.read(|workbook| reading(workbook, &account, month, limit))).collect()
    }
}

/// The months that are watched: the newest ones, and those of which an alert is going on.
fn watched(workbook: &Workbook) -> Result<Vec<(Account, Date)>, ApplicationError> {
    let mut watched = Vec::new();
    if workbook.record_counts()?.runs == 0 {
        return Ok(watched);
    }
    let alerted = workbook.alerted_subjects(AlertKind::Variance)?;
    for account in workbook.accounts()? {
        let mut months = workbook.newest_months(account.id, MONTHS)?;
        for month in alerted.iter().filter_map(|subject| month_of(subject, account.id)) {
            if !months.contains(&month) {
                months.push(month);
            }
        }
        watched.extend(months.into_iter().map(|month| (account.clone(), month)));
    }
    Ok(watched)
}

fn reading(workbook: &Workbook, account: &Account, month: Date, limit: i64) -> Result<AlertReading, ApplicationError> {
    let range = ProofRange { from: Some(month), to: Some(month.last_of_month()) };
    let proof = workbook.balance_proof(account.id, range)?.proof;
    let variance = Variance {
        currency: account.currency,
        bank: i128::from(proof.lines_total.minor_units()),
        books: i128::from(proof.entries_total.minor_units()),
    };
    let name = month.strftime("%Y-%m").to_string();
    Ok(AlertReading {
        kind: AlertKind::Variance,
        subject: format!("account {} {name}", account.id),
        account: account.name.clone(),
        detail: name,
        figure: variance.rate().map(|rate| i64::try_from(rate).unwrap_or(i64::MAX)),
        limit,
        currency: Some(account.currency),
        items: 0,
    })
}

/// The first day of the month that a subject of this account names.
fn month_of(subject: &str, account: AccountId) -> Option<Date> {
    let (id, month) = subject.strip_prefix("account ")?.split_once(' ')?;
    (id.parse() == Ok(account)).then(|| format!("{month}-01").parse().ok())?
}
