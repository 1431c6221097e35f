//! ISO 20022 camt.052, .053 and .054: account reports, statements and notifications, in all versions.
//!
//! Read in one pass and without a tree: [`walk`] tells elements, [`entry`] collects an entry, [`rows`] makes rows of it,
//! [`statement`] keeps what stands around. Names of elements have not changed between the versions, only where some of
//! them stand, so each reader of an element knows all its places.

mod balances;
mod entry;
mod rows;
mod statement;
mod summary;
mod walk;

use quick_xml::{Reader, events::Event};

use crate::{Format, Limits, ReadError, Table, record_table::RecordTable};
use entry::{Detail, Entry};
use statement::Statement;
use walk::{Step, Walk};

/// What to do about an XML file that is not read.
const NOT_READ: &str = "ask the bank for an account statement as camt.053, camt.052 or camt.054, or as CSV";

/// Events before the first element that are looked at.
const PROLOGUE_MAX: usize = 100;

/// Whether the text is XML that this reader answers for: statements, and whatever else it can name in refusing.
pub(super) fn is(text: &str) -> bool {
    if !text.starts_with('<') {
        return false;
    }
    let mut reader = Reader::from_str(text);
    let mut declared = false;
    for _ in 0..PROLOGUE_MAX {
        match reader.read_event() {
            Ok(Event::Start(root) | Event::Empty(root)) => {
                let name = root.local_name().as_ref().to_ascii_lowercase();
                return match name.as_str() {
                    "ofx" | "html" | "table" | "workbook" | "svg" => false,
                    "document" => true,
                    _ => declared || mentions_iso(text),
                };
            }
            Ok(Event::PI(instruction)) if instruction.target().eq_ignore_ascii_case("ofx") => return false,
            Ok(Event::DocType(doctype)) if doctype.trim_start().to_ascii_lowercase().starts_with("html") => {
                return false;
            }
            Ok(Event::Decl(_) | Event::DocType(_)) => declared = true,
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    mentions_iso(text)
}

fn mentions_iso(text: &str) -> bool {
    let head = text.get(..text.floor_char_boundary(4_096)).unwrap_or("");
    head.contains("iso:std:iso:20022") || head.contains("camt.05")
}

/// Reads the text.
pub(super) fn read(text: &str, encoding: String, limits: &Limits) -> Result<Table, ReadError> {
    let mut reading = Reading { walk: Walk::new(text), text, limits, documents: 0, statement: None, entry: None };
    let mut records: Option<RecordTable<'_>> = None;
    loop {
        match reading.walk.step()? {
            Step::Finished => break,
            Step::Opened => reading.opened(&mut records, &encoding)?,
            Step::Closed => reading.closed(&mut records)?,
        }
    }
    match records {
        Some(records) => Ok(records.finish()),
        None if reading.documents == 0 => Err(not_ours("")),
        None => Err(damaged("it holds no statement (no Stmt, Rpt or Ntfctn)".to_owned(), String::new())),
    }
}

struct Reading<'t, 'l> {
    walk: Walk<'t>,
    text: &'t str,
    limits: &'l Limits,
    documents: u32,
    statement: Option<Statement>,
    entry: Option<Entry>,
}

impl<'l> Reading<'_, 'l> {
    fn opened(&mut self, records: &mut Option<RecordTable<'l>>, encoding: &str) -> Result<(), ReadError> {
        let start = self.walk.start();
        match *self.walk.path() {
            [] => {
                self.documents += 1;
                if let Some(name) = self.walk.namespace().filter(|name| format_of(name).is_none()) {
                    return Err(not_ours(name));
                }
            }
            [body] => {
                if body_format(body).is_none() && !body.is_empty() {
                    return Err(not_ours(body));
                }
            }
            [body, "Rpt" | "Stmt" | "Ntfctn"] => {
                let Some(format) = body_format(body) else { return Ok(()) };
                let line = self.walk.line_of(start);
                let namespace = self.walk.namespace().map(str::to_owned);
                let records = records
                    .get_or_insert_with(|| RecordTable::new(format, encoding.to_owned(), rows::FIELDS, self.limits));
                self.statement = Some(Statement::begin(line, records));
                note_namespace(namespace.as_deref(), format, line, records);
            }
            [_, _, "Bal"] => {
                let line = self.walk.line_of(start);
                if let Some(statement) = &mut self.statement {
                    statement.begin_balance(line);
                }
            }
            [_, _, "Ntry"] => {
                let line = self.walk.line_of(start);
                self.entry = Some(Entry { start, line, ..Entry::default() });
            }
            [_, _, "Ntry", "NtryDtls", "TxDtls"] => {
                let line = self.walk.line_of(start);
                if let Some(entry) = &mut self.entry {
                    entry.details.push(Detail { line, ..Detail::default() });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn closed(&mut self, records: &mut Option<RecordTable<'l>>) -> Result<(), ReadError> {
        let end = self.walk.end();
        let path = self.walk.path();
        if self.walk.is_leaf() {
            let (content, currency) = (self.walk.content(), self.walk.currency());
            match (path, &mut self.entry, &mut self.statement) {
                ([_, _, "Ntry", rest @ ..], Some(entry), _) if !rest.is_empty() => entry.take(rest, content, currency),
                ([_, _, rest @ ..], None, Some(statement)) => statement.take(rest, content, currency),
                _ => {}
            }
        }
        let (Some(records), Some(statement)) = (records.as_mut(), &mut self.statement) else { return Ok(()) };
        match *path {
            [_, _, "Ntry", "NtryDtls", "TxDtls"] => {
                if let Some(detail) = self.entry.as_mut().and_then(|entry| entry.details.last_mut()) {
                    detail.end = end;
                }
            }
            [_, _, "Ntry"] => {
                if let Some(entry) = self.entry.take() {
                    statement.entry(&entry, end, self.text, self.limits, records)?;
                }
            }
            [_, "Rpt" | "Stmt" | "Ntfctn"] => {
                if let Some(statement) = self.statement.take() {
                    statement.finish(self.text, self.limits, records)?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}

/// Says so where the namespace is not the one that the elements belong to.
fn note_namespace(namespace: Option<&str>, format: Format, line: u32, records: &mut RecordTable<'_>) {
    match namespace {
        None => records.note(
            line,
            "Document",
            format!("the document names no namespace; by its elements it was read as {}", format.as_str()),
        ),
        Some(name) if format_of(name) != Some(format) => {
            records.note(line, name, format!("the elements are those of {} and were read as such", format.as_str()));
        }
        Some(_) => {}
    }
}

/// The format that a namespace names, whatever its version and whoever's variant it is:
/// `urn:iso:std:iso:20022:tech:xsd:camt.053.001.08`, `ISO:camt.053.001.02:APC:STUZZA:payments:003`.
fn format_of(namespace: &str) -> Option<Format> {
    let known = [("camt.052.", Format::Camt052), ("camt.053.", Format::Camt053), ("camt.054.", Format::Camt054)];
    known.into_iter().find(|(name, _)| namespace.contains(name)).map(|(_, format)| format)
}

/// The format that the element inside `Document` says. The very first version had its number behind the name.
fn body_format(name: &str) -> Option<Format> {
    let known = [
        ("BkToCstmrAcctRpt", Format::Camt052),
        ("BkToCstmrStmt", Format::Camt053),
        ("BkToCstmrDbtCdtNtfctn", Format::Camt054),
    ];
    known.into_iter().find(|(body, _)| name.split('V').next() == Some(body)).map(|(_, format)| format)
}

/// Other messages by what their namespace or body element contains.
const OTHERS: [(&str, &str); 22] = [
    ("pain.001", "a credit transfer order (pain.001)"),
    ("CstmrCdtTrfInitn", "a credit transfer order (pain.001)"),
    ("pain.002", "a payment status report (pain.002)"),
    ("CstmrPmtStsRpt", "a payment status report (pain.002)"),
    ("pain.007", "a payment reversal (pain.007)"),
    ("pain.008", "a direct debit order (pain.008)"),
    ("CstmrDrctDbtInitn", "a direct debit order (pain.008)"),
    ("pain.", "an ISO 20022 payment order (pain)"),
    ("pacs.", "an ISO 20022 message between banks (pacs)"),
    ("camt.029", "an answer to an investigation (camt.029)"),
    ("camt.050", "a transfer of liquidity (camt.050)"),
    ("camt.055", "a request for cancellation (camt.055)"),
    ("camt.056", "a request for cancellation (camt.056)"),
    ("camt.057", "a notification of payments to come (camt.057)"),
    ("camt.060", "a request for a report (camt.060)"),
    ("camt.086", "a statement of bank services (camt.086)"),
    ("camt.", "an ISO 20022 cash management message that is no account statement"),
    ("acmt.", "an ISO 20022 account management message (acmt)"),
    ("auth.", "an ISO 20022 message to an authority (auth)"),
    ("remt.", "an ISO 20022 remittance advice (remt)"),
    ("sese.", "an ISO 20022 securities message (sese)"),
    ("iso:20022", "an ISO 20022 message that is no account statement"),
];

/// Refuses a document of another kind by its name.
fn not_ours(name: &str) -> ReadError {
    let known = OTHERS.iter().find(|(part, _)| name.contains(part));
    ReadError::Unsupported {
        what: known.map_or("an XML file that is no account statement", |(_, what)| what),
        advice: NOT_READ,
    }
}

fn damaged(detail: String, place: String) -> ReadError {
    ReadError::Damaged { what: "the XML file", place, detail }
}
