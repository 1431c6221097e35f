//! What the screens of exceptions and figures show.
//!
//! Commands: `exceptions(ExceptionsRequest)` ([`ExceptionPage`]), `exception_totals(ExceptionsRequest)`
//! ([`ExceptionTotals`]), `figures(FiguresRequest)` ([`FigureBoard`]), `judgement(FiguresRequest)` ([`JudgementView`]),
//! `daily_history {from, to}` ([`HistoryDay`]s), `account_summary(AccountSummaryRequest)` ([`AccountTotals`]).
//! Shares are percentages as decimal strings (`97.35`); what cannot be known is null.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use tieout_application::figures::{self, ExceptionOrder, ExceptionQuery};
use tieout_domain::{RootCause, said};
use ts_rs::TS;

use crate::{Amount, CauseFindingView, CommandError, RecordView, SideView, requests};

/// How old an exception is, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum AgeBandView {
    /// Up to 30.
    UpTo30,
    /// 31 to 60.
    UpTo60,
    /// 61 to 90.
    UpTo90,
    /// More than 90.
    Over90,
}

/// What exceptions are ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub enum ExceptionOrderView {
    /// Largest first.
    Impact,
    /// Oldest first.
    Age,
    /// By cause, then largest.
    Cause,
}

/// `exceptions`, `exception_totals`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ExceptionsRequest {
    /// Only those that this account's figures count; none: all.
    pub account_id: Option<String>,
    /// Only this side.
    pub side: Option<SideView>,
    /// Only this cause, as a word of the fixed list.
    pub cause: Option<String>,
    /// Only of this age.
    pub age: Option<AgeBandView>,
    /// First day of the records, ISO.
    pub from: Option<String>,
    /// Last day of the records, ISO.
    pub to: Option<String>,
    /// Only records that contain this text (name, number, reference, text, amount); empty: all.
    pub search: String,
    /// What they are ordered by.
    pub order: ExceptionOrderView,
    /// The other way round.
    pub reversed: bool,
    /// Rows to skip.
    pub offset: u32,
    /// Rows wanted, at most 1000.
    pub limit: u32,
}

/// A record in no match.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExceptionRow {
    /// The record.
    pub record: RecordView,
    /// Why it is in no match, as a word of the fixed list.
    pub cause: String,
    /// What is open of it, without its sign.
    pub impact: Amount,
    /// Its age in days.
    pub days_open: u32,
    /// Why, and what to do about it, in a sentence.
    pub explanation: String,
    /// The same in parts, for the words of any language; none from engines of earlier versions.
    pub finding: Option<CauseFindingView>,
    /// Who looks after it.
    pub owner: Option<String>,
}

/// A page of the exceptions.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExceptionPage {
    /// The rows.
    pub rows: Vec<ExceptionRow>,
    /// Rows in all.
    pub total: u32,
}

/// Exceptions of one kind in one currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExceptionGroup {
    /// A cause, a side (`statement`, `ledger`) or an age (`upTo30` …).
    pub kind: String,
    /// How many.
    pub exceptions: u32,
    /// What is open of them, without signs.
    pub impact: Amount,
}

/// What the exceptions asked for come to. Each grouping is as if nothing were asked for of what it groups by.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExceptionTotals {
    /// How many.
    pub exceptions: u32,
    /// What is open of them, one sum a currency.
    pub impact: Vec<Amount>,
    /// By side.
    pub by_side: Vec<ExceptionGroup>,
    /// By cause.
    pub by_cause: Vec<ExceptionGroup>,
    /// By age, youngest first.
    pub by_age: Vec<ExceptionGroup>,
}

/// `figures`, `judgement`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct FiguresRequest {
    /// The account; left out together with the days: the whole company.
    pub account_id: Option<String>,
    /// First day, ISO; left out: all.
    pub from: Option<String>,
    /// Last day, ISO; left out: all.
    pub to: Option<String>,
}

/// What bank and books of one currency come to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct VarianceView {
    /// Sum of the statement lines.
    pub bank: Amount,
    /// Sum of the ledger entries.
    pub books: Amount,
    /// Bank less books.
    pub difference: Amount,
    /// How far the bank is from the books, in percent of the books, cents ignored; none where these are empty.
    pub rate: Option<String>,
    /// Whether that is within the limit.
    pub is_within: bool,
    /// All that moved on the bank's side, without signs.
    pub turnover: Amount,
    /// The difference in percent of that; none where nothing moved.
    pub of_turnover: Option<String>,
    /// Whether the books come to less than a quarter of what moved: then the rate says little.
    pub is_base_small: bool,
}

/// What figures are held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LimitsView {
    /// Largest variance, in percent.
    pub variance: String,
    /// From so much on a record is of high value: whole units of its currency.
    #[ts(type = "number")]
    pub high_value: u64,
    /// Discrepancy rate above which the risk is medium, in percent.
    pub risk_medium: String,
    /// Discrepancy rate above which the risk is high, in percent.
    pub risk_high: String,
}

/// What the company, or an account's period, is judged by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FigureBoard {
    /// The account's name; none: the whole company.
    pub account: Option<String>,
    /// Day up to which ages are counted, ISO.
    pub as_of: String,
    /// Statement lines.
    pub lines: u32,
    /// Of these, lines of which an approved match uses something.
    pub lines_matched: u32,
    /// Of these, lines that the policy matched.
    pub lines_automatic: u32,
    /// Share of the lines that are matched, in percent.
    pub match_rate: Option<String>,
    /// Share of the lines matched without a person, in percent.
    pub automatic_rate: Option<String>,
    /// Bank against books, one a currency.
    pub variances: Vec<VarianceView>,
    /// Exceptions in all.
    pub exceptions: u32,
    /// By cause.
    pub by_cause: Vec<ExceptionGroup>,
    /// By age, youngest first.
    pub by_age: Vec<ExceptionGroup>,
    /// How long they have been open on average, in days.
    pub average_days_open: Option<String>,
    /// Money that came in and that no approved match uses, one sum a currency.
    pub unallocated: Vec<Amount>,
    /// Missing transactions of high value, of the whole company.
    pub high_value_missing: u32,
    /// The limits in force.
    pub limits: LimitsView,
}

/// Whether it may be signed off as it stands.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JudgementView {
    /// `low`, `medium` or `high`.
    pub risk: String,
    /// `compliant`, `review_needed` or `non_compliant`.
    pub compliance: String,
    /// What speaks against it, gravest first: `balance_not_proved`, `variance_above_limit`, `discrepancy_rate_high`,
    /// `discrepancy_rate_medium`, `high_value_missing`.
    pub reasons: Vec<String>,
    /// What does not agree of the money, one a currency.
    pub discrepancies: Vec<DiscrepancyView>,
}

/// How much of the money of one currency does not agree.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DiscrepancyView {
    /// What does not agree.
    pub discrepancy: Amount,
    /// All money of both sides.
    pub volume: Amount,
    /// The one in percent of the other.
    pub rate: Option<String>,
}

/// What happened on a day (UTC), and how the workbook stood when it ended.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HistoryDay {
    /// The day, ISO.
    pub date: String,
    /// Runs of the engine.
    pub runs: u32,
    /// Statement lines taken in.
    pub lines_imported: u32,
    /// Ledger entries taken in.
    pub entries_imported: u32,
    /// Matches the policy approved.
    pub approved_by_policy: u32,
    /// Approvals by people.
    pub approved_by_people: u32,
    /// Rejections.
    pub rejected: u32,
    /// Decisions taken back.
    pub undone: u32,
    /// Statement lines at the day's end.
    pub lines: Option<u32>,
    /// Records of both sides in no match at the day's end.
    pub unmatched: Option<u32>,
    /// Share of the lines that were settled, in percent.
    pub match_rate: Option<String>,
    /// Share of the lines the policy had matched, in percent.
    pub automatic_rate: Option<String>,
    /// Variance of what the day's last run looked at, in percent.
    pub variance: Option<String>,
}

/// `account_summary`
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct AccountSummaryRequest {
    /// The account.
    pub account_id: String,
    /// First day, ISO.
    pub from: String,
    /// Last day, ISO; at most 365 days with the first.
    pub to: String,
}

/// What an account's lines of some days come to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AccountTotals {
    /// Lines.
    pub lines: u32,
    /// What came in.
    pub income: Amount,
    /// What went out, without its sign.
    pub spend: Amount,
    /// Income less spend.
    pub net: Amount,
    /// Lines of the account that have no date, and so belong to no day.
    pub lines_undated: u32,
    /// The categories that most of the lines have, most first, at most three.
    pub top_categories: Vec<CategoryLines>,
    /// Lines whose category a sweep has looked at, or a person chose.
    pub categorised: u32,
    /// Lines that wait for a sweep, or that one has taken up.
    pub uncategorised: u32,
    /// Lines that no sweep could judge.
    pub failed: u32,
}

/// A category and how many lines have it.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CategoryLines {
    /// Its name.
    pub category: String,
    /// How many.
    pub lines: u32,
}

/// Most rows of a page.
const ROWS_MAX: u32 = 1_000;

impl TryFrom<ExceptionsRequest> for ExceptionQuery {
    type Error = CommandError;

    fn try_from(request: ExceptionsRequest) -> Result<Self, Self::Error> {
        let cause = |word: String| {
            word.parse::<RootCause>()
                .map_err(|_| CommandError::invalid(&format!("'{}' is no cause", requests::shortened(&word))))
        };
        let days = request.age.map(AgeBandView::days);
        Ok(Self {
            causes: request.cause.map(cause).transpose()?.into_iter().collect(),
            account: request.account_id.as_deref().map(requests::parse_id).transpose()?,
            from: requests::parse_date(request.from.as_deref())?,
            to: requests::parse_date(request.to.as_deref())?,
            side: request.side.map(Into::into),
            search: requests::bounded(request.search)?,
            impact_min: None,
            days_min: days.map(|(first, _)| first),
            days_max: days.and_then(|(_, last)| last),
            accepted: false,
            as_of: None,
            order: match request.order {
                ExceptionOrderView::Impact => ExceptionOrder::Impact,
                ExceptionOrderView::Age => ExceptionOrder::Age,
                ExceptionOrderView::Cause => ExceptionOrder::Cause,
            },
            reversed: request.reversed,
            offset: u64::from(request.offset),
            limit: request.limit.min(ROWS_MAX),
        })
    }
}

impl TryFrom<FiguresRequest> for figures::FiguresRequest {
    type Error = CommandError;

    fn try_from(request: FiguresRequest) -> Result<Self, Self::Error> {
        Ok(Self {
            account: request.account_id,
            from: requests::parse_date(request.from.as_deref())?,
            to: requests::parse_date(request.to.as_deref())?,
            as_of: None,
        })
    }
}

impl TryFrom<AccountSummaryRequest> for figures::SummaryRequest {
    type Error = CommandError;

    fn try_from(request: AccountSummaryRequest) -> Result<Self, Self::Error> {
        let day = |text: &str| {
            requests::parse_date(Some(text))?
                .ok_or_else(|| CommandError::unfit(said!("figures.days", "a summary needs a first and a last day")))
        };
        Ok(Self { from: day(&request.from)?, to: day(&request.to)?, account: Some(request.account_id) })
    }
}

/// The days of `daily_history`; left out: all.
pub fn parse_days(from: Option<&str>, to: Option<&str>) -> Result<(Option<Date>, Option<Date>), CommandError> {
    Ok((requests::parse_date(from)?, requests::parse_date(to)?))
}
