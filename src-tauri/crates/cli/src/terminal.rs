//! Where words go: results to stdout, everything else to stderr.

use std::io::{IsTerminal, Write};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;
use tieout_application::{ApplicationError, Progress};

/// Words for people.
pub(crate) fn say(text: &str) {
    // Nobody reads a closed stderr.
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// A result. A reader that closed the pipe has seen enough.
pub(crate) fn print(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A result as one JSON object.
pub(crate) fn print_json(value: &impl Serialize) -> Result<(), ApplicationError> {
    let text = serde_json::to_string(value).map_err(|error| ApplicationError::Invalid(error.to_string()))?;
    print(&text);
    Ok(())
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
