//! How fast texts find their categories.

use crate::{
    run::{self, Outcome},
    workspace::Workspace,
};

/// Texts and patterns; the last is the largest list of patterns that is taken.
const SIZES: [[&str; 2]; 2] = [["1000000", "10000"], ["1000000", "400000"]];

/// Compiles patterns, and finds the category of a million texts on one thread and on all.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    println!();
    for size in SIZES {
        let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "tieout-classify"]);
        command.args(["--example", "categorise_speed", "--"]).args(size);
        print!("{}", run::read(&mut command)?);
    }
    Ok(())
}
