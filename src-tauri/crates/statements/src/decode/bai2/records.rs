//! Text → records: a line with its code, and the continuation lines (88) that belong to it.

use crate::decode::mt94x::fields::{Line, lines};

/// A record of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record<'t> {
    /// `01`, `02`, `03`, `16`, `49`, `98`, `99`; empty for a line that begins with no such code.
    pub(super) code: &'t str,
    /// 1-based line where it begins.
    pub(super) line: u32,
    pub(super) start: usize,
    pub(super) end: usize,
    /// What follows the code on each of its lines.
    pub(super) pieces: Vec<Piece<'t>>,
}

impl<'t> Record<'t> {
    /// Its fields after the code.
    pub(super) fn fields(&self) -> Cursor<'_, 't> {
        Cursor { pieces: &self.pieces, next_piece: 0, rest: None }
    }

    /// How many lines it takes.
    pub(super) fn line_count(&self) -> i64 {
        i64::try_from(self.pieces.len()).unwrap_or(i64::MAX)
    }
}

/// One line of a record without its code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    /// Without the slash that ends it.
    pub(super) text: &'t str,
    /// A slash ends it.
    is_closed: bool,
    /// Characters of the line, code and slash included.
    length: usize,
}

/// Codes that begin a record.
const CODES: [&str; 7] = ["01", "02", "03", "16", "49", "98", "99"];

/// The code of a line and what follows it.
fn code_of(line: &str) -> Option<(&str, &str)> {
    let (code, rest) = line.split_at_checked(2)?;
    let is_known = code == "88" || CODES.contains(&code);
    let after =
        rest.strip_prefix(',').or_else(|| rest.strip_prefix('/').map(|_| "")).or(rest.is_empty().then_some(""))?;
    is_known.then_some((code, after))
}

fn piece<'t>(line: &'t str, text: &'t str) -> Piece<'t> {
    let closed = text.strip_suffix('/');
    Piece { text: closed.unwrap_or(text), is_closed: closed.is_some(), length: line.chars().count() }
}

/// The records of a text, in file order.
pub(super) fn records(text: &str) -> impl Iterator<Item = Record<'_>> {
    let mut lines = lines(text)
        .map(|(number, start, line): Line<'_>| {
            let body = line.trim();
            (number, start + line.len() - line.trim_start().len(), body)
        })
        .filter(|(_, _, line)| !line.is_empty())
        .peekable();
    std::iter::from_fn(move || {
        let (number, start, line) = lines.next()?;
        let (code, rest) = code_of(line).filter(|(code, _)| *code != "88").unwrap_or(("", line));
        let mut record = Record { code, line: number, start, end: start + line.len(), pieces: vec![piece(line, rest)] };
        if code.is_empty() {
            return Some(record);
        }
        while let Some((_, start, line)) =
            lines.next_if(|(_, _, line)| code_of(line).is_some_and(|(code, _)| code == "88"))
        {
            record.pieces.push(piece(line, code_of(line).map_or("", |(_, rest)| rest)));
            record.end = start + line.len();
        }
        Some(record)
    })
}

/// Reads a record's fields one after the other.
#[derive(Debug, Clone)]
pub(super) struct Cursor<'r, 't> {
    pieces: &'r [Piece<'t>],
    next_piece: usize,
    /// What is left of the current line behind the last comma; `None` at its end.
    rest: Option<&'t str>,
}

impl<'t> Cursor<'_, 't> {
    /// The next field, without blanks around it; `None` after the last.
    pub(super) fn next(&mut self) -> Option<&'t str> {
        let line = match self.rest.take() {
            Some(rest) => rest,
            None => {
                let piece = self.pieces.get(self.next_piece)?;
                self.next_piece += 1;
                piece.text
            }
        };
        let (field, rest) = line.split_once(',').map_or((line, None), |(field, rest)| (field, Some(rest)));
        self.rest = rest;
        Some(field.trim())
    }

    /// The next field, or an empty one.
    pub(super) fn next_or_empty(&mut self) -> &'t str {
        self.next().unwrap_or("")
    }

    /// The next reference. One that would stand on a continuation line is there only if that line looks like it, since
    /// banks leave fields out before a text.
    pub(super) fn next_reference(&mut self) -> &'t str {
        if self.rest.is_none() {
            let first = self.pieces.get(self.next_piece).and_then(|piece| piece.text.split_once(','));
            if first.is_none_or(|(field, _)| field.trim().contains(' ')) {
                return "";
            }
        }
        self.next_or_empty()
    }

    /// All that is left, as text: a line as long as lines may be is continued within a word.
    pub(super) fn text(self, full_length: usize) -> String {
        let mut text = self.rest.unwrap_or("").to_owned();
        let mut joins = self.rest.is_none();
        let mut before = self.next_piece.checked_sub(1).and_then(|at| self.pieces.get(at));
        for piece in self.pieces.get(self.next_piece..).unwrap_or_default() {
            joins |= before.is_some_and(|before| !before.is_closed && before.length == full_length);
            if !joins {
                text.push(' ');
            }
            text.push_str(piece.text);
            (joins, before) = (false, Some(piece));
        }
        let words: Vec<&str> = text.split_whitespace().collect();
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_goes_on_over_its_continuation_lines() {
        let text = "16,115,10000,S,5000,4000/\r\n88,1000,BREF,CREF,Lockbox, May\r\n88,second line/\r\n49,1,2/";
        let found: Vec<Record<'_>> = records(text).collect();
        assert_eq!(found.len(), 2);
        let mut fields = found.first().unwrap().fields();
        let read: Vec<&str> = std::iter::from_fn(|| fields.next()).take(8).collect();
        assert_eq!(read, ["115", "10000", "S", "5000", "4000", "1000", "BREF", "CREF"]);
        assert_eq!(fields.text(80), "Lockbox, May second line");
    }

    #[test]
    fn text_is_told_from_left_out_references() {
        for (record, expected) in [
            ("16,699,971,,,/\n88,LVP TO X", "//LVP TO X"),
            ("16,699,971,/\n88,some text, more", "//some text, more"),
            ("16,699,971,,BANK,CUST,text", "BANK/CUST/text"),
            ("16,699,971,,BANK,CUST/", "BANK/CUST/"),
            ("16,699,971,/\n88,BANK,CUST,text", "BANK/CUST/text"),
        ] {
            let found = records(record).next().unwrap();
            let mut fields = found.fields();
            let _type_amount_funds = (fields.next(), fields.next(), fields.next());
            let references = [fields.next_reference(), fields.next_reference()];
            assert_eq!(format!("{}/{}/{}", references[0], references[1], fields.text(80)), expected, "{record}");
        }
    }

    #[test]
    fn a_full_line_is_continued_within_the_word() {
        let first = format!("16,399,89,,,,{}CLIE", "x".repeat(63));
        let text = format!("{first}\n88,NT SECCY");
        let found = records(&text).next().unwrap();
        let mut fields = found.fields();
        for _ in 0..5 {
            fields.next();
        }
        assert_eq!((first.len(), fields.text(80).ends_with("CLIENT SECCY")), (80, true));
    }
}
