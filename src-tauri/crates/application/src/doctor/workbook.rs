//! The open workbook: where it lies, whether it is whole, its backups, its mail server.

use std::path::{Path, PathBuf};

use tieout_domain::{AlertChannel, said};

use super::{Check, CheckKind, CheckState, machine, mib};
use crate::{ApplicationError, Session, custody};

/// The newest event may be this much later than the clock, in milliseconds: clocks are set by seconds now and then.
const AHEAD_MAX_MS: i64 = 5 * 60 * 1_000;

impl Session {
    pub(super) fn examine_workbook(&self, online: bool) -> Result<Vec<Check>, ApplicationError> {
        let (path, newest, settings) = self.with_file(|open| {
            let newest = open.workbook.audit_page(0, 1)?.events.first().map_or(0, |event| event.at_ms);
            Ok((open.workbook.path().to_owned(), newest, open.workbook.alert_settings()?))
        })?;
        let mut checks = place(&path);
        checks.extend(clock(newest, self.environment.clock.now_ms()));
        let verification = self.verify_workbook()?;
        let state = if verification.valid { CheckState::Fine } else { CheckState::Fault };
        checks.extend(verification.findings.into_iter().map(|found| Check::new(CheckKind::Content, state, found)));
        if settings.uses(AlertChannel::Email) {
            checks.push(self.mail(online)?);
        }
        Ok(checks)
    }

    fn mail(&self, online: bool) -> Result<Check, ApplicationError> {
        let check = |state, found| Ok(Check::new(CheckKind::Mail, state, found));
        if !online {
            return check(CheckState::Fine, said!("doctor.mail.notAsked", "The mail server was not asked."));
        }
        match self.reach_mail_server()? {
            Ok(()) => check(CheckState::Fine, said!("doctor.mail", "The mail server answers and lets Tieout in.")),
            Err(fault) => check(CheckState::Fault, fault.words),
        }
    }
}

fn place(path: &Path) -> Vec<Check> {
    let mut checks: Vec<Check> = custody::warning(path)
        .into_iter()
        .map(|found| Check::new(CheckKind::Place, CheckState::Warning, found))
        .collect();
    let folder = path.parent().map(Path::to_owned).unwrap_or_else(|| PathBuf::from("."));
    let bytes = std::fs::metadata(path).map_or(0, |file| file.len());
    if let Ok(free) = fs4::available_space(&folder) {
        checks.push(if free < bytes.saturating_mul(2) {
            let found = said!(
                "doctor.room.ofWorkbook",
                "The workbook takes {bytes}, and {free} are free on its disk: a migration or a backup may need as much again \
                 as it takes. Make room.",
                bytes = mib(bytes),
                free = mib(free)
            );
            Check::new(CheckKind::Place, machine::room_state(free).max(CheckState::Warning), found)
        } else {
            Check::new(CheckKind::Place, machine::room_state(free), machine::room(&folder, free))
        });
    }
    checks
}

/// What was done later than it is now was done with a clock that went wrong, then or now.
fn clock(newest_ms: i64, now_ms: i64) -> Option<Check> {
    (newest_ms > now_ms + AHEAD_MAX_MS).then(|| {
        let told = |ms| jiff::Timestamp::from_millisecond(ms).map(|at| at.to_string()).unwrap_or_default();
        let found = said!(
            "doctor.clock.behind",
            "The newest event of the workbook is of {newest}, and the clock says {now}: one of them is wrong. Set the clock \
             before you go on.",
            newest = told(newest_ms),
            now = told(now_ms)
        );
        Check::new(CheckKind::Clock, CheckState::Fault, found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_tomorrow_says_that_a_clock_is_wrong() {
        assert_eq!(clock(1_000_000, 1_000_000 - AHEAD_MAX_MS), None);
        let found = clock(86_400_000, 0).unwrap();
        assert_eq!((found.kind, found.state), (CheckKind::Clock, CheckState::Fault));
        assert!(found.found.english().contains("1970-01-02"), "{}", found.found);
    }

    #[test]
    fn a_synced_folder_is_a_warning() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("Dropbox");
        std::fs::create_dir(&folder).unwrap();
        let path = folder.join("joinery.tieout");
        std::fs::write(&path, "x").unwrap();
        let found = place(&path);
        assert_eq!((found[0].kind, found[0].state), (CheckKind::Place, CheckState::Warning));
        assert!(found[0].found.english().contains("Dropbox"));
    }
}
