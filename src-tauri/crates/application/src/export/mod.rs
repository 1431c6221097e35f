//! The signed report of an account, alone or in a folder with its data.

mod rows;

use std::{
    borrow::Cow,
    collections::HashSet,
    path::{Path, PathBuf},
};

use jiff::civil::Date;
use tieout_domain::{AccountId, Decider, MatchStatus, Money, Period, Profile, RecordRef, Side, Verdict, said};
use tieout_reports::{AccountProof, ExceptionRow, FileFact, MatchRow, ReportData, RowStatus, Tables};
use tieout_workbook::{Account, MatchDetail, ProofRange, Record, RunRecord, Workbook};

use crate::{
    ApplicationError, Configuration, Environment, ExportReport, ExportedReport, Proof, ProofRequest, RecordFacts,
    Session, engine,
    figures::account_named,
    headless::ImportedIdentity,
    identity::Signer,
    place::Existing,
    results::{self, ResultFolder, Rows, WrittenReport},
    signed_report::SignedBasis,
};

pub(crate) use rows::record_row;
use rows::{exception_row, match_row};

/// Rows fetched at a time.
const PAGE: u32 = 500;
/// Outstanding records that the window lists.
const OUTSTANDING_SHOWN: u32 = 500;

/// A folder of results to be written.
#[derive(Debug, Clone)]
pub struct ExportFolder {
    /// Name of the account; may be left out where there is only one.
    pub account: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The folder.
    pub out: PathBuf,
    /// Sign with this instead of the keychain's identity.
    pub identity: Option<ImportedIdentity>,
}

/// A folder that was written.
#[derive(Debug, Clone)]
pub struct ExportedFolder {
    /// The folder.
    pub out: PathBuf,
    /// The report in it.
    pub report: ExportedReport,
    /// Approved matches.
    pub matched: u64,
    /// Matches that wait for a person.
    pub suggested: u64,
    /// Lines without a match.
    pub lines_unmatched: u64,
    /// Entries without a match.
    pub entries_unmatched: u64,
}

/// What a report says of an account, gathered in one go.
struct Gathered {
    account: Account,
    range: ProofRange,
    matches: Vec<MatchRow<'static>>,
    exceptions: Vec<ExceptionRow<'static>>,
    approvers: Vec<String>,
    /// These days are a period that was signed: the report says what was signed.
    signed: Option<SignedBasis>,
    /// What is outstanding of records that a match uses in part: they stand with the matches.
    in_part: Vec<(Side, Money)>,
}

impl Rows for Gathered {
    fn matches(&self) -> usize {
        self.matches.len()
    }

    fn match_row(&self, at: usize) -> MatchRow<'_> {
        self.matches[at].clone()
    }

    fn exceptions(&self) -> usize {
        self.exceptions.len()
    }

    fn exception_row(&self, at: usize) -> ExceptionRow<'_> {
        self.exceptions[at].clone()
    }
}

impl Session {
    /// Ties an account out: the two statements that must hold, and what is outstanding on each side.
    pub fn balance_proof(&self, request: &ProofRequest) -> Result<Proof, ApplicationError> {
        let range = ProofRange { from: request.from, to: request.to };
        self.with_open(|open| {
            let workbook = &open.workbook;
            let proof = workbook.balance_proof(request.account, range)?;
            let outstanding = |side| -> Result<Vec<RecordFacts>, ApplicationError> {
                let page = workbook.outstanding(request.account, range, side, 0, OUTSTANDING_SHOWN)?;
                let facts = |(record, rest)| RecordFacts { open: rest, ..RecordFacts::from(record) };
                Ok(page.rows.into_iter().map(facts).collect())
            };
            Ok(Proof {
                account: proof.account.name.clone(),
                from: request.from.or(proof.account.first_date),
                to: request.to.or(proof.account.last_date),
                outstanding_lines: outstanding(Side::Statement)?,
                outstanding_lines_count: proof.lines_outstanding,
                outstanding_entries: outstanding(Side::Ledger)?,
                outstanding_entries_count: proof.entries_outstanding,
                proof: proof.proof,
            })
        })
    }

    /// Where a report goes unless told otherwise: a free name in the user's documents.
    pub fn proposed_report_path(&self, account: AccountId) -> Result<PathBuf, ApplicationError> {
        self.with_open(|open| proposed_path(&self.environment, &open.workbook, account))
    }

    /// Writes the signed report of an account. Never replaces a file.
    pub fn export_report(&self, request: &ExportReport) -> Result<ExportedReport, ApplicationError> {
        self.with_open(|open| {
            let workbook = &open.workbook;
            let path = match &request.path {
                Some(path) => with_pdf_extension(path),
                None => proposed_path(&self.environment, workbook, request.scope.account)?,
            };
            let place = open.place(&path, Existing::Keep)?;
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(|source| ApplicationError::file(folder, source))?;
            }
            let signer = Signer::choose(&self.environment, None, Some(&workbook.user().name))?;
            let range = ProofRange { from: request.scope.from, to: request.scope.to };
            let gathered = Gathered::of(workbook, request.scope.account, range)?;
            let data = gathered.report(&self.environment, workbook, &signer, gathered.tables())?;
            Ok(exported(results::write_pdf(&place, &data, &[], &signer)?, &signer))
        })
    }

    /// Writes the report of an account into a folder, with its data beside it.
    pub fn export_folder(&self, request: &ExportFolder) -> Result<ExportedFolder, ApplicationError> {
        self.with_open(|open| {
            let workbook = &open.workbook;
            let account = account_named(workbook, request.account.as_deref())?;
            let person = workbook.user().name.clone();
            let signer = Signer::choose(&self.environment, request.identity.as_ref(), Some(&person))?;
            let range = ProofRange { from: request.from, to: request.to };
            let gathered = Gathered::of(workbook, account, range)?;
            let out = ResultFolder { path: &request.out, workbook: Some(workbook.path()) };
            let (files, tables) = results::write_tables(&out, &gathered, workbook.figure_limits()?)?;
            let data = gathered.report(&self.environment, workbook, &signer, tables)?;
            let written = results::write_reports(&out, &data, files, &signer)?;
            let summary = data.tables.summary();
            Ok(ExportedFolder {
                out: std::path::absolute(&request.out).unwrap_or_else(|_| request.out.clone()),
                report: exported(written, &signer),
                matched: summary.of(RowStatus::Auto).rows + summary.of(RowStatus::Approved).rows,
                suggested: summary.of(RowStatus::Suggested).rows + summary.of(RowStatus::Ambiguous).rows,
                lines_unmatched: summary.unmatched_lines.rows,
                entries_unmatched: summary.unmatched_entries.rows,
            })
        })
    }
}

fn exported(written: WrittenReport, signer: &Signer) -> ExportedReport {
    ExportedReport {
        path: written.path,
        pages: written.pages,
        file_hash: written.file_hash,
        signer: signer.identity.common_name(),
        fingerprint: signer.identity.fingerprint(),
        one_time: signer.one_time,
        verified: written.verified,
    }
}

fn with_pdf_extension(path: &Path) -> PathBuf {
    if path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")) {
        return path.to_owned();
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".pdf");
    PathBuf::from(name)
}

fn proposed_path(
    environment: &Environment,
    workbook: &Workbook,
    account: AccountId,
) -> Result<PathBuf, ApplicationError> {
    let accounts = workbook.accounts()?;
    let account = accounts.iter().find(|known| known.id == account);
    let account =
        account.ok_or_else(|| ApplicationError::Invalid(said!("account.gone", "there is no such account")))?;
    let day = account.last_date.map(|date| format!(" {date}")).unwrap_or_default();
    Ok(free_path(environment, &format!("{} {}{day}", workbook.company().name, account.name), "pdf"))
}

/// A file of this name among the person's documents that is not there yet.
pub(crate) fn free_path(environment: &Environment, name: &str, extension: &str) -> PathBuf {
    let name: String =
        name.chars().map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { '-' } else { c }).take(120).collect();
    let numbered = |number: u32| match number {
        1 => environment.documents.join(format!("{name}.{extension}")),
        _ => environment.documents.join(format!("{name} ({number}).{extension}")),
    };
    (1..1_000).map(numbered).find(|path| !path.exists()).unwrap_or_else(|| numbered(1))
}

impl Gathered {
    fn of(workbook: &Workbook, account: AccountId, range: ProofRange) -> Result<Self, ApplicationError> {
        let known = workbook.accounts()?.into_iter().find(|known| known.id == account);
        let account =
            known.ok_or_else(|| ApplicationError::Invalid(said!("account.gone", "there is no such account")))?;
        let signed = SignedBasis::of(workbook, account.id, range)?;
        let (matches, exceptions, approvers) = (Vec::new(), Vec::new(), Vec::new());
        let mut gathered = Self { range, matches, exceptions, approvers, signed, account, in_part: Vec::new() };
        let held = gathered.take_matches(workbook)?;
        if let Some(signed) = &gathered.signed {
            let listed = signed.outstanding(workbook)?;
            gathered.list(workbook, listed, &held)?;
            return Ok(gathered);
        }
        for side in [Side::Statement, Side::Ledger] {
            gathered.take_outstanding(workbook, side, &held)?;
        }
        Ok(gathered)
    }

    /// Answers the records that stand in a match.
    fn take_matches(&mut self, workbook: &Workbook) -> Result<HashSet<RecordRef>, ApplicationError> {
        let mut held = HashSet::new();
        // Of what was signed nothing waits for a person.
        let statuses: &[MatchStatus] = match self.signed {
            Some(_) => &[MatchStatus::Approved],
            None => &[MatchStatus::Approved, MatchStatus::Suggested, MatchStatus::Ambiguous],
        };
        let mut offset = 0;
        loop {
            let page = workbook.matches_of_account(self.account.id, self.range, statuses, offset, PAGE)?;
            if page.rows.is_empty() {
                return Ok(held);
            }
            offset += page.rows.len() as u64;
            for detail in page.rows {
                if self.signed.as_ref().is_some_and(|signed| !signed.covers(&detail)) {
                    continue;
                }
                held.extend(detail.records.iter().map(|(record, _)| record.reference()));
                self.note_approver(&detail);
                self.matches.push(match_row(detail)?);
            }
        }
    }

    fn note_approver(&mut self, detail: &MatchDetail) {
        let approval = detail.decisions.iter().find(|made| made.decision.verdict == Verdict::Approve);
        if let Some(made) = approval
            && matches!(made.decision.decided_by, Decider::Person(_))
            && !self.approvers.contains(&made.by)
        {
            self.approvers.push(made.by.clone());
        }
    }

    fn take_outstanding(
        &mut self,
        workbook: &Workbook,
        side: Side,
        held: &HashSet<RecordRef>,
    ) -> Result<(), ApplicationError> {
        let mut offset = 0;
        loop {
            let page = workbook.outstanding(self.account.id, self.range, side, offset, PAGE)?;
            if page.rows.is_empty() {
                return Ok(());
            }
            offset += page.rows.len() as u64;
            self.list(workbook, page.rows, held)?;
        }
    }

    fn list(
        &mut self,
        workbook: &Workbook,
        outstanding: Vec<(Record, Money)>,
        held: &HashSet<RecordRef>,
    ) -> Result<(), ApplicationError> {
        for (record, rest) in outstanding {
            if held.contains(&record.reference()) {
                let side = if matches!(record, Record::Line(_)) { Side::Statement } else { Side::Ledger };
                self.in_part.push((side, rest));
                continue;
            }
            let settled_since = self.signed.is_some() && record.open().is_zero();
            let mut row = exception_row(workbook, record, rest)?;
            if settled_since {
                row.explanation = Cow::Borrowed("outstanding on the last day, settled later");
            }
            self.exceptions.push(row);
        }
        Ok(())
    }

    fn tables(&self) -> Tables<'_> {
        let mut tables = Tables::new();
        self.matches.iter().for_each(|row| tables.add_match(row.clone()));
        self.exceptions.iter().for_each(|row| tables.add_exception(row.clone()));
        tables
    }

    fn report<'t>(
        &self,
        environment: &Environment,
        workbook: &Workbook,
        signer: &Signer,
        tables: Tables<'t>,
    ) -> Result<ReportData<'t>, ApplicationError> {
        let proof = match &self.signed {
            Some(signed) => signed.figures.proof.clone(),
            None => workbook.balance_proof(self.account.id, self.range)?.proof,
        };
        let company = workbook.company();
        let signers = match &self.signed {
            Some(signed) => signed.signers(),
            None => self.signers(workbook),
        };
        let run = workbook.latest_run()?;
        Ok(ReportData {
            company: company.name.clone(),
            accounts: vec![self.account.name.clone()],
            period: self.period(),
            profile: run.as_ref().map_or(Profile::Bank, |run| run.run.profile),
            prepared_by: signers.prepared_by,
            approved_by: signers.approved_by,
            single_user: signers.single_user,
            signed: self.signed.as_ref().map(|signed| signed.note(workbook, &self.in_part)).transpose()?,
            generated_at: environment.now(),
            engine_version: run
                .as_ref()
                .map_or_else(|| engine::VERSION.to_owned(), |run| run.run.engine_version.clone()),
            configuration: configuration_of(run.as_ref()),
            statistics: run.as_ref().map_or_else(Vec::new, |run| {
                // All that a workbook keeps of them.
                vec![("candidates_scored".to_owned(), run.run.candidates)]
            }),
            signer: Some(results::signer_note(signer)),
            proofs: vec![AccountProof { account: self.account.name.clone(), proof }],
            files: files(workbook, &self.account)?,
            audit_head: Some(workbook.audit_head()),
            tables,
        })
    }

    /// Of days that nobody signed as a period: whoever makes the report, and whoever else approved matches.
    fn signers(&self, workbook: &Workbook) -> Signers {
        let prepared_by = workbook.user().name.clone();
        let others: Vec<_> = self.approvers.iter().filter(|name| **name != prepared_by).cloned().collect();
        let single_user = workbook.company().single_user;
        let approved_by =
            if single_user { Some(prepared_by.clone()) } else { (!others.is_empty()).then(|| others.join(", ")) };
        Signers { prepared_by, approved_by, single_user }
    }

    fn period(&self) -> Option<Period> {
        let from = self.range.from.or(self.account.first_date)?;
        let to = self.range.to.or(self.account.last_date)?;
        Some(Period { from, to })
    }
}

/// Who stands for what a report says.
pub(crate) struct Signers {
    pub(crate) prepared_by: String,
    pub(crate) approved_by: Option<String>,
    /// Preparer and reviewer may be, or are, the same person.
    pub(crate) single_user: bool,
}

/// The configuration that the newest run recorded, or the defaults where none ran.
fn configuration_of(run: Option<&RunRecord>) -> Vec<(String, String)> {
    match run {
        Some(run) => {
            let pairs = run.run.configuration.lines().filter_map(|line| line.split_once(" = "));
            pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
        }
        None => Configuration::defaults(Profile::Bank).lines(),
    }
}

/// Completed imports of the account's statements and of all ledgers.
fn files(workbook: &Workbook, account: &Account) -> Result<Vec<FileFact>, ApplicationError> {
    let batches = workbook.list_batches()?.into_iter().rev().filter(|batch| {
        batch.state == tieout_domain::BatchState::Completed
            && (batch.side == Side::Ledger || batch.account == Some(account.id))
    });
    Ok(batches
        .map(|batch| FileFact {
            name: batch.file_name,
            sha256: batch.file_hash,
            side: batch.side,
            rows: batch.added + batch.duplicates + batch.rejected,
        })
        .collect())
}
