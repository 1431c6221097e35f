//! What Linux tells of processes.

use std::{fs, time::Duration};

/// Clock ticks a second, as Linux counts them for programs.
const TICKS: f64 = 100.0;

/// How long ago the process was begun; to a hundredth of a second.
pub(crate) fn age(process: &str) -> Duration {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name before may hold blanks; the start is the 22nd value of all.
    let ticks = stat.rsplit_once(") ").and_then(|(_, rest)| rest.split(' ').nth(19)?.parse::<f64>().ok());
    let uptime = fs::read_to_string("/proc/uptime").unwrap_or_default();
    let uptime = uptime.split(' ').next().and_then(|text| text.parse::<f64>().ok());
    let (Some(ticks), Some(uptime)) = (ticks, uptime) else { panic!("/proc does not tell when {process} began") };
    Duration::from_secs_f64(uptime - ticks / TICKS)
}

/// Memory that the process holds, in KiB.
pub(crate) fn resident_kib(process: &str) -> u64 {
    value(&format!("/proc/{process}/status"), "VmRSS:")
}

/// The process and all it began, by name, with memory in KiB; what several share is divided among them.
pub(crate) fn with_children(process: &str) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut left = vec![process.to_owned()];
    while let Some(next) = left.pop() {
        let name = fs::read_to_string(format!("/proc/{next}/comm")).unwrap_or_default();
        found.push((name.trim().to_owned(), value(&format!("/proc/{next}/smaps_rollup"), "Pss:")));
        for thread in fs::read_dir(format!("/proc/{next}/task")).into_iter().flatten().flatten() {
            let children = fs::read_to_string(thread.path().join("children")).unwrap_or_default();
            left.extend(children.split_whitespace().map(str::to_owned));
        }
    }
    found
}

fn value(file: &str, name: &str) -> u64 {
    let text = fs::read_to_string(file).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name));
    line.and_then(|rest| rest.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
