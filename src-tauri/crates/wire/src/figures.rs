//! Figures as the `tieout` command prints them: as JSON and in words for a terminal. Amounts are decimal strings
//! with a currency, shares of one are decimal strings (`0.9735`), and what cannot be known is null.

use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use tieout_application::figures::{
    AccountSummary, DailyFigures, ExceptionsPage, FiguresReport, ListedException, Record, RunFigures, fix_in_words,
};
use tieout_domain::{FigureLimits, Money, Side, Variance};

use crate::{Amount, CauseFindingView};

/// `tieout summary --json`
#[derive(Debug, Serialize)]
pub struct AccountSummaryView {
    account: String,
    currency: String,
    from: String,
    to: String,
    count: u64,
    spend: String,
    income: String,
    net: String,
    lines_without_date: u64,
    by_status: StatusCountsView,
    top_categories: Vec<CategoryShareView>,
}

/// How far the categoriser has come.
#[derive(Debug, Serialize)]
struct StatusCountsView {
    pending: u64,
    processing: u64,
    completed: u64,
    failed: u64,
}

#[derive(Debug, Serialize)]
struct CategoryShareView {
    category: String,
    count: u64,
}

impl From<AccountSummary> for AccountSummaryView {
    fn from(summary: AccountSummary) -> Self {
        Self {
            account: summary.account.name,
            currency: summary.account.currency.to_string(),
            from: summary.from.to_string(),
            to: summary.to.to_string(),
            count: summary.lines,
            spend: value(summary.spend),
            income: value(summary.income),
            net: value(summary.net),
            lines_without_date: summary.lines_undated,
            by_status: StatusCountsView {
                pending: summary.by_status.pending,
                processing: summary.by_status.processing,
                completed: summary.by_status.completed,
                failed: summary.by_status.failed,
            },
            top_categories: summary
                .top_categories
                .into_iter()
                .map(|share| CategoryShareView { category: share.name, count: share.lines })
                .collect(),
        }
    }
}

impl fmt::Display for AccountSummaryView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}, {} to {}: {} statement lines", self.account, self.from, self.to, self.count)?;
        let amounts = [("income", &self.income), ("spend", &self.spend), ("net", &self.net)];
        let width = amounts.iter().map(|(_, amount)| amount.len()).max().unwrap_or(0);
        for (at, (name, amount)) in amounts.into_iter().enumerate() {
            write!(f, "{}{name:<8}{amount:>width$} {}", if at > 0 { "\n" } else { "" }, self.currency)?;
        }
        let StatusCountsView { pending, processing, completed, failed } = &self.by_status;
        write!(f, "\ncategories: {completed} completed, {pending} pending, {processing} processing, {failed} failed")?;
        let width = self.top_categories.iter().map(|share| share.category.chars().count()).max().unwrap_or(0);
        for CategoryShareView { category, count } in &self.top_categories {
            write!(f, "\n  {category:<width$}  {count}")?;
        }
        if self.lines_without_date > 0 {
            write!(f, "\n{} more lines of the account have no date, and belong to no day", self.lines_without_date)?;
        }
        Ok(())
    }
}

/// `tieout workbook figures --json`
#[derive(Debug, Serialize)]
pub struct FiguresView {
    account: Option<String>,
    from: Option<String>,
    to: Option<String>,
    as_of: String,
    statement_lines: u64,
    statement_lines_matched: u64,
    match_rate: Option<String>,
    automatic_rate: Option<String>,
    variance: Vec<VarianceView>,
    exceptions: u64,
    exceptions_by_cause: Vec<GroupView>,
    exceptions_by_age_days: Vec<GroupView>,
    average_days_open: Option<String>,
    cash_unallocated: Vec<Amount>,
    high_value_missing: u64,
    limits: LimitsView,
    runs: Vec<RunView>,
    days: Vec<DayView>,
}

#[derive(Debug, Serialize)]
struct VarianceView {
    currency: String,
    bank: String,
    books: String,
    rate: Option<String>,
    within_limit: bool,
}

#[derive(Debug, Serialize)]
struct GroupView {
    kind: &'static str,
    exceptions: u64,
    impact: Amount,
}

#[derive(Debug, Serialize)]
struct LimitsView {
    variance: String,
    high_value: u64,
    risk_medium: String,
    risk_high: String,
}

#[derive(Debug, Serialize)]
struct RunView {
    id: String,
    at: String,
    by: String,
    profile: &'static str,
    statement_lines: u64,
    match_rate: Option<String>,
    automatic_rate: Option<String>,
    suggested: u64,
    ledger_entries_unmatched: u64,
    variance: Option<VarianceView>,
}

#[derive(Debug, Serialize)]
struct DayView {
    date: String,
    runs: u64,
    lines_imported: u64,
    entries_imported: u64,
    approved_by_policy: u64,
    approved_by_people: u64,
    rejected: u64,
    undone: u64,
    exceptions_opened: u64,
    statement_lines: Option<u64>,
    statement_lines_settled: Option<u64>,
    match_rate: Option<String>,
}

impl From<FiguresReport> for FiguresView {
    fn from(report: FiguresReport) -> Self {
        let (figures, limits) = (report.figures, report.limits);
        Self {
            account: report.account,
            from: report.from.map(|date| date.to_string()),
            to: report.to.map(|date| date.to_string()),
            as_of: figures.as_of.to_string(),
            statement_lines: figures.lines,
            statement_lines_matched: figures.lines_matched,
            match_rate: figures.match_rate().map(ratio),
            automatic_rate: figures.automatic_rate().map(ratio),
            variance: figures.variances.iter().map(|of| variance(of, &limits)).collect(),
            exceptions: figures.exceptions,
            exceptions_by_cause: figures
                .by_cause
                .into_iter()
                .map(|of| GroupView { kind: of.kind.as_str(), exceptions: of.exceptions, impact: of.impact.into() })
                .collect(),
            exceptions_by_age_days: figures
                .by_age
                .into_iter()
                .map(|of| GroupView { kind: of.kind.as_str(), exceptions: of.exceptions, impact: of.impact.into() })
                .collect(),
            average_days_open: figures.average_days_open.map(|days| format!("{}.{:02}", days / 100, days % 100)),
            cash_unallocated: figures.unallocated.into_iter().map(Into::into).collect(),
            high_value_missing: figures.high_value_missing,
            limits: LimitsView {
                variance: ratio(u64::from(limits.variance)),
                high_value: limits.high_value,
                risk_medium: ratio(u64::from(limits.risk_medium)),
                risk_high: ratio(u64::from(limits.risk_high)),
            },
            runs: report.runs.into_iter().map(|run| run_view(run, &limits)).collect(),
            days: report.days.into_iter().map(Into::into).collect(),
        }
    }
}

fn run_view(run: RunFigures, limits: &FigureLimits) -> RunView {
    RunView {
        id: run.id.to_string(),
        match_rate: run.match_rate().map(ratio),
        automatic_rate: run.automatic_rate().map(ratio),
        variance: run.variance.as_ref().map(|of| variance(of, limits)),
        at: run.at,
        by: run.by,
        profile: run.profile.as_str(),
        statement_lines: run.lines,
        suggested: run.suggested,
        ledger_entries_unmatched: run.entries_unmatched,
    }
}

impl From<DailyFigures> for DayView {
    fn from(day: DailyFigures) -> Self {
        Self {
            date: day.date.to_string(),
            match_rate: day.match_rate().map(ratio),
            runs: day.runs,
            lines_imported: day.lines_imported,
            entries_imported: day.entries_imported,
            approved_by_policy: day.approved_by_policy,
            approved_by_people: day.approved_by_people,
            rejected: day.rejected,
            undone: day.undone,
            exceptions_opened: day.exceptions_opened,
            statement_lines: day.lines,
            statement_lines_settled: day.lines_settled,
        }
    }
}

fn variance(of: &Variance, limits: &FigureLimits) -> VarianceView {
    let amount = |minor| rust_decimal::Decimal::from_i128_with_scale(minor, of.currency.digits()).to_string();
    VarianceView {
        currency: of.currency.to_string(),
        bank: amount(of.bank),
        books: amount(of.books),
        rate: of.rate().map(ratio),
        within_limit: of.is_within(limits),
    }
}

impl fmt::Display for FiguresView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |day: &Option<String>| day.clone().unwrap_or_else(|| "…".to_owned());
        match &self.account {
            Some(account) => writeln!(f, "{account}, {} to {}", end(&self.from), end(&self.to))?,
            None => writeln!(f, "all accounts")?,
        }
        let rate = |rate: &Option<String>| rate.as_deref().map_or_else(|| "n/a".to_owned(), percent);
        writeln!(
            f,
            "matched: {} of {} lines, {}; without a person {}",
            self.statement_lines_matched,
            self.statement_lines,
            rate(&self.match_rate),
            rate(&self.automatic_rate)
        )?;
        for of in &self.variance {
            let held = if of.within_limit { "within" } else { "beyond" };
            let (bank, books, limit) = (&of.bank, &of.books, percent(&self.limits.variance));
            writeln!(
                f,
                "variance: {}, {held} the limit of {limit} (bank {bank}, books {books} {})",
                rate(&of.rate),
                of.currency
            )?;
        }
        for cash in &self.cash_unallocated {
            writeln!(f, "cash not allocated: {} {}", cash.value, cash.currency)?;
        }
        let days = self.average_days_open.as_deref().unwrap_or("n/a");
        writeln!(f, "exceptions: {}, open {days} days on average (up to {})", self.exceptions, self.as_of)?;
        for (name, groups) in [("cause", &self.exceptions_by_cause), ("days", &self.exceptions_by_age_days)] {
            for group in groups {
                let amount = format!("{} {}", group.impact.value, group.impact.currency);
                writeln!(f, "  {name} {:<18}{:>8}{amount:>20}", group.kind.replace('_', " "), group.exceptions)?;
            }
        }
        write!(f, "missing transactions from {} up: {}", self.limits.high_value, self.high_value_missing)
    }
}

/// `tieout exceptions`
#[derive(Debug, Serialize)]
pub struct ExceptionsView {
    total: u64,
    rows: Vec<ExceptionView>,
}

#[derive(Debug, Serialize)]
struct ExceptionView {
    id: String,
    side: &'static str,
    source_file: String,
    source_row: u32,
    record_id: String,
    date: Option<String>,
    counterparty: String,
    reference: String,
    amount: Amount,
    cause: &'static str,
    impact: Amount,
    days_open: u32,
    /// `null` where no run has looked at it yet.
    opened_at: Option<String>,
    owner: Option<String>,
    /// Version of the policy that accepted it.
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted_by_policy: Option<u32>,
    explanation: String,
    /// What was found, in the words of the catalogue; `null` by engines of earlier versions.
    finding: Option<CauseFindingView>,
    /// What to do, as a sentence.
    proposed_fix: Option<String>,
}

impl From<ExceptionsPage> for ExceptionsView {
    fn from(page: ExceptionsPage) -> Self {
        Self { total: page.total, rows: page.rows.into_iter().map(Into::into).collect() }
    }
}

impl From<ListedException> for ExceptionView {
    fn from(listed: ListedException) -> Self {
        let opened_at = listed.opened_at_ms.and_then(|at| Timestamp::from_millisecond(at).ok());
        let view = Self {
            id: String::new(),
            side: Side::Statement.as_str(),
            source_file: String::new(),
            source_row: 0,
            record_id: String::new(),
            date: None,
            counterparty: String::new(),
            reference: String::new(),
            amount: listed.impact.into(),
            cause: listed.cause.as_str(),
            impact: listed.impact.into(),
            days_open: listed.days_open,
            opened_at: opened_at.map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()),
            owner: listed.owner,
            accepted_by_policy: listed.accepted.map(|of| of.policy_version),
            explanation: listed.explanation,
            proposed_fix: listed.finding.as_ref().map(|finding| fix_in_words(&finding.fix)),
            finding: listed.finding.map(Into::into),
        };
        let first = |wanted: String, otherwise: String| if wanted.is_empty() { otherwise } else { wanted };
        match listed.record {
            Record::Line(record) => Self {
                id: record.id.to_string(),
                source_file: record.file_name,
                source_row: record.line.source.row,
                record_id: record.line.record_id,
                date: record.line.date.map(|date| date.to_string()),
                counterparty: record.line.counterparty,
                reference: first(record.line.reference, record.line.description),
                amount: record.line.amount.into(),
                ..view
            },
            Record::Entry(record) => Self {
                id: record.id.to_string(),
                side: Side::Ledger.as_str(),
                source_file: record.file_name,
                source_row: record.entry.source.row,
                record_id: record.entry.record_id,
                date: record.entry.date.map(|date| date.to_string()),
                counterparty: record.entry.counterparty,
                reference: first(record.entry.number, record.entry.reference),
                amount: record.entry.amount.into(),
                ..view
            },
        }
    }
}

impl fmt::Display for ExceptionsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} exceptions", self.total)?;
        for row in &self.rows {
            let date = row.date.as_deref().unwrap_or("----------");
            let amount = format!("{} {}", row.impact.value, row.impact.currency);
            let cause = row.cause.replace('_', " ");
            let (who, what) = (&row.counterparty, &row.reference);
            write!(f, "\n{:<9}  {date}  {:>4} d  {amount:>16}  {cause:<17}  {who}  {what}", row.side, row.days_open)?;
            if let Some(owner) = &row.owner {
                write!(f, "  [{owner}]")?;
            }
            if let Some(version) = row.accepted_by_policy {
                write!(f, "  (accepted by policy {version})")?;
            }
            if let (Some(finding), Some(fix)) = (&row.finding, &row.proposed_fix) {
                write!(f, "\n{:26}{:>3} % sure: {fix}", "", finding.confidence)?;
            }
        }
        let hidden = self.total.saturating_sub(self.rows.len() as u64);
        if hidden > 0 { write!(f, "\n{hidden} more: --limit shows more, --csv and --json all") } else { Ok(()) }
    }
}

fn value(money: Money) -> String {
    money.to_decimal().to_string()
}

/// Hundredths of a percent as a share of one: `0.9735`.
fn ratio(hundredths: u64) -> String {
    format!("{}.{:04}", hundredths / 10_000, hundredths % 10_000)
}

/// A share of one in percent: `97.35 %`.
fn percent(share: &str) -> String {
    share
        .parse::<rust_decimal::Decimal>()
        .map_or_else(|_| share.to_owned(), |share| format!("{:.2} %", share * rust_decimal::Decimal::ONE_HUNDRED))
}
