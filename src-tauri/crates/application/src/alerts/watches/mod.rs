//! What is watched. A further watch is a file here, a line in [`ALL`], and the words of its kinds.

mod exceptions;
mod quality;
mod rates;
mod variance;

use std::{thread, time::Duration};

use jiff::Timestamp;
use tieout_domain::{AlertKind, AlertReading, AlertSettings};
use tieout_workbook::Workbook;

use crate::{ApplicationError, Session};

/// How long a question that was broken off rests: somebody is at work.
const REST: Duration = Duration::from_millis(300);

/// The workbook whose figures are read. It is let go between two questions, so that nobody waits for all of them.
pub(super) struct Book<'s> {
    session: &'s Session,
    opening: u64,
    gives_way: bool,
}

impl<'s> Book<'s> {
    /// The one that is open now.
    pub(super) fn of(session: &'s Session) -> Result<Self, ApplicationError> {
        let opening = session.with_file(|_| Ok(session.alerts.opening()))?;
        Ok(Self { session, opening, gives_way: false })
    }

    /// The same, with questions that are broken off, and asked again, when somebody else wants to work.
    pub(super) fn giving_way(session: &'s Session) -> Result<Self, ApplicationError> {
        Ok(Self { gives_way: true, ..Self::of(session)? })
    }

    /// A question that may take long. It changes nothing, and may be asked more than once.
    pub(super) fn read<T>(
        &self,
        mut question: impl FnMut(&mut Workbook) -> Result<T, ApplicationError>,
    ) -> Result<T, ApplicationError> {
        if !self.gives_way {
            return self.with(question);
        }
        loop {
            let found =
                self.session.read_giving_way(|open, waiting| match self.session.alerts.opening() == self.opening {
                    true => open.workbook.read_giving_way(waiting, &mut question),
                    false => Err(ApplicationError::NoWorkbook),
                })?;
            match found {
                Some(found) => return Ok(found),
                None => thread::sleep(REST),
            }
        }
    }

    /// Works in it, unless it was closed meanwhile, whatever was opened since.
    pub(super) fn with<T>(
        &self,
        work: impl FnOnce(&mut Workbook) -> Result<T, ApplicationError>,
    ) -> Result<T, ApplicationError> {
        self.session.with_file(|open| match self.session.alerts.opening() == self.opening {
            true => work(&mut open.workbook),
            false => Err(ApplicationError::NoWorkbook),
        })
    }
}

/// Reads figures of some kinds and holds them against their limits.
pub(super) trait Watch: Sync {
    /// The kinds it reads; each belongs to one watch.
    fn kinds(&self) -> &'static [AlertKind];

    /// The readings of all subjects there are. What is not watched by the settings has none.
    fn read(
        &self,
        book: &Book<'_>,
        settings: &AlertSettings,
        now: Timestamp,
    ) -> Result<Vec<AlertReading>, ApplicationError>;
}

/// All watches, the quickest first.
pub(super) const ALL: [&dyn Watch; 4] =
    [&quality::Quality, &exceptions::Exceptions, &variance::Variances, &rates::Rates];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_exactly_one_watch() {
        let mut watched: Vec<AlertKind> = ALL.iter().flat_map(|watch| watch.kinds()).copied().collect();
        watched.sort();
        assert_eq!(watched, AlertKind::ALL);
    }
}
