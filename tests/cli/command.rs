//! Running the built `tieout` with a home of its own.

use std::{
    ffi::OsStr,
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const PASSPHRASE: &str = "correct horse battery";

/// A folder to work in, which is also the user's home.
pub(crate) struct Desk(TempDir);

/// What a command answered.
pub(crate) struct Answer {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, content).expect("a file");
        path
    }

    /// Runs `tieout` with these arguments; the passphrase is in the environment.
    pub(crate) fn tieout<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Answer {
        self.tieout_as(PASSPHRASE, arguments)
    }

    /// Likewise, with these variables too and this on standard input.
    pub(crate) fn tieout_with<A: AsRef<OsStr>>(
        &self,
        variables: &[(&str, &str)],
        input: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Answer {
        let mut command = self.command(PASSPHRASE, arguments);
        command.envs(variables.iter().copied()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("tieout starts");
        let mut stdin = child.stdin.take().expect("its input");
        stdin.write_all(input.as_bytes()).expect("it is read");
        drop(stdin);
        Answer::from(child.wait_with_output().expect("tieout ends"))
    }

    pub(crate) fn tieout_as<A: AsRef<OsStr>>(
        &self,
        passphrase: &str,
        arguments: impl IntoIterator<Item = A>,
    ) -> Answer {
        Answer::from(self.command(passphrase, arguments).output().expect("tieout starts"))
    }

    fn command<A: AsRef<OsStr>>(&self, passphrase: &str, arguments: impl IntoIterator<Item = A>) -> Command {
        let mut command = Command::new(tieout_tests::program("TIEOUT_BIN"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .env("HOME", self.0.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("TIEOUT_PASSPHRASE", passphrase);
        command
    }
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().expect("tieout ends by itself"),
            stdout: String::from_utf8(output.stdout).expect("UTF-8"),
            stderr: String::from_utf8(output.stderr).expect("UTF-8"),
        }
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn with_code(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.stdout, self.stderr);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {}", self.stdout))
    }
}

/// Paths as arguments.
pub(crate) fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
