//! Text → tags and what stands between them, for SGML and XML alike. Nothing is resolved and nothing is fetched.

use tieout_domain::{Said, said};

use crate::{ReadError, Spot};

/// Longest tag, attributes included; what is longer is text that happens to begin with `<`.
const TAG_BYTES_MAX: usize = 1024;

/// A piece of markup or text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// `<NAME>`
    Open(&'t str),
    /// `<NAME/>`
    Empty(&'t str),
    /// `</NAME>`
    Close(&'t str),
    /// Text, entities not yet decoded.
    Text(&'t str),
    /// The inside of a CDATA section.
    Literal(&'t str),
    /// A comment, a processing instruction or a document type.
    Aside,
}

/// A token and where in the text it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Placed<'t> {
    pub(super) token: Token<'t>,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Walks over a text once. A `<` that begins no markup is text.
#[derive(Debug, Clone)]
pub(super) struct Tokens<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Tokens<'t> {
    /// Begins at an offset of the text.
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or("")
    }

    /// The markup that begins at the offset, if any does.
    fn markup(&self, start: usize) -> Result<Option<Placed<'t>>, ReadError> {
        let rest = self.rest(start);
        if rest.starts_with("<!--") {
            return self
                .until(start, 4, "-->", said!("damaged.openComment", "a comment begins here and does not end"))
                .map(|(_, end)| Some(aside(start, end)));
        }
        if rest.starts_with("<![CDATA[") {
            let (inner, end) = self.until(
                start,
                9,
                "]]>",
                said!("damaged.openCdata", "a CDATA section begins here and does not end"),
            )?;
            return Ok(Some(Placed { token: Token::Literal(inner), start, end }));
        }
        if rest.starts_with("<?") {
            return self
                .until(
                    start,
                    2,
                    ">",
                    said!("damaged.openInstruction", "a processing instruction begins here and does not end"),
                )
                .map(|(_, end)| Some(aside(start, end)));
        }
        if rest.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("<!doctype")) {
            let (inner, end) =
                self.until(start, 9, ">", said!("damaged.openType", "the document type begins here and does not end"))?;
            if inner.contains('[') {
                let detail = said!(
                    "damaged.declares",
                    "it declares entities or elements of its own, which a bank statement never needs"
                );
                return Err(damaged(self.text, start, detail));
            }
            return Ok(Some(aside(start, end)));
        }
        Ok(tag(rest).map(|(token, length)| Placed { token, start, end: start + length }))
    }

    fn until(&self, start: usize, skip: usize, mark: &str, unended: Said) -> Result<(&'t str, usize), ReadError> {
        let inner = self.rest(start + skip);
        match inner.find(mark) {
            Some(length) => Ok((inner.get(..length).unwrap_or(""), start + skip + length + mark.len())),
            None => Err(damaged(self.text, start, unended)),
        }
    }

    fn step(&mut self) -> Result<Option<Placed<'t>>, ReadError> {
        let start = self.at;
        if start >= self.text.len() {
            return Ok(None);
        }
        if let Some(placed) = self.markup(start)? {
            self.at = placed.end;
            return Ok(Some(placed));
        }
        let mut from = start + usize::from(self.rest(start).starts_with('<'));
        let end = loop {
            match self.rest(from).find('<') {
                None => break self.text.len(),
                Some(length) if self.begins_markup(from + length) => break from + length,
                Some(length) => from += length + 1,
            }
        };
        self.at = end;
        Ok(Some(Placed { token: Token::Text(self.text.get(start..end).unwrap_or("")), start, end }))
    }

    fn begins_markup(&self, at: usize) -> bool {
        let rest = self.rest(at);
        let declares = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
        ["<!--", "<![CDATA[", "<?", "<!doctype"].into_iter().any(declares) || tag(rest).is_some()
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Result<Placed<'t>, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let step = self.step();
        if step.is_err() {
            self.at = self.text.len();
        }
        step.transpose()
    }
}

fn aside<'t>(start: usize, end: usize) -> Placed<'t> {
    Placed { token: Token::Aside, start, end }
}

/// A tag at the start of the text, and its length. Attributes and a prefix of the name are left aside.
fn tag(text: &str) -> Option<(Token<'_>, usize)> {
    let inside = text.strip_prefix('<')?;
    let closes = inside.starts_with('/');
    let name_at = usize::from(closes);
    if !inside.as_bytes().get(name_at)?.is_ascii_alphabetic() {
        return None;
    }
    let length = inside.bytes().take(TAG_BYTES_MAX).position(|byte| matches!(byte, b'<' | b'>'))?;
    if inside.as_bytes().get(length) != Some(&b'>') {
        return None;
    }
    let body = inside.get(name_at..length)?;
    let name_length = body.bytes().position(|byte| byte.is_ascii_whitespace() || byte == b'/').unwrap_or(body.len());
    let name = body.get(..name_length)?;
    let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
    let token = match (closes, body.ends_with('/')) {
        (true, _) => Token::Close(name),
        (false, true) => Token::Empty(name),
        (false, false) => Token::Open(name),
    };
    Some((token, length + 2))
}

/// The file is broken at an offset.
pub(super) fn damaged(text: &str, at: usize, detail: Said) -> ReadError {
    let mut lines = Lines::new(text);
    let place = Spot::line(lines.line_at(at));
    ReadError::Damaged { what: "the OFX file", place, detail }
}

/// Turns offsets that only grow into 1-based lines; line feeds, carriage returns and both together end a line.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    bytes: &'t [u8],
    at: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { bytes: text.as_bytes(), at: 0, line: 1 }
    }

    pub(super) fn line_at(&mut self, offset: usize) -> u32 {
        let end = offset.min(self.bytes.len());
        for at in self.at..end {
            let ends_line = match self.bytes.get(at) {
                Some(b'\n') => true,
                Some(b'\r') => self.bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            self.line = self.line.saturating_add(u32::from(ends_line));
        }
        self.at = self.at.max(end);
        self.line
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tokens(text: &str) -> Vec<Token<'_>> {
        Tokens::new(text, 0).map(|token| token.unwrap().token).collect()
    }

    #[test]
    fn tags_of_both_dialects() {
        assert_eq!(
            tokens("<A>1<b.c>x</b.c ><D/><E x=\"1\"/></ofx:F>"),
            [
                Token::Open("A"),
                Token::Text("1"),
                Token::Open("b.c"),
                Token::Text("x"),
                Token::Close("b.c"),
                Token::Empty("D"),
                Token::Empty("E"),
                Token::Close("F"),
            ]
        );
    }

    #[test]
    fn a_lone_less_than_sign_is_text() {
        assert_eq!(
            tokens("<MEMO>a < b <3 <unfinished\n<X>"),
            [Token::Open("MEMO"), Token::Text("a < b <3 <unfinished\n"), Token::Open("X"),]
        );
    }

    #[test]
    fn asides_are_passed_over() {
        assert_eq!(
            tokens("<?OFX a=\"1\"?><!-- <A> --><!DOCTYPE OFX><![CDATA[<b> & c]]>"),
            [Token::Aside, Token::Aside, Token::Aside, Token::Literal("<b> & c"),]
        );
    }

    #[test]
    fn what_never_ends_is_damaged() {
        for text in ["<A>\n<!-- x", "<![CDATA[x", "<?xml", "<!DOCTYPE x [<!ENTITY a \"b\">]>"] {
            assert!(Tokens::new(text, 0).any(|token| token.is_err()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn tokens_cover_the_text(text in "[<>/!?a-c\\-\\[\\] \n]{0,60}") {
            let mut end = 0;
            for token in Tokens::new(&text, 0) {
                let Ok(token) = token else { return Ok(()) };
                prop_assert_eq!(token.start, end);
                prop_assert!(token.end > token.start);
                end = token.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
