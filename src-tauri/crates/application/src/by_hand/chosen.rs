//! The records of a group, with what is used of each.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};
use tieout_domain::{
    Adjustment, Currency, ExchangeRates, LedgerEntry, LedgerEntryId, LedgerKind, Leg, Money, MoneyError, RecordRef,
    RootCause, StatementLine, StatementLineId, said,
};
use tieout_workbook::Workbook;

use super::{HandAdjustment, HandBalance, HandGroup, HandRecord, Parts, Used};
use crate::ApplicationError;

/// A record, with what is used of it.
pub(super) struct ChosenRecord<Id, Record> {
    pub(super) id: Id,
    pub(super) leg: Leg,
    pub(super) record: Record,
}

/// The records.
pub(super) struct Chosen {
    pub(super) lines: Vec<ChosenRecord<StatementLineId, StatementLine>>,
    pub(super) entries: Vec<ChosenRecord<LedgerEntryId, LedgerEntry>>,
    /// Of the match: that of its lines, or where there are none of its entries.
    currency: Currency,
    pub(super) rates: ExchangeRates,
}

/// How much of a record is used: the part asked for, or all that earlier groups leave open of it.
fn usable<Id>(open: Money, wanted: &HandRecord<Id>, record: RecordRef, used: &Used) -> Result<Money, ApplicationError> {
    if let Some(seen) = wanted.open
        && seen != open.to_decimal()
    {
        return Err(ApplicationError::Stale(said!(
            "hand.openChanged",
            "{open} of a record is open by now, and not what was shown: look at it again",
            open = open
        )));
    }
    let left = match used.get(&record) {
        Some(used) => open.checked_sub(*used)?,
        None => open,
    };
    let Some(part) = wanted.part else { return Ok(left) };
    let part = Money::from_entered(part, open.currency())?;
    let fits = part.minor_units() != 0
        && part.minor_units().signum() == left.minor_units().signum()
        && part.magnitude() <= left.magnitude();
    if fits {
        Ok(part)
    } else {
        Err(ApplicationError::Invalid(said!(
            "hand.part",
            "{part} of a record was asked for, and {left} of it is open: use a part of that, with the same sign",
            part = part,
            left = left
        )))
    }
}

impl Chosen {
    pub(super) fn read(workbook: &Workbook, group: &HandGroup, used: &Used) -> Result<Self, ApplicationError> {
        let read_line = |wanted: HandRecord<StatementLineId>| -> Result<_, ApplicationError> {
            let record = workbook.line(wanted.id)?;
            let reference = RecordRef::Line(wanted.id);
            let amount = usable(record.open, &wanted, reference, used)?;
            Ok(ChosenRecord { id: wanted.id, leg: Leg::of(reference, amount), record: record.line })
        };
        let lines = each_once(&group.lines).into_iter().map(read_line).collect::<Result<Vec<_>, _>>()?;
        let rates = workbook.exchange_rates()?;
        let day = lines.first().and_then(|line| line.record.date.or(line.record.value_date));
        let mut currency = lines.first().map(|line| line.leg.amount_applied.currency());
        let mut entries = Vec::new();
        for wanted in each_once(&group.entries) {
            let record = workbook.entry(wanted.id)?;
            let reference = RecordRef::Entry(wanted.id);
            let own = record.open.currency();
            let of_match = *currency.get_or_insert(own);
            let leg = if record.entry.kind == LedgerKind::CustomerAccount {
                Leg::of(reference, part_of_account(wanted.part, own)?)
            } else {
                let open = usable(record.open, &wanted, reference, used)?;
                if own == of_match {
                    Leg::of(reference, open)
                } else {
                    Leg::converted(wanted.id, worth(&rates, open, of_match, day)?, open)
                }
            };
            entries.push(ChosenRecord { id: wanted.id, leg, record: record.entry });
        }
        let Some(currency) = currency else {
            return Err(ApplicationError::Invalid(said!("hand.nothing", "choose at least one record")));
        };
        let mut chosen = Self { lines, entries, currency, rates };
        if !chosen.has_both_sides() && group.adjustments.is_empty() {
            return Err(ApplicationError::Invalid(if chosen.lines.is_empty() {
                said!(
                    "hand.noLine",
                    "choose at least one statement line, or the account of the books that stands in for it"
                )
            } else {
                said!(
                    "hand.noEntry",
                    "choose at least one ledger entry, or the account of the books that stands in for it"
                )
            }));
        }
        chosen.credit_account(group)?;
        Ok(chosen)
    }

    pub(super) fn has_both_sides(&self) -> bool {
        !self.lines.is_empty() && !self.entries.is_empty()
    }

    /// What this group uses: as it would be made, or as long as its sides differ for no reason, all that was chosen.
    pub(super) fn uses(&self, adjustments: &[HandAdjustment]) -> Vec<Leg> {
        self.parts(adjustments).map_or_else(|_| self.legs(), |parts| parts.legs)
    }

    fn legs(&self) -> Vec<Leg> {
        self.lines.iter().map(|line| line.leg).chain(self.entries.iter().map(|entry| entry.leg)).collect()
    }

    /// A customer's account has nothing open of its own: without a part it takes what the other records leave.
    fn credit_account(&mut self, group: &HandGroup) -> Result<(), ApplicationError> {
        let currency = self.currency;
        let is_account = |entry: &&mut ChosenRecord<LedgerEntryId, LedgerEntry>| {
            entry.record.kind == LedgerKind::CustomerAccount && entry.leg.amount_applied.is_zero()
        };
        let mut accounts = self.entries.iter_mut().filter(is_account);
        let Some(ChosenRecord { leg, record, .. }) = accounts.next() else { return Ok(()) };
        let (account, name, own) = (leg.record, record.counterparty.clone(), record.amount.currency());
        if accounts.next().is_some() {
            return Err(ApplicationError::Invalid(said!(
                "hand.severalAccounts",
                "a deposit goes to one customer's account: choose one, or say how much each gets"
            )));
        }
        if own != currency {
            return Err(ApplicationError::Invalid(said!(
                "hand.accountCurrency",
                "the account of {name} is kept in {own}, and the deposit is in {currency}: choose an account in {currency}",
                name = name,
                own = own,
                currency = currency
            )));
        }
        // The account itself adds nothing to either side yet.
        let (statement, ledger) = self.totals()?;
        let left = statement.checked_sub(ledger)?.checked_sub(self.adjusted(&group.adjustments)?)?;
        if left.is_zero() {
            return Err(ApplicationError::Invalid(said!(
                "hand.nothingLeft",
                "the other records leave nothing for the account of {name}: leave it out",
                name = name
            )));
        }
        if let Some(adjustment) = group.adjustments.iter().find(|adjustment| adjustment.amount.is_none()) {
            return Err(ApplicationError::Invalid(said!(
                "hand.causeForNothing",
                "the customer's account takes all that is left, so that nothing differs: choose no cause ({cause} was chosen), or \
                 say how much it comes to",
                cause = adjustment.cause
            )));
        }
        for entry in self.entries.iter_mut().filter(|entry| entry.leg.record == account) {
            entry.leg = Leg::of(account, left);
        }
        Ok(())
    }

    /// Statement total and ledger total.
    fn totals(&self) -> Result<(Money, Money), MoneyError> {
        let lines = Money::total(self.lines.iter().map(|line| line.leg.amount_applied), self.currency)?;
        let entries = Money::total(self.entries.iter().map(|entry| entry.leg.amount_applied), self.currency)?;
        Ok((lines, entries))
    }

    /// The sum of the adjustments that say how much.
    fn adjusted(&self, adjustments: &[HandAdjustment]) -> Result<Money, MoneyError> {
        let said = adjustments.iter().filter_map(|adjustment| adjustment.amount);
        let amounts = said.map(|amount| Money::from_entered(amount, self.currency)).collect::<Result<Vec<_>, _>>()?;
        Money::total(amounts, self.currency)
    }

    pub(super) fn balance(&self, adjustments: &[HandAdjustment]) -> Result<HandBalance, ApplicationError> {
        let (statement, ledger) = self.totals()?;
        let adjusted = self.adjusted(adjustments)?;
        let difference = statement.checked_sub(ledger)?.checked_sub(adjusted)?;
        Ok(HandBalance { statement, ledger, adjusted, difference })
    }

    /// What is used of each record, and the adjustments for what is left between the sides. A part payment or an
    /// overpayment leaves the rest open on the larger side instead.
    pub(super) fn parts(&self, asked: &[HandAdjustment]) -> Result<Parts, ApplicationError> {
        let mut lines: Vec<Leg> = self.lines.iter().map(|line| line.leg).collect();
        let mut entries: Vec<Leg> = self.entries.iter().map(|entry| entry.leg).collect();
        let HandBalance { statement, ledger, difference: mut rest, .. } = self.balance(asked)?;
        let (mut adjustments, mut postings) = (Vec::new(), Vec::new());
        for HandAdjustment { cause, amount, posting } in asked {
            let stays_open = matches!(cause, RootCause::PartialPayment | RootCause::Overpayment);
            let amount = match amount {
                Some(_) if stays_open => {
                    return Err(ApplicationError::Invalid(said!(
                        "hand.partWithAmount",
                        "a part payment or an overpayment leaves open what is left: give it no amount"
                    )));
                }
                Some(amount) => Money::from_entered(*amount, self.currency)?,
                None => std::mem::replace(&mut rest, Money::zero(self.currency)),
            };
            if amount.is_zero() {
                continue;
            }
            if stays_open {
                // What is left points the way that the money goes: the lines are the larger side, whatever was said of
                // other differences.
                let way = if statement.is_zero() { ledger } else { statement };
                let (larger_side, excess) = if amount.minor_units().signum() == way.minor_units().signum() {
                    (&mut lines, amount)
                } else {
                    (&mut entries, amount.checked_neg()?)
                };
                shorten(larger_side, excess)?;
            } else {
                adjustments.push(Adjustment { cause: *cause, amount });
                postings.push(posting.clone());
            }
        }
        if !rest.is_zero() {
            return Err(ApplicationError::Invalid(said!(
                "hand.differs",
                "the two sides differ by {rest}: say why, or choose other records",
                rest = rest
            )));
        }
        lines.append(&mut entries);
        Ok(Parts { legs: lines, adjustments, postings })
    }
}

/// What a part of a customer's account is; without one it is found out later.
fn part_of_account(part: Option<Decimal>, currency: Currency) -> Result<Money, MoneyError> {
    part.map_or(Ok(Money::zero(currency)), |part| Money::from_entered(part, currency))
}

fn worth(
    rates: &ExchangeRates,
    open: Money,
    currency: Currency,
    day: Option<jiff::civil::Date>,
) -> Result<Money, ApplicationError> {
    match rates.convert(open, currency, day) {
        Some(worth) if worth.is_zero() => Err(ApplicationError::Invalid(said!(
            "hand.worthNothing",
            "{open} is worth nothing in {currency}",
            open = open,
            currency = currency
        ))),
        Some(worth) => Ok(worth),
        None => {
            let other = open.currency();
            Err(ApplicationError::Invalid(match day {
                Some(day) => said!(
                    "hand.noRateOn",
                    "there is no exchange rate between {other} and {currency} for {day}: name a file that has it in the \
                     matching settings",
                    other = other,
                    currency = currency,
                    day = day
                ),
                None => said!(
                    "hand.noRate",
                    "there is no exchange rate between {other} and {currency}: name a file that has it in the matching \
                     settings",
                    other = other,
                    currency = currency
                ),
            }))
        }
    }
}

/// Each record where it stands first: whoever names a record twice means it once.
fn each_once<Id: Copy + Ord>(records: &[HandRecord<Id>]) -> Vec<HandRecord<Id>> {
    let mut known = BTreeSet::new();
    records.iter().copied().filter(|record| known.insert(record.id)).collect()
}

/// Leaves `excess` open, of the last records first. Records of the other sign are used in full: leaving one of them open
/// would only make the excess larger.
fn shorten(legs: &mut Vec<Leg>, mut excess: Money) -> Result<(), ApplicationError> {
    let is_negative = excess.minor_units() < 0;
    while !excess.is_zero() {
        let Some(last) = legs.iter().rposition(|leg| (leg.amount_applied.minor_units() < 0) == is_negative) else {
            return Err(uses_up_none());
        };
        let leg = legs.remove(last);
        if leg.amount_applied.magnitude() > excess.magnitude() {
            legs.insert(last, with_applied(&leg, leg.amount_applied.checked_sub(excess)?)?);
            return Ok(());
        }
        excess = excess.checked_sub(leg.amount_applied)?;
    }
    if legs.is_empty() { Err(uses_up_none()) } else { Ok(()) }
}

fn uses_up_none() -> ApplicationError {
    ApplicationError::Invalid(said!(
        "hand.lastUnused",
        "the smaller side uses up none of the last record: leave that record out"
    ))
}

/// The same record with less of it applied. Of a converted entry as much less is settled, at the rate it was converted by.
fn with_applied(leg: &Leg, applied: Money) -> Result<Leg, MoneyError> {
    let RecordRef::Entry(entry) = leg.record else { return Ok(Leg::of(leg.record, applied)) };
    if !leg.is_converted() {
        return Ok(Leg::of(leg.record, applied));
    }
    let (whole, own) = (leg.amount_settled, leg.amount_settled.currency());
    let settled = whole
        .to_decimal()
        .checked_mul(applied.to_decimal())
        .and_then(|product| product.checked_div(leg.amount_applied.to_decimal()))
        .ok_or(MoneyError::Overflow)?
        .round_dp_with_strategy(own.digits(), RoundingStrategy::MidpointNearestEven);
    Ok(Leg::converted(entry, applied, Money::from_decimal(settled, own)?))
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    /// Amounts in cents before and after; what is left open of them.
    #[track_caller]
    fn check(amounts: &[i64], excess: i64, expected: Option<&[(usize, i64)]>) {
        let euro = |minor| Money::from_minor(minor, Currency::parse("EUR").unwrap());
        let line = |at: usize| RecordRef::Line(StatementLineId::from_uuid(Uuid::from_u128(at as u128)));
        let mut legs: Vec<Leg> =
            amounts.iter().enumerate().map(|(at, minor)| Leg::of(line(at), euro(*minor))).collect();
        let shortened = shorten(&mut legs, euro(excess)).ok().map(|()| legs);
        let expected =
            expected.map(|legs| legs.iter().map(|(at, minor)| Leg::of(line(*at), euro(*minor))).collect::<Vec<_>>());
        assert_eq!(shortened, expected, "{amounts:?} less {excess}");
    }

    #[test]
    fn what_is_left_open_is_taken_off_the_last_records_of_its_sign_in_whatever_order_they_were_chosen() {
        check(&[10_000, -3_000], 2_000, Some(&[(0, 8_000), (1, -3_000)]));
        check(&[-3_000, 10_000], 2_000, Some(&[(0, -3_000), (1, 8_000)]));
        check(&[10_000, 2_000, -3_000], 3_000, Some(&[(0, 9_000), (2, -3_000)]));
        check(&[-10_000, 3_000], -2_000, Some(&[(0, -8_000), (1, 3_000)]));
        check(&[10_000, 4_000], 5_000, Some(&[(0, 9_000)]));
        check(&[10_000], 10_000, None);
        check(&[-3_000], 2_000, None);
    }

    #[test]
    fn a_record_chosen_twice_counts_once() {
        let chosen = each_once(&[3, 1, 3, 2, 1].map(HandRecord::from));
        assert_eq!(chosen, [3, 1, 2].map(HandRecord::from));
    }
}
