//! Documents that a text names by the last digits of their numbers only: `INV 83242/8357`, `41810-15`, `96252 + 73`.

use crate::{block::Problem, keys::main_digits, text::fold};

/// Fewest digits that name a document after another one has been named in full.
const SUFFIX_MIN: usize = 2;
/// Documents of one party that are looked at.
const ENTRIES_MAX: usize = 400;

/// What follows a number in a text: digits, and what stands between.
#[derive(Debug, PartialEq, Eq)]
struct Follower<'t> {
    /// A dash: perhaps a range.
    range: bool,
    digits: &'t str,
}

/// The shorter numbers that follow directly on one, joined by `/`, `,`, `&`, `+` or a dash.
fn followers<'t>(text: &'t str, number: &str) -> Vec<Follower<'t>> {
    let mut found = Vec::new();
    let ends = text.match_indices(number).map(|(at, _)| at + number.len());
    let Some(end) = ends.into_iter().find(|end| !text[*end..].starts_with(|c: char| c.is_ascii_digit())) else {
        return found;
    };
    let mut rest = &text[end..];
    loop {
        let after_blanks = rest.trim_start_matches(' ');
        let Some(mark) = after_blanks.chars().next().filter(|c| matches!(c, '/' | ',' | '&' | '+' | '-')) else {
            break;
        };
        let digits_on = after_blanks[1..].trim_start_matches(' ');
        let length = digits_on.bytes().take_while(u8::is_ascii_digit).count();
        let goes_on = digits_on[length..].starts_with(|c: char| c.is_ascii_alphanumeric());
        if length == 0 || length >= number.len() || goes_on {
            break;
        }
        found.push(Follower { range: mark == '-', digits: &digits_on[..length] });
        rest = &digits_on[length..];
    }
    found
}

/// What a line names by last digits.
#[derive(Debug, Default)]
pub(super) struct Abbreviated {
    /// Entries that nothing else is meant by, ascending.
    pub(super) sure: Vec<u32>,
    /// For each ending that several entries have, those entries.
    pub(super) choices: Vec<Vec<u32>>,
}

/// Whether the line names the entry in a list of documents: a number follows on its own, or one as long comes before,
/// joined by `/`, `,`, `&`, `+` or, after it, a dash.
pub(crate) fn names_more(problem: &Problem<'_>, line: u32, entry: u32) -> bool {
    let prepared = &problem.prepared;
    let (record, named) = (prepared.line_records[line as usize], prepared.entry_records[entry as usize]);
    let Some(number) = main_digits(&named.number) else { return false };
    [&record.reference, &record.description].into_iter().any(|text| is_in_list(text, &number))
}

/// As [`names_more`], but that a number with strokes of its own, such as `FT/2024/312`, is no list where it stands whole.
pub(crate) fn lists_others(problem: &Problem<'_>, line: u32, entry: u32) -> bool {
    let record = problem.prepared.line_records[line as usize];
    let whole = problem.prepared.entry_records[entry as usize].number.as_str();
    let texts = [&record.reference, &record.description];
    match texts.into_iter().any(|text| !whole.is_empty() && text.contains(whole)) {
        true => texts.into_iter().any(|text| is_in_list(text, whole)),
        false => names_more(problem, line, entry),
    }
}

fn is_in_list(text: &str, number: &str) -> bool {
    let joints = ['/', ',', '&', '+'];
    text.match_indices(number).any(|(at, _)| {
        let after = text[at + number.len()..].trim_start_matches(' ');
        let follows = after
            .strip_prefix(|c: char| c == '-' || joints.contains(&c))
            .is_some_and(|rest| rest.trim_start_matches(' ').starts_with(|c: char| c.is_ascii_digit()));
        let before = text[..at].trim_end_matches(' ').strip_suffix(joints);
        let digits = |text: &str| text.bytes().rev().take_while(u8::is_ascii_digit).count();
        follows || before.is_some_and(|rest| digits(rest.trim_end_matches(' ')) == number.len())
    })
}

/// Entries of the party of `entry`, which the line names in full, that it names by their last digits.
pub(super) fn abbreviated(problem: &Problem<'_>, line: u32, entry: u32, usable: impl Fn(u32) -> bool) -> Abbreviated {
    let prepared = &problem.prepared;
    let (record, named) = (prepared.line_records[line as usize], prepared.entry_records[entry as usize]);
    let Some(number) = main_digits(&named.number) else { return Abbreviated::default() };
    let texts = [fold(&record.reference), fold(&record.description)];
    let followers: Vec<Follower<'_>> = texts.iter().flat_map(|text| followers(text, &number)).collect();
    let long = followers.iter().filter(|follower| follower.digits.len() >= SUFFIX_MIN);
    let party = prepared.entries.facts[entry as usize].party;
    if followers.is_empty() || party == crate::parties::NOBODY {
        return Abbreviated::default();
    }
    let others = prepared.of_party.of(party as usize).iter().take(ENTRIES_MAX).map(|placed| placed.entry);
    let others: Vec<(u32, String)> = others
        .filter(|other| *other != entry && usable(*other))
        .filter_map(|other| Some((other, main_digits(&prepared.entry_records[other as usize].number)?)))
        .collect();
    let mut found = Abbreviated::default();
    for follower in long {
        let whole = format!("{}{}", &number[..number.len() - follower.digits.len()], follower.digits);
        let ending: Vec<u32> =
            others.iter().filter(|(_, digits)| digits.ends_with(follower.digits)).map(|(other, _)| *other).collect();
        match ending[..] {
            [only] => found.sure.push(only),
            [_, _, ..] if !follower.range => found.choices.push(ending),
            _ => {}
        }
        if follower.range {
            let within = |digits: &String| digits.len() == number.len() && *digits > number && *digits <= whole;
            found.sure.extend(others.iter().filter(|(_, digits)| within(digits)).map(|(other, _)| *other));
        }
    }
    found.sure.sort_unstable();
    found.sure.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text, the number named in full, and what follows on it; a dash before what may be a range.
    #[track_caller]
    fn check(text: &str, number: &str, expected: &[&str]) {
        let shown = |follower: &Follower<'_>| format!("{}{}", if follower.range { "-" } else { "" }, follower.digits);
        assert_eq!(followers(text, number).iter().map(shown).collect::<Vec<_>>(), expected, "{text}");
    }

    #[test]
    fn a_document_in_a_list_is_told_from_one_alone() {
        for list in ["FAKTURA 448481/478192", "FAKTURA 478192, 448481", "INV 448481 +1", "INV 448481-90"] {
            assert!(is_in_list(list, "448481"), "{list}");
        }
        for alone in
            ["RE-2024-448481", "RE 2024/448481", "INV 448481 PAID 12/05", "448481", "7, RUE DU PORT 448481/A", ""]
        {
            assert!(!is_in_list(alone, "448481"), "{alone}");
        }
    }

    #[test]
    fn shorter_numbers_after_a_document_are_its_neighbours() {
        check("INVOICE 83242/8357", "83242", &["8357"]);
        check("INV# 214814-915", "214814", &["-915"]);
        check("FATT 96252 / 73, 88 & 90 GRAZIE", "96252", &["73", "88", "90"]);
        check("FA 85958 +5", "85958", &["5"]);
    }

    #[test]
    fn other_documents_dates_and_words_are_not() {
        check("83242/83575", "83242", &[]);
        check("832421/57", "83242", &[]);
        check("83242 PAID 12/05", "83242", &[]);
        check("83242/57A", "83242", &[]);
        check("NOTHING", "83242", &[]);
    }
}
