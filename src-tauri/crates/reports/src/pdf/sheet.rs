//! Sheets of paper that fill from top to bottom: text, rules, and a new sheet when one is full.

use super::{
    carry::Carry,
    font::{Fonts, Weight},
    marks::{Mark, Page},
};
use crate::Paper;

/// Left edge of the text, in points.
pub(super) const LEFT: f32 = 48.0;
const TOP: f32 = 52.0;
const BELOW: f32 = 58.0;
/// Width of the text on A4, which columns are laid out for; other paper stretches them.
pub(super) const LAID_OUT_FOR: f32 = 499.276;

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

/// A table that may run on to further sheets.
#[derive(Clone)]
pub(super) struct Running {
    /// The section's title, drawn again at the head of each sheet.
    pub(super) title: String,
    /// Draws the column headers.
    pub(super) columns: fn(&mut Sheets<'_>),
    /// Sums that are carried from sheet to sheet.
    pub(super) carry: Option<Carry>,
}

/// The sheets so far. `y` is the distance from the top edge.
pub(super) struct Sheets<'f> {
    /// The typeface.
    pub(super) fonts: &'f Fonts,
    /// Where the next thing goes.
    pub(super) y: f32,
    paper: Paper,
    full: Vec<Page>,
    page: Page,
    running: Option<Running>,
    sections: u32,
    bookmarks: Vec<(String, usize)>,
}

impl<'f> Sheets<'f> {
    /// An empty first sheet.
    pub(super) fn new(fonts: &'f Fonts, paper: Paper) -> Self {
        let (full, bookmarks) = (Vec::new(), Vec::new());
        Self { fonts, y: TOP, paper, full, page: Page::default(), running: None, sections: 0, bookmarks }
    }

    /// Height of the paper.
    pub(super) fn height(&self) -> f32 {
        self.paper.points().1
    }

    /// Right edge of the text.
    pub(super) fn right(&self) -> f32 {
        self.paper.points().0 - LEFT
    }

    /// Width of the text.
    pub(super) fn width(&self) -> f32 {
        self.right() - LEFT
    }

    /// A width that is so large on A4.
    pub(super) fn wide(&self, points: f32) -> f32 {
        points * self.width() / LAID_OUT_FOR
    }

    /// The place that is so far right of the text's left edge on A4.
    pub(super) fn at(&self, points: f32) -> f32 {
        LEFT + self.wide(points)
    }

    /// Text from `x` on, with its baseline `y` below the top edge.
    pub(super) fn text(&mut self, x: f32, y: f32, text: &str, style: Style) {
        if text.is_empty() {
            return;
        }
        let text = self.fonts.clean(text);
        self.page.text(x, self.paper.points().1 - y, &text, style);
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

    /// A horizontal line from `from` to `to`.
    pub(super) fn rule(&mut self, from: f32, to: f32, y: f32, thickness: f32, shade: f32) {
        let y = self.height() - y;
        self.page.draw(Mark::Rule { from, to, y, thickness, shade });
    }

    /// A line between two points.
    pub(super) fn line(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32, shade: f32) {
        let height = self.height();
        let (from, to) = ((from.0, height - from.1), (to.0, height - to.1));
        self.page.draw(Mark::Line { from, to, thickness, shade });
    }

    /// A filled area.
    pub(super) fn fill(&mut self, x: f32, y: f32, width: f32, height: f32, shade: f32) {
        let y = self.height() - y - height;
        self.page.draw(Mark::Area { x, y, width, height, shade });
    }

    /// Makes sure that `height` is left on this sheet, or starts the next one: with the running head of a table, and what
    /// its columns come to so far at the foot of one and the head of the other.
    pub(super) fn need(&mut self, height: f32) {
        let carried = self.running.as_ref().and_then(|running| running.carry.as_ref()).map_or(0.0, Carry::height);
        if self.y + height + carried <= self.height() - BELOW {
            return;
        }
        let running = self.running.clone();
        let carry = running.as_ref().and_then(|running| running.carry.as_ref()).filter(|carry| carry.has_begun());
        if let Some(carry) = carry {
            carry.draw(self, "Carried forward");
        }
        self.full.push(std::mem::take(&mut self.page));
        self.y = TOP;
        if let Some(running) = &running {
            self.text(LEFT, self.y + 8.0, &format!("{} (continued)", running.title), Style::muted(8.0));
            self.y += 16.0;
            (running.columns)(self);
        }
        if let Some(carry) = carry {
            carry.draw(self, "Brought forward");
        }
    }

    /// Starts a section: number, bookmark and heading, with `height` of its content on the same sheet. Answers the
    /// heading.
    pub(super) fn section(&mut self, title: &str, height: f32) -> String {
        self.running = None;
        self.need(height + 40.0);
        if self.y > TOP {
            self.y += 20.0;
        }
        self.sections += 1;
        let title = format!("{}  {title}", self.sections);
        self.bookmarks.push((title.clone(), self.full.len() + 1));
        self.text(LEFT, self.y + 12.0, &title, Style::semibold(13.0));
        self.rule(LEFT, self.right(), self.y + 18.5, 0.8, 0.0);
        self.y += 28.0;
        title
    }

    /// A heading within a section, with `height` of what follows on the same sheet.
    pub(super) fn heading(&mut self, title: &str, height: f32) {
        self.need(height + 22.0);
        self.y += 6.0;
        self.text(LEFT, self.y + 9.0, title, Style::semibold(9.5));
        self.y += 15.0;
    }

    /// A paragraph over the whole width.
    pub(super) fn paragraph(&mut self, text: &str, style: Style) {
        let leading = style.size * 1.38;
        for line in self.fonts.wrap(text, self.width(), style, 40) {
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

    /// Sums that the table's rows add to.
    pub(super) fn carry(&mut self) -> Option<&mut Carry> {
        self.running.as_mut()?.carry.as_mut()
    }

    /// The table is done. Answers what its columns came to.
    pub(super) fn end_table(&mut self) -> Option<Carry> {
        self.running.take()?.carry
    }

    /// Closes the last sheet and numbers all. Gives the pages and the bookmarks (title, page from 1).
    pub(super) fn finish(mut self, footer: &str) -> (Vec<Page>, Vec<(String, usize)>) {
        self.full.push(std::mem::take(&mut self.page));
        let total = self.full.len();
        let sheets = std::mem::take(&mut self.full);
        let style = Style::muted(7.5);
        let (right, height) = (self.right(), self.height());
        let mut pages = Vec::with_capacity(total);
        for (at, page) in sheets.into_iter().enumerate() {
            self.page = page;
            self.rule(LEFT, right, height - 42.0, 0.4, 0.7);
            self.text_fit(LEFT, height - 31.0, right - LEFT - 90.0, footer, style);
            self.text_right(right, height - 31.0, &format!("page {} of {total}", at + 1), style);
            pages.push(std::mem::take(&mut self.page));
        }
        (pages, self.bookmarks)
    }

    /// The sheet being filled, from 1.
    pub(super) fn page(&self) -> usize {
        self.full.len() + 1
    }
}
