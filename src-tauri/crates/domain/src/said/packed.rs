//! A sentence as one text, to be kept in a file or sent through a pipe: each part with its length in bytes before it.

use super::{Said, SaidValue};

/// Sentences inside one another that are believed.
const DEPTH_MAX: u32 = 8;
/// Stands between the words and the packed sentence: the unit separator, which no sentence has.
const KEPT: char = '\u{1f}';

impl Said {
    /// The sentence as a text that [`Said::unpacked`] reads.
    pub fn packed(&self) -> String {
        let mut text = String::new();
        self.pack(&mut text);
        text
    }

    /// Reads what [`Said::packed`] wrote, believing nothing of it; nothing where it is something else.
    pub fn unpacked(text: &str) -> Option<Self> {
        let mut rest = text;
        let said = unpack(&mut rest, DEPTH_MAX)?;
        rest.is_empty().then_some(said)
    }

    /// The sentence as a column of a database keeps it: its English words, for whoever reads them there, and what
    /// [`Said::kept`] reads behind a separator.
    pub fn to_keep(&self) -> String {
        if self.code.is_empty() { self.english.to_string() } else { format!("{}{KEPT}{}", self.english, self.packed()) }
    }

    /// Reads what [`Said::to_keep`] wrote, or the bare words of an older version. Of what cannot be unpacked the words.
    pub fn kept(text: &str) -> Self {
        let mut places = text.match_indices(KEPT);
        // A value from a file may hold a separator too.
        let packed = places.clone().find_map(|(at, _)| Self::unpacked(&text[at + KEPT.len_utf8()..]));
        let words = places.next_back().map_or(text, |(at, _)| &text[..at]);
        packed.unwrap_or_else(|| Self::in_english(words.to_owned()))
    }

    fn pack(&self, text: &mut String) {
        put(text, &self.code);
        put(text, &self.english);
        put(text, &self.values.len().to_string());
        for (name, value) in &self.values {
            put(text, name);
            match value {
                SaidValue::Text(of) => put_all(text, &["t", of]),
                SaidValue::Number(number) => put_all(text, &["n", &number.to_string()]),
                SaidValue::Date(day) => put_all(text, &["d", day]),
                SaidValue::Decimal(number) => put_all(text, &["f", number]),
                SaidValue::Money(amount, currency) => put_all(text, &["m", amount, currency]),
                SaidValue::Word { family, word, is_key } => {
                    put_all(text, &[if *is_key { "k" } else { "w" }, family, word]);
                }
                SaidValue::Said(said) => {
                    put(text, "s");
                    said.pack(text);
                }
            }
        }
    }
}

fn put(text: &mut String, part: &str) {
    text.push_str(&part.len().to_string());
    text.push(':');
    text.push_str(part);
}

fn put_all(text: &mut String, parts: &[&str]) {
    parts.iter().for_each(|part| put(text, part));
}

fn take<'t>(rest: &mut &'t str) -> Option<&'t str> {
    let (length, after) = rest.split_once(':')?;
    let (part, after) = after.split_at_checked(length.parse().ok()?)?;
    *rest = after;
    Some(part)
}

fn unpack(rest: &mut &str, depth: u32) -> Option<Said> {
    let depth = depth.checked_sub(1)?;
    let (code, english) = (take(rest)?.to_owned(), take(rest)?.to_owned());
    let count: usize = take(rest)?.parse().ok()?;
    let mut values = Vec::new();
    for _ in 0..count {
        let name = take(rest)?.to_owned();
        let value = match take(rest)? {
            "t" => SaidValue::Text(take(rest)?.to_owned()),
            "n" => SaidValue::Number(take(rest)?.parse().ok()?),
            "d" => SaidValue::Date(take(rest)?.to_owned()),
            "f" => SaidValue::Decimal(take(rest)?.to_owned()),
            "m" => SaidValue::Money(take(rest)?.to_owned(), take(rest)?.to_owned()),
            kind @ ("w" | "k") => SaidValue::Word {
                family: take(rest)?.to_owned().into(),
                word: take(rest)?.to_owned().into(),
                is_key: kind == "k",
            },
            "s" => SaidValue::Said(Box::new(unpack(rest, depth)?)),
            _ => return None,
        };
        values.push((name.into(), value));
    }
    Some(Said::new(code, values, english))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Currency, Money, RootCause, said};

    #[test]
    fn a_sentence_reads_back_as_it_was_written() {
        let amount = Money::from_minor(1_250, Currency::parse("EUR").unwrap());
        let inner = said!("inner", "'{text}' of {amount}", text = "a:b 7:ü", amount = amount);
        let said = said!("outer", "{cause} {count}: {why}", cause = RootCause::Fee, count = -3, why = inner);
        assert_eq!(Said::unpacked(&said.packed()), Some(said.clone()));
        assert_eq!(Said::unpacked(&said!("none", "nothing").packed()), Some(said!("none", "nothing")));
        assert_eq!(Said::kept(&said.to_keep()), said);
        assert_eq!(Said::kept("of an older version"), Said::in_english("of an older version"));
        assert!(said.to_keep().starts_with(said.english()));
        let odd = said!("odd", "'{text}' is odd", text = "a\u{1f}b");
        assert_eq!(Said::kept(&odd.to_keep()), odd);
        assert_eq!(Said::kept("in words\u{1f}4:code what nobody reads"), Said::in_english("in words"));
        let packed = said.packed();
        for end in (0..packed.len()).filter(|end| packed.is_char_boundary(*end)) {
            assert_eq!(Said::unpacked(&packed[..end]), None, "cut off at {end}");
        }
    }

    #[test]
    fn nothing_is_believed() {
        assert_eq!(Said::unpacked(""), None);
        assert_eq!(Said::unpacked("1:a1:b99:"), None);
        assert_eq!(Said::unpacked("99999999999999999999:a"), None);
        let deep = "1:a1:b1:11:c1:s".repeat(20);
        assert_eq!(Said::unpacked(&deep), None);
    }
}
