//! Which account of the books takes what: as much of a chart of accounts as journal entries need.

use std::{collections::BTreeMap, fmt, str::FromStr};

use crate::{AccountId, PostingAccount, RootCause};

/// What an account of the books is needed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PostingRole {
    /// Takes the differences of this cause.
    Cause(RootCause),
    /// Takes those that are in the company's favour, where they go elsewhere: exchange gains beside exchange losses.
    Gain(RootCause),
    /// A bank, processor or client account, as the books know it.
    Account(AccountId),
    /// What customers owe.
    Receivables,
    /// What is owed to suppliers.
    Payables,
    /// The other side of a difference that concerns no single one of the above.
    Suspense,
}

/// The text names nothing that an account is needed for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is nothing that an account of the books is needed for")]
pub struct UnknownPostingRole(pub String);

/// `cause fee`, `gain fx_rounding`, `account <id>`, `receivables`, `payables`, `suspense`.
impl fmt::Display for PostingRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cause(cause) => write!(f, "cause {}", cause.as_str()),
            Self::Gain(cause) => write!(f, "gain {}", cause.as_str()),
            Self::Account(account) => write!(f, "account {account}"),
            Self::Receivables => f.write_str("receivables"),
            Self::Payables => f.write_str("payables"),
            Self::Suspense => f.write_str("suspense"),
        }
    }
}

impl FromStr for PostingRole {
    type Err = UnknownPostingRole;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let role = match text.split_once(' ') {
            Some(("cause", cause)) => cause.parse().ok().map(Self::Cause),
            Some(("gain", cause)) => cause.parse().ok().map(Self::Gain),
            Some(("account", id)) => id.parse().ok().map(Self::Account),
            _ => [Self::Receivables, Self::Payables, Self::Suspense].into_iter().find(|role| role.to_string() == text),
        };
        role.ok_or_else(|| UnknownPostingRole(text.to_owned()))
    }
}

/// The accounts that were named so far. What is not in it is missing, never guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PostingChart(BTreeMap<PostingRole, PostingAccount>);

impl PostingChart {
    /// Names the account for a role; `None` takes the name away.
    pub fn set(&mut self, role: PostingRole, account: Option<PostingAccount>) {
        match account {
            Some(account) => self.0.insert(role, account),
            None => self.0.remove(&role),
        };
    }

    /// The account named for exactly this.
    pub fn named(&self, role: PostingRole) -> Option<&PostingAccount> {
        self.0.get(&role)
    }

    /// The account that takes it: what is in the company's favour goes where its cause goes, unless it has its own.
    pub fn account(&self, role: PostingRole) -> Option<&PostingAccount> {
        self.named(role).or_else(|| match role {
            PostingRole::Gain(cause) => self.named(PostingRole::Cause(cause)),
            _ => None,
        })
    }

    /// All that are named, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = (PostingRole, &PostingAccount)> {
        self.0.iter().map(|(role, account)| (*role, account))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_written_and_read() {
        let account = PostingRole::Account(AccountId::from_uuid(uuid::Uuid::from_u128(7)));
        let causes = RootCause::ALL.iter().flat_map(|cause| [PostingRole::Cause(*cause), PostingRole::Gain(*cause)]);
        for role in causes.chain([account, PostingRole::Receivables, PostingRole::Payables, PostingRole::Suspense]) {
            assert_eq!(role.to_string().parse(), Ok(role));
        }
        assert!("cause bribes".parse::<PostingRole>().is_err());
        assert!("".parse::<PostingRole>().is_err());
    }

    #[test]
    fn a_gain_goes_where_its_cause_goes_unless_it_has_an_account_of_its_own() {
        let mut chart = PostingChart::default();
        let (loss, gain) = (PostingRole::Cause(RootCause::FxRounding), PostingRole::Gain(RootCause::FxRounding));
        assert_eq!(chart.account(gain), None);
        chart.set(loss, "6880".parse().ok());
        assert_eq!(chart.account(gain).map(PostingAccount::as_str), Some("6880"));
        chart.set(gain, "4840".parse().ok());
        assert_eq!(chart.account(gain).map(PostingAccount::as_str), Some("4840"));
        assert_eq!(chart.account(loss).map(PostingAccount::as_str), Some("6880"));
    }
}
