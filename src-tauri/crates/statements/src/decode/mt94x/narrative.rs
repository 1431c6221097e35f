//! Field `:86:`: from the bank's lines to description, name, account and structured reference. Banks write it as plain
//! text, in numbered subfields (`?20`, `~20`, `<20` …) or under words between slashes (`/REMI/`).

use super::{fields, slashes, subfields};

/// What field 86 says of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Narrative {
    /// What is not told apart below, in file order.
    pub(super) description: String,
    /// Name of the other party.
    pub(super) name: String,
    /// Its account.
    pub(super) account: String,
    /// Structured creditor reference.
    pub(super) remittance: String,
    /// The German business transaction code (three digits).
    pub(super) business_code: String,
}

/// Reads the values of the fields 86 of one entry.
pub(super) fn read(values: &[&str]) -> Narrative {
    let mut whole = Narrative::default();
    for value in values {
        let mut part = read_one(value);
        append(&mut whole.description, &part.description);
        for (have, found) in [
            (&mut whole.name, &mut part.name),
            (&mut whole.account, &mut part.account),
            (&mut whole.remittance, &mut part.remittance),
            (&mut whole.business_code, &mut part.business_code),
        ] {
            if have.is_empty() {
                std::mem::swap(have, found);
            }
        }
    }
    whole
}

fn read_one(value: &str) -> Narrative {
    if let Some(mark) = subfields::mark_in(value) {
        // Subfields say themselves where they begin, so that a line's end is only a place to wrap.
        let text: String = fields::lines(value).map(|(_, _, line)| line).collect();
        return subfields::read(&text, mark);
    }
    let text = unwrapped(value);
    slashes::read(&text).unwrap_or_else(|| Narrative { description: single_spaced(&text), ..Narrative::default() })
}

/// Joins lines: those that are full were wrapped within a word, the others end with one.
pub(super) fn unwrapped(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    let mut is_full = true;
    for (number, _, line) in fields::lines(value) {
        if line.is_empty() {
            continue;
        }
        if !is_full {
            text.push(' ');
        }
        text.push_str(line);
        is_full = fields::is_full(line, number == 1);
    }
    text
}

/// The words of a text with one blank between.
pub(super) fn single_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        append(&mut spaced, word);
    }
    spaced
}

/// Adds a part after a blank; nothing for an empty one.
pub(super) fn append(text: &mut String, part: &str) {
    if part.is_empty() {
        return;
    }
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(part);
}

/// An account number without blanks.
pub(super) fn account(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a text is an IBAN: its check digits tell.
pub(super) fn is_iban(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shape = matches!(bytes, [a, b, c, d, ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase()
        && c.is_ascii_digit() && d.is_ascii_digit());
    if !shape
        || !(15..=34).contains(&bytes.len())
        || !bytes.iter().all(u8::is_ascii_alphanumeric)
        || text.starts_with("RF")
    {
        return false;
    }
    let (head, tail) = bytes.split_at(4);
    let remainder = tail.iter().chain(head).try_fold(0_u32, |remainder, byte| {
        let digit = char::from(*byte).to_digit(36)?;
        Some((remainder * if digit > 9 { 100 } else { 10 } + digit) % 97)
    });
    remainder == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_wrapped_at_65_is_joined_without_a_blank() {
        let first = format!("{}Payment for inv", "x".repeat(50));
        assert_eq!(first.len(), 65);
        let text = unwrapped(&format!("{first}\r\noice 17\r\nThank you"));
        assert_eq!(text, format!("{first}oice 17 Thank you"));
    }

    #[test]
    fn an_iban_is_told_by_its_check_digits() {
        assert!(is_iban("DE89370400440532013000"));
        assert!(is_iban("NL91ABNA0417164300"));
        for text in ["DE88370400440532013000", "RF18539007547034XX", "B4G29PGCVO7Q06US", "", "NL91"] {
            assert!(!is_iban(text), "{text}");
        }
    }

    #[test]
    fn several_fields_86_make_one_description() {
        let found = read(&["first", "/EREF/E1/NAME/ACME/REMI/second"]);
        assert_eq!((found.description.as_str(), found.name.as_str()), ("first /EREF/E1 /REMI/second", "ACME"));
    }
}
