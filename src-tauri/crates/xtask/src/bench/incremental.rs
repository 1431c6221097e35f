//! What a few new records cost in a workbook of many decided ones, beside the same in an empty one.

use std::path::Path;

use serde_json::Value;

use crate::{
    run::{self, Failure, Outcome},
    workspace::{Workspace, create_folder},
};

const DECIDED: [&str; 2] = ["0", "1000000"];
const NEW: &str = "1000";
/// Measurements of each workbook; the quickest counts, since everything else on the machine only adds.
const RUNS: usize = 3;
const STEPS: [&str; 3] = ["import", "run", "store"];

/// Takes a thousand lines and a thousand entries in, and matches them.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    let folder = workspace.target.join("bench").join("incremental");
    create_folder(&folder)?;
    println!("\n{NEW} new lines and {NEW} new entries, seconds for each step:");
    println!("{:>10} {:>8} {:>8} {:>8} {:>8} {:>8}", "decided", STEPS[0], STEPS[1], STEPS[2], "all", "proof");
    let mut sums = Vec::new();
    for decided in DECIDED {
        let best = best(workspace, &folder, decided)?;
        let [import, run, store] = STEPS.map(|step| seconds(&best, step));
        let all = import + run + store;
        println!("{decided:>10} {import:>8.3} {run:>8.3} {store:>8.3} {all:>8.3} {:>8.3}", seconds(&best, "proof"));
        sums.push(all);
    }
    if let [empty, full] = sums.as_slice() {
        println!("the full workbook takes {:.2} times as long as the empty one", full / empty);
    }
    Ok(())
}

fn best(workspace: &Workspace, folder: &Path, decided: &str) -> Outcome<Value> {
    let book = folder.join(format!("decided-{decided}.tieout"));
    let mut best: Option<Value> = None;
    for _ in 0..RUNS {
        let mut command = workspace.cargo(&["run", "--quiet", "--release", "--package", "tieout-application"]);
        command.args(["--example", "incremental", "--"]).arg(&book).args([decided, NEW]);
        let told = run::read(&mut command)?;
        let found: Value = serde_json::from_str(told.trim())
            .map_err(|error| Failure::new(format!("the measurement told {told:?}: {error}")))?;
        let sum = |value: &Value| STEPS.iter().map(|step| seconds(value, step)).sum::<f64>();
        if best.as_ref().is_none_or(|best| sum(&found) < sum(best)) {
            best = Some(found);
        }
    }
    best.ok_or_else(|| Failure::new("nothing was measured"))
}

fn seconds(told: &Value, step: &str) -> f64 {
    told.get(step).and_then(Value::as_f64).unwrap_or(f64::NAN)
}
