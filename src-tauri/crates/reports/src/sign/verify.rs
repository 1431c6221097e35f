//! Checking a signed report: stricter than PDF readers, which accept bytes that no signature covers.

use std::panic::{AssertUnwindSafe, catch_unwind};

use jiff::Timestamp;
use lopdf::{Dictionary, Document, LoadOptions, Object};
use tieout_domain::{AuditHead, Digest};

use super::{
    attached, cms,
    place::{Gap, der_length, signed_parts},
    signer::{self, KnownSigner},
};
use crate::{
    data::OutputFact,
    manifest::{INFO_KEY, Manifest},
};

/// Most bytes that a compressed part of a PDF may unfold to.
const INFLATED_BYTES_MAX: usize = 64 << 20;

/// Who signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignerFact {
    /// Name in the certificate. Where the certificate is self-signed nobody vouches for it.
    pub name: String,
    /// SHA-256 of the certificate.
    pub fingerprint: Digest,
    /// The time the signer stated.
    pub signed_at: Option<Timestamp>,
}

/// What was found about a PDF.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PdfVerification {
    /// Whether nothing is wrong.
    pub valid: bool,
    /// What is wrong, one sentence each; empty when valid.
    pub findings: Vec<String>,
    /// What was checked and what a reader should know, one sentence each.
    pub notes: Vec<String>,
    /// Who signed; empty where the signature itself is wrong.
    pub signers: Vec<SignerFact>,
    /// Whether the signature covers every byte of the file but itself.
    pub covers_whole_file: bool,
    /// How many pages it has.
    pub pages: u32,
    /// Digests of the files written with the report, under its signature.
    pub file_digests: Vec<(String, Digest)>,
    /// Head of the audit chain at the time of the report.
    pub audit_head: Option<AuditHead>,
}

/// What was found about a report folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FolderVerification {
    /// Whether nothing is wrong, the PDF included.
    pub valid: bool,
    /// What is wrong, one sentence each; empty when valid.
    pub findings: Vec<String>,
    /// What was checked and what a reader should know, one sentence each.
    pub notes: Vec<String>,
    /// The PDF on its own.
    pub pdf: PdfVerification,
}

/// Checks the signature of a PDF. It must cover every byte of the file; the room left for it must hold nothing else; its
/// encoding must be canonical; and it must be the only one. Hostile bytes give findings, never a panic.
pub fn verify_pdf(bytes: &[u8]) -> PdfVerification {
    verify_pdf_knowing(bytes, &[])
}

/// The same; a signer who is known by one of these certificates is said to be.
pub fn verify_pdf_knowing(bytes: &[u8], known: &[KnownSigner]) -> PdfVerification {
    let checked = catch_unwind(AssertUnwindSafe(|| checked(bytes, known)));
    let mut verification = checked.unwrap_or_else(|_| refused("the file is not a PDF that can be read"));
    verification.valid = verification.findings.is_empty();
    verification
}

fn refused(finding: impl Into<String>) -> PdfVerification {
    PdfVerification { findings: vec![finding.into()], ..PdfVerification::default() }
}

fn checked(bytes: &[u8], known: &[KnownSigner]) -> PdfVerification {
    if !bytes.starts_with(b"%PDF-") {
        return refused("the file is not a PDF");
    }
    let options = LoadOptions { max_decompressed_size: Some(INFLATED_BYTES_MAX), ..LoadOptions::default() };
    let Ok(document) = Document::load_mem_with_options(bytes, options) else {
        return refused("the file is damaged: it is not a PDF that can be read");
    };
    let signature = match sole_signature(&document) {
        Ok(signature) => signature,
        Err(finding) => return refused(finding),
    };
    let pages = u32::try_from(document.get_pages().len()).unwrap_or(u32::MAX);
    let mut found = PdfVerification { pages, ..PdfVerification::default() };
    let manifest = read_manifest(&document, &mut found);
    let gap = match coverage(bytes, signature) {
        Ok(gap) => gap,
        Err(finding) => {
            found.findings.push(finding);
            return found;
        }
    };
    found.covers_whole_file = true;
    match contents(bytes, &gap, signature).and_then(|cms| cms::check(&cms, signed_parts(bytes, &gap))) {
        Ok(signed) => signer::judge(&signed, stated_time(signature), known, &mut found),
        Err(finding) => found.findings.push(finding),
    }
    if let Some(manifest) = manifest.filter(|_| found.findings.is_empty()) {
        attached::check(&document, &manifest, &mut found);
    }
    if found.findings.is_empty() {
        found.notes.insert(0, "The signature is valid and covers the whole file.".to_owned());
        if !forbids_changes(&document, signature) {
            found.notes.push("The signature does not certify that later changes are forbidden.".to_owned());
        }
    }
    found
}

/// The document's only signature.
fn sole_signature(document: &Document) -> Result<&Dictionary, String> {
    let unsigned = || "the PDF carries no signature".to_owned();
    let catalog = document.catalog().map_err(|_| "the file is damaged: it has no catalogue".to_owned())?;
    let form = catalog.get_deref(b"AcroForm", document).and_then(Object::as_dict).map_err(|_| unsigned())?;
    let fields = form.get_deref(b"Fields", document).and_then(Object::as_array).map_err(|_| unsigned())?;
    let mut signatures = Vec::new();
    for field in fields {
        let Ok((_, Object::Dictionary(field))) = document.dereference(field) else { continue };
        let is_signature = field.get(b"FT").and_then(Object::as_name).is_ok_and(|kind| kind == b"Sig");
        match field.get_deref(b"V", document).and_then(Object::as_dict) {
            Ok(value) if is_signature => signatures.push(value),
            _ => {}
        }
    }
    match signatures.as_slice() {
        [] => Err(unsigned()),
        [signature] => Ok(signature),
        more => Err(format!("the PDF carries {} signatures; a report has one", more.len())),
    }
}

/// Whether the byte range is the whole file but the signature's own hexadecimal string.
fn coverage(bytes: &[u8], signature: &Dictionary) -> Result<Gap, String> {
    let range: Option<Vec<usize>> = signature.get(b"ByteRange").and_then(Object::as_array).ok().and_then(|range| {
        range.iter().map(|number| number.as_i64().ok().and_then(|number| usize::try_from(number).ok())).collect()
    });
    let Some([0, from, to, rest]) = range.as_deref() else {
        return Err("the signature does not say which bytes it covers".into());
    };
    let end = to.checked_add(*rest).ok_or("the signature's byte range is impossible")?;
    if from >= to || end > bytes.len() {
        return Err("the file is shorter than what was signed: part of it is missing".into());
    }
    if end < bytes.len() {
        let added = bytes.len() - end;
        return Err(format!("{added} bytes were added after the file was signed, and no signature covers them"));
    }
    Ok(Gap { from: *from, to: *to })
}

/// The CMS bytes in the gap. Nothing but zeros may follow them.
fn contents(bytes: &[u8], gap: &Gap, signature: &Dictionary) -> Result<Vec<u8>, String> {
    let hidden = || "the room left for the signature holds something else: the file was altered".to_owned();
    let text = bytes.get(gap.from..gap.to).ok_or_else(hidden)?;
    let digits = text.strip_prefix(b"<").and_then(|text| text.strip_suffix(b">")).ok_or_else(hidden)?;
    let mixed = digits.iter().any(u8::is_ascii_lowercase) && digits.iter().any(u8::is_ascii_uppercase);
    let decoded = hex::decode(digits).map_err(|_| hidden())?;
    if mixed {
        return Err(hidden());
    }
    let named = signature.get(b"Contents").and_then(Object::as_str).map_err(|_| hidden())?;
    if named != decoded {
        return Err("the signature that the PDF names is not the one in the byte range".into());
    }
    let length = der_length(&decoded).filter(|length| *length <= decoded.len()).ok_or_else(hidden)?;
    let (cms, padding) = decoded.split_at(length);
    if padding.iter().any(|byte| *byte != 0) {
        return Err("bytes are hidden in the room left for the signature: the file was altered".into());
    }
    Ok(cms.to_vec())
}

/// The time the signer stated.
fn stated_time(signature: &Dictionary) -> Option<Timestamp> {
    let stated = signature.get(b"M").ok().and_then(|date| lopdf::decode_text_string(date).ok());
    stated.as_deref().and_then(signer::parse_pdf_date)
}

/// Whether the signature is the document's certification with "no changes allowed".
fn forbids_changes(document: &Document, signature: &Dictionary) -> bool {
    let certified = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"Perms", document))
        .and_then(Object::as_dict)
        .and_then(|permissions| permissions.get_deref(b"DocMDP", document))
        .and_then(Object::as_dict);
    let allowed = signature
        .get_deref(b"Reference", document)
        .and_then(Object::as_array)
        .ok()
        .and_then(|references| references.first())
        .and_then(|reference| reference.as_dict().ok())
        .and_then(|reference| reference.get_deref(b"TransformParams", document).and_then(Object::as_dict).ok())
        .and_then(|parameters| parameters.get(b"P").and_then(Object::as_i64).ok());
    certified.is_ok_and(|certified| certified == signature) && allowed == Some(1)
}

/// What the report says of the files beside it and inside it.
fn read_manifest(document: &Document, found: &mut PdfVerification) -> Option<Manifest> {
    let manifest = document
        .trailer
        .get_deref(b"Info", document)
        .and_then(Object::as_dict)
        .and_then(|info| info.get(INFO_KEY.as_bytes()))
        .and_then(lopdf::decode_text_string)
        .ok()
        .and_then(|text| Manifest::parse(&text));
    match &manifest {
        Some(manifest) => {
            found.audit_head = manifest.audit_head;
            found.file_digests = manifest.files.iter().map(|file| (file.name.clone(), file.sha256)).collect();
        }
        None => found.notes.push("The PDF names no files: it is not a report of Tieout.".to_owned()),
    }
    manifest
}

/// Checks a report folder: the PDF, and that every file it names is there and unchanged.
/// `outputs` are the other files of the folder, by name.
pub fn verify_folder(report_json: &[u8], pdf: &[u8], outputs: &[(&str, &[u8])]) -> FolderVerification {
    verify_folder_knowing(report_json, pdf, outputs, &[])
}

/// The same; a signer who is known by one of these certificates is said to be.
pub fn verify_folder_knowing(
    report_json: &[u8],
    pdf: &[u8],
    outputs: &[(&str, &[u8])],
    known: &[KnownSigner],
) -> FolderVerification {
    let verified = verify_pdf_knowing(pdf, known);
    let mut findings: Vec<String> = verified.findings.iter().map(|finding| format!("report.pdf: {finding}")).collect();
    let mut notes = verified.notes.clone();
    let found: Vec<OutputFact> = std::iter::once(("report.json", report_json))
        .chain(outputs.iter().copied())
        .map(|(name, bytes)| OutputFact::of(name, bytes))
        .collect();
    if verified.file_digests.is_empty() {
        findings.push("report.pdf names no files, so nothing proves those beside it".to_owned());
    }
    for (name, wanted) in &verified.file_digests {
        match found.iter().find(|file| file.name == *name) {
            None => findings.push(format!("{name} is missing from the folder")),
            Some(file) if file.sha256 != *wanted => findings
                .push(format!("{name} was altered: its SHA-256 is {}, the signed report says {wanted}", file.sha256)),
            Some(_) => notes.push(format!("{name} is unchanged.")),
        }
    }
    for file in &found {
        if !verified.file_digests.iter().any(|(name, _)| *name == file.name) {
            notes.push(format!("{} is not named by the report, so nothing is said of it.", file.name));
        }
    }
    FolderVerification { valid: findings.is_empty(), findings, notes, pdf: verified }
}
