//! The embedded typeface: Source Sans 3 (Latin, Greek, Cyrillic), with figures of one width.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
};

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
    missing: Mutex<BTreeSet<char>>,
}

/// One face with its widths.
struct Face {
    /// Six capitals: they become the subset's tag, as ISO 32000-1, 9.6.4 wants.
    id: &'static str,
    parsed: ParsedFont,
    units_per_em: f32,
    /// Glyph and width of each character that was asked for, of the ranges that nearly all text is in: looking one up in
    /// the face goes through its whole table. Zero: not asked for yet.
    known: Vec<AtomicU32>,
}

/// Characters up to here are kept: Latin, Greek, Cyrillic, punctuation, signs.
const KNOWN_END: usize = 0x2800;
/// Marks a kept character.
const KNOWN: u32 = 1 << 31;
/// Glyphs of a kept character, beside its width of 16 bits; a face has fewer.
const GLYPHS_KNOWN: u16 = 0x7fff;

impl Face {
    fn load(id: &'static str, bytes: &[u8]) -> Result<Self, ReportError> {
        let parsed = ParsedFont::from_bytes(bytes, 0, &mut Vec::new()).ok_or(ReportError::Font)?;
        let units_per_em = f32::from(parsed.font_metrics.units_per_em).max(1.0);
        Ok(Self { id, parsed, units_per_em, known: (0..KNOWN_END).map(|_| AtomicU32::new(0)).collect() })
    }

    /// Glyph and width of a character; glyph 0 where the face lacks it.
    fn look_up(&self, c: char) -> (u16, u16) {
        let look = || {
            let glyph = self.parsed.lookup_glyph_index(c as u32).unwrap_or(0);
            (glyph, self.parsed.get_horizontal_advance(glyph))
        };
        let Some(kept) = self.known.get(c as usize) else { return look() };
        let known = kept.load(Ordering::Relaxed);
        if known != 0 {
            return ((known >> 16) as u16 & GLYPHS_KNOWN, known as u16);
        }
        let (glyph, width) = look();
        if glyph <= GLYPHS_KNOWN {
            kept.store(KNOWN | u32::from(glyph) << 16 | u32::from(width), Ordering::Relaxed);
        }
        (glyph, width)
    }

    fn advance(&self, c: char) -> u16 {
        match self.look_up(c) {
            (0, _) => 0,
            (_, width) => width,
        }
    }
}

impl Fonts {
    /// Reads the faces that are part of the program.
    pub(super) fn load() -> Result<Self, ReportError> {
        Ok(Self {
            regular: Face::load("TIEREG", include_bytes!("../../fonts/SourceSans3-Regular.ttf"))?,
            semibold: Face::load("TIESBD", include_bytes!("../../fonts/SourceSans3-Semibold.ttf"))?,
            missing: Mutex::default(),
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

    /// Glyph of a character; 0 where the face lacks it.
    pub(super) fn glyph(&self, weight: Weight, c: char) -> u16 {
        self.face(weight).look_up(c).0
    }

    /// Width of cleaned text in points.
    pub(super) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        self.points(self.units(text, weight), weight, size)
    }

    /// Width of cleaned text in units of the face.
    pub(super) fn units(&self, text: &str, weight: Weight) -> u32 {
        let face = self.face(weight);
        text.chars().map(|c| u32::from(face.advance(c))).sum()
    }

    /// Units of the face as points.
    pub(super) fn points(&self, units: u32, weight: Weight, size: f32) -> f32 {
        units as f32 * size / self.face(weight).units_per_em
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
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).insert(c);
        REPLACEMENT
    }

    fn has(&self, c: char) -> bool {
        self.glyph(Weight::Regular, c) != 0
    }

    /// The characters that had to be replaced so far.
    pub(super) fn missing(&self) -> Vec<char> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().copied().collect()
    }

    /// Hands both faces to the document, which embeds the glyphs it uses.
    pub(super) fn embed(self, document: &mut PdfDocument) {
        for face in [self.regular, self.semibold] {
            document.resources.fonts.map.insert(FontId(face.id.to_owned()), PdfFont::new(face.parsed));
        }
    }
}
