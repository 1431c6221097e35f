//! How long a report of a thousand pages takes.

use crate::{
    run::{self, Outcome},
    workspace::Workspace,
};

/// Draws, signs and verifies it, in memory.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    println!();
    let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "tieout-reports"]);
    command.args(["--example", "sample", "--", "--pages", "1000"]);
    println!("report: {}", run::read(&mut command)?.trim());
    Ok(())
}
