//! Where a workbook should not lie: folders that other software rewrites behind SQLite's back.

use std::path::{Component, Path};

use tieout_domain::{Said, said};

/// Folder names by which sync programs are known, lower case.
const SYNCED: &[(&str, &str)] = &[
    ("dropbox", "Dropbox"),
    ("onedrive", "OneDrive"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("icloud drive", "iCloud"),
    ("com~apple~clouddocs", "iCloud"),
    ("nextcloud", "Nextcloud"),
    ("owncloud", "ownCloud"),
    ("pcloud", "pCloud"),
    ("seafile", "Seafile"),
    ("sync.com", "Sync.com"),
];

/// File systems that live on another machine.
const REMOTE: &[&str] = &["nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "fuse.rclone", "davfs", "9p", "afs"];

/// A sentence to show when the folder is synced or remote: the database could be damaged there.
pub fn warning(path: &Path) -> Option<Said> {
    let absolute = std::path::absolute(path).ok()?;
    if let Some(program) = synced_by(&absolute) {
        return Some(said!(
            "custody.synced",
            "This workbook lies in a folder that {program} keeps in sync. Syncing an open workbook can damage it: move it \
             to a local folder and sync backups instead.",
            program = program
        ));
    }
    let mounts = std::fs::read_to_string("/proc/mounts").ok()?;
    let kind = remote_kind(&absolute, &mounts)?;
    Some(said!(
        "custody.remote",
        "This workbook lies on a network drive ({kind}), where a lost connection can damage it: move it to a local folder.",
        kind = kind
    ))
}

fn synced_by(path: &Path) -> Option<&'static str> {
    path.components()
        .filter_map(|component| match component {
            Component::Normal(name) => Some(name.to_string_lossy().to_lowercase()),
            _ => None,
        })
        .find_map(|name| SYNCED.iter().find(|(folder, _)| name == *folder || name.starts_with(&format!("{folder} -"))))
        .map(|(_, program)| *program)
}

/// The file system of the longest mount point above the path, where it is a remote one.
fn remote_kind<'a>(path: &Path, mounts: &'a str) -> Option<&'a str> {
    mounts
        .lines()
        .filter_map(|line| {
            let mut fields = line.split(' ').skip(1);
            Some((fields.next()?, fields.next()?))
        })
        .filter(|(point, _)| path.starts_with(point.replace("\\040", " ")))
        .max_by_key(|(point, _)| point.len())
        .map(|(_, kind)| kind)
        .filter(|kind| REMOTE.contains(kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sync_folders_are_known_by_name() {
        assert_eq!(synced_by(Path::new("/home/ada/Dropbox/books/a.tieout")), Some("Dropbox"));
        assert_eq!(synced_by(Path::new("/home/ada/OneDrive - Joinery Ltd/a.tieout")), Some("OneDrive"));
        assert_eq!(synced_by(Path::new("/home/ada/dropboxes/a.tieout")), None);
    }

    #[test]
    fn the_nearest_mount_decides() {
        let mounts = "/dev/sda1 / ext4 rw 0 0\nserver:/x /mnt/team\\040share nfs4 rw 0 0\ntmpfs /mnt/team\\040share/t tmpfs rw 0 0\n";
        assert_eq!(remote_kind(Path::new("/mnt/team share/a.tieout"), mounts), Some("nfs4"));
        assert_eq!(remote_kind(Path::new("/mnt/team share/t/a.tieout"), mounts), None);
        assert_eq!(remote_kind(Path::new("/home/ada/a.tieout"), mounts), None);
    }
}
