//! The process is killed at random instants of whatever it does: what it said was done is there, nothing is half done,
//! chain, rows and figures agree, and the workbook opens again at once. `cargo xtask torture` does it more often.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

mod judge;
mod keys;
mod work;

use std::{
    fs,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use judge::{Tally, Verdict};
use work::Operation;

const FOLDER: &str = "TIEOUT_KILLS_FOLDER";
const OPERATION: &str = "TIEOUT_KILLS_OPERATION";
const REHEARSAL: &str = "TIEOUT_KILLS_REHEARSAL";

/// Not a test of its own: what [`what_is_killed_loses_nothing_that_was_done_and_leaves_nothing_half_done`] kills.
#[test]
fn work_until_killed() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let operation = Operation::named(&std::env::var(OPERATION).unwrap());
    work::perform(Path::new(&folder), operation, std::env::var_os(REHEARSAL).is_some());
}

#[test]
fn what_is_killed_loses_nothing_that_was_done_and_leaves_nothing_half_done() {
    let number = |name, otherwise| std::env::var(name).map_or(otherwise, |value| value.parse().unwrap());
    let (kills, seed, rows) =
        (number("TIEOUT_KILLS", 100), number("TIEOUT_KILLS_SEED", 7), number("TIEOUT_KILLS_ROWS", 400));
    let root = tempfile::tempdir().unwrap();
    work::prepare(root.path(), u32::try_from(rows).unwrap());
    let rehearsals = Operation::ALL.map(|operation| rehearse(root.path(), operation));
    let (next, tally) = (AtomicUsize::new(0), Mutex::new(Tally::default()));
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let kill = next.fetch_add(1, Ordering::Relaxed);
                    if kill as u64 >= kills {
                        break;
                    }
                    let rehearsal = &rehearsals[kill % rehearsals.len()];
                    let verdict = kill_once(root.path(), rehearsal, kill, random(seed, kill as u64));
                    tally.lock().unwrap().add(rehearsal.operation, kill, verdict);
                }
            });
        }
    });
    let tally = tally.into_inner().unwrap();
    #[expect(clippy::print_stdout, reason = "the figures are what the test is for")]
    {
        println!("\n{rows} rows, seed {seed}: {tally}");
    }
    assert!(tally.faults.is_empty(), "seed {seed}:\n{}", tally.faults.join("\n"));
}

/// What an operation does when nobody kills it.
pub(crate) struct Rehearsal {
    pub(crate) operation: Operation,
    /// How the workbook is before the first step, and after each; the first is not known of an old file.
    pub(crate) states: Vec<Option<String>>,
    lasts: Duration,
}

fn rehearse(root: &Path, operation: Operation) -> Rehearsal {
    let folder = root.join(format!("rehearsal-{}", operation.name()));
    copy(&root.join(operation.base()), &folder);
    let mut child = start(&folder, operation, true);
    let mut began = Instant::now();
    let mut rehearsal = Rehearsal { operation, states: vec![None], lasts: Duration::ZERO };
    for said in said(&mut child) {
        match said.split_once(' ').unwrap_or((said.as_str(), "")) {
            ("start", state) => rehearsal.states[0] = Some(state.to_owned()),
            ("done", state) => rehearsal.states.push(Some(state.to_owned())),
            ("end", _) => rehearsal.lasts = began.elapsed(),
            _ => began = Instant::now(),
        }
    }
    assert!(child.wait().unwrap().success(), "{} fails without being killed", operation.name());
    assert!(rehearsal.states.len() > 1);
    fs::remove_dir_all(folder).unwrap();
    rehearsal
}

fn start(folder: &Path, operation: Operation, rehearsed: bool) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["work_until_killed", "--exact", "--nocapture"]);
    command.env(FOLDER, folder).env(OPERATION, operation.name());
    if rehearsed {
        command.env(REHEARSAL, "1");
    }
    command.stdout(Stdio::piped()).stderr(if rehearsed { Stdio::inherit() } else { Stdio::null() });
    command.spawn().unwrap()
}

fn said(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines.map_while(Result::ok).filter_map(|line| line.strip_prefix(work::SAYS).map(str::to_owned))
}

/// Starts the work on a copy, kills it at some instant, and looks at what is left.
fn kill_once(root: &Path, rehearsal: &Rehearsal, kill: usize, random: u64) -> Verdict {
    let operation = rehearsal.operation;
    let folder = root.join(format!("kill-{kill}"));
    copy(&root.join(operation.base()), &folder);
    let mut child = start(&folder, operation, false);
    let mut told = said(&mut child);
    assert_eq!(told.next().as_deref(), Some("ready"));
    let span = u64::try_from(rehearsal.lasts.as_micros()).unwrap().max(1);
    thread::sleep(Duration::from_micros(random % span));
    child.kill().unwrap();
    child.wait().unwrap();
    let acknowledged = told.filter(|said| said == "done").count();
    let verdict = judge::judge(&folder, rehearsal, acknowledged);
    if verdict.faults.is_empty() {
        fs::remove_dir_all(folder).unwrap();
    }
    verdict
}

/// The same for the same seed and kill, and as good as random otherwise (SplitMix64).
fn random(seed: u64, kill: u64) -> u64 {
    let mut mixed = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(kill.wrapping_mul(0xd1b5_4a32_d192_ed03));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry: PathBuf = entry.unwrap().path();
        let name = to.join(entry.file_name().unwrap());
        if entry.is_dir() {
            copy(&entry, &name);
        } else {
            fs::copy(&entry, &name).unwrap();
        }
    }
}
