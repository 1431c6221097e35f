#![allow(clippy::unwrap_used, clippy::panic)]

use std::{
    fs,
    path::PathBuf,
    process::Command,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use tieout_domain::Said;
use tieout_statements::{DecodeOptions, Limits, decode as decode_here};

use super::{
    Allowance, Answer, Wanted, ask, child, decode,
    protocol::{read_answer, write_request},
};
use crate::ApplicationError;

/// Something that needs isolation and is decoded only in the child.
const MARKUP: &[u8] = b"<?xml version=\"1.0\"?><Document/>";

/// A reader that does what a script says. Another process writes it: a test that starts its own child meanwhile would hand
/// our open file on to it, and a file that somebody may write to cannot be run.
fn reader(folder: &tempfile::TempDir, script: &str) -> PathBuf {
    let path = folder.path().join("reader");
    let script = format!("#!/bin/sh\n{script}\n");
    let written = Command::new("sh")
        .args(["-c", r#"printf '%s' "$1" > "$0" && chmod 755 "$0""#])
        .args([path.as_os_str(), script.as_ref()])
        .status()
        .unwrap();
    assert!(written.success());
    path
}

#[track_caller]
fn check(script: &str, said: &str) {
    let folder = tempfile::tempdir().unwrap();
    let error = decode(MARKUP, &DecodeOptions::default(), &reader(&folder, script), &|| false).unwrap_err();
    assert!(error.to_string().contains(said), "{error} should contain {said}");
}

#[test]
fn each_end_of_a_child_has_its_own_line() {
    check("exec >&-; echo 'memory allocation of 549755813888 bytes failed' >&2; kill -ABRT $$", "more memory");
    check("kill -KILL $$", "more memory");
    check("kill -XCPU $$", "takes longer");
    check("kill -SEGV $$", "stopped in the middle");
    check("exit 1", "stopped in the middle");
    check("printf 'nonsense'", "stopped in the middle");
    check(r"cat >/dev/null; printf '\4\5\0\0\0\0\0\0\0wrong'", "wrong");
}

#[test]
fn a_child_that_floods_stderr_is_no_trouble() {
    check(
        r"cat >/dev/null; dd if=/dev/zero bs=1000 count=1000 2>/dev/null >&2; printf '\4\5\0\0\0\0\0\0\0wrong'",
        "wrong",
    );
}

#[test]
fn a_cancelled_child_ends_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let script = format!("echo $$ > {}; exec sleep 60", folder.path().join("id").display());
    let reader = reader(&folder, &script);
    let asked = AtomicBool::new(false);
    let started = Instant::now();
    let cancelled = || started.elapsed() > Duration::from_millis(200) && !asked.swap(true, Ordering::Relaxed);
    let error = ask(Wanted::Members, MARKUP, &DecodeOptions::default(), &reader, &cancelled).unwrap_err();
    assert!(matches!(error, ApplicationError::Cancelled), "{error}");
    assert!(started.elapsed() < Duration::from_secs(10));
    let id = fs::read_to_string(folder.path().join("id")).unwrap();
    let alive = fs::read_to_string(format!("/proc/{}/cmdline", id.trim())).unwrap_or_default();
    assert!(!alive.contains("sleep"), "the child is still there");
}

#[test]
fn time_and_memory_grow_with_the_file() {
    let (small, large) = (Allowance::of(1_400), Allowance::of(50 << 20));
    assert!(small.time < large.time && small.memory_bytes < large.memory_bytes);
}

/// Both ends of the pipe, without a process between.
fn served(wanted: Wanted, bytes: &[u8], options: &DecodeOptions) -> Answer {
    let (mut request, mut answer) = (Vec::new(), Vec::new());
    write_request(&mut request, wanted, bytes, options).unwrap();
    child::serve(&mut request.as_slice(), &mut answer).unwrap();
    for end in 0..answer.len() {
        assert!(read_answer(&mut &answer[..end], &options.limits).is_err(), "cut off at {end}");
    }
    read_answer(&mut answer.as_slice(), &options.limits).unwrap()
}

#[test]
fn a_table_comes_back_as_it_would_be_read_here() {
    let options = DecodeOptions { file_name: "may.xls".to_owned(), ..DecodeOptions::default() };
    let bytes = b"Date,Amount\n2024-05-02,1.00\n";
    let here = decode_here(bytes, &options).unwrap();
    assert_eq!(served(Wanted::Table, bytes, &options), Answer::Table(Box::new(here)));
}

#[test]
fn limits_and_refusals_cross_the_pipe() {
    let limits = Limits { rows: 1, ..Limits::default() };
    let options = DecodeOptions { limits, sheet: Some(String::new()), ..DecodeOptions::default() };
    let bytes = b"Date,Amount\n2024-05-02,1.00\n2024-05-03,1.00\n";
    let refusal = Said::from(decode_here(bytes, &options).unwrap_err());
    assert_eq!(served(Wanted::Table, bytes, &options), Answer::Refused(refusal.packed()));
    assert_eq!(served(Wanted::Members, bytes, &options), Answer::Members(None));
}

#[test]
fn the_files_of_an_archive_come_back() {
    // Stored, not compressed: `a.csv` with the bytes `x`.
    let local = b"PK\x03\x04\x0a\0\0\0\0\0\0\0\x21\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x05\0\0\0a.csvx";
    let central = b"PK\x01\x02\x0a\0\x0a\0\0\0\0\0\0\0\x21\0\x83\x16\xdc\x8c\x01\0\0\0\x01\0\0\0\x05\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0a.csv";
    let end = b"PK\x05\x06\0\0\0\0\x01\0\x01\0\x33\0\0\0\x24\0\0\0\0\0";
    let archive = [&local[..], central, end].concat();
    let Answer::Members(Some(members)) = served(Wanted::Members, &archive, &DecodeOptions::default()) else {
        panic!("no files");
    };
    let found: Vec<(&str, &[u8])> = members.iter().map(|one| (one.name.as_str(), one.bytes.as_slice())).collect();
    assert_eq!(found, [("a.csv", &b"x"[..])]);
}
