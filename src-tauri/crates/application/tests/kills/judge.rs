//! What is left after a kill, compared with what was said and with what the work does when nobody kills it.

use std::{
    collections::BTreeMap,
    fmt,
    path::Path,
    time::{Duration, Instant},
};

use tieout_application::{Session, backup::Found, verify::verify};

use crate::{
    Rehearsal,
    work::{self, Operation},
};

/// What was found after one kill.
#[derive(Debug, Default)]
pub(crate) struct Verdict {
    pub(crate) lost: bool,
    pub(crate) half: bool,
    pub(crate) faults: Vec<String>,
    pub(crate) reopening: Duration,
}

/// All kills so far.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    kills: BTreeMap<&'static str, u32>,
    lost: u32,
    half: u32,
    slowest: Duration,
    pub(crate) faults: Vec<String>,
}

impl Tally {
    pub(crate) fn add(&mut self, operation: Operation, kill: usize, verdict: Verdict) {
        *self.kills.entry(operation.name()).or_default() += 1;
        self.lost += u32::from(verdict.lost);
        self.half += u32::from(verdict.half);
        self.slowest = self.slowest.max(verdict.reopening);
        self.faults.extend(verdict.faults.iter().map(|fault| format!("kill {kill}, {}: {fault}", operation.name())));
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kills {}:", self.kills.values().sum::<u32>())?;
        for (name, kills) in &self.kills {
            write!(f, " {name} {kills},")?;
        }
        let (lost, half, seconds) = (self.lost, self.half, self.slowest.as_secs_f64());
        write!(f, " lost {lost}, half {half}, other faults {}, ", self.faults.len() - (lost + half) as usize)?;
        write!(f, "slowest reopening {seconds:.2} s")
    }
}

/// Opens what is left, and compares it with what must be there after so many steps that were said to be done.
pub(crate) fn judge(folder: &Path, rehearsal: &Rehearsal, acknowledged: usize) -> Verdict {
    let mut verdict = Verdict::default();
    let Some(session) = reopen(folder, rehearsal, acknowledged, &mut verdict) else { return verdict };
    let state = work::state(&session);
    let at = |step: usize| rehearsal.states.get(step).and_then(Option::as_ref) == Some(&state);
    // A step that was not said may have been done all the same; an old file is brought up to date by opening it.
    let (here, next) = (at(acknowledged), at(acknowledged + 1));
    if !here && !next {
        let earlier = (0..acknowledged).any(at);
        (verdict.lost, verdict.half) = (earlier, !earlier);
        let wanted = rehearsal.states.get(acknowledged).and_then(Option::as_ref);
        verdict.faults.push(format!("after {acknowledged} steps it is {state}, not {wanted:?} or one step further"));
    }
    let verified = session.verify_workbook().unwrap();
    if !verified.valid {
        let findings: Vec<_> = verified.findings.iter().map(|finding| finding.english()).collect();
        verdict.faults.push(format!("verify: {findings:?}"));
    }
    match rehearsal.operation {
        Operation::Export => exports(folder, acknowledged, &mut verdict),
        Operation::BackUp => backups(folder, &session, acknowledged, &mut verdict),
        _ => {}
    }
    session.close_workbook().unwrap();
    verdict
}

/// Opens it with the passphrase it must have: the one that was set, or the one that was about to be; never both.
fn reopen(folder: &Path, rehearsal: &Rehearsal, acknowledged: usize, verdict: &mut Verdict) -> Option<Session> {
    let rekeyed = rehearsal.operation == Operation::ChangePassphrase;
    let mut opening = Vec::new();
    for changes in acknowledged..=acknowledged + usize::from(rekeyed) {
        let session = work::session(folder);
        let began = Instant::now();
        let passphrase = work::passphrase(if rekeyed { changes } else { 0 });
        match work::open(&session, folder, &passphrase) {
            Ok(_) => {
                verdict.reopening = verdict.reopening.max(began.elapsed());
                session.close_workbook().unwrap();
                opening.push(passphrase);
            }
            Err(_) if rekeyed => {}
            Err(error) => verdict.faults.push(format!("it does not open: {error}")),
        }
    }
    let [passphrase] = opening.as_slice() else {
        verdict.half = true;
        verdict.faults.push(format!("{} passphrases open it", opening.len()));
        return None;
    };
    let session = work::session(folder);
    work::open(&session, folder, passphrase).unwrap();
    Some(session)
}

/// Whatever has the name of a report or a folder of them is whole; what was said is there.
fn exports(folder: &Path, acknowledged: usize, verdict: &mut Verdict) {
    let environment = work::environment(folder);
    let nobody = || unreachable!("a report needs no passphrase");
    for time in 1.. {
        let path = work::exported(folder, time);
        let is_there = if path.extension().is_some() { path.exists() } else { path.join("report.pdf").exists() };
        let said = time as usize <= acknowledged;
        if !is_there && !said {
            break;
        }
        let valid = is_there && verify(&environment, &path, &[], None, &nobody).is_ok_and(|verified| verified.valid);
        if !valid {
            (verdict.lost, verdict.half) = (said, !said);
            verdict.faults.push(format!("{} is not whole", path.display()));
        }
    }
}

/// Every backup that has its name restores, and none that was said is missing.
fn backups(folder: &Path, session: &Session, acknowledged: usize, verdict: &mut Verdict) {
    let stick = folder.join("stick");
    let checked = if stick.exists() { session.check_backups(Some(&stick), &|_| {}).unwrap() } else { Vec::new() };
    let whole = checked.iter().filter(|checked| matches!(checked.found, Found::Whole(_))).count();
    if whole < checked.len() {
        verdict.half = true;
        verdict.faults.push(format!("{checked:?}"));
    }
    if whole < acknowledged.min(1) {
        verdict.lost = true;
        verdict.faults.push(format!("{whole} backups, and {acknowledged} were said"));
    }
}
