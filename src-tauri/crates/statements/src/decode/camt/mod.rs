//! ISO 20022 camt.052, .053 and .054: account reports, statements and notifications, in all versions.
//!
//! Read in one pass and without a tree: [`walk`] tells elements, [`entry`] collects an entry, [`rows`] makes rows of it,
//! [`statement`] keeps what stands around. Names of elements have not changed between the versions, only where some of
//! them stand, so each reader of an element knows all its places.

mod amounts;
mod balances;
mod entry;
mod parts;
mod refusal;
mod rows;
mod statement;
mod summary;
mod walk;

use quick_xml::{Reader, events::Event};

use tieout_domain::said;

use crate::{Format, Limits, ReadError, Spot, Table, limit, record_table::RecordTable};
use entry::{Detail, Entry};
use refusal::{damaged, not_ours};
use statement::Statement;
use walk::{Step, Walk};

/// Transactions of one entry. They are kept until it is known whether they add up to it.
const DETAILS_MAX: usize = 250_000;

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
    let mut reading = Reading { walk: Walk::new(text), text, limits, is_ours: false, statement: None, entry: None };
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
        None if !reading.is_ours => Err(not_ours("")),
        None => Err(damaged(
            said!("damaged.noStatement", "it holds no statement (no Stmt, Rpt or Ntfctn)"),
            Spot::default(),
        )),
    }
}

struct Reading<'t, 'l> {
    walk: Walk<'t>,
    text: &'t str,
    limits: &'l Limits,
    /// A namespace or an element inside a document said that it is one of ours.
    is_ours: bool,
    statement: Option<Statement>,
    entry: Option<Entry>,
}

impl<'l> Reading<'_, 'l> {
    fn opened(&mut self, records: &mut Option<RecordTable<'l>>, encoding: &str) -> Result<(), ReadError> {
        let start = self.walk.start();
        match *self.walk.path() {
            [] => {
                let name = self.walk.namespace();
                if let Some(name) = name.filter(|name| format_of(name).is_none()) {
                    return Err(not_ours(name));
                }
                self.is_ours |= name.is_some();
            }
            [body] => {
                if body_format(body).is_none() && !body.is_empty() {
                    return Err(not_ours(body));
                }
                self.is_ours = true;
            }
            [body, "Rpt" | "Stmt" | "Ntfctn"] => {
                if let Some(format) = body_format(body) {
                    let table = || RecordTable::new(format, encoding.to_owned(), rows::FIELDS, self.limits);
                    self.begin_statement(format, start, records.get_or_insert_with(table));
                }
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
                    if entry.details.len() >= DETAILS_MAX {
                        let limit = limit::transactions(DETAILS_MAX);
                        return Err(ReadError::TooLarge { what: "an entry", limit, place: Spot::line(line) });
                    }
                    entry.details.push(Detail { line, ..Detail::default() });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_statement(&mut self, format: Format, start: usize, records: &mut RecordTable<'l>) {
        let line = self.walk.line_of(start);
        self.statement = Some(Statement::begin(line, records));
        note_namespace(self.walk.namespace(), format, line, records);
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
            said!(
                "camt.noNamespace",
                "the document names no namespace; by its elements it was read as {format}",
                format = format.as_str()
            ),
        ),
        Some(name) if format_of(name) != Some(format) => {
            records.note(
                line,
                name,
                said!(
                    "camt.otherNamespace",
                    "the elements are those of {format} and were read as such",
                    format = format.as_str()
                ),
            );
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
