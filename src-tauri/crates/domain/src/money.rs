//! Exact money: whole minor units of one currency. No float, no implicit conversion.

use std::fmt;

use rust_decimal::Decimal;

use crate::Currency;

/// A signed amount. Positive raises the bank balance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    minor_units: i64,
    currency: Currency,
}

/// Why two amounts could not be combined, or a number is no amount of the currency.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// The two amounts are in different currencies.
    #[error("{left} and {right} cannot be added: they are different currencies")]
    CurrencyMismatch {
        /// Currency of the first amount.
        left: Currency,
        /// Currency of the second amount.
        right: Currency,
    },
    /// The result does not fit 64 bits of minor units.
    #[error("the amount is too large: it does not fit 64 bits of minor units")]
    Overflow,
    /// The number has more decimals than the currency.
    #[error("{value} has more decimals than {currency} has ({digits})")]
    TooManyDecimals {
        /// The number as given.
        value: Decimal,
        /// The currency it should be in.
        currency: Currency,
        /// Decimals of that currency.
        digits: u32,
    },
}

impl Money {
    /// An amount of whole minor units (cents for EUR).
    pub const fn from_minor(minor_units: i64, currency: Currency) -> Self {
        Self { minor_units, currency }
    }

    /// Nothing, in this currency.
    pub const fn zero(currency: Currency) -> Self {
        Self::from_minor(0, currency)
    }

    /// Takes a decimal number of major units; trailing zeros beyond the currency's digits are fine, other digits are not.
    pub fn from_decimal(value: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let digits = currency.digits();
        // Trailing zeros matter only where there are more decimals than digits; taking them off is a division each.
        let normal = if value.scale() > digits { value.normalize() } else { value };
        if normal.scale() > digits {
            return Err(MoneyError::TooManyDecimals { value, currency, digits });
        }
        let factor = 10_i128.pow(digits - normal.scale());
        let minor = normal.mantissa().checked_mul(factor).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor_units: i64::try_from(minor).map_err(|_| MoneyError::Overflow)?, currency })
    }

    /// Takes what a person entered. Zeros beyond the currency's digits are not fine here: `1.000` may be a thousand, with a
    /// separator between its digits.
    pub fn from_entered(value: Decimal, currency: Currency) -> Result<Self, MoneyError> {
        let digits = currency.digits();
        if value.scale() > digits {
            return Err(MoneyError::TooManyDecimals { value, currency, digits });
        }
        Self::from_decimal(value, currency)
    }

    /// Whole minor units.
    pub const fn minor_units(self) -> i64 {
        self.minor_units
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// The amount in major units.
    pub fn to_decimal(self) -> Decimal {
        Decimal::from_i128_with_scale(i128::from(self.minor_units), self.currency.digits())
    }

    /// Whether it is nothing.
    pub const fn is_zero(self) -> bool {
        self.minor_units == 0
    }

    /// Adds two amounts of the same currency.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor_units = self.minor_units.checked_add(other.minor_units).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor_units, ..self })
    }

    /// Subtracts an amount of the same currency.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        let minor_units = self.minor_units.checked_sub(other.minor_units).ok_or(MoneyError::Overflow)?;
        Ok(Self { minor_units, ..self })
    }

    /// The same amount with the other sign.
    pub fn checked_neg(self) -> Result<Self, MoneyError> {
        Ok(Self { minor_units: self.minor_units.checked_neg().ok_or(MoneyError::Overflow)?, ..self })
    }

    /// The same amount without its sign; the one amount whose size does not fit stays as large as fits.
    pub const fn unsigned(self) -> Self {
        Self { minor_units: self.minor_units.saturating_abs(), ..self }
    }

    /// Size without sign, in minor units.
    pub const fn magnitude(self) -> u64 {
        self.minor_units.unsigned_abs()
    }

    /// Adds up amounts of one currency; an empty list is zero of `currency`.
    pub fn total(amounts: impl IntoIterator<Item = Self>, currency: Currency) -> Result<Self, MoneyError> {
        amounts.into_iter().try_fold(Self::zero(currency), Self::checked_add)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::CurrencyMismatch { left: self.currency, right: other.currency })
        }
    }
}

/// `-1234.50 EUR`: plain digits, point, code where there is one. For people's eyes the UI and reports format by locale.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.currency.is_none() {
            return write!(f, "{}", self.to_decimal());
        }
        write!(f, "{} {}", self.to_decimal(), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn eur() -> Currency {
        Currency::parse("EUR").unwrap()
    }

    #[test]
    fn a_third_decimal_of_a_euro_is_refused_but_a_zero_is_not() {
        assert!(Money::from_decimal("1.005".parse().unwrap(), eur()).is_err());
        assert_eq!(Money::from_decimal("1.500".parse().unwrap(), eur()).unwrap().minor_units(), 150);
    }

    #[test]
    fn euros_and_dollars_do_not_add() {
        let usd = Money::from_minor(1, Currency::parse("USD").unwrap());
        assert!(matches!(Money::zero(eur()).checked_add(usd), Err(MoneyError::CurrencyMismatch { .. })));
    }

    #[test]
    fn a_sum_that_does_not_fit_is_an_error_not_a_wrong_number() {
        let most = Money::from_minor(i64::MAX, eur());
        assert_eq!(most.checked_add(Money::from_minor(1, eur())), Err(MoneyError::Overflow));
        assert_eq!(Money::from_minor(i64::MIN, eur()).checked_neg(), Err(MoneyError::Overflow));
    }

    #[test]
    fn what_may_be_a_thousand_is_not_taken_for_one() {
        let eur = Currency::parse("EUR").unwrap();
        let entered = |text: &str| Money::from_entered(text.parse().unwrap(), eur).map(Money::minor_units);
        assert_eq!((entered("1"), entered("1.0"), entered("1000.00")), (Ok(100), Ok(100), Ok(100_000)));
        assert_eq!(entered("1.000").unwrap_err().to_string(), "1.000 has more decimals than EUR has (2)");
    }

    proptest! {
        #[test]
        fn to_decimal_and_back_is_the_same_amount(minor: i64, code in prop::sample::select(vec!["EUR", "JPY", "KWD"])) {
            let money = Money::from_minor(minor, Currency::parse(code).unwrap());
            prop_assert_eq!(Money::from_decimal(money.to_decimal(), money.currency()), Ok(money));
        }
    }
}
