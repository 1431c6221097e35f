//! Requests → the domain's terms, and answers → views.

use rust_decimal::Decimal;
use tieout_application::differences::{
    CauseSum, Difference, DifferenceOrder, DifferenceScope, Differences, DifferencesQuery, JobSides, MonthRates,
    MonthSum, RateChange, RateTrend,
};

use super::{
    CauseSumView, DifferenceOrderView, DifferenceScopeRequest, DifferenceTrendsView, DifferenceView, DifferencesReport,
    DifferencesRequest, DifferencesView, JobSidesView, MonthRatesView, MonthSumView, RateChangeView, ServiceTrendView,
};
use crate::{
    CommandError,
    answers::{count, iso, month},
    requests::{parse_date, parse_id},
};

/// Most rows of a page.
const ROWS_MAX: u32 = 500;

impl TryFrom<DifferenceScopeRequest> for DifferenceScope {
    type Error = CommandError;

    fn try_from(request: DifferenceScopeRequest) -> Result<Self, CommandError> {
        Ok(Self {
            account: request.account_id.as_deref().map(parse_id).transpose()?,
            from: parse_date(request.from.as_deref())?,
            to: parse_date(request.to.as_deref())?,
        })
    }
}

impl DifferencesRequest {
    /// Whose differences are asked for, and which page of them.
    pub fn parts(self) -> Result<(DifferenceScope, DifferencesQuery), CommandError> {
        let cause = self.cause.filter(|word| !word.is_empty());
        let causes =
            cause.map(|word| word.parse().map_err(|_| CommandError::invalid(&format!("'{word}' is no cause"))));
        let query = DifferencesQuery {
            causes: causes.transpose()?.into_iter().collect(),
            order: self.order.into(),
            offset: u64::from(self.offset),
            limit: self.limit.min(ROWS_MAX),
        };
        Ok((self.scope.try_into()?, query))
    }
}

impl From<DifferenceOrderView> for DifferenceOrder {
    fn from(order: DifferenceOrderView) -> Self {
        match order {
            DifferenceOrderView::Size => Self::Size,
            DifferenceOrderView::Percent => Self::Percent,
            DifferenceOrderView::Date => Self::Date,
        }
    }
}

impl DifferencesView {
    /// A page.
    pub fn of(differences: &Differences, query: &DifferencesQuery) -> Self {
        let (rows, total) = differences.page(query);
        Self { rows: rows.into_iter().map(Into::into).collect(), total: count(total) }
    }
}

impl From<&Difference> for DifferenceView {
    fn from(row: &Difference) -> Self {
        Self {
            id: row.id.clone(),
            status: row.status.as_str().to_owned(),
            causes: row.causes.iter().map(|cause| cause.as_str().to_owned()).collect(),
            date: iso(row.date),
            title: row.title.clone(),
            subtitle: row.subtitle.clone(),
            statement: row.totals.statement.into(),
            ledger: row.totals.ledger.into(),
            difference: row.difference.into(),
            percent: row.percent.map(|percent| percent.to_string()),
            job: row.job.as_ref().map(Into::into),
        }
    }
}

impl From<&JobSides> for JobSidesView {
    fn from(job: &JobSides) -> Self {
        let words = |of: fn(&tieout_domain::Job) -> &String| {
            let own = of(&job.ledger);
            if own.is_empty() { of(&job.statement).clone() } else { own.clone() }
        };
        let plain = |number: Option<Decimal>| number.map(|number| number.to_string());
        let split = job.split.as_ref();
        Self {
            number: job.number.clone(),
            site: words(|job| &job.site),
            service_type: words(|job| &job.service_type),
            month: job.ledger.month.or(job.statement.month).map(month),
            statement_quantity: plain(job.statement.quantity),
            ledger_quantity: plain(job.ledger.quantity),
            statement_rate: plain(job.statement.rate),
            ledger_rate: plain(job.ledger.rate),
            price_effect: split.map(|split| split.price_effect.into()),
            quantity_effect: split.map(|split| split.quantity_effect.into()),
            beside_rates: split.map(|split| split.beside_rates.into()),
        }
    }
}

impl From<&CauseSum> for CauseSumView {
    fn from(sum: &CauseSum) -> Self {
        Self {
            cause: sum.cause.as_str().to_owned(),
            matches: count(sum.matches),
            total: sum.total.into(),
            size: sum.size.into(),
        }
    }
}

impl From<&MonthSum> for MonthSumView {
    fn from(of: &MonthSum) -> Self {
        Self { month: of.month.map(month), sum: (&of.sum).into() }
    }
}

impl From<&MonthRates> for MonthRatesView {
    fn from(of: &MonthRates) -> Self {
        let rate = |rate: Option<Decimal>| rate.map(|rate| rate.to_string());
        Self {
            month: month(of.month),
            jobs: of.jobs,
            statement_rate: rate(of.statement_rate),
            ledger_rate: rate(of.ledger_rate),
            statement_quantity: of.statement_quantity.to_string(),
            ledger_quantity: of.ledger_quantity.to_string(),
            statement: of.totals.statement.into(),
            ledger: of.totals.ledger.into(),
            difference: of.difference.into(),
        }
    }
}

impl From<&RateTrend> for ServiceTrendView {
    fn from(trend: &RateTrend) -> Self {
        Self {
            site: trend.site.clone(),
            service_type: trend.service_type.clone(),
            currency: trend.currency.to_string(),
            months: trend.months.iter().map(Into::into).collect(),
        }
    }
}

fn rate_change(change: &RateChange, trends: &[RateTrend]) -> RateChangeView {
    let months = trends.get(change.trend).map(|trend| trend.months.as_slice()).unwrap_or_default();
    RateChangeView {
        key: change.key.clone(),
        site: change.site.clone(),
        service_type: change.service_type.clone(),
        currency: change.currency.to_string(),
        side: change.side.as_str().to_owned(),
        from: change.from.to_string(),
        to: change.to.to_string(),
        since: change.since.to_string(),
        by_day: change.by_day,
        from_the_start: change.from_the_start,
        steps: change.steps,
        state: change.state.as_str().to_owned(),
        ended: iso(change.state.ended()),
        jobs_before: change.jobs_before,
        jobs_after: change.jobs_after,
        jobs_against: change.jobs_against,
        effect: change.effect.into(),
        effect_per_month: change.effect_per_month.map(Into::into),
        confidence: format!("{}.{:02}", change.confidence / 100, change.confidence % 100),
        months: months.iter().map(Into::into).collect(),
    }
}

impl From<&Differences> for DifferenceTrendsView {
    fn from(differences: &Differences) -> Self {
        let rates = &differences.rates;
        Self {
            matches: count(differences.rows.len() as u64),
            jobs: count(differences.jobs),
            by_cause: differences.by_cause.iter().map(Into::into).collect(),
            by_month: differences.by_month.iter().map(Into::into).collect(),
            rate_changes: rates.changes.iter().map(|change| rate_change(change, &rates.trends)).collect(),
        }
    }
}

impl DifferencesReport {
    /// All there is to tell, and a page of the matches.
    pub fn of(differences: &Differences, query: &DifferencesQuery) -> Self {
        Self {
            trends: differences.into(),
            services: differences.rates.trends.iter().map(Into::into).collect(),
            page: DifferencesView::of(differences, query),
        }
    }
}
