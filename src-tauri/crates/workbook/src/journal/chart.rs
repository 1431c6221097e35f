//! The accounts of the books that journal entries are posted to.

use std::collections::BTreeMap;

use rusqlite::{OptionalExtension, params};
use tieout_domain::{MatchId, Permission, PostingAccount, PostingChart, PostingRole};

use super::JournalFault;
use crate::{Workbook, WorkbookError, change::Change, json::Json, rows::Blob};

impl Workbook {
    /// The accounts named so far.
    pub fn posting_chart(&self) -> Result<PostingChart, WorkbookError> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT role, account FROM posting_accounts WHERE company_id = ?1 ORDER BY role")?;
        let mut found = statement.query(params![Blob(self.company.id.uuid())])?;
        let mut chart = PostingChart::default();
        while let Some(row) = found.next()? {
            let role: PostingRole = row.get::<_, String>(0)?.parse().map_err(WorkbookError::unreadable)?;
            let account: PostingAccount = row.get::<_, String>(1)?.parse().map_err(WorkbookError::unreadable)?;
            chart.set(role, Some(account));
        }
        Ok(chart)
    }

    /// Names accounts, or takes their names away; what is not in `changes` stays. Nothing is written where nothing is
    /// different.
    pub fn set_posting_accounts(
        &mut self,
        changes: &BTreeMap<PostingRole, Option<PostingAccount>>,
    ) -> Result<(), WorkbookError> {
        let before = self.posting_chart()?;
        let known = self.accounts()?;
        let mut changed = Vec::new();
        for (role, account) in changes {
            if let PostingRole::Account(id) = role
                && !known.iter().any(|account| account.id == *id)
            {
                return Err(WorkbookError::not_found("account", id));
            }
            if before.named(*role) != account.as_ref() {
                changed.push((*role, before.named(*role).cloned(), account.clone()));
            }
        }
        if changed.is_empty() {
            return Ok(());
        }
        self.change(Permission::Configure, |change| {
            for (role, before, after) in &changed {
                change.set_posting_account(*role, after.as_ref())?;
                let details = Json::Object(vec![
                    ("after", Json::optional(after.as_ref())),
                    ("before", Json::optional(before.as_ref())),
                ]);
                change.tell("posting_account.set", &format!("posting account {role}"), &details)?;
            }
            Ok(())
        })
    }

    /// Chooses the account for one difference that is to be posted instead of what the chart says: on its cause's side
    /// (`own`) or on the other. `None`: what the chart says.
    pub fn choose_journal_account(
        &mut self,
        id: MatchId,
        adjustment: u32,
        own: bool,
        account: Option<&PostingAccount>,
    ) -> Result<(), WorkbookError> {
        let side = if own { "own" } else { "counter" };
        let key = (Blob(self.company.id.uuid()), Blob(id.uuid()));
        let open: bool = self.sql.query_row(
            "SELECT EXISTS (
                 SELECT 1 FROM match_adjustments a JOIN matches m ON m.company_id = a.company_id AND m.id = a.match_id
                 WHERE a.company_id = ?1 AND a.match_id = ?2 AND a.position = ?3 AND m.status = 'approved')
             AND NOT EXISTS (
                 SELECT 1 FROM journal_posted WHERE company_id = ?1 AND match_id = ?2 AND adjustment = ?3)",
            params![key.0, key.1, adjustment],
            |row| row.get(0),
        )?;
        if !open {
            return Err(JournalFault::NoChoice.into());
        }
        let before: Option<String> = self
            .sql
            .query_row(
                "SELECT account FROM journal_choices
                 WHERE company_id = ?1 AND match_id = ?2 AND adjustment = ?3 AND side = ?4",
                params![key.0, key.1, adjustment, side],
                |row| row.get(0),
            )
            .optional()?;
        if before.as_deref() == account.map(PostingAccount::as_str) {
            return Ok(());
        }
        self.change(Permission::Decide, |change| {
            change.set_choice(id, adjustment, side, account)?;
            let details = Json::Object(vec![
                ("adjustment", Json::count(adjustment)),
                ("after", Json::optional(account)),
                ("before", Json::optional(before.as_ref())),
                ("side", Json::text(side)),
            ]);
            change.tell("journal.account_chosen", &format!("match {id}"), &details)
        })
    }
}

impl Change<'_> {
    fn set_posting_account(&self, role: PostingRole, account: Option<&PostingAccount>) -> Result<(), WorkbookError> {
        let (company, role) = (Blob(self.company.uuid()), role.to_string());
        self.sql.execute("DELETE FROM posting_accounts WHERE company_id = ?1 AND role = ?2", params![company, role])?;
        if let Some(account) = account {
            self.sql.execute(
                "INSERT INTO posting_accounts (company_id, role, account, changed_by, changed_at)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                params![company, role, account.as_str(), Blob(self.user.uuid()), self.now_ms],
            )?;
        }
        Ok(())
    }

    fn set_choice(
        &self,
        id: MatchId,
        adjustment: u32,
        side: &str,
        account: Option<&PostingAccount>,
    ) -> Result<(), WorkbookError> {
        let (company, id) = (Blob(self.company.uuid()), Blob(id.uuid()));
        self.sql.execute(
            "DELETE FROM journal_choices WHERE company_id = ?1 AND match_id = ?2 AND adjustment = ?3 AND side = ?4",
            params![company, id, adjustment, side],
        )?;
        if let Some(account) = account {
            self.sql.execute(
                "INSERT INTO journal_choices (company_id, match_id, adjustment, side, account, chosen_by, chosen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![company, id, adjustment, side, account.as_str(), Blob(self.user.uuid()), self.now_ms],
            )?;
        }
        Ok(())
    }
}
