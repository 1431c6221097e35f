//! ISO 4217 currencies with the number of decimal digits each one has.

use std::{fmt, str::FromStr};

/// A currency of ISO 4217, such as EUR (2 digits), JPY (0) or KWD (3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

/// The text is no currency code of ISO 4217.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a currency code of ISO 4217, such as EUR or USD")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// ISO 4217's own code for "no currency": used where a file names none. It agrees with every currency.
    pub const NONE: Self = Self { code: *b"XXX", digits: 2 };

    /// Looks a three-letter code up; letter case and surrounding blanks do not matter.
    pub fn parse(text: &str) -> Result<Self, UnknownCurrency> {
        let unknown = || UnknownCurrency(text.chars().take(40).collect());
        let upper = text.trim().to_ascii_uppercase();
        if upper == "XXX" {
            return Ok(Self::NONE);
        }
        let found = iso_currency::Currency::from_code(&upper).ok_or_else(unknown)?;
        let code = <[u8; 3]>::try_from(upper.as_bytes()).map_err(|_| unknown())?;
        Ok(Self { code, digits: u8::try_from(found.exponent().unwrap_or(2)).unwrap_or(2) })
    }

    /// The three-letter code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.code).unwrap_or("XXX")
    }

    /// Decimal digits of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
    pub fn digits(self) -> u32 {
        u32::from(self.digits)
    }

    /// Whether this stands for "not named".
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Whether amounts in the two may be compared: equal, or one of them not named.
    pub fn agrees_with(self, other: Self) -> bool {
        self == other || self.is_none() || other.is_none()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_iso_4217() {
        for (code, digits) in [("EUR", 2), ("jpy", 0), (" KWD ", 3), ("ZAR", 2), ("XXX", 2)] {
            assert_eq!(Currency::parse(code).map(Currency::digits), Ok(digits), "{code}");
        }
    }

    #[test]
    fn what_is_no_currency_is_refused() {
        for text in ["", "EURO", "€", "ZZZ", "EU"] {
            assert!(Currency::parse(text).is_err(), "{text}");
        }
    }
}
