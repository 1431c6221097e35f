//! Records that a person puts together, and what is left between the two sides.

use std::collections::BTreeSet;

use rust_decimal::RoundingStrategy;
use tieout_domain::{
    Adjustment, Confidence, Currency, ExchangeRates, LedgerEntry, LedgerEntryId, LedgerKind, Leg, Match, Money,
    MoneyError, ReconcileConfig, RecordRef, RootCause, StatementLine, StatementLineId,
};
use tieout_workbook::{HandMatch, Workbook};

use crate::{ApplicationError, HandBalance, HandRecords, MatchByHand, Session};

impl Session {
    /// What is left between records that a person would put together, in the currency of the lines. Entries in another
    /// count by what they are worth at the rates that the workbook keeps, on the day of the first line.
    pub fn hand_balance(&self, request: &HandRecords) -> Result<HandBalance, ApplicationError> {
        self.with_open(|open| {
            let chosen = Chosen::read(&open.workbook, &request.lines, &request.entries)?;
            let (statement, ledger) = chosen.totals()?;
            Ok(HandBalance { statement, ledger, difference: statement.checked_sub(ledger)? })
        })
    }
}

/// The match that a person asked for.
pub(crate) fn put_together(workbook: &Workbook, request: &MatchByHand) -> Result<HandMatch, ApplicationError> {
    let chosen = Chosen::read(workbook, &request.lines, &request.entries)?;
    let (legs, adjustments) = chosen.legs(request.difference_cause)?;
    let matched = Match::across(legs, adjustments).map_err(tieout_workbook::WorkbookError::from)?;
    let config = ReconcileConfig { cross_currency: Some(chosen.rates.clone()), ..ReconcileConfig::default() };
    // A record of which nothing is used stays open: it is no evidence for the match.
    let is_used = |leg: &Leg| matched.legs().iter().any(|used| used.record == leg.record);
    let lines: Vec<_> = chosen.lines.iter().filter(|line| is_used(&line.leg)).collect();
    let entries: Vec<_> = chosen.entries.iter().filter(|entry| is_used(&entry.leg)).collect();
    let explanation = tieout_matching::compare_records(
        &lines.iter().map(|line| &line.record).collect::<Vec<_>>(),
        &entries.iter().map(|entry| &entry.record).collect::<Vec<_>>(),
        &config,
    )
    .map_records(|line| lines[line].id, |entry| entries[entry].id);
    Ok(HandMatch {
        matched,
        cause: request.difference_cause.unwrap_or(RootCause::None),
        explanation,
        // A person vouches for it.
        confidence: Confidence::from_ppm(1_000_000),
    })
}

/// A record, with all that is open of it.
struct ChosenRecord<Id, Record> {
    id: Id,
    leg: Leg,
    record: Record,
}

/// The records.
struct Chosen {
    lines: Vec<ChosenRecord<StatementLineId, StatementLine>>,
    entries: Vec<ChosenRecord<LedgerEntryId, LedgerEntry>>,
    /// Of the match: that of its lines.
    currency: Currency,
    rates: ExchangeRates,
}

impl Chosen {
    fn read(
        workbook: &Workbook,
        lines: &[StatementLineId],
        entries: &[LedgerEntryId],
    ) -> Result<Self, ApplicationError> {
        let read_line = |id: StatementLineId| -> Result<_, ApplicationError> {
            let record = workbook.line(id)?;
            Ok(ChosenRecord { id, leg: Leg::of(RecordRef::Line(id), record.open), record: record.line })
        };
        let lines = each_once(lines).into_iter().map(read_line).collect::<Result<Vec<_>, _>>()?;
        let Some(first) = lines.first() else {
            return Err(ApplicationError::Invalid("choose at least one statement line".to_owned()));
        };
        let (currency, day) = (first.leg.amount_applied.currency(), first.record.date.or(first.record.value_date));
        let rates = workbook.exchange_rates()?;
        let worth = |open: Money| match rates.convert(open, currency, day) {
            Some(worth) if worth.is_zero() => Err(format!("{open} is worth nothing in {currency}")),
            Some(worth) => Ok(worth),
            None => {
                let day = day.map_or_else(String::new, |day| format!(" for {day}"));
                let other = open.currency();
                Err(format!(
                    "there is no exchange rate between {other} and {currency}{day}: name a file that has it in the \
                     matching settings"
                ))
            }
        };
        let read_entry = |id: LedgerEntryId| -> Result<_, ApplicationError> {
            let record = workbook.entry(id)?;
            let leg = if record.open.currency() == currency || record.entry.kind == LedgerKind::CustomerAccount {
                Leg::of(RecordRef::Entry(id), record.open)
            } else {
                Leg::converted(id, worth(record.open).map_err(ApplicationError::Invalid)?, record.open)
            };
            Ok(ChosenRecord { id, leg, record: record.entry })
        };
        let entries = each_once(entries).into_iter().map(read_entry).collect::<Result<Vec<_>, _>>()?;
        if entries.is_empty() {
            return Err(ApplicationError::Invalid("choose at least one ledger entry".to_owned()));
        }
        let mut chosen = Self { lines, entries, currency, rates };
        chosen.credit_account()?;
        Ok(chosen)
    }

    /// A customer's account has nothing open of its own: it takes what the other records leave.
    fn credit_account(&mut self) -> Result<(), ApplicationError> {
        let currency = self.currency;
        let mut accounts = self.entries.iter_mut().filter(|entry| entry.record.kind == LedgerKind::CustomerAccount);
        let Some(ChosenRecord { leg, record, .. }) = accounts.next() else { return Ok(()) };
        let (account, name, own) = (leg.record, record.counterparty.clone(), record.amount.currency());
        if accounts.next().is_some() {
            return Err(ApplicationError::Invalid(
                "a deposit goes to one customer's account: choose one, or match its lines one by one".to_owned(),
            ));
        }
        if own != currency {
            return Err(ApplicationError::Invalid(format!(
                "the account of {name} is kept in {own}, and the deposit is in {currency}: choose an account in {currency}"
            )));
        }
        // The account itself adds nothing to either side yet.
        let (statement, ledger) = self.totals()?;
        let left = statement.checked_sub(ledger)?;
        if left.is_zero() {
            return Err(ApplicationError::Invalid(format!(
                "the other records leave nothing for the account of {name}: leave it out"
            )));
        }
        for entry in self.entries.iter_mut().filter(|entry| entry.leg.record == account) {
            entry.leg = Leg::of(account, left);
        }
        Ok(())
    }

    fn has_account(&self) -> bool {
        self.entries.iter().any(|entry| entry.record.kind == LedgerKind::CustomerAccount)
    }

    /// Statement total and ledger total.
    fn totals(&self) -> Result<(Money, Money), MoneyError> {
        let lines = Money::total(self.lines.iter().map(|line| line.leg.amount_applied), self.currency)?;
        let entries = Money::total(self.entries.iter().map(|entry| entry.leg.amount_applied), self.currency)?;
        Ok((lines, entries))
    }

    /// What is used of each record, and the adjustment for what is left between the sides. A part payment or an
    /// overpayment leaves the rest open on the larger side instead.
    fn legs(&self, cause: Option<RootCause>) -> Result<(Vec<Leg>, Vec<Adjustment>), ApplicationError> {
        let mut lines: Vec<Leg> = self.lines.iter().map(|line| line.leg).collect();
        let mut entries: Vec<Leg> = self.entries.iter().map(|entry| entry.leg).collect();
        let (statement, ledger) = self.totals()?;
        let difference = statement.checked_sub(ledger)?;
        let mut adjustments = Vec::new();
        match cause {
            Some(cause) if difference.is_zero() && cause != RootCause::None && self.has_account() => {
                return Err(ApplicationError::Invalid(format!(
                    "the customer's account takes all that is left, so that nothing differs: choose no cause ({} was \
                     chosen), or match the deposit without the account",
                    cause.as_str()
                )));
            }
            _ if difference.is_zero() => {}
            None => {
                return Err(ApplicationError::Invalid(format!(
                    "the two sides differ by {difference}: say why, or choose other records"
                )));
            }
            Some(RootCause::PartialPayment | RootCause::Overpayment) => {
                let larger_side = if statement.magnitude() > ledger.magnitude() {
                    (&mut lines, difference)
                } else {
                    (&mut entries, difference.checked_neg()?)
                };
                shorten(larger_side.0, larger_side.1)?;
            }
            Some(cause) => adjustments.push(Adjustment { cause, amount: difference }),
        }
        lines.append(&mut entries);
        Ok((lines, adjustments))
    }
}

/// Each identifier where it stands first: whoever names a record twice means it once.
fn each_once<Id: Copy + Ord>(ids: &[Id]) -> Vec<Id> {
    let mut known = BTreeSet::new();
    ids.iter().copied().filter(|id| known.insert(*id)).collect()
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
    ApplicationError::Invalid("the smaller side uses up none of the last record: leave that record out".to_owned())
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
        assert_eq!(each_once(&[3, 1, 3, 2, 1]), [3, 1, 2]);
    }
}
