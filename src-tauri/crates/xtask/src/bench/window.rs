//! The real window on the grids' workbook: start, decisions, pages, scrolling, memory.

use std::path::Path;

use serde_json::Value;

use super::grids::{self, DECISION_MAX, PAGE_MAX};
use crate::{
    run::{self, Failure, Outcome},
    session::Session,
    workspace::{Profile, Workspace},
};

/// DESIGN section 7, in milliseconds.
const START_MAX: f64 = 1_500.0;
/// Of the program without its web view, in MiB.
const MEMORY_MAX: f64 = 600.0;

/// Tells what the window takes from the press of a key to the picture, with what is above its limit marked.
pub(super) fn bench(workspace: &Workspace) -> Outcome {
    let book = grids::book(workspace);
    if !book.is_file() {
        return Err(Failure::new(format!("{} is missing: the grids' measurement makes it", book.display())));
    }
    let Some(driver) = workspace.program("tauri-driver") else {
        println!("\nThe window is not measured: there is no tauri-driver here.");
        return Ok(());
    };
    println!("\nthe window on {} lines and entries, milliseconds to the picture: median, worst", grids::LINES);
    let told = measured(workspace, &book, &driver)?;
    // Beside it stands what services of the desktop say when they are begun.
    for line in told.lines().filter(|line| line.starts_with('{')) {
        let found: Value = serde_json::from_str(line)
            .map_err(|error| Failure::new(format!("the measurement told {line:?}: {error}")))?;
        println!("{}", line_of(&found));
    }
    Ok(())
}

fn measured(workspace: &Workspace, book: &Path, driver: &Path) -> Outcome<String> {
    let session = Session::new()?;
    let mut command = session.command(workspace, "cargo");
    command
        .args(["run", "--quiet", "--package", "tieout-tests", "--example", "speed", "--"])
        .arg(book)
        .env("TIEOUT_DESKTOP_BIN", workspace.binary("tieout-desktop", Profile::Release))
        .env("TIEOUT_SCREENSHOTS", workspace.target.join("screenshots"))
        .env("TIEOUT_MEASURED", "1")
        .env("TIEOUT_DRIVER", driver);
    run::read(&mut command)
}

fn line_of(found: &Value) -> String {
    let number = |name: &str| found.get(name).and_then(Value::as_f64).unwrap_or(f64::NAN);
    let text = |name: &str| found.get(name).and_then(Value::as_str).unwrap_or_default();
    if found.get("what").is_some() {
        let (what, median) = (text("what"), number("ms"));
        let slow = if median > most(what) { "SLOW: " } else { "" };
        format!("{median:>9.0} {:>9.0}  {slow}{what} ({} times)", number("worst_ms"), number("of"))
    } else if found.get("scroll").is_some() {
        let blank = if number("blank") > 0.0 { "BLANK: " } else { "" };
        let (frames, longest) = (number("of"), number("longest_ms"));
        format!(
            "{:>9.0} {longest:>9.0}  {blank}blank of {frames} frames, longest frame: {}",
            number("blank"),
            text("scroll")
        )
    } else {
        let (core, all) = (number("memory_mib"), number("with_web_view_mib"));
        let much = if core > MEMORY_MAX { "MUCH: " } else { "" };
        format!("{core:>9.0} {all:>9.0}  {much}MiB, with the web view, at: {} ({})", text("when"), text("each"))
    }
}

/// What a measurement may take at most: those of the same kind begin alike.
fn most(what: &str) -> f64 {
    [("start", START_MAX), ("decision", DECISION_MAX), ("page", PAGE_MAX)]
        .into_iter()
        .find_map(|(kind, most)| what.starts_with(kind).then_some(most))
        .unwrap_or(f64::INFINITY)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_above_its_limit_is_marked() {
        let told = |what: &str, ms: f64| line_of(&json!({ "what": what, "ms": ms, "worst_ms": ms, "of": 3 }));
        assert!(told("decision: undo", 101.0).contains("SLOW: decision: undo (3 times)"));
        assert!(!told("decision: undo", 99.0).contains("SLOW"));
        assert!(told("page of lines: page down", 51.0).contains("SLOW"));
        assert!(!told("lines: opened", 5_000.0).contains("SLOW"));
        assert!(line_of(&json!({ "scroll": "lines", "blank": 1, "of": 9, "longest_ms": 20 })).contains("BLANK"));
        assert!(line_of(&json!({ "memory_mib": 601, "with_web_view_mib": 900, "when": "review" })).contains("MUCH"));
    }
}
