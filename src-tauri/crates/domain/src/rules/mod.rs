//! Rules a person wrote: what is to happen with records or pairs of which certain things are true.
//!
//! # Order
//!
//! Rules stand in an order, and per question the first enabled one whose conditions all hold decides; later ones are not
//! asked. There are three questions, and a rule answers one of them:
//!
//! - Do this line and this entry belong together? Answered by [`Action::Bar`] and [`Action::Match`], in one order: a
//!   `match` above a `bar` wins, and the other way round.
//! - May the difference between them be written off? Answered by [`Action::WriteOff`].
//! - Which category is this line of? Answered by [`Action::Categorise`].

mod condition;
mod field;

use std::fmt;

use rust_decimal::Decimal;

use crate::RootCause;

pub use condition::{AmountRange, Condition, Pattern, Relation, Test, TextTest};
pub use field::{EntryField, Field, LineField, UnknownField};

/// Longest name of a rule, in characters.
pub(crate) const NAME_CHARS_MAX: usize = 120;

/// A difference that may be written off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriteOff {
    up_to: Decimal,
    percent: Option<Decimal>,
    cause: RootCause,
    account: String,
}

impl WriteOff {
    /// A difference of at most `up_to` major units, and where `percent` is given of at most so much of the entry's amount.
    /// `account` is the account of the books it goes to.
    pub fn new(up_to: Decimal, percent: Option<Decimal>, cause: RootCause, account: &str) -> Result<Self, RuleError> {
        let negative = |number: &Decimal| number.is_sign_negative() && !number.is_zero();
        if let Some(number) = [Some(up_to), percent].into_iter().flatten().find(negative) {
            return Err(RuleError::Negative(number));
        }
        if up_to.is_zero() {
            return Err(RuleError::NothingToWriteOff);
        }
        if cause == RootCause::None {
            return Err(RuleError::NoCause);
        }
        let account = account.trim();
        if account.is_empty() || account.chars().any(char::is_control) {
            return Err(RuleError::NoAccount);
        }
        Ok(Self { up_to, percent, cause, account: account.to_owned() })
    }

    /// Most that is written off, in major units.
    pub const fn up_to(&self) -> Decimal {
        self.up_to
    }

    /// Most that is written off, in percent of the entry's amount.
    pub const fn percent(&self) -> Option<Decimal> {
        self.percent
    }

    /// Why the two sides differ, as the adjustment will say.
    pub const fn cause(&self) -> RootCause {
        self.cause
    }

    /// The account of the books it goes to.
    pub fn account(&self) -> &str {
        &self.account
    }
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// The two never stand in one match.
    Bar,
    /// The two belong together, however little else speaks for it.
    Match,
    /// The line is of this category.
    Categorise(String),
    /// The difference between the two is justified.
    WriteOff(WriteOff),
}

impl Action {
    /// The word used in files and in the UI's catalogue.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Match => "match",
            Self::Categorise(_) => "categorise",
            Self::WriteOff(_) => "write_off",
        }
    }
}

/// A rule.
///
/// Invariants, set by [`Rule::new`] and kept by private fields: it has a name and at least one condition; one that matches
/// compares the two sides with each other, since it would match a line with every entry otherwise; one that categorises
/// looks at the line alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    name: String,
    enabled: bool,
    conditions: Vec<Condition>,
    action: Action,
}

/// Why something is no rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// No name, or one that does not fit on a line.
    #[error("a rule needs a name, on one line, of at most {NAME_CHARS_MAX} characters")]
    Name,
    /// Nothing has to hold.
    #[error("a rule without conditions would hold for everything: say when it applies")]
    NoConditions,
    /// A text to look for is missing.
    #[error("{0}: there is nothing to compare with")]
    EmptyText(Field),
    /// A pattern is no regular expression, or too large a one.
    #[error("the pattern '{pattern}' is no regular expression that can be used: {reason}")]
    Pattern {
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// An amount range without bounds, or with the larger one first.
    #[error("a range of amounts needs a lower bound, an upper bound, or both in this order")]
    Range,
    /// A limit below zero.
    #[error("{0} is no limit: it is below zero")]
    Negative(Decimal),
    /// A write-off of nothing.
    #[error("a write-off of up to 0 writes nothing off")]
    NothingToWriteOff,
    /// A write-off without a reason.
    #[error("a write-off needs a cause other than none")]
    NoCause,
    /// A write-off that goes nowhere.
    #[error("a write-off needs the account it goes to")]
    NoAccount,
    /// A category without a name.
    #[error("a category needs a name")]
    NoCategory,
    /// A rule that matches without comparing the two sides.
    #[error(
        "a rule that matches must compare the two sides (same_as, holds, or equal amounts): it would match a line with every entry otherwise"
    )]
    MatchesEverything,
    /// A rule that categorises by something that is not on the line.
    #[error("a rule that categorises can only look at the statement line")]
    CategoryNeedsLine,
    /// Two rules of one name.
    #[error("there are two rules named '{0}'")]
    DuplicateName(String),
}

impl Rule {
    /// Puts a rule together, or says why it is none.
    pub fn new(name: &str, enabled: bool, conditions: Vec<Condition>, action: Action) -> Result<Self, RuleError> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
            return Err(RuleError::Name);
        }
        if conditions.is_empty() {
            return Err(RuleError::NoConditions);
        }
        match &action {
            Action::Bar | Action::WriteOff(_) => {}
            Action::Match if !conditions.iter().any(Condition::ties_sides) => return Err(RuleError::MatchesEverything),
            Action::Match => {}
            Action::Categorise(category) if category.trim().is_empty() || category.chars().any(char::is_control) => {
                return Err(RuleError::NoCategory);
            }
            Action::Categorise(_) if !conditions.iter().all(Condition::is_of_line) => {
                return Err(RuleError::CategoryNeedsLine);
            }
            Action::Categorise(_) => {}
        }
        Ok(Self { name: name.to_owned(), enabled, conditions, action })
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether runs heed it.
    pub const fn enabled(&self) -> bool {
        self.enabled
    }

    /// What must all be true.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// What happens then.
    pub const fn action(&self) -> &Action {
        &self.action
    }

    /// Refuses two rules of one name; letter case does not matter.
    pub fn require_distinct_names(rules: &[Self]) -> Result<(), RuleError> {
        let mut seen = std::collections::HashSet::new();
        match rules.iter().find(|rule| !seen.insert(rule.name.to_lowercase())) {
            Some(rule) => Err(RuleError::DuplicateName(rule.name.clone())),
            None => Ok(()),
        }
    }
}

/// On one line, for reports and runs: `Bank charges: when line.description contains "fee" then categorise "Bank"`.
impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}: when ", self.name, if self.enabled { "" } else { " (off)" })?;
        for (position, condition) in self.conditions.iter().enumerate() {
            write!(f, "{}{condition}", if position == 0 { "" } else { " and " })?;
        }
        write!(f, " then {}", self.action)
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())?;
        match self {
            Self::Bar | Self::Match => Ok(()),
            Self::Categorise(category) => write!(f, " {category:?}"),
            Self::WriteOff(write_off) => {
                write!(f, " up to {}", write_off.up_to)?;
                if let Some(percent) = write_off.percent {
                    write!(f, " and {percent} %")?;
                }
                write!(f, " as {} to {:?}", write_off.cause.as_str(), write_off.account)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(field: LineField, text: &str) -> Condition {
        Condition::is(Test::text(Field::Line(field), TextTest::Contains(text.to_owned())).unwrap())
    }

    fn refusal(name: &str, conditions: Vec<Condition>, action: Action) -> Option<RuleError> {
        Rule::new(name, true, conditions, action).err()
    }

    #[test]
    fn a_rule_says_when_and_what() {
        let fee = || vec![contains(LineField::Description, "fee")];
        assert_eq!(refusal("fees", fee(), Action::Bar), None);
        assert_eq!(refusal(" ", fee(), Action::Bar), Some(RuleError::Name));
        assert_eq!(refusal("two\nlines", fee(), Action::Bar), Some(RuleError::Name));
        assert_eq!(refusal("fees", Vec::new(), Action::Bar), Some(RuleError::NoConditions));
        assert_eq!(refusal("fees", fee(), Action::Match), Some(RuleError::MatchesEverything));
        assert_eq!(refusal("fees", fee(), Action::Categorise(" ".to_owned())), Some(RuleError::NoCategory));
    }

    #[test]
    fn a_rule_that_matches_ties_the_sides_by_what_they_share_not_by_what_they_do_not() {
        let same = Test::Fields { line: LineField::Reference, entry: EntryField::Number, relation: Relation::Same };
        assert_eq!(refusal("number", vec![Condition::is(same.clone())], Action::Match), None);
        assert_eq!(
            refusal("number", vec![Condition::is_not(same.clone())], Action::Match),
            Some(RuleError::MatchesEverything)
        );
        let category = Action::Categorise("Bank".to_owned());
        assert_eq!(refusal("number", vec![Condition::is(same)], category), Some(RuleError::CategoryNeedsLine));
    }

    #[test]
    fn a_write_off_has_a_limit_a_cause_and_an_account() {
        let write_off = |up_to: &str, percent: Option<&str>, cause, account: &str| {
            WriteOff::new(up_to.parse().unwrap(), percent.map(|number| number.parse().unwrap()), cause, account).err()
        };
        assert_eq!(write_off("5", Some("1.5"), RootCause::Fee, "6855"), None);
        assert_eq!(write_off("-5", None, RootCause::Fee, "6855"), Some(RuleError::Negative(Decimal::from(-5))));
        assert_eq!(write_off("5", Some("-1"), RootCause::Fee, "6855"), Some(RuleError::Negative(Decimal::from(-1))));
        assert_eq!(write_off("0", None, RootCause::Fee, "6855"), Some(RuleError::NothingToWriteOff));
        assert_eq!(write_off("5", None, RootCause::None, "6855"), Some(RuleError::NoCause));
        assert_eq!(write_off("5", None, RootCause::Fee, " "), Some(RuleError::NoAccount));
    }

    #[test]
    fn names_are_used_once() {
        let rule = |name| Rule::new(name, true, vec![contains(LineField::Text, "a")], Action::Bar).unwrap();
        assert_eq!(Rule::require_distinct_names(&[rule("Rent"), rule("Fees")]), Ok(()));
        let twice = Rule::require_distinct_names(&[rule("Rent"), rule("RENT")]);
        assert_eq!(twice, Err(RuleError::DuplicateName("RENT".to_owned())));
    }

    #[test]
    fn a_rule_reads_as_a_sentence() {
        let write_off = WriteOff::new(Decimal::from(5), Some(Decimal::ONE), RootCause::Fee, "6855").unwrap();
        let days = Condition::is_not(Test::DaysWithin(30));
        let rule = Rule::new(
            "Card fees",
            false,
            vec![contains(LineField::Description, "card"), days],
            Action::WriteOff(write_off),
        );
        assert_eq!(
            rule.unwrap().to_string(),
            "Card fees (off): when line.description contains \"card\" and not days within 30 \
             then write_off up to 5 and 1 % as fee to \"6855\""
        );
    }
}
