//! Words between slashes in field 86, as Dutch banks write them: `/NAME/…/REMI/…/EREF/…`.

use super::narrative::{Narrative, account, append, is_iban, single_spaced};

/// Words that begin a part. Others are text.
const WORDS: [&str; 36] = [
    "ADDR", "BENM", "BIC", "BO", "CHGS", "CNTP", "COAM", "CRED", "CSID", "EREF", "EXCH", "IBAN", "ID", "IREF", "ISDT",
    "KREF", "MARF", "MREF", "NAME", "NRTX", "OAMT", "OCMT", "ORDP", "ORDB", "PREF", "PURP", "REFE", "REMI", "RTRN",
    "RTYP", "SVCL", "TRCD", "TRTP", "ULTB", "ULTC", "ULTD",
];

/// One part: its word, and its text with and without the word.
#[derive(Debug, Clone, Copy)]
struct Part<'t> {
    word: &'static str,
    value: &'t str,
    whole: &'t str,
}

/// Reads a text that begins with such a word; `None` for any other.
pub(super) fn read(text: &str) -> Option<Narrative> {
    let text = text.trim();
    let parts = split(text)?;
    let mut found = Narrative::default();
    let mut is_ultimate = false;
    for part in &parts {
        let value = part.value.trim().trim_end_matches('/').trim();
        match part.word {
            "ULTB" | "ULTC" | "ULTD" => is_ultimate = true,
            "BENM" | "ORDP" | "CNTP" => is_ultimate = false,
            _ => {}
        }
        let is_told = match part.word {
            "NAME" if !is_ultimate && found.name.is_empty() => {
                found.name = single_spaced(value);
                true
            }
            "IBAN" if !is_ultimate && found.account.is_empty() => {
                found.account = account(value);
                true
            }
            "CNTP" => counterparty(&mut found, part.value),
            "REMI" => structured(&mut found, value),
            "BIC" => true,
            "BENM" | "ORDP" => value.is_empty(),
            _ => false,
        };
        if !is_told {
            append(&mut found.description, single_spaced(part.whole).trim_end_matches('/').trim_end());
        }
    }
    Some(found)
}

/// The parts of a text; `None` where it does not begin with one.
fn split(text: &str) -> Option<Vec<Part<'_>>> {
    let mut starts: Vec<(usize, &'static str)> = Vec::new();
    for (at, _) in text.match_indices('/') {
        let rest = text.get(at + 1..).unwrap_or("");
        let word = WORDS.iter().find(|word| rest.strip_prefix(**word).is_some_and(|after| after.starts_with('/')));
        if let Some(word) = word {
            starts.push((at, word));
        }
    }
    if starts.first()?.0 != 0 {
        return None;
    }
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain([text.len()]);
    let parts = starts.iter().zip(ends).map(|((start, word), end)| Part {
        word,
        value: text.get(start + word.len() + 2..end).unwrap_or(""),
        whole: text.get(*start..end).unwrap_or(""),
    });
    Some(parts.collect())
}

/// Account, bank, name and town between slashes.
fn counterparty(found: &mut Narrative, value: &str) -> bool {
    let mut parts = value.split('/').map(str::trim);
    let (number, _bank, name) = (parts.next().unwrap_or(""), parts.next(), parts.next().unwrap_or(""));
    if found.account.is_empty() {
        found.account = account(number);
    }
    if found.name.is_empty() {
        found.name = single_spaced(name);
    }
    is_iban(&account(number)) || !name.is_empty()
}

/// `STRD/CUR/9001…`: a structured reference under the name of its kind.
fn structured(found: &mut Narrative, value: &str) -> bool {
    let Some((_kind, reference)) = value.strip_prefix("STRD/").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    if !found.remittance.is_empty() {
        return false;
    }
    found.remittance = account(reference.trim_matches('/'));
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: [&str; 4]) {
        let found = read(text).expect("words between slashes");
        assert_eq!([&*found.description, &*found.name, &*found.account, &*found.remittance], expected, "{text}");
    }

    #[test]
    fn a_transfer_of_abn_amro() {
        check(
            "/TRTP/SEPA Overboeking/IBAN/NL91ABNA0417164300/BIC/ABNANL2A/NAME/De Vries B.V./REMI/Factuur 7/8/EREF/NOTPROVIDED",
            ["/TRTP/SEPA Overboeking /REMI/Factuur 7/8 /EREF/NOTPROVIDED", "De Vries B.V.", "NL91ABNA0417164300", ""],
        );
    }

    #[test]
    fn a_transfer_of_ing_with_a_structured_reference() {
        check(
            "/EREF/E-1//CNTP/NL91ABNA0417164300/ABNANL2A/De Vries B.V./UTRECHT//REMI/STRD/CUR/9001123412341234/",
            ["/EREF/E-1", "De Vries B.V.", "NL91ABNA0417164300", "9001123412341234"],
        );
    }

    #[test]
    fn the_name_of_an_ultimate_party_stays_in_the_text() {
        check(
            "/MARF/M1/ORDP//NAME/Collector/REMI/x/ULTD//NAME/Daughter",
            ["/MARF/M1 /REMI/x /ULTD /NAME/Daughter", "Collector", "", ""],
        );
    }

    #[test]
    fn a_path_is_no_such_text() {
        for text in ["a/REMI/b", "/unknown/REMI/b", "", "/", "/REMI"] {
            assert!(read(text).is_none(), "{text}");
        }
    }
}
