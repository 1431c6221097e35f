//! The signed report of an account, alone or in a folder with its data.

mod gathered;
mod rows;
mod trail;

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use tieout_domain::{AccountId, Side, said};
use tieout_reports::{Layout, RowStatus};
use tieout_workbook::{ProofRange, Workbook};

use crate::{
    ApplicationError, Environment, ExportReport, ExportedReport, Proof, ProofRequest, RecordFacts, Session,
    exports::Export,
    figures::account_named,
    headless::ImportedIdentity,
    identity::Signer,
    place::Existing,
    results::{self, ResultFolder, WrittenReport},
};

use gathered::Gathered;
pub(crate) use {gathered::Signers, rows::record_row, trail::quality_of_reading};

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
    /// Paper and parts of the report.
    pub layout: Layout,
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
            let path = match &request.path {
                Some(path) => with_pdf_extension(path),
                None => proposed_path(&self.environment, &open.workbook, request.scope.account)?,
            };
            let place = open.place(&path, Existing::Keep)?;
            if let Some(folder) = path.parent() {
                std::fs::create_dir_all(folder).map_err(|source| ApplicationError::file(folder, source))?;
            }
            let signer = Signer::choose(&self.environment, None, &mut open.workbook)?;
            let workbook = &open.workbook;
            let range = ProofRange { from: request.scope.from, to: request.scope.to };
            let gathered = Gathered::of(workbook, request.scope.account, range)?;
            let (made, tables) = results::made_tables(&gathered, workbook.figure_limits()?, request.layout)?;
            let data = gathered.report(&self.environment, workbook, &signer, (tables, request.layout))?;
            let (file, written) = results::new_report(&place, &data, &made, &signer)?;
            let export = Export::data("report").of(gathered.scope()).signed(&signer);
            open.put_in_place(&export.masked(request.layout.privacy), [file])?;
            Ok(exported(written, &signer))
        })
    }

    /// Writes the report of an account into a folder, with its data beside it.
    pub fn export_folder(&self, request: &ExportFolder) -> Result<ExportedFolder, ApplicationError> {
        self.with_open(|open| {
            let account = account_named(&open.workbook, request.account.as_deref())?;
            let signer = Signer::choose(&self.environment, request.identity.as_ref(), &mut open.workbook)?;
            let workbook = &open.workbook;
            let range = ProofRange { from: request.from, to: request.to };
            let gathered = Gathered::of(workbook, account, range)?;
            let out = ResultFolder { path: &request.out, workbook: Some(workbook.path()) };
            let (files, tables) = results::write_tables(&out, &gathered, workbook.figure_limits()?, request.layout)?;
            let data = gathered.report(&self.environment, workbook, &signer, (tables, request.layout))?;
            let (files, written) = results::write_reports(&out, &data, files, &signer)?;
            let summary = data.tables.summary();
            let export = Export::data("folder").of(gathered.scope()).signed(&signer);
            open.put_in_place(&export.masked(request.layout.privacy), files)?;
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
