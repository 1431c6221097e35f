//! The overview.

use tieout_application::{DueCondition, Duty, DutyKind, PeriodRecord, RatedRow, StandingNow, StandingRow};
use tieout_domain::FigureLimits;

use super::{
    all, amounts, count,
    dashboard::{amount, percent},
    iso,
};
use crate::{DueView, DutyKindView, DutyView, StandingPeriodView, StandingRatesView, StandingRowView, StandingView};

impl From<DueView> for DueCondition {
    fn from(due: DueView) -> Self {
        match due {
            DueView::Snoozed => Self::Snoozed,
            DueView::Expected => Self::Expected,
        }
    }
}

impl From<DutyKind> for DutyKindView {
    fn from(kind: DutyKind) -> Self {
        match kind {
            DutyKind::Reopenings => Self::Reopenings,
            DutyKind::ToReview => Self::ToReview,
            DutyKind::ToLock => Self::ToLock,
            DutyKind::ToPrepare => Self::ToPrepare,
            DutyKind::Unproved => Self::Unproved,
            DutyKind::Assigned => Self::Assigned,
            DutyKind::AssignedEntries => Self::AssignedEntries,
            DutyKind::Returned => Self::Returned,
            DutyKind::ReturnedEntries => Self::ReturnedEntries,
            DutyKind::Overdue => Self::Overdue,
            DutyKind::OverdueEntries => Self::OverdueEntries,
            DutyKind::Alerts => Self::Alerts,
            DutyKind::Proposals => Self::Proposals,
            DutyKind::Lines => Self::Lines,
        }
    }
}

impl From<Duty> for DutyView {
    fn from(duty: Duty) -> Self {
        Self { kind: duty.kind.into(), count: count(duty.count), amounts: amounts(duty.amounts) }
    }
}

impl From<PeriodRecord> for StandingPeriodView {
    fn from(period: PeriodRecord) -> Self {
        Self {
            id: period.id.to_string(),
            state: period.state.into(),
            to_reprove: period.to_reprove,
            prepared_by: period.signed.and_then(|signed| signed.by.prepared).map(|by| by.name),
            reopening_by: period.reopening.map(|request| request.name),
        }
    }
}

impl From<StandingRow> for StandingRowView {
    fn from(row: StandingRow) -> Self {
        let (proves, range) = (row.proves(), row.range());
        Self {
            account_id: row.account.id.to_string(),
            from: iso(range.from.or(row.account.first_date)),
            to: iso(range.to.or(row.account.last_date)),
            account: row.account.name,
            currency: row.account.currency.code().to_owned(),
            period: row.period.map(Into::into),
            lines: count(row.lines),
            opening: row.opening.map(Into::into),
            lines_total: row.lines_total.into(),
            closing: row.closing.map(Into::into),
            gap: row.gap.map(Into::into),
            proves,
            duty: row.duty.map(Into::into),
        }
    }
}

impl From<StandingNow> for StandingView {
    fn from(StandingNow { standing, limits }: StandingNow) -> Self {
        Self {
            as_of: standing.as_of.to_string(),
            duties: all(standing.duties),
            rows: all(standing.rows),
            variance_limit: percent(u64::from(limits.variance)),
        }
    }
}

impl StandingRatesView {
    /// A row's figures, held against the limits.
    pub fn of(RatedRow { row, rates }: RatedRow, limits: &FigureLimits) -> Self {
        let ((lines_open, lines_sum), (entries_open, entries_sum)) = (rates.lines_open, rates.entries_open);
        let variance = rates.variance;
        Self {
            account_id: row.account.id.to_string(),
            period_id: row.period.map(|period| period.id.to_string()),
            lines: count(rates.lines),
            lines_matched: count(rates.lines_matched),
            match_rate: rates.match_rate().map(percent),
            automatic_rate: rates.automatic_rate().map(percent),
            lines_open: count(lines_open),
            lines_open_sum: lines_sum.into(),
            entries_open: count(entries_open),
            entries_open_sum: entries_sum.into(),
            variance: variance.rate().map(percent),
            difference: amount(variance.bank.saturating_sub(variance.books), variance.currency),
            is_within: variance.is_within(limits),
        }
    }
}
