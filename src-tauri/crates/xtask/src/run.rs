//! Running programs: say what runs, how long it took, and what failed.

use std::{
    fmt,
    io::{self, BufRead, BufReader, IsTerminal, Read, Write},
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

/// Why a task could not be done, in words for the terminal.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// A task's result.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

impl Failure {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }

    /// A failure that the terminal has been told of already.
    pub(crate) fn told() -> Self {
        Self(String::new())
    }

    /// A failed access to a file or folder.
    pub(crate) fn at(what: &str, path: &Path, error: &dyn fmt::Display) -> Self {
        Self(format!("{what} {}: {error}", path.display()))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Runs the command with its output on the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    echo(command);
    let begun = Instant::now();
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() {
        return Ok(());
    }
    Err(failed(command, &status, begun))
}

/// Runs the command, shows its output as it comes, and returns the lines of it that `keep` wants.
pub(crate) fn run_keeping(command: &mut Command, keep: fn(&str) -> bool) -> (Outcome, Vec<String>) {
    echo(command);
    let begun = Instant::now();
    if io::stderr().is_terminal() {
        // The pipe hides the terminal from it.
        command.env("CARGO_TERM_COLOR", "always").env("FORCE_COLOR", "1");
    }
    let mut child = match command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return (Err(cannot_start(command, &error)), Vec::new()),
    };
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let kept = thread::scope(|scope| {
        let out = scope.spawn(move || stdout.map_or_else(Vec::new, |pipe| pass_on(pipe, io::stdout(), keep)));
        let mut kept = stderr.map_or_else(Vec::new, |pipe| pass_on(pipe, io::stderr(), keep));
        kept.extend(out.join().unwrap_or_default());
        kept
    });
    let outcome = match child.wait() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(failed(command, &status, begun)),
        Err(error) => Err(Failure(format!("lost sight of {}: {error}", line_of(command)))),
    };
    (outcome, kept)
}

/// Runs the command quietly and returns what it wrote to stdout.
pub(crate) fn read(command: &mut Command) -> Outcome<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(command, &error))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(text);
    }
    Err(Failure(format!("failed ({}): {}\n{text}", output.status, line_of(command))))
}

/// Whether the command runs and succeeds; its output is thrown away.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

fn pass_on(pipe: impl Read, mut terminal: impl Write, keep: fn(&str) -> bool) -> Vec<String> {
    let mut kept = Vec::new();
    let mut reader = BufReader::new(pipe);
    let mut line = Vec::new();
    while reader.read_until(b'\n', &mut line).is_ok_and(|length| length > 0) {
        // A closed terminal does not stop the run: the exit code still counts.
        let _ = terminal.write_all(&line).and_then(|()| terminal.flush());
        let text = String::from_utf8_lossy(&line);
        if keep(without_colour(&text).trim_start()) {
            kept.push(text.trim_end().to_owned());
        }
        line.clear();
    }
    kept
}

/// The text without its ANSI colour sequences (`ESC [ … letter`).
pub(crate) fn without_colour(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).map_or(part.len(), |at| at + 1);
        plain.push_str(&part[end..]);
    }
    plain
}

fn echo(command: &Command) {
    eprintln!("$ {}", line_of(command));
}

fn failed(command: &Command, status: &ExitStatus, begun: Instant) -> Failure {
    let program = command.get_program().to_string_lossy();
    Failure(format!("{program} failed after {} ({status})", seconds(begun.elapsed())))
}

fn line_of(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| quoted(&word.to_string_lossy())).collect::<Vec<_>>().join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_=./:,@+%^".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', "'\\''"))
    }
}

fn cannot_start(command: &Command, error: &io::Error) -> Failure {
    Failure(format!("cannot start {}: {error}", command.get_program().to_string_lossy()))
}

/// A duration as `1 min 05.2 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let total = duration.as_secs_f32();
    if total < 60.0 {
        format!("{total:.1} s")
    } else {
        format!("{} min {:04.1} s", duration.as_secs() / 60, total % 60.0)
    }
}

/// What became of a step.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Passed,
    Failed,
    Skipped,
}

/// The steps of a task: each runs whatever became of the others, unless it needs one that failed.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    done: Vec<(&'static str, Fate, Duration)>,
    failures: Vec<(&'static str, Failure)>,
}

impl Steps {
    /// Runs a step if all it needs is there, and says whether it passed.
    pub(crate) fn run(&mut self, name: &'static str, needs: bool, step: impl FnOnce() -> Outcome) -> bool {
        if !needs {
            self.done.push((name, Fate::Skipped, Duration::ZERO));
            return false;
        }
        eprintln!("\n== {name}");
        let begun = Instant::now();
        let fate = match step() {
            Ok(()) => Fate::Passed,
            Err(failure) => {
                eprintln!("{name}: {failure}");
                self.failures.push((name, failure));
                Fate::Failed
            }
        };
        let passed = fate == Fate::Passed;
        self.done.push((name, fate, begun.elapsed()));
        passed
    }

    /// Prints all steps with their times and why some failed; fails if any did not pass.
    pub(crate) fn finish(self) -> Outcome {
        eprintln!("\n== summary");
        for (name, fate, duration) in &self.done {
            let word = match fate {
                Fate::Passed => "ok",
                Fate::Failed => "FAILED",
                Fate::Skipped => "skipped",
            };
            eprintln!("{word:>8}  {:>14}  {name}", seconds(*duration));
        }
        for (name, failure) in &self.failures {
            eprintln!("{name}: {failure}");
        }
        let all_passed = self.done.iter().all(|(_, fate, _)| *fate == Fate::Passed);
        if all_passed { Ok(()) } else { Err(Failure::told()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_fails_the_task_but_hides_no_other() {
        let mut steps = Steps::default();
        let format = steps.run("format", true, || Err(Failure::new("not formatted")));
        let tests = steps.run("tests", true, || Ok(()));
        let end_to_end = steps.run("end to end", format, || Ok(()));
        assert_eq!((format, tests, end_to_end), (false, true, false));
        let fates: Vec<_> = steps.done.iter().map(|(_, fate, _)| fate).collect();
        assert_eq!(fates, [&Fate::Failed, &Fate::Passed, &Fate::Skipped]);
        assert!(steps.finish().is_err());
    }

    #[test]
    fn colours_are_taken_off() {
        assert_eq!(without_colour("\u{1b}[32;1m     Summary\u{1b}[0m [ 0.1s]"), "     Summary [ 0.1s]");
        assert_eq!(without_colour("plain"), "plain");
    }

    #[test]
    fn kept_lines_come_from_both_streams_and_the_exit_code_counts() {
        let mut command = Command::new("cargo");
        let (outcome, kept) = run_keeping(command.arg("--version"), |line| line.starts_with("cargo "));
        assert!(outcome.is_ok());
        assert_eq!(kept.len(), 1);
        let (outcome, kept) =
            run_keeping(Command::new("cargo").arg("no-such-task"), |line| line.contains("no-such-task"));
        assert!(outcome.is_err());
        assert!(!kept.is_empty());
    }
}
