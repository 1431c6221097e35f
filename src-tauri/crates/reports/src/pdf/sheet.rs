//! Sheets of A4 that fill from top to bottom: text, rules, and a new sheet when one is full.

use super::{
    font::{Fonts, Weight},
    marks::{Mark, Page},
};

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
    full: Vec<Page>,
    page: Page,
    running: Option<Running>,
    bookmarks: Vec<(String, usize)>,
}

impl<'f> Sheets<'f> {
    /// An empty first sheet.
    pub(super) fn new(fonts: &'f Fonts) -> Self {
        Self { fonts, y: TOP, full: Vec::new(), page: Page::default(), running: None, bookmarks: Vec::new() }
    }

    /// Text from `x` on, with its baseline `y` below the top edge.
    pub(super) fn text(&mut self, x: f32, y: f32, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let text = self.fonts.clean(text);
        self.page.text(x, PAGE_HEIGHT - y, &text, style);
    }

    /// Text that ends at `right`.
    pub(super) fn text_right(&mut self, right: f32, y: f32, text: &str, style: Style) {
        let text = self.fonts.clean(text);
        let width = self.fonts.width(&text, style.weight, style.size);
        self.text(right - width, y, &text, style);
    }

    /// Text in at most `width`, cut with an ellipsis where it is longer.
    pub(super) fn text_fit(&mut self, x: f32, y: f32, width: f32, text: &str, style: Style) {
        let fitted = self.fonts.fit(text, width, style);
        self.text(x, y, &fitted, style);
    }

    /// A number that ends at `right` and is never cut: where `width` is too narrow it is set smaller.
    pub(super) fn number(&mut self, right: f32, y: f32, width: f32, text: &str, style: Style) {
        let natural = self.fonts.width(text, style.weight, style.size);
        let size = if natural > width { style.size * width / natural } else { style.size };
        self.text_right(right, y, text, Style { size, ..style });
    }

    /// A line from `from` to `to`.
    pub(super) fn rule(&mut self, from: f32, to: f32, y: f32, thickness: f32, shade: f32) {
        self.page.draw(Mark::Rule { from, to, y: PAGE_HEIGHT - y, thickness, shade });
    }

    /// A filled area.
    pub(super) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, shade: f32) {
        self.page.draw(Mark::Area { x, y: PAGE_HEIGHT - y - height, width, height, shade });
    }

    /// Makes sure that `height` is left on this sheet, or starts the next one, with the running head of a table.
    pub(super) fn need(&mut self, height: f32) {
        if self.y + height <= BOTTOM {
            return;
        }
        self.full.push(std::mem::take(&mut self.page));
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
        for line in self.fonts.wrap(text, RIGHT - LEFT, style, 40) {
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
    pub(super) fn finish(mut self, footer: &str) -> (Vec<Page>, Vec<(String, usize)>) {
        self.full.push(std::mem::take(&mut self.page));
        let total = self.full.len();
        let sheets = std::mem::take(&mut self.full);
        let style = Style::muted(7.5);
        let mut pages = Vec::with_capacity(total);
        for (at, page) in sheets.into_iter().enumerate() {
            self.page = page;
            self.rule(LEFT, RIGHT, PAGE_HEIGHT - 42.0, 0.4, 0.7);
            self.text_fit(LEFT, PAGE_HEIGHT - 31.0, RIGHT - LEFT - 90.0, footer, style);
            self.text_right(RIGHT, PAGE_HEIGHT - 31.0, &format!("page {} of {total}", at + 1), style);
            pages.push(std::mem::take(&mut self.page));
        }
        (pages, self.bookmarks)
    }

    /// The sheet being filled, from 1.
    pub(super) fn page(&self) -> usize {
        self.full.len() + 1
    }
}
