//! The journal entries that are to be exported: kept until something happens, counted, and named by a hash.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use parking_lot::Mutex;
use sha2::{Digest as _, Sha256};
use tieout_domain::{AccountId, Currency, Digest, JournalEntry, MessageLanguage, Money, PostingAccount, PostingRole};
use tieout_workbook::{JournalSum, Workbook};

use super::{JournalRow, MissingAccount};
use crate::{ApplicationError, Session, session::Open};

/// The journal entries that are to be exported, and what they come to.
pub(crate) struct Listed {
    /// By date.
    entries: Vec<JournalEntry>,
    /// What those up to the day that was asked for last come to.
    totals: Mutex<Option<(Option<Date>, Totals)>>,
}

/// What entries come to, with those on other pages.
#[derive(Clone)]
pub(super) struct Totals {
    pub(super) sums: Vec<JournalSum>,
    /// How many entries want an account for this.
    missing: BTreeMap<PostingRole, u64>,
    pub(super) without_rate: u64,
    pub(super) reversing: u64,
    pub(super) seen: Digest,
}

impl Listed {
    /// Those up to a day.
    pub(super) fn up_to(&self, through: Option<Date>) -> impl Iterator<Item = &JournalEntry> {
        up_to(&self.entries, through)
    }

    /// What those up to a day come to: added up once for all their pages.
    pub(super) fn totals(&self, through: Option<Date>) -> Result<Totals, ApplicationError> {
        let mut kept = self.totals.lock();
        if let Some((_, totals)) = kept.as_ref().filter(|(day, _)| *day == through) {
            return Ok(totals.clone());
        }
        let totals = Totals {
            sums: sums(self.up_to(through))?,
            missing: missing(self.up_to(through)),
            without_rate: self.up_to(through).filter(|entry| entry.base_amount.is_none()).count() as u64,
            reversing: self.up_to(through).filter(|entry| entry.source.reverses.is_some()).count() as u64,
            seen: seen(self.up_to(through)),
        };
        *kept = Some((through, totals.clone()));
        Ok(totals)
    }
}

impl Session {
    /// What is to be exported. It is kept until something happens: a page after the first costs no look-ups.
    pub(super) fn listed(&self, open: &mut Open) -> Result<Arc<Listed>, ApplicationError> {
        // Any event counts, since entries name people too.
        let newest = open.workbook.audit_head().sequence;
        if let Some((head, listed)) = &self.kept(open)?.journal
            && *head == newest
        {
            return Ok(listed.clone());
        }
        let listed = Arc::new(Listed { entries: open.workbook.proposed_journal()?, totals: Mutex::default() });
        self.kept(open)?.journal = Some((newest, listed.clone()));
        Ok(listed)
    }
}

/// Those up to a day; they stand by date.
pub(super) fn up_to(entries: &[JournalEntry], through: Option<Date>) -> impl Iterator<Item = &JournalEntry> {
    let end = through.map_or(entries.len(), |last| entries.partition_point(|entry| entry.date <= last));
    entries[..end].iter()
}

pub(super) fn row(entry: JournalEntry, language: MessageLanguage) -> JournalRow {
    let text = entry.text.in_language(entry.cause, language);
    JournalRow { entry, text }
}

pub(super) fn sums<'e>(entries: impl Iterator<Item = &'e JournalEntry>) -> Result<Vec<JournalSum>, ApplicationError> {
    let mut sums: BTreeMap<Currency, JournalSum> = BTreeMap::new();
    for amount in entries.map(|entry| entry.amount) {
        let sum = sums
            .entry(amount.currency())
            .or_insert_with(|| JournalSum { entries: 0, amount: Money::zero(amount.currency()) });
        *sum = JournalSum { entries: sum.entries + 1, amount: sum.amount.checked_add(amount)? };
    }
    Ok(sums.into_values().collect())
}

/// Names all that an export depends on.
pub(super) fn seen<'e>(entries: impl Iterator<Item = &'e JournalEntry>) -> Digest {
    let mut hash = Sha256::new();
    for entry in entries {
        let account = |account: &Option<PostingAccount>| account.as_ref().map_or("", PostingAccount::as_str).to_owned();
        let reverses = entry.source.reverses.map_or((0, 0), |posted| (posted.batch, posted.entry));
        let parts = [
            entry.source.match_id.to_string(),
            format!("{} {reverses:?} {} {}", entry.source.adjustment, entry.date, entry.amount),
            account(&entry.debit.account),
            account(&entry.credit.account),
            entry.text.in_language(entry.cause, MessageLanguage::English),
            entry.base_amount.map(|amount| amount.to_string()).unwrap_or_default(),
        ];
        let texts = [
            &entry.text.counterparty,
            &entry.text.reference,
            &entry.bank_reference,
            &entry.line_reference,
            &entry.approved_by,
        ];
        parts.iter().chain(texts).for_each(|part| hash.update(format!("{}:{part}", part.len())));
    }
    Digest::from_bytes(hash.finalize().into())
}

/// How many entries want an account, by what for.
fn missing<'e>(entries: impl Iterator<Item = &'e JournalEntry>) -> BTreeMap<PostingRole, u64> {
    let mut counts: BTreeMap<PostingRole, u64> = BTreeMap::new();
    for role in entries.flat_map(JournalEntry::missing) {
        // A gain without an account of its own goes where its cause goes: that is the one to name.
        let role = match role {
            PostingRole::Gain(cause) => PostingRole::Cause(cause),
            other => other,
        };
        *counts.entry(role).or_default() += 1;
    }
    counts
}

/// The names of bank accounts.
pub(super) struct Names(BTreeMap<AccountId, String>);

impl Names {
    pub(super) fn of(workbook: &Workbook) -> Result<Self, ApplicationError> {
        Ok(Self(workbook.accounts()?.into_iter().map(|account| (account.id, account.name)).collect()))
    }

    /// What stands against exporting the entries.
    pub(super) fn missing<'e>(&self, entries: impl Iterator<Item = &'e JournalEntry>) -> Vec<MissingAccount> {
        self.named(missing(entries))
    }

    /// The same of entries that were added up.
    pub(super) fn missing_of(&self, totals: Totals) -> Vec<MissingAccount> {
        self.named(totals.missing)
    }

    fn named(&self, counts: BTreeMap<PostingRole, u64>) -> Vec<MissingAccount> {
        counts.into_iter().map(|(role, entries)| MissingAccount { role, name: self.name(role), entries }).collect()
    }

    fn name(&self, role: PostingRole) -> String {
        match role {
            PostingRole::Account(id) => self.0.get(&id).cloned().unwrap_or_else(|| role.to_string()),
            _ => role.to_string().replace('_', " "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk;

    #[test]
    fn entries_are_worked_out_once_until_something_happens() {
        let (session, _folder, _) = desk::session(|_| {});
        let entries = || session.with_open(|open| session.listed(open)).unwrap();
        let before = entries();
        assert!(Arc::ptr_eq(&before, &entries()), "a page after the first costs nothing");
        session.save_posting_accounts(&[(PostingRole::Suspense, "1370".to_owned())]).unwrap();
        assert!(!Arc::ptr_eq(&before, &entries()));
    }
}
