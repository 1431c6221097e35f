//! Why something could not be done with a period.

use jiff::civil::Date;
use tieout_domain::{Money, PeriodState, RecordRef};

use super::PeriodDifference;

/// The word of a record's side.
pub(crate) const fn kind_of(record: RecordRef) -> &'static str {
    match record {
        RecordRef::Line(_) => "line",
        RecordRef::Entry(_) => "entry",
    }
}

fn quoted(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" '{name}'") }
}

fn of_day(day: Option<Date>) -> String {
    day.map(|day| format!(" of {day}")).unwrap_or_default()
}

/// Why something could not be done with a period. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// A change would alter a locked period.
    #[error(
        "the period {first} to {last} of {account} is locked, and this would change its {}{}{}, {amount}: reopen the \
         period first, which takes a reason and a second person", kind_of(*.record), quoted(.name), of_day(*.date)
    )]
    Locked {
        /// The account's name.
        account: String,
        /// First day.
        first: Date,
        /// Last day.
        last: Date,
        /// The record.
        record: RecordRef,
        /// Its counterparty and what it says; empty where it is not stored yet.
        name: String,
        /// The record's day.
        date: Option<Date>,
        /// The record's amount.
        amount: Money,
    },
    /// A statement says otherwise than what was signed for a locked period.
    #[error(
        "the period {first} to {last} of {account} is locked with the {what} balance {signed}, and this statement says \
         {stated}: reopen the period first, which takes a reason and a second person"
    )]
    LockedBalance {
        /// `opening` or `closing`.
        what: &'static str,
        /// What the statement says.
        stated: Money,
        /// What was signed.
        signed: Money,
        /// First day.
        first: Date,
        /// Last day.
        last: Date,
        /// The account's name.
        account: String,
    },
    /// A period's days do not follow on those before.
    #[error(
        "the account's periods follow on one another without a gap: the next one begins on {expected}, not on {given}"
    )]
    NotNext {
        /// The day after the last period.
        expected: Date,
        /// What was asked for.
        given: Date,
    },
    /// The account has no lines and no period yet, so that nothing says where its first one begins.
    #[error("the account has no statement yet: import one, or say on which day its first period begins")]
    NoDays,
    /// Only the last period goes, and only if it was never signed.
    #[error("the period {first} to {last} stays: only the last one can be removed, and only if it was never signed")]
    Stays {
        /// First day.
        first: Date,
        /// Last day.
        last: Date,
    },
    /// The period is not where it must be for this.
    #[error("the period is {found}; only one that is {wanted} can be {act}")]
    State {
        /// Where it stands.
        found: PeriodState,
        /// Where it must stand.
        wanted: &'static str,
        /// What was asked for.
        act: &'static str,
    },
    /// Who prepared it cannot sign it off, and who asked for it to be reopened cannot reopen it.
    #[error("{name} {did}: a second person must {act}")]
    SamePerson {
        /// Whose name it would carry.
        name: String,
        /// What they did already.
        did: &'static str,
        /// What another must do.
        act: &'static str,
    },
    /// Somebody else asked for it to be reopened, and waits for an answer.
    #[error("{name} has asked for this period to be reopened: whoever may do so reopens it, or declines")]
    AskedAlready {
        /// Who asked.
        name: String,
    },
    /// The period before is not signed.
    #[error(
        "the period {first} to {last} before it is open: sign that one first, since its closing balance is what this one opens with"
    )]
    EarlierOpen {
        /// First day of that one.
        first: Date,
        /// Last day of that one.
        last: Date,
    },
    /// The period before is not locked.
    #[error("the period {first} to {last} before it is not locked: periods are locked in their order")]
    EarlierNotLocked {
        /// First day of that one.
        first: Date,
        /// Last day of that one.
        last: Date,
    },
    /// A period before was reopened since.
    #[error(
        "a period before it was reopened since: sign that one anew first, so that the opening balance is checked again"
    )]
    ToReprove,
    /// A balance is not known.
    #[error("the bank states no {what} balance for these days: state it, with a reason")]
    NoBalance {
        /// `opening` or `closing`.
        what: &'static str,
    },
    /// A balance that is known was to be stated by hand.
    #[error("the {what} balance is known, {known}: it is stated by hand only where it is not")]
    BalanceKnown {
        /// `opening` or `closing`.
        what: &'static str,
        /// What is known.
        known: Money,
    },
    /// Opening and lines do not make the closing balance.
    #[error(
        "the balance proof does not hold: opening {opening} and lines {lines} make {made}, and the closing balance is {closing}; off by {gap}"
    )]
    Gap {
        /// Opening balance.
        opening: Money,
        /// Sum of the lines.
        lines: Money,
        /// Both together.
        made: Money,
        /// What the bank states.
        closing: Money,
        /// The difference.
        gap: Money,
    },
    /// Part of the difference between bank and books is not explained.
    #[error("the balance proof does not hold: {0} of the difference between statement and ledger is unexplained")]
    Unexplained(Money),
    /// The content is no longer what was signed.
    #[error("the period's content is not what was signed: take the preparation back, look at it and prepare it again")]
    ContentDiffers,
    /// What was prepared is not what the records say now.
    #[error(
        "the period is no longer what was prepared: {0}; take the preparation back (a reviewed period is reopened), look at \
         it and prepare it again"
    )]
    Differs(PeriodDifference),
    /// It was signed anew, taken back or changed since somebody looked at it.
    #[error("the period is not what you looked at any more: look at it again, then decide")]
    NotAsSeen,
    /// Nobody asked for it.
    #[error("nobody asked for this period to be reopened")]
    NoRequest,
    /// Another asked for it: that is declined, not withdrawn.
    #[error("{asked} asked for this period to be reopened: only {asked} withdraws that; decline it instead")]
    NotTheirs {
        /// Who asked.
        asked: String,
    },
    /// There must be a reason.
    #[error("say why: this is kept with the period")]
    NoReason,
}
