//! Records that a person puts together, and what is left between the two sides.

use rust_decimal::RoundingStrategy;
use tieout_domain::{
    Adjustment, Confidence, Currency, ExchangeRates, LedgerEntry, LedgerEntryId, Leg, Match, Money, MoneyError,
    ReconcileConfig, RecordRef, RootCause, StatementLine, StatementLineId,
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
    let config = ReconcileConfig { cross_currency: Some(chosen.rates), ..ReconcileConfig::default() };
    let lines: Vec<_> = chosen.lines.iter().map(|(_, line)| line).collect();
    let entries: Vec<_> = chosen.entries.iter().map(|(_, entry)| entry).collect();
    let explanation = tieout_matching::compare_records(&lines, &entries, &config)
        .map_records(|line| request.lines[line], |entry| request.entries[entry]);
    Ok(HandMatch {
        matched,
        cause: request.difference_cause.unwrap_or(RootCause::None),
        explanation,
        // A person vouches for it.
        confidence: Confidence::from_ppm(1_000_000),
    })
}

/// The records, each with all that is open of it.
struct Chosen {
    lines: Vec<(Leg, StatementLine)>,
    entries: Vec<(Leg, LedgerEntry)>,
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
        let read_line = |id: &StatementLineId| -> Result<_, ApplicationError> {
            let record = workbook.line(*id)?;
            Ok((Leg::of(RecordRef::Line(*id), record.open), record.line))
        };
        let lines = lines.iter().map(read_line).collect::<Result<Vec<_>, _>>()?;
        let Some((first, line)) = lines.first() else {
            return Err(ApplicationError::Invalid("choose at least one statement line".to_owned()));
        };
        let (currency, day) = (first.amount_applied.currency(), line.date.or(line.value_date));
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
        let read_entry = |id: &LedgerEntryId| -> Result<_, ApplicationError> {
            let record = workbook.entry(*id)?;
            let leg = if record.open.currency() == currency {
                Leg::of(RecordRef::Entry(*id), record.open)
            } else {
                Leg::converted(*id, worth(record.open).map_err(ApplicationError::Invalid)?, record.open)
            };
            Ok((leg, record.entry))
        };
        let entries = entries.iter().map(read_entry).collect::<Result<Vec<_>, _>>()?;
        if entries.is_empty() {
            return Err(ApplicationError::Invalid("choose at least one ledger entry".to_owned()));
        }
        Ok(Self { lines, entries, currency, rates })
    }

    /// Statement total and ledger total.
    fn totals(&self) -> Result<(Money, Money), MoneyError> {
        let lines = Money::total(self.lines.iter().map(|(leg, _)| leg.amount_applied), self.currency)?;
        let entries = Money::total(self.entries.iter().map(|(leg, _)| leg.amount_applied), self.currency)?;
        Ok((lines, entries))
    }

    /// What is used of each record, and the adjustment for what is left between the sides. A part payment or an
    /// overpayment leaves the rest open on the larger side instead.
    fn legs(&self, cause: Option<RootCause>) -> Result<(Vec<Leg>, Vec<Adjustment>), ApplicationError> {
        let mut lines: Vec<Leg> = self.lines.iter().map(|(leg, _)| *leg).collect();
        let mut entries: Vec<Leg> = self.entries.iter().map(|(leg, _)| *leg).collect();
        let (statement, ledger) = self.totals()?;
        let difference = statement.checked_sub(ledger)?;
        let mut adjustments = Vec::new();
        match cause {
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

/// Leaves `excess` open, of the last records first.
fn shorten(legs: &mut Vec<Leg>, mut excess: Money) -> Result<(), ApplicationError> {
    while let Some(last) = legs.last_mut().filter(|_| !excess.is_zero()) {
        let same_sign = (last.amount_applied.minor_units() < 0) == (excess.minor_units() < 0);
        if same_sign && last.amount_applied.magnitude() > excess.magnitude() {
            *last = with_applied(last, last.amount_applied.checked_sub(excess)?)?;
            return Ok(());
        }
        excess = excess.checked_sub(last.amount_applied)?;
        legs.pop();
        if legs.is_empty() {
            return Err(ApplicationError::Invalid(
                "the smaller side uses up none of the last record: leave that record out".to_owned(),
            ));
        }
    }
    Ok(())
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
