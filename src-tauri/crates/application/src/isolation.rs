//! Reading untrusted spreadsheets in a child process of the same binary, with limits on memory and time.
//!
//! A spreadsheet of a few kilobytes can ask its reader for hundreds of gigabytes, which aborts the process. So both
//! binaries call [`run_if_child`] first of all: started with [`CHILD_ARGUMENT`] they only read bytes from stdin, decode
//! them and write the table to stdout.

use std::{
    io::{self, Read, Write},
    path::Path,
    process::{Child, Command, ExitCode, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use tieout_statements::{DecodeOptions, Table};

use crate::ApplicationError;

/// The argument that turns the binary into a reader.
pub const CHILD_ARGUMENT: &str = "--decode-untrusted";

/// Address space of the child, in bytes. What the binary maps at its start counts too.
const MEMORY_LIMIT: u64 = 4 << 30;
/// Wall-clock time of the child.
const TIME_LIMIT: Duration = Duration::from_secs(120);
const DECODED: u8 = 0;
const REFUSED: u8 = 1;

/// Decodes a file: text here, spreadsheets in a child of `reader` (this very binary).
pub(crate) fn decode(bytes: &[u8], options: &DecodeOptions, reader: &Path) -> Result<Table, ApplicationError> {
    if tieout_statements::needs_isolation(bytes) {
        decode_in_child(bytes, options, reader)
    } else {
        tieout_statements::decode(bytes, options).map_err(ApplicationError::from)
    }
}

fn decode_in_child(bytes: &[u8], options: &DecodeOptions, reader: &Path) -> Result<Table, ApplicationError> {
    let failed = |what: &str| ApplicationError::Unreadable(format!("the spreadsheet could not be read: {what}"));
    let mut child = Command::new(reader)
        .arg(CHILD_ARGUMENT)
        .env_clear()
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|source| ApplicationError::file(reader, source))?;
    let answer = exchange(&mut child, bytes, options)
        .ok_or_else(|| failed("it takes too long; save it as CSV and try again"))?;
    match answer.split_first() {
        Some((&DECODED, table)) => Table::read_from(table).map_err(ApplicationError::from),
        Some((&REFUSED, reason)) => Err(ApplicationError::Unreadable(String::from_utf8_lossy(reason).into_owned())),
        _ => Err(failed("it needs more memory than a statement may; save the sheet as CSV and try again")),
    }
}

/// Sends the request, waits for the whole answer and ends the child; `None` when time is up.
fn exchange(child: &mut Child, bytes: &[u8], options: &DecodeOptions) -> Option<Vec<u8>> {
    let (mut stdin, mut stdout) = (child.stdin.take()?, child.stdout.take()?);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        // A child that refuses stops reading, one that was ended answers short: what it answered is what counts.
        scope.spawn(move || write_request(&mut stdin, bytes, options));
        scope.spawn(move || {
            let mut answer = Vec::new();
            let _ = stdout.read_to_end(&mut answer);
            let _ = sender.send(answer);
        });
        let answer = receiver.recv_timeout(TIME_LIMIT).ok();
        end(child);
        answer
    })
}

fn end(child: &mut Child) {
    // Already ended in the usual case: both calls then only reap it.
    let _ = child.kill();
    let _ = child.wait();
}

fn write_request(stdin: &mut impl Write, bytes: &[u8], options: &DecodeOptions) -> io::Result<()> {
    for text in [&options.file_name, options.sheet.as_deref().unwrap_or_default()] {
        let length = u32::try_from(text.len()).map_err(io::Error::other)?;
        stdin.write_all(&length.to_le_bytes())?;
        stdin.write_all(text.as_bytes())?;
    }
    stdin.write_all(bytes)?;
    stdin.flush()
}

fn read_text(stdin: &mut impl Read) -> io::Result<String> {
    let mut length = [0; 4];
    stdin.read_exact(&mut length)?;
    let mut text = Vec::new();
    stdin.take(u64::from(u32::from_le_bytes(length))).read_to_end(&mut text)?;
    String::from_utf8(text).map_err(io::Error::other)
}

/// Serves as the reader when the process was started as one. Call it before anything else in `main`.
pub fn run_if_child() -> Option<ExitCode> {
    (std::env::args().nth(1).as_deref() == Some(CHILD_ARGUMENT)).then(|| {
        set_limits();
        match serve(&mut io::stdin().lock(), &mut io::stdout().lock()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        }
    })
}

fn serve(stdin: &mut impl Read, stdout: &mut impl Write) -> io::Result<()> {
    let file_name = read_text(stdin)?;
    let sheet = Some(read_text(stdin)?).filter(|sheet| !sheet.is_empty());
    let mut bytes = Vec::new();
    stdin.read_to_end(&mut bytes)?;
    match tieout_statements::decode(&bytes, &DecodeOptions { file_name, sheet, ..DecodeOptions::default() }) {
        Ok(table) => {
            stdout.write_all(&[DECODED])?;
            table.write_to(&mut *stdout)?;
        }
        Err(error) => {
            stdout.write_all(&[REFUSED])?;
            stdout.write_all(error.to_string().as_bytes())?;
        }
    }
    stdout.flush()
}

/// On Unix the kernel holds the child to its limits; elsewhere only the parent's clock does.
fn set_limits() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
        // A system that refuses a limit still has the parent's clock.
        let _ = setrlimit(Resource::As, limit(MEMORY_LIMIT));
        let _ = setrlimit(Resource::Cpu, limit(TIME_LIMIT.as_secs()));
        let _ = setrlimit(Resource::Core, limit(0));
    }
}
