//! Tokens of free text: words, numbers and what is written between them in one piece, as in `RE-2024/0815`.

/// A run of letters and digits, with marks between them that do not end it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) digits: usize,
    /// Letters; one of another alphabet counts its bytes.
    pub(super) letters: usize,
}

impl Token {
    pub(super) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// What a byte is to a token.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Letter,
    /// Joins what stands on both its sides.
    Joiner,
    /// Joins digits.
    Mark,
    Other,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'0'..=b'9' => Class::Digit,
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'-' | b'/' | b'.' | b'_' => Class::Joiner,
            b',' | b':' | b'\'' => Class::Mark,
            // What begins U+0080 to U+00BF and U+2000 to U+2FFF is no letter: blanks, dashes, signs of currencies.
            0xC2 | 0xE2 => Class::Other,
            0x80..=0xFF => Class::Letter,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

fn class(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Other)
}

/// The next token at or after `from`.
pub(super) fn next(bytes: &[u8], from: usize) -> Option<Token> {
    let start = start_of_word(bytes, from)?;
    let mut token = Token { start, end: start, digits: 0, letters: 0 };
    let mut at = start;
    while let Some(byte) = bytes.get(at) {
        match class(*byte) {
            Class::Digit => token.digits += 1,
            Class::Letter => token.letters += 1,
            Class::Mark if is_digit(bytes, at.wrapping_sub(1)) && is_digit(bytes, at + 1) => {}
            Class::Joiner => {
                let run = bytes.get(at..).unwrap_or_default().iter().take_while(|next| *next == byte).count();
                if !bytes.get(at + run).is_some_and(|next| matches!(class(*next), Class::Digit | Class::Letter)) {
                    break;
                }
                at += run - 1;
            }
            Class::Mark | Class::Other => break,
        }
        at += 1;
    }
    token.end = at;
    Some(token)
}

fn start_of_word(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    loop {
        let byte = *bytes.get(at)?;
        at += match byte {
            0xC2 => 2,
            0xE2 => 3,
            _ if matches!(class(byte), Class::Digit | Class::Letter) => return Some(at),
            _ => 1,
        };
    }
}

fn is_digit(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_some_and(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<&str> {
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(token) = next(text.as_bytes(), at) {
            found.push(token.text(text));
            at = token.end;
        }
        found
    }

    #[test]
    fn what_is_written_in_one_piece_is_one_token() {
        for (text, expected) in [
            ("Rechnung RE-2024/0815, danke.", vec!["Rechnung", "RE-2024/0815", "danke"]),
            ("12345-----L110 -x-", vec!["12345-----L110", "x"]),
            ("EUR 1.234,56 16:57:01 ref:77", vec!["EUR", "1.234,56", "16:57:01", "ref", "77"]),
            ("N°77 €5 – §7", vec!["N", "77", "5", "7"]),
            ("Zürich/Łódź", vec!["Zürich/Łódź"]),
            ("#12 *34 (56)", vec!["12", "34", "56"]),
            ("1,b a,1 1,2", vec!["1", "b", "a", "1", "1,2"]),
        ] {
            assert_eq!(tokens(text), expected, "{text}");
        }
    }
}
