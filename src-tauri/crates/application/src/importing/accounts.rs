//! Which account the lines of a file belong to.

use std::collections::BTreeMap;

use tieout_domain::{AccountId, Currency, StatementLine};
use tieout_statements::{BalanceReading, Table};
use tieout_workbook::{Account, RowPlan, StatementBalances, Workbook};

use crate::ApplicationError;

/// The account that the user, or the file, says.
#[derive(Debug, Clone)]
pub(super) struct AccountChoice {
    pub(super) id: Option<AccountId>,
    pub(super) name: String,
}

/// Lines of one account in one currency, and what will become of each.
pub(super) struct Group {
    pub(super) account: AccountChoice,
    pub(super) currency: Currency,
    pub(super) balances: StatementBalances,
    pub(super) lines: Vec<StatementLine>,
    pub(super) plan: Vec<RowPlan<tieout_domain::StatementLineId>>,
}

/// Puts lines together by the account the file names for them. A file of one account belongs to `choice`; of a file of
/// several, each account goes by its own name.
pub(super) fn group(
    workbook: &Workbook,
    lines: Vec<StatementLine>,
    proof: &[BalanceReading],
    choice: &AccountChoice,
) -> Result<Vec<Group>, ApplicationError> {
    let mut by_account: BTreeMap<(String, Currency), Vec<StatementLine>> = BTreeMap::new();
    for line in lines {
        by_account.entry((line.account.clone(), line.amount.currency())).or_default().push(line);
    }
    let several = by_account.keys().map(|(name, _)| name).collect::<std::collections::BTreeSet<_>>().len() > 1;
    let accounts = workbook.accounts()?;
    let mut groups = Vec::with_capacity(by_account.len());
    for ((named, currency), lines) in by_account {
        let name = if several && !named.is_empty() { named.clone() } else { choice.name.clone() };
        let chosen = choice
            .id
            .filter(|id| !several && accounts.iter().any(|known| known.id == *id && known.currency == currency));
        let id = chosen.or_else(|| find(&accounts, &name, currency).map(|account| account.id));
        let plan = match id {
            Some(id) => workbook.plan_lines(id, &lines)?,
            None => vec![RowPlan::Add; lines.len()],
        };
        let balance = proof.iter().find(|balance| balance.account == named && balance.currency == currency);
        let balances = StatementBalances {
            opening: balance.and_then(|balance| balance.opening),
            closing: balance.and_then(|balance| balance.closing),
        };
        groups.push(Group { account: AccountChoice { id, name }, currency, balances, lines, plan });
    }
    Ok(groups)
}

fn find<'a>(accounts: &'a [Account], name: &str, currency: Currency) -> Option<&'a Account> {
    accounts.iter().find(|account| account.name == name && account.currency == currency)
}

/// A first guess: the account an earlier file with this header belonged to, the account the file names, the only
/// account there is, or the file's name.
pub(super) fn guess(
    workbook: &Workbook,
    remembered: Option<AccountId>,
    lines: &[StatementLine],
    table: &Table,
    file_name: &str,
) -> Result<AccountChoice, ApplicationError> {
    let accounts = workbook.accounts()?;
    let existing = |account: &Account| AccountChoice { id: Some(account.id), name: account.name.clone() };
    let named = lines.first().map(|line| line.account.clone()).filter(|name| !name.is_empty());
    let named = named.or_else(|| account_number(table));
    let choice = match (&named, remembered.and_then(|id| accounts.iter().find(|account| account.id == id))) {
        (Some(name), _) => match accounts.iter().find(|account| account.name == *name) {
            Some(account) => existing(account),
            None => AccountChoice { id: None, name: name.clone() },
        },
        (None, Some(account)) => existing(account),
        (None, None) if accounts.len() == 1 => existing(&accounts[0]),
        (None, None) => {
            let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
            AccountChoice { id: None, name: stem.to_owned() }
        }
    };
    Ok(choice)
}

/// An account number (IBAN) in what stands before the header.
fn account_number(table: &Table) -> Option<String> {
    table
        .notes()
        .iter()
        .flat_map(|note| note.text.split(|c: char| !c.is_ascii_alphanumeric()))
        .find(|word| looks_like_iban(word))
        .map(str::to_owned)
}

/// Country, two check digits, 11 to 30 letters or digits (ISO 13616); the check digits are not tried: masked numbers
/// name an account just as well.
fn looks_like_iban(word: &str) -> bool {
    let bytes = word.as_bytes();
    (15..=34).contains(&bytes.len())
        && bytes[..2].iter().all(u8::is_ascii_uppercase)
        && bytes[2..4].iter().all(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::looks_like_iban;

    #[test]
    fn account_numbers_are_told_from_other_words() {
        assert!(looks_like_iban("DE50999500000004711020"));
        assert!(!looks_like_iban("Kontoinhaber"));
        assert!(!looks_like_iban("RE20250104"));
        assert!(!looks_like_iban(""));
    }
}
