//! Account numbers in texts: an IBAN is one where its country, its length and its check digits say so.

/// An IBAN read in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Iban {
    /// In capitals and without blanks.
    pub(super) compact: String,
    /// How much of the text it took, blanks included.
    pub(super) len: usize,
}

/// The characters of an IBAN of the country.
const fn length(country: [u8; 2]) -> Option<usize> {
    Some(match &country {
        b"NO" => 15,
        b"BE" => 16,
        b"DK" | b"FI" | b"FO" | b"GL" | b"NL" | b"FK" | b"SD" => 18,
        b"MK" | b"SI" => 19,
        b"AT" | b"BA" | b"EE" | b"KZ" | b"LT" | b"LU" | b"XK" | b"MN" => 20,
        b"CH" | b"CR" | b"HR" | b"LI" | b"LV" => 21,
        b"BG" | b"BH" | b"DE" | b"GB" | b"GE" | b"IE" | b"ME" | b"RS" | b"VA" => 22,
        b"AE" | b"GI" | b"IL" | b"IQ" | b"TL" | b"OM" | b"SO" => 23,
        b"AD" | b"CZ" | b"ES" | b"MD" | b"PK" | b"RO" | b"SA" | b"SE" | b"SK" | b"TN" | b"VG" => 24,
        b"PT" | b"ST" | b"LY" => 25,
        b"IS" | b"TR" => 26,
        b"FR" | b"GR" | b"IT" | b"MC" | b"SM" | b"BI" | b"DJ" => 27,
        b"AL" | b"AZ" | b"BY" | b"CY" | b"DO" | b"GT" | b"HU" | b"LB" | b"PL" | b"SV" | b"NI" => 28,
        b"BR" | b"EG" | b"PS" | b"QA" | b"UA" => 29,
        b"JO" | b"KW" | b"MU" => 30,
        b"MT" | b"SC" => 31,
        b"LC" => 32,
        b"RU" => 33,
        _ => return None,
    })
}

/// The IBAN that begins the text, written in one piece, in groups, or broken by single blanks where a line was wrapped.
pub(super) fn at(text: &str) -> Option<Iban> {
    let (compact, len) = read(text)?;
    is_valid(&compact).then_some(Iban { compact, len })
}

/// How much of the text has the form of an IBAN of a known country, whatever its check digits: accounts are masked at
/// times.
pub(super) fn form_at(text: &str) -> Option<usize> {
    read(text).map(|(_, len)| len)
}

fn read(text: &str) -> Option<(String, usize)> {
    let bytes = text.as_bytes();
    let country = [bytes.first()?.to_ascii_uppercase(), bytes.get(1)?.to_ascii_uppercase()];
    let wanted = length(country)?;
    let (mut compact, mut blanks) = (String::with_capacity(wanted), 0);
    for (position, byte) in bytes.iter().enumerate() {
        match byte {
            b' ' if compact.len() >= 2 && blanks == 0 => blanks += 1,
            byte if byte.is_ascii_alphanumeric() => {
                blanks = 0;
                compact.push(byte.to_ascii_uppercase() as char);
                if !is_account_character(compact.len(), *byte) {
                    return None;
                }
            }
            _ => return None,
        }
        if compact.len() == wanted {
            let ends = !bytes.get(position + 1).is_some_and(u8::is_ascii_alphanumeric);
            return ends.then_some((compact, position + 1));
        }
    }
    None
}

fn is_account_character(place: usize, byte: u8) -> bool {
    match place {
        1 | 2 => byte.is_ascii_alphabetic(),
        3 | 4 => byte.is_ascii_digit(),
        _ => true,
    }
}

/// Whether the check digits are right. The text has no blanks.
fn is_valid(compact: &str) -> bool {
    let (head, tail) = compact.split_at_checked(4).unwrap_or(("", ""));
    !tail.is_empty() && mod_97(tail.bytes().chain(head.bytes())) == Some(1)
}

/// ISO 7064 MOD 97-10 over digits and letters (A is 10).
pub(super) fn mod_97(bytes: impl Iterator<Item = u8>) -> Option<u32> {
    let mut rest: u32 = 0;
    for byte in bytes {
        rest = match byte {
            b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
            b'A'..=b'Z' => (rest * 100 + u32::from(byte - b'A') + 10) % 97,
            b'a'..=b'z' => (rest * 100 + u32::from(byte - b'a') + 10) % 97,
            _ => return None,
        };
    }
    Some(rest)
}

/// Whether a token is an account number of Poland (26 digits) or Hungary (8-8 or 8-8-8 digits).
pub(super) fn is_national_account(token: &[u8]) -> bool {
    if token.len() == 26 && token.iter().all(u8::is_ascii_digit) {
        let (check, rest) = token.split_at_checked(2).unwrap_or_default();
        return mod_97(rest.iter().chain(b"PL").chain(check).copied()) == Some(1);
    }
    matches!(token.len(), 17 | 26)
        && token
            .iter()
            .enumerate()
            .all(|(place, byte)| if place % 9 == 8 { *byte == b'-' } else { byte.is_ascii_digit() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Option<String> {
        at(text).map(|iban| format!("{}+{}", iban.compact, text.len() - iban.len))
    }

    #[test]
    fn an_iban_is_read_however_it_is_grouped() {
        for (text, iban) in [
            ("DE89370400440532013000", "DE89370400440532013000+0"),
            ("de89 3704 0044 0532 0130 00 BIC", "DE89370400440532013000+4"),
            ("DE8937040044053 2013000", "DE89370400440532013000+0"),
            ("BE68 5390 0754 7034, Acme", "BE68539007547034+6"),
            ("NL91ABNA0417164300", "NL91ABNA0417164300+0"),
            ("NO9386011117947", "NO9386011117947+0"),
        ] {
            assert_eq!(found(text).as_deref(), Some(iban), "{text}");
        }
    }

    #[test]
    fn what_is_no_iban_is_none() {
        for text in [
            "DE89370400440532013001",
            "DE893704004405320130001",
            "DE8937040044",
            "XX89370400440532013000",
            "DE89  370400440532013000",
            "",
            "RF18539007547034",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(form_at("DE00370400440532013000 x"), Some(22));
    }

    #[test]
    fn national_accounts() {
        assert!(is_national_account(b"11773016-11111018-00000000"));
        assert!(is_national_account(b"11773016-11111018"));
        assert!(is_national_account(b"61109010140000071219812874"));
        assert!(!is_national_account(b"61109010140000071219812875"));
        assert!(!is_national_account(b"2024-0815"));
    }
}
