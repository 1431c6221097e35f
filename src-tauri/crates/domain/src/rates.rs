//! Exchange rates by day.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::{Currency, Money};

/// Days that a rate stands in for a day without one: weekends and holidays.
const STALE_DAYS_MAX: i32 = 10;

/// Why a rate was refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RateError {
    /// A rate of zero or less.
    #[error("a rate of {0} is not above zero")]
    NotPositive(Decimal),
    /// A currency against itself.
    #[error("{0} against itself has no rate")]
    SameCurrency(Currency),
}

/// Daily exchange rates: one unit of the base currency is so many of the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ExchangeRates {
    by_pair: BTreeMap<(Currency, Currency), BTreeMap<Date, Decimal>>,
}

impl ExchangeRates {
    /// Adds the rate of a day, `1 base = rate quote`; a later one for the same day and pair wins.
    pub fn insert(&mut self, date: Date, base: Currency, quote: Currency, rate: Decimal) -> Result<(), RateError> {
        if rate <= Decimal::ZERO {
            return Err(RateError::NotPositive(rate));
        }
        if base == quote {
            return Err(RateError::SameCurrency(base));
        }
        self.by_pair.entry((base, quote)).or_default().insert(date, rate);
        Ok(())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.by_pair.is_empty()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.by_pair.values().map(BTreeMap::len).sum()
    }

    /// Every rate: day, base, quote and how many of the quote currency one of the base is. Pair by pair, each by day.
    pub fn iter(&self) -> impl Iterator<Item = (Date, Currency, Currency, Decimal)> + '_ {
        self.by_pair
            .iter()
            .flat_map(|((base, quote), days)| days.iter().map(|(date, rate)| (*date, *base, *quote, *rate)))
    }

    /// The first and the last day with a rate.
    pub fn days(&self) -> Option<(Date, Date)> {
        let first = self.by_pair.values().filter_map(|days| days.keys().next()).min()?;
        let last = self.by_pair.values().filter_map(|days| days.keys().next_back()).max()?;
        Some((*first, *last))
    }

    /// How many `to` one `from` is on this day: as stated, as the inverse of what is stated, or over a third currency.
    /// A day without a rate takes the nearest within ten days, the earlier of two. Without a day the last rate holds.
    pub fn rate(&self, from: Currency, to: Currency, on: Option<Date>) -> Option<Decimal> {
        if from == to {
            return Some(Decimal::ONE);
        }
        let over_base = |base| self.stated(base, to, on)?.checked_div(self.stated(base, from, on)?);
        let over_quote = |quote| self.stated(from, quote, on)?.checked_div(self.stated(to, quote, on)?);
        self.stated(from, to, on)
            .or_else(|| self.by_pair.keys().find_map(|(base, _)| over_base(*base)))
            .or_else(|| self.by_pair.keys().find_map(|(_, quote)| over_quote(*quote)))
    }

    fn stated(&self, from: Currency, to: Currency, on: Option<Date>) -> Option<Decimal> {
        let direct = self.by_pair.get(&(from, to)).and_then(|days| nearest(days, on));
        let inverse = || self.by_pair.get(&(to, from)).and_then(|days| Decimal::ONE.checked_div(nearest(days, on)?));
        direct.or_else(inverse)
    }

    /// The amount in another currency at the day's rate, rounded half to even to its minor unit. Nothing without a rate
    /// or where it does not fit.
    pub fn convert(&self, amount: Money, to: Currency, on: Option<Date>) -> Option<Money> {
        let rate = self.rate(amount.currency(), to, on)?;
        let major = amount.to_decimal().checked_mul(rate)?;
        Money::from_decimal(major.round_dp_with_strategy(to.digits(), RoundingStrategy::MidpointNearestEven), to).ok()
    }
}

fn nearest(days: &BTreeMap<Date, Decimal>, on: Option<Date>) -> Option<Decimal> {
    let Some(on) = on else { return days.values().next_back().copied() };
    let apart = |date: Date| (date - on).get_days().abs();
    let before = days.range(..=on).next_back();
    let after = days.range(on..).next();
    let close = [before, after].into_iter().flatten().filter(|(date, _)| apart(**date) <= STALE_DAYS_MAX);
    close.min_by_key(|(date, _)| apart(**date)).map(|(_, rate)| *rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates() -> ExchangeRates {
        let mut rates = ExchangeRates::default();
        for (date, quote, rate) in
            [("2024-05-10", "USD", "1.0850"), ("2024-05-13", "USD", "1.0900"), ("2024-05-10", "JPY", "160")]
        {
            let code = |text| Currency::parse(text).unwrap();
            rates.insert(date.parse().unwrap(), code("EUR"), code(quote), rate.parse().unwrap()).unwrap();
        }
        rates
    }

    #[track_caller]
    fn check(amount: &str, from: &str, to: &str, on: &str, expected: Option<&str>) {
        let money = Money::from_decimal(amount.parse().unwrap(), Currency::parse(from).unwrap()).unwrap();
        let found = rates().convert(money, Currency::parse(to).unwrap(), on.parse().ok());
        assert_eq!(found.map(|money| money.to_decimal().to_string()).as_deref(), expected, "{amount} {from} {on}");
    }

    #[test]
    fn a_day_without_a_rate_takes_the_nearest_and_months_without_have_none() {
        check("100", "EUR", "USD", "2024-05-10", Some("108.50"));
        check("100", "EUR", "USD", "2024-05-11", Some("108.50"));
        check("100", "EUR", "USD", "2024-05-12", Some("109.00"));
        check("100", "EUR", "USD", "2024-08-12", None);
    }

    #[test]
    fn inverse_and_cross_rates_follow_from_the_stated_ones_in_the_currencys_own_digits() {
        check("100", "USD", "EUR", "2024-05-10", Some("92.17"));
        check("108.50", "USD", "JPY", "2024-05-10", Some("16000"));
        check("100", "GBP", "EUR", "2024-05-10", None);
    }

    /// As a company keeps them whose books are in EUR: every pair ends in its own currency.
    #[test]
    fn a_cross_rate_is_found_over_a_common_quote_currency_too() {
        let code = |text| Currency::parse(text).unwrap();
        let day = "2024-05-10".parse().unwrap();
        let mut rates = ExchangeRates::default();
        rates.insert(day, code("USD"), code("EUR"), "0.92".parse().unwrap()).unwrap();
        rates.insert(day, code("GBP"), code("EUR"), "1.17".parse().unwrap()).unwrap();
        let pounds = Money::from_decimal("92".parse().unwrap(), code("GBP")).unwrap();
        let dollars = rates.convert(pounds, code("USD"), Some(day)).map(|money| money.to_string());
        assert_eq!(dollars.as_deref(), Some("117.00 USD"));
        assert_eq!(rates.convert(pounds, code("JPY"), Some(day)), None);
    }

    #[test]
    fn what_was_inserted_is_listed_pair_by_pair_with_its_days() {
        let listed: Vec<String> =
            rates().iter().map(|(date, base, quote, rate)| format!("{date} {base} {quote} {rate}")).collect();
        assert_eq!(listed, ["2024-05-10 EUR JPY 160", "2024-05-10 EUR USD 1.0850", "2024-05-13 EUR USD 1.0900"]);
        assert_eq!(rates().count(), 3);
        let days = rates().days().map(|(first, last)| (first.to_string(), last.to_string()));
        assert_eq!(days, Some(("2024-05-10".to_owned(), "2024-05-13".to_owned())));
        assert_eq!(ExchangeRates::default().days(), None);
    }

    #[test]
    fn impossible_rates_are_refused() {
        let (eur, usd) = (Currency::parse("EUR").unwrap(), Currency::parse("USD").unwrap());
        let mut rates = ExchangeRates::default();
        assert!(rates.insert("2024-05-10".parse().unwrap(), eur, usd, Decimal::ZERO).is_err());
        assert!(rates.insert("2024-05-10".parse().unwrap(), eur, eur, Decimal::ONE).is_err());
        assert!(rates.is_empty());
    }
}
