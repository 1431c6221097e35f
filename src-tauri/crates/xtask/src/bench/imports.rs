//! How fast and in how much memory long files are read, and taken into the encrypted workbook.

use std::{fs, path::Path};

use super::measure::measure;
use crate::{
    run::{self, Failure, Outcome},
    workspace::{Profile, Workspace, create_folder},
};

const PASSPHRASE: &str = "correct horse battery staple";

/// Reads and takes in a million rows of CSV, and reads two million and a spreadsheet of 200,000.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    let folder = workspace.target.join("bench").join("imports");
    create_folder(&folder)?;
    println!();
    for (kind, rows) in [("csv", 1_000_000), ("csv", 2_000_000), ("xlsx", 200_000)] {
        let file = folder.join(format!("statement-{rows}.{kind}"));
        if !file.is_file() {
            write(workspace, kind, rows, &file)?;
        }
        let read = measure(|| {
            let mut command = workspace.command(workspace.binary("tieout", Profile::Release));
            command.args(["inspect", "--json", "--max-size", "512"]).arg(&file);
            Ok(command)
        })?;
        println!("tieout inspect, {rows} rows of {kind}: {read}");
    }
    take_in(workspace, &folder, &folder.join("statement-1000000.csv"))
}

/// A file is written under another name first, so that one that was interrupted is not taken for whole.
fn write(workspace: &Workspace, kind: &str, rows: u32, file: &Path) -> Outcome {
    let partial = file.with_extension("partial");
    let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "tieout-statements"]);
    command.args(["--example", "bench_files", "--", kind, &rows.to_string()]).arg(&partial);
    run::run(&mut command)?;
    fs::rename(&partial, file).map_err(|error| Failure::at("cannot rename to", file, &error))
}

fn take_in(workspace: &Workspace, folder: &Path, file: &Path) -> Outcome {
    let book = folder.join("bench.tieout");
    let tieout = |arguments: &[&str]| {
        let mut command = workspace.command(workspace.binary("tieout", Profile::Release));
        command.env("TIEOUT_PASSPHRASE", PASSPHRASE).arg("workbook").args(arguments).arg(&book);
        command
    };
    let fresh = || -> Outcome {
        for ending in ["tieout", "tieout-wal", "tieout-shm"] {
            let _ = fs::remove_file(book.with_extension(ending));
        }
        let mut new = tieout(&["new"]);
        run::read(new.args(["--company", "Bench", "--user", "Bench", "--json"])).map(drop)
    };
    let stored = measure(|| {
        fresh()?;
        let mut import = tieout(&["import"]);
        import.args(["--json", "--statement"]).arg(file);
        Ok(import)
    })?;
    println!("tieout workbook import, 1,000,000 rows of csv into a new encrypted workbook: {stored}");
    Ok(())
}
