//! Text made to fit: cut at a width, or broken into lines.

use super::{font::Fonts, sheet::Style};

const ELLIPSIS: char = '…';

impl Fonts {
    /// Whether text needs no cutting.
    pub(super) fn fits(&self, text: &str, width: f32, style: Style) -> bool {
        self.width(&self.clean(text), style.weight, style.size) <= width
    }

    /// Cuts text to `width`.
    pub(super) fn fit(&self, text: &str, width: f32, style: Style) -> String {
        let text = self.clean(text);
        let measure = |text: &str| self.width(text, style.weight, style.size);
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

    /// Breaks text into lines of at most `width`, at blanks where there are any, else within a word; the last of
    /// `lines_max` is cut.
    pub(super) fn wrap(&self, text: &str, width: f32, style: Style, lines_max: usize) -> Vec<String> {
        let text = self.clean(text);
        let units = |text: &str| self.units(text, style.weight);
        let fits = |units: u32| self.points(units, style.weight, style.size) <= width;
        let blank = units(" ");
        let mut lines: Vec<String> = Vec::new();
        let (mut line, mut used) = (String::new(), 0);
        let mut words = text.split_whitespace();
        while let Some(word) = words.next() {
            if lines.len() + 1 == lines_max {
                join(&mut line, word);
                words.by_ref().for_each(|word| join(&mut line, word));
                line = self.fit(&line, width, style);
                break;
            }
            let own = units(word);
            let longer = if line.is_empty() { own } else { used + blank + own };
            if fits(longer) {
                join(&mut line, word);
                used = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            let mut pieces = self.wrap_anywhere(word, width, style, lines_max - lines.len());
            line = pieces.pop().unwrap_or_default();
            lines.append(&mut pieces);
            if lines.len() + 1 == lines_max && line.ends_with(ELLIPSIS) {
                break;
            }
            used = units(&line);
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Breaks text that has no blanks into lines of at most `width`; the last of `lines_max` is cut.
    fn wrap_anywhere(&self, text: &str, width: f32, style: Style, lines_max: usize) -> Vec<String> {
        let text = self.clean(text);
        let mut lines = Vec::new();
        let mut rest = &*text;
        while !rest.is_empty() {
            if lines.len() + 1 == lines_max || self.width(rest, style.weight, style.size) <= width {
                lines.push(self.fit(rest, width, style));
                break;
            }
            let mut used = 0.0;
            let fits = |c: &(usize, char)| {
                used += self.width(c.1.encode_utf8(&mut [0; 4]), style.weight, style.size);
                used <= width
            };
            let end = rest.char_indices().take_while(fits).last().map_or(0, |(at, c)| at + c.len_utf8());
            let end = if end == 0 { rest.len() } else { end };
            lines.push(rest[..end].to_owned());
            rest = &rest[end..];
        }
        lines
    }
}

fn join(line: &mut String, word: &str) {
    if !line.is_empty() {
        line.push(' ');
    }
    line.push_str(word);
}
