//! What is drawn on a page, and its content stream (ISO 32000-1, 7.8.2).
//!
//! printpdf could write these streams too; of a report of 150 pages it took most of the time, for it looks every glyph
//! up twice and keeps each operand as an object of its own. What is said here is the same: text, lines and areas.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{font::Weight, sheet::Style};

/// Something drawn. Distances are from the left and the bottom edge.
#[derive(Debug, Clone)]
pub(super) enum Mark {
    /// Text from `x` on, with its baseline at `y`; the range is of the page's texts.
    Text { x: f32, y: f32, style: Style, text: Range<usize> },
    /// A horizontal line.
    Rule { from: f32, to: f32, y: f32, thickness: f32, shade: f32 },
    /// A line of any direction.
    Line { from: (f32, f32), to: (f32, f32), thickness: f32, shade: f32 },
    /// A filled rectangle.
    Area { x: f32, y: f32, width: f32, height: f32, shade: f32 },
}

/// Everything drawn on one page.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    marks: Vec<Mark>,
    texts: String,
}

impl Page {
    /// Draws text that the typeface can set.
    pub(super) fn text(&mut self, x: f32, y: f32, text: &str, style: Style) {
        let from = self.texts.len();
        self.texts.push_str(text);
        self.draw(Mark::Text { x, y, style, text: from..self.texts.len() });
    }

    /// Draws a line or an area.
    pub(super) fn draw(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// The content stream, with the document's codes of characters.
    pub(super) fn content(&self, codes: &Codes) -> Vec<u8> {
        let mut stream = Stream { bytes: Vec::with_capacity(4 * self.texts.len()), ..Stream::default() };
        for mark in &self.marks {
            match mark {
                Mark::Text { x, y, style, text } => stream.text(*x, *y, *style, &self.texts[text.clone()], codes),
                Mark::Rule { from, to, y, thickness, shade } => {
                    stream.line((*from, *y), (*to, *y), *thickness, *shade);
                }
                Mark::Line { from, to, thickness, shade } => stream.line(*from, *to, *thickness, *shade),
                Mark::Area { x, y, width, height, shade } => {
                    stream.grey(*shade);
                    stream.operation(&[*x, *y, *width, *height], "re f");
                }
            }
        }
        stream.bytes
    }
}

/// Characters that were set, by face.
#[derive(Debug)]
pub(super) struct Used {
    ascii: [[bool; 128]; 2],
    others: [BTreeSet<char>; 2],
}

impl Used {
    /// Those set on these pages.
    pub(super) fn on(pages: &[Page]) -> Self {
        let mut used = Self { ascii: [[false; 128]; 2], others: Default::default() };
        for page in pages {
            for mark in &page.marks {
                if let Mark::Text { style, text, .. } = mark {
                    used.note(style.weight, &page.texts[text.clone()]);
                }
            }
        }
        used
    }

    fn note(&mut self, weight: Weight, text: &str) {
        let face = weight as usize;
        for c in text.chars() {
            match self.ascii[face].get_mut(c as usize) {
                Some(used) => *used = true,
                None => {
                    self.others[face].insert(c);
                }
            }
        }
    }

    /// The characters set in a face, in their order.
    pub(super) fn of(&self, weight: Weight) -> Vec<char> {
        let face = weight as usize;
        let ascii = (0_u8..).zip(self.ascii[face]).filter(|(_, used)| *used).map(|(byte, _)| char::from(byte));
        ascii.chain(self.others[face].iter().copied()).collect()
    }
}

/// Codes under which the document's own faces know characters.
#[derive(Debug)]
pub(super) struct Codes {
    ascii: [[Code; 128]; 2],
    others: [BTreeMap<char, Code>; 2],
    names: [String; 2],
}

/// A code as it stands in a string of a content stream.
#[derive(Debug, Clone, Copy, Default)]
struct Code {
    bytes: [u8; 4],
    length: usize,
}

impl Code {
    fn new(code: [u8; 2]) -> Self {
        let mut written = Self::default();
        let mut put = |byte| {
            written.bytes[written.length] = byte;
            written.length += 1;
        };
        for byte in code {
            if matches!(byte, b'(' | b')' | b'\\' | b'\r') {
                put(b'\\');
            }
            // A reader takes any end of a line for a line feed.
            put(if byte == b'\r' { b'r' } else { byte });
        }
        written
    }
}

impl Codes {
    /// No codes yet, of faces that the document knows by these names.
    pub(super) fn new(names: [String; 2]) -> Self {
        Self { ascii: [[Code::default(); 128]; 2], others: Default::default(), names }
    }

    /// Sets the code of a character.
    pub(super) fn set(&mut self, weight: Weight, c: char, code: [u8; 2]) {
        let face = weight as usize;
        match self.ascii[face].get_mut(c as usize) {
            Some(known) => *known = Code::new(code),
            None => {
                self.others[face].insert(c, Code::new(code));
            }
        }
    }

    fn of(&self, weight: Weight, c: char) -> Code {
        let face = weight as usize;
        let known = self.ascii[face].get(c as usize).or_else(|| self.others[face].get(&c));
        known.copied().unwrap_or_default()
    }
}

/// A content stream with the state that its operators have set so far: what is set already is not said again.
#[derive(Debug, Default)]
struct Stream {
    bytes: Vec<u8>,
    face: Option<(Weight, f32)>,
    fill: Option<f32>,
    outline: Option<f32>,
    thickness: Option<f32>,
}

impl Stream {
    fn text(&mut self, x: f32, y: f32, style: Style, text: &str, codes: &Codes) {
        self.grey(style.grey);
        if self.face != Some((style.weight, style.size)) {
            self.face = Some((style.weight, style.size));
            self.bytes.push(b'/');
            self.bytes.extend_from_slice(codes.names[style.weight as usize].as_bytes());
            self.bytes.push(b' ');
            self.operation(&[style.size], "Tf");
        }
        self.bytes.extend_from_slice(b"BT ");
        self.number(x);
        self.number(y);
        self.bytes.extend_from_slice(b"Td(");
        self.bytes.reserve(4 * text.len());
        for c in text.chars() {
            let code = codes.of(style.weight, c);
            let end = self.bytes.len() + code.length;
            self.bytes.extend_from_slice(&code.bytes);
            self.bytes.truncate(end);
        }
        self.bytes.extend_from_slice(b")Tj ET\n");
    }

    fn line(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32, shade: f32) {
        if self.outline != Some(shade) {
            self.outline = Some(shade);
            self.operation(&[shade], "G");
        }
        if self.thickness != Some(thickness) {
            self.thickness = Some(thickness);
            self.operation(&[thickness], "w");
        }
        self.operation(&[from.0, from.1], "m");
        self.operation(&[to.0, to.1], "l S");
    }

    fn grey(&mut self, shade: f32) {
        if self.fill != Some(shade) {
            self.fill = Some(shade);
            self.operation(&[shade], "g");
        }
    }

    fn operation(&mut self, operands: &[f32], operator: &str) {
        operands.iter().for_each(|operand| self.number(*operand));
        self.bytes.extend_from_slice(operator.as_bytes());
        self.bytes.push(b'\n');
    }

    /// A number and a blank. Thousandths of a point are finer than any device.
    fn number(&mut self, number: f32) {
        let thousandths = (f64::from(number) * 1_000.0).round() as i64;
        if thousandths < 0 {
            self.bytes.push(b'-');
        }
        let size = thousandths.unsigned_abs();
        self.whole(size / 1_000);
        let mut rest = size % 1_000;
        if rest > 0 {
            self.bytes.push(b'.');
        }
        while rest > 0 {
            self.bytes.push(b'0' + (rest / 100) as u8);
            rest = rest % 100 * 10;
        }
        self.bytes.push(b' ');
    }

    fn whole(&mut self, number: u64) {
        if number >= 10 {
            self.whole(number / 10);
        }
        self.bytes.push(b'0' + (number % 10) as u8);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stream(draw: impl FnOnce(&mut Page)) -> String {
        let mut page = Page::default();
        draw(&mut page);
        let mut codes = Codes::new(["R".to_owned(), "S".to_owned()]);
        codes.set(Weight::Regular, 'a', *b"\x01a");
        codes.set(Weight::Regular, 'é', *b"()");
        codes.set(Weight::Semibold, 'a', *b"\r\\");
        page.content(&codes).iter().map(|byte| byte.escape_ascii().to_string()).collect::<String>().replace("\\n", "\n")
    }

    #[test]
    fn a_page_says_what_changes_and_no_more() {
        let drawn = stream(|page| {
            page.text(48.0, 700.5, "aé", Style::regular(9.0));
            page.text(48.0, -0.000_4, "a", Style::regular(9.0));
            page.draw(Mark::Rule { from: 48.0, to: 547.276, y: 10.125, thickness: 0.3, shade: 0.75 });
            page.draw(Mark::Area { x: 1.0, y: 2.0, width: 3.0, height: 4.05, shade: 0.08 });
            page.text(0.0, 0.0, "a", Style::semibold(10.0));
        });
        let wanted = "0.08 g\n/R 9 Tf\nBT 48 700.5 Td(\\x01a\\\\(\\\\))Tj ET\nBT 48 0 Td(\\x01a)Tj ET\n\
                      0.75 G\n0.3 w\n48 10.125 m\n547.276 10.125 l S\n1 2 3 4.05 re f\n\
                      0 g\n/S 10 Tf\nBT 0 0 Td(\\\\r\\\\\\\\)Tj ET\n";
        assert_eq!(drawn, wanted);
    }
}
