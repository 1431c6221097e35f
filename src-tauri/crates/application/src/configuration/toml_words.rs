//! What is wrong with a file in TOML, in our words. Where only the reader of the format knows, its own words follow.

use serde::de::DeserializeOwned;
use tieout_domain::{Said, retold, said};

/// Reads a TOML file's text, or says where it is wrong and what was expected there.
pub(crate) fn read_toml<T: DeserializeOwned>(text: &str) -> Result<T, Said> {
    toml::from_str(text).map_err(|error| {
        let why = why(error.message());
        match error.span() {
            Some(span) => in_place(text, span.start, why),
            None => why,
        }
    })
}

/// `line 3: …`, for a place given in bytes.
pub(super) fn at_line(text: &str, start: usize, why: Said) -> Said {
    said!("inLine", "line {line}: {why}", line = line_of(text, start), why = why)
}

/// The same with the column, which the terminal does without.
fn in_place(text: &str, start: usize, why: Said) -> Said {
    let begins = text.get(..start).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
    let column = text.get(begins..start).map_or(1, |before| before.chars().count() + 1);
    let line = line_of(text, start);
    let told = format!("line {line}: {why}");
    retold!(told, "inPlace", line = line, column = column, why = why)
}

fn line_of(text: &str, start: usize) -> usize {
    let before = text.as_bytes().get(..start.min(text.len())).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// What the reader's words mean. They are those of serde, which it makes from our own types, or of the grammar.
fn why(message: &str) -> Said {
    let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
    let known = |text: &str| text.split('`').skip(3).step_by(2).collect::<Vec<_>>().join(", ");
    match message {
        unknown if unknown.starts_with("unknown field") || unknown.starts_with("unknown variant") => {
            match known(unknown) {
                none if none.is_empty() => retold!(message, "toml.noKeys", key = quoted(unknown)),
                some => retold!(message, "toml.unknownKey", key = quoted(unknown), known = some),
            }
        }
        missing if missing.starts_with("missing field") => retold!(message, "toml.missing", key = quoted(missing)),
        twice if twice.starts_with("duplicate") => retold!(message, "toml.twice"),
        kind if kind.starts_with("invalid type") || kind.starts_with("invalid value") => retold!(message, "toml.kind"),
        kind if kind.starts_with("data did not match") => retold!(message, "toml.kind"),
        grammar => retold!(message, "toml.grammar", detail = Said::in_english(grammar.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sample {
        #[expect(dead_code, reason = "only whether it reads is of interest")]
        most: u32,
    }

    /// The code of what is refused, and of what is inside it.
    fn codes(text: &str) -> (String, String) {
        let said = read_toml::<Sample>(text).unwrap_err();
        let inner = said.values().iter().find_map(|(_, value)| match value {
            tieout_domain::SaidValue::Said(inner) => Some(inner.code().to_owned()),
            _ => None,
        });
        (said.code().to_owned(), inner.unwrap_or_default())
    }

    #[test]
    fn each_kind_of_mistake_has_a_sentence_with_its_place() {
        for (text, code) in [
            ("least = 1", "toml.unknownKey"),
            ("", "toml.missing"),
            ("most = 1\nmost = 2", "toml.twice"),
            ("most = \"1\"", "toml.kind"),
            ("most = -1", "toml.kind"),
            ("most 1", "toml.grammar"),
            ("most = \"", "toml.grammar"),
        ] {
            let (outer, inner) = codes(text);
            let found = if inner.is_empty() { &outer } else { &inner };
            assert_eq!(found, code, "{text}");
        }
        let said = read_toml::<Sample>("most = 1\n  least = 2").unwrap_err();
        assert_eq!(said.code(), "inPlace");
        let values: Vec<String> = said.values().iter().take(2).map(|(_, value)| value.to_string()).collect();
        assert_eq!(values, ["2", "3"], "line and column");
        assert!(said.english().starts_with("line 2: unknown field `least`"), "{said}");
    }
}
