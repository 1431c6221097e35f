//! Journal entries: what is to be posted, the accounts it goes to, and the files that the books take it from.

mod exporting;
mod layout_text;
mod listed;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use tieout_domain::{
    Currency, Digest, JournalEntry, JournalLayout, MatchId, MessageLanguage, PostingAccount, PostingError, PostingRole,
    READY_LAYOUTS, Said, said,
};
use tieout_workbook::Page;
pub use tieout_workbook::{JournalBatch, JournalSum, JournalTakenBack};

use crate::{ApplicationError, Session, text_file};

pub(crate) use listed::Listed;
use listed::{Names, row, seen, up_to};

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
        let (listed, names, base, proposed_path) = self.with_open(|open| {
            let listed = self.listed(open)?;
            let proposed_path = exporting::proposed_path(&self.environment, &open.workbook)?;
            Ok((listed, Names::of(&open.workbook)?, open.workbook.company().base_currency, proposed_path))
        })?;
        // Nobody waits for what follows: it needs no workbook.
        let wanted = |entry: &&JournalEntry| !query.only_missing || entry.missing().next().is_some();
        let entries = || listed.up_to(query.through).filter(wanted);
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX);
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let totals = listed.totals(query.through)?;
        Ok(JournalPage {
            rows: entries().skip(offset).take(limit).map(|entry| row(entry.clone(), query.language)).collect(),
            total: entries().count() as u64,
            sums: totals.sums.clone(),
            without_rate: totals.without_rate,
            reversing: totals.reversing,
            seen: totals.seen,
            missing: names.missing_of(totals),
            base,
            proposed_path,
        })
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

    /// Saves a layout, in place of the one that was called `was` if there is one. Refuses a name that another one has.
    pub fn save_journal_layout(&self, text: &JournalLayoutText, was: Option<&str>) -> Result<(), ApplicationError> {
        let layout = text.layout()?;
        not_ready_made(&layout.name)?;
        let toml = JournalLayoutText::of(&layout).to_toml()?;
        self.with_open(|open| Ok(open.workbook.save_journal_layout(&layout.name, &toml, was)?))
    }

    /// Removes a layout of the workbook.
    pub fn remove_journal_layout(&self, name: &str) -> Result<(), ApplicationError> {
        not_ready_made(name)?;
        self.with_open(|open| Ok(open.workbook.remove_journal_layout(name)?))
    }

    /// Reads a layout from a file (TOML).
    pub fn read_journal_layout(&self, path: &Path) -> Result<JournalLayoutText, ApplicationError> {
        let facts = std::fs::metadata(path).map_err(|source| ApplicationError::file(path, source))?;
        if !facts.is_file() && !facts.is_dir() {
            return Err(ApplicationError::Invalid(said!(
                "file.device",
                "{path}: this is no file but a device or a pipe: choose a file",
                path = path.display()
            )));
        }
        let text = text_file::read(path)?;
        let checked = JournalLayoutText::parse(&text).and_then(|text| text.layout());
        let layout = checked.map_err(|error| {
            ApplicationError::Invalid(said!("inFile", "{file}: {why}", file = path.display(), why = error.said()))
        })?;
        Ok(JournalLayoutText::of(&layout))
    }

    /// The layout of that name, or in that file.
    pub fn find_journal_layout(&self, name_or_file: &str) -> Result<JournalLayoutText, ApplicationError> {
        let named = self.journal_layouts()?.into_iter().find(|known| known.text.name == name_or_file);
        match named {
            Some(known) => Ok(known.text),
            None if Path::new(name_or_file).is_file() => self.read_journal_layout(Path::new(name_or_file)),
            None => Err(ApplicationError::Invalid(said!(
                "layout.notFound",
                "there is no layout and no file '{name}': take {known}, one saved in the workbook, or a TOML file",
                name = name_or_file,
                known = READY_LAYOUTS.join(", ")
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
        return Err(ApplicationError::Invalid(said!(
            "layout.readyMade",
            "'{name}' is a ready-made layout: save a changed one under another name",
            name = name
        )));
    }
    Ok(())
}

fn code(text: &str) -> Result<Option<PostingAccount>, ApplicationError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|problem: PostingError| {
        ApplicationError::Invalid(said!("about", "'{text}': {why}", text = text, why = Said::from(problem)))
    })
}
