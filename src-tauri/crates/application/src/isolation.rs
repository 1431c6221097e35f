//! Reading untrusted spreadsheets, archives and XML in a child process of the same binary, with limits on memory and
//! time.
//!
//! A spreadsheet of a few kilobytes can ask its reader for hundreds of gigabytes, which aborts the process. So both
//! binaries call [`run_if_child`] first of all: started with [`CHILD_ARGUMENT`] they only read bytes from stdin, decode
//! them and write the answer to stdout.

mod child;
mod protocol;
#[cfg(all(test, unix))]
mod tests;

use std::{
    io::{self, Read},
    path::Path,
    process::{Child, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::{Duration, Instant},
};

use tieout_domain::{Said, said};
use tieout_statements::{DecodeOptions, Limits, Member, Table, needs_isolation};

use crate::ApplicationError;
pub use child::run_if_child;
use protocol::{Answer, Wanted, read_answer, write_request};

/// The argument that turns the binary into a reader; bytes of memory and seconds of work follow it.
pub const CHILD_ARGUMENT: &str = "--decode-untrusted";

/// How often a child that works is looked at.
const POLL: Duration = Duration::from_millis(25);

/// Decodes a file: text here, spreadsheets and XML in a child of `reader` (this very binary). `cancelled` is asked all
/// the while; when it says yes the child is ended at once.
pub(crate) fn decode(
    bytes: &[u8],
    options: &DecodeOptions,
    reader: &Path,
    cancelled: &dyn Fn() -> bool,
) -> Result<Table, ApplicationError> {
    // What is too large is refused before it crosses a pipe.
    if !needs_isolation(bytes) || bytes.len() as u64 > options.limits.file_bytes {
        return tieout_statements::decode(bytes, options).map_err(ApplicationError::from);
    }
    match ask(Wanted::Table, bytes, options, reader, cancelled)? {
        Answer::Table(table) => Ok(*table),
        _ => Err(unreadable(said!("isolation.other", "its reader answered something else"))),
    }
}

/// The files of a ZIP archive, unpacked in a child; `None` where the bytes are no archive of files.
pub(crate) fn archive_members(
    bytes: &[u8],
    limits: &Limits,
    reader: &Path,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<Vec<Member>>, ApplicationError> {
    if !tieout_statements::is_zip(bytes) || bytes.len() as u64 > limits.file_bytes {
        return tieout_statements::archive_members(bytes, limits).map_err(ApplicationError::from);
    }
    let options = DecodeOptions { limits: *limits, ..DecodeOptions::default() };
    match ask(Wanted::Members, bytes, &options, reader, cancelled)? {
        Answer::Members(members) => Ok(members),
        _ => Err(unreadable(said!("isolation.other", "its reader answered something else"))),
    }
}

/// What a child may use.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    /// Address space. What the binary maps at its start counts too.
    memory_bytes: u64,
    /// Time by the wall's clock.
    time: Duration,
}

impl Allowance {
    /// By the size of the file: small ones that take long are hostile, large ones just take their time.
    fn of(file_bytes: usize) -> Self {
        const MEMORY: u64 = 2 << 30;
        const MEMORY_PER_BYTE: u64 = 32;
        /// Of any file up to a mebibyte; more for each beyond it. 200,000 rows, 9 MB, take about one second.
        const TIME: Duration = Duration::from_secs(4);
        const TIME_PER_MEBIBYTE: Duration = Duration::from_millis(500);
        /// Code that was not optimised, in development and tests, is that much slower.
        const SLOWNESS: u32 = if cfg!(debug_assertions) { 10 } else { 1 };
        let beyond = u32::try_from((file_bytes >> 20).saturating_sub(1)).unwrap_or(u32::MAX);
        Self {
            memory_bytes: (file_bytes as u64).saturating_mul(MEMORY_PER_BYTE).saturating_add(MEMORY),
            time: TIME.saturating_add(TIME_PER_MEBIBYTE.saturating_mul(beyond)).saturating_mul(SLOWNESS),
        }
    }
}

/// Why a child gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Failure {
    Cancelled,
    Time,
    Memory,
    Crash,
}

fn ask(
    wanted: Wanted,
    bytes: &[u8],
    options: &DecodeOptions,
    reader: &Path,
    cancelled: &dyn Fn() -> bool,
) -> Result<Answer, ApplicationError> {
    let allowance = Allowance::of(bytes.len());
    let mut child = start(reader, allowance).map_err(|source| ApplicationError::file(reader, source))?;
    match exchange(&mut child, wanted, bytes, options, allowance, cancelled) {
        Ok(Answer::Refused(reason)) => {
            Err(ApplicationError::Unreadable(Said::unpacked(&reason).unwrap_or_else(|| Said::in_english(reason))))
        }
        Ok(answer) => Ok(answer),
        Err(Failure::Cancelled) => Err(ApplicationError::Cancelled),
        Err(Failure::Time) => Err(unreadable(said!(
            "isolation.time",
            "it takes longer than a statement may; save the sheet as CSV and try again"
        ))),
        Err(Failure::Memory) => Err(unreadable(said!(
            "isolation.memory",
            "it needs more memory than a statement may; save the sheet as CSV and try again"
        ))),
        Err(Failure::Crash) => Err(unreadable(said!(
            "isolation.crash",
            "its reader stopped in the middle, as damaged files make it; export or save it again"
        ))),
    }
}

fn unreadable(why: Said) -> ApplicationError {
    ApplicationError::Unreadable(said!("isolation", "the file could not be read: {why}", why = why))
}

fn start(reader: &Path, allowance: Allowance) -> io::Result<Child> {
    let seconds = allowance.time.as_secs().saturating_add(1);
    Command::new(reader)
        .args([CHILD_ARGUMENT, &allowance.memory_bytes.to_string(), &seconds.to_string()])
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// Sends the request, waits for the whole answer and ends the child.
fn exchange(
    child: &mut Child,
    wanted: Wanted,
    bytes: &[u8],
    options: &DecodeOptions,
    allowance: Allowance,
    cancelled: &dyn Fn() -> bool,
) -> Result<Answer, Failure> {
    let (stdin, stdout, stderr) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(mut stdin), Some(stdout), Some(stderr)) = (stdin, stdout, stderr) else {
        end(child);
        return Err(Failure::Crash);
    };
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        // A child that refuses stops reading, one that was ended answers short: what it answered is what counts.
        scope.spawn(move || write_request(&mut stdin, wanted, bytes, options));
        scope.spawn(move || {
            let mut stdout = io::BufReader::with_capacity(1 << 16, stdout);
            let _ = sender.send(read_answer(&mut stdout, &options.limits));
        });
        let complaint = scope.spawn(move || complaint(stderr));
        let answer = wait(&receiver, allowance.time, cancelled);
        let status = end(child);
        let complaint = complaint.join().unwrap_or_default();
        match answer {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) => Err(cause(status, &complaint)),
            Err(failure) => Err(failure),
        }
    })
}

fn wait(
    receiver: &Receiver<io::Result<Answer>>,
    most: Duration,
    cancelled: &dyn Fn() -> bool,
) -> Result<io::Result<Answer>, Failure> {
    let started = Instant::now();
    loop {
        match receiver.recv_timeout(POLL) {
            Ok(answer) => return Ok(answer),
            Err(RecvTimeoutError::Disconnected) => return Err(Failure::Crash),
            Err(RecvTimeoutError::Timeout) if cancelled() => return Err(Failure::Cancelled),
            Err(RecvTimeoutError::Timeout) if started.elapsed() > most => return Err(Failure::Time),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

/// Ends the child. One that closed its pipes has a moment to end by itself, so that its status tells why.
fn end(child: &mut Child) -> Option<ExitStatus> {
    /// Polls that the moment lasts.
    const MOMENT: u32 = 8;
    for _ in 0..MOMENT {
        match child.try_wait() {
            Ok(None) => thread::sleep(POLL / 5),
            Ok(status) => return status,
            Err(_) => break,
        }
    }
    let _ = child.kill();
    child.wait().ok()
}

/// The beginning of what the child wrote to stderr.
fn complaint(mut stderr: impl Read) -> String {
    let mut start = Vec::new();
    let _ = stderr.by_ref().take(16 << 10).read_to_end(&mut start);
    let _ = io::copy(&mut stderr, &mut io::sink());
    String::from_utf8_lossy(&start).into_owned()
}

/// Why a child ended without a whole answer.
fn cause(status: Option<ExitStatus>, complaint: &str) -> Failure {
    if complaint.contains("memory allocation of") || complaint.contains("out of memory") {
        return Failure::Memory;
    }
    #[cfg(unix)]
    if let Some(signal) = status.and_then(|status| std::os::unix::process::ExitStatusExt::signal(&status)) {
        use rustix::process::Signal;
        if signal == Signal::XCPU.as_raw() {
            return Failure::Time;
        }
        // Nobody but a system short of memory ends it so.
        if signal == Signal::KILL.as_raw() {
            return Failure::Memory;
        }
    }
    let _ = status;
    Failure::Crash
}
