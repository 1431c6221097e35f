//! The first walk over a file: what it states around its transactions, wherever it states it, and how it writes values.

use std::collections::HashMap;

use jiff::civil::Date;
use tieout_domain::{Currency, Said, said};

use super::{
    token::damaged,
    transaction::Head,
    value::Habits,
    walk::{Item, Passed, Walk},
};
use crate::{Limits, ReadError, Section, Spot, limit, value::currency};

/// Longest account number.
const ACCOUNT_BYTES_MAX: usize = 256;

/// One statement of a file.
#[derive(Debug)]
pub(super) struct Statement {
    pub(super) section: Section,
    /// A currency that is named and that nobody knows; without one, amounts cannot be read exactly.
    pub(super) unknown_currency: Option<String>,
}

/// What the first walk found.
pub(super) struct Survey<'t> {
    pub(super) statements: Vec<Statement>,
    pub(super) habits: Habits,
    pub(super) passed: Passed,
    pub(super) was_cut: bool,
    pub(super) has_unclosed_leaves: bool,
    /// Offset, text and what is to be said about it, in order of the file.
    pub(super) notes: Vec<(usize, String, Said)>,
    heads: Vec<Head<'t>>,
}

/// Walks over the file once.
///
/// # Errors
/// The file is damaged, or a statement in it belongs to nobody.
pub(super) fn survey<'t>(text: &'t str, at: usize, is_xml: bool, limits: &Limits) -> Result<Survey<'t>, ReadError> {
    let mut walk = Walk::new(text, at, is_xml, limits);
    let mut habits = Habits::default();
    let (mut heads, mut last_days, mut notes) = (Vec::new(), Vec::new(), Vec::new());
    let (mut rows, mut last_day) = (0_u32, None);
    for item in walk.by_ref() {
        match item? {
            Item::Begin => (rows, last_day) = (0, None),
            Item::Transaction(transaction) => {
                rows += 1;
                habits.see_amount(&transaction.amount);
                match habits.date(&transaction.posted) {
                    Ok(day) => last_day = last_day.max(Some(day)),
                    Err(_) => habits.see_date(&transaction.posted),
                }
            }
            Item::End(head) => {
                check(text, &head, is_xml && rows > 0)?;
                heads.push(*head);
                last_days.push(last_day);
            }
            Item::Refused { at, answer } => {
                notes.push((
                    at,
                    answer,
                    said!("ofx.bankError", "the bank answered with this error in place of a statement"),
                ));
            }
        }
    }
    let mut survey = Survey {
        statements: Vec::new(),
        habits,
        passed: walk.passed,
        was_cut: walk.was_cut(),
        has_unclosed_leaves: walk.has_unclosed_leaves(),
        notes,
        heads,
    };
    survey.settle(&last_days);
    Ok(survey)
}

fn check(text: &str, head: &Head<'_>, must_be_complete: bool) -> Result<(), ReadError> {
    if head.account.len() > ACCOUNT_BYTES_MAX {
        let limit = limit::bytes(ACCOUNT_BYTES_MAX);
        return Err(ReadError::TooLarge { what: "an account number", limit, place: Spot::element("ACCTID") });
    }
    if must_be_complete && head.account.is_empty() && head.currency.is_empty() {
        let detail = said!(
            "damaged.whose",
            "the statement that begins here has transactions but neither an account (ACCTID) nor a currency (CURDEF), so \
             that nobody can tell whose they are"
        );
        return Err(damaged(text, head.start, detail));
    }
    Ok(())
}

impl Survey<'_> {
    fn settle(&mut self, last_days: &[Option<Date>]) {
        let mut accounts: HashMap<&str, Vec<[&str; 3]>> = HashMap::new();
        for head in &self.heads {
            let others = accounts.entry(&head.account).or_default();
            if !others.contains(&identity(head)) {
                others.push(identity(head));
            }
        }
        for (head, last_day) in self.heads.iter().zip(last_days) {
            let is_shared = accounts.get(&*head.account).is_some_and(|others| others.len() > 1);
            let account = if is_shared { full_name(head) } else { head.account.clone().into_owned() };
            let (currency, unknown_currency) = match known_currency(&head.currency) {
                Ok(currency) => (currency, None),
                Err(name) => (None, Some(name)),
            };
            let closing = match self.habits.amount(&head.closing, currency) {
                _ if head.closing.is_empty() => None,
                Ok(stated) => Some(stated.value),
                Err(expected) => {
                    let why = said!(
                        "ofx.closing",
                        "the closing balance (BALAMT) was left out; {expected} was expected",
                        expected = expected
                    );
                    self.notes.push((head.start, head.closing.clone().into_owned(), why));
                    None
                }
            };
            // A balance of another day than the end of the transactions is no closing balance of theirs.
            let interim = head
                .closing_on
                .is_some_and(|day| last_day.is_some_and(|last| last > day) || head.to.is_some_and(|to| day > to));
            let section =
                Section { account, currency, closing, from: head.from, to: head.to, interim, ..Section::default() };
            self.statements.push(Statement { section, unknown_currency });
        }
        self.notes.sort_by_key(|(offset, ..)| *offset);
    }
}

fn identity<'h>(head: &'h Head<'_>) -> [&'h str; 3] {
    [&head.bank, &head.branch, &head.account_kind]
}

/// Distinguishes accounts of one number: banks give the same one to a current and a savings account.
fn full_name(head: &Head<'_>) -> String {
    let parts = [&head.bank, &head.branch, &head.account, &head.account_kind];
    parts.into_iter().filter(|part| !part.is_empty()).map(|part| part.as_ref()).collect::<Vec<_>>().join(" ")
}

/// The currency, none where none is named, or the name that nobody knows.
pub(super) fn known_currency(text: &str) -> Result<Option<Currency>, String> {
    match currency::mark(text) {
        _ if text.is_empty() => Ok(None),
        Some(currency::Mark::Of(currency)) => Ok(Some(currency)),
        Some(currency::Mark::Vague) => Ok(None),
        None => Err(text.to_owned()),
    }
}
