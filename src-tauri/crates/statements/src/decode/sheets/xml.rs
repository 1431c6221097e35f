//! What the XML of spreadsheets has in common. Nothing is ever expanded but the five entities that XML itself knows.

use std::io::{BufReader, Read};

use quick_xml::{
    Reader, XmlVersion,
    events::{BytesRef, BytesStart, Event},
};

use tieout_domain::{Said, retold, said};

use crate::{ReadError, Spot};

pub(super) struct Xml<R: Read> {
    reader: Reader<BufReader<R>>,
    buffer: Vec<u8>,
}

impl<R: Read> Xml<R> {
    pub(super) fn new(source: R) -> Self {
        let mut reader = Reader::from_reader(BufReader::with_capacity(64 << 10, source));
        let config = reader.config_mut();
        config.check_end_names = false;
        config.expand_empty_elements = true;
        Self { reader, buffer: Vec::new() }
    }

    /// The next event; `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<Event<'_>>, ReadError> {
        self.buffer.clear();
        match self.reader.read_event_into(&mut self.buffer) {
            Ok(Event::Eof) => Ok(None),
            Ok(Event::DocType(_)) => {
                Err(damaged(said!("damaged.doctype", "it declares a document type, which no spreadsheet does")))
            }
            Ok(event) => Ok(Some(event)),
            Err(error) => Err(damaged(retold!(error, "damaged.xml"))),
        }
    }
}

/// An attribute by its name without prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.with_checks(false).flatten().find(|one| one.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Whether an attribute says yes.
pub(super) fn is_set(element: &BytesStart<'_>, name: &str) -> bool {
    attribute(element, name).is_some_and(|value| matches!(value.trim(), "1" | "true"))
}

/// Adds the character that `&…;` stands for.
pub(super) fn push_reference(reference: &BytesRef<'_>, text: &mut String) -> Result<(), ReadError> {
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        text.push(letter);
        return Ok(());
    }
    let name = reference.xml10_content();
    match quick_xml::escape::resolve_predefined_entity(&name) {
        Some(known) => {
            text.push_str(known);
            Ok(())
        }
        None => Err(damaged(said!(
            "damaged.unknownEntity",
            "it uses the entity '{name}', which XML does not know",
            name = crate::value::words::cut(&name)
        ))),
    }
}

fn damaged(detail: Said) -> ReadError {
    ReadError::Damaged { what: "the spreadsheet", place: Spot::default(), detail }
}
