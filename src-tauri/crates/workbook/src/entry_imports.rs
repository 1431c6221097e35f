//! Taking ledger entries in.

use std::collections::HashMap;

use rusqlite::params;
use tieout_domain::{CustomerId, ImportBatchId, InvoiceStatus, LedgerEntry, LedgerEntryId, LedgerKind, Side};

use crate::{
    ImportOutcome, NewBatch, Progress, RowPlan, Workbook, WorkbookError,
    change::Change,
    fingerprint,
    line_imports::{PROGRESS_EVERY, date_text, go_on, refuse_huge},
    rows::{self, Blob},
    state::State,
};

impl Workbook {
    /// Stores the entries the plan says to add, with the customers they name, all in one transaction; cancelled or
    /// failed, nothing but the batch's report is left. `plan` is what [`Workbook::plan_entries`] answered for them.
    /// Invoices are taken as open.
    pub fn import_entries(
        &mut self,
        new: &NewBatch<'_>,
        entries: &[LedgerEntry],
        plan: &[RowPlan<LedgerEntryId>],
        progress: &mut Progress<'_>,
    ) -> Result<ImportOutcome, WorkbookError> {
        self.refuse_repeated(new, Side::Ledger, None)?;
        refuse_huge(entries.iter().map(|entry| (entry.source.row, entry.amount)))?;
        if self.plan_entries(entries)? != plan {
            return Err(WorkbookError::PlanOutdated);
        }
        let batch = self.begin_batch(new, Side::Ledger, None)?;
        let stored = self.change(|change| change.store_entries(new, batch, entries, plan, progress));
        if let Err(error) = &stored {
            self.fail_batch(batch, new, error);
        }
        stored
    }
}

impl Change<'_> {
    fn store_entries(
        &mut self,
        new: &NewBatch<'_>,
        batch: ImportBatchId,
        entries: &[LedgerEntry],
        plan: &[RowPlan<LedgerEntryId>],
        progress: &mut Progress<'_>,
    ) -> Result<ImportOutcome, WorkbookError> {
        let mut customers: HashMap<(&str, &str), Option<CustomerId>> = HashMap::new();
        let (mut open, mut dormant) = (0, 0);
        for (i, (entry, plan)) in entries.iter().zip(plan).enumerate() {
            if i % PROGRESS_EVERY == 0 {
                go_on(progress, i, entries.len())?;
            }
            if !matches!(plan, RowPlan::Add) {
                continue;
            }
            // A code names a customer whatever name stands beside it.
            let code = entry.counterparty_code.as_str();
            let name = if code.is_empty() { entry.counterparty.as_str() } else { "" };
            let customer = match customers.get(&(code, name)) {
                Some(known) => *known,
                None => {
                    let found = self.find_or_create_customer(code, &entry.counterparty)?;
                    customers.insert((code, name), found);
                    found
                }
            };
            let state = self.insert_entry(batch, customer, entry)?;
            if state == State::Dormant { dormant += 1 } else { open += 1 }
        }
        self.tally.records(Side::Ledger, State::Unmatched, open);
        self.tally.records(Side::Ledger, State::Dormant, dormant);
        go_on(progress, entries.len(), entries.len())?;
        let added = rows::counted(open + dormant);
        self.complete_batch(batch, new, added, entries.len() as u64 - added)
    }

    fn insert_entry(
        &mut self,
        batch: ImportBatchId,
        customer: Option<CustomerId>,
        entry: &LedgerEntry,
    ) -> Result<State, WorkbookError> {
        let id = self.id();
        let status = (entry.kind == LedgerKind::Invoice).then_some(InvoiceStatus::Open);
        let state = if entry.kind == LedgerKind::CustomerAccount { State::Dormant } else { State::Unmatched };
        self.sql
            .prepare_cached(
                "INSERT INTO ledger_entries
                     (company_id, id, batch_id, customer_id, kind, invoice_status, amount, currency, state, number, date,
                      due_date, counterparty, counterparty_code, counterparty_account, reference, memo, record_id,
                      source_row, fingerprint, raw)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)",
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
                fingerprint::of_entry(entry),
                entry.raw
            ])?;
        Ok(state)
    }
}
