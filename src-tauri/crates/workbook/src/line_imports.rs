//! Taking statement lines in.

use std::ops::ControlFlow;

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{AccountId, ImportBatchId, Money, Side, StatementId, StatementLine, StatementLineId};

use crate::{
    ImportOutcome, NewBatch, Progress, RowPlan, Workbook, WorkbookError,
    change::Change,
    fingerprint,
    rows::{self, Blob},
    state::State,
};

/// What the bank states around the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StatementBalances {
    /// Balance before the first line.
    pub opening: Option<Money>,
    /// Balance after the last line.
    pub closing: Option<Money>,
}

/// How many rows are stored between two calls of the progress function.
pub(crate) const PROGRESS_EVERY: usize = 2_000;

impl Workbook {
    /// Stores the lines the plan says to add, all in one transaction; cancelled or failed, nothing but the batch's
    /// report is left. `plan` is what [`Workbook::plan_lines`] answered for these lines; a plan that no longer holds is
    /// refused as [`WorkbookError::PlanOutdated`].
    pub fn import_lines(
        &mut self,
        new: &NewBatch<'_>,
        account: AccountId,
        balances: StatementBalances,
        lines: &[StatementLine],
        plan: &[RowPlan<StatementLineId>],
        progress: &mut Progress<'_>,
    ) -> Result<ImportOutcome, WorkbookError> {
        self.refuse_repeated(new, Side::Statement, Some(account))?;
        refuse_huge(lines.iter().map(|line| (line.source.row, line.amount)))?;
        if self.plan_lines(account, lines)? != plan {
            return Err(WorkbookError::PlanOutdated);
        }
        let batch = self.begin_batch(new, Side::Statement, Some(account))?;
        let stored = self.change(|change| change.store_statement(new, batch, account, balances, lines, plan, progress));
        if let Err(error) = &stored {
            self.fail_batch(batch, new, error);
        }
        stored
    }
}

/// Amounts at the very edge of 64 bits cannot be negated, so they are refused at the door.
pub(crate) fn refuse_huge(amounts: impl Iterator<Item = (u32, Money)>) -> Result<(), WorkbookError> {
    for (row, amount) in amounts {
        if amount.magnitude() >= i64::MAX.unsigned_abs() {
            return Err(WorkbookError::AmountTooLarge { row });
        }
    }
    Ok(())
}

pub(crate) fn go_on(progress: &mut Progress<'_>, done: usize, total: usize) -> Result<(), WorkbookError> {
    match progress(done as u64, total as u64) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(WorkbookError::Cancelled),
    }
}

pub(crate) fn date_text(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

impl Change<'_> {
    #[expect(clippy::too_many_arguments, reason = "one call carries one import")]
    fn store_statement(
        &mut self,
        new: &NewBatch<'_>,
        batch: ImportBatchId,
        account: AccountId,
        balances: StatementBalances,
        lines: &[StatementLine],
        plan: &[RowPlan<StatementLineId>],
        progress: &mut Progress<'_>,
    ) -> Result<ImportOutcome, WorkbookError> {
        let added = plan.iter().filter(|plan| matches!(plan, RowPlan::Add)).count();
        if added > 0 {
            let statement = self.insert_statement(batch, account, balances, lines)?;
            for (i, (line, plan)) in lines.iter().zip(plan).enumerate() {
                if i % PROGRESS_EVERY == 0 {
                    go_on(progress, i, lines.len())?;
                }
                if matches!(plan, RowPlan::Add) {
                    self.insert_line(statement, account, line)?;
                }
            }
            self.sql.execute(
                "UPDATE accounts SET lines = lines + ?3 WHERE company_id = ?1 AND id = ?2",
                params![Blob(self.company.uuid()), Blob(account.uuid()), rows::stored(added as u64)],
            )?;
            self.tally.records(Side::Statement, State::Unmatched, rows::stored(added as u64));
        }
        go_on(progress, lines.len(), lines.len())?;
        self.complete_batch(batch, new, added as u64, (lines.len() - added) as u64)
    }

    fn insert_statement(
        &mut self,
        batch: ImportBatchId,
        account: AccountId,
        balances: StatementBalances,
        lines: &[StatementLine],
    ) -> Result<StatementId, WorkbookError> {
        let id = StatementId::from_uuid(self.id());
        let currency = balances.opening.or(balances.closing).or(lines.first().map(|line| line.amount));
        let dates = || lines.iter().filter_map(|line| line.date);
        self.sql.execute(
            "INSERT INTO statements
                 (company_id, id, batch_id, account_id, currency, opening, closing, first_date, last_date)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                Blob(batch.uuid()),
                Blob(account.uuid()),
                currency.map(|amount| amount.currency().to_string()),
                balances.opening.map(Money::minor_units),
                balances.closing.map(Money::minor_units),
                date_text(dates().min()),
                date_text(dates().max())
            ],
        )?;
        Ok(id)
    }

    fn insert_line(
        &mut self,
        statement: StatementId,
        account: AccountId,
        line: &StatementLine,
    ) -> Result<(), WorkbookError> {
        let id = self.id();
        self.sql
            .prepare_cached(
                "INSERT INTO statement_lines
                     (company_id, id, statement_id, account_id, amount, currency, date, value_date, description,
                      reference, counterparty, counterparty_account, balance, record_id, file_account, source_row,
                      fingerprint, raw)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id),
                Blob(statement.uuid()),
                Blob(account.uuid()),
                line.amount.minor_units(),
                line.amount.currency().code(),
                date_text(line.date),
                date_text(line.value_date),
                line.description,
                line.reference,
                line.counterparty,
                line.counterparty_account,
                line.balance.map(Money::minor_units),
                line.record_id,
                line.account,
                line.source.row,
                fingerprint::of_line(account, line),
                line.raw
            ])?;
        Ok(())
    }
}
