//! ISO 4217 currencies with the number of decimal digits each one has.

use std::{
    fmt,
    str::FromStr,
    sync::atomic::{AtomicU8, Ordering},
};

/// A currency of ISO 4217, such as EUR (2 digits), JPY (0) or KWD (3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency {
    code: [u8; 3],
    digits: u8,
}

/// Currencies that ISO 4217 has withdrawn and old statements are still in, with the digits they had.
const WITHDRAWN: [([u8; 3], u8); 46] = [
    (*b"ADP", 0),
    (*b"AFA", 2),
    (*b"ANG", 2),
    (*b"ATS", 2),
    (*b"AZM", 2),
    (*b"BEF", 0),
    (*b"BGL", 2),
    (*b"BGN", 2),
    (*b"BYB", 0),
    (*b"BYR", 0),
    (*b"CSD", 2),
    (*b"CSK", 2),
    (*b"CYP", 2),
    (*b"DEM", 2),
    (*b"EEK", 2),
    (*b"ESP", 0),
    (*b"FIM", 2),
    (*b"FRF", 2),
    (*b"GHC", 2),
    (*b"GRD", 0),
    (*b"HRK", 2),
    (*b"IEP", 2),
    (*b"ITL", 0),
    (*b"LTL", 2),
    (*b"LUF", 0),
    (*b"LVL", 2),
    (*b"MGF", 0),
    (*b"MRO", 2),
    (*b"MTL", 2),
    (*b"MZM", 2),
    (*b"NLG", 2),
    (*b"PTE", 0),
    (*b"ROL", 2),
    (*b"RUR", 2),
    (*b"SDD", 2),
    (*b"SIT", 2),
    (*b"SKK", 2),
    (*b"SRG", 2),
    (*b"STD", 2),
    (*b"TRL", 0),
    (*b"VEB", 2),
    (*b"VEF", 2),
    (*b"XEU", 2),
    (*b"YUM", 2),
    (*b"ZMK", 2),
    (*b"ZWD", 2),
];

/// The text is no currency code of ISO 4217.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a currency code of ISO 4217, such as EUR or USD")]
pub struct UnknownCurrency(pub String);

impl Currency {
    /// ISO 4217's own code for "no currency": used where a file names none. It agrees with every currency.
    pub const NONE: Self = Self { code: *b"XXX", digits: 2 };

    /// Looks a three-letter code up; letter case and surrounding blanks do not matter. Withdrawn codes are known in
    /// capitals only: `dem` and `sit` are words.
    pub fn parse(text: &str) -> Result<Self, UnknownCurrency> {
        let Some(known) = Known::of(text) else { return Self::look_up(text) };
        match known.digits() {
            Some(digits) => Ok(Self { code: known.code, digits }),
            None => Self::look_up(text).inspect(|currency| known.keep(currency.digits)),
        }
    }

    fn look_up(text: &str) -> Result<Self, UnknownCurrency> {
        let unknown = || UnknownCurrency(text.chars().take(40).collect());
        let upper = text.trim().to_ascii_uppercase();
        if upper == "XXX" {
            return Ok(Self::NONE);
        }
        let code = <[u8; 3]>::try_from(upper.as_bytes()).map_err(|_| unknown())?;
        let Some(found) = iso_currency::Currency::from_code(&upper) else {
            let withdrawn = WITHDRAWN.iter().find(|(known, _)| *known == code && text.trim() == upper);
            return withdrawn.map(|(code, digits)| Self { code: *code, digits: *digits }).ok_or_else(unknown);
        };
        Ok(Self { code, digits: u8::try_from(found.exponent().unwrap_or(2)).unwrap_or(2) })
    }

    /// The code that took this one's place while the currency kept its name: RUR became RUB.
    pub fn successor(self) -> Option<Self> {
        (self.code == *b"RUR").then_some(Self { code: *b"RUB", digits: 2 })
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

/// The digits of codes that were looked up before, each plus one: files name the same few a million times.
static KNOWN: [AtomicU8; 26 * 26 * 26] = [const { AtomicU8::new(0) }; 26 * 26 * 26];

/// The place in [`KNOWN`] of a code in capitals.
struct Known {
    code: [u8; 3],
    place: &'static AtomicU8,
}

impl Known {
    fn of(text: &str) -> Option<Self> {
        let code = <[u8; 3]>::try_from(text.as_bytes()).ok()?;
        let is_capitals = code.iter().all(u8::is_ascii_uppercase);
        let index = code.iter().fold(0, |index, letter| index * 26 + usize::from(letter.wrapping_sub(b'A')));
        is_capitals.then(|| KNOWN.get(index)).flatten().map(|place| Self { code, place })
    }

    fn digits(&self) -> Option<u8> {
        self.place.load(Ordering::Relaxed).checked_sub(1)
    }

    fn keep(&self, digits: u8) {
        self.place.store(digits.saturating_add(1), Ordering::Relaxed);
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
            for _ in 0..2 {
                assert_eq!(Currency::parse(code).map(Currency::digits), Ok(digits), "{code}");
            }
        }
    }

    #[test]
    fn withdrawn_currencies_are_known_in_capitals() {
        for (code, digits) in [("DEM", 2), (" ITL ", 0), ("NLG", 2), ("HRK", 2)] {
            assert_eq!(Currency::parse(code).map(Currency::digits), Ok(digits), "{code}");
        }
        assert!(Currency::parse("dem").is_err());
        assert!(Currency::parse("Sit").is_err());
    }

    #[test]
    fn what_is_no_currency_is_refused() {
        for text in ["", "EURO", "€", "ZZZ", "EU"] {
            assert!(Currency::parse(text).is_err(), "{text}");
        }
    }
}
