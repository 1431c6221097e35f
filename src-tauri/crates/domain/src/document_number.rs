//! Document numbers as people vary them when they enter one document a second time.
//!
//! Bookkeeping programs refuse a number they have already, so whoever enters an invoice again adds to its number or mistypes
//! it: auditors therefore look for numbers that are alike at the same amount (the “same-same-different” test of duplicate
//! payments).

/// Words and letters that mark a document entered again.
const MARKS: [&str; 5] = ["DUP", "DUPLICATE", "COPY", "COPIA", "KOPIE"];
/// Fewest digits of what is left of a number without its addition.
const DIGITS_MIN: usize = 3;

/// Letters and digits of a number in upper case, with an O that stands among digits taken for a zero: `2O24-755` is
/// `2024755`. Two numbers are alike when these are equal.
pub fn comparable_number(number: &str) -> String {
    read(number).0
}

/// Whether the number holds a letter where its kind has a digit.
pub fn has_letter_for_digit(number: &str) -> bool {
    read(number).1
}

/// The number made comparable, and whether a letter was read as a digit: an O without other letters beside it, next to a
/// digit.
fn read(number: &str) -> (String, bool) {
    let letters: Vec<char> = number.chars().flat_map(char::to_uppercase).collect();
    let (mut comparable, mut misread) = (String::with_capacity(letters.len()), false);
    for (at, letter) in letters.iter().enumerate() {
        let around = [at.checked_sub(1).and_then(|before| letters.get(before)), letters.get(at + 1)];
        let among = |test: fn(&char) -> bool| around.iter().flatten().any(|other| test(other));
        let is_zero =
            *letter == 'O' && among(char::is_ascii_digit) && !among(|other| other.is_alphabetic() && *other != 'O');
        misread |= is_zero;
        if letter.is_alphanumeric() {
            comparable.push(if is_zero { '0' } else { *letter });
        }
    }
    (comparable, misread)
}

/// The number, made comparable, that is left without the addition under which a document may have been entered again:
/// `SI0290755A`, `RE-4711/2`, `INV-303-DUP`. Nothing where it has none.
pub fn number_without_addition(number: &str) -> Option<String> {
    let number = number.trim();
    let upper = number.to_uppercase();
    let marked = MARKS.iter().find_map(|mark| upper.strip_suffix(mark));
    let counted = || {
        let rest = number.strip_suffix(|c: char| c.is_ascii_digit())?;
        rest.strip_suffix(['/', '-', '_', '.', ' ', '#'])
    };
    let lettered = || {
        let rest = number.strip_suffix(|c: char| c.is_ascii_alphabetic())?;
        let rest = rest.strip_suffix(['/', '-', '_', '.', ' ']).unwrap_or(rest);
        rest.ends_with(|c: char| c.is_ascii_digit()).then_some(rest)
    };
    let rest = marked.or_else(counted).or_else(lettered)?;
    (rest.bytes().filter(u8::is_ascii_digit).count() >= DIGITS_MIN).then(|| comparable_number(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_alike_however_they_are_written() {
        assert_eq!(comparable_number("2O24-75533"), "202475533");
        assert_eq!(comparable_number("PMT-O64961"), comparable_number("pmt 064961"));
        assert_eq!(comparable_number("ORD-1"), "ORD1");
        assert_eq!(comparable_number("Ölrechnung 7"), "ÖLRECHNUNG7");
        for number in ["2O24-7", "O0445161", "PMT-O64961", "44O"] {
            assert!(has_letter_for_digit(number), "{number}");
        }
        for number in ["ORD-17", "NO199173", "PO 4711", "PO4711", "TIMOLOGIO366718", "17", ""] {
            assert!(!has_letter_for_digit(number), "{number}");
        }
    }

    #[track_caller]
    fn check(number: &str, original: Option<&str>) {
        assert_eq!(number_without_addition(number), original.map(comparable_number), "{number}");
    }

    #[test]
    fn additions_are_taken_off() {
        check("SI00290755A", Some("SI00290755"));
        check("RE-2024-4711/2", Some("RE-2024-4711"));
        check("RCT-051554-1", Some("RCT-051554"));
        check("INV-303306-DUP", Some("INV-303306"));
        check("inv-303306 copy", Some("INV303306"));
        check("INV-303306-b", Some("INV-303306"));
    }

    #[test]
    fn a_number_without_addition_has_none() {
        for number in ["", "A", "-1", "INV-303306", "RE-2024-4711", "AB-1", "12-3", "KOPIE", "Ä", "INV303306"] {
            check(number, None);
        }
    }
}
