//! DESIGN section 3, "who may depend on whom", held against `cargo metadata`.

#![allow(clippy::unwrap_used, reason = "a test; clippy sees that of its test functions only")]

use std::{collections::BTreeMap, process::Command};

use serde_json::Value;

/// Every crate of ours and those of ours it may depend on.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("tieout-domain", &[]),
    ("tieout-statements", &["tieout-domain"]),
    ("tieout-matching", &["tieout-domain"]),
    ("tieout-classify", &["tieout-domain"]),
    ("tieout-workbook", &["tieout-domain"]),
    ("tieout-reports", &["tieout-domain"]),
    (
        "tieout-application",
        &[
            "tieout-domain",
            "tieout-statements",
            "tieout-matching",
            "tieout-classify",
            "tieout-workbook",
            "tieout-reports",
        ],
    ),
    ("tieout-wire", &["tieout-domain", "tieout-application"]),
    ("tieout-desktop", &["tieout-wire", "tieout-application"]),
    ("tieout-cli", &["tieout-wire", "tieout-application"]),
    ("tieout-xtask", &[]),
    // Drives the built binaries from outside.
    ("tieout-tests", &[]),
];

/// Crates of others that belong behind one wall: the first letters of their name, and who may name them.
const BELONGS_TO: &[(&str, &[&str])] = &[
    ("rusqlite", &["tieout-workbook"]),
    ("refinery", &["tieout-workbook"]),
    ("libsqlite3", &["tieout-workbook"]),
    ("keyring", &["tieout-workbook"]),
    ("tauri", &["tieout-desktop"]),
    ("ts-rs", &["tieout-wire"]),
    ("calamine", &["tieout-statements"]),
    ("csv-nose", &["tieout-statements"]),
    ("printpdf", &["tieout-reports"]),
    ("lopdf", &["tieout-reports"]),
    ("thirtyfour", &["tieout-tests"]),
];

/// Crates of ours that know nothing of JSON, disk, network, clock or window.
const PURE: &[&str] = &["tieout-domain", "tieout-matching", "tieout-classify"];

/// What would let a pure crate know of them.
const IMPURE: &[&str] = &["serde", "serde_json", "tokio", "reqwest", "directories", "tempfile", "rpassword"];

/// For each crate of the workspace, what its manifest names: for building, for building scripts and for tests alike.
type Manifests = BTreeMap<String, Vec<String>>;

fn manifests() -> Manifests {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let metadata = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        // At run time: the target folder is shared by checkouts, and this binary may come from another one.
        .current_dir(std::env::var_os("CARGO_MANIFEST_DIR").unwrap())
        .output()
        .unwrap();
    assert!(metadata.status.success(), "{}", String::from_utf8_lossy(&metadata.stderr));
    let metadata: Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let text = |value: &Value| value["name"].as_str().unwrap().to_owned();
    let packages = metadata["packages"].as_array().unwrap().iter();
    packages
        .map(|package| (text(package), package["dependencies"].as_array().unwrap().iter().map(text).collect()))
        .collect()
}

/// What the manifests say against the tables above, one sentence each.
fn breaches(manifests: &Manifests) -> Vec<String> {
    let mut found = Vec::new();
    for (name, dependencies) in manifests {
        let Some((_, allowed)) = MAY_DEPEND_ON.iter().find(|(listed, _)| listed == name) else {
            found.push(format!("{name} has no place in DESIGN section 3"));
            continue;
        };
        for dependency in dependencies {
            if dependency.starts_with("tieout-") && !allowed.contains(&dependency.as_str()) {
                found.push(format!("{name} may not depend on {dependency}"));
            }
            if let Some((_, owners)) = BELONGS_TO.iter().find(|(start, _)| dependency.starts_with(start))
                && !owners.contains(&name.as_str())
            {
                found.push(format!("{name} may not know {dependency}: that belongs to {}", owners.join(", ")));
            }
            if PURE.contains(&name.as_str()) && IMPURE.contains(&dependency.as_str()) {
                found.push(format!("{name} is pure and may not know {dependency}"));
            }
        }
    }
    found
}

#[test]
fn every_crate_depends_only_on_what_the_design_allows() {
    let manifests = manifests();
    assert!(manifests.len() >= 11, "cargo metadata lists only {:?}", manifests.keys());
    assert_eq!(breaches(&manifests), Vec::<String>::new());
}

#[test]
fn a_breach_of_each_wall_is_noticed() {
    let cases = [
        ("tieout-domain", "tieout-workbook", "tieout-domain may not depend on tieout-workbook"),
        ("tieout-matching", "tieout-statements", "tieout-matching may not depend on tieout-statements"),
        ("tieout-wire", "tieout-workbook", "tieout-wire may not depend on tieout-workbook"),
        ("tieout-cli", "tieout-workbook", "tieout-cli may not depend on tieout-workbook"),
        ("tieout-application", "rusqlite", "tieout-application may not know rusqlite: that belongs to tieout-workbook"),
        (
            "tieout-cli",
            "tauri-plugin-dialog",
            "tieout-cli may not know tauri-plugin-dialog: that belongs to tieout-desktop",
        ),
        ("tieout-application", "ts-rs", "tieout-application may not know ts-rs: that belongs to tieout-wire"),
        ("tieout-domain", "serde_json", "tieout-domain is pure and may not know serde_json"),
        ("tieout-utils", "libc", "tieout-utils has no place in DESIGN section 3"),
    ];
    for (name, dependency, sentence) in cases {
        let manifests = Manifests::from([(name.to_owned(), vec![dependency.to_owned()])]);
        assert_eq!(breaches(&manifests), [sentence]);
    }
}
