//! The machine: folder, keychain, clock.

use std::{fs::File, io::Write, path::Path};

use jiff::{Timestamp, civil::date, tz::TimeZone};
use tieout_domain::{Said, said};

use super::{Check, CheckKind, CheckState, mib};
use crate::{Environment, error::in_words};

/// Less room than this is a warning: a month's import with its backup takes some hundred mebibytes.
const ROOM_LITTLE: u64 = 1 << 30;
/// With less room than this the next import may not end.
const ROOM_NONE: u64 = 64 << 20;

pub(super) fn checks(environment: &Environment) -> Vec<Check> {
    vec![folder(&environment.data_folder), keychain(environment), clock(environment.now())]
}

fn folder(folder: &Path) -> Check {
    let check = |state, found| Check::new(CheckKind::Folder, state, found);
    match probe(folder) {
        Err(error) => check(
            CheckState::Fault,
            said!(
                "doctor.folder.unwritable",
                "Nothing can be written into {folder}: {why}. Give this user the right to write there.",
                folder = folder.display(),
                why = in_words(&error)
            ),
        ),
        Ok(free) => check(room_state(free), room(folder, free)),
    }
}

/// Writes a file, waits for the disk and removes it; the bytes that are free there.
fn probe(folder: &Path) -> std::io::Result<u64> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join(format!("doctor-{}", std::process::id()));
    let written = File::create_new(&path).and_then(|mut file| {
        file.write_all(b"doctor")?;
        file.sync_all()
    });
    std::fs::remove_file(&path)?;
    written?;
    fs4::available_space(folder)
}

pub(super) fn room_state(free: u64) -> CheckState {
    match free {
        ..ROOM_NONE => CheckState::Fault,
        ROOM_NONE..ROOM_LITTLE => CheckState::Warning,
        ROOM_LITTLE.. => CheckState::Fine,
    }
}

pub(super) fn room(folder: &Path, free: u64) -> Said {
    let folder = folder.display().to_string();
    if room_state(free) == CheckState::Fine {
        said!("doctor.room", "{folder} can be written to; {free} are free.", folder = folder, free = mib(free))
    } else {
        said!(
            "doctor.room.little",
            "On the disk of {folder} only {free} are free: make room before the next import.",
            folder = folder,
            free = mib(free)
        )
    }
}

fn keychain(environment: &Environment) -> Check {
    let (state, found) = match environment.keys.read("doctor") {
        Ok(_) => (CheckState::Fine, said!("doctor.keychain", "The keychain answers.")),
        Err(error) => (
            CheckState::Warning,
            said!(
                "doctor.keychain.silent",
                "The keychain does not answer: {why}. Passphrases are asked for at each opening, signatures are made with a \
                 one-time identity, and an older copy of a workbook is not noticed.",
                why = error.said()
            ),
        ),
    };
    Check::new(CheckKind::Keychain, state, found)
}

/// Tieout did not exist before, so no clock that is right says so.
pub(super) fn clock(now: Timestamp) -> Check {
    let told = now.to_string();
    let first = date(2026, 1, 1).to_zoned(TimeZone::UTC).map(|first| first.timestamp());
    if first.is_ok_and(|first| now < first) {
        let found = said!(
            "doctor.clock.past",
            "The clock says {now}, which has passed: set it, since every decision is told with its time.",
            now = told
        );
        return Check::new(CheckKind::Clock, CheckState::Fault, found);
    }
    Check::new(CheckKind::Clock, CheckState::Fine, said!("doctor.clock", "The clock says {now}.", now = told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_fine_where_a_file_can_be_stored() {
        let home = tempfile::tempdir().unwrap();
        let found = folder(&home.path().join("new/data"));
        assert_ne!(found.state, CheckState::Fault, "{}", found.found);
        let file = home.path().join("file");
        std::fs::write(&file, "in the way").unwrap();
        assert_eq!(folder(&file).state, CheckState::Fault);
        assert_eq!(std::fs::read_dir(home.path().join("new/data")).unwrap().count(), 0, "nothing is left");
    }

    #[test]
    fn little_room_is_a_warning_and_none_a_fault() {
        assert_eq!(room_state(ROOM_LITTLE), CheckState::Fine);
        assert_eq!(room_state(ROOM_LITTLE - 1), CheckState::Warning);
        assert_eq!(room_state(ROOM_NONE - 1), CheckState::Fault);
        assert!(room(Path::new("/books"), 5 << 20).english().contains("only 5 MiB are free"));
    }

    #[test]
    fn a_clock_before_there_was_a_tieout_is_wrong() {
        assert_eq!(clock("2025-12-31T23:59:59Z".parse().unwrap()).state, CheckState::Fault);
        assert_eq!(clock("2026-01-01T00:00:00Z".parse().unwrap()).state, CheckState::Fine);
    }
}
