//! Lines of a text with their places; line feeds, carriage returns and both together end a line.

/// One line without blanks at its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'t> {
    pub(super) text: &'t str,
    pub(super) start: usize,
    /// Behind the last character of the line.
    pub(super) end: usize,
    /// 1-based.
    pub(super) number: u32,
    /// Whether anything ended it but the end of the text.
    pub(super) is_whole: bool,
}

/// Walks over the lines of a text.
pub(super) struct Lines<'t> {
    text: &'t str,
    at: usize,
    number: u32,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, number: 0 }
    }
}

impl<'t> Iterator for Lines<'t> {
    type Item = Line<'t>;

    fn next(&mut self) -> Option<Line<'t>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let is_whole = length < rest.len();
        let mark = if rest.get(length..).is_some_and(|tail| tail.starts_with("\r\n")) { 2 } else { 1 };
        self.at = start + length + if is_whole { mark } else { 0 };
        self.number = self.number.saturating_add(1);
        let text = rest.get(..length).unwrap_or("").trim_end();
        Some(Line { text, start, end: start + text.len(), number: self.number, is_whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_end() {
        let text = "a\r\nb \n\rc\rd";
        let lines: Vec<(&str, u32)> = Lines::new(text).map(|line| (line.text, line.number)).collect();
        assert_eq!(lines, [("a", 1), ("b", 2), ("", 3), ("c", 4), ("d", 5)]);
        assert_eq!(Lines::new(text).map(|line| line.is_whole).collect::<Vec<_>>(), [true, true, true, true, false]);
    }
}
