//! A small company's year in a fresh workbook: in the window, or without a display through the command line.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    DemoOptions,
    run::{self, Failure, Outcome},
    setup::{self, Consent, Purpose},
    ui,
    workspace::{Profile, Workspace, create_folder, data_home},
};

/// Not a secret: it protects invented data, and the terminal shows it.
const PASSPHRASE: &str = "demo-passphrase";
const COMPANY: &str = "Tischlerei Lindqvist & Amara GmbH";
const USER: &str = "Mara Lindqvist";
const STATEMENT: &str = "statement-2025.csv";
const LEDGER: &str = "ledger-2025.csv";

/// Builds what the demo needs and shows it.
pub(crate) fn demo(workspace: &Workspace, consent: Consent, options: &DemoOptions) -> Outcome {
    setup::install(workspace, consent, &[Purpose::Build])?;
    let profile = if options.release { Profile::Release } else { Profile::Debug };
    ui::install_and_build(workspace)?;
    workspace.build_binaries(profile)?;
    let sample = Sample::make(workspace, profile)?;
    if options.headless || !has_display() { sample.reconcile() } else { sample.open_window(workspace, profile) }
}

fn has_display() -> bool {
    let set = |name| env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || set("DISPLAY") || set("WAYLAND_DISPLAY")
}

/// A fresh folder with a new workbook, and the two files that wait in its inbox.
struct Sample {
    tieout: PathBuf,
    folder: PathBuf,
    workbook: PathBuf,
    statement: PathBuf,
    ledger: PathBuf,
}

impl Sample {
    fn make(workspace: &Workspace, profile: Profile) -> Outcome<Self> {
        let folder = fresh_folder(&data_home()?.join("tieout"))?;
        let inbox = folder.join("inbox");
        create_folder(&inbox)?;
        let source = workspace.root.join("sample-data").join("bank");
        for name in [STATEMENT, LEDGER] {
            let from = source.join(name);
            fs::copy(&from, inbox.join(name)).map_err(|error| Failure::at("cannot copy", &from, &error))?;
        }
        let sample = Self {
            tieout: workspace.binary("tieout", profile),
            workbook: folder.join("Lindqvist & Amara 2025.tieout"),
            statement: inbox.join(STATEMENT),
            ledger: inbox.join(LEDGER),
            folder,
        };
        let mut new = sample.tieout(&["workbook", "new"]);
        new.arg(&sample.workbook).args(["--company", COMPANY, "--user", USER, "--currency", "EUR", "--single-user"]);
        run::run(&mut new)?;
        Ok(sample)
    }

    /// `tieout` with these arguments and the workbook's passphrase.
    fn tieout(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.tieout);
        command.args(arguments).env("TIEOUT_PASSPHRASE", PASSPHRASE);
        command
    }

    fn open_window(&self, workspace: &Workspace, profile: Profile) -> Outcome {
        eprintln!("\nWorkbook:   {}\nPassphrase: {PASSPHRASE}", self.workbook.display());
        eprintln!("{STATEMENT} and {LEDGER} wait to be imported. Close the window to end the demo.\n");
        let mut window = workspace.command(workspace.binary("tieout-desktop", profile));
        run::run(window.arg(&self.workbook).env("TIEOUT_PASSPHRASE", PASSPHRASE))
    }

    /// The same job without a window.
    fn reconcile(&self) -> Outcome {
        let out = self.folder.join("report");
        let mut import = self.tieout(&["workbook", "import"]);
        import.arg(&self.workbook).arg("--statement").arg(&self.statement).arg("--ledger").arg(&self.ledger);
        run::run(&mut import)?;
        run::run(self.tieout(&["workbook", "match"]).arg(&self.workbook))?;
        run::run(self.tieout(&["workbook", "export"]).arg(&self.workbook).arg("--out").arg(&out))?;
        let report = out.join("report.pdf");
        if !report.is_file() {
            return Err(Failure::new(format!("the export wrote no {}", report.display())));
        }
        run::run(self.tieout(&["verify"]).arg(&report))?;
        println!("{}", summary(&out)?);
        println!("Signed report: {}", report.display());
        println!("Workbook:      {} (passphrase {PASSPHRASE})", self.workbook.display());
        Ok(())
    }
}

/// What was matched and what was not, from the export's two tables (DESIGN section 6).
fn summary(out: &Path) -> Outcome<String> {
    let matches = read_table(&out.join("matches.csv"), &["match_id", "side", "status", "cause"])?;
    let exceptions = read_table(&out.join("exceptions.csv"), &["side", "cause"])?;
    let records = |side: &str| matches.iter().filter(|row| row[1] == side).count();
    let distinct: BTreeMap<&str, (&str, &str)> =
        matches.iter().map(|row| (row[0].as_str(), (row[2].as_str(), row[3].as_str()))).collect();
    let alone =
        |side: &str| exceptions.iter().filter(|row| row[0] == side).map(|row| row[1].as_str()).collect::<Vec<_>>();
    let (lines, entries) = (alone("statement"), alone("ledger"));
    Ok(format!(
        "\nMatched:       {} statement lines with {} ledger entries in {} matches ({})\n               differences explained: {}\n\
         Not matched:   {} statement lines ({})\n               {} ledger entries ({})",
        records("statement"),
        records("ledger"),
        distinct.len(),
        tally(distinct.values().map(|(status, _)| *status)),
        tally(distinct.values().map(|(_, cause)| *cause).filter(|cause| *cause != "none")),
        lines.len(),
        tally(lines.iter().copied()),
        entries.len(),
        tally(entries.iter().copied()),
    ))
}

/// These columns of a CSV file with a header.
fn read_table(file: &Path, columns: &[&str]) -> Outcome<Vec<Vec<String>>> {
    let unreadable = |error: &dyn std::fmt::Display| Failure::at("cannot read", file, error);
    let mut reader = csv::Reader::from_path(file).map_err(|error| unreadable(&error))?;
    let header = reader.headers().map_err(|error| unreadable(&error))?.clone();
    let find = |name: &&str| header.iter().position(|column| column == *name);
    let places: Vec<usize> = columns.iter().filter_map(find).collect();
    if places.len() < columns.len() {
        return Err(unreadable(&format!("it lacks one of the columns {}", columns.join(", "))));
    }
    let records = reader.records().map(|record| record.map_err(|error| unreadable(&error)));
    records.map(|record| record.map(|record| places.iter().map(|&at| record[at].to_owned()).collect())).collect()
}

/// How often each word occurs: `fee 5, discount 4`.
fn tally<'a>(words: impl Iterator<Item = &'a str>) -> String {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_insert(0_usize) += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|&(_, count)| std::cmp::Reverse(count));
    let parts: Vec<String> = counts.iter().map(|(word, count)| format!("{word} {count}")).collect();
    if parts.is_empty() { "none".to_owned() } else { parts.join(", ") }
}

/// The first `demo-<n>` that is not there yet; nothing of the user's is ever written over.
fn fresh_folder(parent: &Path) -> Outcome<PathBuf> {
    create_folder(parent)?;
    (1..10_000)
        .map(|number| parent.join(format!("demo-{number}")))
        .find(|folder| fs::create_dir(folder).is_ok())
        .ok_or_else(|| Failure::new(format!("cannot make a new folder in {}", parent.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_demo_gets_a_folder_of_its_own() {
        let parent = env::temp_dir().join(format!("tieout-demo-{}", std::process::id()));
        let first = fresh_folder(&parent).unwrap();
        fs::write(first.join("work.tieout"), "the user's").unwrap();
        let second = fresh_folder(&parent).unwrap();
        let kept = fs::read_to_string(first.join("work.tieout")).unwrap();
        fs::remove_dir_all(&parent).unwrap();
        assert_ne!(first, second);
        assert_eq!(kept, "the user's");
    }

    #[test]
    fn the_summary_counts_records_matches_and_causes() {
        let out = env::temp_dir().join(format!("tieout-summary-{}", std::process::id()));
        fs::create_dir_all(&out).unwrap();
        let matches = "match_id,side,source_file,source_row,record_id,amount,amount_applied,kind,confidence,status,cause,explanation\n\
            m1,statement,s.csv,1,,97.00,97.00,one_to_one,0.990000,auto,fee,\"fee, 3.00\"\n\
            m1,ledger,l.csv,4,RE-4,100.00,100.00,one_to_one,0.990000,auto,fee,\"fee, 3.00\"\n\
            m2,statement,s.csv,2,,5.00,5.00,one_to_many,0.700000,suggested,none,two\n\
            m2,ledger,l.csv,5,RE-5,2.00,2.00,one_to_many,0.700000,suggested,none,two\n\
            m2,ledger,l.csv,6,RE-6,3.00,3.00,one_to_many,0.700000,suggested,none,two\n";
        let exceptions = "side,source_file,source_row,record_id,amount,cause,impact,explanation\n\
            ledger,l.csv,7,RE-7,9.00,timing,9.00,due later\n";
        fs::write(out.join("matches.csv"), matches).unwrap();
        fs::write(out.join("exceptions.csv"), exceptions).unwrap();
        let text = summary(&out).unwrap();
        fs::remove_dir_all(&out).unwrap();
        for part in [
            "2 statement lines with 3 ledger entries in 2 matches (auto 1, suggested 1)",
            "differences explained: fee 1\n",
            "0 statement lines (none)",
            "1 ledger entries (timing 1)",
        ] {
            assert!(text.contains(part), "{part} is not in {text}");
        }
        assert!(summary(&out).is_err(), "a missing table is an error, not an empty summary");
    }
}
