//! A walk over an XML text, element by element and within budgets. No tree is built, nothing outside the text is
//! fetched, and of entities only the five of XML itself and numeric ones are known.

use quick_xml::{
    Error, NsReader,
    escape::{resolve_predefined_entity, unescape},
    events::{BytesStart, Event},
    name::{Namespace, ResolveResult},
};

use super::refusal::{damaged, ends_before, refuse_declarations, why};
use tieout_domain::{Said, said};

use crate::{ReadError, Spot, limit, value::words::cut};

/// Elements inside one another. A statement's deepest has fifteen.
const DEPTH_MAX: usize = 64;
/// Bytes of one element's text. ISO 20022 allows 500 characters, some banks write more.
const TEXT_MAX: usize = 64 << 10;
/// Bytes of one start tag with its attributes.
const TAG_MAX: usize = 16 << 10;
/// The elements whose loss would lose rows.
const ROW_BEARING: [&str; 5] = ["Rpt", "Stmt", "Ntfctn", "Ntry", "TxDtls"];

/// What the walk has come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// An element of the document begins.
    Opened,
    /// An element of the document ends; its text is known where it has no elements inside.
    Closed,
    /// The text is over.
    Finished,
}

/// The walk. Elements are told from `Document` on; what is around it (an envelope) is passed over.
pub(super) struct Walk<'t> {
    text: &'t str,
    reader: NsReader<&'t [u8]>,
    /// Bytes where the start tags of the open elements begin.
    open: Vec<usize>,
    /// Their names without prefixes; empty for elements of another namespace than the document's.
    names: Vec<&'t str>,
    /// How many elements are open above the first one inside `Document`; `None` outside of it.
    base: Option<usize>,
    namespace: Option<String>,
    content: String,
    currency: String,
    is_leaf: bool,
    pop: bool,
    position: usize,
    lines: Lines,
}

impl<'t> Walk<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut reader = NsReader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self {
            text,
            reader,
            open: Vec::new(),
            names: Vec::new(),
            base: None,
            namespace: None,
            content: String::new(),
            currency: String::new(),
            is_leaf: false,
            pop: false,
            position: 0,
            lines: Lines::default(),
        }
    }

    /// Names of the open elements inside `Document`, the one just opened or closed last. Empty at `Document` itself.
    pub(super) fn path(&self) -> &[&'t str] {
        self.base.and_then(|base| self.names.get(base..)).unwrap_or_default()
    }

    /// Whether the element just closed has no elements inside.
    pub(super) fn is_leaf(&self) -> bool {
        self.is_leaf
    }

    /// Text of the element just closed, without blanks around it.
    pub(super) fn content(&self) -> &str {
        self.content.trim()
    }

    /// Attribute `Ccy` of the element just closed.
    pub(super) fn currency(&self) -> &str {
        self.currency.trim()
    }

    /// Namespace of the document; `None` where it names none.
    pub(super) fn namespace(&self) -> Option<&str> {
        self.namespace.as_deref()
    }

    /// Byte where the element last opened or closed begins.
    pub(super) fn start(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    /// Byte after the tag last read.
    pub(super) fn end(&self) -> usize {
        self.position
    }

    /// 1-based line of a byte; asked for in rising order.
    pub(super) fn line_of(&mut self, position: usize) -> u32 {
        self.lines.line_of(self.text, position)
    }

    /// Goes on to the next element of a document that begins or ends.
    pub(super) fn step(&mut self) -> Result<Step, ReadError> {
        loop {
            if std::mem::take(&mut self.pop) {
                self.leave();
            }
            let start = self.position;
            let event = self.reader.read_event().map_err(|error| self.broken(&error))?;
            self.position = usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX).min(self.text.len());
            match event {
                Event::Start(tag) => {
                    let at_document = self.enter(&tag, start)?;
                    if self.base.is_some() || at_document {
                        return Ok(Step::Opened);
                    }
                }
                Event::End(_) => {
                    self.pop = true;
                    if self.base.is_some() {
                        return Ok(Step::Closed);
                    }
                }
                Event::Text(text) => self.add(&text.xml10_content())?,
                Event::CData(text) => self.add(&text.xml10_content())?,
                Event::GeneralRef(reference) => {
                    let known = match reference.resolve_char_ref() {
                        Ok(Some(character)) => Some(character.to_string()),
                        Ok(None) => resolve_predefined_entity(&reference).map(str::to_owned),
                        Err(_) => None,
                    };
                    let Some(known) = known else { return Err(self.unknown_entity(&reference)) };
                    self.add(&known)?;
                }
                Event::DocType(declaration) => refuse_declarations(&declaration)?,
                Event::Eof if self.open.is_empty() => return Ok(Step::Finished),
                Event::Eof => return Err(self.cut_off()),
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            }
        }
    }

    fn enter(&mut self, tag: &BytesStart<'_>, start: usize) -> Result<bool, ReadError> {
        if self.open.len() >= DEPTH_MAX {
            return Err(self.too_large("the nesting of elements", limit::levels(DEPTH_MAX)));
        }
        if tag.len() > TAG_MAX {
            return Err(self.too_large("a tag", limit::bytes(TAG_MAX)));
        }
        let qualified = self.text.get(start + 1..start + 1 + tag.name().as_ref().len()).unwrap_or("");
        let local = qualified.rsplit(':').next().unwrap_or("");
        let namespace = match self.reader.resolver().resolve_element(tag.name()).0 {
            ResolveResult::Bound(Namespace(name)) => Some(name),
            ResolveResult::Unbound | ResolveResult::Unknown(_) => None,
        };
        let is_ours = namespace == self.namespace.as_deref();
        let at_document = self.base.is_none() && local == "Document";
        let of_document = if at_document { namespace.map(str::to_owned) } else { None };
        self.content.clear();
        self.currency.clear();
        self.is_leaf = true;
        let name = if self.base.is_none() || is_ours { local } else { "" };
        if name.is_empty() && ROW_BEARING.contains(&local) && !self.names.contains(&"SplmtryData") {
            let detail = said!(
                "damaged.otherNamespace",
                "'{name}' is of another namespace than the document it stands in",
                name = local
            );
            return Err(damaged(detail, self.place()));
        }
        self.open.push(start);
        self.names.push(name);
        if at_document {
            self.namespace = of_document;
            self.base = Some(self.open.len());
        }
        if name.ends_with("Amt") {
            self.take_currency(tag)?;
        }
        Ok(at_document)
    }

    fn take_currency(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        let mut attributes = tag.attributes();
        for attribute in attributes.with_checks(false) {
            let attribute = attribute.map_err(|error| self.broken(&Error::InvalidAttr(error)))?;
            if attribute.key.as_ref() == "Ccy" && self.currency.is_empty() {
                match unescape(&attribute.value) {
                    Ok(value) => self.currency.push_str(&value),
                    Err(_) => return Err(self.unknown_entity(&attribute.value)),
                }
            }
        }
        Ok(())
    }

    fn leave(&mut self) {
        self.open.pop();
        self.names.pop();
        self.is_leaf = false;
        self.content.clear();
        if self.base.is_some_and(|base| self.open.len() < base) {
            self.base = None;
            self.namespace = None;
        }
    }

    fn add(&mut self, text: &str) -> Result<(), ReadError> {
        if self.open.is_empty() && !text.trim_matches(['\u{1a}', '\u{feff}']).trim().is_empty() {
            return Err(damaged(
                said!("damaged.outside", "'{text}' stands outside of all elements", text = cut(text.trim())),
                self.place(),
            ));
        }
        if !self.is_leaf && text.trim().is_empty() {
            return Ok(());
        }
        if self.content.len() + text.len() > TEXT_MAX {
            return Err(self.too_large("the text of an element", limit::bytes(TEXT_MAX)));
        }
        self.content.push_str(text);
        Ok(())
    }

    fn place(&mut self) -> Spot {
        Spot::line(self.line_of(self.position))
    }

    fn too_large(&mut self, what: &'static str, limit: Said) -> ReadError {
        ReadError::TooLarge { what, limit, place: self.place() }
    }

    fn unknown_entity(&mut self, name: &str) -> ReadError {
        let detail = said!(
            "damaged.entity",
            "the entity '&{name};' is not one of XML's own; entities are not expanded",
            name = cut(name)
        );
        damaged(detail, self.place())
    }

    fn cut_off(&mut self) -> ReadError {
        let open = self.open.last().map_or("", |start| self.text.get(*start..).unwrap_or(""));
        let name: String =
            open.chars().skip(1).take_while(|letter| !matches!(letter, ' ' | '>' | '/' | '\n')).collect();
        damaged(ends_before(&cut(&name)), self.place())
    }

    fn broken(&mut self, error: &Error) -> ReadError {
        let position = usize::try_from(self.reader.error_position()).unwrap_or(usize::MAX).min(self.text.len());
        let line = self.line_of(position.max(self.position));
        damaged(why(error), Spot::line(line))
    }
}

/// Counts lines as the walk goes on.
#[derive(Debug, Default)]
struct Lines {
    counted_to: usize,
    breaks: usize,
}

impl Lines {
    fn line_of(&mut self, text: &str, position: usize) -> u32 {
        let passed = text.as_bytes().get(self.counted_to..position).unwrap_or_default();
        self.breaks += passed.iter().filter(|byte| **byte == b'\n').count();
        self.counted_to = self.counted_to.max(position);
        u32::try_from(self.breaks + 1).unwrap_or(u32::MAX)
    }
}
