//! The order in which people look texts up: that of the Unicode Collation Algorithm with CLDR's root rules, which are those of
//! German dictionaries (DIN 5007-1) and of English ones. Accents and letter case matter only where nothing else differs.
//!
//! Most texts are told apart by letters and digits of ASCII, of which a table says as much as the whole algorithm.

use std::{cmp::Ordering, sync::LazyLock};

use icu_collator::{
    CollatorBorrowed,
    options::{CollatorOptions, Strength},
};

const fn collator(strength: Strength) -> CollatorBorrowed<'static> {
    let mut options = CollatorOptions::default();
    options.strength = Some(strength);
    CollatorBorrowed::new_root(options)
}

/// Letters alone matter.
static LETTERS: CollatorBorrowed<'static> = collator(Strength::Primary);
/// Letters, then accents.
static ACCENTS: CollatorBorrowed<'static> = collator(Strength::Secondary);
/// Letters, then accents, then their case.
static CASE: CollatorBorrowed<'static> = collator(Strength::Tertiary);

/// What each character of ASCII weighs. Zero: the algorithm passes it over.
struct Weights {
    letters: [u8; 128],
    case: [u8; 128],
}

static ASCII: LazyLock<Weights> = LazyLock::new(|| {
    let text = |byte: u8| char::from(byte).to_string();
    let mut bytes: Vec<u8> = (0..128).filter(|byte| LETTERS.compare(&text(*byte), "").is_gt()).collect();
    bytes.sort_by(|a, b| CASE.compare(&text(*a), &text(*b)));
    let mut weights = Weights { letters: [0; 128], case: [0; 128] };
    let (mut letter, mut before) = (0, String::new());
    for (place, byte) in bytes.iter().enumerate() {
        letter += u8::from(LETTERS.compare(&before, &text(*byte)).is_lt());
        before = text(*byte);
        weights.letters[usize::from(*byte)] = letter;
        weights.case[usize::from(*byte)] = place as u8;
    }
    weights
});

/// The order of two texts, by letters and then by case; none where characters beyond ASCII have a say in it.
fn by_table(left: &[u8], right: &[u8]) -> Option<(Ordering, Ordering)> {
    let weights = &*ASCII;
    let weigh = |byte: u8| weights.letters.get(usize::from(byte)).copied().filter(|weight| *weight > 0);
    // An accent may follow as a character of its own, and a few pairs of characters weigh as one.
    let stands_alone = |bytes: &[u8], at: usize| bytes.get(at + 1).is_none_or(u8::is_ascii);
    let mut at = shared(left, right);
    let mut case = Ordering::Equal;
    loop {
        let order = match (left.get(at), right.get(at)) {
            (None, None) => return Some((Ordering::Equal, case)),
            (None, Some(&more)) => weigh(more).map(|_| Ordering::Less)?,
            (Some(&more), None) => weigh(more).map(|_| Ordering::Greater)?,
            (Some(&one), Some(&other)) => {
                let order = weigh(one)?.cmp(&weigh(other)?);
                if order.is_eq() {
                    case = case.then_with(|| weights.case[usize::from(one)].cmp(&weights.case[usize::from(other)]));
                    at += 1;
                    continue;
                }
                order
            }
        };
        return (stands_alone(left, at) && stands_alone(right, at)).then_some((order, case));
    }
}

/// How many bytes both begin with.
pub(super) fn shared(left: &[u8], right: &[u8]) -> usize {
    const STEP: usize = 8;
    let steps = left.chunks_exact(STEP).zip(right.chunks_exact(STEP)).take_while(|(a, b)| a == b).count();
    let from = steps * STEP;
    from + left[from..].iter().zip(&right[from..]).take_while(|(a, b)| a == b).count()
}

/// The order of texts. Of two texts that weigh the same, though they are not, one comes first all the same.
pub(super) fn compare(left: &str, right: &str) -> Ordering {
    let order = match by_table(left.as_bytes(), right.as_bytes()) {
        Some((order, case)) => order.then(case),
        None => CASE.compare(left, right),
    };
    order.then_with(|| left.cmp(right))
}

/// The order of texts, letter case aside.
pub(super) fn compare_caseless(left: &str, right: &str) -> Ordering {
    by_table(left.as_bytes(), right.as_bytes()).map_or_else(|| ACCENTS.compare(left, right), |(order, _)| order)
}

/// The order of texts, case and accents aside.
pub(super) fn compare_letters(left: &str, right: &str) -> Ordering {
    LETTERS.compare(left, right)
}

/// Weighs more than whatever may follow at its place.
pub(super) const LAST: char = '\u{ffff}';

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_looked_up_as_in_a_dictionary() {
        let mut names = [
            "Zebra", "zebra", "Äpfel", "Apfel", "apfel", "Apfelmus", "Öl", "Ol", "Oz", "ß", "ss", "St", "Łódź", "Lodz",
            "M", "É", "e", "f", "10", "9", "-5", "Müller", "Mueller", "Muller", "Mullerin", "",
        ];
        names.sort_by(|a, b| compare(a, b));
        let expected = [
            "", "-5", "10", "9", "apfel", "Apfel", "Äpfel", "Apfelmus", "e", "É", "f", "Lodz", "Łódź", "M", "Mueller",
            "Muller", "Müller", "Mullerin", "Ol", "Öl", "Oz", "ss", "ß", "St", "zebra", "Zebra",
        ];
        assert_eq!(names, expected);
    }

    /// What the algorithm itself makes of a text.
    fn key(collator: &CollatorBorrowed<'_>, text: &str) -> Vec<u8> {
        let mut key = Vec::new();
        let Ok(()) = collator.write_sort_key_to(text, &mut key);
        key
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn the_table_says_what_the_algorithm_says(
            left in "[abAB ,.9-]{0,6}|[a-zA-Z0-9 äöüßéÉ\u{301}\u{308}·lLŀ]{0,8}|[ -~\t\u{0}\u{1}\u{7f}]{0,8}|.{0,8}",
            right in "[abAB ,.9-]{0,6}|[a-zA-Z0-9 äöüßéÉ\u{301}\u{308}·lLŀ]{0,8}|[ -~\t\u{0}\u{1}\u{7f}]{0,8}|.{0,8}",
        ) {
            let order = key(&CASE, &left).cmp(&key(&CASE, &right)).then_with(|| left.cmp(&right));
            prop_assert_eq!(compare(&left, &right), order);
            let order = key(&ACCENTS, &left).cmp(&key(&ACCENTS, &right));
            prop_assert_eq!(compare_caseless(&left, &right), order);
        }

        #[test]
        fn what_begins_alike_lies_together(start in "[a-zA-Z éÄß0-9·-]{1,4}", rest in "[a-z äÄ\u{301}ß·]{0,5}|.{0,5}") {
            let text = format!("{start}{rest}");
            prop_assert!(compare_letters(&start, &text).is_le());
            let behind = [start.as_str(), "\u{ffff}"].concat();
            prop_assert!(compare_letters(&text, &behind).is_lt());
        }
    }
}
