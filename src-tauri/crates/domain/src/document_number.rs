//! Document numbers as people vary them when they enter one document a second time.
//!
//! Bookkeeping programs refuse a number they have already, so whoever enters an invoice again adds to its number or mistypes
//! it: auditors therefore look for numbers that are alike at the same amount (the “same-same-different” test of duplicate
//! payments).

/// Words and letters that mark a document entered again.
const MARKS: [&str; 5] = ["DUP", "DUPLICATE", "COPY", "COPIA", "KOPIE"];
/// Fewest digits of what is left of a number without its addition.
const DIGITS_MIN: usize = 3;

/// Letters and digits of a number in upper case, with a letter next to a digit that looks like one taken for it: `2O24-755`
/// is `2024755`. Two numbers are alike when these are equal.
pub fn comparable_number(number: &str) -> String {
    let mut letters: Vec<char> = number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
    for at in 0..letters.len() {
        let beside = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(char::is_ascii_digit);
        if letters[at] == 'O' && (beside(at.checked_sub(1)) || beside(Some(at + 1))) {
            letters[at] = '0';
        }
    }
    letters.into_iter().collect()
}

/// Whether the number holds a letter where its kind has a digit.
pub fn has_letter_for_digit(number: &str) -> bool {
    number.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).ne(comparable_number(number).chars())
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
        assert!(has_letter_for_digit("2O24-7") && !has_letter_for_digit("ORD-17") && !has_letter_for_digit(""));
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
