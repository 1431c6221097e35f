//! Differences, their trend, and changed rates: `differences(DifferencesRequest)` ([`DifferencesView`]),
//! `difference_trends(DifferenceScopeRequest)` ([`DifferenceTrendsView`]). The `tieout` command prints the same
//! ([`DifferencesReport`]), as JSON and in words.
//!
//! Rates, quantities and shares are plain decimal numbers; what cannot be known is null.

mod answers;
mod words;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Amount;

/// Whose differences, and of which days.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DifferenceScopeRequest {
    /// The account; left out: all.
    pub account_id: Option<String>,
    /// First day, ISO; left out: all.
    pub from: Option<String>,
    /// Last day, ISO; left out: all.
    pub to: Option<String>,
}

/// In which order differences are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum DifferenceOrderView {
    /// Largest difference first.
    Size,
    /// Largest share of the books first.
    Percent,
    /// Newest first.
    Date,
}

/// `differences`
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DifferencesRequest {
    /// Whose, and of which days.
    pub scope: DifferenceScopeRequest,
    /// Only this main cause; left out: all.
    pub cause: Option<String>,
    /// In which order.
    pub order: DifferenceOrderView,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 500.
    pub limit: u32,
}

/// A page of differences.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DifferencesView {
    /// The rows.
    pub rows: Vec<DifferenceView>,
    /// Rows in all.
    pub total: u32,
}

/// A match whose two sides differ.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DifferenceView {
    /// The match's identifier.
    pub id: String,
    /// `approved`, `suggested` or `ambiguous`.
    pub status: String,
    /// Root cause words, the main one first.
    pub causes: Vec<String>,
    /// Day of the first line, ISO; first day of the job's month where it has none.
    pub date: Option<String>,
    /// Who it is about.
    pub title: String,
    /// Its texts or numbers.
    pub subtitle: String,
    /// What the statement side comes to.
    pub statement: Amount,
    /// What the books come to.
    pub ledger: Amount,
    /// Statement − books.
    pub difference: Amount,
    /// The difference in percent of the books' side, with its sign: `-1.50`; null where that is nothing.
    pub percent: Option<String>,
    /// The job, where both records are of one.
    pub job: Option<JobSidesView>,
}

/// What both sides say of a job, and what its difference comes from.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JobSidesView {
    /// Its number.
    pub number: String,
    /// Where, in the books' words.
    pub site: String,
    /// What, in the books' words.
    pub service_type: String,
    /// The month it is counted in, `2026-03`.
    pub month: Option<String>,
    /// What the client says it was of.
    pub statement_quantity: Option<String>,
    /// What the books say.
    pub ledger_quantity: Option<String>,
    /// What the client pays for one.
    pub statement_rate: Option<String>,
    /// What the books have.
    pub ledger_rate: Option<String>,
    /// (statement's rate − books' rate) × statement's quantity, and all that is left over; null where a side tells neither
    /// quantity nor rate.
    pub price_effect: Option<Amount>,
    /// (statement's quantity − books' quantity) × books' rate. Both effects add up to the difference.
    pub quantity_effect: Option<Amount>,
    /// The part of the price effect that does not follow from the rates.
    pub beside_rates: Option<Amount>,
}

/// Differences of one cause in one currency.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CauseSumView {
    /// Root cause word.
    pub cause: String,
    /// How many matches.
    pub matches: u32,
    /// Sum of the differences.
    pub total: Amount,
    /// Sum of their sizes, without signs.
    pub size: Amount,
}

/// The same of one month.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MonthSumView {
    /// `2026-03`; null for what has no date.
    pub month: Option<String>,
    /// What there is in it.
    #[serde(flatten)]
    #[ts(flatten)]
    pub sum: CauseSumView,
}

/// One month of a service at a site.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MonthRatesView {
    /// `2026-03`.
    pub month: String,
    /// Jobs.
    pub jobs: u32,
    /// Average rate the client pays, weighted by quantity, to four decimals.
    pub statement_rate: Option<String>,
    /// The same in the books.
    pub ledger_rate: Option<String>,
    /// Quantity the client pays for.
    pub statement_quantity: String,
    /// The same in the books.
    pub ledger_quantity: String,
    /// What the client pays.
    pub statement: Amount,
    /// What the books have.
    pub ledger: Amount,
    /// Statement − books.
    pub difference: Amount,
}

/// The rates of one type of service at one site.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ServiceTrendView {
    /// Where.
    pub site: String,
    /// What.
    pub service_type: String,
    /// Currency of the rates.
    pub currency: String,
    /// Months with jobs, oldest first.
    pub months: Vec<MonthRatesView>,
}

/// A rate that changed.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RateChangeView {
    /// The same for the same change.
    pub key: String,
    /// Where.
    pub site: String,
    /// What.
    pub service_type: String,
    /// Currency of the rates.
    pub currency: String,
    /// `statement`: the client pays other than booked; `ledger`: the client does not pay what is booked; `both`.
    pub side: String,
    /// From what rate.
    pub from: String,
    /// To what rate.
    pub to: String,
    /// First day, ISO, of a job at the new rate; first day of the month where `byDay` is false.
    pub since: String,
    /// `since` is a day, not a month.
    pub by_day: bool,
    /// The two sides differ from the first job on.
    pub from_the_start: bool,
    /// In how many steps it went.
    pub steps: u32,
    /// `open`, `followed`, `taken_back`, `agreed` or `seasonal`.
    pub state: String,
    /// Since when it is over, ISO.
    pub ended: Option<String>,
    /// Jobs at the old rate before it.
    pub jobs_before: u32,
    /// Jobs at the new rate, as long as the two sides differ by it.
    pub jobs_after: u32,
    /// Jobs that fit neither.
    pub jobs_against: u32,
    /// What these jobs differ by because of the rate so far, statement − books.
    pub effect: Amount,
    /// What it makes a month at present; null where the two sides agree again.
    pub effect_per_month: Option<Amount>,
    /// How likely the next job is at the new rate, in percent: `95.23`.
    pub confidence: String,
    /// The rates of both sides, month by month.
    pub months: Vec<MonthRatesView>,
}

/// `difference_trends`
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DifferenceTrendsView {
    /// Matches whose sides differ.
    pub matches: u32,
    /// Matched jobs, whether they differ or not.
    pub jobs: u32,
    /// By cause and currency, largest size first.
    pub by_cause: Vec<CauseSumView>,
    /// By month, then cause and currency.
    pub by_month: Vec<MonthSumView>,
    /// Changed rates: those the two sides still differ by first, then by effect.
    pub rate_changes: Vec<RateChangeView>,
}

/// `tieout differences --json` and `tieout workbook differences --json`
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DifferencesReport {
    #[serde(flatten)]
    trends: DifferenceTrendsView,
    /// Rates by site and service, whether they changed or not.
    services: Vec<ServiceTrendView>,
    #[serde(flatten)]
    page: DifferencesView,
}
