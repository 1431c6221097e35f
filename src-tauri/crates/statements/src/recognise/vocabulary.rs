//! Which roles a column's name suggests.

use std::{collections::HashMap, sync::LazyLock};

use tieout_domain::Side;

use super::{
    job_names::JOB_GROUPS,
    names::{GROUPS, OTHER_AMOUNT, OTHER_ATTRIBUTE},
    names_more::MORE_GROUPS,
};
use crate::{
    ColumnRole,
    value::words::{contains_phrase, fold_name},
};

/// On which side a name has its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum On {
    Both,
    Statement,
    Ledger,
}

impl On {
    fn holds(self, side: Side) -> bool {
        match self {
            Self::Both => true,
            Self::Statement => side == Side::Statement,
            Self::Ledger => side == Side::Ledger,
        }
    }
}

/// Names of one role that are equally good.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) role: ColumnRole,
    pub(super) on: On,
    /// 0–49; the higher wins the role.
    pub(super) rank: u16,
    /// Names apart by `|`.
    pub(super) names: &'static str,
}

/// A group with its names folded.
#[derive(Debug)]
struct Known {
    role: ColumnRole,
    on: On,
    rank: u16,
    names: Vec<String>,
    /// Names that say something inside longer ones: short ones such as "in", "no" or "id" do not.
    parts: Vec<String>,
}

/// Words that mean a role as a whole name only: inside a longer one they mean something else.
const NEVER_PARTS: [&str; 14] = [
    "card",
    "total",
    "value",
    "label",
    "title",
    "activity",
    "text",
    "available",
    "charge",
    "charges",
    "sign",
    "details",
    "movimento",
    "operazione",
];

impl Known {
    fn of(group: &Group) -> Self {
        let names: Vec<String> = group.names.split('|').map(fold_name).collect();
        let parts = names
            .iter()
            .filter(|name| group.rank >= 20 && name.len() > 3 && !NEVER_PARTS.contains(&name.as_str()))
            .cloned()
            .collect();
        Self { role: group.role, on: group.on, rank: group.rank, names, parts }
    }
}

static KNOWN: LazyLock<Vec<Known>> =
    LazyLock::new(|| GROUPS.iter().chain(MORE_GROUPS).chain(JOB_GROUPS).map(Known::of).collect());

/// A role that a name suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Suggestion {
    pub(super) role: ColumnRole,
    /// [`EXACT`] and more where the whole name is known, less where a part of it is.
    pub(super) score: u16,
}

/// Least score of a name that is known as a whole.
pub(super) const EXACT: u16 = 1000;

static BY_NAME: LazyLock<HashMap<&'static str, Vec<&'static Known>>> = LazyLock::new(|| {
    let mut by_name: HashMap<&str, Vec<&Known>> = HashMap::new();
    for known in KNOWN.iter() {
        for name in &known.names {
            by_name.entry(name).or_default().push(known);
        }
    }
    by_name
});

/// Codes that headers carry beside the name of the column, as in `Debit CHF`.
const CODES: [&str; 38] = [
    "eur", "usd", "gbp", "chf", "jpy", "sek", "nok", "dkk", "pln", "czk", "huf", "cad", "aud", "nzd", "zar", "inr",
    "cny", "brl", "mxn", "ron", "bgn", "isk", "ils", "sgd", "hkd", "kwd", "bhd", "aed", "sar", "euro", "euros", "rub",
    "uah", "try", "ltl", "eek", "lvl", "krw",
];

/// A folded name without the currency it carries.
fn without_code(name: &str) -> String {
    let kept: Vec<&str> = name.split(' ').filter(|word| !CODES.contains(word)).collect();
    if kept.is_empty() { name.to_owned() } else { kept.join(" ") }
}

/// Whether the folded text is the name of a column on either side.
pub(crate) fn is_column_name(folded: &str) -> bool {
    BY_NAME.contains_key(folded) || BY_NAME.contains_key(without_code(folded).as_str())
}

/// Roles that a folded name suggests on a side, the best first.
pub(super) fn suggestions(folded: &str, side: Side) -> Vec<Suggestion> {
    let name = without_code(folded);
    let mut found: Vec<Suggestion> = Vec::new();
    for group in BY_NAME.get(name.as_str()).into_iter().flatten().filter(|group| group.on.holds(side)) {
        found.push(Suggestion { role: group.role, score: EXACT + group.rank });
    }
    for group in KNOWN.iter().filter(|group| group.on.holds(side)) {
        if let Some(score) = partial_score(&name, group) {
            found.push(Suggestion { role: group.role, score });
        }
    }
    found.sort_by_key(|suggestion| std::cmp::Reverse(suggestion.score));
    let mut seen = Vec::new();
    found.retain(|suggestion| {
        !seen.contains(&suggestion.role) && {
            seen.push(suggestion.role);
            true
        }
    });
    found
}

/// A name that contains a known one: longer known parts count more, unknown words less.
fn partial_score(name: &str, group: &Known) -> Option<u16> {
    let words = name.split(' ').count();
    let others = match group.role {
        ColumnRole::Amount | ColumnRole::Debit | ColumnRole::Credit | ColumnRole::Balance => OTHER_AMOUNT,
        ColumnRole::Counterparty
        | ColumnRole::CounterpartyAccount
        | ColumnRole::Account
        | ColumnRole::Description
        | ColumnRole::Currency => OTHER_ATTRIBUTE,
        _ => "",
    };
    if !(2..=8).contains(&words)
        || group.parts.is_empty()
        || name.split(' ').any(|word| others.split('|').any(|other| other == word))
    {
        return None;
    }
    let known = group.parts.iter().filter(|known| contains_phrase(name, known));
    let longest = known.map(|known| known.split(' ').count()).max()?;
    let unknown = words.saturating_sub(longest);
    u16::try_from(500 + 20 * longest + usize::from(group.rank)).ok()?.checked_sub(u16::try_from(10 * unknown).ok()?)
}

/// What a column's name most likely means on a statement.
pub(crate) fn likely_role(folded: &str) -> Option<ColumnRole> {
    suggestions(folded, Side::Statement).first().map(|first| first.role)
}

/// How much a row of cells looks like a header: known names count, and there must be two, one of a date or an amount.
pub(crate) fn header_score(folded: &[String]) -> usize {
    let mut best = 0;
    for side in [Side::Statement, Side::Ledger] {
        let (mut score, mut roles, mut essential) = (0, Vec::new(), false);
        for name in folded.iter().filter(|name| !name.is_empty()) {
            let Some(first) = suggestions(name, side).first().copied() else { continue };
            essential |= matches!(
                first.role,
                ColumnRole::Date
                    | ColumnRole::ValueDate
                    | ColumnRole::DueDate
                    | ColumnRole::Amount
                    | ColumnRole::Debit
                    | ColumnRole::Credit
                    | ColumnRole::Number
                    | ColumnRole::CounterpartyCode
            );
            if !roles.contains(&first.role) {
                roles.push(first.role);
                score += 2;
            }
            score += if first.score >= EXACT { 3 } else { 1 };
        }
        if essential && roles.len() >= 2 {
            best = best.max(score);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(side: Side, header: &str, role: ColumnRole) {
        let found = suggestions(&fold_name(header), side).first().map(|first| first.role);
        assert_eq!(found, Some(role), "{header}");
    }

    #[test]
    fn every_name_has_letters_when_folded() {
        for name in KNOWN.iter().flat_map(|known| &known.names) {
            assert!(!name.is_empty() && name.len() < 80);
        }
    }

    #[test]
    fn longer_names_are_known_by_a_part() {
        check(Side::Statement, "Betrag (€)", ColumnRole::Amount);
        check(Side::Statement, "Saldo nach Buchung", ColumnRole::Balance);
        check(Side::Statement, "Name des Empfänger / Zahlungsempfänger", ColumnRole::Counterparty);
        check(Side::Ledger, "Open amount in EUR", ColumnRole::Amount);
        check(Side::Ledger, "Rechnungsdatum (TT.MM.JJJJ)", ColumnRole::Date);
    }

    #[test]
    fn an_attribute_of_a_party_is_not_the_party() {
        for header in ["merchant_id", "Customer e-mail", "Client type"] {
            let found = suggestions(&fold_name(header), Side::Statement);
            assert!(!found.iter().any(|found| found.role == ColumnRole::Counterparty), "{header}");
        }
    }

    #[test]
    fn a_foreign_amount_is_not_the_amount() {
        for header in ["Original Amount", "Lastschrift Ursprungsbetrag", "Sales Tax Amount", "converted amount"] {
            assert!(
                !suggestions(&fold_name(header), Side::Statement).iter().any(|found| found.role == ColumnRole::Amount)
            );
        }
    }
}
