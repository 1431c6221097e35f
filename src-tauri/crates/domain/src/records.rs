//! The two sides' records.

use std::ops::{Deref, DerefMut};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::{Digest, Money};

/// Which of the two sets of records is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Side A: what the bank, processor or client says.
    Statement,
    /// Side B: what the books say.
    Ledger,
}

impl Side {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Statement => "statement",
            Self::Ledger => "ledger",
        }
    }
}

/// Where a record was read: enough to find it again in the very same file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Source {
    /// SHA-256 of the file's bytes.
    pub file: Digest,
    /// 1-based data row.
    pub row: u32,
}

/// What normalisation adds to a statement line beside the text the file has.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NormalisedTexts {
    /// The description without the bank's boilerplate, tags and line wrapping; empty where the description is clean as it
    /// stands ([`StatementLine::clean_description`] answers either).
    pub clean: String,
    /// References found in the free text (invoice numbers, end-to-end and mandate ids), in order, each once.
    pub references: Vec<String>,
    /// Structured creditor reference (ISO 11649 `RF…`, Swiss QR reference, Belgian and Finnish references …) without
    /// blanks; empty where there is none.
    pub remittance: String,
    /// The bank's transaction code in its own format's words: ISO 20022 `PMNT.RCDT.ESCT`, MT940 `NTRF 166`, OFX `XFER`,
    /// BAI2 `475`; empty where there is none.
    pub bank_code: String,
}

/// [`NormalisedTexts`], which take a word where there are none: matching holds millions of lines without.
#[derive(Debug, Clone, Default)]
pub struct Normalised(Option<Box<NormalisedTexts>>);

static NO_TEXTS: NormalisedTexts = NormalisedTexts {
    clean: String::new(),
    references: Vec::new(),
    remittance: String::new(),
    bank_code: String::new(),
};

impl Deref for Normalised {
    type Target = NormalisedTexts;

    fn deref(&self) -> &NormalisedTexts {
        self.0.as_deref().unwrap_or(&NO_TEXTS)
    }
}

impl DerefMut for Normalised {
    fn deref_mut(&mut self) -> &mut NormalisedTexts {
        self.0.get_or_insert_default()
    }
}

impl From<NormalisedTexts> for Normalised {
    fn from(texts: NormalisedTexts) -> Self {
        Self((texts != NO_TEXTS).then(|| Box::new(texts)))
    }
}

impl PartialEq for Normalised {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Normalised {}

/// What a job is made of (profile `jobs`).
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Job {
    /// First day of the month the job is counted in.
    pub month: Option<Date>,
    /// Where it was done.
    pub site: String,
    /// What was done.
    pub service_type: String,
    /// How much, in units of the service.
    pub quantity: Option<Decimal>,
    /// Price of a unit, in major units of the record's currency.
    pub rate: Option<Decimal>,
}

/// One row of side A.
///
/// Text fields are as the file has them, trimmed, empty where it has none; `raw` is the untouched row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// Where it was read.
    pub source: Source,
    /// The record's own identifier in the file's id column (a bank's transaction id): evidence, not truth.
    pub record_id: String,
    /// The account the file names for this row; empty where the file is of one account.
    pub account: String,
    /// Booking date.
    pub date: Option<Date>,
    /// Value date (when interest begins), where it differs or is stated.
    pub value_date: Option<Date>,
    /// Amount; positive raises the balance.
    pub amount: Money,
    /// Free text.
    pub description: String,
    /// Reference field: payment reference, end-to-end id, transaction id.
    pub reference: String,
    /// Name of the other party.
    pub counterparty: String,
    /// Account of the other party.
    pub counterparty_account: String,
    /// Running balance after this line, where stated.
    pub balance: Option<Money>,
    /// What was made of the texts above.
    pub normalised: Normalised,
    /// The job, in a client's export of jobs.
    pub job: Option<Box<Job>>,
    /// The row as it stands in the file, cells joined as they were.
    pub raw: String,
}

impl StatementLine {
    /// The description without boilerplate.
    pub fn clean_description(&self) -> &str {
        if self.normalised.clean.is_empty() { &self.description } else { &self.normalised.clean }
    }
}

/// What kind of side-B record an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LedgerKind {
    /// A claim on a customer (positive) or of a supplier (negative); a credit note has the opposite sign.
    Invoice,
    /// A payment the books already hold.
    Payment,
    /// A job of the `jobs` profile.
    Job,
    /// A transaction of an internal system.
    Transaction,
    /// A customer's account, to which deposits are credited; it has no amount of its own and no limit.
    CustomerAccount,
}

impl LedgerKind {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Invoice => "invoice",
            Self::Payment => "payment",
            Self::Job => "job",
            Self::Transaction => "transaction",
            Self::CustomerAccount => "customer_account",
        }
    }
}

/// How far an invoice has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum InvoiceStatus {
    /// Not sent yet.
    Draft,
    /// Sent, nothing paid.
    Open,
    /// Paid in part.
    PartlyPaid,
    /// Paid in full.
    Paid,
    /// Cancelled.
    Void,
}

impl InvoiceStatus {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Open => "open",
            Self::PartlyPaid => "partly_paid",
            Self::Paid => "paid",
            Self::Void => "void",
        }
    }
}

/// One row of side B.
///
/// Text fields are as the file has them, trimmed, empty where it has none; `raw` is the untouched row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerEntry {
    /// Where it was read.
    pub source: Source,
    /// The record's own identifier in the file's id column.
    pub record_id: String,
    /// What kind of record.
    pub kind: LedgerKind,
    /// Document number: invoice number, voucher number, order number.
    pub number: String,
    /// Document date.
    pub date: Option<Date>,
    /// Due date.
    pub due_date: Option<Date>,
    /// Name of the customer or supplier.
    pub counterparty: String,
    /// Code of the customer or supplier in the books.
    pub counterparty_code: String,
    /// Bank account of the customer or supplier.
    pub counterparty_account: String,
    /// Amount still to be met, with the sign the bank line will have: receivables positive, payables negative.
    /// Zero for [`LedgerKind::CustomerAccount`].
    pub amount: Money,
    /// Reference the books expect to be quoted, or a processor's transaction id.
    pub reference: String,
    /// Free text.
    pub memo: String,
    /// The job, in a ledger of jobs.
    pub job: Option<Box<Job>>,
    /// The row as it stands in the file, cells joined as they were.
    pub raw: String,
}
