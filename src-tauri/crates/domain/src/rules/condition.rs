//! What a rule can ask of a line, of an entry, or of the two together.

use std::fmt;

use regex::{Regex, RegexBuilder};
use rust_decimal::Decimal;

use crate::{EntryField, Field, LineField, Money, RuleError, Side};

/// Longest pattern, in bytes.
const PATTERN_BYTES_MAX: usize = 1_000;
/// Most memory that one compiled pattern, and its search, may take.
const PATTERN_MEMORY_MAX: usize = 1 << 20;

/// A regular expression, compiled: of the kind that takes linear time on any text. Letter case does not matter unless the
/// pattern says so with `(?-i)`.
#[derive(Debug, Clone)]
pub struct Pattern {
    regex: Regex,
}

impl Pattern {
    /// Compiles a pattern, or says what is wrong with it.
    pub fn new(pattern: &str) -> Result<Self, RuleError> {
        let refused = |reason: String| RuleError::Pattern { pattern: pattern.chars().take(80).collect(), reason };
        if pattern.is_empty() || pattern.len() > PATTERN_BYTES_MAX {
            return Err(refused(format!("it must have 1 to {PATTERN_BYTES_MAX} characters")));
        }
        let built = RegexBuilder::new(pattern)
            .case_insensitive(true)
            .size_limit(PATTERN_MEMORY_MAX)
            .dfa_size_limit(PATTERN_MEMORY_MAX)
            .nest_limit(32)
            .build();
        built.map(|regex| Self { regex }).map_err(|error| {
            // The message draws the pattern first; its last line says what is wrong.
            let text = error.to_string();
            let told = text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
            refused(told.trim_start_matches("error: ").to_owned())
        })
    }

    /// The pattern as it was written.
    pub fn as_str(&self) -> &str {
        self.regex.as_str()
    }

    /// Whether it is found in the text.
    pub fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Pattern {}

/// What is asked of one text. Letter case and blanks at the ends do not matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TextTest {
    /// It is this.
    Equals(String),
    /// This stands in it.
    Contains(String),
    /// It begins with this.
    StartsWith(String),
    /// This pattern is found in it.
    Matches(Pattern),
}

impl TextTest {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Equals(_) => "equals",
            Self::Contains(_) => "contains",
            Self::StartsWith(_) => "starts_with",
            Self::Matches(_) => "regex",
        }
    }

    /// The text or pattern looked for.
    pub fn wanted(&self) -> &str {
        match self {
            Self::Equals(text) | Self::Contains(text) | Self::StartsWith(text) => text,
            Self::Matches(pattern) => pattern.as_str(),
        }
    }
}

/// Amounts from one bound to another, both included, in major units and with their sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AmountRange {
    from: Option<Decimal>,
    to: Option<Decimal>,
}

impl AmountRange {
    /// At least one bound; the lower one first.
    pub fn new(from: Option<Decimal>, to: Option<Decimal>) -> Result<Self, RuleError> {
        match (from, to) {
            (None, None) => Err(RuleError::Range),
            (Some(from), Some(to)) if from > to => Err(RuleError::Range),
            _ => Ok(Self { from, to }),
        }
    }

    /// The lower bound.
    pub const fn from(&self) -> Option<Decimal> {
        self.from
    }

    /// The upper bound.
    pub const fn to(&self) -> Option<Decimal> {
        self.to
    }

    /// Whether the amount lies within.
    pub fn contains(&self, amount: Money) -> bool {
        let amount = amount.to_decimal();
        self.from.is_none_or(|from| from <= amount) && self.to.is_none_or(|to| amount <= to)
    }
}

/// How a text of the line relates to one of the entry. Only letters and digits count, in any case: `RE-2025/7` is `re 2025 7`.
/// Empty texts relate to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Relation {
    /// They are the same.
    Same,
    /// The entry's stands in the line's, not as part of a longer word or number.
    LineHoldsEntry,
    /// The line's stands in the entry's, not as part of a longer word or number.
    EntryHoldsLine,
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Test {
    /// Of one text; made with [`Test::text`].
    Text {
        /// Which text.
        field: Field,
        /// What of it.
        test: TextTest,
    },
    /// Of the amount of one side: it lies within the range.
    Amount {
        /// Which side.
        side: Side,
        /// The range.
        range: AmountRange,
    },
    /// Of two texts.
    Fields {
        /// The line's.
        line: LineField,
        /// The entry's.
        entry: EntryField,
        /// How they relate.
        relation: Relation,
    },
    /// Both sides have the same amount, in currencies that agree.
    AmountsEqual,
    /// The dates of the two are at most so many days apart. A record without a date is not near any.
    DaysWithin(u32),
}

impl Test {
    /// A test of one text: there must be something to compare with.
    pub fn text(field: Field, test: TextTest) -> Result<Self, RuleError> {
        if test.wanted().trim().is_empty() {
            return Err(RuleError::EmptyText(field));
        }
        Ok(Self::Text { field, test })
    }
}

/// Something that must hold, or must not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What is asked.
    pub test: Test,
    /// The answer must be no.
    pub negated: bool,
}

impl Condition {
    /// This must hold.
    pub const fn is(test: Test) -> Self {
        Self { test, negated: false }
    }

    /// This must not hold.
    pub const fn is_not(test: Test) -> Self {
        Self { test, negated: true }
    }

    /// The one side it looks at; none: both.
    pub const fn side(&self) -> Option<Side> {
        match &self.test {
            Test::Text { field, .. } => Some(field.side()),
            Test::Amount { side, .. } => Some(*side),
            Test::Fields { .. } | Test::AmountsEqual | Test::DaysWithin(_) => None,
        }
    }

    /// Whether it looks at the line alone.
    pub(crate) fn is_of_line(&self) -> bool {
        self.side() == Some(Side::Statement)
    }

    /// Whether it finds something that a line and few entries share.
    pub(crate) const fn ties_sides(&self) -> bool {
        !self.negated && matches!(self.test, Test::Fields { .. } | Test::AmountsEqual)
    }
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.negated {
            f.write_str("not ")?;
        }
        match &self.test {
            Test::Text { field, test } => write!(f, "{field} {} {:?}", test.as_str(), test.wanted()),
            Test::Amount { side, range } => {
                write!(f, "{}.amount", if *side == Side::Statement { "line" } else { "entry" })?;
                range.from.map_or(Ok(()), |from| write!(f, " from {from}"))?;
                range.to.map_or(Ok(()), |to| write!(f, " to {to}"))
            }
            Test::Fields { line, entry, relation } => {
                let (line, entry) = (Field::Line(*line), Field::Entry(*entry));
                match relation {
                    Relation::Same => write!(f, "{line} same_as {entry}"),
                    Relation::LineHoldsEntry => write!(f, "{line} holds {entry}"),
                    Relation::EntryHoldsLine => write!(f, "{entry} holds {line}"),
                }
            }
            Test::AmountsEqual => f.write_str("amounts equal"),
            Test::DaysWithin(days) => write!(f, "days within {days}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Currency;

    #[test]
    fn a_pattern_that_is_none_says_why() {
        let error = Pattern::new("fee(").unwrap_err().to_string();
        assert!(error.contains("'fee('") && error.contains("unclosed group"), "{error}");
        assert!(Pattern::new("").is_err());
        assert!(Pattern::new(&"a".repeat(1_001)).is_err());
    }

    #[test]
    fn a_pattern_that_would_take_too_much_memory_is_refused() {
        let error = Pattern::new("((a{100}){100}){100}").unwrap_err().to_string();
        assert!(error.contains("size limit"), "{error}");
    }

    #[test]
    fn patterns_do_not_care_for_letter_case_unless_told() {
        assert!(Pattern::new("^card \\d+").unwrap().is_match("CARD 4711"));
        assert!(!Pattern::new("(?-i)^card \\d+").unwrap().is_match("CARD 4711"));
    }

    #[test]
    fn a_range_includes_its_bounds_and_knows_signs() {
        let eur = |minor| Money::from_minor(minor, Currency::parse("EUR").unwrap());
        let range = AmountRange::new(Some(Decimal::from(-10)), Some(Decimal::new(-5, 1))).unwrap();
        assert!(range.contains(eur(-1_000)) && range.contains(eur(-50)));
        assert!(!range.contains(eur(-49)) && !range.contains(eur(500)));
        assert_eq!(AmountRange::new(None, None), Err(RuleError::Range));
        assert_eq!(AmountRange::new(Some(Decimal::ONE), Some(Decimal::ZERO)), Err(RuleError::Range));
    }

    #[test]
    fn nothing_is_nothing_to_look_for() {
        let field = Field::Line(LineField::Description);
        assert_eq!(Test::text(field, TextTest::Contains("  ".to_owned())), Err(RuleError::EmptyText(field)));
    }
}
