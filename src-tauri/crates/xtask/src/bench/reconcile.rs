//! `tieout reconcile` on generated data of every kind, with its quality, next to what free tools do with the same files.

use std::path::{Path, PathBuf};

use super::measure::{Measurement, measure};
use crate::{
    run::{self, Outcome},
    workspace::{Profile, Workspace, create_folder},
};

/// How hard the generated data are.
const NOISE: [&str; 2] = ["medium", "hard"];

/// One kind of data.
struct Kind {
    /// The generator's name for it.
    mode: &'static str,
    /// Ours.
    profile: &'static str,
    peers: &'static [Peer],
}

/// A free tool that does the same job, or a part of it.
struct Peer {
    name: &'static str,
    /// What must be installed for it.
    modules: &'static str,
    script: &'static str,
    /// What the script is told between the folder of data and the file to write, and after it.
    before: &'static [&'static str],
    after: &'static [&'static str],
    /// Whether it writes pairs that can be scored.
    scored: bool,
    /// Lines beyond which it takes minutes.
    lines_max: u64,
}

const KINDS: [Kind; 3] = [
    Kind {
        mode: "bank",
        profile: "bank",
        peers: &[
            Peer {
                name: "amount and date in DuckDB",
                modules: "duckdb",
                script: "a_naive_sql.py",
                before: &[],
                after: &["wide"],
                scored: true,
                lines_max: u64::MAX,
            },
            Peer {
                name: "rapidfuzz, greedy",
                modules: "numpy, polars, rapidfuzz, unidecode",
                script: "d_rapidfuzz.py",
                before: &[],
                after: &[],
                scored: true,
                lines_max: 200_000,
            },
            Peer {
                name: "Splink 4",
                modules: "splink, pandas, unidecode",
                script: "b_splink.py",
                before: &[],
                after: &[],
                scored: true,
                lines_max: 100_000,
            },
        ],
    },
    Kind { mode: "cuscode", profile: "deposits", peers: &[] },
    Kind {
        mode: "processor",
        profile: "processor",
        peers: &[Peer {
            name: "join on the identifier in DuckDB",
            modules: "duckdb",
            script: "p_join.py",
            before: &["duckdb"],
            after: &[],
            scored: false,
            lines_max: u64::MAX,
        }],
    },
];

/// Generates what is missing, measures every kind at both levels of noise, and prints a block for each.
pub(super) fn bench(workspace: &Workspace, tools: &Path, size: &str, seed: u32) -> Outcome {
    for kind in &KINDS {
        for noise in NOISE {
            measure_kind(workspace, tools, kind, noise, size, seed)?;
        }
    }
    Ok(())
}

fn measure_kind(workspace: &Workspace, tools: &Path, kind: &Kind, noise: &str, size: &str, seed: u32) -> Outcome {
    let folder = workspace.target.join("bench");
    let data = folder.join(format!("{}_{noise}_{size}_{seed}", kind.mode));
    if !data.join("truth.csv").is_file() {
        create_folder(&data)?;
        let mut command = workspace.command("python3");
        command.arg(tools.join("gen_recon.py")).args(["--mode", kind.mode, "--profile", noise, "--n", size]);
        run::run(command.args(["--seed", &seed.to_string(), "--out"]).arg(&data))?;
    }
    let out = folder.join(format!("run_{}_{noise}_{size}_{seed}", kind.mode));
    create_folder(&out)?;
    let ours = measure(|| {
        let mut command = workspace.command(workspace.binary("tieout", Profile::Release));
        command.args(["reconcile", "--profile", kind.profile, "--json", "--statement"]).arg(data.join("bank.csv"));
        command.arg("--ledger").arg(data.join("ledger.csv")).arg("--out").arg(&out);
        Ok(command)
    })?;
    println!("\ntieout reconcile, {} {noise} {size}, seed {seed}: {ours}", kind.mode);
    for by_status in [false, true] {
        let mut score = workspace.command("python3");
        score.arg(tools.join("score_run.py")).arg("--truth").arg(data.join("truth.csv")).arg("--run").arg(&out);
        let how: &[&str] = if by_status {
            &["--by-status", "--threshold", "1", "--brief"]
        } else {
            &["--threshold", "0.98", "--brief"]
        };
        run::run(score.args(how))?;
    }
    for peer in kind.peers.iter().filter(|peer| lines(size).is_none_or(|lines| lines <= peer.lines_max)) {
        measure_peer(workspace, tools, peer, &data, &ours)?;
    }
    Ok(())
}

/// `10k`, `1m` or a plain number of lines.
fn lines(size: &str) -> Option<u64> {
    let (digits, factor) = match size.to_ascii_lowercase() {
        size if size.ends_with('k') => (size[..size.len() - 1].to_owned(), 1_000),
        size if size.ends_with('m') => (size[..size.len() - 1].to_owned(), 1_000_000),
        size => (size, 1),
    };
    digits.parse::<u64>().ok()?.checked_mul(factor)
}

fn measure_peer(workspace: &Workspace, tools: &Path, peer: &Peer, data: &Path, ours: &Measurement) -> Outcome {
    let installed = format!("import {}", peer.modules);
    if !run::succeeds(workspace.command("python3").args(["-c", &installed])) {
        println!("{}: not measured; pip install -r bench/baselines/requirements.txt, then call this again", peer.name);
        return Ok(());
    }
    let pairs: PathBuf = data.join(peer.script).with_extension("csv");
    let theirs = measure(|| {
        let mut command = workspace.command("python3");
        command.arg(tools.join("baselines").join(peer.script)).arg(data).args(peer.before);
        command.arg(&pairs).args(peer.after);
        Ok(command)
    })?;
    println!("{}: {theirs}; tieout takes {:.2} of its time", peer.name, ours.ratio(&theirs));
    if peer.scored {
        let mut score = workspace.command("python3");
        score.arg(tools.join("score.py")).arg("--truth").arg(data.join("truth.csv")).arg("--pred").arg(&pairs);
        run::run(score.args(["--threshold", "0.9", "--brief"]))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_the_generator_reads_them() {
        assert_eq!(
            [lines("10k"), lines("1m"), lines("2500"), lines("many")],
            [Some(10_000), Some(1_000_000), Some(2_500), None]
        );
    }
}
