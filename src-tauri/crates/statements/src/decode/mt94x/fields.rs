//! Text → fields: `:tag:` at the beginning of a line, its value, and the lines that continue it. What banks put around
//! messages (SWIFT blocks, dashes, headers of their own) belongs to none.

/// A field of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Field<'t> {
    /// The tag in capitals, without colons.
    pub(super) tag: &'static str,
    /// 1-based line where it begins.
    pub(super) line: u32,
    /// Byte where it begins and where its last line ends.
    pub(super) start: usize,
    pub(super) end: usize,
    /// What follows the tag, continuation lines included.
    pub(super) value: &'t str,
}

/// What a file is made of.
#[derive(Debug, Default)]
pub(super) struct Fields<'t> {
    pub(super) fields: Vec<Field<'t>>,
    /// The first line before the first field that is neither a SWIFT block nor the short header of a bank.
    pub(super) leading: Option<(u32, &'t str)>,
    /// Lines that begin like a field whose tag is none; the first thousand.
    pub(super) unknown: Vec<(u32, &'t str)>,
}

/// Most lines with an unknown tag that are told.
const UNKNOWN_MAX: usize = 1_000;

/// Tags that may begin a line; any other text with colons continues the field before it.
const TAGS: [&str; 28] = [
    "20", "21", "25", "25P", "28", "28C", "28D", "13", "13C", "13D", "34F", "60F", "60M", "61", "86", "62F", "62M",
    "64", "65", "90C", "90D", "NS", "NSF", "940", "941", "942", "950", "86P",
];

/// A line with its 1-based number, the byte where it begins, and its text without the line's end.
pub(in crate::decode) type Line<'t> = (u32, usize, &'t str);

/// The lines of a text, whether they end in LF, CR LF, CR CR LF or CR.
pub(in crate::decode) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut start = 0;
    let mut number = 0_u32;
    std::iter::from_fn(move || {
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let length = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or(rest);
        let ending = rest.get(length..).unwrap_or("");
        let ends = ["\r\r\n", "\r\n", "\n", "\r"].into_iter().find(|end| ending.starts_with(end)).unwrap_or("");
        number = number.saturating_add(1);
        let found = (number, start, line);
        start += length + ends.len();
        Some(found)
    })
}

/// The tag a line begins with, and the byte of the line where the value begins.
fn tag_of(line: &str) -> Option<(&'static str, usize)> {
    // The text block may begin on the line of its first field.
    let block = if line.contains('{') { line.rfind("{4:").map_or(0, |at| at + 3) } else { 0 };
    let rest = line.get(block..)?;
    let body = rest.trim_start();
    let (name, _) = body.strip_prefix(':')?.split_once(':')?;
    let tag = TAGS.iter().find(|tag| tag.eq_ignore_ascii_case(name))?;
    Some((tag, line.len() - body.len() + name.len() + 2))
}

/// Whether a text contains messages of statements or reports. It need not begin with one.
pub(super) fn are_in(text: &str) -> bool {
    if text.starts_with(":20:") || text.starts_with("{1:") || text.starts_with(":940:") || text.starts_with(":942:") {
        return true;
    }
    let mut begun = 0_u32;
    for (_, _, line) in lines(text).take(500) {
        match tag_of(line).map(|(tag, _)| tag) {
            Some("20") => begun = 1,
            Some("25" | "25P" | "28" | "28C" | "60F" | "60M" | "34F") if begun > 0 => return true,
            Some("60F" | "60M" | "61" | "62F") => begun += 1,
            _ => {}
        }
    }
    begun > 1
}

/// Whether a line may stand for a time of day that was wrapped before its minutes: `:20:37 Uhr`.
fn may_be_minutes(value: &str) -> bool {
    let mut characters = value.chars();
    let is_digit = |found: Option<char>| found.is_some_and(|character| character.is_ascii_digit());
    is_digit(characters.next()) && is_digit(characters.next()) && !is_digit(characters.next())
}

/// Whether a line begins like a field: two digits, perhaps a letter, between colons, and no time of day.
fn looks_like_field(line: &str) -> bool {
    let Some((tag, value)) = line.trim_start().strip_prefix(':').and_then(|rest| rest.split_once(':')) else {
        return false;
    };
    let (number, letter) = tag.split_at_checked(2).unwrap_or((tag, ""));
    let is_tag = number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_alphanumeric()) && letter.len() <= 1;
    is_tag && (!letter.is_empty() || value.len() > 5)
}

/// Whether the line is as long as lines are when a bank wraps them by force.
pub(super) fn is_full(line: &str, is_first: bool) -> bool {
    let length = line.chars().take(67).count();
    matches!(length, 64 | 65) || (is_first && length == 61)
}

/// How a line within a field may end the message.
enum Ending {
    /// `-}` or the next message's header: whatever follows.
    Sure,
    /// A dash, with at most three characters: if no other field of the message follows.
    Likely,
}

fn ending_of(line: &str) -> Option<Ending> {
    let line = line.trim();
    if line.starts_with("-}") || line.starts_with("{1:") || line.starts_with("{5:") {
        return Some(Ending::Sure);
    }
    let is_short = || line.chars().take(5).count() < 5;
    let is_mark = || line.chars().all(|character| character == '-' || character.is_alphabetic());
    (line.starts_with('-') && is_short() && is_mark()).then_some(Ending::Likely)
}

/// A field whose end is not reached.
struct Open {
    tag: &'static str,
    line: u32,
    start: usize,
    value: usize,
    end: usize,
    sure_end: Option<usize>,
    likely_end: Option<usize>,
    last_is_full: bool,
}

impl Open {
    fn close<'t>(self, text: &'t str, is_last_of_message: bool) -> Field<'t> {
        let likely = self.likely_end.filter(|_| is_last_of_message);
        let end = [self.sure_end, likely].into_iter().flatten().min().unwrap_or(self.end);
        let value = text.get(self.value..end).unwrap_or("");
        Field { tag: self.tag, line: self.line, start: self.start, end, value }
    }
}

/// Splits a text into its fields.
pub(super) fn split(text: &str) -> Fields<'_> {
    let mut found = Fields::default();
    let mut open: Option<Open> = None;
    let mut is_closed = false;
    for (number, start, line) in lines(text) {
        if line.trim().is_empty() {
            continue;
        }
        let end = start + line.len();
        let tag = tag_of(line).filter(|(tag, value)| {
            let in_text = open.as_ref().is_some_and(|open| open.tag == "86" && open.last_is_full && !is_closed);
            let is_minutes = || may_be_minutes(line.get(*value..).unwrap_or(""));
            !(in_text && matches!(*tag, "20" | "21" | "25" | "28" | "13") && is_minutes())
        });
        let Some((tag, value)) = tag else {
            match &mut open {
                Some(open) => {
                    if looks_like_field(line) && !open.last_is_full && found.unknown.len() < UNKNOWN_MAX {
                        found.unknown.push((number, line));
                    }
                    continue_field(open, line, end);
                }
                None => note_leading(&mut found, number, line),
            }
            continue;
        };
        let is_header = tag.len() == 3 && tag.starts_with('9') && tag.ends_with(|last: char| last.is_ascii_digit());
        if let Some(open) = open.take() {
            found.fields.push(open.close(text, tag == "20" || is_header));
        }
        is_closed = matches!(tag, "62F" | "62M" | "64" | "65") || (is_closed && tag == "86");
        if !is_header {
            let last_is_full = is_full(line.get(value..).unwrap_or(""), true);
            let (value, sure_end, likely_end) = (start + value, None, None);
            open = Some(Open { tag, line: number, start, value, end, sure_end, likely_end, last_is_full });
        }
    }
    if let Some(open) = open {
        found.fields.push(open.close(text, true));
    }
    found
}

fn continue_field(open: &mut Open, line: &str, end: usize) {
    match ending_of(line) {
        Some(Ending::Sure) => open.sure_end = open.sure_end.or(Some(open.end)),
        Some(Ending::Likely) => open.likely_end = open.likely_end.or(Some(open.end)),
        None => {}
    }
    open.end = end;
    open.last_is_full = is_full(line, false);
}

fn note_leading<'t>(found: &mut Fields<'t>, number: u32, line: &'t str) {
    let text = line.trim();
    let is_short_header = text.len() <= 40 && !text.contains(',') && !text.contains("//");
    let is_block = text.starts_with('{') || text.ends_with("{4:");
    if found.fields.is_empty() && found.leading.is_none() && !is_block && !is_short_header {
        found.leading = Some((number, text));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(text: &str) -> Vec<(&str, String)> {
        split(text).fields.iter().map(|field| (field.tag, field.value.replace(['\r', '\n'], "|"))).collect()
    }

    #[test]
    fn lines_end_in_every_way() {
        let numbered = |text: &str| lines(text).map(|(number, _, line)| format!("{number}{line}")).collect::<String>();
        for text in ["a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "a\r\r\nb\r\r\n\r\r\nc\r\r\n"] {
            assert_eq!(numbered(text), "1a2b34c", "{text:?}");
        }
    }

    #[test]
    fn a_dash_ends_a_message_only_if_no_field_of_it_follows() {
        let text = ":86:a\n-\n:62F:x\n-\n:20:b\n:86:c\n-XXX\n0000 header\n:20:d\n-}{5:}\n{1:x}{4:\n:20:e";
        let expected = [("86", "a|-"), ("62F", "x"), ("20", "b"), ("86", "c"), ("20", "d"), ("20", "e")];
        assert_eq!(tags(text), expected.map(|(tag, value)| (tag, value.to_owned())));
    }

    #[test]
    fn a_time_wrapped_before_its_minutes_is_no_tag() {
        let full = "x".repeat(65);
        let text = format!(":86:{full}\n:20:37 Folgenr. 7\n:26:37 b\n:62F:y\n:20:37");
        let found = tags(&text);
        assert_eq!(found.iter().map(|(tag, _)| *tag).collect::<Vec<_>>(), ["86", "62F", "20"]);
    }
}
