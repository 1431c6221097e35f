//! A private desktop session for tests: own folders, own D-Bus, own keychain, own screen.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{self, Command},
};

use crate::{
    run::{Failure, Outcome},
    workspace::{Workspace, create_folder},
};

/// The session's folders; they go when it does.
#[derive(Debug)]
pub(crate) struct Session {
    folder: PathBuf,
}

/// Unlocks a keychain with an empty password on the session's own bus, then becomes the command.
const WITH_KEYCHAIN: &str =
    r#"printf '\n' | gnome-keyring-daemon --unlock --components=secrets --daemonize >/dev/null && exec "$@""#;

impl Session {
    pub(crate) fn new() -> Outcome<Self> {
        let number = (0..1000).map(|number| format!("tieout-session-{}-{number}", process::id()));
        let folder = number
            .map(|name| env::temp_dir().join(name))
            .find(|folder| fs::create_dir(folder).is_ok())
            .ok_or_else(|| Failure::new(format!("cannot make a folder in {}", env::temp_dir().display())))?;
        let session = Self { folder };
        for (_, folder) in session.folders() {
            create_folder(&folder)?;
            keep_private(&folder)?;
        }
        Ok(session)
    }

    /// A command that runs in the session.
    pub(crate) fn command(&self, workspace: &Workspace, program: &str) -> Command {
        let mut command = if cfg!(target_os = "linux") {
            let mut command = workspace.command("dbus-run-session");
            command.args(["--", "sh", "-c", WITH_KEYCHAIN, "sh"]);
            command.args(["xvfb-run", "--auto-servernum", "--server-args=-screen 0 1600x1000x24", program]);
            command
        } else {
            workspace.command(program)
        };
        command.envs(self.folders());
        for name in ["WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "GNOME_KEYRING_CONTROL", "TIEOUT_PASSPHRASE"] {
            command.env_remove(name);
        }
        command
    }

    /// The variables that say where programs keep their files. `HOME` stays, for cargo and rustup live there.
    fn folders(&self) -> [(&'static str, PathBuf); 4] {
        ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"]
            .map(|name| (name, self.folder.join(name.to_lowercase())))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("could not remove {}: {error}", self.folder.display());
        }
    }
}

/// D-Bus and the keychain refuse a run-time folder that others may read.
fn keep_private(folder: &Path) -> Outcome {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))
            .map_err(|error| Failure::at("cannot make private", folder, &error))?;
    }
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use crate::run;

    #[test]
    fn a_session_has_a_screen_and_an_unlocked_keychain_of_its_own() {
        let workspace = Workspace::find().unwrap();
        let session = Session::new().unwrap();
        let script = "printf secret | secret-tool store --label=test word value \
            && secret-tool lookup word value && printf ' %s %s' \"$DISPLAY\" \"$XDG_DATA_HOME\"";
        let answer = run::read(session.command(&workspace, "sh").args(["-c", script])).unwrap();
        let words: Vec<&str> = answer.split_whitespace().collect();
        assert_eq!(words[0], "secret");
        assert!(words[1].starts_with(':'), "no display in {answer}");
        let folder = session.folder.clone();
        assert!(Path::new(words[2]).starts_with(&folder));
        drop(session);
        assert!(!folder.exists(), "{} is left behind", folder.display());
    }
}
