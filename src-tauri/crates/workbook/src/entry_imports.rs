//! Taking ledger entries in, as they stream by.

use std::collections::HashMap;

use rusqlite::params;
use tieout_domain::{CustomerId, ImportBatchId, InvoiceStatus, LedgerEntry, LedgerEntryId, LedgerKind, Side};

use crate::{
    EntryPlan, ImportOutcome, NewBatch, NewMapping, Progress, RowPlan, Workbook, WorkbookError,
    change::Change,
    fingerprint::{self, Fingerprint},
    imports::Underway,
    line_imports::{job_columns, refuse_huge},
    rows::{self, Blob, date_text},
    state::State,
};

/// A ledger being taken in: every entry the file has is handed over, in the order in which the keys were planned. The
/// import follows the plan, and makes the customers the entries name. For what happens when it fails see
/// [`crate::LineImport`].
pub struct EntryImport<'a> {
    underway: Underway<'a>,
    /// `None` where the books were empty: all are new.
    plan: Option<&'a EntryPlan>,
    seen: usize,
    dormant: u64,
    customers: Customers,
}

/// Customers met so far. A code names a customer whatever name stands beside it.
#[derive(Default)]
struct Customers {
    by_code: HashMap<String, Option<CustomerId>>,
    by_name: HashMap<String, Option<CustomerId>>,
}

impl Workbook {
    /// Begins to take a ledger in. `plan` is what [`Workbook::plan_entry_keys`] answered for its entries, and may be left out where
    /// [`Workbook::has_entries`] says that there is nothing they could repeat; a plan that no
    /// longer holds is refused as [`WorkbookError::PlanOutdated`], a file that is in the workbook already as
    /// [`WorkbookError::AlreadyImported`], both before anything is written.
    pub fn begin_entry_import<'a>(
        &'a mut self,
        new: &NewBatch<'_>,
        plan: Option<&'a EntryPlan>,
    ) -> Result<EntryImport<'a>, WorkbookError> {
        match plan {
            Some(plan) => self.require_entry_plan(plan)?,
            None if self.has_entries()? => return Err(WorkbookError::PlanOutdated),
            None => {}
        }
        let known = plan.map_or(0, |plan| plan.frozen.known());
        let underway = Underway::begin(self, new, Side::Ledger, known)?;
        Ok(EntryImport { underway, plan, seen: 0, dormant: 0, customers: Customers::default() })
    }
}

impl EntryImport<'_> {
    /// The batch.
    pub fn batch(&self) -> ImportBatchId {
        self.underway.batch()
    }

    /// Takes the next entry, as it was planned, and says what became of it. An entry other than the planned one is
    /// refused as [`WorkbookError::PlanOutdated`]. Invoices are taken as open.
    pub fn add_entry(&mut self, entry: &LedgerEntry) -> Result<RowPlan<LedgerEntryId>, WorkbookError> {
        self.underway.require_whole()?;
        let done = self.follow_plan(entry);
        self.underway.noting(done)
    }

    fn follow_plan(&mut self, entry: &LedgerEntry) -> Result<RowPlan<LedgerEntryId>, WorkbookError> {
        refuse_huge(entry.source.row, entry.amount)?;
        let fingerprint = fingerprint::of_entry(entry);
        let plan = match self.plan {
            None => RowPlan::Add,
            Some(plan) => {
                let planned = plan.frozen.at(self.seen).filter(|(key, _)| key.is_of(fingerprint, entry));
                planned.ok_or(WorkbookError::PlanOutdated)?.1
            }
        };
        self.seen += 1;
        self.underway.outcome().count(plan);
        if plan == RowPlan::Add {
            let batch = self.underway.batch();
            let mut change = self.underway.change();
            let customer = self.customers.find(&mut change, entry)?;
            if change.insert_entry(batch, customer, fingerprint, entry)? == State::Dormant {
                self.dormant += 1;
            }
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

    /// Every entry was handed over: commits the import. See [`crate::LineImport::finish`].
    pub fn finish(mut self, progress: &mut Progress<'_>) -> Result<ImportOutcome, WorkbookError> {
        self.underway.require_whole()?;
        let done = self.complete(progress);
        self.underway.noting(done)
    }

    fn complete(&mut self, progress: &mut Progress<'_>) -> Result<ImportOutcome, WorkbookError> {
        if self.plan.is_some_and(|plan| plan.rows().len() != self.seen) {
            return Err(WorkbookError::PlanOutdated);
        }
        let open = self.underway.outcome().added.saturating_sub(self.dormant);
        let change = self.underway.change();
        change.tally.records(Side::Ledger, State::Unmatched, rows::stored(open));
        change.tally.records(Side::Ledger, State::Dormant, rows::stored(self.dormant));
        self.underway.finish(None, Vec::new(), progress)
    }

    /// Gives the import up: nothing of it stays but its report, and this note. A user's word is noted as `cancelled`.
    pub fn give_up(mut self, note: &str) {
        self.underway.give_up(note);
    }
}

impl Customers {
    fn find(&mut self, change: &mut Change<'_>, entry: &LedgerEntry) -> Result<Option<CustomerId>, WorkbookError> {
        let (code, name) = (&entry.counterparty_code, &entry.counterparty);
        let (known, key) = if code.is_empty() { (&mut self.by_name, name) } else { (&mut self.by_code, code) };
        if let Some(found) = known.get(key) {
            return Ok(*found);
        }
        let found = change.find_or_create_customer(code, name)?;
        known.insert(key.clone(), found);
        Ok(found)
    }
}

impl Change<'_> {
    pub(crate) fn insert_entry(
        &mut self,
        batch: ImportBatchId,
        customer: Option<CustomerId>,
        fingerprint: Fingerprint,
        entry: &LedgerEntry,
    ) -> Result<State, WorkbookError> {
        let id = self.id();
        let status = (entry.kind == LedgerKind::Invoice).then_some(InvoiceStatus::Open);
        let state = if entry.kind == LedgerKind::CustomerAccount { State::Dormant } else { State::Unmatched };
        let (month, site, service, quantity, rate) = job_columns(entry.job.as_deref());
        self.sql
            .prepare_cached(
                "INSERT INTO ledger_entries
                     (company_id, id, batch_id, customer_id, kind, invoice_status, amount, currency, state, number, date,
                      due_date, counterparty, counterparty_code, counterparty_account, reference, memo, record_id,
                      source_row, fingerprint, raw, job_month, job_site, job_service, job_quantity, job_rate)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                         ?22, ?23, ?24, ?25, ?26)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id),
                Blob(batch.uuid()),
                customer.map(|id| Blob(id.uuid())),
                entry.kind.as_str(),
                status.map(InvoiceStatus::as_str),
                entry.amount.minor_units(),
                entry.amount.currency().code(),
                state as i64,
                entry.number,
                date_text(entry.date),
                date_text(entry.due_date),
                entry.counterparty,
                entry.counterparty_code,
                entry.counterparty_account,
                entry.reference,
                entry.memo,
                entry.record_id,
                entry.source.row,
                fingerprint,
                entry.raw,
                month,
                site,
                service,
                quantity,
                rate
            ])?;
        Ok(state)
    }
}
