//! Small charts of greys and hatching, which say the same printed without colour.

use super::sheet::{Sheets, Style};

/// How an area is filled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fill {
    /// One shade: 0 black, 1 white.
    Shade(f32),
    /// Rising lines.
    Hatched,
}

/// A part of a whole.
pub(super) struct Share {
    pub(super) label: &'static str,
    pub(super) count: u64,
    /// What stands behind the label.
    pub(super) words: String,
    pub(super) fill: Fill,
}

/// A bar with its label.
pub(super) struct Bar {
    pub(super) label: String,
    pub(super) count: u64,
    /// What stands behind the bar.
    pub(super) words: String,
}

/// A column: two words below it, the share it stands for in hundredths of a percent, and what stands above it.
pub(super) struct Column {
    pub(super) below: [String; 2],
    pub(super) share: Option<u64>,
    pub(super) words: String,
}

/// Where a chart is drawn: left and upper edge, and width.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
}

const SMALL: Style = Style::regular(7.5);
const ROW: f32 = 14.0;
const COLUMNS_HEIGHT: f32 = 62.0;

/// The heading of a chart.
pub(super) fn title(sheets: &mut Sheets<'_>, place: Place, words: &str) {
    sheets.text_fit(place.x, place.y + 8.0, place.width, words, Style::semibold(8.5));
    sheets.rule(place.x, place.x + place.width, place.y + 12.0, 0.4, 0.5);
}

/// One bar that is divided, and what its parts are. Answers the height.
pub(super) fn shares(sheets: &mut Sheets<'_>, place: Place, parts: &[Share]) -> f32 {
    let total: u64 = parts.iter().map(|part| part.count).sum();
    let top = place.y + 18.0;
    let mut x = place.x;
    for part in parts.iter().filter(|part| part.count > 0) {
        let width = of(part.count, total) * place.width;
        area(sheets, [x, top, width, 18.0], part.fill);
        x += width;
    }
    if total == 0 {
        outline(sheets, [place.x, top, place.width, 18.0]);
    }
    let mut y = top + 25.0;
    for part in parts {
        area(sheets, [place.x, y, 9.0, 9.0], part.fill);
        sheets.text_fit(place.x + 15.0, y + 7.5, place.width * 0.5, part.label, SMALL);
        sheets.text_right(place.x + place.width, y + 7.5, &part.words, SMALL);
        y += ROW;
    }
    y - place.y
}

/// Bars below each other, the longest over the whole room. Answers the height.
pub(super) fn bars(sheets: &mut Sheets<'_>, place: Place, bars: &[Bar]) -> f32 {
    let longest = bars.iter().map(|bar| bar.count).max().unwrap_or(0);
    let (labels, words) = (place.width * 0.36, 40.0);
    let room = place.width - labels - words;
    let mut y = place.y + 18.0;
    for bar in bars {
        sheets.text_fit(place.x, y + 8.0, labels - 6.0, &bar.label, SMALL);
        let width = of(bar.count, longest) * room;
        if bar.count > 0 {
            area(sheets, [place.x + labels, y, width.max(0.8), 10.0], Fill::Shade(0.5));
        }
        sheets.rule(place.x + labels, place.x + labels + room, y + 11.8, 0.2, 0.8);
        sheets.text_right(place.x + place.width, y + 8.0, &bar.words, SMALL);
        y += ROW;
    }
    y - place.y
}

/// Columns beside each other, of which the whole height is 100 %. Answers the height.
pub(super) fn columns(sheets: &mut Sheets<'_>, place: Place, columns: &[Column]) -> f32 {
    let foot = place.y + 28.0 + COLUMNS_HEIGHT;
    if columns.is_empty() {
        sheets.text(place.x, place.y + 26.0, "There are no statement lines with a date.", SMALL);
        return foot + 18.0 - place.y;
    }
    let step = place.width / columns.len().max(6) as f32;
    for (at, column) in columns.iter().enumerate() {
        let x = place.x + at as f32 * step;
        let height = column.share.map_or(0.0, |share| of(share, 10_000) * COLUMNS_HEIGHT);
        let width = (step * 0.62).min(26.0);
        let left = x + (step - width) / 2.0;
        if height > 0.0 {
            area(sheets, [left, foot - height, width, height], Fill::Shade(0.5));
        }
        // Above the line of 100 %, which would strike through what stands on a column nearly as high.
        centred(sheets, x, step, foot - COLUMNS_HEIGHT - 3.0, &column.words, Style::regular(6.4));
        for (line, words) in column.below.iter().enumerate() {
            centred(sheets, x, step, foot + 8.5 + line as f32 * 7.6, words, Style::muted(6.4));
        }
    }
    sheets.rule(place.x, place.x + place.width, foot, 0.6, 0.2);
    sheets.line((place.x, foot), (place.x, foot - COLUMNS_HEIGHT), 0.3, 0.6);
    sheets.rule(place.x, place.x + place.width, foot - COLUMNS_HEIGHT, 0.2, 0.8);
    foot + 18.0 - place.y
}

fn centred(sheets: &mut Sheets<'_>, x: f32, width: f32, y: f32, words: &str, style: Style) {
    let own = sheets.fonts.width(words, style.weight, style.size);
    sheets.text(x + (width - own) / 2.0, y, words, style);
}

/// A share of one.
fn of(part: u64, whole: u64) -> f32 {
    if whole == 0 { 0.0 } else { (part as f64 / whole as f64) as f32 }
}

fn area(sheets: &mut Sheets<'_>, [x, y, width, height]: [f32; 4], fill: Fill) {
    match fill {
        Fill::Shade(shade) => sheets.fill(x, y, width, height, shade),
        Fill::Hatched => hatch(sheets, [x, y, width, height]),
    }
    outline(sheets, [x, y, width, height]);
}

fn outline(sheets: &mut Sheets<'_>, [x, y, width, height]: [f32; 4]) {
    for edge in [y, y + height] {
        sheets.rule(x, x + width, edge, 0.5, 0.2);
    }
    for edge in [x, x + width] {
        sheets.line((edge, y), (edge, y + height), 0.5, 0.2);
    }
}

/// Lines that rise at 45°, within the area.
fn hatch(sheets: &mut Sheets<'_>, [x, y, width, height]: [f32; 4]) {
    let step = 3.2;
    let count = ((width + height) / step) as u32;
    for line in 1..=count {
        // From the left or lower edge to the upper or right one.
        let along = line as f32 * step;
        let from = if along <= height { (x, y + along) } else { (x + along - height, y + height) };
        let to = if along <= width { (x + along, y) } else { (x + width, y + along - width) };
        sheets.line(from, to, 0.5, 0.25);
    }
}
