//! Whether the window has words for everything that the host names.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All text of the files in a folder and those in it that end so.
fn text_of(folder: &Path, ending: &str) -> String {
    let mut text = String::new();
    for found in fs::read_dir(folder).unwrap() {
        let path = found.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            text.push_str(&text_of(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            let whole = fs::read_to_string(path).unwrap();
            // What tests say inside a file is nothing that the host says.
            text.push_str(whole.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default());
        }
    }
    text
}

/// Each of these messages stands in the catalogue of each language.
#[track_caller]
pub(crate) fn worded(keys: Vec<String>) {
    assert!(!keys.is_empty());
    for language in ["en", "de"] {
        let catalogue = text_of(&crates().join("../../ui/src/i18n").join(language), ".ts");
        let missing: Vec<_> = keys.iter().filter(|key| !catalogue.contains(key.as_str())).collect();
        assert!(missing.is_empty(), "{language}: {missing:?}");
    }
}

/// What stands in quotation marks at the beginning of a text, if that is the name of an event.
fn event(text: &str) -> Option<&str> {
    let (name, _) = text.trim_start().strip_prefix('"')?.split_once('"')?;
    let is_name = name.contains('.') && name.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_' | b'.'));
    is_name.then_some(name)
}

#[test]
fn the_window_has_words_for_every_event_of_the_audit_log() {
    let code = text_of(&crates().join("workbook/src"), ".rs");
    // Events are told of by name; deliveries choose theirs before.
    let begun = ["tell(", "tell_as_system(", "tell_decision(", "action: ", "=> "];
    let found: BTreeSet<&str> = begun.iter().flat_map(|begun| code.split(begun).skip(1)).filter_map(event).collect();
    for known in ["run.stored", "alert.delivered", "customers.codes_written_alike", "workbook.created"] {
        assert!(found.contains(known), "{known} is not found: how are events told of now?");
    }
    worded(found.into_iter().map(|name| format!("'event.{name}':")).collect());
}

#[test]
fn the_window_has_words_for_every_sealed_table() {
    let code = text_of(&crates().join("workbook/src/seal"), ".rs");
    let begun = ["by_rowid(", "name: "];
    let names = begun.iter().flat_map(|begun| code.split(begun).skip(1)).filter_map(|text| {
        let (name, _) = text.trim_start().strip_prefix('"')?.split_once('"')?;
        Some(format!("'sealedTable.{name}':"))
    });
    let names: Vec<String> = names.collect();
    assert!(names.len() > 30, "{names:?}");
    worded(names);
}

/// The calls of `said!` and `retold!` in a text: the code of each, and what follows it.
fn sentences(code: &str) -> Vec<(&str, &str)> {
    let calls = ["said!(", "retold!("].into_iter().flat_map(|begun| code.split(begun).skip(1));
    calls.filter_map(sentence).collect()
}

/// What stands before the closing bracket of a call that begins with this text; brackets in its texts do not count.
fn to_its_end(call: &str) -> &str {
    let (mut depth, mut is_text, mut is_escaped) = (1_u32, false, false);
    for (at, letter) in call.char_indices() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' if is_text => is_escaped = true,
            '"' => is_text = !is_text,
            '(' if !is_text => depth += 1,
            ')' if !is_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &call[..at];
        }
    }
    call
}

#[test]
fn a_call_ends_at_its_own_bracket() {
    let code = r#""a.b", "a) \" {one}", one = of(1)) then("c.d", "{two}", two = 2)"#;
    assert_eq!(to_its_end(code), r#""a.b", "a) \" {one}", one = of(1)"#);
}

/// The code at the beginning of such a call, and what follows it in the call.
fn sentence(call: &str) -> Option<(&str, &str)> {
    let call = to_its_end(call);
    let end = call.find([';', '}']).unwrap_or(call.len());
    let (before, rest) = call.split_once('"')?;
    // A retold error is named before its code.
    let is_call = before.chars().all(|letter| letter.is_alphanumeric() || " \n_,&*.".contains(letter));
    let (name, rest) = rest.split_once('"').filter(|_| is_call && before.len() <= end)?;
    let is_code = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    is_code.then_some((name, rest))
}

/// The message of a key in a catalogue's text.
fn message<'c>(catalogue: &'c str, key: &str) -> Option<&'c str> {
    let (_, rest) = catalogue.split_once(&format!("'said.{key}':"))?;
    let ended = rest.split("\n}").next().unwrap_or(rest);
    Some(ended.split("\n  '").next().unwrap_or(ended))
}

#[test]
fn the_window_has_words_for_every_sentence_with_a_code_and_fills_in_only_what_it_has() {
    let folders = ["domain/src", "statements/src", "workbook/src", "application/src", "wire/src", "../src"];
    let code = folders.map(|folder| text_of(&crates().join(folder), ".rs"));
    let mut found: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (name, rest) in code.iter().flat_map(|text| sentences(text)) {
        found.insert((name, rest));
    }
    let names: BTreeSet<&str> = found.iter().map(|(name, _)| *name).collect();
    for known in ["hand.differs", "expected.amount", "period.gap", "read.empty", "import.rejects"] {
        assert!(names.contains(known), "{known} is not found: how are sentences made now?");
    }
    for language in ["en", "de"] {
        let catalogue = text_of(&crates().join("../../ui/src/i18n").join(language), ".ts");
        for (name, rest) in &found {
            for key in [(*name).to_owned(), format!("{name}_other")] {
                let Some(message) = message(&catalogue, &key) else { continue };
                for value in message.split('{').skip(1).filter_map(|part| part.split_once('}')) {
                    let given = format!("{} = ", value.0);
                    assert!(
                        rest.contains(&given),
                        "{language}: {key} fills in {{{}}}, which Rust does not give",
                        value.0
                    );
                }
            }
            let has = message(&catalogue, name).is_some() || message(&catalogue, &format!("{name}_other")).is_some();
            assert!(has, "{language}: 'said.{name}' is missing");
        }
    }
}

#[test]
fn the_window_has_words_for_every_kind_of_refusal() {
    let generated = fs::read_to_string(crates().join("../../ui/src/ipc/generated.ts")).unwrap();
    let (_, codes) = generated.split_once("export type ErrorCode = ").unwrap();
    let (codes, _) = codes.split_once(';').unwrap();
    worded(codes.split(" | ").map(|code| format!("'error.{}':", code.trim_matches('"'))).collect());
}

/// Where words without a code may be made, and why nobody reads them in a window, or only as what a library says.
const WITHOUT_A_CODE: [(&str, usize, &str); 21] = [
    ("application/src/alerts/channels/mod.rs", 1, "what a server or a library says, inside a sentence of ours"),
    ("application/src/backup/settings.rs", 1, "what a library says of settings that always can be written"),
    ("application/src/category_lines.rs", 1, "what a library says, inside a sentence of ours"),
    ("application/src/configuration/toml_words.rs", 1, "what the reader of TOML says, inside a sentence of ours"),
    ("application/src/engine.rs", 1, "threads are chosen in the terminal"),
    ("application/src/environment.rs", 2, "moments are written in the terminal"),
    ("application/src/error.rs", 5, "the two kinds themselves; what a library says, inside a sentence of ours"),
    ("application/src/grids.rs", 1, "what a library says, inside a sentence of ours"),
    ("application/src/importing/mod.rs", 3, "questions that the window asks"),
    ("application/src/importing/taken_in.rs", 1, "an identifier that no screen makes"),
    ("application/src/isolation.rs", 1, "an answer of another version of the reader"),
    ("application/src/journal/exporting.rs", 1, "what a library says, inside a sentence of ours"),
    ("application/src/marks.rs", 1, "an identifier that no screen makes"),
    ("application/src/nearest_words.rs", 1, "what an older version kept in other words"),
    ("application/src/pattern_file.rs", 1, "what a library says, inside a sentence of ours"),
    ("application/src/people.rs", 1, "people are named in the terminal"),
    ("application/src/policy.rs", 1, "an identifier that no screen makes"),
    ("application/src/presence.rs", 1, "people are named in the terminal"),
    ("application/src/review.rs", 1, "an identifier that no screen makes"),
    ("application/src/validation/stored.rs", 1, "what an older version kept in English alone"),
    ("application/src/verify.rs", 8, "reports and logs of events are verified, and data taken out, in the terminal"),
];

/// Words without a code, by file.
fn uncoded(folder: &Path, found: &mut Vec<(PathBuf, usize)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("tests") {
            uncoded(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let whole = fs::read_to_string(&path).unwrap();
            let code = whole.split("\n#[cfg(test)]\nmod tests {").next().unwrap_or_default();
            let count = code.matches("in_english(").count() + code.matches("Said::in_english)").count();
            if count > 0 {
                found.push((path, count));
            }
        }
    }
}

#[test]
fn words_without_a_code_are_made_only_where_no_window_tells_them() {
    let mut found = Vec::new();
    for folder in ["statements/src", "application/src"] {
        uncoded(&crates().join(folder), &mut found);
    }
    let mut unlisted = Vec::new();
    for (path, count) in found {
        let known = WITHOUT_A_CODE.iter().find(|(file, ..)| path.ends_with(file));
        if known.is_none_or(|(_, most, _)| count > *most) {
            unlisted.push(format!("{}: {count}", path.display()));
        }
    }
    assert!(unlisted.is_empty(), "give these a code and words in both languages (`said!`): {unlisted:#?}");
}

/// Fields of views that hold prose in English, and what of it the window tells instead.
const PROSE: [(&str, &str); 13] = [
    ("AlertDeliveryView.last_error", "last_error_said"),
    ("AlertTestView.message", "said"),
    ("AlertView.text", "its kind and figures"),
    ("BatchView.note", "said"),
    ("CheckView.found", "said"),
    ("CommandError.message", "said"),
    ("DetectionView.found", "said"),
    ("ExceptionRow.explanation", "its finding"),
    ("FindingView.message", "said"),
    ("PeriodCheckView.difference", "nothing: only the terminal asks for it"),
    ("PeriodFiguresView.obstacle", "nothing: preparing refuses with a code"),
    ("VerificationView.findings", "said"),
    ("WorkbookView.custody_warning", "custody_said"),
];

/// The fields of the structures of a text that hold words, each with what is written above it.
fn worded_fields(code: &str) -> Vec<(String, String)> {
    let mut fields = Vec::new();
    for structure in code.split("pub struct ").skip(1) {
        let Some((name, body)) = structure.split_once(" {\n") else { continue };
        let mut above = String::new();
        for line in body.split("\n}").next().unwrap_or_default().lines().map(str::trim) {
            if let Some(words) = line.strip_prefix("///") {
                above.push_str(words);
            } else if let Some((field, kind)) = line.strip_prefix("pub ").and_then(|line| line.split_once(": ")) {
                if matches!(kind.trim_end_matches(','), "String" | "Option<String>" | "Vec<String>") {
                    fields.push((format!("{name}.{field}"), above.clone()));
                }
                above.clear();
            }
        }
    }
    fields
}

#[test]
fn a_view_that_holds_prose_holds_it_for_the_catalogue_too() {
    let marks =
        ["in English", "sentence", "in words;", "went wrong", "What happened", "What is in the way", "A note on"];
    let fields = worded_fields(&text_of(&crates().join("wire/src"), ".rs"));
    let prose: Vec<&str> = fields
        .iter()
        .filter(|(_, above)| marks.iter().any(|mark| above.contains(mark)))
        .map(|(field, _)| field.as_str())
        .filter(|field| *field != "AlertTestView.fault")
        .collect();
    for (known, _) in &PROSE {
        assert!(prose.contains(known), "{known} is not found: how are views written now? {prose:?}");
    }
    let unlisted: Vec<_> = prose.iter().filter(|field| PROSE.iter().all(|(known, _)| known != *field)).collect();
    assert!(unlisted.is_empty(), "the window tells these in English only: give them a `SaidView`: {unlisted:?}");
}
