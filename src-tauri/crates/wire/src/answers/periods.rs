//! Periods.

use std::fmt;

use jiff::Timestamp;
use tieout_application as application;
use tieout_domain::{Money, PeriodState, RollForward, RollSum};

use super::{all, at, count};
use crate::{
    BalanceSourceView, DaysView, LateEntriesView, PeriodCauseView, PeriodCheckView, PeriodEventView, PeriodFiguresView,
    PeriodItemView, PeriodItemsView, PeriodRow, PeriodSheetView, PeriodStateView, PeriodsView, ReopeningView,
    RollForwardView, RollSumView, SignedView,
};

fn moment(at_ms: i64) -> String {
    Timestamp::from_millisecond(at_ms).map(at).unwrap_or_default()
}

/// `line_added` → `lineAdded`.
fn camel(word: &str) -> String {
    let mut parts = word.split('_');
    let mut camel = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        camel.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        camel.extend(letters);
    }
    camel
}

impl From<PeriodState> for PeriodStateView {
    fn from(state: PeriodState) -> Self {
        match state {
            PeriodState::Open => Self::Open,
            PeriodState::Prepared => Self::Prepared,
            PeriodState::Reviewed => Self::Reviewed,
            PeriodState::Locked => Self::Locked,
        }
    }
}

impl From<application::BalanceSource> for BalanceSourceView {
    fn from(source: application::BalanceSource) -> Self {
        match source {
            application::BalanceSource::PeriodBefore => Self::PeriodBefore,
            application::BalanceSource::Bank => Self::Bank,
            application::BalanceSource::Hand => Self::Hand,
        }
    }
}

impl From<application::Signed> for SignedView {
    fn from(signed: application::Signed) -> Self {
        Self { name: signed.name, at: moment(signed.at_ms), single_user: signed.single_user }
    }
}

impl From<application::PeriodRecord> for PeriodRow {
    fn from(period: application::PeriodRecord) -> Self {
        let (mut opening, mut closing, mut content, mut by) = (None, None, None, application::Signatures::default());
        if let Some(signed) = period.signed {
            opening = Some(signed.opening.into());
            closing = Some(signed.closing.into());
            content = Some(signed.content.to_string());
            by = signed.by;
        }
        Self {
            id: period.id.to_string(),
            from: period.days.from.to_string(),
            to: period.days.to.to_string(),
            state: period.state.into(),
            to_reprove: period.to_reprove,
            opening,
            closing,
            content,
            prepared: by.prepared.map(Into::into),
            reviewed: by.reviewed.map(Into::into),
            locked: by.locked.map(Into::into),
            reopening: period.reopening.map(|request| ReopeningView {
                name: request.name,
                reason: request.reason,
                at: moment(request.at_ms),
            }),
        }
    }
}

impl From<application::AccountPeriods> for PeriodsView {
    fn from(answer: application::AccountPeriods) -> Self {
        let days = |days: tieout_domain::Period| DaysView { from: days.from.to_string(), to: days.to.to_string() };
        Self { account: answer.account, periods: all(answer.periods), proposed: answer.proposed.map(days) }
    }
}

impl From<application::PeriodFigures> for PeriodFiguresView {
    fn from(figures: application::PeriodFigures) -> Self {
        let checked = figures.check();
        let proof = figures.proof;
        let zero = Money::zero(proof.lines_total.currency());
        Self {
            can_sign: checked.is_ok(),
            obstacle: checked.err().map(|error| error.to_string()).unwrap_or_default(),
            statement_gap: proof.statement_gap().ok().flatten().map(Into::into),
            unexplained: proof.unexplained().unwrap_or(zero).into(),
            opening: proof.opening.map(Into::into),
            opening_source: figures.opening_source.map(Into::into),
            opening_reason: figures.opening_reason,
            lines_total: proof.lines_total.into(),
            closing: proof.closing.map(Into::into),
            closing_source: figures.closing_source.map(Into::into),
            closing_reason: figures.closing_reason,
            entries_total: proof.entries_total.into(),
            difference: proof.lines_total.checked_sub(proof.entries_total).unwrap_or(zero).into(),
            lines_outstanding: proof.lines_outstanding.into(),
            entries_outstanding: proof.entries_outstanding.into(),
            adjustments: proof.adjustments.into(),
            lines: count(figures.lines),
            outstanding_lines_count: count(figures.lines_outstanding),
            outstanding_entries_count: count(figures.entries_outstanding),
        }
    }
}

impl From<RollSum> for RollSumView {
    fn from(of: RollSum) -> Self {
        Self { items: count(of.items), sum: of.sum.into() }
    }
}

impl From<RollForward> for RollForwardView {
    fn from(roll: RollForward) -> Self {
        Self {
            holds: roll.holds().unwrap_or(false),
            brought_forward: roll.brought_forward.into(),
            new: roll.new.into(),
            cleared: roll.cleared.into(),
            carried_forward: roll.carried_forward.into(),
        }
    }
}

impl From<application::ToldEvent> for PeriodEventView {
    fn from(told: application::ToldEvent) -> Self {
        let event = told.event;
        let causes = told.causes.into_iter().map(|(cause, record)| PeriodCauseView {
            change: camel(cause.change.as_str()),
            records: cause.records,
            record: record.map(Into::into),
        });
        Self {
            kind: camel(event.kind.as_str()),
            by: event.by,
            at: moment(event.at_ms),
            reason: event.reason,
            content: event.content.to_string(),
            single_user: event.single_user,
            causes: causes.collect(),
        }
    }
}

impl From<application::PeriodSheet> for PeriodSheetView {
    fn from(sheet: application::PeriodSheet) -> Self {
        let [lines, entries] = sheet.roll;
        let proof = sheet.proof;
        let figures = proof.shown().clone();
        let (was, is) = (&figures.proof, &proof.now.proof);
        let sums = |of: &tieout_domain::BalanceProof| {
            [of.lines_total, of.entries_total, of.lines_outstanding, of.entries_outstanding, of.adjustments]
        };
        // Balances by hand are known to the signature only.
        let differs = |was: Option<Money>, is: Option<Money>| is.is_some() && was != is;
        let moved = sums(is) != sums(was) || differs(was.opening, is.opening) || differs(was.closing, is.closing);
        let figures_now = moved.then(|| proof.now.into());
        let settled = |of: fn(&application::SinceSigned) -> RollSum| sheet.since.as_ref().map(|since| of(since).into());
        Self {
            account: sheet.account,
            period: proof.period.into(),
            before: sheet.before.map(Into::into),
            figures: figures.into(),
            figures_now,
            exceptions: count(proof.exceptions),
            lines: lines.into(),
            entries: entries.into(),
            late_entries: count(sheet.late_entries),
            lines_settled: settled(|since| since.lines_settled),
            entries_settled: settled(|since| since.entries_settled),
            seen: sheet.seen.to_string(),
            events: all(sheet.events),
            may_prepare: sheet.may.prepare,
            may_sign_off: sheet.may.sign_off,
            needs_another: sheet.may.needs_another,
            asked: sheet.may.asked,
            needs_secret: sheet.may.needs_secret,
        }
    }
}

impl From<application::PeriodCheck> for PeriodCheckView {
    fn from(check: application::PeriodCheck) -> Self {
        let difference = check.difference.map(|difference| difference.to_string()).unwrap_or_default();
        Self { now: check.now.to_string(), as_signed: check.as_signed, difference }
    }
}

impl From<application::RolledRecord> for PeriodItemView {
    fn from(item: application::RolledRecord) -> Self {
        Self {
            record: item.record.into(),
            amount: item.amount.into(),
            carried: item.carried.into(),
            age_days: item.age_days,
        }
    }
}

impl From<application::Page<application::RolledRecord>> for PeriodItemsView {
    fn from(page: application::Page<application::RolledRecord>) -> Self {
        Self { rows: all(page.rows), total: page.total }
    }
}

impl From<application::Page<application::RecordFacts>> for LateEntriesView {
    fn from(page: application::Page<application::RecordFacts>) -> Self {
        Self { rows: all(page.rows), total: page.total }
    }
}

impl fmt::Display for PeriodStateView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Prepared => "prepared",
            Self::Reviewed => "reviewed",
            Self::Locked => "locked",
        })
    }
}

impl fmt::Display for PeriodsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.account)?;
        for period in &self.periods {
            write!(f, "\n  {} to {}  {}", period.from, period.to, period.state)?;
            if let Some(closing) = &period.closing {
                write!(f, ", closing {} {}", closing.value, closing.currency)?;
            }
            if period.to_reprove {
                f.write_str(", to be proved again")?;
            }
            if let Some(request) = &period.reopening {
                write!(f, ", {} asks to reopen it: {}", request.name, request.reason)?;
            }
        }
        match &self.proposed {
            Some(next) => write!(f, "\nnext: {} to {}", next.from, next.to),
            None => f.write_str("\nno statement yet"),
        }
    }
}

impl fmt::Display for RollForwardView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} ({}) brought forward + {} ({}) new − {} ({}) cleared = {} ({}) carried forward",
            self.brought_forward.sum.value,
            self.brought_forward.items,
            self.new.sum.value,
            self.new.items,
            self.cleared.sum.value,
            self.cleared.items,
            self.carried_forward.sum.value,
            self.carried_forward.items
        )
    }
}

impl fmt::Display for PeriodSheetView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (period, figures) = (&self.period, &self.figures);
        let known =
            |balance: &Option<crate::Amount>| balance.as_ref().map_or("unknown".to_owned(), |of| of.value.clone());
        writeln!(f, "{}, {} to {}: {}", self.account, period.from, period.to, period.state)?;
        writeln!(
            f,
            "  opening {} + lines {} = closing {} {}",
            known(&figures.opening),
            figures.lines_total.value,
            known(&figures.closing),
            figures.lines_total.currency
        )?;
        writeln!(f, "  statement lines: {}", self.lines)?;
        write!(f, "  ledger entries: {}", self.entries)?;
        if !figures.obstacle.is_empty() {
            write!(f, "\n  cannot be signed: {}", figures.obstacle)?;
        }
        if self.exceptions > 0 {
            write!(f, "\n  {} of its lines need a person", self.exceptions)?;
        }
        if self.late_entries > 0 {
            write!(f, "\n  {} entries came after it was locked", self.late_entries)?;
        }
        for (what, settled) in [("lines", &self.lines_settled), ("entries", &self.entries_settled)] {
            if let Some(settled) = settled.as_ref().filter(|settled| settled.items > 0) {
                write!(f, "\n  settled later: {} outstanding {what}, {}", settled.items, settled.sum.value)?;
            }
        }
        let signatures = [("prepared", &period.prepared), ("reviewed", &period.reviewed), ("locked", &period.locked)];
        for (act, signed) in signatures.into_iter().filter_map(|(act, signed)| Some((act, signed.as_ref()?))) {
            let alone = if signed.single_user { " (single-user workbook)" } else { "" };
            write!(f, "\n  {act} by {} at {}{alone}", signed.name, signed.at)?;
        }
        if let Some(content) = &period.content {
            write!(f, "\n  content {content}")?;
        }
        if period.to_reprove {
            f.write_str("\n  to be proved again: a period before it was reopened")?;
        }
        if let Some(request) = &period.reopening {
            write!(f, "\n  {} asks to reopen it: {}", request.name, request.reason)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::PeriodEventKind;

    use super::*;

    #[test]
    fn words_cross_as_the_window_writes_them() {
        let kinds = PeriodEventKind::ALL.map(|kind| camel(kind.as_str()));
        assert_eq!(
            kinds,
            [
                "prepared",
                "reviewed",
                "locked",
                "revoked",
                "takenBack",
                "reopenRequested",
                "reopened",
                "reopenDeclined",
                "reopenWithdrawn"
            ]
            .map(str::to_owned)
        );
        assert_eq!(camel(application::PeriodChangeKind::EntriesUnmatched.as_str()), "entriesUnmatched");
    }
}
