//! What Tieout needs from the machine: find out what is missing, say so, and install it where that can be done.

use std::{
    env,
    io::{self, BufRead, IsTerminal, Write},
    process::Command,
};

use crate::{
    run::{self, Failure, Outcome},
    workspace::Workspace,
};

/// What the machine is wanted for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Building and running the app.
    Build,
    /// The tests, end to end in the window included.
    Test,
    /// Fuzzing.
    Fuzz,
}

impl Purpose {
    /// What everybody needs.
    pub(crate) const ALL: [Self; 2] = [Self::Build, Self::Test];

    /// Package names of Debian and Ubuntu.
    const fn debian(self) -> &'static [&'static str] {
        match self {
            Self::Build => &[
                "build-essential",
                "pkg-config",
                "file",
                "libssl-dev",
                "libwebkit2gtk-4.1-dev",
                "libgtk-3-dev",
                "librsvg2-dev",
                "libayatana-appindicator3-dev",
                "libsoup-3.0-dev",
                "libjavascriptcoregtk-4.1-dev",
                "fonts-dejavu-core",
            ],
            Self::Test => &[
                "xvfb",
                "xauth",
                "webkit2gtk-driver",
                "dbus",
                "dbus-x11",
                "gnome-keyring",
                "libsecret-tools",
                "poppler-utils",
                "imagemagick",
                "openssl",
                "python3-aiosmtpd",
            ],
            Self::Fuzz => &[],
        }
    }

    /// Package names of Fedora; paths are names of the packages that hold them.
    const fn fedora(self) -> &'static [&'static str] {
        match self {
            Self::Build => &[
                "gcc",
                "gcc-c++",
                "make",
                "pkgconf-pkg-config",
                "file",
                "openssl-devel",
                "webkit2gtk4.1-devel",
                "gtk3-devel",
                "librsvg2-devel",
                "libayatana-appindicator-gtk3-devel",
                "libsoup3-devel",
                "dejavu-sans-fonts",
            ],
            Self::Test => &[
                "/usr/bin/Xvfb",
                "/usr/bin/xvfb-run",
                "/usr/bin/xauth",
                "/usr/bin/WebKitWebDriver",
                "dbus-daemon",
                "dbus-x11",
                "gnome-keyring",
                "libsecret",
                "poppler-utils",
                "ImageMagick",
                "openssl",
                "python3-aiosmtpd",
            ],
            Self::Fuzz => &[],
        }
    }

    /// Programs of crates.io: the program, the crate, the versions that will do.
    const fn crates(self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self {
            Self::Build => &[],
            Self::Test => &[("cargo-nextest", "cargo-nextest", "^0.9.100"), ("tauri-driver", "tauri-driver", "^2.0.1")],
            Self::Fuzz => &[("cargo-fuzz", "cargo-fuzz", "^0.13")],
        }
    }
}

/// Whether the user lets this program install things.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Consent {
    /// `--yes`, or nobody is there to ask.
    Given,
    /// Ask on the terminal.
    Ask,
}

impl Consent {
    /// From `--yes`, the terminal and `CI`.
    pub(crate) fn new(yes: bool) -> Self {
        let in_ci = env::var("CI").is_ok_and(|value| value == "true");
        if yes || in_ci || !io::stdin().is_terminal() || !io::stderr().is_terminal() { Self::Given } else { Self::Ask }
    }

    fn to(self, what: &str) -> Outcome {
        if self == Self::Given {
            return Ok(());
        }
        eprint!("{what} now? [Y/n] ");
        let mut answer = String::new();
        let asked = io::stderr().flush().and_then(|()| io::stdin().lock().read_line(&mut answer));
        match (asked, answer.trim().to_lowercase().as_str()) {
            (Ok(_), "" | "y" | "yes") => Ok(()),
            _ => Err(Failure::new("nothing was installed; without it Tieout cannot be built or tested")),
        }
    }
}

/// Installs what these purposes need and the machine lacks, after saying what; or says what to do by hand.
pub(crate) fn install(workspace: &Workspace, consent: Consent, purposes: &[Purpose]) -> Outcome {
    check_node()?;
    match env::consts::OS {
        "linux" => install_packages(workspace, consent, purposes)?,
        other => advise(other, purposes),
    }
    for purpose in purposes {
        for &(program, name, versions) in purpose.crates() {
            // The window's driver exists for Linux and Windows only.
            if program == "tauri-driver" && cfg!(target_os = "macos") {
                continue;
            }
            install_crate(workspace, consent, program, name, versions)?;
        }
    }
    Ok(())
}

/// Vite 8 and its plug-ins want this or newer.
const NODE_VERSION_MIN: (u32, u32) = (20, 19);

fn check_node() -> Outcome {
    let wanted = format!("Node.js {}.{} or newer", NODE_VERSION_MIN.0, NODE_VERSION_MIN.1);
    let advice = "install it from https://nodejs.org (or with fnm, nvm, brew or winget) and call this again";
    let found = run::read(Command::new("node").arg("--version"))
        .map_err(|_| Failure::new(format!("{wanted} is needed and was not found: {advice}")))?;
    match node_version(&found) {
        Some(version) if version >= NODE_VERSION_MIN => Ok(()),
        _ => Err(Failure::new(format!("{wanted} is needed; here is {}: {advice}", found.trim()))),
    }
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().strip_prefix('v')?.split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn install_packages(workspace: &Workspace, consent: Consent, purposes: &[Purpose]) -> Outcome {
    if workspace.program("apt-get").is_none() || workspace.program("dpkg-query").is_none() {
        return advise_linux(workspace, purposes);
    }
    let wanted: Vec<&str> = purposes.iter().flat_map(|purpose| purpose.debian()).copied().collect();
    let missing = missing_debian_packages(&wanted);
    if missing.is_empty() {
        return Ok(());
    }
    eprintln!("Debian packages that are missing: {}", missing.join(" "));
    consent.to("Install them with apt-get")?;
    let rights = rights(workspace)?;
    run::run(&mut apt_get(workspace, rights, &["update"]))?;
    run::run(apt_get(workspace, rights, &["install", "--yes", "--no-install-recommends"]).args(&missing))
}

fn missing_debian_packages<'a>(wanted: &[&'a str]) -> Vec<&'a str> {
    // dpkg-query fails when it has never heard of a package, yet lists the others.
    let listed = Command::new("dpkg-query").args(["-W", "-f=${Package} ${db:Status-Status}\\n"]).args(wanted).output();
    let listed = listed.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    not_installed(wanted, &listed)
}

fn not_installed<'a>(wanted: &[&'a str], listed: &str) -> Vec<&'a str> {
    let installed = |name: &str| listed.lines().any(|line| line.split_once(' ') == Some((name, "installed")));
    wanted.iter().copied().filter(|name| !installed(name)).collect()
}

#[derive(Debug, Clone, Copy)]
enum Rights {
    Root,
    Sudo,
}

fn rights(workspace: &Workspace) -> Outcome<Rights> {
    if run::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Ok(Rights::Root);
    }
    match workspace.program("sudo") {
        Some(_) => Ok(Rights::Sudo),
        None => Err(Failure::new(
            "installing packages needs root, and there is no sudo: install the packages above as root",
        )),
    }
}

fn apt_get(workspace: &Workspace, rights: Rights, arguments: &[&str]) -> Command {
    let mut command = match rights {
        Rights::Root => workspace.command("env"),
        Rights::Sudo => {
            let mut command = workspace.command("sudo");
            command.arg("env");
            command
        }
    };
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get"]).args(arguments);
    command
}

fn install_crate(workspace: &Workspace, consent: Consent, program: &str, name: &str, versions: &str) -> Outcome {
    if workspace.program(program).is_some() {
        return Ok(());
    }
    eprintln!("{program} is missing; it comes from crates.io and goes to {}", workspace.tools.display());
    consent.to(&format!("Install {name}"))?;
    let mut command = workspace.cargo(&["install", name, "--locked", "--version", versions, "--root"]);
    // Its own temporary target folder: its settings are not ours, and it is needed once.
    run::run(command.arg(&workspace.tools).env_remove("CARGO_TARGET_DIR"))
}

fn advise_linux(workspace: &Workspace, purposes: &[Purpose]) -> Outcome {
    let names: Vec<&str> = purposes.iter().flat_map(|purpose| purpose.fedora()).copied().collect();
    if workspace.program("rpm").is_some() {
        let missing: Vec<&str> = names
            .into_iter()
            .filter(|name| !run::succeeds(Command::new("rpm").args(["--query", "--whatprovides", name])))
            .collect();
        if missing.is_empty() {
            return Ok(());
        }
        return Err(Failure::new(format!(
            "packages are missing; install them and call this again:\n  sudo dnf install {}",
            missing.join(" ")
        )));
    }
    // Nothing can be looked up here: the build will tell what is missing.
    eprintln!("There is no apt-get here. Tieout needs what Fedora calls: {}", names.join(" "));
    Ok(())
}

fn advise(system: &str, purposes: &[Purpose]) {
    match system {
        "macos" => {
            eprintln!(
                "macOS: needs the Xcode command line tools (xcode-select --install) and OpenSSL (brew install openssl@3)."
            );
        }
        "windows" => {
            eprintln!(
                "Windows: needs the Microsoft C++ build tools with the Windows SDK, WebView2 (part of Windows 11) and OpenSSL \
                 (winget install ShiningLight.OpenSSL.Dev)."
            );
        }
        other => eprintln!("{other}: not tried yet; Tieout needs what Tauri 2 needs, and OpenSSL's headers."),
    }
    if purposes.contains(&Purpose::Test) {
        eprintln!("The end-to-end tests in the window run on Linux only; all others run here too.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_packages_that_are_really_installed_count() {
        let listed = "pkg-config installed\nxvfb config-files\nlibssl-dev not-installed\nxvfb-extra installed\n";
        let wanted = ["pkg-config", "xvfb", "libssl-dev", "xauth"];
        assert_eq!(not_installed(&wanted, listed), ["xvfb", "libssl-dev", "xauth"]);
    }

    #[test]
    fn node_versions_compare_as_numbers() {
        assert!(node_version("v20.20.2\n") > Some(NODE_VERSION_MIN));
        assert!(node_version("v9.11.0") < Some(NODE_VERSION_MIN));
        assert_eq!(node_version("20"), None);
    }
}
