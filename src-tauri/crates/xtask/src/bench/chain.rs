//! How long it takes to check an audit chain of a million events.

use serde_json::Value;

use crate::{
    run::{self, Failure, Outcome},
    workspace::{Workspace, create_folder},
};

const EVENTS: &str = "1000000";

/// Makes the workbook where it is not there, and checks its chain.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    let folder = workspace.target.join("bench").join("chain");
    create_folder(&folder)?;
    let book = folder.join(format!("events-{EVENTS}.tieout"));
    let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "tieout-workbook"]);
    command.args(["--example", "verify", "--"]).arg(&book).arg(EVENTS);
    let told = run::read(&mut command)?;
    let found: Value = serde_json::from_str(told.trim())
        .map_err(|error| Failure::new(format!("the measurement told {told:?}: {error}")))?;
    println!("\naudit chain of {EVENTS} events, seconds:");
    for (name, what) in [
        ("chain", "checked"),
        ("file_written", "written as a chain file"),
        ("file_checked", "the file checked"),
        ("damage", "the workbook looked through for damage"),
    ] {
        let seconds = found.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
        println!("{seconds:>8.2}  {what}");
    }
    Ok(())
}
