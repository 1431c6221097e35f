//! Numbered subfields of field 86, as German and Polish and Hungarian banks write them: three characters of business
//! code, then `?00` to `?63`, or another mark in place of the question mark.

use super::narrative::{Narrative, account, append, single_spaced};

/// Marks that banks put before the number of a subfield.
const MARKS: [char; 11] = ['?', '~', '^', '<', '>', '@', '|', '#', '!', '*', '&'];

/// Most characters of a subfield. A full one is continued by the next within a word.
const SUBFIELD_MAX: usize = 27;

/// The mark before subfields, if a field 86 has them: behind a business code or in front of everything, and with a
/// number of two digits.
pub(super) fn mark_in(value: &str) -> Option<char> {
    let text = value.trim_start();
    let (code, after) = text.split_at_checked(3).unwrap_or(("", ""));
    let has_code = code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_digit());
    let rest = if has_code { after.trim_start() } else { text };
    let first = rest.chars().next().filter(|first| MARKS.contains(first));
    if let Some(mark) = first
        && let Some(number) = number_after(rest, 0)
        && ((mark == '?' && has_code) || (matches!(number, 0 | 10 | 20..=29) && is_repeated(rest, mark)))
    {
        return Some(mark);
    }
    // Some banks put text of their own before the subfields; three of the usual ones leave no doubt.
    ['?', '~'].into_iter().find(|mark| {
        let has = |number: &str| text.contains(&format!("{mark}{number}"));
        ["00", "20", "21", "32"].into_iter().filter(|number| has(number)).count() > 2
    })
}

/// The number of a subfield whose mark, one byte long, stands at `at`.
fn number_after(text: &str, at: usize) -> Option<u8> {
    let digits = text.get(at + 1..at + 3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    digits.parse().ok().filter(|number| *number < 70)
}

/// Whether more than one subfield begins with the mark.
fn is_repeated(text: &str, mark: char) -> bool {
    text.match_indices(mark).filter(|(at, _)| number_after(text, *at).is_some()).nth(1).is_some()
}

/// Reads a field 86 with subfields; line ends are taken out already.
pub(super) fn read(text: &str, mark: char) -> Narrative {
    let text = text.trim_start();
    let mut found = Narrative::default();
    let mut parties = Parties::default();
    let mut remittance = Joined::default();
    let mut start = 0;
    let mut code: Option<u8> = None;
    loop {
        let (length, next) = next_subfield(text, start, mark);
        let value = text.get(start..start + length).unwrap_or("");
        match code {
            None => head(&mut found, value),
            Some(20..=29 | 60..=69) => remittance.push(value),
            Some(32 | 33) => parties.name.push(value),
            Some(31) => parties.account.push_str(value),
            Some(38) => parties.iban.push_str(value),
            // Journal number, the party's bank, and codes that belong to the business code.
            Some(10 | 30 | 34) => {}
            Some(_) => append(&mut found.description, value.trim()),
        }
        match next {
            Some(number) => (start, code) = (start + length + 3, Some(number)),
            None => break,
        }
    }
    append(&mut found.description, &single_spaced(&remittance.text));
    found.description = single_spaced(&found.description);
    found.name = single_spaced(&parties.name.text);
    let iban = account(&parties.iban);
    found.account = if iban.is_empty() { account(&parties.account) } else { iban };
    found
}

/// What is said of the other party.
#[derive(Default)]
struct Parties {
    name: Joined,
    account: String,
    iban: String,
}

/// What precedes the first subfield: the business code, or text.
fn head(found: &mut Narrative, value: &str) {
    let value = value.trim();
    if value.len() == 3 && value.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        found.business_code = value.to_owned();
    } else {
        append(&mut found.description, value);
    }
}

/// Length of the value that begins at `start`, and the number of the subfield that follows it.
fn next_subfield(text: &str, start: usize, mark: char) -> (usize, Option<u8>) {
    let rest = text.get(start..).unwrap_or("");
    for (at, _) in rest.match_indices(mark) {
        if let Some(number) = number_after(rest, at) {
            return (at, Some(number));
        }
    }
    (rest.len(), None)
}

/// Subfields that continue one another.
#[derive(Default)]
pub(super) struct Joined {
    pub(super) text: String,
    last_is_full: bool,
}

/// Words that begin a reference within the remittance text.
const KEYWORDS: [&str; 14] = [
    "EREF+", "KREF+", "MREF+", "CRED+", "DEBT+", "COAM+", "OAMT+", "SVWZ+", "ABWA+", "ABWE+", "PURP+", "IBAN+", "BIC+",
    "BREF+",
];

impl Joined {
    /// Adds the next; after a full one it goes on within the word.
    pub(super) fn push(&mut self, value: &str) {
        if value.is_empty() {
            return;
        }
        let begins_reference = KEYWORDS.iter().any(|word| value.starts_with(word));
        if !self.text.is_empty() && (!self.last_is_full || begins_reference) {
            self.text.push(' ');
        }
        self.text.push_str(value);
        self.last_is_full = value.chars().take(SUBFIELD_MAX + 1).count() == SUBFIELD_MAX;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: [&str; 4]) {
        let mark = mark_in(text).expect("subfields");
        let found = read(text, mark);
        assert_eq!([&*found.business_code, &*found.description, &*found.name, &*found.account], expected, "{text}");
    }

    #[test]
    fn a_german_transfer() {
        check(
            "166?00GUTSCHRIFT?109245?20EREF+INV-2024-0815?21SVWZ+Invoice 2024-0815 from?22 May 6th\
             ?30COBADEFFXXX?31DE89370400440532013000?32Blumenhaus am Markt, Inh. Eva?33 Schulz?34000",
            [
                "166",
                "GUTSCHRIFT EREF+INV-2024-0815 SVWZ+Invoice 2024-0815 from May 6th",
                "Blumenhaus am Markt, Inh. Eva Schulz",
                "DE89370400440532013000",
            ],
        );
    }

    #[test]
    fn a_full_subfield_is_continued_within_the_word() {
        let first = "SVWZ+Rechnung 4711 Kundennu";
        assert_eq!(first.len(), 27);
        check(&format!("177?20{first}?21mmer 8?60Rest"), ["177", "SVWZ+Rechnung 4711 Kundennummer 8 Rest", "", ""]);
    }

    #[test]
    fn other_marks_and_the_iban() {
        check(
            "020~00PRZELEW~20Faktura 12~31000123~32ABC~33SP Z OO~38PL61109010140000071219812874",
            ["020", "PRZELEW Faktura 12", "ABC SP Z OO", "PL61109010140000071219812874"],
        );
        check("<00Atutalas<20Szamla 7<32Kovacs Bt", ["", "Atutalas Szamla 7", "Kovacs Bt", ""]);
        check("^20abc^32def", ["", "abc", "def", ""]);
    }

    #[test]
    fn a_question_in_plain_text_is_no_subfield() {
        for text in [
            "Who? 20 people",
            "999PN5477SCHECK",
            "WEB?AMSTERDAM",
            "",
            "ab?",
            "Why not?99 bottles",
            "ORD#12345",
            "#20 bolts",
        ] {
            assert_eq!(mark_in(text), None, "{text}");
        }
    }
}
