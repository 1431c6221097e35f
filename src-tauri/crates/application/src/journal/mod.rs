//! Journal entries: what is to be posted, the accounts it goes to, and the files that the books take it from.

mod exporting;
mod layout_text;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use jiff::civil::Date;
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    AccountId, Currency, Digest, JournalEntry, JournalLayout, MatchId, MessageLanguage, Money, PostingAccount,
    PostingRole, READY_LAYOUTS,
};
pub use tieout_workbook::{JournalBatch, JournalSum, JournalTakenBack};
use tieout_workbook::{Page, Workbook};

use crate::{ApplicationError, Session, session::Open, text_file};

pub use exporting::{ExportJournal, ExportedJournal, JournalPreview};
pub use layout_text::{JournalColumnText, JournalLayoutText};

/// Which journal entries are asked for.
#[derive(Debug, Clone, Default)]
pub struct JournalQuery {
    /// Up to this day; `None`: all.
    pub through: Option<Date>,
    /// Only those that lack an account.
    pub only_missing: bool,
    /// The language of texts that nobody wrote.
    pub language: MessageLanguage,
    /// Skip so many.
    pub offset: u64,
    /// At most so many.
    pub limit: u32,
}

/// A journal entry with its posting text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalRow {
    /// The entry.
    pub entry: JournalEntry,
    /// What it says.
    pub text: String,
}

/// Something that no account of the books is named for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingAccount {
    /// What it is needed for.
    pub role: PostingRole,
    /// How people call it: of a bank's account its name, else the role.
    pub name: String,
    /// How many entries need it.
    pub entries: u64,
}

/// A page of the journal entries that are to be exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JournalPage {
    /// The entries, by date.
    pub rows: Vec<JournalRow>,
    /// How many there are.
    pub total: u64,
    /// What they come to, one a currency, with those on other pages.
    pub sums: Vec<JournalSum>,
    /// What stands against exporting them.
    pub missing: Vec<MissingAccount>,
    /// How many have no amount in the base currency, for want of a rate.
    pub without_rate: u64,
    /// How many reverse what was exported before.
    pub reversing: u64,
    /// SHA-256 of them all; goes back with the export.
    pub seen: Digest,
    /// The company's currency.
    pub base: Currency,
    /// Where an export may lie: a file that is not there yet.
    pub proposed_path: PathBuf,
}

/// An account of the books that is named, or could be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingAccountRow {
    /// What it takes.
    pub role: PostingRole,
    /// The bank account's name and currency; none for other roles.
    pub of: Option<(String, Currency)>,
    /// The account of the books.
    pub account: Option<PostingAccount>,
}

/// A layout with whether it is ready-made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownJournalLayout {
    /// The layout.
    pub text: JournalLayoutText,
    /// It was there from the beginning, and can be neither changed nor removed.
    pub ready_made: bool,
}

impl Session {
    /// A page of the journal entries that are to be exported, by date.
    pub fn journal(&self, query: &JournalQuery) -> Result<JournalPage, ApplicationError> {
        let (kept, names, base, proposed_path) = self.with_open(|open| {
            let kept = self.journal_entries(open)?;
            let proposed_path = exporting::proposed_path(&self.environment, &open.workbook)?;
            Ok((kept, Names::of(&open.workbook)?, open.workbook.company().base_currency, proposed_path))
        })?;
        // Nobody waits for what follows: it needs no workbook.
        let entries = || up_to(&kept, query.through);
        let wanted = |entry: &&JournalEntry| !query.only_missing || entry.missing().next().is_some();
        let total = entries().filter(wanted).count() as u64;
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let rows = entries().filter(wanted).skip(offset).take(limit);
        Ok(JournalPage {
            rows: rows.map(|entry| row(entry.clone(), query.language)).collect(),
            total,
            sums: sums(entries())?,
            missing: names.missing(entries()),
            without_rate: entries().filter(|entry| entry.base_amount.is_none()).count() as u64,
            reversing: entries().filter(|entry| entry.source.reverses.is_some()).count() as u64,
            seen: seen(entries()),
            base,
            proposed_path,
        })
    }

    /// What is to be exported, by date. It is kept until something happens: a page after the first costs no look-ups.
    pub(super) fn journal_entries(&self, open: &mut Open) -> Result<Arc<[JournalEntry]>, ApplicationError> {
        // Any event counts, since entries name people too.
        let newest = open.workbook.audit_head().sequence;
        let kept =
            self.kept(open)?.journal.as_ref().filter(|(head, _)| *head == newest).map(|(_, entries)| entries.clone());
        if let Some(entries) = kept {
            return Ok(entries);
        }
        let entries: Arc<[JournalEntry]> = open.workbook.proposed_journal()?.into();
        self.kept(open)?.journal = Some((newest, entries.clone()));
        Ok(entries)
    }

    /// Every account of the books that journal entries may need, with what is named for it so far.
    pub fn posting_accounts(&self) -> Result<Vec<PostingAccountRow>, ApplicationError> {
        self.with_open(|open| {
            let chart = open.workbook.posting_chart()?;
            let row = |role, of| PostingAccountRow { role, of, account: chart.named(role).cloned() };
            let general = [PostingRole::Receivables, PostingRole::Payables, PostingRole::Suspense];
            let mut rows: Vec<_> = general.into_iter().map(|role| row(role, None)).collect();
            let accounts = open.workbook.accounts()?.into_iter();
            rows.extend(accounts.map(|of| row(PostingRole::Account(of.id), Some((of.name, of.currency)))));
            for cause in tieout_domain::RootCause::ALL {
                rows.push(row(PostingRole::Cause(*cause), None));
                rows.push(row(PostingRole::Gain(*cause), None));
            }
            Ok(rows)
        })
    }

    /// Names accounts of the books; an empty text takes a name away. What is left out stays.
    pub fn save_posting_accounts(&self, named: &[(PostingRole, String)]) -> Result<(), ApplicationError> {
        let mut changes = BTreeMap::new();
        for (role, text) in named {
            changes.insert(*role, code(text)?);
        }
        self.with_open(|open| Ok(open.workbook.set_posting_accounts(&changes)?))
    }

    /// Chooses the account for one difference only: on its cause's side (`own`) or on the other. An empty text: what is
    /// named for all of its kind.
    pub fn choose_journal_account(
        &self,
        match_id: MatchId,
        adjustment: u32,
        own: bool,
        text: &str,
    ) -> Result<(), ApplicationError> {
        let account = code(text)?;
        self.with_open(|open| Ok(open.workbook.choose_journal_account(match_id, adjustment, own, account.as_ref())?))
    }

    /// The layouts there are: the ready-made ones, then those of the workbook.
    pub fn journal_layouts(&self) -> Result<Vec<KnownJournalLayout>, ApplicationError> {
        self.with_open(|open| {
            let ready = READY_LAYOUTS.iter().filter_map(|word| JournalLayout::ready(word));
            let mut layouts: Vec<_> = ready
                .map(|layout| KnownJournalLayout { text: JournalLayoutText::of(&layout), ready_made: true })
                .collect();
            for text in open.workbook.journal_layouts()?.values() {
                layouts.push(KnownJournalLayout { text: JournalLayoutText::parse(text)?, ready_made: false });
            }
            Ok(layouts)
        })
    }

    /// Saves a layout in place of what has its name.
    pub fn save_journal_layout(&self, text: &JournalLayoutText) -> Result<(), ApplicationError> {
        let layout = text.layout()?;
        not_ready_made(&layout.name)?;
        let toml = JournalLayoutText::of(&layout).to_toml()?;
        self.with_open(|open| Ok(open.workbook.set_journal_layout(&layout.name, Some(&toml))?))
    }

    /// Removes a layout of the workbook.
    pub fn remove_journal_layout(&self, name: &str) -> Result<(), ApplicationError> {
        not_ready_made(name)?;
        self.with_open(|open| Ok(open.workbook.set_journal_layout(name, None)?))
    }

    /// Reads a layout from a file (TOML).
    pub fn read_journal_layout(&self, path: &Path) -> Result<JournalLayoutText, ApplicationError> {
        let facts = std::fs::metadata(path).map_err(|source| ApplicationError::file(path, source))?;
        if !facts.is_file() && !facts.is_dir() {
            let problem = format!("{}: this is no file but a device or a pipe: choose a file", path.display());
            return Err(ApplicationError::Invalid(problem));
        }
        let text = text_file::read(path)?;
        let checked = JournalLayoutText::parse(&text).and_then(|text| text.layout());
        let layout = checked.map_err(|error| ApplicationError::Invalid(format!("{}: {error}", path.display())))?;
        Ok(JournalLayoutText::of(&layout))
    }

    /// The layout of that name, or in that file.
    pub fn find_journal_layout(&self, name_or_file: &str) -> Result<JournalLayoutText, ApplicationError> {
        let named = self.journal_layouts()?.into_iter().find(|known| known.text.name == name_or_file);
        match named {
            Some(known) => Ok(known.text),
            None if Path::new(name_or_file).is_file() => self.read_journal_layout(Path::new(name_or_file)),
            None => Err(ApplicationError::Invalid(format!(
                "there is no layout and no file '{name_or_file}': take {}, one saved in the workbook, or a TOML file",
                READY_LAYOUTS.join(", ")
            ))),
        }
    }

    /// A page of what was exported, newest first, with the newest that can be taken back.
    pub fn journal_batches(
        &self,
        offset: u64,
        limit: u32,
    ) -> Result<(Page<JournalBatch>, Option<u32>), ApplicationError> {
        self.with_open(|open| {
            let page = open.workbook.journal_batches(offset, limit.min(500))?;
            Ok((page, open.workbook.newest_journal_batch()?))
        })
    }

    /// Takes the newest batch back: its entries are proposed again.
    pub fn take_journal_back(&self, number: u32, reason: &str) -> Result<(), ApplicationError> {
        self.with_open(|open| Ok(open.workbook.take_journal_back(number, reason)?))
    }
}

fn not_ready_made(name: &str) -> Result<(), ApplicationError> {
    if READY_LAYOUTS.contains(&name) {
        return Err(ApplicationError::Invalid(format!(
            "'{name}' is a ready-made layout: save a changed one under another name"
        )));
    }
    Ok(())
}

fn code(text: &str) -> Result<Option<PostingAccount>, ApplicationError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|problem| ApplicationError::Invalid(format!("'{text}': {problem}")))
}

/// Those up to a day; they stand by date.
fn up_to(entries: &[JournalEntry], through: Option<Date>) -> impl Iterator<Item = &JournalEntry> {
    let end = through.map_or(entries.len(), |last| entries.partition_point(|entry| entry.date <= last));
    entries[..end].iter()
}

fn row(entry: JournalEntry, language: MessageLanguage) -> JournalRow {
    let text = entry.text.in_language(entry.cause, language);
    JournalRow { entry, text }
}

fn sums<'e>(entries: impl Iterator<Item = &'e JournalEntry>) -> Result<Vec<JournalSum>, ApplicationError> {
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
fn seen<'e>(entries: impl Iterator<Item = &'e JournalEntry>) -> Digest {
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

/// The names of bank accounts.
struct Names(BTreeMap<AccountId, String>);

impl Names {
    fn of(workbook: &Workbook) -> Result<Self, ApplicationError> {
        Ok(Self(workbook.accounts()?.into_iter().map(|account| (account.id, account.name)).collect()))
    }

    /// What stands against exporting the entries.
    fn missing<'e>(&self, entries: impl Iterator<Item = &'e JournalEntry>) -> Vec<MissingAccount> {
        let mut counts: BTreeMap<PostingRole, u64> = BTreeMap::new();
        for role in entries.flat_map(JournalEntry::missing) {
            // A gain without an account of its own goes where its cause goes: that is the one to name.
            let role = match role {
                PostingRole::Gain(cause) => PostingRole::Cause(cause),
                other => other,
            };
            *counts.entry(role).or_default() += 1;
        }
        counts.into_iter().map(|(role, entries)| MissingAccount { role, name: self.name(role), entries }).collect()
    }

    fn name(&self, role: PostingRole) -> String {
        match role {
            PostingRole::Account(id) => self.0.get(&id).cloned().unwrap_or_else(|| role.to_string()),
            _ => role.to_string().replace('_', " "),
        }
    }
}
