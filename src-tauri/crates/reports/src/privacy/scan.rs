//! Finds account numbers (IBAN), card numbers and e-mail addresses in free text.

use super::Showing;

/// Countries with the length of their account numbers (IBAN registry, release 99).
const LENGTHS: &str = "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18\
    FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27\
    MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27SO23ST25\
    SV28TL23TN24TR26UA29VA22VG24XK20YE30";

/// Digits from which on a number in an account's name is taken for an account number.
const LONG: usize = 8;

/// The text with account numbers, card numbers and addresses shown like this.
pub(super) fn masked(text: &str, accounts: Showing, emails: Showing) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let account = || iban(&chars, at).or_else(|| card(&chars, at));
        if accounts != Showing::Keep
            && let Some(to) = account()
        {
            shown.push_str(&last_four(&chars[at..to], accounts));
            at = to;
        } else if emails != Showing::Keep
            && let Some(to) = email(&chars, at)
        {
            shown.push_str(&address(&chars[at..to], emails));
            at = to;
        } else {
            shown.push(chars[at]);
            at += 1;
        }
    }
    shown
}

/// The text with long runs of digits shown like account numbers.
pub(super) fn long_numbers(text: &str, accounts: Showing) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut shown = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let run = chars[at..].iter().take_while(|c| c.is_ascii_digit()).count();
        if run >= LONG {
            shown.push_str(&last_four(&chars[at..at + run], accounts));
        } else {
            shown.extend(&chars[at..at + run.max(1)]);
        }
        at += run.max(1);
    }
    shown
}

fn last_four(number: &[char], how: Showing) -> String {
    let own: String = number.iter().filter(|c| c.is_ascii_alphanumeric()).collect();
    if how == Showing::Omit { "…".to_owned() } else { format!("…{}", &own[own.len().saturating_sub(4)..]) }
}

/// `a…@b…` of `ada@byron.example`.
fn address(address: &[char], how: Showing) -> String {
    let at = address.iter().position(|c| *c == '@').unwrap_or(0);
    match (how, address.first(), address.get(at + 1)) {
        (Showing::Mask, Some(own), Some(domain)) => format!("{own}…@{domain}…"),
        _ => "…".to_owned(),
    }
}

fn begins(chars: &[char], at: usize) -> bool {
    at.checked_sub(1).is_none_or(|before| !chars[before].is_alphanumeric())
}

fn ends(chars: &[char], at: usize) -> bool {
    chars.get(at).is_none_or(|after| !after.is_alphanumeric())
}

/// So many letters and digits from a place on, with at most one blank or hyphen between any two: the characters in
/// capitals, where they end, and whether they stand together or in groups of four.
fn gathered(chars: &[char], from: usize, length: usize) -> Option<(Vec<char>, usize, bool)> {
    let mut own = Vec::with_capacity(length);
    let (mut at, mut parted, mut in_fours) = (from, 0, true);
    while own.len() < length {
        let mut c = *chars.get(at)?;
        if matches!(c, ' ' | '-' | '\u{a0}') && !own.is_empty() {
            in_fours &= own.len() % 4 == 0;
            parted += 1;
            at += 1;
            c = *chars.get(at)?;
        }
        if !c.is_ascii_alphanumeric() {
            return None;
        }
        own.push(c.to_ascii_uppercase());
        at += 1;
    }
    let whole_groups = parted == 0 || parted == (length - 1) / 4;
    Some((own, at, in_fours && whole_groups))
}

/// Where an account number ends that begins here. One whose check digits are right may touch other words; one whose
/// check digits are wrong has to be written as account numbers are.
fn iban(chars: &[char], at: usize) -> Option<usize> {
    let country: String = chars.get(at..at + 2)?.iter().map(char::to_ascii_uppercase).collect();
    if !chars.get(at + 2..at + 4)?.iter().all(char::is_ascii_digit) || !country.is_ascii() {
        return None;
    }
    let known = LENGTHS.as_bytes().chunks(4).find(|known| known.starts_with(country.as_bytes()))?;
    let length = std::str::from_utf8(known.get(2..)?).ok()?.parse().ok()?;
    let (own, to, written) = gathered(chars, at, length)?;
    let alone = written && begins(chars, at) && ends(chars, to);
    (alone || check_digits_hold(&own)).then_some(to)
}

/// ISO 7064, mod 97-10, of the number with its first four characters at the end.
fn check_digits_hold(number: &[char]) -> bool {
    let (head, rest) = number.split_at(4);
    let rest = rest.iter().chain(head).try_fold(0_u32, |sum, c| {
        let value = c.to_digit(36)?;
        Some((sum * if value > 9 { 100 } else { 10 } + value) % 97)
    });
    rest == Some(1)
}

/// Where a card number ends that begins here: of a known length and issuer, with its check digit right.
fn card(chars: &[char], at: usize) -> Option<usize> {
    if !begins(chars, at) || !chars.get(at)?.is_ascii_digit() {
        return None;
    }
    let issued = |own: &[char]| match (own[0], own[1]) {
        ('3', '4' | '7') => own.len() == 15,
        ('4', _) | ('5', '1'..='5') | ('2', '2'..='7') | ('6', '0' | '4' | '5') => own.len() == 16,
        _ => false,
    };
    [16, 15].into_iter().find_map(|length| {
        let (own, to, _) = gathered(chars, at, length)?;
        let digits = own.iter().map(|c| c.to_digit(10)).collect::<Option<Vec<_>>>()?;
        let doubled = |(place, digit): (usize, &u32)| match digit * if place % 2 == 1 { 2 } else { 1 } {
            value if value > 9 => value - 9,
            value => value,
        };
        let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
        (issued(&own) && ends(chars, to) && sum.is_multiple_of(10)).then_some(to)
    })
}

/// Where an address ends that begins here.
fn email(chars: &[char], at: usize) -> Option<usize> {
    let of_name = |c: &char| c.is_alphanumeric() || "._%+-'".contains(*c);
    if at.checked_sub(1).is_some_and(|before| of_name(&chars[before])) {
        return None;
    }
    let name = chars[at..].iter().take_while(|c| of_name(c)).count();
    let sign = at + name;
    if name == 0 || chars.get(sign) != Some(&'@') {
        return None;
    }
    let domain = chars[sign + 1..].iter().take_while(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let domain: String = domain.collect();
    let domain = domain.trim_end_matches(['.', '-']);
    let (_, last) = domain.rsplit_once('.')?;
    let is_domain = last.chars().count() > 1 && last.chars().all(char::is_alphabetic);
    is_domain.then(|| sign + 1 + domain.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn shown(text: &str, wanted: &str) {
        assert_eq!(masked(text, Showing::Mask, Showing::Mask), wanted);
    }

    #[test]
    fn account_numbers_are_found_however_they_are_written() {
        shown("an DE89370400440532013000.", "an …3000.");
        shown("de89 3704 0044 0532 0130 00 Miete", "…3000 Miete");
        shown("SVWZ+IBANDE89370400440532013000BIC", "SVWZ+IBAN…3000BIC");
        shown("GB29 NWBK 6016 1331 9268 19", "…6819");
        shown("wrong check digits: DE00370400440532013000", "wrong check digits: …3000");
        shown("Karte 4111 1111 1111 1111, 378282246310005", "Karte …1111, …0005");
    }

    #[test]
    fn document_numbers_stay() {
        for text in [
            "RE20250000012345678901",
            "INV-2024-0042",
            "PO 4111111111111112",
            "2024-11-28 1234567890123456",
            "DE12 Auftrag 2024 fuer Kunde 4711",
            "",
            "DE",
            "Ä",
            "DE89 3704",
            "3 @ 1.50",
            "x@y",
        ] {
            shown(text, text);
        }
    }

    #[test]
    fn addresses_keep_their_first_letters() {
        shown("von ada.byron+x@mail.example.org.", "von a…@m….");
        shown("<jörg@müller.example>", "<j…@m…>");
        assert_eq!(masked("ada@byron.example", Showing::Keep, Showing::Omit), "…");
        assert_eq!(masked("ada@byron.example", Showing::Keep, Showing::Keep), "ada@byron.example");
    }

    #[test]
    fn long_numbers_in_the_name_of_an_account_are_account_numbers() {
        assert_eq!(long_numbers("Giro 1234567890 (2024)", Showing::Mask), "Giro …7890 (2024)");
        assert_eq!(long_numbers("Giro 1234567", Showing::Mask), "Giro 1234567");
    }
}
