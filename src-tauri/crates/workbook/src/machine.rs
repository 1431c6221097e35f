//! Which machine this is.

use std::{fs, sync::OnceLock};

use sha2::{Digest as _, Sha256};

/// Where systems keep what tells one installation from another.
const INSTALLATION: [&str; 2] = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/// The machine's name; empty where it is not known.
pub(crate) fn host() -> String {
    let from_file = fs::read_to_string("/etc/hostname").ok();
    let from_environment = || std::env::var("COMPUTERNAME").or_else(|_| std::env::var("HOSTNAME")).ok();
    from_file.or_else(from_environment).map(|name| name.trim().to_owned()).unwrap_or_default()
}

/// The machine as audit events name it: its name and, where the system has one, a mark of the installation, since two
/// machines may have the same name: `ledger-pc 3f9c01ab`.
pub(crate) fn this() -> &'static str {
    static NAME: OnceLock<String> = OnceLock::new();
    NAME.get_or_init(|| {
        let installation = INSTALLATION.iter().find_map(|path| fs::read_to_string(path).ok());
        named(&host(), installation.as_deref().map_or("", str::trim))
    })
}

/// Of the installation's own identifier only a digest is told: others keep it for a secret (machine-id(5)).
fn named(host: &str, installation: &str) -> String {
    if installation.is_empty() {
        return host.to_owned();
    }
    let digest = Sha256::digest(format!("tieout {installation}"));
    let mark = hex::encode(&digest[..4]);
    if host.is_empty() { mark } else { format!("{host} {mark}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_machines_of_one_name_are_told_apart_and_their_identifiers_are_not_told() {
        let (one, other) = (named("ledger-pc", "0a1b2c3d4e5f"), named("ledger-pc", "5f4e3d2c1b0a"));
        assert_ne!(one, other);
        assert!(one.starts_with("ledger-pc ") && one.len() == "ledger-pc ".len() + 8, "{one}");
        assert!(!one.contains("0a1b"), "{one}");
        assert_eq!(named("ledger-pc", ""), "ledger-pc");
    }
}
