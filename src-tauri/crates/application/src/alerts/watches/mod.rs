//! What is watched. A further watch is a file here, a line in [`ALL`], and the words of its kinds.

mod exceptions;
mod quality;
mod rates;
mod variance;

use jiff::Timestamp;
use tieout_domain::{AlertKind, AlertReading, AlertSettings};
use tieout_workbook::Workbook;

use crate::ApplicationError;

/// Reads figures of some kinds and holds them against their limits.
pub(super) trait Watch: Sync {
    /// The kinds it reads; each belongs to one watch.
    fn kinds(&self) -> &'static [AlertKind];

    /// The readings of all subjects there are. What is not watched by the settings has none.
    fn read(
        &self,
        workbook: &Workbook,
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
