//! What was found of an unmatched record, or of a difference inside a match: the cause, what speaks for it, how sure that
//! is, and what to do about it.
//!
//! Facts and fixes carry their values, not sentences: files, the terminal and the window each word them in their own
//! language. Their variants have names, by which they are stored and looked up in a catalogue.

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{Confidence, Money, RootCause};

/// One value of a fact or a fix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FindingValue {
    /// A number of a document, a reference, a name.
    Text(String),
    /// A day.
    Date(Date),
    /// An amount.
    Money(Money),
    /// A count, of days or of records.
    Number(i64),
    /// A rate, a share in percent.
    Decimal(Decimal),
}

/// What can stand in a fact or a fix.
trait Part: Sized {
    /// As a value; nothing where there is none.
    fn put(&self) -> Option<FindingValue>;
    /// From a value; nothing where it is another kind of value.
    fn take(value: Option<FindingValue>) -> Option<Self>;
}

macro_rules! parts {
    ($($type:ty = $kind:ident),+ $(,)?) => {
        $(impl Part for $type {
            fn put(&self) -> Option<FindingValue> {
                Some(FindingValue::$kind(Self::clone(self)))
            }

            fn take(value: Option<FindingValue>) -> Option<Self> {
                if let Some(FindingValue::$kind(value)) = value { Some(value) } else { None }
            }
        })+
    };
}

parts! { String = Text, Date = Date, Money = Money, i64 = Number, Decimal = Decimal }

impl<T: Part> Part for Option<T> {
    fn put(&self) -> Option<FindingValue> {
        self.as_ref().and_then(Part::put)
    }

    fn take(value: Option<FindingValue>) -> Option<Self> {
        match value {
            None => Some(None),
            value => T::take(value).map(Some),
        }
    }
}

macro_rules! told {
    ($(#[$meta:meta])* $name:ident {
        $($(#[$doc:meta])* $variant:ident = $word:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? }),+ $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant { $($(#[$field_doc])* $field: $type),* }),+
        }

        impl $name {
            /// The names of all, as files and catalogues have them.
            pub const WORDS: &'static [&'static str] = &[$($word),+];

            /// Its name.
            pub const fn as_str(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $word),+ }
            }

            /// Its values with their names; those that are not known are left out.
            pub fn values(&self) -> Vec<(&'static str, FindingValue)> {
                let values: Vec<(&'static str, Option<FindingValue>)> = match self {
                    $(Self::$variant { $($field),* } => vec![$((stringify!($field), $field.put())),*]),+
                };
                values.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
            }

            /// The one of this name with these values; nothing where the name is unknown or a value is missing.
            pub fn read(word: &str, #[allow(unused_variables, reason = "a kind may have no values")]
                mut value: impl FnMut(&str) -> Option<FindingValue>) -> Option<Self> {
                match word {
                    $($word => Some(Self::$variant { $($field: Part::take(value(stringify!($field)))?),* }),)+
                    _ => None,
                }
            }
        }
    };
}

mod fact;
mod fix;

pub use self::{fact::Fact, fix::ProposedFix};

/// Why a record has no match, or why the two sides of a match differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CauseFinding {
    /// The cause.
    pub cause: RootCause,
    /// Probability that this is the cause, as measured where the rule is written down.
    pub confidence: Confidence,
    /// What was seen, the most telling first.
    pub evidence: Vec<Fact>,
    /// What to do.
    pub fix: ProposedFix,
}

/// One reason why a record may have no match, or why the two sides of a match may differ; `S` is what it is asked about.
///
/// A rule is asked twice: every record and every difference for its cause, which has to be quick, and only what somebody
/// reads for its finding.
pub trait CauseRule<S: ?Sized>: Sync {
    /// The cause, where the rule applies.
    fn judge(&self, subject: &S) -> Option<RootCause>;

    /// What speaks for the cause it found, and what to do about it.
    fn finding(&self, subject: &S, cause: RootCause) -> CauseFinding;
}

/// The cause by the first rule that applies.
pub fn first_cause<S: ?Sized>(rules: &[&dyn CauseRule<S>], subject: &S) -> Option<RootCause> {
    rules.iter().find_map(|rule| rule.judge(subject))
}

/// The finding of the first rule that applies.
pub fn first_finding<S: ?Sized>(rules: &[&dyn CauseRule<S>], subject: &S) -> Option<CauseFinding> {
    rules.iter().find_map(|rule| rule.judge(subject).map(|cause| rule.finding(subject, cause)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    fn eur(minor: i64) -> Money {
        Money::from_minor(minor, Currency::parse("EUR").unwrap())
    }

    #[test]
    fn a_fix_is_read_back_from_its_name_and_values() {
        let day: Date = "2025-03-31".parse().unwrap();
        for fix in [
            ProposedFix::Nothing {},
            ProposedFix::WaitUntil { date: day },
            ProposedFix::Reverse { amount: eur(500), date: None },
            ProposedFix::Reverse { amount: eur(500), date: Some(day) },
            ProposedFix::RaiseRate { from: Decimal::new(3_850, 2), to: Decimal::new(4_025, 2) },
            ProposedFix::CorrectDigits { from: eur(417), to: eur(471), digits: "17".into(), instead: "71".into() },
        ] {
            let values = fix.values();
            let value = |name: &str| values.iter().find(|(own, _)| *own == name).map(|(_, value)| value.clone());
            assert_eq!(ProposedFix::read(fix.as_str(), value), Some(fix));
        }
    }

    #[test]
    fn what_lacks_a_value_or_has_another_kind_of_it_is_not_read() {
        assert_eq!(ProposedFix::read("wait_until", |_| None), None);
        assert_eq!(ProposedFix::read("wait_until", |_| Some(FindingValue::Number(3))), None);
        assert_eq!(ProposedFix::read("wait_for_ever", |_| None), None);
        assert_eq!(Fact::read("agrees", |_| None), Some(Fact::Agrees {}));
    }
}
