//! Measurements, never part of the tests: taking files in; a few new records in a full workbook; `tieout reconcile` on
//! generated data with its quality, and the same beside a free matcher in one run.

mod imports;
mod incremental;
mod measure;

use std::{
    env,
    path::{Path, PathBuf},
};

use measure::{Measurement, measure};

use crate::{
    BenchOptions,
    run::{self, Outcome},
    setup::{self, Consent, Purpose},
    ui,
    workspace::{Profile, Workspace, create_folder},
};

const PROFILE: &str = "hard";

/// Generates data where there is none yet, measures, scores, and prints one line a size.
pub(crate) fn bench(workspace: &Workspace, consent: Consent, options: &BenchOptions) -> Outcome {
    setup::install(workspace, consent, &[Purpose::Build])?;
    ui::install_and_build(workspace)?;
    workspace.build_binaries(Profile::Release)?;
    imports::bench(workspace)?;
    incremental::bench(workspace)?;
    let Some(tools) = bench_folder(workspace) else {
        println!("There are no data to reconcile here: set TIEOUT_SHARED to the folder that holds bench/gen_recon.py.");
        return Ok(());
    };
    for size in &options.size {
        measure_size(workspace, &tools, size, options.seed)?;
    }
    Ok(())
}

fn bench_folder(workspace: &Workspace) -> Option<PathBuf> {
    let shared = env::var_os("TIEOUT_SHARED").map_or_else(|| workspace.root.join("..").join("shared"), PathBuf::from);
    let folder = shared.join("bench");
    folder.join("gen_recon.py").is_file().then_some(folder)
}

fn measure_size(workspace: &Workspace, tools: &Path, size: &str, seed: u32) -> Outcome {
    let bench = workspace.target.join("bench");
    let data = bench.join(format!("bank_{PROFILE}_{size}_{seed}"));
    if !data.join("truth.csv").is_file() {
        generate(workspace, tools, size, seed, &data)?;
    }
    let out = bench.join(format!("run_{size}_{seed}"));
    create_folder(&out)?;
    let ours = measure(|| {
        let mut command = workspace.command(workspace.binary("tieout", Profile::Release));
        command.args(["reconcile", "--profile", "bank", "--json", "--statement"]).arg(data.join("bank.csv"));
        command.arg("--ledger").arg(data.join("ledger.csv")).arg("--out").arg(&out);
        Ok(command)
    })?;
    println!("\ntieout reconcile, bank {PROFILE} {size}, seed {seed}: {ours}");
    let mut score = workspace.command("python3");
    score.arg(tools.join("score_run.py")).arg("--truth").arg(data.join("truth.csv")).arg("--run").arg(&out);
    run::run(score.args(["--threshold", "0.98", "--brief"]))?;
    let Some(theirs) = measure_rapidfuzz(workspace, tools, &data)? else {
        println!("rapidfuzz: not measured; pip install numpy polars rapidfuzz unidecode, then call this again");
        return Ok(());
    };
    println!("rapidfuzz greedy: {theirs}");
    println!("tieout takes {:.2} of rapidfuzz's time", ours.time.as_secs_f64() / theirs.time.as_secs_f64());
    Ok(())
}

fn generate(workspace: &Workspace, tools: &Path, size: &str, seed: u32, data: &Path) -> Outcome {
    create_folder(data)?;
    let mut command = workspace.command("python3");
    command.arg(tools.join("gen_recon.py")).args(["--mode", "bank", "--profile", PROFILE, "--n", size]);
    run::run(command.args(["--seed", &seed.to_string(), "--out"]).arg(data))
}

fn measure_rapidfuzz(workspace: &Workspace, tools: &Path, data: &Path) -> Outcome<Option<Measurement>> {
    let modules = ["-c", "import numpy, polars, rapidfuzz, unidecode"];
    if !run::succeeds(workspace.command("python3").args(modules)) {
        return Ok(None);
    }
    let pairs = data.join("rapidfuzz.csv");
    measure(|| {
        let mut command = workspace.command("python3");
        command.arg(tools.join("baselines").join("d_rapidfuzz.py")).arg(data).arg(&pairs);
        Ok(command)
    })
    .map(Some)
}
