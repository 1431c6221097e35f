//! The status of invoices that payments do not decide: draft, open again, void.

use rusqlite::{OptionalExtension, params};
use tieout_domain::{InvoiceStatus, LedgerEntryId, Permission, RecordRef, Side};

use crate::{
    Workbook, WorkbookError,
    change::Change,
    json::Json,
    rows::{self, Blob},
    state::State,
};

impl Workbook {
    /// Makes an invoice a draft, opens it, or voids it. Paid and partly paid follow from approved matches and cannot be
    /// set; an invoice of which anything is paid, and a void one, stay as they are. Proposals that hold an invoice that
    /// becomes draft or void are set aside.
    pub fn set_invoice_status(&mut self, id: LedgerEntryId, to: InvoiceStatus) -> Result<(), WorkbookError> {
        self.change(Permission::Import, |change| {
            let (from, state) = change.invoice(id)?;
            let allowed = matches!(
                (from, to),
                (InvoiceStatus::Draft, InvoiceStatus::Open | InvoiceStatus::Void)
                    | (InvoiceStatus::Open, InvoiceStatus::Draft | InvoiceStatus::Void)
            );
            if !allowed || state == State::Withdrawn {
                return Err(WorkbookError::InvoiceStatus { from: from.as_str(), to: to.as_str() });
            }
            let record = RecordRef::Entry(id);
            let act = change.id();
            for proposal in change.live_matches_holding(&[record])? {
                change.set_aside(proposal.uuid(), act)?;
            }
            let (_, before) = change.invoice(id)?;
            let after = if to == InvoiceStatus::Open { State::Unmatched } else { State::Dormant };
            change.sql.execute(
                "UPDATE ledger_entries SET invoice_status = ?3, state = ?4 WHERE company_id = ?1 AND id = ?2",
                params![Blob(change.company.uuid()), Blob(id.uuid()), to.as_str(), after as i64],
            )?;
            change.moved(Side::Ledger, before, after);
            let details = Json::Object(vec![("after", Json::text(to.as_str())), ("before", Json::text(from.as_str()))]);
            change.tell("invoice.status_set", &format!("entry {id}"), &details)
        })
    }
}

impl Change<'_> {
    fn invoice(&self, id: LedgerEntryId) -> Result<(InvoiceStatus, State), WorkbookError> {
        let found = self
            .sql
            .prepare_cached(
                "SELECT invoice_status, state FROM ledger_entries
                 WHERE company_id = ?1 AND id = ?2 AND invoice_status IS NOT NULL",
            )?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| {
                Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?))
            })
            .optional()?;
        let (status, state) = found.ok_or_else(|| WorkbookError::not_found("invoice", id))?;
        Ok((rows::invoice_status(&status)?, State::from_code(state)?))
    }
}
