//! What the use cases need of the machine: folders, clock, keychain, the reader of untrusted files.

use std::{path::PathBuf, sync::Arc, time::Duration};

use jiff::Timestamp;
use tieout_workbook::{Clock, KeyStore, Keychain, SystemClock};

use tieout_domain::said;

use crate::ApplicationError;

/// Name under which the keychain lists Tieout's entries.
const KEYCHAIN_SERVICE: &str = "Tieout";
/// How long the keychain may take; a locked one waits for a person.
const KEYCHAIN_PATIENCE: Duration = Duration::from_secs(20);

/// The machine as the use cases see it. Tests make their own.
#[derive(Clone)]
pub struct Environment {
    /// Tells the time and makes identifiers.
    pub clock: Arc<dyn Clock>,
    /// Keeps keys.
    pub keys: Arc<dyn KeyStore>,
    /// The binary that reads untrusted spreadsheets when started with [`crate::isolation::CHILD_ARGUMENT`].
    pub reader: PathBuf,
    /// Where the application keeps its log and the list of recent workbooks.
    pub data_folder: PathBuf,
    /// Where the user's documents lie.
    pub documents: PathBuf,
}

impl Environment {
    /// The real one.
    pub fn of_this_machine() -> Result<Self, ApplicationError> {
        let no_home = || ApplicationError::Invalid(said!("noHome", "this user has no home folder; set HOME"));
        let folders = directories::ProjectDirs::from("app", "", "tieout").ok_or_else(no_home)?;
        let user = directories::UserDirs::new().ok_or_else(no_home)?;
        let reader = std::env::current_exe()
            .map_err(|source| ApplicationError::file(std::path::Path::new("the program itself"), source))?;
        Ok(Self {
            clock: Arc::new(SystemClock),
            keys: Arc::new(Keychain::new(KEYCHAIN_SERVICE, KEYCHAIN_PATIENCE)),
            reader,
            data_folder: folders.data_dir().to_owned(),
            documents: user.document_dir().unwrap_or_else(|| user.home_dir()).to_owned(),
        })
    }

    /// Today's date, in the machine's own zone.
    pub fn today(&self) -> jiff::civil::Date {
        self.clock.day_of(self.clock.now_ms())
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(self.clock.now_ms()).unwrap_or(Timestamp::UNIX_EPOCH)
    }
}
