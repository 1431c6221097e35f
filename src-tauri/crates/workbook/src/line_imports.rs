//! Taking statement lines in, as they stream by.

use std::collections::HashMap;

use rusqlite::params;
use tieout_domain::{
    AccountId, Currency, ImportBatchId, Job, Money, Side, StatementId, StatementLine, StatementLineId,
};

use crate::{
    ImportOutcome, LinePlan, NewBatch, NewMapping, Progress, RowPlan, StatementFacts, Workbook, WorkbookError,
    change::Change,
    fingerprint::{self, Fingerprint},
    imports::Underway,
    json::Json,
    rows::{self, Blob, date_text},
    state::State,
};

/// A file of statements being taken in: accounts and statements are named as they come, and every line the file has is
/// handed over, in the order in which the keys were planned. The import follows the plan: it stores what is to be added
/// and counts the rest.
///
/// ```text
/// let mut import = workbook.begin_line_import(&new_batch, &plans)?;
/// let account = import.account("DE02 1203 …", eur)?;
/// let statement = import.statement(account, &facts)?;
/// for line in lines { import.add_line(statement, &line)?; }
/// let outcome = import.finish(&mut progress)?;
/// ```
///
/// Everything is one transaction: if anything fails, or the import is given up or dropped, nothing of it stays but the
/// batch, failed, with its report. After a failure it can only be given up.
pub struct LineImport<'a> {
    underway: Underway<'a>,
    accounts: Vec<Slot<'a>>,
    places: HashMap<AccountId, usize>,
    statements: Vec<OpenStatement>,
}

/// A statement of an import under way. Lines of several statements may come in any order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatementHandle(usize);

/// An account of the import.
struct Slot<'a> {
    id: AccountId,
    /// `None` where the account had no lines: all are new.
    plan: Option<&'a LinePlan>,
    /// Lines that came so far.
    seen: usize,
    added: u64,
}

struct OpenStatement {
    id: StatementId,
    /// Where its account stands in the list.
    account: usize,
    facts: StatementFacts,
    lines: u64,
    stored: bool,
}

impl Workbook {
    /// Begins to take a file of statements in. `plans` are what [`Workbook::plan_line_keys`] answered for each account
    /// that has lines ([`Workbook::has_lines`]); a plan that no longer holds is refused as [`WorkbookError::PlanOutdated`], a file that is
    /// in the workbook already as [`WorkbookError::AlreadyImported`], both before anything is written.
    pub fn begin_line_import<'a>(
        &'a mut self,
        new: &NewBatch<'_>,
        plans: &'a [LinePlan],
    ) -> Result<LineImport<'a>, WorkbookError> {
        plans.iter().try_for_each(|plan| self.require_line_plan(plan))?;
        let known = plans.iter().map(|plan| plan.frozen.known()).sum();
        let underway = Underway::begin(self, new, Side::Statement, known)?;
        let mut import = LineImport { underway, accounts: Vec::new(), places: HashMap::new(), statements: Vec::new() };
        for plan in plans {
            import.slot(plan.account(), Some(plan));
        }
        Ok(import)
    }
}

impl<'a> LineImport<'a> {
    /// The batch.
    pub fn batch(&self) -> ImportBatchId {
        self.underway.batch()
    }

    /// The account of that name and currency; made if there is none, to stay only if the import does.
    pub fn account(&mut self, name: &str, currency: Currency) -> Result<AccountId, WorkbookError> {
        self.underway.require_whole()?;
        let found = self.underway.change().find_or_create_account(name, currency);
        let found = self.underway.noting(found)?;
        if found.is_new {
            self.slot(found.id, None);
        }
        Ok(found.id)
    }

    /// Begins a statement of an account. It is stored with its first new line; one that has no lines at all is stored if
    /// it states a balance.
    pub fn statement(&mut self, account: AccountId, facts: &StatementFacts) -> Result<StatementHandle, WorkbookError> {
        self.underway.require_whole()?;
        let begun = self.begin_statement(account, facts);
        self.underway.noting(begun)
    }

    fn begin_statement(
        &mut self,
        account: AccountId,
        facts: &StatementFacts,
    ) -> Result<StatementHandle, WorkbookError> {
        facts.require_one_currency()?;
        let account = match self.places.get(&account) {
            Some(place) => *place,
            // It was not planned for, so it must have nothing a line could repeat.
            None if self.underway.workbook().has_lines(account)? => return Err(WorkbookError::PlanOutdated),
            None => self.slot(account, None),
        };
        let Some(slot) = self.accounts.get(account) else { return Err(WorkbookError::PlanOutdated) };
        let (hash, id) = (self.underway.file_hash(), slot.id);
        let mut change = self.underway.change();
        if let Some(earlier) = change.import_for_account(hash, id)? {
            return Err(WorkbookError::AlreadyImported(earlier));
        }
        let id = StatementId::from_uuid(change.id());
        self.statements.push(OpenStatement { id, account, facts: facts.clone(), lines: 0, stored: false });
        Ok(StatementHandle(self.statements.len() - 1))
    }

    fn slot(&mut self, id: AccountId, plan: Option<&'a LinePlan>) -> usize {
        self.places.insert(id, self.accounts.len());
        self.accounts.push(Slot { id, plan, seen: 0, added: 0 });
        self.accounts.len() - 1
    }

    /// Takes the next line of a statement, as it was planned, and says what became of it. A line other than the planned
    /// one is refused as [`WorkbookError::PlanOutdated`].
    pub fn add_line(
        &mut self,
        statement: StatementHandle,
        line: &StatementLine,
    ) -> Result<RowPlan<StatementLineId>, WorkbookError> {
        self.underway.require_whole()?;
        let done = self.follow_plan(statement, line);
        self.underway.noting(done)
    }

    fn follow_plan(
        &mut self,
        statement: StatementHandle,
        line: &StatementLine,
    ) -> Result<RowPlan<StatementLineId>, WorkbookError> {
        let open = self.statements.get_mut(statement.0);
        let open = open.ok_or_else(|| WorkbookError::not_found("open statement", statement.0))?;
        let slot = self.accounts.get_mut(open.account).ok_or(WorkbookError::PlanOutdated)?;
        open.facts.require_currency(line.amount)?;
        refuse_huge(line.source.row, line.amount)?;
        let fingerprint = fingerprint::of_line(slot.id, line);
        let plan = match slot.plan {
            None => RowPlan::Add,
            Some(plan) => {
                let planned = plan.frozen.at(slot.seen).filter(|(key, _)| key.is_of(fingerprint, line));
                planned.ok_or(WorkbookError::PlanOutdated)?.1
            }
        };
        slot.seen += 1;
        open.lines += 1;
        self.underway.outcome().count(plan);
        if plan == RowPlan::Add {
            slot.added += 1;
            let batch = self.underway.batch();
            let mut change = self.underway.change();
            if !std::mem::replace(&mut open.stored, true) {
                change.insert_statement(open.id, batch, slot.id, &open.facts)?;
            }
            change.insert_line(open.id, slot.id, fingerprint, line)?;
            self.underway.stored_one()?;
        }
        Ok(plan)
    }

    /// Remembers how the file's columns were understood, if the import is finished.
    pub fn remember_mapping(&mut self, new: &NewMapping<'_>) -> Result<(), WorkbookError> {
        self.underway.require_whole()?;
        let done = self.underway.change().remember_mapping(new);
        self.underway.noting(done)
    }

    /// Every line was handed over: commits the import. Building indexes for very many rows takes a while, of which
    /// `progress` is told and which it can still stop.
    pub fn finish(mut self, progress: &mut Progress<'_>) -> Result<ImportOutcome, WorkbookError> {
        self.underway.require_whole()?;
        let done = self.complete(progress);
        self.underway.noting(done)
    }

    fn complete(&mut self, progress: &mut Progress<'_>) -> Result<ImportOutcome, WorkbookError> {
        let left = |slot: &Slot<'_>| slot.plan.is_some_and(|plan| plan.rows().len() != slot.seen);
        if self.accounts.iter().any(left) {
            return Err(WorkbookError::PlanOutdated);
        }
        let batch = self.underway.batch();
        let mut change = self.underway.change();
        for open in &self.statements {
            if open.lines == 0
                && open.facts.says_something()
                && let Some(slot) = self.accounts.get(open.account)
            {
                change.insert_statement(open.id, batch, slot.id, &open.facts)?;
            }
        }
        for slot in self.accounts.iter().filter(|slot| slot.added > 0) {
            change.sql.execute(
                "UPDATE accounts SET lines = lines + ?3 WHERE company_id = ?1 AND id = ?2",
                params![Blob(change.company.uuid()), Blob(slot.id.uuid()), rows::stored(slot.added)],
            )?;
        }
        let added = self.accounts.iter().map(|slot| slot.added).sum();
        change.tally.records(Side::Statement, State::Unmatched, rows::stored(added));
        let mut used: Vec<AccountId> =
            self.statements.iter().filter_map(|open| self.accounts.get(open.account).map(|slot| slot.id)).collect();
        used.sort_unstable();
        used.dedup();
        let only = if let [only] = used.as_slice() { Some(*only) } else { None };
        let told = vec![("accounts", Json::texts(used)), ("statements", Json::count(self.statements.len()))];
        self.underway.finish(only, told, progress)
    }

    /// Gives the import up: nothing of it stays but its report, and this note. A user's word is noted as `cancelled`.
    pub fn give_up(mut self, note: &str) {
        self.underway.give_up(note);
    }
}

/// Amounts at the very edge of 64 bits cannot be negated, so they are refused at the door.
pub(crate) fn refuse_huge(row: u32, amount: Money) -> Result<(), WorkbookError> {
    if amount.magnitude() >= i64::MAX.unsigned_abs() {
        return Err(WorkbookError::AmountTooLarge { row });
    }
    Ok(())
}

impl ImportOutcome {
    pub(crate) fn count<Id>(&mut self, plan: RowPlan<Id>) {
        match plan {
            RowPlan::Add => self.added += 1,
            RowPlan::DuplicateOf(_) => self.duplicates += 1,
            RowPlan::DeletedEarlier(_) => {
                self.duplicates += 1;
                self.deleted_earlier += 1;
            }
        }
    }
}

/// A job as it is stored: month, site, service type, quantity, rate.
pub(crate) type JobColumns<'a> = (Option<String>, Option<&'a str>, Option<&'a str>, Option<String>, Option<String>);

pub(crate) fn job_columns(job: Option<&Job>) -> JobColumns<'_> {
    let Some(job) = job else { return (None, None, None, None, None) };
    let number = |value: Option<rust_decimal::Decimal>| value.map(|value| value.to_string());
    (
        date_text(job.month),
        Some(job.site.as_str()),
        Some(job.service_type.as_str()),
        number(job.quantity),
        number(job.rate),
    )
}

impl Change<'_> {
    fn insert_line(
        &mut self,
        statement: StatementId,
        account: AccountId,
        fingerprint: Fingerprint,
        line: &StatementLine,
    ) -> Result<(), WorkbookError> {
        let id = self.id();
        let (month, site, service, quantity, rate) = job_columns(line.job.as_deref());
        let normalised = &line.normalised;
        self.sql
            .prepare_cached(
                "INSERT INTO statement_lines
                     (company_id, id, statement_id, account_id, amount, currency, date, value_date, description,
                      reference, counterparty, counterparty_account, balance, record_id, file_account, source_row,
                      fingerprint, raw, clean_description, extracted_references, remittance, bank_code, job_month,
                      job_site, job_service, job_quantity, job_rate)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20,
                         ?21, ?22, ?23, ?24, ?25, ?26, ?27)",
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
                fingerprint,
                line.raw,
                normalised.clean,
                rows::lines_text(&normalised.references),
                normalised.remittance,
                normalised.bank_code,
                month,
                site,
                service,
                quantity,
                rate
            ])?;
        self.tally.line(account, line.date, line.amount);
        Ok(())
    }
}
