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
            text.push_str(&fs::read_to_string(path).unwrap());
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
fn the_window_has_words_for_every_kind_of_refusal() {
    let generated = fs::read_to_string(crates().join("../../ui/src/ipc/generated.ts")).unwrap();
    let (_, codes) = generated.split_once("export type ErrorCode = ").unwrap();
    let (codes, _) = codes.split_once(';').unwrap();
    worded(codes.split(" | ").map(|code| format!("'error.{}':", code.trim_matches('"'))).collect());
}
