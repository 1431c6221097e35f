//! What a statement line's texts say, beside the texts themselves: a clean description, the references in it, a
//! structured creditor reference, and the other party where a structured narrative names one and the file has no column
//! for it. What the file fills is never changed.
//!
//! This runs for every line of every file: a text is looked at in one pass, and only what that pass saw is tried.

mod iban;
mod labels;
mod narrative;
mod party;
mod references;
mod remittance;
mod shape;
#[cfg(test)]
mod tests;
mod text;
mod token;

use tieout_domain::{NormalisedTexts, StatementLine};

use narrative::{Field, Narrative};
use references::Found;

/// What one look at a text shows.
#[derive(Debug, Default)]
struct Facts {
    digits: usize,
    slashes: usize,
    colons: usize,
    pluses: usize,
    equals: usize,
    question_marks: usize,
    /// Blanks at its ends or in a row, or characters that are no text.
    untidy: bool,
}

impl Facts {
    fn of(text: &str) -> Self {
        let mut facts = Self::default();
        let mut blank = true;
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' => facts.digits += 1,
                b'/' => facts.slashes += 1,
                b':' => facts.colons += 1,
                b'+' => facts.pluses += 1,
                b'=' => facts.equals += 1,
                b'?' => facts.question_marks += 1,
                0..=31 | 127 => facts.untidy = true,
                // Begins U+0080 to U+00BF, the no-break space and controls among them, and the blanks from U+2000.
                0xC2 | 0xE2 | 0xE3 | 0xEF => facts.untidy = true,
                _ => {}
            }
            facts.untidy |= blank && byte == b' ';
            blank = byte == b' ';
        }
        facts.untidy |= blank && !text.is_empty();
        facts
    }
}

/// Fills [`StatementLine::normalised`], and the other party where the file has no column for it.
pub(crate) fn normalise(line: &mut StatementLine) {
    let facts = Facts::of(&line.description);
    let mut found = Found::default();
    let unfolded = (facts.question_marks >= 2).then(|| narrative::subfields::read(&line.description)).flatten();
    let (clean, party) = match unfolded {
        Some(unfolded) => {
            let facts = Facts { untidy: true, ..Facts::of(&unfolded.purpose) };
            let (clean, party) = read(&unfolded.purpose, &facts, &line.account, &mut found);
            let named = party::of_fields(&unfolded.name, &unfolded.account, &line.account);
            (if clean.is_empty() { unfolded.name } else { clean }, named.or(party))
        }
        None => read(&line.description, &facts, &line.account, &mut found),
    };
    let structured = reference_field(line, &mut found);
    let before = std::mem::take(&mut line.normalised);
    let texts = NormalisedTexts {
        clean: if clean == line.description { String::new() } else { clean },
        references: found.references,
        remittance: match before.remittance.as_str() {
            "" => structured.unwrap_or(found.remittance),
            stated => stated.to_owned(),
        },
        bank_code: before.bank_code.clone(),
    };
    line.normalised = texts.into();
    fill_party(line, party);
}

/// Fills the other party alone, as [`normalise`] does, where the file has no column for it.
pub(crate) fn name_party(line: &mut StatementLine) {
    if !line.counterparty.is_empty() && !line.counterparty_account.is_empty() {
        return;
    }
    let facts = Facts::of(&line.description);
    let party_in = |text: &str, facts: &Facts| {
        narrative::read(text, facts).map(|narrative| party::of(&narrative, &line.account)).unwrap_or_default()
    };
    let unfolded = (facts.question_marks >= 2).then(|| narrative::subfields::read(&line.description)).flatten();
    let party = match unfolded {
        Some(unfolded) => {
            let facts = Facts { untidy: true, ..Facts::of(&unfolded.purpose) };
            party::of_fields(&unfolded.name, &unfolded.account, &line.account).or(party_in(&unfolded.purpose, &facts))
        }
        None => party_in(&line.description, &facts),
    };
    fill_party(line, party);
}

fn fill_party(line: &mut StatementLine, party: party::Party) {
    if line.counterparty.is_empty() {
        line.counterparty = party.name;
    }
    if line.counterparty_account.is_empty() {
        line.counterparty_account = party.account;
    }
}

/// The clean text and the other party of a text; references go to `found`.
fn read(text: &str, facts: &Facts, own_account: &str, found: &mut Found) -> (String, party::Party) {
    if let Some(narrative) = narrative::read(text, facts) {
        references_of(&narrative, text, found);
        return (clean_of(&narrative), party::of(&narrative, own_account));
    }
    if facts.digits > 0 {
        references::scan(text, false, found);
    }
    (if facts.untidy { text::collapsed(text) } else { String::new() }, party::Party::default())
}

/// The structured reference that the reference field is. A field of several words is free text, too.
fn reference_field(line: &StatementLine, found: &mut Found) -> Option<String> {
    if line.reference.is_empty() {
        return None;
    }
    if let Some(structured) = remittance::of_field(&line.reference) {
        return Some(structured.value);
    }
    let is_text = line.reference.contains([' ', '|', ';']) && line.reference != line.description;
    if is_text && line.reference.bytes().any(|byte| byte.is_ascii_digit()) {
        references::scan(&line.reference, false, found);
    }
    None
}

fn references_of(narrative: &Narrative<'_>, whole: &str, found: &mut Found) {
    if narrative.is_card {
        return references::scan(whole, true, found);
    }
    for part in &narrative.parts {
        match part.field {
            Field::Purpose => references::scan(part.text, false, found),
            Field::Reference => labelled(part.text, found),
            Field::Structured => match remittance::of_field(part.text) {
                Some(structured) => found.keep_structured(structured.value),
                None if !text::is_no_value(part.text) => found.keep_structured(part.text.replace(' ', "")),
                None => {}
            },
            Field::Kind | Field::Name | Field::Principal | Field::Account | Field::Noise => {}
        }
    }
}

/// A reference of its own is kept whole; one of several words is looked through, too.
fn labelled(text: &str, found: &mut Found) {
    if let Some(structured) = remittance::of_field(text) {
        return found.keep_structured(structured.value);
    }
    if text.bytes().any(|byte| byte.is_ascii_whitespace()) {
        found.keep(&text::collapsed(text));
        references::scan(text, false, found);
    } else {
        found.keep(text);
    }
}

/// The payer's words without the bank's; where there are none, the other party, else the kind of transaction.
fn clean_of(narrative: &Narrative<'_>) -> String {
    let mut clean = String::new();
    for part in narrative.parts.iter().filter(|part| part.field == Field::Purpose) {
        text::append(&mut clean, narrative::stripped(part.text));
    }
    for fallback in [Field::Name, Field::Principal, Field::Purpose, Field::Kind] {
        if !clean.is_empty() {
            break;
        }
        narrative
            .parts
            .iter()
            .filter(|part| part.field == fallback)
            .for_each(|part| text::append(&mut clean, part.text));
    }
    clean
}
