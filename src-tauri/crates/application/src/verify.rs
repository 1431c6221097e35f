//! Is a signed report, a report folder, an audit log or a workbook what it was when it was written?

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use tieout_domain::{Said, said};
use tieout_reports::{KnownSigner, PdfVerification};
use tieout_workbook::{AnchorState, ChainFileFault, check_chain_file};
use zeroize::Zeroizing;

use crate::{ApplicationError, Environment, OpenWorkbook, Session, Verification, foreign, results, signing::trusted};

/// So begins every line of an audit log that was written out.
const CHAIN_STARTS: &[u8] = b"{\"act";

/// By what a report's signer may be known.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Files with certificates: signers' own, or their issuers'.
    pub certificates: Vec<PathBuf>,
    /// A workbook, whose signers are known.
    pub workbook: Option<PathBuf>,
}

impl Trust {
    fn is_empty(&self) -> bool {
        self.certificates.is_empty() && self.workbook.is_none()
    }
}

/// How a workbook is opened: its key comes from the passphrase, the keychain, or by asking, in this order.
pub struct Opening<'a> {
    /// The passphrase, where it is known already.
    pub passphrase: Option<Zeroizing<String>>,
    /// Asks for it.
    pub ask: &'a dyn Fn(&Path) -> Result<Zeroizing<String>, ApplicationError>,
}

/// Verifies whatever lies at the path. A workbook is compared with these reports, files or folders: each must
/// have been made from it. The signer of a report may be known by what is trusted. The data inside a report are written
/// into `extract`, a folder, if the report is valid.
pub fn verify(
    environment: &Environment,
    path: &Path,
    reports: &[PathBuf],
    extract: Option<&Path>,
    trust: &Trust,
    opening: Opening<'_>,
) -> Result<Verification, ApplicationError> {
    let refuse =
        |given: bool, words: &'static str| if given { Err(ApplicationError::in_english(words)) } else { Ok(()) };
    let refuse_reports = || refuse(!reports.is_empty(), "--report compares a workbook with reports, and this is none");
    let refuse_extract = || refuse(extract.is_some(), "--extract is for a report, and this is none");
    if path.is_dir() {
        refuse_reports()?;
        refuse_extract()?;
        return folder(path, &known(environment, trust, opening)?);
    }
    let mut start = [0; 5];
    let mut file = foreign::open(path).map_err(|source| ApplicationError::file(path, source))?;
    let is_pdf = std::io::Read::read_exact(&mut file, &mut start).is_ok() && &start == b"%PDF-";
    if is_pdf {
        refuse_reports()?;
        let bytes = foreign::read(path).map_err(|source| ApplicationError::file(path, source))?;
        let mut verification = pdf(&tieout_reports::verify_pdf_knowing(&bytes, &known(environment, trust, opening)?));
        if let Some(folder) = extract {
            let told = if verification.valid { extracted(&bytes, folder)? } else { "Nothing was written.".to_owned() };
            verification.findings.push(Said::in_english(told));
        }
        return Ok(verification);
    }
    if !trust.is_empty() {
        return Err(ApplicationError::Invalid(said!(
            "verify.noReport",
            "what is trusted tells who signed a report, and this is none"
        )));
    }
    refuse_extract()?;
    let is_chain = start.starts_with(CHAIN_STARTS) || path.extension().is_some_and(|ending| ending == "jsonl");
    if is_chain {
        refuse_reports()?;
        let file = foreign::open(path).map_err(|source| ApplicationError::file(path, source))?;
        return chain(path, file);
    }
    workbook_file(environment, path, reports, opening)
}

/// The certificates by which a signer is known.
fn known(environment: &Environment, trust: &Trust, opening: Opening<'_>) -> Result<Vec<KnownSigner>, ApplicationError> {
    let mut known = Vec::new();
    if let Some(path) = &trust.workbook {
        let session = opened(environment, path, opening)?;
        let signers = session.known_signers();
        session.close_workbook()?;
        known = signers?;
    }
    for path in &trust.certificates {
        known.push(trusted(path)?);
    }
    Ok(known)
}

fn opened(environment: &Environment, path: &Path, opening: Opening<'_>) -> Result<Session, ApplicationError> {
    let session = Session::new(environment.clone());
    let request = |passphrase| OpenWorkbook { path: path.to_owned(), passphrase, remember: false };
    match session.open_workbook(request(opening.passphrase)) {
        Err(error) if error.is_passphrase_needed() => session.open_workbook(request(Some((opening.ask)(path)?)))?,
        other => other?,
    };
    Ok(session)
}

/// An audit log that was written out. Whether newer events are missing only another witness of its head can tell.
fn chain(path: &Path, file: fs::File) -> Result<Verification, ApplicationError> {
    match check_chain_file(io::BufReader::new(file)) {
        Ok(head) => Ok(Verification {
            valid: true,
            findings: vec![
                Said::in_english(format!("The audit chain holds: {} events, head {}.", head.sequence, head.hash)),
                Said::in_english(
                    "Compare the head with a signed report or with the workbook: the file alone does not tell whether \
                     newer events are missing.",
                ),
            ],
        }),
        Err(ChainFileFault::Io(source)) => Err(ApplicationError::file(path, source)),
        Err(fault) => Ok(Verification {
            valid: false,
            findings: vec![Said::in_english(format!("The audit log does not hold: {fault}."))],
        }),
    }
}

fn pdf(verification: &PdfVerification) -> Verification {
    let findings = verification.findings.iter().chain(&verification.notes);
    Verification { valid: verification.valid, findings: findings.cloned().map(Said::in_english).collect() }
}

/// Writes the data inside a report into a folder, never over a file that is there; answers the sentence that says so.
fn extracted(pdf: &[u8], folder: &Path) -> Result<String, ApplicationError> {
    let files = tieout_reports::attached_files(pdf).map_err(ApplicationError::in_english)?;
    if files.is_empty() {
        return Ok("Nothing was written: no data are inside this report.".to_owned());
    }
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| ApplicationError::file(&path, source)
    };
    fs::create_dir_all(folder).map_err(failed(folder))?;
    let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.join(name)).collect();
    if let Some(there) = paths.iter().find(|path| fs::symlink_metadata(path).is_ok()) {
        return Err(ApplicationError::file(there, io::ErrorKind::AlreadyExists.into()));
    }
    for (path, (_, bytes)) in paths.iter().zip(&files) {
        let file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed(path))?;
        io::Write::write_all(&mut &file, bytes).and_then(|()| file.sync_all()).map_err(failed(path))?;
    }
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    Ok(format!("Written into {}: {}.", folder.display(), names.join(", ")))
}

fn folder(path: &Path, known: &[KnownSigner]) -> Result<Verification, ApplicationError> {
    let read = |name: &str| {
        let file = path.join(name);
        foreign::read(&file).map_err(|source| ApplicationError::file(&file, source))
    };
    let (json, signed) = (read(results::REPORT_JSON)?, read(results::REPORT_PDF)?);
    let (matches, exceptions) = (read(results::MATCHES)?, read(results::EXCEPTIONS)?);
    let tables = [(results::MATCHES, matches.as_slice()), (results::EXCEPTIONS, exceptions.as_slice())];
    let checked = tieout_reports::verify_folder_knowing(&json, &signed, &tables, known);
    let findings = checked.findings.into_iter().chain(checked.notes);
    // Files are verified from the terminal alone.
    Ok(Verification { valid: checked.valid, findings: findings.map(Said::in_english).collect() })
}

fn workbook_file(
    environment: &Environment,
    path: &Path,
    reports: &[PathBuf],
    opening: Opening<'_>,
) -> Result<Verification, ApplicationError> {
    let session = opened(environment, path, opening)?;
    let verification = session.verify_workbook().and_then(|mut verification| {
        for report in reports {
            let (holds, finding) = compare(&session, report)?;
            verification.valid &= holds;
            verification.findings.push(Said::in_english(finding));
        }
        Ok(verification)
    });
    session.close_workbook()?;
    verification
}

/// Whether a report was made from the open workbook, and the sentence that says so. It holds the head of the audit chain
/// under its signature, and a head stands for all events up to it.
fn compare(session: &Session, path: &Path) -> Result<(bool, String), ApplicationError> {
    let file = if path.is_dir() { path.join(results::REPORT_PDF) } else { path.to_owned() };
    let bytes = foreign::read(&file).map_err(|source| ApplicationError::file(&file, source))?;
    let (report, name) = (tieout_reports::verify_pdf(&bytes), path.display());
    if !report.valid {
        let why = report.findings.first().map_or("", String::as_str);
        return Ok((false, format!("{name} is not as it was signed, so nothing can be compared with it: {why}")));
    }
    let Some(head) = report.audit_head else {
        return Ok((false, format!("{name} was not made from a workbook: it holds no head of an audit chain.")));
    };
    let event = head.sequence;
    Ok(match session.with_file(|open| Ok(open.workbook.compare_head(head)?))? {
        AnchorState::Matches => (true, format!("{name} was made from this workbook at event {event}.")),
        AnchorState::Behind { found, .. } => (
            false,
            format!(
                "{name} saw event {event}, but this workbook ends with event {found}: it is an older copy, or another."
            ),
        ),
        AnchorState::Differs { .. } | AnchorState::Unknown => {
            (false, format!("The workbook's history is not the one that {name} saw: event {event} is another."))
        }
    })
}
