//! New customers: each gets a code nobody has, and an account in the books to which deposits can be matched.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    BatchState, Currency, CustomerCode, Digest, LedgerEntry, LedgerEntryId, LedgerKind, Money, Permission, Side,
    Source, said,
};

use crate::{
    CustomerAccount, NewBatch, Workbook, WorkbookError, change::Change, fingerprint, json::Json, rows::Blob,
    state::State,
};

impl Workbook {
    /// Makes a customer with an account in this currency. Without a code one is made that no other customer has. A code
    /// that this very customer has already is fine: then only what is missing is made, so that the call can be repeated.
    pub fn new_customer(
        &mut self,
        name: &str,
        code: Option<CustomerCode>,
        currency: Currency,
    ) -> Result<CustomerAccount, WorkbookError> {
        let name = name.trim();
        if name.is_empty() {
            return Err(WorkbookError::Name(said!("customer.noName", "a customer needs a name")));
        }
        let code = match code {
            Some(code) => code,
            None => self.free_code()?,
        };
        if self.customer_of_code(code)?.is_some_and(|other| other.name != name) {
            return Err(WorkbookError::CodeTaken(code));
        }
        if self.account_entry(code, currency)?.is_none() {
            self.change(Permission::Import, |change| change.make_customer(name, code, currency))?;
        }
        self.customer_account(code)
    }

    fn free_code(&self) -> Result<CustomerCode, WorkbookError> {
        let random = || {
            let [a, b, c, d, e, f, g, h, _, _] = self.clock.random();
            u64::from_be_bytes([a, b, c, d, e, f, g, h])
        };
        CustomerCode::generate(random, |code| Ok(self.customer_of_code(code)?.is_some()))
    }

    /// The customer's account in the books to which deposits in this currency can be matched, if there is one.
    pub fn account_entry(
        &self,
        code: CustomerCode,
        currency: Currency,
    ) -> Result<Option<LedgerEntryId>, WorkbookError> {
        let found = self
            .sql
            .prepare_cached(
                "SELECT id FROM ledger_entries INDEXED BY ledger_entries_accounts
                 WHERE company_id = ?1 AND kind = 'customer_account' AND state <> 4
                   AND currency = ?3 AND customer_code(counterparty_code) = ?2 ORDER BY id LIMIT 1",
            )?
            .query_row(params![Blob(self.company.id.uuid()), code.to_string(), currency.code()], |row| {
                row.get::<_, Blob>(0)
            })
            .optional()?;
        Ok(found.map(|id| LedgerEntryId::from_uuid(id.0)))
    }
}

impl Change<'_> {
    /// The account is taken in like a file of one row, so that it can be taken back as any import can.
    fn make_customer(&mut self, name: &str, code: CustomerCode, currency: Currency) -> Result<(), WorkbookError> {
        let made_at = self.now_ms;
        let file_hash = Digest::from_bytes(Sha256::digest(format!("customer {code} {currency} {made_at}")).into());
        let file_name = format!("new customer {code}");
        let batch = self.begin_batch(
            &NewBatch {
                file_name: &file_name,
                file_hash,
                source_path: "",
                format: "customer",
                mapping: "",
                rows: 1,
                diagnostics: &[],
                rejected: 0,
                report: None,
                quality: None,
                retry_of: None,
                for_another_account: false,
            },
            Side::Ledger,
            0,
        )?;
        let customer = self.find_or_create_customer(&code.to_string(), name)?;
        let entry = LedgerEntry {
            source: Source { file: file_hash, row: 1 },
            record_id: String::new(),
            kind: LedgerKind::CustomerAccount,
            number: String::new(),
            date: None,
            due_date: None,
            counterparty: name.to_owned(),
            counterparty_code: code.to_string(),
            counterparty_account: String::new(),
            amount: Money::zero(currency),
            reference: String::new(),
            memo: String::new(),
            job: None,
            raw: format!("{code};{name};{currency}"),
        };
        let state = self.insert_entry(batch, customer, fingerprint::of_entry(&entry), &entry)?;
        self.tally.records(Side::Ledger, state, 1);
        debug_assert_eq!(state, State::Dormant);
        self.end_batch(batch, BatchState::Completed, "", 1, 0)?;
        let details = Json::Object(vec![
            ("code", Json::text(code)),
            ("currency", Json::text(currency)),
            ("import", Json::text(batch)),
            ("name", Json::text(name)),
        ]);
        let subject = customer.map_or_else(String::new, |customer| format!("customer {customer}"));
        self.tell("customer.made", &subject, &details)
    }
}
