//! The subfields of a German `:86:` that a reader of another format left in the text: `166?00GUTSCHRIFT?20RE 17?32ACME`.

use super::{Field, Narrative, german};

pub(super) fn read(text: &str) -> Option<Narrative<'_>> {
    let mut narrative = Narrative::default();
    let (mut code, mut start, mut codes) = (None, 0, 0);
    for (at, _) in text.match_indices('?') {
        let Some(next) = text.get(at + 1..at + 3).and_then(|digits| digits.parse::<u8>().ok()) else { continue };
        push(&mut narrative, code, text.get(start..at).unwrap_or_default());
        (code, start) = (Some(next), at + 3);
        codes += 1;
    }
    push(&mut narrative, code, text.get(start..).unwrap_or_default());
    let starts = text.bytes().take_while(u8::is_ascii_digit).count();
    (codes >= 2 && text.as_bytes().get(starts) == Some(&b'?')).then_some(narrative)
}

fn push<'t>(narrative: &mut Narrative<'t>, code: Option<u8>, text: &'t str) {
    let field = match code {
        Some(20..=29 | 60..=63) => match german::read(text) {
            Some(tagged) => return narrative.parts.extend(tagged.parts),
            None => Field::Purpose,
        },
        Some(0) => Field::Kind,
        Some(32 | 33) => Field::Name,
        Some(31) => Field::Account,
        _ => Field::Noise,
    };
    narrative.push(field, text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subfields_become_parts() {
        let found =
            read("166?00GUTSCHRIFT?109310?20Rechnung?21RE-17?30COBADEFFXXX?31DE89370400440532013000?32ACME?33GMBH");
        let parts: Vec<(Field, &str)> =
            found.unwrap_or_default().parts.iter().map(|part| (part.field, part.text)).collect();
        assert_eq!(
            parts,
            [
                (Field::Noise, "166"),
                (Field::Kind, "GUTSCHRIFT"),
                (Field::Noise, "9310"),
                (Field::Purpose, "Rechnung"),
                (Field::Purpose, "RE-17"),
                (Field::Noise, "COBADEFFXXX"),
                (Field::Account, "DE89370400440532013000"),
                (Field::Name, "ACME"),
                (Field::Name, "GMBH"),
            ]
        );
        assert_eq!(read("who? 12 what?"), None);
        assert_eq!(read("is it?20 or?21"), None);
    }
}
