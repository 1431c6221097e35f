//! Balances (`:60F:` to `:65:`), and the totals that messages state.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Currency, Said, said};

use super::{amounts, dates};
use crate::Control;

/// A balance as far as it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Balance {
    pub(super) amount: Option<Decimal>,
    pub(super) currency: Option<Currency>,
    pub(super) date: Option<Date>,
    /// What is wrong with it, in words.
    pub(super) wrong: Vec<Said>,
}

/// Reads mark, date, currency and amount, in this order.
pub(super) fn parse(value: &str) -> Balance {
    let text = value.trim_start();
    let mut balance = Balance::default();
    let is_debit = match text.chars().next().map(|mark| mark.to_ascii_uppercase()) {
        Some('C') => Some(false),
        Some('D') => Some(true),
        _ => {
            balance.wrong.push(said!("mt940.balanceMark", "C or D before the date"));
            None
        }
    };
    let rest = text.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let digits = rest.find(|character: char| !character.is_ascii_digit()).unwrap_or(rest.len());
    let (date, rest) = rest.split_at_checked(digits).unwrap_or((rest, ""));
    balance.date = dates::year_month_day(date);
    if balance.date.is_none() {
        balance.wrong.push(said!("mt940.balanceDay", "a day that exists, as YYMMDD; the balance was taken without it"));
    }
    let (code, rest) = rest.trim_start().split_at_checked(3).unwrap_or(("", rest));
    balance.currency = Currency::parse(code).ok().filter(|currency| !currency.is_none());
    if balance.currency.is_none() {
        balance.wrong.push(said!("mt940.balanceCurrency", "a currency's code of three letters after the date"));
    }
    let amount = amounts::parse(end_of_line(rest)).map(|amount| amount.value);
    if amount.is_none() {
        balance.wrong.push(said!("mt940.balanceAmount", "an amount with a decimal comma; the balance was left out"));
    }
    balance.amount = amount.zip(is_debit).map(|(amount, is_debit)| if is_debit { -amount } else { amount });
    balance
}

/// The first line without the block's end, which some banks write behind it.
fn end_of_line(text: &str) -> &str {
    let line = text.lines().next().unwrap_or("").trim();
    line.strip_suffix("-}").or_else(|| line.strip_suffix('-')).unwrap_or(line).trim_end()
}

/// The currency of a floor limit (`:34F:EURD12345,67`).
pub(super) fn floor_currency(value: &str) -> Option<Currency> {
    value.trim().get(..3).and_then(|code| Currency::parse(code).ok()).filter(|currency| !currency.is_none())
}

/// What the rows of a statement come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) debits: u32,
    pub(super) debit_sum: Decimal,
    pub(super) credits: u32,
    pub(super) credit_sum: Decimal,
}

impl Tally {
    pub(super) fn add(&mut self, amount: Decimal, raises: bool) {
        let (count, sum) =
            if raises { (&mut self.credits, &mut self.credit_sum) } else { (&mut self.debits, &mut self.debit_sum) };
        *count = count.saturating_add(1);
        *sum = sum.checked_add(amount.abs()).unwrap_or(Decimal::MAX);
    }

    fn of(&self, is_debit: bool) -> (u32, Decimal) {
        if is_debit { (self.debits, self.debit_sum) } else { (self.credits, self.credit_sum) }
    }

    fn controls(&self, is_debit: bool, count: Decimal, sum: Decimal) -> [Control; 2] {
        let (found_count, found_sum) = self.of(is_debit);
        let (number, total) = if is_debit {
            (said!("control.debits", "number of debits"), said!("control.debitSum", "sum of debits"))
        } else {
            (said!("control.credits", "number of credits"), said!("control.creditSum", "sum of credits"))
        };
        [
            Control { what: number, stated: count, found: found_count.into() },
            Control { what: total, stated: sum, found: found_sum },
        ]
    }

    /// The totals of `:90D:2PLN186,33` or `:90C:`; `None` where they cannot be read.
    pub(super) fn stated(&self, is_debit: bool, value: &str) -> Option<[Control; 2]> {
        let text = value.trim_start();
        let digits = text.find(|character: char| !character.is_ascii_digit())?;
        let (count, rest) = text.split_at_checked(digits)?;
        let amount = amounts::parse(end_of_line(rest.get(3..)?))?.value;
        Some(self.controls(is_debit, count.parse::<u32>().ok()?.into(), amount))
    }

    /// The totals that Dutch banks write into the last field 86: `D000004C000002D6,38C944,01` or `/SUM/4/2/6,38/944,01/`.
    pub(super) fn in_text(&self, value: &str) -> Vec<Control> {
        let text = value.trim();
        let Some([debits, credits, debit_sum, credit_sum]) = between_letters(text).or_else(|| between_slashes(text))
        else {
            return Vec::new();
        };
        let count = |text: &str| text.parse::<u32>().ok().map(Decimal::from);
        let sum = |text: &str| amounts::parse(text).map(|amount| amount.value);
        let (Some(debits), Some(credits)) = (count(debits), count(credits)) else { return Vec::new() };
        let (Some(debit_sum), Some(credit_sum)) = (sum(debit_sum), sum(credit_sum)) else { return Vec::new() };
        [self.controls(true, debits, debit_sum), self.controls(false, credits, credit_sum)].concat()
    }
}

fn between_letters(text: &str) -> Option<[&str; 4]> {
    let (debits, rest) = text.strip_prefix('D')?.split_once('C')?;
    let (credits, rest) = rest.split_once('D')?;
    let (debit_sum, credit_sum) = rest.split_once('C')?;
    (debits.len() == 6 && credits.len() == 6).then_some([debits, credits, debit_sum, credit_sum])
}

fn between_slashes(text: &str) -> Option<[&str; 4]> {
    let mut parts = text.strip_prefix("/SUM/")?.split('/');
    Some([parts.next()?, parts.next()?, parts.next()?, parts.next()?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: &str, amount: &str, currency: &str, date: &str, wrong: usize) {
        let found = parse(value);
        let text = |part: Option<String>| part.unwrap_or_default();
        assert_eq!(text(found.amount.map(|amount| amount.to_string())), amount, "{value}");
        assert_eq!(text(found.currency.map(|currency| currency.to_string())), currency, "{value}");
        assert_eq!(text(found.date.map(|date| date.to_string())), date, "{value}");
        assert_eq!(found.wrong.len(), wrong, "{value}: {:?}", found.wrong);
    }

    #[test]
    fn a_balance_keeps_what_can_be_read() {
        check("C240506EUR1234,56", "1234.56", "EUR", "2024-05-06", 0);
        check("D940506DEM000001,5 ", "-1.5", "DEM", "1994-05-06", 0);
        check("C021131EUR4387,95", "4387.95", "EUR", "", 1);
        check("C141387INR11 27421,94", "", "INR", "", 2);
        check("C240506ZZZ1,00-}", "1.00", "", "2024-05-06", 1);
        check("240506EUR1,00", "", "EUR", "2024-05-06", 1);
        check("", "", "", "", 4);
    }

    #[test]
    fn totals_are_held_against_the_rows() {
        let mut tally = Tally::default();
        tally.add("-6.38".parse().unwrap(), false);
        tally.add("944.01".parse().unwrap(), true);
        let found = tally.in_text("D000001C000001D6,38C944,01");
        assert_eq!((found.len(), found.iter().all(Control::holds)), (4, true));
        assert!(tally.in_text("/SUM/1/1/6,38/944,01/").iter().all(Control::holds));
        assert!(tally.stated(true, "1EUR6,38").unwrap().iter().all(Control::holds));
        assert!(!tally.stated(false, "2EUR944,01").unwrap().iter().all(Control::holds));
        assert_eq!((tally.in_text("DEBIT CARD").len(), tally.stated(true, "?")), (0, None));
    }
}
