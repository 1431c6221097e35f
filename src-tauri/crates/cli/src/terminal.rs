//! Where words go: results to stdout, everything else to stderr.

use std::{
    borrow::Cow,
    io::{IsTerminal, Write},
};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tieout_application::{ApplicationError, Progress};

/// Words for people.
pub(crate) fn say(text: &str) {
    // Nobody reads a closed stderr.
    let _ = writeln!(std::io::stderr(), "{}", shown(text));
}

/// A result. A reader that closed the pipe has seen enough.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{}", shown(text));
}

/// A result that is a file's content: as it is, but for a person who watches.
pub(crate) fn print_file(text: &str) {
    let text = if std::io::stdout().is_terminal() { shown(text) } else { Cow::Borrowed(text) };
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Where a file's content goes that is printed as it comes: as it is, but for a person who watches.
pub(crate) fn file_writer() -> Box<dyn Write> {
    let stdout = std::io::stdout();
    if stdout.is_terminal() { Box::new(Shown { out: stdout, line: Vec::new() }) } else { Box::new(stdout) }
}

/// A result as one JSON object.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), ApplicationError> {
    let text = serde_json::to_string(value).map_err(|error| ApplicationError::in_english(error.to_string()))?;
    let _ = writeln!(std::io::stdout(), "{}", escaped(&text, |letter| format!("\\u{:04x}", u32::from(letter))));
    Ok(())
}

/// The text as a terminal may have it: files hold texts of strangers, which must not move its cursor, rename its window or
/// turn a line around. Control characters but tab and end of line, and those that turn the direction of writing, are shown
/// escaped.
fn shown(text: &str) -> Cow<'_, str> {
    escaped(text, |letter| letter.escape_default().to_string())
}

fn escaped(text: &str, escape: impl Fn(char) -> String) -> Cow<'_, str> {
    if !text.chars().any(commands_the_terminal) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if commands_the_terminal(letter) {
            escaped.push_str(&escape(letter));
        } else {
            escaped.push(letter);
        }
    }
    Cow::Owned(escaped)
}

const fn commands_the_terminal(letter: char) -> bool {
    // The control characters but two; then embeddings, overrides and isolates of the bidirectional algorithm (Unicode Annex
    // 9, section 2).
    let is_harmless = matches!(letter, '\t' | '\n');
    !is_harmless
        && matches!(letter, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Writes line by line what may be shown.
struct Shown<W: Write> {
    out: W,
    line: Vec<u8>,
}

impl<W: Write> Write for Shown<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.write_line()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write> Shown<W> {
    fn write_line(&mut self) -> std::io::Result<()> {
        let line = std::mem::take(&mut self.line);
        self.out.write_all(shown(&String::from_utf8_lossy(&line)).as_bytes())
    }
}

impl<W: Write> Drop for Shown<W> {
    fn drop(&mut self) {
        // Nobody reads a closed stdout.
        let _ = self.write_line();
    }
}

/// A progress bar on stderr, where a person watches.
pub(crate) struct Bar(Option<ProgressBar>);

impl Bar {
    /// `quiet`: none, because the output is for a program.
    pub(crate) fn new(quiet: bool) -> Self {
        let watched = !quiet && std::io::stderr().is_terminal();
        Self(watched.then(|| {
            let bar = ProgressBar::new(0);
            if let Ok(style) = ProgressStyle::with_template("{msg:>10} {wide_bar} {human_pos}/{human_len}") {
                bar.set_style(style);
            }
            bar
        }))
    }

    /// Shows how far the work has come.
    pub(crate) fn show(&self, progress: Progress) {
        if let Some(bar) = &self.0 {
            bar.set_message(progress.stage);
            bar.set_length(progress.total);
            bar.set_position(progress.done);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_of_other_peoples_texts_are_shown_and_not_obeyed() {
        for (text, as_shown) in [
            ("a\tb\nK\u{f6}ln \u{1f600}", "a\tb\nK\u{f6}ln \u{1f600}"),
            ("\u{1b}[31mRED", "\\u{1b}[31mRED"),
            ("\u{9b}2J\u{7}\u{0}\u{7f}", "\\u{9b}2J\\u{7}\\u{0}\\u{7f}"),
            ("0.05\r9.05", "0.05\\r9.05"),
            ("abc\u{202e}fdp.exe", "abc\\u{202e}fdp.exe"),
        ] {
            assert_eq!(shown(text), as_shown);
        }
    }

    #[test]
    fn a_file_is_shown_line_by_line_however_it_is_written() {
        let mut out = Vec::new();
        let mut writer = Shown { out: &mut out, line: Vec::new() };
        for part in ["a,\u{1b}[3", "1mRED\nb,K\u{f6}ln", "\n", "c"] {
            writer.write_all(part.as_bytes()).unwrap();
        }
        drop(writer);
        assert_eq!(String::from_utf8(out).unwrap(), "a,\\u{1b}[31mRED\nb,K\u{f6}ln\nc");
    }

    #[test]
    fn json_stays_json() {
        let text = serde_json::to_string("a\u{1b}\u{9b}\u{202e}").unwrap();
        let shown = escaped(&text, |letter| format!("\\u{:04x}", u32::from(letter)));
        assert_eq!(shown, r#""a\u001b\u009b\u202e""#);
        assert_eq!(serde_json::from_str::<String>(&shown).unwrap(), "a\u{1b}\u{9b}\u{202e}");
    }
}
