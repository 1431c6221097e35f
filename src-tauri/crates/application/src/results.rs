//! Writes a folder of results: `matches.csv`, `exceptions.csv`, `report.json`, `report.pdf`.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use tieout_domain::Digest;
use tieout_reports::{ExceptionRow, MatchRow, OutputFact, ReportData, SignerNote};

use crate::{ApplicationError, identity::Signer};

/// Names of the files in a result folder.
pub(crate) const MATCHES: &str = "matches.csv";
pub(crate) const EXCEPTIONS: &str = "exceptions.csv";
pub(crate) const REPORT_JSON: &str = "report.json";
pub(crate) const REPORT_PDF: &str = "report.pdf";

/// A signed report as it was written.
pub(crate) struct WrittenReport {
    pub(crate) path: PathBuf,
    pub(crate) pages: u32,
    pub(crate) file_hash: Digest,
    pub(crate) verified: bool,
}

/// Rows of the two CSV files, made anew for each pass, so that a million of them need no memory.
pub(crate) trait Rows {
    /// Every match, in a fixed order.
    fn matches(&self) -> Box<dyn Iterator<Item = MatchRow<'_>> + '_>;
    /// Every record in no match, in a fixed order.
    fn exceptions(&self) -> Box<dyn Iterator<Item = ExceptionRow<'_>> + '_>;
}

/// Writes all four files. Each appears under its name only when it is whole.
pub(crate) fn write_folder(
    out: &Path,
    data: &ReportData<'_>,
    rows: &dyn Rows,
    signer: &Signer,
) -> Result<WrittenReport, ApplicationError> {
    fs::create_dir_all(out).map_err(|source| ApplicationError::file(out, source))?;
    let matches = write_file(&out.join(MATCHES), |file| {
        tieout_reports::write_matches_csv(file, rows.matches()).map_err(io::Error::other)
    })?;
    let exceptions = write_file(&out.join(EXCEPTIONS), |file| {
        tieout_reports::write_exceptions_csv(file, rows.exceptions()).map_err(io::Error::other)
    })?;
    let tables = [
        OutputFact { name: MATCHES.to_owned(), sha256: matches },
        OutputFact { name: EXCEPTIONS.to_owned(), sha256: exceptions },
    ];
    let json = tieout_reports::report_json(data, &tables)?;
    let json_digest = write_file(&out.join(REPORT_JSON), |file| file.write_all(&json))?;
    let mut outputs = tables.to_vec();
    outputs.push(OutputFact { name: REPORT_JSON.to_owned(), sha256: json_digest });
    write_pdf(&out.join(REPORT_PDF), data, &outputs, signer)
}

/// Renders, signs and writes the PDF, then reads it back and checks its signature.
pub(crate) fn write_pdf(
    path: &Path,
    data: &ReportData<'_>,
    outputs: &[OutputFact],
    signer: &Signer,
) -> Result<WrittenReport, ApplicationError> {
    let unsigned = tieout_reports::render_pdf(data, outputs)?;
    let signed = tieout_reports::sign_pdf(&unsigned, &signer.identity, data.generated_at, "Reconciliation report")?;
    let file_hash = write_file(path, |file| file.write_all(&signed))?;
    let written = fs::read(path).map_err(|source| ApplicationError::file(path, source))?;
    let verification = tieout_reports::verify_pdf(&written);
    Ok(WrittenReport {
        path: std::path::absolute(path).unwrap_or_else(|_| path.to_owned()),
        pages: tieout_reports::page_count(&written),
        file_hash,
        verified: verification.valid && verification.covers_whole_file,
    })
}

/// How the report names its signer.
pub(crate) fn signer_note(signer: &Signer) -> SignerNote {
    SignerNote {
        name: signer.identity.common_name(),
        fingerprint: signer.identity.fingerprint(),
        one_time: signer.one_time,
    }
}

/// Writes beside the target first and renames, so that an interruption leaves the old file or the new one, never half.
fn write_file(
    path: &Path,
    write: impl FnOnce(&mut Hashed<BufWriter<File>>) -> io::Result<()>,
) -> Result<Digest, ApplicationError> {
    let partial = path.with_extension("partial");
    let written = (|| {
        let mut file = Hashed { inner: BufWriter::new(File::create(&partial)?), hash: sha2::Sha256::default() };
        write(&mut file)?;
        file.flush()?;
        file.inner.get_ref().sync_all()?;
        fs::rename(&partial, path)?;
        Ok(Digest::from_bytes(sha2::Digest::finalize(file.hash).into()))
    })();
    written.map_err(|source| {
        // Nothing to add if the partial file is not there.
        let _ = fs::remove_file(&partial);
        ApplicationError::file(path, source)
    })
}

/// Hashes what passes through.
struct Hashed<W> {
    inner: W,
    hash: sha2::Sha256,
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        sha2::Digest::update(&mut self.hash, &bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}
