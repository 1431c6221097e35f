//! Is a signed report, a report folder, an audit log or a workbook what it was when it was written?

use std::{fs, io, path::Path};

use tieout_domain::Said;
use tieout_reports::PdfVerification;
use tieout_workbook::{ChainFileFault, check_chain_file};
use zeroize::Zeroizing;

use crate::{ApplicationError, Environment, OpenWorkbook, Session, Verification, foreign, results};

/// So begins every line of an audit log that was written out.
const CHAIN_STARTS: &[u8] = b"{\"act";

/// Verifies whatever lies at the path. A workbook's key comes from `passphrase`, the keychain, or `ask`, in this order.
pub fn verify(
    environment: &Environment,
    path: &Path,
    passphrase: Option<Zeroizing<String>>,
    ask: &dyn Fn() -> Result<Zeroizing<String>, ApplicationError>,
) -> Result<Verification, ApplicationError> {
    if path.is_dir() {
        return folder(path);
    }
    let mut start = [0; 5];
    let mut file = foreign::open(path).map_err(|source| ApplicationError::file(path, source))?;
    let is_pdf = std::io::Read::read_exact(&mut file, &mut start).is_ok() && &start == b"%PDF-";
    if is_pdf {
        let bytes = foreign::read(path).map_err(|source| ApplicationError::file(path, source))?;
        return Ok(pdf(&tieout_reports::verify_pdf(&bytes)));
    }
    let is_chain = start.starts_with(CHAIN_STARTS) || path.extension().is_some_and(|ending| ending == "jsonl");
    if is_chain {
        let file = foreign::open(path).map_err(|source| ApplicationError::file(path, source))?;
        return chain(path, file);
    }
    workbook_file(environment, path, passphrase, ask)
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

fn folder(path: &Path) -> Result<Verification, ApplicationError> {
    let read = |name: &str| {
        let file = path.join(name);
        foreign::read(&file).map_err(|source| ApplicationError::file(&file, source))
    };
    let (json, signed) = (read(results::REPORT_JSON)?, read(results::REPORT_PDF)?);
    let (matches, exceptions) = (read(results::MATCHES)?, read(results::EXCEPTIONS)?);
    let tables = [(results::MATCHES, matches.as_slice()), (results::EXCEPTIONS, exceptions.as_slice())];
    let checked = tieout_reports::verify_folder(&json, &signed, &tables);
    let findings = checked.findings.into_iter().chain(checked.notes);
    // Files are verified from the terminal alone.
    Ok(Verification { valid: checked.valid, findings: findings.map(Said::in_english).collect() })
}

fn workbook_file(
    environment: &Environment,
    path: &Path,
    passphrase: Option<Zeroizing<String>>,
    ask: &dyn Fn() -> Result<Zeroizing<String>, ApplicationError>,
) -> Result<Verification, ApplicationError> {
    let session = Session::new(environment.clone());
    let request = |passphrase| OpenWorkbook { path: path.to_owned(), passphrase, remember: false };
    match session.open_workbook(request(passphrase)) {
        Err(error) if error.is_passphrase_needed() => session.open_workbook(request(Some(ask()?)))?,
        other => other?,
    };
    let verification = session.verify_workbook();
    session.close_workbook()?;
    verification
}
