//! The web UI: its packages, its checks, its build. Nothing is done again while its input is the same.

use std::{
    collections::BTreeMap,
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::Path,
    process::Command,
};

use crate::{
    run::{self, Failure, Outcome},
    workspace::Workspace,
};

/// A command of the UI's tool chain, in its folder.
fn npm(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = workspace.command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    command.args(arguments).current_dir(workspace.ui());
    command
}

/// Installs the packages if the lock file is another than the one they were installed from.
pub(crate) fn install(workspace: &Workspace) -> Outcome {
    let lock = workspace.ui().join("package-lock.json");
    let wanted = fs::read(&lock).map_err(|error| Failure::at("cannot read", &lock, &error))?;
    // Inside node_modules, so that removing that folder removes the stamp.
    let stamp = workspace.ui().join("node_modules").join(".tieout-installed-lock.json");
    if fs::read(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    run::run(&mut npm(workspace, &["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, wanted).map_err(|error| Failure::at("cannot write", &stamp, &error))
}

/// Checks the types.
pub(crate) fn check_types(workspace: &Workspace) -> Outcome {
    run::run(&mut npm(workspace, &["run", "check"]))
}

/// Checks the rules of the house.
pub(crate) fn lint(workspace: &Workspace) -> Outcome {
    run::run(&mut npm(workspace, &["run", "lint"]))
}

/// Runs the unit tests and returns their summary.
pub(crate) fn unit_tests(workspace: &Workspace) -> (Outcome, Vec<String>) {
    run::run_keeping(&mut npm(workspace, &["run", "test"]), is_vitest_summary)
}

fn is_vitest_summary(line: &str) -> bool {
    ["Test Files  ", "Tests  ", "Duration  "].iter().any(|start| line.starts_with(start))
}

/// Builds `ui/dist` if anything it is made of changed: a new `dist` makes cargo build the shell again.
pub(crate) fn build(workspace: &Workspace) -> Outcome {
    let ui = workspace.ui();
    let stamp = ui.join("node_modules").join(".tieout-built-from");
    let wanted = fingerprint(&ui)?;
    if is_built(workspace) && fs::read_to_string(&stamp).is_ok_and(|built| built == wanted) {
        return Ok(());
    }
    run::run(&mut npm(workspace, &["run", "build"]))?;
    fs::write(&stamp, wanted).map_err(|error| Failure::at("cannot write", &stamp, &error))
}

/// Whether there is a built UI, of whatever age.
pub(crate) fn is_built(workspace: &Workspace) -> bool {
    workspace.ui().join("dist").join("index.html").is_file()
}

/// Installs, then builds.
pub(crate) fn install_and_build(workspace: &Workspace) -> Outcome {
    install(workspace)?;
    build(workspace)
}

/// Says whether two states of the folder are the same. Not stable between versions of Rust, which costs one build.
fn fingerprint(ui: &Path) -> Outcome<String> {
    let mut files = BTreeMap::new();
    read_folder(ui, &mut files)?;
    let mut hasher = DefaultHasher::new();
    files.hash(&mut hasher);
    Ok(format!("{:016x}", hasher.finish()))
}

fn read_folder(folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) -> Outcome {
    let unreadable = |error| Failure::at("cannot read", folder, &error);
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        let name = entry.file_name();
        if name == "node_modules" || name == "dist" || name == "coverage" {
            continue;
        }
        if entry.file_type().map_err(unreadable)?.is_dir() {
            read_folder(&path, files)?;
        } else {
            let bytes = fs::read(&path).map_err(|error| Failure::at("cannot read", &path, &error))?;
            files.insert(path.to_string_lossy().into_owned(), bytes);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vitest_ends_with_three_lines_worth_keeping() {
        for line in ["Test Files  3 passed (3)", "Tests  12 passed (12)", "Duration  1.2s"] {
            assert!(is_vitest_summary(line), "{line}");
        }
        assert!(!is_vitest_summary("Testsuite"));
    }

    #[test]
    fn the_ui_is_built_again_only_when_a_source_changes() {
        let folder = std::env::temp_dir().join(format!("tieout-xtask-{}", std::process::id()));
        fs::create_dir_all(folder.join("node_modules")).unwrap();
        fs::create_dir_all(folder.join("src")).unwrap();
        fs::write(folder.join("src/a.ts"), "1").unwrap();
        let before = fingerprint(&folder).unwrap();
        fs::write(folder.join("node_modules/b.js"), "2").unwrap();
        assert_eq!(fingerprint(&folder).unwrap(), before);
        fs::write(folder.join("src/a.ts"), "2").unwrap();
        let changed = fingerprint(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        assert_ne!(changed, before);
    }
}
