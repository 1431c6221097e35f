//! The data twin: a report's data, attached inside the PDF and under its signature.

mod pages;
mod sums;

use lopdf::Document;
use serde_json::Value;
use tieout_domain::Currency;

use crate::{data::OutputFact, text};

/// Names of what a report may carry, in this order.
pub(crate) const MATCHES: &str = "matches.csv";
pub(crate) const EXCEPTIONS: &str = "exceptions.csv";
pub(crate) const REPORT_JSON: &str = "report.json";
pub(crate) const NAMES: [&str; 3] = [MATCHES, EXCEPTIONS, REPORT_JSON];

/// Most bytes that all files inside a report may have together, not packed.
pub const TWIN_BYTES_MAX: u64 = 32 << 20;

/// What a report carries inside it.
#[derive(Debug, Clone, Default)]
pub struct Twin<'a> {
    /// The files.
    pub files: Vec<TwinFile<'a>>,
    /// Names of files of the report that are too large to be carried.
    pub left_out: Vec<&'a str>,
}

/// A file inside a report.
#[derive(Debug, Clone, Copy)]
pub struct TwinFile<'a> {
    /// Its name.
    pub name: &'a str,
    /// What is in it.
    pub bytes: &'a [u8],
}

impl Twin<'_> {
    /// Whether files of so many bytes may be carried together.
    pub fn has_room(sizes: impl IntoIterator<Item = u64>) -> bool {
        sizes.into_iter().fold(0, u64::saturating_add) <= TWIN_BYTES_MAX
    }

    /// Names and digests of the files.
    pub(crate) fn facts(&self) -> Vec<OutputFact> {
        self.files.iter().map(|file| OutputFact::of(file.name, file.bytes)).collect()
    }
}

/// What the attached files say that the pages or the other files do not; one sentence each.
pub(crate) fn disagreements(document: &Document, files: &[(String, Vec<u8>)]) -> Vec<String> {
    let of = |name| files.iter().find(|(known, _)| known == name).map(|(_, bytes)| bytes.as_slice());
    let Some(json) = of(REPORT_JSON) else {
        return vec![format!("{REPORT_JSON} is not inside the report, though other data are")];
    };
    let Ok(json) = serde_json::from_slice::<Value>(json) else {
        return vec![format!("{REPORT_JSON} inside the report cannot be read")];
    };
    let mut found = pages::disagreements(document, &json);
    for (name, check) in [(MATCHES, sums::of_matches as fn(&[u8], &Value) -> _), (EXCEPTIONS, sums::of_exceptions)] {
        if let Some(bytes) = of(name) {
            found.extend(digest_disagrees(&json, name, bytes));
            found.extend(check(bytes, &json));
        }
    }
    found
}

/// Whether `report.json` names another digest of a file.
fn digest_disagrees(json: &Value, name: &str, bytes: &[u8]) -> Option<String> {
    let outputs = json["report_metadata"]["outputs"].as_array().map(Vec::as_slice).unwrap_or_default();
    let named = outputs.iter().find(|output| output["name"] == name).and_then(|output| output["sha256"].as_str());
    let found = crate::sha256(bytes).to_string();
    (named != Some(&*found)).then(|| format!("{name} inside the report is not the file that {REPORT_JSON} names"))
}

/// Amounts of `report.json`: currency and minor units.
fn amounts(json: &Value) -> Option<Vec<(Currency, i128)>> {
    match json {
        Value::Array(all) => all.iter().map(amount).collect(),
        one => Some(vec![amount(one)?]),
    }
}

fn amount(json: &Value) -> Option<(Currency, i128)> {
    let currency = match &json["currency"] {
        Value::Null => Currency::NONE,
        code => Currency::parse(code.as_str()?).ok()?,
    };
    Some((currency, decimal(json["amount"].as_str()?, currency.digits())?))
}

/// A plain decimal number in units of its last digit.
fn decimal(plain: &str, digits: u32) -> Option<i128> {
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    if fraction.len() > digits as usize || fraction.bytes().any(|byte| !byte.is_ascii_digit()) {
        return None;
    }
    let fraction = format!("{fraction:0<width$}", width = digits as usize);
    format!("{whole}{fraction}").parse().ok()
}

/// An amount as the pages have it.
fn printed((currency, minor): (Currency, i128), coded: bool) -> String {
    let number = text::grouped(minor, currency).replace(text::MINUS, "-");
    if coded && !currency.is_none() { format!("{number} {currency}") } else { number }
}
