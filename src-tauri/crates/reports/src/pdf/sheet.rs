//! Sheets of A4 that fill from top to bottom: text, rules, and a new sheet when one is full.

use printpdf::{
    Codepoint, Color, Greyscale, Line, LinePoint, Mm, Op, PaintMode, PdfFontHandle, PdfPage, Point, Pt, Rect, TextItem,
};

use super::font::{Fonts, Weight};
use crate::text::MINUS;

/// Width of A4 in points.
pub(super) const PAGE_WIDTH: f32 = 595.276;
/// Height of A4 in points.
pub(super) const PAGE_HEIGHT: f32 = 841.89;
/// Left edge of the text.
pub(super) const LEFT: f32 = 48.0;
/// Right edge of the text.
pub(super) const RIGHT: f32 = PAGE_WIDTH - 48.0;
const TOP: f32 = 52.0;
const BOTTOM: f32 = PAGE_HEIGHT - 58.0;
const ELLIPSIS: char = '…';

/// How text looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    /// Size in points.
    pub(super) size: f32,
    /// Weight.
    pub(super) weight: Weight,
    /// 0 black, 1 white.
    pub(super) grey: f32,
}

impl Style {
    /// Running text of a size.
    pub(super) const fn regular(size: f32) -> Self {
        Self { size, weight: Weight::Regular, grey: 0.08 }
    }

    /// Emphasised text of a size.
    pub(super) const fn semibold(size: f32) -> Self {
        Self { size, weight: Weight::Semibold, grey: 0.0 }
    }

    /// Labels and secondary text.
    pub(super) const fn muted(size: f32) -> Self {
        Self { size, weight: Weight::Regular, grey: 0.36 }
    }
}

/// What is drawn again at the head of each sheet that a table runs on to.
#[derive(Clone)]
pub(super) struct Running {
    /// The section's title.
    pub(super) title: String,
    /// Draws the column headers.
    pub(super) columns: fn(&mut Sheets<'_>),
}

/// The sheets so far. `y` is the distance from the top edge.
pub(super) struct Sheets<'f> {
    /// The typeface.
    pub(super) fonts: &'f Fonts,
    /// Where the next thing goes.
    pub(super) y: f32,
    full: Vec<Vec<Op>>,
    ops: Vec<Op>,
    running: Option<Running>,
    bookmarks: Vec<(String, usize)>,
}

impl<'f> Sheets<'f> {
    /// An empty first sheet.
    pub(super) fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, y: TOP, full: Vec::new(), ops: Vec::new(), running: None, bookmarks: Vec::new() }
    }

    /// Text from `x` on, with its baseline `y` below the top edge.
    pub(super) fn text(&mut self, x: f32, y: f32, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let text = self.fonts.clean(text);
        let items = self.items(&text, style.weight);
        self.ops.extend([
            Op::StartTextSection,
            Op::SetFont { font: PdfFontHandle::External(self.fonts.id(style.weight)), size: Pt(style.size) },
            Op::SetFillColor { col: grey(style.grey) },
            Op::SetTextCursor { pos: point(x, y) },
            Op::ShowText { items },
            Op::EndTextSection,
        ]);
    }

    /// A minus sign is drawn as such, but copied and searched as a hyphen, so that amounts paste as numbers.
    fn items(&self, text: &str, weight: Weight) -> Vec<TextItem> {
        let mut items = Vec::new();
        for (at, run) in text.split(MINUS).enumerate() {
            if at > 0
                && let Some(glyph) = self.fonts.glyph(weight, MINUS)
            {
                items.push(TextItem::GlyphIds(vec![Codepoint::with_cid(glyph, 0.0, "-".to_owned())]));
            }
            if !run.is_empty() {
                items.push(TextItem::Text(run.to_owned()));
            }
        }
        items
    }

    /// Text that ends at `right`.
    pub(super) fn text_right(&mut self, right: f32, y: f32, text: &str, style: Style) {
        let text = self.fonts.clean(text);
        let width = self.fonts.width(&text, style.weight, style.size);
        self.text(right - width, y, &text, style);
    }

    /// Text in at most `width`, cut with an ellipsis where it is longer.
    pub(super) fn text_fit(&mut self, x: f32, y: f32, width: f32, text: &str, style: Style) {
        let fitted = self.fit(text, width, style);
        self.text(x, y, &fitted, style);
    }

    /// A number that ends at `right` and is never cut: where `width` is too narrow it is set smaller.
    pub(super) fn number(&mut self, right: f32, y: f32, width: f32, text: &str, style: Style) {
        let natural = self.fonts.width(text, style.weight, style.size);
        let size = if natural > width { style.size * width / natural } else { style.size };
        self.text_right(right, y, text, Style { size, ..style });
    }

    /// Whether text needs no cutting.
    pub(super) fn fits(&self, text: &str, width: f32, style: Style) -> bool {
        self.fonts.width(&self.fonts.clean(text), style.weight, style.size) <= width
    }

    /// Cuts text to `width`.
    pub(super) fn fit(&self, text: &str, width: f32, style: Style) -> String {
        let text = self.fonts.clean(text);
        let measure = |text: &str| self.fonts.width(text, style.weight, style.size);
        if measure(&text) <= width {
            return text.into_owned();
        }
        let room = width - measure("…");
        let mut used = 0.0;
        let mut cut = String::new();
        let mut buffer = [0; 4];
        for c in text.chars() {
            used += measure(c.encode_utf8(&mut buffer));
            if used > room {
                break;
            }
            cut.push(c);
        }
        cut.truncate(cut.trim_end().len());
        cut.push(ELLIPSIS);
        cut
    }

    /// Breaks text into lines of at most `width`, at blanks where there are any; the last of `lines_max` is cut.
    pub(super) fn wrap(&self, text: &str, width: f32, style: Style, lines_max: usize) -> Vec<String> {
        let text = self.fonts.clean(text);
        let measure = |text: &str| self.fonts.width(text, style.weight, style.size);
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut words = text.split_whitespace().peekable();
        while let Some(word) = words.next() {
            if lines.len() + 1 == lines_max {
                let rest = words.by_ref().fold(joined(&line, word), |text, word| joined(&text, word));
                line = self.fit(&rest, width, style);
                break;
            }
            let longer = joined(&line, word);
            if measure(&longer) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.fit(word, width, style);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// A line from `from` to `to`.
    pub(super) fn rule(&mut self, from: f32, to: f32, y: f32, thickness: f32, shade: f32) {
        let at = |x| LinePoint { p: point(x, y), bezier: false };
        self.ops.extend([
            Op::SetOutlineColor { col: grey(shade) },
            Op::SetOutlineThickness { pt: Pt(thickness) },
            Op::DrawLine { line: Line { points: vec![at(from), at(to)], is_closed: false } },
        ]);
    }

    /// A filled area.
    pub(super) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, shade: f32) {
        let origin = point(x, y + height);
        self.ops.extend([
            Op::SetFillColor { col: grey(shade) },
            Op::DrawRectangle {
                rectangle: Rect {
                    x: origin.x,
                    y: origin.y,
                    width: Pt(width),
                    height: Pt(height),
                    mode: Some(PaintMode::Fill),
                    winding_order: None,
                },
            },
        ]);
    }

    /// Makes sure that `height` is left on this sheet, or starts the next one, with the running head of a table.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height <= BOTTOM {
            return;
        }
        self.full.push(std::mem::take(&mut self.ops));
        self.y = TOP;
        if let Some(running) = self.running.clone() {
            self.text(LEFT, self.y + 8.0, &format!("{} (continued)", running.title), Style::muted(8.0));
            self.y += 16.0;
            (running.columns)(self);
        }
    }

    /// Starts a section: bookmark and heading, with `height` of its content on the same sheet.
    pub(super) fn section(&mut self, title: &str, height: f32) {
        self.running = None;
        self.need(height + 40.0);
        if self.y > TOP {
            self.y += 20.0;
        }
        self.bookmarks.push((title.to_owned(), self.full.len() + 1));
        self.text(LEFT, self.y + 12.0, title, Style::semibold(13.0));
        self.rule(LEFT, RIGHT, self.y + 18.5, 0.8, 0.0);
        self.y += 28.0;
    }

    /// A paragraph over the whole width.
    pub(super) fn paragraph(&mut self, text: &str, style: Style) {
        let leading = style.size * 1.38;
        for line in self.wrap(text, RIGHT - LEFT, style, 40) {
            self.need(leading);
            self.text(LEFT, self.y + style.size, &line, style);
            self.y += leading;
        }
        self.y += 3.0;
    }

    /// From here on new sheets begin with this; draws the column headers once now.
    pub(super) fn table(&mut self, running: Running) {
        (running.columns)(self);
        self.running = Some(running);
    }

    /// The table is done.
    pub(super) fn end_table(&mut self) {
        self.running = None;
    }

    /// Closes the last sheet and numbers all. Gives the pages and the bookmarks (title, page from 1).
    pub(super) fn finish(mut self, footer: &str) -> (Vec<PdfPage>, Vec<(String, usize)>) {
        self.full.push(std::mem::take(&mut self.ops));
        let total = self.full.len();
        let sheets = std::mem::take(&mut self.full);
        let style = Style::muted(7.5);
        let mut pages = Vec::with_capacity(total);
        for (at, ops) in sheets.into_iter().enumerate() {
            self.ops = ops;
            self.rule(LEFT, RIGHT, PAGE_HEIGHT - 42.0, 0.4, 0.7);
            self.text_fit(LEFT, PAGE_HEIGHT - 31.0, RIGHT - LEFT - 90.0, footer, style);
            self.text_right(RIGHT, PAGE_HEIGHT - 31.0, &format!("page {} of {total}", at + 1), style);
            pages.push(PdfPage::new(Mm(210.0), Mm(297.0), std::mem::take(&mut self.ops)));
        }
        (pages, self.bookmarks)
    }

    /// The sheet being filled, from 1.
    pub(super) fn page(&self) -> usize {
        self.full.len() + 1
    }
}

fn joined(line: &str, word: &str) -> String {
    if line.is_empty() { word.to_owned() } else { format!("{line} {word}") }
}

fn grey(shade: f32) -> Color {
    Color::Greyscale(Greyscale { percent: shade, icc_profile: None })
}

/// From distances to the left and top edges.
fn point(x: f32, y: f32) -> Point {
    Point { x: Pt(x), y: Pt(PAGE_HEIGHT - y) }
}
