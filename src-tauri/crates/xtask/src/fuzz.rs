//! Runs a fuzz target of `tests/fuzz` for some minutes. What crashes is left in the target folder and named.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use crate::{
    FuzzOptions,
    run::{self, Failure, Outcome},
    setup::{self, Consent, Purpose},
    workspace::{Workspace, create_folder},
};

/// Largest seed and largest input, in bytes.
const INPUT_BYTES_MAX: u64 = 64 << 10;

/// Fuzzes one target.
pub(crate) fn fuzz(workspace: &Workspace, consent: Consent, options: &FuzzOptions) -> Outcome {
    setup::install(workspace, consent, &[Purpose::Build, Purpose::Fuzz])?;
    let folder = workspace.root.join("tests").join("fuzz");
    let known = targets(&folder)?;
    if !known.contains(&options.name) {
        return Err(Failure::new(format!("no fuzz target '{}'; there are: {}", options.name, known.join(", "))));
    }
    let kept = workspace.target.join("fuzz");
    let corpus = kept.join("corpus").join(&options.name);
    let artifacts = kept.join("artifacts").join(&options.name);
    create_folder(&corpus)?;
    create_folder(&artifacts)?;
    let seeds = seed(workspace, &options.name, &corpus)?;
    println!("{seeds} files as seeds; inputs that crash go to {}", artifacts.display());
    // Without a sanitizer, which needs a nightly compiler: what is looked for are panics, broken promises and time.
    let mut command = workspace.cargo(&["fuzz", "run", "--sanitizer", "none", "--fuzz-dir"]);
    command.env("CARGO_TARGET_DIR", kept.join("target")).arg(&folder).arg(&options.name).arg(&corpus).arg("--");
    command.arg(format!("-max_total_time={}", u64::from(options.minutes) * 60));
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    command.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1"]);
    command.arg(format!("-max_len={INPUT_BYTES_MAX}"));
    run::run(&mut command)
}

/// Names of all targets: one file each.
fn targets(folder: &Path) -> Outcome<Vec<String>> {
    let targets = folder.join("targets");
    let entries = fs::read_dir(&targets).map_err(|error| Failure::at("cannot read", &targets, &error))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.path().file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}

/// Small files of `tests/fuzz/seeds`, the sample data, and the real files that lie beside the repository where there are
/// any: those are read from there and never committed.
fn seed(workspace: &Workspace, name: &str, corpus: &Path) -> Outcome<usize> {
    let shared = env::var_os("TIEOUT_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from).join("corpus");
    let small = workspace.root.join("tests").join("fuzz").join("seeds");
    let samples = workspace.root.join("sample-data").join("formats");
    let (seeds, real, endings): (&[&str], &[&str], &[&str]) = match name {
        "delimited" => (&[name], &["csv", "tsv", "pdf-text"], &["tsv"]),
        "mt940" => (&[name], &["mt940", "mt942"], &["sta", "942"]),
        "spreadsheet" => (&[], &["excel", "ods"], &["xls", "ods"]),
        "camt" => (&[name], &[name], &["xml"]),
        "bai2" | "json" | "ofx" | "qif" => (&[name], &[name], &[name]),
        "any" => (
            &["delimited", "ofx", "qif", "mt940", "bai2", "camt", "json"],
            &["csv", "ofx", "qif", "mt940", "bai2", "camt", "pdf-text"],
            &["tsv", "sta", "942", "xml", "bai2", "json", "ofx", "qif"],
        ),
        other => (&[other], &[], &[]),
    };
    let mut copied = 0;
    for folder in seeds {
        copied += copy_files(&small.join(folder), corpus, |_| true)?;
    }
    for folder in real {
        copied += copy_files(&shared.join(folder), corpus, |_| true)?;
    }
    copied += copy_files(&samples, corpus, |path| {
        endings.iter().any(|ending| path.extension().is_some_and(|is| is == *ending))
    })?;
    Ok(copied)
}

/// Copies the files of a folder that are small enough and wanted; how many those were.
fn copy_files(folder: &Path, corpus: &Path, wanted: impl Fn(&Path) -> bool) -> Outcome<usize> {
    let Ok(entries) = fs::read_dir(folder) else { return Ok(0) };
    let mut copied = 0;
    for entry in entries.flatten() {
        if wanted(&entry.path())
            && entry.metadata().is_ok_and(|facts| facts.is_file() && facts.len() <= INPUT_BYTES_MAX)
        {
            let to = corpus.join(entry.file_name());
            fs::copy(entry.path(), &to).map_err(|error| Failure::at("cannot copy to", &to, &error))?;
            copied += 1;
        }
    }
    Ok(copied)
}
