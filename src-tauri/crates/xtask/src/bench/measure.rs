//! Times a command and watches its memory.

use std::{
    fs,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::run::{Failure, Outcome};

/// Runs of each measurement; the median counts.
const RUNS: usize = 3;

/// Median time and greatest memory of some runs.
pub(super) struct Measurement {
    time: Duration,
    memory_kib: Option<u64>,
}

impl Measurement {
    /// This time in terms of the other.
    pub(super) fn ratio(&self, other: &Self) -> f64 {
        self.time.as_secs_f64() / other.time.as_secs_f64()
    }
}

impl std::fmt::Display for Measurement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3} s (median of {RUNS})", self.time.as_secs_f64())?;
        self.memory_kib.map_or(Ok(()), |memory| write!(f, ", {} MiB", memory / 1024))
    }
}

pub(super) fn measure(mut command: impl FnMut() -> Outcome<Command>) -> Outcome<Measurement> {
    let mut times = Vec::new();
    let mut memory_kib = None;
    for _ in 0..RUNS {
        let mut command = command()?;
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
