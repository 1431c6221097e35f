//! Which account the lines of a file belong to.

use tieout_domain::{AccountId, Currency};
use tieout_statements::{StatementReading, Table};
use tieout_workbook::{Account, Workbook};

use crate::ApplicationError;

/// The account that the user, or the file, says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AccountChoice {
    pub(super) id: Option<AccountId>,
    pub(super) name: String,
}

/// The lines of a file under one name and in one currency, and the account they go to.
#[derive(Debug, Clone)]
pub(super) struct FileAccount {
    /// As the file names it; empty where it names none.
    pub(super) named: String,
    pub(super) currency: Currency,
    pub(super) choice: AccountChoice,
}

/// The accounts of a file. A file of one account belongs to `choice`; of a file of several, each goes by its own name.
pub(super) fn of_statements(
    workbook: &Workbook,
    statements: &[StatementReading],
    choice: &AccountChoice,
) -> Result<Vec<FileAccount>, ApplicationError> {
    let known = workbook.accounts()?;
    let mut names: Vec<&str> = statements.iter().map(|statement| statement.account.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let several = names.len() > 1;
    let mut accounts: Vec<FileAccount> = Vec::new();
    for statement in statements {
        let (named, currency) = (&statement.account, statement.currency);
        if accounts.iter().any(|account| account.named == *named && account.currency == currency) {
            continue;
        }
        let name = if several && !named.is_empty() { named.clone() } else { choice.name.clone() };
        let chosen =
            choice.id.filter(|id| !several && known.iter().any(|known| known.id == *id && known.currency == currency));
        let id = chosen.or_else(|| find(&known, &name, currency));
        accounts.push(FileAccount { named: named.clone(), currency, choice: AccountChoice { id, name } });
    }
    Ok(accounts)
}

fn find(accounts: &[Account], name: &str, currency: Currency) -> Option<AccountId> {
    accounts.iter().find(|account| account.name == name && account.currency == currency).map(|account| account.id)
}

/// A first guess: the account the file names, the account an earlier file with this header belonged to, the only
/// account there is, or the file's name.
pub(super) fn guess(
    workbook: &Workbook,
    remembered: Option<AccountId>,
    statements: &[StatementReading],
    table: &Table,
    file_name: &str,
) -> Result<AccountChoice, ApplicationError> {
    let accounts = workbook.accounts()?;
    let existing = |account: &Account| AccountChoice { id: Some(account.id), name: account.name.clone() };
    let named = statements.first().map(|statement| statement.account.clone()).filter(|name| !name.is_empty());
    let named = named.or_else(|| account_number(table));
    let choice = match (&named, remembered.and_then(|id| accounts.iter().find(|account| account.id == id))) {
        (Some(name), _) => match accounts.iter().find(|account| account.name == *name) {
            Some(account) => existing(account),
            None => AccountChoice { id: None, name: name.clone() },
        },
        (None, Some(account)) => existing(account),
        (None, None) => match accounts.as_slice() {
            [only] => existing(only),
            _ => {
                let stem = file_name.rsplit_once('.').map_or(file_name, |(stem, _)| stem);
                AccountChoice { id: None, name: stem.to_owned() }
            }
        },
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
        && bytes.iter().take(2).all(u8::is_ascii_uppercase)
        && bytes.iter().skip(2).take(2).all(u8::is_ascii_digit)
}

/// Whether an account was chosen that is not this one.
pub(super) fn is_another(account: Option<&Account>, chosen: &AccountChoice) -> bool {
    account.is_some_and(|account| match chosen.id {
        Some(id) => id != account.id,
        None => !chosen.name.is_empty() && chosen.name != account.name,
    })
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
