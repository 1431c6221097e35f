//! Rules as people write them: in the `[[rule]]` tables of a file, and in the fields of a form.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use tieout_domain::{
    Action, AmountRange, Condition, EntryField, Field, LineField, Pattern, Relation, RootCause, Rule, Said, Side, Test,
    TextTest, WriteOff, said,
};

use super::{file::Number, refused};
use crate::ApplicationError;

/// Most rules in a configuration: each is asked of every record.
const RULES_MAX: usize = 1_000;

/// A rule as a form holds it: every part a text, checked when it is made a [`Rule`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleText {
    /// What people call it.
    pub name: String,
    /// Whether runs heed it.
    pub enabled: bool,
    /// What must all be true.
    pub conditions: Vec<ConditionText>,
    /// `bar`, `match`, `categorise` or `write_off`.
    pub then: String,
    /// For `categorise`: the category.
    pub category: String,
    /// For `write_off`: most that is written off, in major units.
    pub up_to: String,
    /// For `write_off`: most that is written off, in percent of the entry; empty: no such limit.
    pub percent: String,
    /// For `write_off`: the root cause.
    pub cause: String,
    /// For `write_off`: the account of the books.
    pub account: String,
}

/// A condition as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ConditionText {
    /// `line.description`, `entry.amount` …; empty for tests of the pair as a whole.
    pub field: String,
    /// `equals`, `contains`, `starts_with`, `regex`, `same_as`, `holds`, `amount`, `amounts_equal` or `days`.
    pub test: String,
    /// What the field is compared with: a text, a pattern, another field, the lower bound, the number of days.
    pub value: String,
    /// For `amount`: the upper bound.
    pub to: String,
    /// The answer must be no.
    pub negated: bool,
}

/// A `[[rule]]` table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleTable {
    name: String,
    #[serde(default = "yes")]
    enabled: bool,
    then: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    category: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    up_to: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<String>,
    #[serde(default)]
    when: Vec<ConditionTable>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionTable {
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    equals: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contains: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    starts_with: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    regex: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    same_as: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    holds: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amounts: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    days: Option<Number>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    not: bool,
}

const fn yes() -> bool {
    true
}

impl RuleTable {
    pub(super) fn text(self) -> Result<RuleText, ApplicationError> {
        let number = |number: Option<Number>| number.map(|number| number.text()).unwrap_or_default();
        let name = self.name;
        let conditions = self
            .when
            .into_iter()
            .enumerate()
            .map(|(at, table)| table.text().map_err(|problem| refused(in_condition(&name, at, problem))));
        Ok(RuleText {
            conditions: conditions.collect::<Result<_, _>>()?,
            enabled: self.enabled,
            then: self.then,
            category: self.category.unwrap_or_default(),
            up_to: number(self.up_to),
            percent: number(self.percent),
            cause: self.cause.unwrap_or_default(),
            account: self.account.unwrap_or_default(),
            name,
        })
    }
}

impl ConditionTable {
    fn text(self) -> Result<ConditionText, Said> {
        let number = |number: Option<Number>| number.map(|number| number.text());
        let (from, to) = (number(self.from), number(self.to));
        let range = (from.is_some() || to.is_some()).then(|| from.unwrap_or_default());
        let given = [
            ("equals", self.equals),
            ("contains", self.contains),
            ("starts_with", self.starts_with),
            ("regex", self.regex),
            ("same_as", self.same_as),
            ("holds", self.holds),
            ("amount", range),
            ("amounts_equal", self.amounts),
            ("days", number(self.days)),
        ];
        let mut given = given.into_iter().filter_map(|(test, value)| Some((test, value?)));
        match (given.next(), given.next()) {
            (Some((test, value)), None) => Ok(ConditionText {
                field: self.field.unwrap_or_default(),
                test: test.to_owned(),
                value: if test == "amounts_equal" { equal(&value)? } else { value },
                to: to.unwrap_or_default(),
                negated: self.not,
            }),
            (Some((first, _)), Some((second, _))) => Err(said!(
                "rule.both",
                "it says both {first} and {second}: make two conditions of it",
                first = first,
                second = second
            )),
            (None, _) => Err(said!(
                "rule.saysNothing",
                "it says nothing: give a field with equals, contains, starts_with, regex, same_as, holds, from or to; \
                 or amounts = \"equal\"; or days"
            )),
        }
    }
}

fn equal(word: &str) -> Result<String, Said> {
    if word == "equal" {
        Ok(String::new())
    } else {
        Err(said!("rule.amounts", "amounts = \"{word}\" is not known: say \"equal\"", word = word))
    }
}

impl From<&RuleText> for RuleTable {
    fn from(text: &RuleText) -> Self {
        let word = |word: &str| Some(word.to_owned()).filter(|word| !word.is_empty());
        Self {
            name: text.name.clone(),
            enabled: text.enabled,
            then: text.then.clone(),
            category: word(&text.category),
            up_to: Number::from_text(&text.up_to),
            percent: Number::from_text(&text.percent),
            cause: word(&text.cause),
            account: word(&text.account),
            when: text.conditions.iter().map(ConditionTable::from).collect(),
        }
    }
}

impl From<&ConditionText> for ConditionTable {
    fn from(text: &ConditionText) -> Self {
        let only = |test: &str| (text.test == test).then(|| text.value.clone());
        let is_range = text.test == "amount";
        Self {
            field: Some(text.field.clone()).filter(|field| !field.is_empty()),
            equals: only("equals"),
            contains: only("contains"),
            starts_with: only("starts_with"),
            regex: only("regex"),
            same_as: only("same_as"),
            holds: only("holds"),
            from: Number::from_text(&text.value).filter(|_| is_range),
            to: Number::from_text(&text.to).filter(|_| is_range),
            amounts: (text.test == "amounts_equal").then(|| "equal".to_owned()),
            days: Number::from_text(&text.value).filter(|_| text.test == "days"),
            not: text.negated,
        }
    }
}

impl RuleText {
    /// Checks a list of rules.
    pub fn rules(texts: &[Self]) -> Result<Vec<Rule>, ApplicationError> {
        if texts.len() > RULES_MAX {
            return Err(refused(said!(
                "rule.tooMany",
                "{count} rules are too many: at most {most}",
                count = texts.len(),
                most = RULES_MAX
            )));
        }
        let rules = texts.iter().map(Self::rule).collect::<Result<Vec<_>, _>>()?;
        Rule::require_distinct_names(&rules).map_err(refused)?;
        Ok(rules)
    }

    /// Checks the texts.
    fn rule(&self) -> Result<Rule, ApplicationError> {
        let told =
            |problem: Said| refused(said!("inRule", "rule \"{rule}\": {why}", rule = self.name.trim(), why = problem));
        let mut conditions = Vec::with_capacity(self.conditions.len());
        for (at, text) in self.conditions.iter().enumerate() {
            conditions.push(text.condition().map_err(|problem| refused(in_condition(self.name.trim(), at, problem)))?);
        }
        let action = self.action().map_err(told)?;
        Rule::new(&self.name, self.enabled, conditions, action).map_err(|error| told(error.into()))
    }

    fn action(&self) -> Result<Action, Said> {
        let unused = |keys: &[(&str, &str)]| match keys.iter().find(|(_, value)| !value.trim().is_empty()) {
            Some((key, _)) => Err(said!(
                "rule.keyUnused",
                "{key} means nothing where then = \"{then}\"",
                key = *key,
                then = &self.then
            )),
            None => Ok(()),
        };
        let category = ("category", self.category.as_str());
        let write_off = [
            ("up_to", self.up_to.as_str()),
            ("percent", &self.percent),
            ("cause", &self.cause),
            ("account", &self.account),
        ];
        match self.then.as_str() {
            "bar" | "match" => {
                unused(&[&[category], &write_off[..]].concat())?;
                Ok(if self.then == "bar" { Action::Bar } else { Action::Match })
            }
            "categorise" => {
                unused(&write_off)?;
                Ok(Action::Categorise(self.category.trim().to_owned()))
            }
            "write_off" => {
                unused(&[category])?;
                let percent = Some(&self.percent).filter(|text| !text.trim().is_empty());
                let percent = percent.map(|text| decimal("percent", text)).transpose()?;
                let cause: RootCause = self.cause.trim().parse().map_err(|_| {
                    let words: Vec<_> = RootCause::ALL.iter().map(|cause| cause.as_str()).collect();
                    said!(
                        "policy.unknownCause",
                        "'{cause}' is no cause: take one of {known}",
                        cause = self.cause.trim(),
                        known = words.join(", ")
                    )
                })?;
                let up_to = decimal("up_to", &self.up_to)?;
                Ok(Action::WriteOff(WriteOff::new(up_to, percent, cause, &self.account)?))
            }
            other => Err(said!(
                "rule.then",
                "then = \"{word}\" is not known: bar, match, categorise or write_off",
                word = other
            )),
        }
    }
}

fn in_condition(rule: &str, at: usize, why: Said) -> Said {
    let number = at + 1;
    said!("inCondition", "rule \"{rule}\", condition {number}: {why}", rule = rule, number = number, why = why)
}

fn decimal(key: &str, text: &str) -> Result<Decimal, Said> {
    let text = text.trim();
    text.parse().map_err(|_| {
        said!("rule.noNumber", "{key} = \"{text}\" is no number, such as \"5.00\"", key = key, text = text)
    })
}

impl ConditionText {
    fn condition(&self) -> Result<Condition, Said> {
        let test = match self.test.as_str() {
            "equals" => self.of_text(TextTest::Equals(self.value.clone()))?,
            "contains" => self.of_text(TextTest::Contains(self.value.clone()))?,
            "starts_with" => self.of_text(TextTest::StartsWith(self.value.clone()))?,
            "regex" => self.of_text(TextTest::Matches(Pattern::new(&self.value)?))?,
            "same_as" => self.of_fields(|_| Relation::Same)?,
            "holds" => self.of_fields(|holder| match holder {
                Side::Statement => Relation::LineHoldsEntry,
                Side::Ledger => Relation::EntryHoldsLine,
            })?,
            "amount" => {
                let side = match self.field.trim() {
                    "line.amount" => Side::Statement,
                    "entry.amount" => Side::Ledger,
                    other => {
                        return Err(said!(
                            "rule.noAmount",
                            "'{field}' is no amount: line.amount or entry.amount",
                            field = other
                        ));
                    }
                };
                let bound = |key, text: &str| {
                    Some(text).filter(|text| !text.trim().is_empty()).map(|text| decimal(key, text)).transpose()
                };
                let range = AmountRange::new(bound("from", &self.value)?, bound("to", &self.to)?)?;
                Test::Amount { side, range }
            }
            "amounts_equal" => self.without_field(Test::AmountsEqual)?,
            "days" => {
                let days = self.value.trim().parse();
                let days = days.map_err(|_| {
                    said!("rule.noDays", "days = \"{text}\" is no number of days", text = self.value.trim())
                })?;
                self.without_field(Test::DaysWithin(days))?
            }
            other => return Err(said!("rule.noTest", "'{word}' is no test", word = other)),
        };
        Ok(Condition { test, negated: self.negated })
    }

    fn of_text(&self, test: TextTest) -> Result<Test, Said> {
        let field = self.field.parse()?;
        Ok(Test::text(field, test)?)
    }

    fn of_fields(&self, relation: impl Fn(Side) -> Relation) -> Result<Test, Said> {
        let parse = |text: &str| text.parse::<Field>().map_err(Said::from);
        let (line, entry): (LineField, EntryField) = match (parse(&self.field)?, parse(&self.value)?) {
            (Field::Line(line), Field::Entry(entry)) | (Field::Entry(entry), Field::Line(line)) => (line, entry),
            (one, other) => {
                return Err(said!(
                    "rule.sameSide",
                    "{one} and {other} are on the same side: compare one of the line with one of the entry",
                    one = one.to_string(),
                    other = other.to_string()
                ));
            }
        };
        let holder = if self.field.trim().starts_with("line.") { Side::Statement } else { Side::Ledger };
        Ok(Test::Fields { line, entry, relation: relation(holder) })
    }

    fn without_field(&self, test: Test) -> Result<Test, Said> {
        if self.field.trim().is_empty() {
            Ok(test)
        } else {
            Err(said!(
                "rule.asWhole",
                "'{field}' means nothing here: the two records are compared as a whole",
                field = self.field.trim()
            ))
        }
    }
}

impl From<&Rule> for RuleText {
    fn from(rule: &Rule) -> Self {
        let mut text = Self {
            name: rule.name().to_owned(),
            enabled: rule.enabled(),
            conditions: rule.conditions().iter().map(ConditionText::from).collect(),
            then: rule.action().as_str().to_owned(),
            ..Self::default()
        };
        match rule.action() {
            Action::Bar | Action::Match => {}
            Action::Categorise(category) => text.category.clone_from(category),
            Action::WriteOff(write_off) => {
                text.up_to = write_off.up_to().to_string();
                text.percent = write_off.percent().map(|percent| percent.to_string()).unwrap_or_default();
                text.cause = write_off.cause().as_str().to_owned();
                text.account = write_off.account().to_owned();
            }
        }
        text
    }
}

impl From<&Condition> for ConditionText {
    fn from(condition: &Condition) -> Self {
        let text = |field: String, test: &str, value: String, to: String| Self {
            field,
            test: test.to_owned(),
            value,
            to,
            negated: condition.negated,
        };
        let none = String::new;
        match &condition.test {
            Test::Text { field, test } => text(field.to_string(), test.as_str(), test.wanted().to_owned(), none()),
            Test::Amount { side, range } => {
                let field = if *side == Side::Statement { "line.amount" } else { "entry.amount" };
                let bound = |bound: Option<Decimal>| bound.map(|bound| bound.to_string()).unwrap_or_default();
                text(field.to_owned(), "amount", bound(range.from()), bound(range.to()))
            }
            Test::Fields { line, entry, relation } => {
                let (line, entry) = (Field::Line(*line).to_string(), Field::Entry(*entry).to_string());
                match relation {
                    Relation::Same => text(line, "same_as", entry, none()),
                    Relation::LineHoldsEntry => text(line, "holds", entry, none()),
                    Relation::EntryHoldsLine => text(entry, "holds", line, none()),
                }
            }
            Test::AmountsEqual => text(none(), "amounts_equal", none(), none()),
            Test::DaysWithin(days) => text(none(), "days", days.to_string(), none()),
        }
    }
}
