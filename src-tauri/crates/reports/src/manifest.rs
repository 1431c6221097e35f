//! What a PDF report tells, machine-readable and under its signature, of the files written beside it and attached to it.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use tieout_domain::{AuditHead, Digest};

use crate::data::OutputFact;

/// Key of the manifest in the PDF's information dictionary.
pub(crate) const INFO_KEY: &str = "TieoutManifest";

/// The newest version there is.
const VERSION: u32 = 2;

/// Digests of the files beside the report and of those inside it, and the audit chain's head.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Manifest {
    pub(crate) files: Vec<OutputFact>,
    pub(crate) attached: Vec<OutputFact>,
    pub(crate) audit_head: Option<AuditHead>,
}

#[derive(Serialize, Deserialize)]
struct ManifestJson {
    version: u32,
    files: Vec<FileJson>,
    /// Since version 2.
    #[serde(default)]
    attached: Vec<FileJson>,
    audit_head: Option<HeadJson>,
}

#[derive(Serialize, Deserialize)]
struct FileJson {
    name: String,
    sha256: String,
}

#[derive(Serialize, Deserialize)]
struct HeadJson {
    sequence: u64,
    hash: String,
}

impl Manifest {
    /// JSON in ASCII, which a PDF string holds as it is.
    pub(crate) fn to_ascii(&self) -> Result<String, serde_json::Error> {
        let json = ManifestJson {
            version: VERSION,
            files: told(&self.files),
            attached: told(&self.attached),
            audit_head: self.audit_head.map(|head| HeadJson { sequence: head.sequence, hash: head.hash.to_string() }),
        };
        Ok(escaped(&serde_json::to_string(&json)?))
    }

    /// Reads what [`Self::to_ascii`] wrote; none for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let json: ManifestJson = serde_json::from_str(text).ok()?;
        let (files, attached) = (read(json.files)?, read(json.attached)?);
        let audit_head = match json.audit_head {
            Some(head) => Some(AuditHead { sequence: head.sequence, hash: head.hash.parse::<Digest>().ok()? }),
            None => None,
        };
        (1..=VERSION).contains(&json.version).then_some(Self { files, attached, audit_head })
    }
}

fn told(files: &[OutputFact]) -> Vec<FileJson> {
    files.iter().map(|file| FileJson { name: file.name.clone(), sha256: file.sha256.to_string() }).collect()
}

fn read(files: Vec<FileJson>) -> Option<Vec<OutputFact>> {
    files.into_iter().map(|file| Some(OutputFact { name: file.name, sha256: file.sha256.parse().ok()? })).collect()
}

/// Replaces what is not ASCII by JSON's own escapes.
fn escaped(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    let mut units = [0; 2];
    for c in json.chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_ascii_and_reads_back() {
        let manifest = Manifest {
            files: vec![OutputFact::of("Łódź 中文 🧾.csv", b"x")],
            attached: vec![OutputFact::of("report.json", b"{}")],
            audit_head: Some(AuditHead { sequence: 7, hash: crate::sha256(b"head") }),
        };
        let text = manifest.to_ascii().unwrap();
        assert!(text.is_ascii());
        assert_eq!(Manifest::parse(&text), Some(manifest));
        assert_eq!(Manifest::parse("{}"), None);
        let first = Manifest::parse(r#"{"version":1,"files":[],"audit_head":null}"#);
        assert_eq!(first, Some(Manifest::default()), "reports made before data were attached");
        assert_eq!(Manifest::parse(r#"{"version":3,"files":[],"audit_head":null}"#), None);
    }
}
