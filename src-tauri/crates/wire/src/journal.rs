//! Journal entries, the accounts of the books they go to, and the files the books take them from.
//!
//! Commands: `journal(JournalRequest)` ([`JournalView`]), `posting_accounts {}` (list of [`PostingAccountView`]),
//! `save_posting_accounts {accounts}` (list of [`NamedAccount`]), `choose_journal_account(ChooseJournalAccountRequest)`,
//! `journal_layouts {}` (list of [`JournalLayoutView`]), `save_journal_layout {layout}` ([`JournalLayoutForm`]),
//! `remove_journal_layout {name}`, `read_journal_layout {path}` ([`JournalLayoutForm`]),
//! `preview_journal {layout, through}` ([`JournalPreviewView`]), `export_journal(ExportJournalRequest)`
//! ([`ExportedJournalView`]), `journal_batches {offset, limit}` ([`JournalBatchesView`]),
//! `write_journal_again {number, path}` ([`ExportedJournalView`]), `take_journal_back {number, reason}`.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Amount, SaidView};

/// `journal`: a page of what is to be exported.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalRequest {
    /// Entries up to this day, ISO; `None`: all.
    pub through: Option<String>,
    /// Only those that lack an account.
    pub only_missing: bool,
    /// `en` or `de`: of texts that nobody wrote.
    pub language: String,
    /// Skip so many.
    pub offset: u32,
    /// At most so many, up to 500.
    pub limit: u32,
}

/// One side of a journal entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalSideView {
    /// What the account is needed for: `cause fee`, `gain fee`, `account <id>`, `receivables`, `payables`, `suspense`.
    pub role: String,
    /// The account of the books; `None`: nobody named one.
    pub account: Option<String>,
    /// Whether it is the side of the cause.
    pub own: bool,
}

/// A journal entry that is to be exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalEntryView {
    /// The match.
    pub match_id: String,
    /// Which of its adjustments, from 0.
    pub adjustment: u32,
    /// The batch it reverses a posting of; `None`: it posts.
    pub reverses: Option<u32>,
    /// ISO date.
    pub date: String,
    /// The date it would have, were that period not locked before it was approved.
    pub moved_from: Option<String>,
    /// What is debited.
    pub debit: JournalSideView,
    /// What is credited.
    pub credit: JournalSideView,
    /// How much.
    pub amount: Amount,
    /// The same in the company's currency; `None`: there is no rate.
    pub base_amount: Option<Amount>,
    /// Root cause word.
    pub cause: String,
    /// What it says.
    pub text: String,
    /// Name of the other party.
    pub counterparty: String,
    /// The bank's own identifier of the line.
    pub bank_reference: String,
    /// Who approved.
    pub approved_by: String,
}

/// What entries of a currency come to, debited and credited alike.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalSumView {
    /// How many.
    pub entries: u32,
    /// How much.
    pub amount: Amount,
}

/// Something that no account is named for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MissingAccountView {
    /// What it is needed for, as in [`JournalSideView`].
    pub role: String,
    /// Name of the bank account, where it is one.
    pub name: String,
    /// How many entries need it.
    pub entries: u32,
}

/// A page of the journal entries that are to be exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalView {
    /// The entries, by date.
    pub rows: Vec<JournalEntryView>,
    /// How many there are.
    pub total: u32,
    /// Sums of all of them, one a currency.
    pub sums: Vec<JournalSumView>,
    /// What stands against an export.
    pub missing: Vec<MissingAccountView>,
    /// How many have no amount in the company's currency.
    pub without_rate: u32,
    /// How many reverse what was exported before.
    pub reversing: u32,
    /// Names all of them as they are now; goes back with the export.
    pub seen: String,
    /// The company's currency.
    pub base: String,
    /// Where an export may lie: a file that is not there yet.
    pub proposed_path: String,
}

/// An account of the books, named or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PostingAccountView {
    /// What it takes, as in [`JournalSideView`].
    pub role: String,
    /// Name of the bank account, where it is one; else empty.
    pub name: String,
    /// Its currency; else empty.
    pub currency: String,
    /// The account of the books; empty: nobody named one.
    pub account: String,
}

/// An account that is named, or whose name is taken away.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct NamedAccount {
    /// What it takes.
    pub role: String,
    /// The account of the books; empty: none.
    pub account: String,
}

/// `choose_journal_account`: for one entry only.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChooseJournalAccountRequest {
    /// The match.
    pub match_id: String,
    /// Which of its adjustments.
    pub adjustment: u32,
    /// The side of the cause, or the other.
    pub own: bool,
    /// The account; empty: the one named for all.
    pub account: String,
}

/// A column of a layout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct JournalColumnForm {
    /// Its heading.
    pub heading: String,
    /// Word of what it holds.
    pub value: String,
    /// Text of a constant.
    pub text: String,
    /// Longer texts are cut; `None`: they are not.
    pub chars: Option<u16>,
}

/// A layout as a form holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct JournalLayoutForm {
    /// What it is called.
    pub name: String,
    /// `entry` or `side`.
    pub lines: String,
    /// Whether headings stand in the first line.
    pub headings: bool,
    /// `,`, `;`, `|` or `tab`.
    pub separator: String,
    /// `.` or `,`.
    pub decimal: String,
    /// Such as `dd.MM.yyyy`.
    pub date: String,
    /// `utf-8`, `utf-8-bom` or `windows-1252`.
    pub encoding: String,
    /// Letter for debit.
    pub debit: String,
    /// Letter for credit.
    pub credit: String,
    /// `en` or `de`.
    pub language: String,
    /// The columns.
    pub columns: Vec<JournalColumnForm>,
}

/// A layout there is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalLayoutView {
    /// The layout.
    pub form: JournalLayoutForm,
    /// It can be neither changed nor removed.
    pub ready_made: bool,
}

/// The first rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalPreviewView {
    /// The headings.
    pub headings: Vec<String>,
    /// The rows, cell by cell.
    pub rows: Vec<Vec<String>>,
    /// Why the file cannot be written so; `null`: it can.
    pub problem: Option<SaidView>,
}

/// `export_journal`: a batch with its file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportJournalRequest {
    /// How the file is laid out.
    pub layout: JournalLayoutForm,
    /// Entries up to this day, ISO; `None`: all.
    pub through: Option<String>,
    /// The file: a spreadsheet where its name ends in `.xlsx`, else CSV.
    pub path: String,
    /// [`JournalView::seen`].
    pub seen: String,
}

/// An export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalBatchView {
    /// Its number.
    pub number: u32,
    /// Who exported it.
    pub by: String,
    /// ISO date and time, UTC.
    pub at: String,
    /// How many entries.
    pub entries: u32,
    /// What they come to.
    pub sums: Vec<JournalSumView>,
    /// Name of its file.
    pub file_name: String,
    /// SHA-256 of its file.
    pub hash: String,
    /// Who took it back, when and why; `None`: it stands.
    pub taken_back: Option<JournalTakenBackView>,
}

/// That a batch was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalTakenBackView {
    /// Who.
    pub by: String,
    /// ISO date and time, UTC.
    pub at: String,
    /// Why.
    pub reason: String,
}

/// A page of exports, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct JournalBatchesView {
    /// The batches.
    pub rows: Vec<JournalBatchView>,
    /// How many there are.
    pub total: u32,
    /// The one that can be taken back.
    pub newest: Option<u32>,
}

/// What an export did, or writing one again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportedJournalView {
    /// The batch.
    pub batch: JournalBatchView,
    /// Where its file lies.
    pub path: String,
}
