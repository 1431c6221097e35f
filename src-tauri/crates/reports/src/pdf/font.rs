//! The embedded typeface: Source Sans 3 (Latin, Greek, Cyrillic), with figures of one width.

use std::{borrow::Cow, cell::RefCell, collections::BTreeSet};

use printpdf::{FontId, ParsedFont, PdfDocument, PdfFont};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::ReportError;

/// Stands for a character the typeface lacks.
pub(super) const REPLACEMENT: char = '\u{25A1}';

/// Weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weight {
    /// Running text.
    Regular,
    /// Headings, totals.
    Semibold,
}

/// Both faces, and what was asked of them in vain.
pub(super) struct Fonts {
    regular: Face,
    semibold: Face,
    missing: RefCell<BTreeSet<char>>,
}

/// One face with its widths.
struct Face {
    /// Six capitals: they become the subset's tag, as ISO 32000-1, 9.6.4 wants.
    id: &'static str,
    parsed: ParsedFont,
    units_per_em: f32,
    ascii: [u16; 128],
}

impl Face {
    fn load(id: &'static str, bytes: &[u8]) -> Result<Self, ReportError> {
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(ReportError::Font)?;
        let advance =
            |code: u32| parsed.lookup_glyph_index(code).map_or(0, |glyph| parsed.get_horizontal_advance(glyph));
        let mut ascii = [0; 128];
        for (code, width) in (0_u32..).zip(ascii.iter_mut()) {
            *width = advance(code);
        }
        let units_per_em = f32::from(parsed.font_metrics.units_per_em).max(1.0);
        Ok(Self { id, parsed, units_per_em, ascii })
    }

    fn advance(&self, c: char) -> u16 {
        match self.ascii.get(c as usize) {
            Some(width) => *width,
            None => {
                self.parsed.lookup_glyph_index(c as u32).map_or(0, |glyph| self.parsed.get_horizontal_advance(glyph))
            }
        }
    }
}

impl Fonts {
    /// Reads the faces that are part of the program.
    pub(super) fn load() -> Result<Self, ReportError> {
        Ok(Self {
            regular: Face::load("TIEREG", include_bytes!("../../fonts/SourceSans3-Regular.ttf"))?,
            semibold: Face::load("TIESBD", include_bytes!("../../fonts/SourceSans3-Semibold.ttf"))?,
            missing: RefCell::default(),
        })
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Semibold => &self.semibold,
        }
    }

    /// Name of the face as a resource of the document.
    pub(super) fn id(&self, weight: Weight) -> FontId {
        FontId(self.face(weight).id.to_owned())
    }

    /// Glyph of a character, if the face has it.
    pub(super) fn glyph(&self, weight: Weight, c: char) -> Option<u16> {
        self.face(weight).parsed.lookup_glyph_index(c as u32)
    }

    /// Width of cleaned text in points.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        let face = self.face(weight);
        let units: f32 = text.chars().map(|c| f32::from(face.advance(c))).sum();
        units * size / face.units_per_em
    }

    /// Text as it can be set: composed (NFC), white space as blanks, and a box for what the typeface lacks.
    pub(super) fn clean<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
            return Cow::Borrowed(text);
        }
        let composed: Cow<'t, str> = if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
        if composed.chars().all(|c| !c.is_control() && self.has(c)) {
            return composed;
        }
        composed.chars().map(|c| self.settable(c)).collect::<String>().into()
    }

    fn settable(&self, c: char) -> char {
        if c.is_whitespace() {
            return if self.has(c) && !c.is_control() { c } else { ' ' };
        }
        if !c.is_control() && self.has(c) {
            return c;
        }
        self.missing.borrow_mut().insert(c);
        REPLACEMENT
    }

    fn has(&self, c: char) -> bool {
        self.glyph(Weight::Regular, c).is_some_and(|glyph| glyph != 0)
    }

    /// The characters that had to be replaced so far.
    pub(super) fn missing(&self) -> Vec<char> {
        self.missing.borrow().iter().copied().collect()
    }

    /// Hands both faces to the document, which embeds the glyphs it uses.
    pub(super) fn embed(self, document: &mut PdfDocument) {
        for face in [self.regular, self.semibold] {
            document.resources.fonts.map.insert(FontId(face.id.to_owned()), PdfFont::new(face.parsed));
        }
    }
}
