//! Whether a report's pages print the figures of its `report.json`.

use lopdf::{Document, Object, content::Content};
use rayon::prelude::*;
use serde_json::Value;
use tieout_domain::{Currency, RootCause};

use super::{REPORT_JSON, amounts, printed};
use crate::{
    Parts,
    pdf::{AMOUNTS_IN, named},
    text,
};

/// Most bytes that a page's content, or a typeface's table of characters, may unfold to.
const INFLATED_BYTES_MAX: usize = 16 << 20;

/// A sentence for each figure that differs.
pub(super) fn disagreements(document: &Document, json: &Value) -> Vec<String> {
    let Some(texts) = texts(document) else { return vec!["the text of the pages cannot be read".to_owned()] };
    let pages = Pages { texts: &texts };
    let checked = [tiles, facts, proofs, summary, causes, unmatched].iter().map(|check| check(&pages, json));
    let found = checked.collect::<Option<Vec<_>>>();
    found.map_or_else(|| vec![format!("{REPORT_JSON} inside the report lacks figures of a report")], |all| all.concat())
}

/// Every text of every page, in the order in which it is drawn.
fn texts(document: &Document) -> Option<Vec<String>> {
    let pages: Vec<_> = document.get_pages().into_values().collect();
    let of_page = |page: &lopdf::ObjectId| {
        let fonts = document.get_page_fonts(*page).ok()?;
        let fonts = fonts
            .iter()
            .map(|(name, font)| Some((name, font.get_font_encoding_with_limit(document, INFLATED_BYTES_MAX).ok()?)));
        let fonts = fonts.collect::<Option<Vec<_>>>()?;
        let content = document.get_page_content_with_limit(*page, INFLATED_BYTES_MAX).ok()?;
        let (mut texts, mut font) = (Vec::new(), None);
        for operation in Content::decode(&content).ok()?.operations {
            match (operation.operator.as_str(), operation.operands.first()) {
                ("Tf", Some(Object::Name(name))) => font = fonts.iter().find(|(known, _)| *known == name),
                ("Tj", Some(Object::String(codes, _))) => {
                    texts.push(Document::decode_text(&font?.1, codes).ok()?.replace(text::MINUS, "-"));
                }
                _ => {}
            }
        }
        Some(texts)
    };
    Some(pages.par_iter().map(of_page).collect::<Option<Vec<_>>>()?.concat())
}

/// What the pages say.
struct Pages<'t> {
    texts: &'t [String],
}

impl Pages<'_> {
    fn has(&self, text: &str) -> bool {
        self.texts.iter().any(|found| found == text)
    }

    /// What stands above the company's name.
    fn parts(&self) -> Option<Parts> {
        Parts::ALL.into_iter().find(|parts| self.texts.first().is_some_and(|title| title == parts.title()))
    }

    /// What is drawn from a section's heading on to the next one.
    fn section(&self, title: &str) -> Option<&[String]> {
        let number = |text: &str| text.split_once("  ").and_then(|(number, _)| number.parse::<u32>().ok());
        let is_this = |text: &String| text.split_once("  ").is_some_and(|(_, own)| own == title);
        let from = self.texts.iter().position(|text| is_this(text) && number(text).is_some())?;
        let next = number(&self.texts[from])?.checked_add(1)?;
        let rest = &self.texts[from..];
        let to = rest.iter().position(|text| number(text) == Some(next)).unwrap_or(rest.len());
        Some(&rest[..to])
    }

    /// The first page down to the proof.
    fn front(&self) -> &[String] {
        let to = self.texts.iter().position(|text| text.ends_with("  Balance proof"));
        &self.texts[..to.unwrap_or(self.texts.len())]
    }
}

/// What follows a label in these texts.
fn after<'t>(texts: &'t [String], label: &str) -> Option<&'t [String]> {
    texts.iter().position(|text| text == label).map(|at| &texts[at + 1..])
}

fn differs(what: &str, said: &str, found: Option<&str>) -> String {
    let found = found.map_or_else(|| "nothing of the kind".to_owned(), |found| format!("“{found}”"));
    format!("the pages say {found} for “{what}”, {REPORT_JSON} inside the report says “{said}”")
}

fn count(json: &Value) -> Option<u64> {
    json.as_u64()
}

fn sums(json: &Value) -> Option<Vec<String>> {
    let all: Vec<_> = amounts(json)?.into_iter().map(|amount| printed(amount, true)).collect();
    Some(if all.is_empty() { vec!["–".to_owned()] } else { all })
}

fn percent(json: &Value) -> Option<String> {
    match json {
        Value::Null => Some(text::percent(None)),
        share => {
            let hundredths = super::decimal(share.as_str()?, 4)?;
            Some(text::percent(Some(u64::try_from(hundredths).ok()?)))
        }
    }
}

/// The five figures of the first page.
fn tiles(pages: &Pages<'_>, json: &Value) -> Option<Vec<String>> {
    let summary = &json["reconciliation_summary"];
    let rows = |json: &Value| count(&json["rows"]);
    let (matches, lines) = (&summary["matches"], &summary["unmatched_statement_lines"]);
    let tiles = [
        ("Match rate (lines)", percent(&summary["match_rate"])?),
        ("Matched automatically", percent(&summary["automatic_rate"])?),
        ("Matches to review", text::count(rows(&matches["suggested"])? + rows(&matches["ambiguous"])?)),
        ("Unmatched records", text::count(rows(lines)? + rows(&summary["unmatched_ledger_entries"])?)),
        ("Unexplained difference", sums(&json["financial_impact"]["unexplained"])?.join(", ")),
    ];
    let front = pages.front();
    let found = tiles.into_iter().filter_map(|(label, said)| {
        let at = front.iter().rposition(|text| text == label);
        let found = at.and_then(|at| at.checked_sub(1)).map(|at| front[at].as_str());
        (found != Some(&*said)).then(|| differs(label, &said, found))
    });
    Some(found.collect())
}

/// When the report was made, and the digests it prints: they bind the data to this very report.
fn facts(pages: &Pages<'_>, json: &Value) -> Option<Vec<String>> {
    let metadata = &json["report_metadata"];
    let at: jiff::Timestamp = metadata["generated_at"].as_str()?.parse().ok()?;
    let (label, said) = ("Generated at", text::moment(at));
    let printed = after(pages.front(), label).and_then(<[_]>::first).map(String::as_str);
    let mut found = Vec::new();
    if printed != Some(&*said) {
        found.push(differs(label, &said, printed));
    }
    if let Some(head) = metadata["audit_head"]["hash"].as_str()
        && !pages.has(head)
    {
        found.push(differs("Head of the audit chain", head, None));
    }
    if pages.parts() != Some(Parts::Management) {
        for file in metadata["files"].as_array()? {
            let (name, digest) = (file["name"].as_str()?, file["sha256"].as_str()?);
            if !pages.has(&format!("SHA-256 {digest}")) {
                found.push(differs(name, digest, None));
            }
        }
    }
    Some(found)
}

/// Every amount of every balance proof.
fn proofs(pages: &Pages<'_>, json: &Value) -> Option<Vec<String>> {
    let proofs = json["reconciliation_summary"]["balance_proofs"].as_array()?;
    let section = pages.section("Balance proof").unwrap_or_default();
    let starts: Vec<_> = section.iter().enumerate().filter(|(_, text)| text.contains(AMOUNTS_IN)).collect();
    if starts.len() != proofs.len() {
        return Some(vec![differs("Balance proofs", &proofs.len().to_string(), Some(&starts.len().to_string()))]);
    }
    let mut found = Vec::new();
    for (at, proof) in proofs.iter().enumerate() {
        let to = starts.get(at + 1).map_or(section.len(), |(next, _)| *next);
        let texts = &section[starts[at].0..to];
        for (label, said) in proof_lines(proof)? {
            let amount = texts.windows(2).find_map(|pair| {
                let own = pair[0].strip_prefix(label)?;
                (own.is_empty() || own.starts_with(", ") || own == " balance").then_some(pair[1].as_str())
            });
            if amount != Some(&*said) {
                found.push(differs(label, &said, amount));
            }
        }
    }
    Some(found)
}

/// Labels and amounts of a proof.
fn proof_lines(proof: &Value) -> Option<Vec<(&'static str, String)>> {
    let of = |name: &str| amounts(&proof[name]).and_then(|all| all.into_iter().next());
    let (currency, lines) = of("lines_total")?;
    let [(_, entries), (_, lines_open), (_, entries_open), (_, adjustments)] =
        [of("entries_total")?, of("lines_outstanding")?, of("entries_outstanding")?, of("adjustments")?];
    let amount = |minor: i128| printed((currency, minor), false);
    let mut told = vec![
        ("less ledger entries", amount(-entries)),
        ("Difference to explain", amount(lines - entries)),
        ("less ledger entries outstanding", amount(-entries_open)),
        ("plus adjustments", amount(adjustments)),
        ("Explained", amount(lines_open - entries_open + adjustments)),
    ];
    if !proof["opening"].is_null() && !proof["closing"].is_null() {
        let ((_, opening), (_, closing)) = (of("opening")?, of("closing")?);
        told.extend([
            ("Stated opening", amount(opening)),
            ("plus statement lines", amount(lines)),
            ("Calculated closing balance", amount(opening + lines)),
            ("Stated closing", amount(closing)),
        ]);
    }
    Some(told)
}

/// The table of counts and sums by status.
fn summary(pages: &Pages<'_>, json: &Value) -> Option<Vec<String>> {
    if pages.parts() == Some(Parts::Statement) {
        return Some(Vec::new());
    }
    let section = pages.section("Summary").unwrap_or_default();
    let summary = &json["reconciliation_summary"];
    let matches = &summary["matches"];
    let rows = [
        ("Matched automatically", &matches["auto"], true),
        ("Approved by a person", &matches["approved"], true),
        ("Suggested, to review", &matches["suggested"], true),
        ("Ambiguous, to review", &matches["ambiguous"], true),
        ("Unmatched statement lines", &summary["unmatched_statement_lines"], false),
        ("Unmatched ledger entries", &summary["unmatched_ledger_entries"], false),
    ];
    let (mut found, mut all) = (Vec::new(), [0; 3]);
    for (label, tally, counts) in rows {
        let numbers = [count(&tally["rows"])?, count(&tally["statement_lines"])?, count(&tally["ledger_entries"])?];
        let numbers = if counts { numbers } else { [0, numbers[1], numbers[2]] };
        all.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
        let mut said: Vec<String> = numbers.into_iter().map(text::count).collect();
        if !counts {
            said[0] = "–".to_owned();
        }
        said.extend(sums(&tally["statement_amount"])?);
        said.extend(sums(&tally["ledger_amount"])?);
        found.extend(row_differs(section, label, &said));
    }
    found.extend(row_differs(section, "Total", &all.map(text::count)));
    Some(found)
}

/// Whether other words follow the label.
fn row_differs(section: &[String], label: &str, said: &[String]) -> Option<String> {
    let row = after(section, label);
    let holds = row.is_some_and(|row| row.starts_with(said));
    let printed = row.map(|row| row.iter().take(said.len()).map(String::as_str).collect::<Vec<_>>().join(" · "));
    (!holds).then(|| differs(label, &said.join(" · "), printed.as_deref()))
}

/// Records in no match, and adjustments, by cause.
fn causes(pages: &Pages<'_>, json: &Value) -> Option<Vec<String>> {
    if pages.parts() == Some(Parts::Statement) {
        return Some(Vec::new());
    }
    let section = pages.section("Summary").unwrap_or_default();
    let impact = &json["financial_impact"];
    let mut found = Vec::new();
    for (title, causes) in [
        ("Records in no match, by cause", &impact["exceptions_by_cause"]),
        ("Adjustments inside matches, by cause", &impact["adjustments_by_cause"]),
    ] {
        let table = after(section, title).unwrap_or_default();
        for tally in causes.as_array()? {
            let label = named(tally["cause"].as_str()?.parse::<RootCause>().ok()?);
            let said: Vec<_> =
                [text::count(count(&tally["rows"])?)].into_iter().chain(sums(&tally["impact"])?).collect();
            found.extend(row_differs(table, &label, &said));
        }
    }
    Some(found)
}

/// What the listings of records in no match come to.
fn unmatched(pages: &Pages<'_>, json: &Value) -> Option<Vec<String>> {
    if pages.parts() == Some(Parts::Management) {
        return Some(Vec::new());
    }
    let missing = &json["missing_transactions"];
    let mut found = Vec::new();
    for (title, name) in [
        ("Unmatched statement lines", "unmatched_statement_lines"),
        ("Unmatched ledger entries", "unmatched_ledger_entries"),
    ] {
        let all: Vec<(Currency, i128)> = amounts(&missing[name]["amount"])?;
        let section = pages.section(title).unwrap_or_default();
        // Where there is one currency in the whole report, it is not named beside each amount.
        let said = [false, true].map(|coded| all.iter().map(|sum| printed(*sum, coded)).collect::<Vec<_>>());
        let totals = section.iter().enumerate().filter(|(_, text)| *text == "Total").map(|(at, _)| &section[at + 1..]);
        let holds = all.is_empty() || totals.into_iter().any(|total| said.iter().any(|said| total.starts_with(said)));
        if !holds {
            found.push(differs(&format!("{title}, total"), &said[1].join(", "), None));
        }
    }
    Some(found)
}
