//! `tieout reconcile` on generated data: time, memory and quality, and the same beside a free matcher in one run.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::{
    BenchOptions,
    run::{self, Failure, Outcome},
    setup::{self, Consent, Purpose},
    ui,
    workspace::{Profile, Workspace, create_folder},
};

/// Runs of each measurement; the median counts.
const RUNS: usize = 3;
const PROFILE: &str = "hard";

/// Generates data where there is none yet, measures, scores, and prints one line a size.
pub(crate) fn bench(workspace: &Workspace, consent: Consent, options: &BenchOptions) -> Outcome {
    let Some(tools) = bench_folder(workspace) else {
        println!("There are no benchmark data here: set TIEOUT_SHARED to the folder that holds bench/gen_recon.py.");
        return Ok(());
    };
    setup::install(workspace, consent, &[Purpose::Build])?;
    ui::install_and_build(workspace)?;
    workspace.build_binaries(Profile::Release)?;
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
        command
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
        command
    })
    .map(Some)
}

/// Median time and greatest memory of some runs.
struct Measurement {
    time: Duration,
    memory_kib: Option<u64>,
}

impl std::fmt::Display for Measurement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} s (median of {RUNS})", self.time.as_secs_f64())?;
        self.memory_kib.map_or(Ok(()), |memory| write!(f, ", {} MiB", memory / 1024))
    }
}

fn measure(command: impl Fn() -> Command) -> Outcome<Measurement> {
    let mut times = Vec::new();
    let mut memory_kib = None;
    for _ in 0..RUNS {
        let mut command = command();
        let begun = Instant::now();
        let spawned = command.stdout(Stdio::null()).stderr(Stdio::inherit()).spawn();
        let mut child = spawned.map_err(|error| Failure::new(format!("cannot start {command:?}: {error}")))?;
        let (status, peak) = watch(&mut child)?;
        times.push(begun.elapsed());
        memory_kib = memory_kib.max(peak);
        if !status.success() {
            return Err(Failure::new(format!("failed ({status}): {command:?}")));
        }
    }
    times.sort();
    Ok(Measurement { time: times[RUNS / 2], memory_kib })
}

/// Waits for the child and reads its peak memory from Linux while it lives; elsewhere there is none to read.
fn watch(child: &mut Child) -> Outcome<(std::process::ExitStatus, Option<u64>)> {
    let file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    loop {
        peak = peak.max(fs::read_to_string(&file).ok().and_then(|text| peak_kib(&text)));
        match child.try_wait() {
            Ok(Some(status)) => return Ok((status, peak)),
            Ok(None) => thread::sleep(Duration::from_millis(2)),
            Err(error) => return Err(Failure::new(format!("lost sight of a run: {error}"))),
        }
    }
}

fn peak_kib(status: &str) -> Option<u64> {
    status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn peak_memory_is_read_from_linuxs_status_file() {
        assert_eq!(peak_kib("Name:\ttieout\nVmPeak:\t 9 kB\nVmHWM:\t  312400 kB\n"), Some(312_400));
        assert_eq!(peak_kib("Name:\ttieout\n"), None);
    }
}
