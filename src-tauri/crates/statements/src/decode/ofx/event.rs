//! Tags → aggregates and leaves. In SGML a leaf ends where the next tag begins; a file that declares itself XML must
//! also have its aggregates closed in order, or it was cut or damaged on its way.

use std::borrow::Cow;

use super::{
    element::Element,
    token::{Placed, Token, Tokens, damaged},
    value,
};
use tieout_domain::said;

use crate::{Limits, ReadError, Spot, limit};

/// How deep elements may stand in one another.
const DEPTH_MAX: usize = 256;

/// What the file says next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Event<'t> {
    /// An element begins that has no text of its own.
    Open(Element),
    /// An element with text; blanks around it are taken off, entities decoded.
    Leaf(Element, Cow<'t, str>),
    /// An element ends.
    Close(Element),
    /// Text that belongs to no element.
    Stray(Cow<'t, str>),
}

/// An event and the part of the text it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct At<'t> {
    pub(super) event: Event<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Reads events one after the other.
pub(super) struct Events<'t> {
    text: &'t str,
    tokens: std::iter::Peekable<Tokens<'t>>,
    /// Present where the file declares itself XML.
    nesting: Option<Nesting<'t>>,
    /// What an element says besides that it begins: its end, where it is written as `<NAME/>`, or text in an aggregate.
    pending: Option<At<'t>>,
    value_bytes_max: usize,
    finished: bool,
}

impl<'t> Events<'t> {
    /// Begins at an offset of the text, behind the header.
    pub(super) fn new(text: &'t str, at: usize, is_xml: bool, limits: &Limits) -> Self {
        Self {
            text,
            tokens: Tokens::new(text, at).peekable(),
            nesting: is_xml.then(Nesting::default),
            pending: None,
            value_bytes_max: limits.line_bytes,
            finished: false,
        }
    }

    /// Whether a file that declares itself XML left leaves unclosed, as SGML does.
    pub(super) fn has_unclosed_leaves(&self) -> bool {
        self.nesting.as_ref().is_some_and(|nesting| nesting.unclosed)
    }

    fn step(&mut self) -> Result<Option<At<'t>>, ReadError> {
        if let Some(pending) = self.pending.take() {
            return Ok(Some(pending));
        }
        loop {
            let Some(Placed { token, start, end }) = self.tokens.next().transpose()? else {
                if let Some(nesting) = &self.nesting {
                    nesting.finish(self.text)?;
                }
                return Ok(None);
            };
            let event = match token {
                Token::Aside => continue,
                Token::Text(text) | Token::Literal(text) if text.trim().is_empty() => continue,
                Token::Text(text) | Token::Literal(text) => Event::Stray(Cow::Borrowed(text.trim())),
                Token::Close(name) => {
                    if let Some(nesting) = &mut self.nesting {
                        nesting.close(self.text, name, start)?;
                    }
                    Event::Close(Element::of(name))
                }
                Token::Empty(name) => {
                    let element = Element::of(name);
                    self.pending = Some(At { event: Event::Close(element), start: end, end });
                    Event::Open(element)
                }
                Token::Open(name) => return self.opened(name, start, end).map(Some),
            };
            return Ok(Some(At { event, start, end }));
        }
    }

    /// The text up to the next tag, and where it ends.
    fn text_behind(&mut self, name: &str, mut end: usize) -> Result<(Cow<'t, str>, usize), ReadError> {
        let mut value: Cow<'t, str> = Cow::Borrowed("");
        let mut apart = false;
        while let Some(Ok(Placed { token, end: token_end, .. })) = self.tokens.peek() {
            let piece = match *token {
                Token::Aside => {
                    apart = true;
                    Cow::Borrowed("")
                }
                Token::Text(text) => value::decoded(text),
                Token::Literal(text) => Cow::Borrowed(text),
                Token::Open(_) | Token::Empty(_) | Token::Close(_) => break,
            };
            if !piece.trim().is_empty() {
                end = *token_end;
                value = joined(value, piece, apart);
            }
            self.tokens.next();
            if value.len() > self.value_bytes_max {
                let limit = limit::bytes(self.value_bytes_max);
                return Err(ReadError::TooLarge {
                    what: "an element",
                    limit,
                    place: Spot::element(&format!("<{name}>")),
                });
            }
        }
        Ok((trimmed(value), end))
    }

    /// Reads the text behind an opening tag, if it has any, and its closing tag, if that follows.
    fn opened(&mut self, name: &'t str, start: usize, end: usize) -> Result<At<'t>, ReadError> {
        let (value, mut end) = self.text_behind(name, end)?;
        let element = Element::of(name);
        let has_text = !value.is_empty();
        let is_leaf = has_text && !element.is_group();
        if let Some(nesting) = &mut self.nesting {
            nesting.open(self.text, name, is_leaf, start)?;
        }
        if !is_leaf {
            self.pending = has_text.then_some(At { event: Event::Stray(value), start, end });
            return Ok(At { event: Event::Open(element), start, end });
        }
        if let Some(Ok(Placed { token: Token::Close(closing), start: close_start, end: close_end })) =
            self.tokens.peek().cloned()
            && closing.eq_ignore_ascii_case(name)
        {
            end = close_end;
            if let Some(nesting) = &mut self.nesting {
                nesting.close(self.text, closing, close_start)?;
            }
            self.tokens.next();
        }
        Ok(At { event: Event::Leaf(element, value), start, end })
    }
}

impl<'t> Iterator for Events<'t> {
    type Item = Result<At<'t>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.finished {
            return None;
        }
        let step = self.step();
        self.finished = !matches!(step, Ok(Some(_)));
        step.transpose()
    }
}

/// A comment within a value leaves a blank, so that digits on its two sides never become one number.
fn joined<'t>(before: Cow<'t, str>, piece: Cow<'t, str>, apart: bool) -> Cow<'t, str> {
    if before.is_empty() {
        return piece;
    }
    let mut text = before.into_owned();
    if apart {
        text.push(' ');
    }
    text.push_str(&piece);
    Cow::Owned(text)
}

fn trimmed(value: Cow<'_, str>) -> Cow<'_, str> {
    match value {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}

/// The elements that are open in a file that declares itself XML.
#[derive(Debug, Default)]
struct Nesting<'t> {
    open: Vec<Entry<'t>>,
    unclosed: bool,
}

#[derive(Debug)]
struct Entry<'t> {
    name: &'t str,
    /// It may go unclosed without harm: it is over where the next tag begins.
    is_leaf: bool,
    start: usize,
}

impl<'t> Nesting<'t> {
    fn open(&mut self, text: &str, name: &'t str, has_text: bool, start: usize) -> Result<(), ReadError> {
        if self.open.len() >= DEPTH_MAX {
            return Err(damaged(
                text,
                start,
                said!("damaged.deep", "more than {most} elements stand in one another", most = DEPTH_MAX),
            ));
        }
        self.open.push(Entry { name, is_leaf: has_text || Element::of(name).is_leaf(), start });
        Ok(())
    }

    fn close(&mut self, text: &str, name: &str, start: usize) -> Result<(), ReadError> {
        while let Some(entry) = self.open.pop() {
            if entry.name.eq_ignore_ascii_case(name) {
                return Ok(());
            }
            if !entry.is_leaf {
                let detail = said!(
                    "damaged.endExpected",
                    "</{found}> stands where </{name}> is expected",
                    found = name,
                    name = entry.name
                );
                return Err(damaged(text, start, detail));
            }
            self.unclosed = true;
        }
        Err(damaged(
            text,
            start,
            said!("damaged.notBegun", "</{name}> ends an element that was not begun", name = name),
        ))
    }

    fn finish(&self, text: &str) -> Result<(), ReadError> {
        match self.open.iter().rev().find(|entry| !entry.is_leaf) {
            Some(entry) => {
                let detail = said!(
                    "damaged.cutIn",
                    "the file ends before <{name}>, which begins here, does; it was cut off",
                    name = entry.name
                );
                Err(damaged(text, entry.start, detail))
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, is_xml: bool) -> Result<Vec<String>, String> {
        Events::new(text, 0, is_xml, &Limits::default())
            .map(|event| match event.map_err(|error| error.to_string())?.event {
                Event::Open(element) => Ok(format!("{element:?}(")),
                Event::Leaf(element, value) => Ok(format!("{element:?}={value}")),
                Event::Close(element) => Ok(format!("){element:?}")),
                Event::Stray(text) => Ok(format!("~{text}")),
            })
            .collect()
    }

    #[test]
    fn a_leaf_ends_with_its_tag_or_with_the_next_one() {
        let expected = ["Transaction(", "Amount=-1", "Name=A & B <c>", ")Transaction"].map(str::to_owned).to_vec();
        for text in [
            "<STMTTRN><TRNAMT>-1<NAME>A & B &lt;c&gt;</STMTTRN>",
            "<stmttrn>\n<trnamt>-1</trnamt>\n<name>A &amp; B &#60;c&#x3e;</name>\n</stmttrn>",
            "<STMTTRN><TRNAMT>\n -1\n<NAME><![CDATA[A & B <c>]]></STMTTRN>",
        ] {
            assert_eq!(read(text, false).as_ref(), Ok(&expected), "{text}");
            assert_eq!(read(text, true).as_ref(), Ok(&expected), "{text}");
        }
    }

    #[test]
    fn digits_beside_a_comment_stay_apart() {
        assert_eq!(read("<TRNAMT>-2<!-- x -->00", false), Ok(vec!["Amount=-2 00".to_owned()]));
    }

    #[test]
    fn a_leaf_may_hold_the_next_leaf() {
        let text = "<STMTTRN><TRNAMT>-1\n<NAME>A\n</NAME></TRNAMT></STMTTRN>";
        assert!(read(text, true).is_ok());
        assert!(read(text, false).is_ok());
    }

    #[test]
    fn xml_must_be_closed_in_order() {
        for text in [
            "<OFX><STMTRS></OFX>",
            "<OFX></STMTRS></OFX>",
            "<OFX><STMTRS></STMTRS>",
            "<OFX></OFX></OFX>",
            "<OFX><DTUSER>1</DTPOSTED></OFX>",
        ] {
            assert!(read(text, true).is_err(), "{text}");
            assert!(read(text, false).is_ok(), "{text}");
        }
        assert!(read("<OFX><BALAMT><DTASOF>1</OFX>", true).is_ok());
    }

    #[test]
    fn nesting_is_bounded() {
        let text = "<A>".repeat(100_000);
        assert!(read(&text, true).is_err_and(|error| error.contains("256")));
        assert!(read(&text, false).is_ok());
    }
}
