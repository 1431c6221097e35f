//! The child: reads one request from stdin, answers it on stdout and ends.

use std::{
    io::{self, Read, Write},
    process::ExitCode,
};

use tieout_domain::Said;
use tieout_statements::{archive_members, decode};

use super::{
    CHILD_ARGUMENT,
    protocol::{Answer, Wanted, read_request, write_answer},
};

/// Serves as the reader when the process was started as one. Call it before anything else in `main`.
pub fn run_if_child() -> Option<ExitCode> {
    let mut arguments = std::env::args().skip(1);
    if arguments.next().as_deref() != Some(CHILD_ARGUMENT) {
        return None;
    }
    let mut number = || arguments.next().and_then(|number| number.parse::<u64>().ok());
    let (Some(memory_bytes), Some(seconds)) = (number(), number()) else { return Some(ExitCode::FAILURE) };
    set_limits(memory_bytes, seconds);
    match serve(&mut io::stdin().lock(), &mut io::BufWriter::new(io::stdout().lock())) {
        Ok(()) => Some(ExitCode::SUCCESS),
        Err(_) => Some(ExitCode::FAILURE),
    }
}

pub(super) fn serve(stdin: &mut impl Read, stdout: &mut impl Write) -> io::Result<()> {
    let (wanted, options, bytes) = read_request(stdin)?;
    let answer = match wanted {
        Wanted::Table => decode(&bytes, &options).map(|table| Answer::Table(Box::new(table))),
        Wanted::Members => archive_members(&bytes, &options.limits).map(Answer::Members),
    };
    write_answer(stdout, &answer.unwrap_or_else(|error| Answer::Refused(Said::from(error).packed())))
}

/// On Unix the kernel holds the child to its limits; elsewhere only the parent's clock does.
fn set_limits(memory_bytes: u64, seconds: u64) {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = |current: u64, maximum: u64| Rlimit { current: Some(current), maximum: Some(maximum) };
        // A system that refuses a limit still has the parent's clock.
        let _ = setrlimit(Resource::As, limit(memory_bytes, memory_bytes));
        // First comes a signal that tells the cause, then the end.
        let _ = setrlimit(Resource::Cpu, limit(seconds, seconds.saturating_add(1)));
        let _ = setrlimit(Resource::Core, limit(0, 0));
    }
    #[cfg(not(unix))]
    let _ = (memory_bytes, seconds);
}
