//! JSON text → tokens, with the grammar checked and without recursion. Numbers stay the text they are.

use std::borrow::Cow;

use super::damaged;
use tieout_domain::{Said, said};

use crate::{ReadError, Spot, limit};

/// Objects and lists inside one another.
pub(super) const DEPTH_MAX: usize = 64;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    ObjectStart,
    ObjectEnd,
    ListStart,
    ListEnd,
    /// Name of a member; the token is the text between the quotation marks.
    Key,
    /// A string; the same.
    Text,
    Number,
    /// `true` or `false`.
    Word,
    Null,
    End,
}

/// A token and its bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// What the grammar allows next inside a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    /// Right after `{` or `[`.
    First,
    /// After a comma.
    Item,
    /// After a key.
    Value,
    /// After a value.
    Comma,
}

/// The tokens of a text. Several values may follow one another, as JSON Lines have them.
pub(super) struct Scan<'t> {
    text: &'t str,
    at: usize,
    open: Vec<(bool, Next)>,
    string_max: usize,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str, string_max: usize) -> Self {
        Self { text, at: 0, open: Vec::new(), string_max }
    }

    /// The next token; [`Kind::End`] after the last.
    pub(super) fn next(&mut self) -> Result<Token, ReadError> {
        loop {
            self.at += self.rest().iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n')).count();
            let start = self.at;
            let Some(byte) = self.rest().first().copied() else {
                return match self.open.last() {
                    None => Ok(Token { kind: Kind::End, start, end: start }),
                    Some((is_object, _)) => Err(self.wrong(if *is_object {
                        said!("damaged.endsInObject", "it ends inside an object, so a part is missing")
                    } else {
                        said!("damaged.endsInList", "it ends inside a list, so a part is missing")
                    })),
                };
            };
            match (self.open.last().copied(), byte) {
                (Some((true, Next::Comma | Next::First)), b'}') => return Ok(self.close(Kind::ObjectEnd)),
                (Some((false, Next::Comma | Next::First)), b']') => return Ok(self.close(Kind::ListEnd)),
                (Some((_, Next::Comma)), b',') => {
                    self.at += 1;
                    self.expect(Next::Item);
                }
                (Some((_, Next::Comma)), _) => return Err(self.wrong(said!("damaged.comma", "a comma is missing"))),
                (Some((true, Next::First | Next::Item)), b'"') => return self.key(),
                (Some((true, Next::First | Next::Item)), _) => {
                    return Err(self.wrong(said!("damaged.name", "a name in quotation marks is missing")));
                }
                (_, byte) => return self.value(byte),
            }
        }
    }

    /// A token's own text.
    pub(super) fn slice(&self, token: Token) -> &'t str {
        self.text.get(token.start..token.end).unwrap_or("")
    }

    fn rest(&self) -> &'t [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn expect(&mut self, next: Next) {
        if let Some((_, expected)) = self.open.last_mut() {
            *expected = next;
        }
    }

    fn close(&mut self, kind: Kind) -> Token {
        self.open.pop();
        self.expect(Next::Comma);
        self.at += 1;
        Token { kind, start: self.at - 1, end: self.at }
    }

    fn open(&mut self, is_object: bool, kind: Kind) -> Result<Token, ReadError> {
        if self.open.len() >= DEPTH_MAX {
            let limit = limit::levels(DEPTH_MAX);
            return Err(ReadError::TooLarge { what: "the nesting of values", limit, place: self.place() });
        }
        self.open.push((is_object, Next::First));
        self.at += 1;
        Ok(Token { kind, start: self.at - 1, end: self.at })
    }

    fn key(&mut self) -> Result<Token, ReadError> {
        let token = self.string(Kind::Key)?;
        self.at += self.rest().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        if self.rest().first() != Some(&b':') {
            return Err(self.wrong(said!("damaged.colon", "a colon is missing after a name")));
        }
        self.at += 1;
        self.expect(Next::Value);
        Ok(token)
    }

    fn value(&mut self, byte: u8) -> Result<Token, ReadError> {
        match byte {
            b'{' => self.open(true, Kind::ObjectStart),
            b'[' => self.open(false, Kind::ListStart),
            b'"' => {
                let token = self.string(Kind::Text)?;
                self.expect(Next::Comma);
                Ok(token)
            }
            b'-' | b'0'..=b'9' => self.number(),
            _ => self.word(),
        }
    }

    fn string(&mut self, kind: Kind) -> Result<Token, ReadError> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut end = start;
        loop {
            match bytes.get(end) {
                Some(b'"') => break,
                Some(b'\\') => end += 2,
                Some(0..=0x1f) | None => {
                    return Err(
                        self.wrong(said!("damaged.openText", "a text is not closed by a quotation mark on its line"))
                    );
                }
                Some(_) => end += 1,
            }
        }
        if end - start > self.string_max {
            let limit = limit::bytes(self.string_max);
            return Err(ReadError::TooLarge { what: "a text", limit, place: self.place() });
        }
        self.at = end + 1;
        Ok(Token { kind, start, end })
    }

    fn number(&mut self) -> Result<Token, ReadError> {
        let length = self
            .rest()
            .iter()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'))
            .count();
        let token = Token { kind: Kind::Number, start: self.at, end: self.at + length };
        if !is_number(self.slice(token)) {
            return Err(self.wrong(said!(
                "damaged.number",
                "'{text}' is no number",
                text = crate::value::words::cut(self.slice(token))
            )));
        }
        self.at = token.end;
        self.expect(Next::Comma);
        Ok(token)
    }

    fn word(&mut self) -> Result<Token, ReadError> {
        for (word, kind) in [("null", Kind::Null), ("true", Kind::Word), ("false", Kind::Word)] {
            if self.rest().starts_with(word.as_bytes()) {
                let token = Token { kind, start: self.at, end: self.at + word.len() };
                self.at = token.end;
                self.expect(Next::Comma);
                return Ok(token);
            }
        }
        let shown: String = self.text.get(self.at..).unwrap_or("").chars().take(20).collect();
        Err(self.wrong(said!("damaged.value", "'{text}' is no value", text = shown)))
    }

    fn place(&self) -> Spot {
        Spot::line(line_of(self.text, self.at))
    }

    fn wrong(&self, detail: Said) -> ReadError {
        damaged(detail, self.place())
    }
}

/// 1-based line of a byte.
fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

/// Whether the text is a number by JSON's grammar.
fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['+', '-']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let (whole, fraction) = match mantissa.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (mantissa, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole)
        && fraction.is_none_or(digits)
        && exponent.is_none_or(digits)
        && (whole == "0" || !whole.starts_with('0'))
}

/// A string without its escapes; `None` where an escape is none.
pub(super) fn unescape(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('\\') {
        return Some(Cow::Borrowed(text));
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\\') {
        plain.push_str(before);
        let mark = after.chars().next()?;
        rest = after.get(mark.len_utf8()..)?;
        match mark {
            '"' | '\\' | '/' => plain.push(mark),
            'n' => plain.push('\n'),
            't' => plain.push('\t'),
            'r' => plain.push('\r'),
            'b' | 'f' => plain.push(' '),
            'u' => {
                let (unit, after) = code_unit(rest)?;
                rest = after;
                plain.push(match unit {
                    0xd800..=0xdbff => {
                        let (low, after) = code_unit(rest.strip_prefix("\\u")?)?;
                        rest = after;
                        char::decode_utf16([unit, low]).next()?.ok()?
                    }
                    // A zero is no character of any text here.
                    0 => return None,
                    _ => char::from_u32(u32::from(unit))?,
                });
            }
            _ => return None,
        }
    }
    plain.push_str(rest);
    Some(Cow::Owned(plain))
}

fn code_unit(text: &str) -> Option<(u16, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let unit = if is_hex { u16::from_str_radix(digits, 16).ok() } else { None };
    unit.map(|unit| (unit, rest))
}
