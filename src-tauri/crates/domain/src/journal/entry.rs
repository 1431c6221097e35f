//! From a difference inside an approved match to a journal entry in double entry.
//!
//! It is assumed that the books post a statement line at its own amount: to the account of the bank against what the
//! matched document leaves open. What is then left is the difference, and one rule posts it, whatever the match consists
//! of. Of a difference above zero (the bank has more than the books say) the counter account is debited and the account of
//! the cause credited; of one below zero it is the other way round. `sign_table.rs` shows it case by case.

use jiff::civil::Date;

use super::{JournalText, PostingChart, PostingRole};
use crate::{
    AccountId, Currency, CustomerId, ExchangeRates, LedgerKind, MatchId, Money, MoneyError, Period, Posting,
    PostingAccount, RootCause,
};

/// A side of a journal entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JournalSide {
    /// The account that is debited.
    Debit,
    /// The account that is credited.
    Credit,
}

/// A statement line of the match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceLine {
    /// Whose it is.
    pub account: AccountId,
    /// Its booking date.
    pub date: Option<Date>,
    /// Name of the other party.
    pub counterparty: String,
    /// Its reference: the end-to-end reference where the bank names one.
    pub reference: String,
    /// What the bank says of it.
    pub description: String,
    /// The bank's own identifier of it (OFX `FITID`, CAMT `AcctSvcrRef`); empty where the file has none.
    pub record_id: String,
}

/// A ledger entry of the match.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferenceEntry {
    /// What it is.
    pub kind: LedgerKind,
    /// Its amount, with the sign the bank line has.
    pub amount: Money,
    /// Whose it is.
    pub customer: Option<CustomerId>,
    /// Its document date.
    pub date: Option<Date>,
    /// Name of the other party.
    pub counterparty: String,
    /// Its document number, or what else it is known by.
    pub number: String,
}

/// A difference inside an approved match with all that its journal entry depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BookableDifference {
    /// The match.
    pub match_id: MatchId,
    /// Which of its adjustments, from 0.
    pub adjustment: u32,
    /// Why the two sides differ.
    pub cause: RootCause,
    /// `statement side − ledger side`; not zero.
    pub amount: Money,
    /// Where the person who decided wanted it posted.
    pub posting: Option<Posting>,
    /// The account chosen for this one difference instead of its cause's.
    pub own_account: Option<PostingAccount>,
    /// The account chosen for its other side.
    pub counter_account: Option<PostingAccount>,
    /// The match's statement lines.
    pub lines: Vec<DifferenceLine>,
    /// The match's ledger entries.
    pub entries: Vec<DifferenceEntry>,
    /// The day of the approval: what is dated by it has no date of its own.
    pub approved_on: Date,
    /// The periods that were locked before the approval: nothing is posted into those.
    pub locked: Vec<Period>,
    /// Who approved: a person's name, or the policy with its version.
    pub approved_by: String,
}

/// A journal entry that was exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PostedAs {
    /// The batch, from 1.
    pub batch: u32,
    /// The entry within it, from 1.
    pub entry: u32,
}

/// What a journal entry comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct JournalSource {
    /// The match.
    pub match_id: MatchId,
    /// Which of its adjustments, from 0.
    pub adjustment: u32,
    /// The exported entry that this one reverses, since its match no longer stands.
    pub reverses: Option<PostedAs>,
}

/// One side's account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideAccount {
    /// What it is needed for.
    pub role: PostingRole,
    /// The account; `None`: nobody named one.
    pub account: Option<PostingAccount>,
}

/// A journal entry in double entry: one amount, debited to one account and credited to another, so that it balances.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalEntry {
    /// What it comes from.
    pub source: JournalSource,
    /// Posting date.
    pub date: Date,
    /// The date it would have, were that period not locked before it was approved.
    pub moved_from: Option<Date>,
    /// What is debited.
    pub debit: SideAccount,
    /// What is credited.
    pub credit: SideAccount,
    /// The amount, above zero.
    pub amount: Money,
    /// The amount in the company's base currency at the day's rate; `None`: there is no rate.
    pub base_amount: Option<Money>,
    /// Why.
    pub cause: RootCause,
    /// What it says.
    pub text: JournalText,
    /// The bank's own identifier of the line.
    pub bank_reference: String,
    /// The line's reference: the end-to-end reference where the bank names one.
    pub line_reference: String,
    /// Who approved.
    pub approved_by: String,
}

impl JournalEntry {
    /// The entry for a difference, with the accounts that are named so far.
    pub fn of(
        difference: &BookableDifference,
        chart: &PostingChart,
        base: Currency,
        rates: &ExchangeRates,
    ) -> Result<Self, MoneyError> {
        let in_favour = difference.amount.minor_units() > 0;
        let amount = if in_favour { difference.amount } else { difference.amount.checked_neg()? };
        let own = own_side(difference, chart, in_favour);
        let counter = counter_side(difference, chart);
        let (debit, credit) = if in_favour { (counter, own) } else { (own, counter) };
        let day = date_of(difference);
        let (date, moved_from) = in_open_period(day, &difference.locked);
        let line = only(&difference.lines);
        Ok(Self {
            source: JournalSource { match_id: difference.match_id, adjustment: difference.adjustment, reverses: None },
            date,
            moved_from,
            debit,
            credit,
            amount,
            base_amount: in_base(amount, base, date, rates),
            cause: difference.cause,
            text: text_of(difference),
            bank_reference: line.map(|line| line.record_id.clone()).unwrap_or_default(),
            line_reference: line.map(|line| line.reference.clone()).unwrap_or_default(),
            approved_by: difference.approved_by.clone(),
        })
    }

    /// One side's account.
    pub const fn side(&self, side: JournalSide) -> &SideAccount {
        match side {
            JournalSide::Debit => &self.debit,
            JournalSide::Credit => &self.credit,
        }
    }

    /// What no account is named for.
    pub fn missing(&self) -> impl Iterator<Item = PostingRole> + '_ {
        [&self.debit, &self.credit].into_iter().filter(|side| side.account.is_none()).map(|side| side.role)
    }
}

/// The amount in the base currency.
fn in_base(amount: Money, base: Currency, date: Date, rates: &ExchangeRates) -> Option<Money> {
    if amount.currency() == base { Some(amount) } else { rates.convert(amount, base, Some(date)) }
}

/// The account of the cause: chosen for this difference, chosen when it was decided, or named in the chart.
fn own_side(difference: &BookableDifference, chart: &PostingChart, in_favour: bool) -> SideAccount {
    let cause = difference.cause;
    let role = if in_favour { PostingRole::Gain(cause) } else { PostingRole::Cause(cause) };
    let chosen = difference.own_account.as_ref().or(difference.posting.as_ref().map(Posting::account));
    SideAccount { role, account: chosen.or_else(|| chart.account(role)).cloned() }
}

fn counter_side(difference: &BookableDifference, chart: &PostingChart) -> SideAccount {
    let role = counter_role(&difference.lines, &difference.entries);
    SideAccount { role, account: difference.counter_account.as_ref().or_else(|| chart.account(role)).cloned() }
}

/// What the other side of a difference concerns. Documents (invoices, jobs, customers' accounts) are receivable above zero
/// and payable below; of several with both signs of one customer their sum tells. What the books have as a payment, and
/// lines without an entry, concern the account at the bank. Whatever leaves more than one answer is for suspense.
pub fn counter_role(lines: &[DifferenceLine], entries: &[DifferenceEntry]) -> PostingRole {
    let documents = entries.iter().filter(|entry| is_document(entry.kind)).count();
    if documents == 0 {
        let account = lines.first().map(|line| line.account);
        let same = lines.iter().all(|line| Some(line.account) == account);
        return account.filter(|_| same).map_or(PostingRole::Suspense, PostingRole::Account);
    }
    if documents < entries.len() {
        return PostingRole::Suspense;
    }
    let owed_to_us = |minor: i64| minor >= 0;
    let first = owed_to_us(entries[0].amount.minor_units());
    if entries.iter().all(|entry| owed_to_us(entry.amount.minor_units()) == first) {
        return if first { PostingRole::Receivables } else { PostingRole::Payables };
    }
    let customer = entries[0].customer;
    let of_one = customer.is_some() && entries.iter().all(|entry| entry.customer == customer);
    let sum: i128 = entries.iter().map(|entry| i128::from(entry.amount.minor_units())).sum();
    let one_currency = entries.iter().all(|entry| entry.amount.currency() == entries[0].amount.currency());
    match sum.signum() {
        1 if of_one && one_currency => PostingRole::Receivables,
        -1 if of_one && one_currency => PostingRole::Payables,
        _ => PostingRole::Suspense,
    }
}

const fn is_document(kind: LedgerKind) -> bool {
    match kind {
        LedgerKind::Invoice | LedgerKind::Job | LedgerKind::CustomerAccount => true,
        LedgerKind::Payment | LedgerKind::Transaction => false,
    }
}

/// The day of the last line; of the last entry where there is no line; else that of the approval.
fn date_of(difference: &BookableDifference) -> Date {
    let lines = difference.lines.iter().filter_map(|line| line.date).max();
    let entries = difference.entries.iter().filter_map(|entry| entry.date).max();
    lines.or(entries).unwrap_or(difference.approved_on)
}

/// The day itself, or the next one that lies in none of these periods, with the day it stands for.
pub fn in_open_period(day: Date, locked: &[Period]) -> (Date, Option<Date>) {
    let mut open = day;
    while let Some(period) = locked.iter().find(|period| period.contains(open)) {
        match period.to.tomorrow() {
            Ok(next) => open = next,
            // After the last day there is nowhere to go.
            Err(_) => break,
        }
    }
    (open, (open != day).then_some(day))
}

fn text_of(difference: &BookableDifference) -> JournalText {
    const NUMBERS_MAX: usize = 3;
    let names = difference.entries.iter().map(|entry| &entry.counterparty);
    let names = names.chain(difference.lines.iter().map(|line| &line.counterparty));
    let numbers: Vec<&str> =
        difference.entries.iter().map(|entry| entry.number.as_str()).filter(|number| !number.is_empty()).collect();
    let reference = match numbers.len() {
        0 => difference.lines.iter().map(|line| line.reference.clone()).find(|text| !text.is_empty()),
        1..=NUMBERS_MAX => Some(numbers.join(", ")),
        _ => Some(format!("{} …", numbers[..NUMBERS_MAX].join(", "))),
    };
    JournalText {
        written: difference.posting.as_ref().map(|posting| posting.text().to_owned()).unwrap_or_default(),
        counterparty: names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_default(),
        reference: reference.unwrap_or_default(),
        description: difference
            .lines
            .iter()
            .map(|line| line.description.clone())
            .find(|text| !text.is_empty())
            .unwrap_or_default(),
        reverses: None,
    }
}

fn only<T>(items: &[T]) -> Option<&T> {
    match items {
        [one] => Some(one),
        _ => None,
    }
}
