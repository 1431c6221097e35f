//! Where things lie: the checkout, the shared target folder, the tools this program installs.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use crate::run::{Failure, Outcome};

/// Which of cargo's profiles a build uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Shared by tests, end-to-end tests and demo.
    Debug,
    /// What users get.
    Release,
}

/// The checkout and the folders that belong to it.
#[derive(Debug)]
pub(crate) struct Workspace {
    /// Top of the checkout.
    pub(crate) root: PathBuf,
    /// Where every sub-build goes: `CARGO_TARGET_DIR`, or one folder for all checkouts of this user.
    pub(crate) target: PathBuf,
    /// `cargo install --root` of the tools the tests need.
    pub(crate) tools: PathBuf,
}

impl Workspace {
    /// Finds the checkout that `cargo xtask` was called in.
    pub(crate) fn find() -> Result<Self, Failure> {
        // Set by cargo at run time. What was true at compile time need not hold: checkouts may share a target folder.
        let manifest =
            env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        let root = manifest
            .ancestors()
            .find(|folder| folder.join("Cargo.lock").is_file())
            .ok_or_else(|| Failure::new(format!("{} lies in no workspace", manifest.display())))?;
        let cache = home()?.join(".cache").join("tieout");
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => cache.join("target"),
        };
        Ok(Self { root: root.to_owned(), target, tools: cache.join("tools") })
    }

    /// The folder of the UI.
    pub(crate) fn ui(&self) -> PathBuf {
        self.root.join("ui")
    }

    /// Path of a built binary.
    pub(crate) fn binary(&self, name: &str, profile: Profile) -> PathBuf {
        let folder = match profile {
            Profile::Debug => "debug",
            Profile::Release => "release",
        };
        self.target.join(folder).join(format!("{name}{}", env::consts::EXE_SUFFIX))
    }

    /// A command that runs at the top of the checkout, finds our tools, and builds into the shared target folder.
    pub(crate) fn command(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root).env("CARGO_TARGET_DIR", &self.target).env("PATH", self.path_variable());
        for name in inherited_from_cargo() {
            command.env_remove(name);
        }
        command
    }

    /// `cargo` with these arguments.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut command = self.command("cargo");
        command.args(arguments);
        command
    }

    /// Builds every binary of the workspace: always the whole, so that features are resolved in one way only and
    /// nothing is compiled twice.
    pub(crate) fn build_binaries(&self, profile: Profile) -> Outcome {
        let mut build = self.cargo(&["build", "--workspace", "--bins"]);
        if profile == Profile::Release {
            build.arg("--release");
        }
        crate::run::run(&mut build)
    }

    /// The program of this name among our tools or on the `PATH`.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let file = format!("{name}{}", env::consts::EXE_SUFFIX);
        env::split_paths(&self.path_variable()).map(|folder| folder.join(&file)).find(|path| path.is_file())
    }

    fn path_variable(&self) -> OsString {
        let own = std::iter::once(self.tools.join("bin"));
        let inherited = env::var_os("PATH").unwrap_or_default();
        env::join_paths(own.chain(env::split_paths(&inherited))).unwrap_or(inherited)
    }
}

/// The user's home folder.
pub(crate) fn home() -> Result<PathBuf, Failure> {
    env::home_dir().ok_or_else(|| Failure::new("the user has no home folder: set HOME"))
}

/// The folder for users' data: where the demo's workbook goes.
pub(crate) fn data_home() -> Result<PathBuf, Failure> {
    if let Some(folder) = env::var_os("XDG_DATA_HOME").filter(|folder| !folder.is_empty()) {
        return Ok(folder.into());
    }
    let home = home()?;
    Ok(match env::consts::OS {
        "macos" => home.join("Library").join("Application Support"),
        "windows" => env::var_os("APPDATA").map_or_else(|| home.join("AppData").join("Roaming"), PathBuf::from),
        _ => home.join(".local").join("share"),
    })
}

/// Where the user's own Tieout keeps anything: no test may touch it.
pub(crate) fn user_folders() -> Outcome<Vec<PathBuf>> {
    let config = match env::var_os("XDG_CONFIG_HOME").filter(|folder| !folder.is_empty()) {
        Some(folder) => folder.into(),
        None => home()?.join(".config"),
    };
    let homes = [data_home()?, config];
    Ok(homes.iter().flat_map(|home| ["tieout", "app.tieout.desktop"].map(|name| home.join(name))).collect())
}

/// Makes a folder and those above it.
pub(crate) fn create_folder(folder: &Path) -> Outcome {
    fs::create_dir_all(folder).map_err(|error| Failure::at("cannot make the folder", folder, &error))
}

/// What `cargo run` sets for this program; passed on, it would look to cargo like a changed environment and rebuild.
fn inherited_from_cargo() -> impl Iterator<Item = OsString> {
    env::vars_os().map(|(name, _)| name).filter(|name| {
        name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name == "CARGO_PRIMARY_PACKAGE"
        })
    })
}
