//! All tests, in the order of what they cost.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    bindings, lint,
    run::{self, Failure, Outcome, Steps},
    session::Session,
    setup::{self, Consent, Purpose},
    ui,
    workspace::{Profile, Workspace, create_folder, user_folders},
};

/// Runs everything; a failure hides no later test unless that needs what failed. Ends with the runners' own summaries.
pub(crate) fn test(workspace: &Workspace, consent: Consent) -> Outcome {
    setup::install(workspace, consent, &Purpose::ALL)?;
    let user_data = UserData::list()?;
    let mut summaries = Vec::new();
    let mut steps = Steps::default();
    steps.run("format", true, || lint::format(workspace));
    let installed = steps.run("UI packages", true, || ui::install(workspace));
    steps.run("UI types", installed, || ui::check_types(workspace));
    steps.run("UI lint", installed, || ui::lint(workspace));
    steps.run("UI unit tests", installed, || keeping(&mut summaries, ui::unit_tests(workspace)));
    let ui_built = steps.run("UI build", installed, || ui::build(workspace));
    // The shell embeds the UI; for everything but the window an older one will do.
    let embeddable = ui_built || ui::is_built(workspace);
    steps.run("clippy", embeddable, || lint::clippy(workspace));
    let built = steps.run("build", embeddable, || build(workspace));
    steps.run("generated TypeScript types", built, || bindings::check(workspace));
    steps.run("Rust tests", built, || {
        keeping(&mut summaries, nextest(workspace, &format!("not package({END_TO_END})")))
    });
    steps.run("end-to-end tests", built && ui_built, || {
        keeping(&mut summaries, nextest(workspace, &end_to_end_filter()))
    });
    steps.run("user's data untouched", true, || user_data.check());
    let outcome = steps.finish();
    eprintln!();
    for line in summaries {
        eprintln!("{line}");
    }
    outcome
}

/// The package of the tests that span crates.
const END_TO_END: &str = "tieout-tests";

/// The window's tests need WebKitWebDriver, which only Linux has.
fn end_to_end_filter() -> String {
    if cfg!(target_os = "linux") {
        format!("package({END_TO_END})")
    } else {
        format!("package({END_TO_END}) and not binary(window)")
    }
}

/// Binaries and tests in one go, so that both agree on the features of what they share.
fn build(workspace: &Workspace) -> Outcome {
    run::run(&mut workspace.cargo(&["build", "--workspace", "--bins", "--tests"]))
}

fn nextest(workspace: &Workspace, filter: &str) -> (Outcome, Vec<String>) {
    match prepare_nextest(workspace, filter) {
        Ok((session, mut command)) => {
            let result = run::run_keeping(&mut command, is_nextest_summary);
            drop(session);
            result
        }
        Err(failure) => (Err(failure), Vec::new()),
    }
}

fn prepare_nextest(workspace: &Workspace, filter: &str) -> Outcome<(Session, Command)> {
    let screenshots = workspace.target.join("screenshots");
    create_folder(&screenshots)?;
    let session = Session::new()?;
    let mut command = session.command(workspace, "cargo");
    command
        .args(["nextest", "run", "--workspace", "--filterset", filter])
        .env("TIEOUT_BIN", workspace.binary("tieout", Profile::Debug))
        .env("TIEOUT_DESKTOP_BIN", workspace.binary("tieout-desktop", Profile::Debug))
        .env("TIEOUT_SCREENSHOTS", screenshots);
    if cfg!(target_os = "linux") {
        // What is ignored elsewhere needs a real keychain, and this session has one of its own.
        command.args(["--run-ignored", "all"]);
    }
    if let Some(driver) = workspace.program("tauri-driver") {
        command.env("TIEOUT_DRIVER", driver);
    }
    Ok((session, command))
}

fn is_nextest_summary(line: &str) -> bool {
    line.starts_with("Summary [") || line.starts_with("error: no tests to run")
}

fn keeping(summaries: &mut Vec<String>, (outcome, lines): (Outcome, Vec<String>)) -> Outcome {
    summaries.extend(lines);
    outcome
}

/// What the user's own Tieout keeps on this machine, as it was before the tests.
#[derive(Debug, PartialEq, Eq)]
struct UserData(Vec<(PathBuf, u64, Option<std::time::SystemTime>)>);

impl UserData {
    fn list() -> Outcome<Self> {
        let mut files = Vec::new();
        for folder in user_folders()? {
            list_folder(&folder, &mut files);
        }
        files.sort();
        Ok(Self(files))
    }

    fn check(&self) -> Outcome {
        let now = Self::list()?;
        if now == *self {
            return Ok(());
        }
        let only_in = |a: &Self, b: &Self| a.0.iter().find(|file| !b.0.contains(file)).map(|file| file.0.clone());
        let file = only_in(&now, self).or_else(|| only_in(self, &now)).unwrap_or_default();
        Err(Failure::new(format!(
            "a test (or a Tieout you used meanwhile) touched the user's own data: {}",
            file.display()
        )))
    }
}

fn list_folder(folder: &Path, files: &mut Vec<(PathBuf, u64, Option<std::time::SystemTime>)>) {
    // A folder that is not there has nothing in it.
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(metadata) = entry.metadata() else { continue };
        if metadata.is_dir() {
            list_folder(&entry.path(), files);
        } else {
            files.push((entry.path(), metadata.len(), metadata.modified().ok()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nextests_last_line_is_kept() {
        assert!(is_nextest_summary("Summary [   0.005s] 3 tests run: 3 passed, 0 skipped"));
        assert!(!is_nextest_summary("PASS [   0.005s] summary"));
    }

    #[test]
    fn a_file_more_in_the_users_folder_is_noticed() {
        let file = |name: &str| (PathBuf::from(name), 1, None);
        let before = UserData(vec![file("a.tieout")]);
        assert_ne!(before, UserData(vec![file("a.tieout"), file("b.tieout")]));
        let invented = UserData(vec![file("/no/such/file.tieout")]);
        assert!(invented.check().is_err());
    }
}
