//! Pages of the five grids in a workbook of a million lines and a million entries.

use std::path::PathBuf;

use serde_json::Value;

use crate::{
    run::{self, Failure, Outcome},
    workspace::{Workspace, create_folder},
};

pub(super) const LINES: &str = "1000000";
/// DESIGN section 7, in milliseconds.
pub(super) const PAGE_MAX: f64 = 50.0;
pub(super) const DECISION_MAX: f64 = 100.0;

/// The workbook that is measured; made by the first measurement.
pub(super) fn book(workspace: &Workspace) -> PathBuf {
    workspace.target.join("bench").join("grids").join(format!("lines-{LINES}.tieout"))
}

/// Tells each page that was asked for, the slow ones marked.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    let book = book(workspace);
    if let Some(folder) = book.parent() {
        create_folder(folder)?;
    }
    let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "tieout-workbook"]);
    command.args(["--example", "grids", "--"]).arg(&book).arg(LINES);
    let told = run::read(&mut command)?;
    println!(
        "\ngrids of {LINES} lines and {LINES} entries, milliseconds: the first page, of the processor, the next page"
    );
    let (mut pages, mut slow) = (0, 0);
    for line in told.lines() {
        let found: Value = serde_json::from_str(line)
            .map_err(|error| Failure::new(format!("the measurement told {line:?}: {error}")))?;
        let number = |name: &str| found.get(name).and_then(Value::as_f64);
        let text = |name: &str| found.get(name).and_then(Value::as_str);
        if let Some(page) = text("page") {
            let (first, next) = (number("first").unwrap_or(f64::NAN), number("next").unwrap_or(f64::NAN));
            pages += 1;
            let is_slow = first.max(next) > PAGE_MAX;
            slow += u32::from(is_slow);
            let rows = found.get("rows").and_then(Value::as_u64).unwrap_or(0);
            let processor = number("processor").unwrap_or(f64::NAN);
            println!("{first:>9.1} {processor:>9.1} {next:>9.1}  {}{page} ({rows} rows)", mark(is_slow));
        } else if let (Some(decision), Some(painted)) = (text("decision"), number("painted")) {
            println!("{painted:>9.1}                      {}{decision}", mark(painted > DECISION_MAX));
        } else if let (Some(step), Some(time)) = (text("step"), number("ms")) {
            println!("{time:>9.1}                      {step}");
        } else if let (Some(now), Some(most)) = (number("memory_mib"), number("memory_most_mib")) {
            println!("                               {now} MiB, {most} MiB at most");
        }
    }
    println!("{slow} of {pages} pages took longer than {PAGE_MAX} ms");
    Ok(())
}

const fn mark(is_slow: bool) -> &'static str {
    if is_slow { "SLOW: " } else { "" }
}
