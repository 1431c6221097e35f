//! The subfields of a German `:86:` that a reader of another format left in the text: `166?00GUTSCHRIFT?20RE 17?32ACME`.
//! Their lines are 27 characters long and break words and tags alike, so the text is put together again first.

use crate::normalise::text::append;

/// Length of a line that goes on without a blank.
const FULL_LINE: usize = 27;

/// A text put together again.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::normalise) struct Unfolded {
    pub(in crate::normalise) purpose: String,
    pub(in crate::normalise) name: String,
    pub(in crate::normalise) account: String,
    kind: String,
}

/// Puts the text together, if it begins with such a field.
pub(in crate::normalise) fn read(text: &str) -> Option<Unfolded> {
    let starts = text.bytes().take_while(u8::is_ascii_digit).count();
    if text.as_bytes().get(starts) != Some(&b'?') {
        return None;
    }
    let mut unfolded = Unfolded::default();
    let (mut code, mut start, mut codes, mut full) = (None, 0, 0, false);
    for (at, _) in text.match_indices('?').chain([(text.len(), "")]) {
        let next = text.get(at + 1..at + 3).and_then(|digits| digits.parse::<u8>().ok());
        if next.is_none() && at < text.len() {
            continue;
        }
        full = unfolded.push(code, text.get(start..at).unwrap_or_default(), full);
        (code, start) = (next, (at + 3).min(text.len()));
        codes += usize::from(next.is_some());
    }
    if unfolded.purpose.is_empty() {
        unfolded.purpose = std::mem::take(&mut unfolded.kind);
    }
    (codes >= 2).then_some(unfolded)
}

impl Unfolded {
    /// Adds a field; answers whether its line is full, so that the next goes on in the same word.
    fn push(&mut self, code: Option<u8>, line: &str, full: bool) -> bool {
        match code {
            Some(20..=29 | 60..=63) if full => self.purpose.push_str(line),
            Some(20..=29 | 60..=63) => append(&mut self.purpose, line),
            Some(0) => append(&mut self.kind, line),
            // A name is broken as the text is.
            Some(33) if self.name.chars().count() == FULL_LINE => self.name.push_str(line),
            Some(32 | 33) => append(&mut self.name, line),
            Some(31) => append(&mut self.account, line),
            _ => {}
        }
        matches!(code, Some(20..=29 | 60..=63)) && line.chars().count() >= FULL_LINE
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_put_together_again() {
        let found =
            read("166?00GUTSCHRIFT?109310?20EREF+PC-VAB-EtE06042015-110?213-1?22SVWZ+Rechnung 17?31DE89370400440532013000?32ACME?33GMBH")
                .unwrap_or_default();
        assert_eq!(found.purpose, "EREF+PC-VAB-EtE06042015-1103-1 SVWZ+Rechnung 17");
        assert_eq!((found.name.as_str(), found.account.as_str()), ("ACME GMBH", "DE89370400440532013000"));
        assert_eq!(read("805?00ENTGELT?109310").unwrap_or_default().purpose, "ENTGELT");
        assert_eq!(read("who? 12 what?"), None);
        assert_eq!(read("is it?20 or?21"), None);
    }
}
