//! Exceptions and figures.

use rust_decimal::Decimal;
use tieout_application::{
    RecordFacts,
    figures::{self, AgeBand, DailyFigures, ExceptionFigures, FiguresReport, Judgement, ListedException},
};
use tieout_domain::{Currency, FigureLimits, JudgementReason, RootCause, Side, Variance};

use super::{amounts, count};
use crate::{
    AccountTotals, AgeBandView, Amount, CategoryLines, DiscrepancyView, ExceptionGroup, ExceptionPage, ExceptionRow,
    ExceptionTotals, FigureBoard, HistoryDay, JudgementView, LimitsView, VarianceView,
};

/// Hundredths of a percent in percent: `97.35`.
pub(super) fn percent(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

pub(super) fn amount(minor_units: i128, currency: Currency) -> Amount {
    let value = Decimal::try_from_i128_with_scale(minor_units, currency.digits()).unwrap_or(Decimal::MAX);
    Amount { value: value.to_string(), currency: currency.code().to_owned() }
}

impl From<ListedException> for ExceptionRow {
    fn from(listed: ListedException) -> Self {
        Self {
            record: RecordFacts::from(listed.record).into(),
            cause: listed.cause.as_str().to_owned(),
            impact: listed.impact.into(),
            days_open: listed.days_open,
            explanation: listed.explanation,
            finding: listed.finding.map(Into::into),
            owner: listed.owner,
        }
    }
}

impl From<figures::ExceptionsPage> for ExceptionPage {
    fn from(page: figures::ExceptionsPage) -> Self {
        Self { rows: super::all(page.rows), total: count(page.total) }
    }
}

/// The word that a group is called by.
trait Kind {
    fn word(&self) -> &'static str;
}

impl Kind for RootCause {
    fn word(&self) -> &'static str {
        self.as_str()
    }
}

impl Kind for Side {
    fn word(&self) -> &'static str {
        self.as_str()
    }
}

impl Kind for AgeBand {
    fn word(&self) -> &'static str {
        match self {
            Self::UpTo30 => "upTo30",
            Self::UpTo60 => "upTo60",
            Self::UpTo90 => "upTo90",
            Self::Over90 => "over90",
        }
    }
}

impl AgeBandView {
    /// First and last day of the band; none: without end.
    pub(crate) const fn days(self) -> (u32, Option<u32>) {
        match self {
            Self::UpTo30 => (0, Some(30)),
            Self::UpTo60 => (31, Some(60)),
            Self::UpTo90 => (61, Some(90)),
            Self::Over90 => (91, None),
        }
    }
}

impl<K: Kind> From<ExceptionFigures<K>> for ExceptionGroup {
    fn from(of: ExceptionFigures<K>) -> Self {
        Self { kind: of.kind.word().to_owned(), exceptions: count(of.exceptions), impact: of.impact.into() }
    }
}

impl From<figures::ExceptionTotals> for ExceptionTotals {
    fn from(totals: figures::ExceptionTotals) -> Self {
        Self {
            exceptions: count(totals.exceptions),
            impact: amounts(totals.impact),
            by_side: super::all(totals.by_side),
            by_cause: super::all(totals.by_cause),
            by_age: super::all(totals.by_age),
        }
    }
}

/// Below this share of what moved the books are too small a base for a rate, in hundredths of a percent.
const SMALL_BASE: u128 = 2_500;

fn variance(of: &Variance, turnover: i128, limits: &FigureLimits) -> VarianceView {
    let difference = of.bank.saturating_sub(of.books);
    let (books, gap, moved) = (of.books.unsigned_abs(), difference.unsigned_abs(), turnover.unsigned_abs());
    let of_turnover = gap.saturating_mul(10_000).checked_div(moved);
    VarianceView {
        bank: amount(of.bank, of.currency),
        books: amount(of.books, of.currency),
        difference: amount(difference, of.currency),
        rate: of.rate().map(percent),
        is_within: of.is_within(limits),
        turnover: amount(turnover, of.currency),
        of_turnover: of_turnover.map(|share| percent(u64::try_from(share).unwrap_or(u64::MAX))),
        is_base_small: books.saturating_mul(10_000) < moved.saturating_mul(SMALL_BASE),
    }
}

impl From<&FigureLimits> for LimitsView {
    fn from(limits: &FigureLimits) -> Self {
        Self {
            variance: percent(u64::from(limits.variance)),
            high_value: limits.high_value,
            risk_medium: percent(u64::from(limits.risk_medium)),
            risk_high: percent(u64::from(limits.risk_high)),
        }
    }
}

impl From<FiguresReport> for FigureBoard {
    fn from(report: FiguresReport) -> Self {
        let (figures, limits) = (report.figures, report.limits);
        let turnover =
            |currency| figures.turnovers.iter().find(|(known, _)| *known == currency).map_or(0, |(_, moved)| *moved);
        Self {
            account: report.account,
            as_of: figures.as_of.to_string(),
            lines: count(figures.lines),
            lines_matched: count(figures.lines_matched),
            lines_automatic: count(figures.lines_automatic),
            match_rate: figures.match_rate().map(percent),
            automatic_rate: figures.automatic_rate().map(percent),
            variances: figures.variances.iter().map(|of| variance(of, turnover(of.currency), &limits)).collect(),
            exceptions: count(figures.exceptions),
            by_cause: super::all(figures.by_cause),
            by_age: super::all(figures.by_age),
            average_days_open: figures.average_days_open.map(percent),
            unallocated: amounts(figures.unallocated),
            high_value_missing: count(figures.high_value_missing),
            limits: LimitsView::from(&limits),
        }
    }
}

impl From<Judgement> for JudgementView {
    fn from(judgement: Judgement) -> Self {
        let Judgement { findings, discrepancies, limits } = judgement;
        let discrepancies = discrepancies.iter().map(|of| DiscrepancyView {
            discrepancy: amount(of.discrepancy, of.currency),
            volume: amount(of.volume, of.currency),
            rate: of.rate().map(percent),
        });
        Self {
            risk: findings.risk(&limits).as_str().to_owned(),
            compliance: findings.compliance(&limits).as_str().to_owned(),
            reasons: findings.reasons(&limits).into_iter().map(JudgementReason::as_str).map(str::to_owned).collect(),
            discrepancies: discrepancies.collect(),
        }
    }
}

impl From<DailyFigures> for HistoryDay {
    fn from(day: DailyFigures) -> Self {
        Self {
            date: day.date.to_string(),
            match_rate: day.match_rate().map(percent),
            automatic_rate: day.automatic_rate().map(percent),
            variance: day.variance.and_then(|variance| variance.rate()).map(percent),
            runs: count(day.runs),
            lines_imported: count(day.lines_imported),
            entries_imported: count(day.entries_imported),
            approved_by_policy: count(day.approved_by_policy),
            approved_by_people: count(day.approved_by_people),
            rejected: count(day.rejected),
            undone: count(day.undone),
            lines: day.lines.map(count),
            unmatched: day.unmatched.map(count),
        }
    }
}

impl From<figures::AccountSummary> for AccountTotals {
    fn from(summary: figures::AccountSummary) -> Self {
        Self {
            lines: count(summary.lines),
            income: summary.income.into(),
            spend: summary.spend.into(),
            net: summary.net.into(),
            lines_undated: count(summary.lines_undated),
            categorised: count(summary.by_status.completed),
            uncategorised: count(summary.by_status.pending + summary.by_status.processing),
            failed: count(summary.by_status.failed),
            top_categories: summary
                .top_categories
                .into_iter()
                .map(|share| CategoryLines { category: share.name, lines: count(share.lines) })
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use tieout_application::figures::ExceptionQuery;

    use super::*;
    use crate::{ExceptionOrderView, ExceptionsRequest, SideView};

    fn variance_of(bank: i128, books: i128, turnover: i128) -> VarianceView {
        let currency = Currency::parse("EUR").unwrap();
        variance(&Variance { currency, bank, books }, turnover, &FigureLimits::default())
    }

    #[test]
    fn a_variance_says_what_it_compares_and_when_that_is_little() {
        let view = variance_of(15_500, 10_000, 9_000_000);
        assert_eq!((view.bank.value.as_str(), view.difference.value.as_str()), ("155.00", "55.00"));
        assert_eq!((view.rate.as_deref(), view.is_within), (Some("55.00"), false));
        assert_eq!((view.of_turnover.as_deref(), view.is_base_small), (Some("0.06"), true));
        // From a quarter of what moved on, the books are base enough; without any movement nothing is small.
        assert!(!variance_of(0, -25_000, 100_000).is_base_small);
        assert!(variance_of(0, -24_999, 100_000).is_base_small);
        assert_eq!((variance_of(0, 0, 0).is_base_small, variance_of(0, 0, 0).of_turnover), (false, None));
        // Books of nothing have no share, whatever the bank says.
        assert_eq!((variance_of(10_000, 0, 10_000).rate, variance_of(10_000, 0, 10_000).is_base_small), (None, true));
    }

    fn request() -> ExceptionsRequest {
        ExceptionsRequest {
            account_id: None,
            side: None,
            cause: None,
            age: None,
            from: None,
            to: None,
            search: String::new(),
            order: ExceptionOrderView::Impact,
            reversed: false,
            offset: 0,
            limit: 200,
        }
    }

    #[test]
    fn an_age_is_its_days_and_a_page_is_bounded() {
        for (band, days) in [
            (AgeBandView::UpTo30, (Some(0), Some(30))),
            (AgeBandView::UpTo60, (Some(31), Some(60))),
            (AgeBandView::UpTo90, (Some(61), Some(90))),
            (AgeBandView::Over90, (Some(91), None)),
        ] {
            let query = ExceptionQuery::try_from(ExceptionsRequest { age: Some(band), ..request() }).unwrap();
            assert_eq!((query.days_min, query.days_max), days, "{band:?}");
        }
        let large = ExceptionsRequest { limit: 4_000_000, ..request() };
        assert_eq!(ExceptionQuery::try_from(large).unwrap().limit, 1_000);
        let fees = ExceptionsRequest { cause: Some("fee".to_owned()), side: Some(SideView::Ledger), ..request() };
        let query = ExceptionQuery::try_from(fees).unwrap();
        assert_eq!((query.causes.as_slice(), query.side), ([RootCause::Fee].as_slice(), Some(Side::Ledger)));
    }

    #[test]
    fn what_makes_no_sense_is_refused_in_words() {
        let text = |text: &str| Some(text.to_owned());
        for (wrong, because) in [
            (ExceptionsRequest { cause: text("fees"), ..request() }, "'fees' is no cause"),
            (ExceptionsRequest { from: text("31.12.2025"), ..request() }, "'31.12.2025' is no date such as 2025-12-31"),
            (ExceptionsRequest { account_id: text("Current"), ..request() }, "'Current' is no identifier"),
        ] {
            let refused = ExceptionQuery::try_from(wrong).unwrap_err();
            assert!(format!("{refused:?}").contains(because), "{refused:?}");
        }
    }
}
