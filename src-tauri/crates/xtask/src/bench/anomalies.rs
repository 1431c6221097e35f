//! How fast anomalies are found.

use crate::{
    run::{self, Outcome},
    workspace::Workspace,
};

/// Looks for anomalies among a million records and ten times fewer, on one thread and on all.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    println!();
    for records in ["100000", "1000000"] {
        let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "tieout-classify"]);
        command.args(["--example", "anomalies_speed", "--", records]);
        print!("{}", run::read(&mut command)?);
    }
    Ok(())
}
