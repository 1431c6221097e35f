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
    let seeds = seed(&options.name, &corpus)?;
    println!("{seeds} real files as seeds; inputs that crash go to {}", artifacts.display());
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

/// How a file of a format begins, for machines without real files.
const BEGINNINGS: &[(&str, &str)] = &[
    ("delimited", "Date,Text,Amount,Balance\n2024-05-01,Rent,-5.00,95.00\n2024-05-02,Pay,9.00,104.00\n"),
    ("ofx", "OFXHEADER:100\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>EUR<BANKTRANLIST><STMTTRN>"),
    ("qif", "!Type:Bank\nD01/05/2024\nT-5.00\nPRent\n^\n"),
    (
        "mt940",
        ":20:X\n:25:1/2\n:28C:1/1\n:60F:C240501EUR100,00\n:61:2405010501D5,00NTRFNONREF\n:86:Rent\n:62F:C240501EUR95,00\n-\n",
    ),
    (
        "bai2",
        "01,A,B,240101,0101,1,80,1,2/\n02,B,A,1,240101,0101,EUR,2/\n03,1,EUR,010,10000,,,015,9500,,/\n16,495,500,,,,Rent/\n",
    ),
    ("camt", "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><Stmt><Ntry>"),
    ("json", "[{\"date\":\"2024-05-01\",\"amount\":\"-5.00\",\"description\":\"Rent\"}]"),
];

/// Real files that lie beside the repository, where there are any: they are read from there and never committed.
fn seed(name: &str, corpus: &Path) -> Outcome<usize> {
    for (_, text) in BEGINNINGS.iter().filter(|(target, _)| *target == name || name == "any") {
        let to = corpus.join("beginning");
        fs::write(&to, text).map_err(|error| Failure::at("cannot write", &to, &error))?;
    }
    let shared = env::var_os("TIEOUT_SHARED").map_or_else(|| PathBuf::from("../shared"), PathBuf::from);
    let folders: &[&str] = match name {
        "delimited" => &["csv", "tsv", "pdf-text"],
        "mt940" => &["mt940", "mt942"],
        "spreadsheet" => &["excel", "ods"],
        "any" => &["csv", "ofx", "qif", "mt940", "bai2", "camt", "pdf-text"],
        other => &[other],
    };
    let mut seeds = 0;
    for folder in folders {
        let Ok(entries) = fs::read_dir(shared.join("corpus").join(folder)) else { continue };
        for entry in entries.flatten() {
            if entry.metadata().is_ok_and(|facts| facts.len() <= INPUT_BYTES_MAX) {
                let to = corpus.join(entry.file_name());
                fs::copy(entry.path(), &to).map_err(|error| Failure::at("cannot copy to", &to, &error))?;
                seeds += 1;
            }
        }
    }
    Ok(seeds)
}
