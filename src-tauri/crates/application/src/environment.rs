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

/// The folder, beside the list of recent workbooks, in which the heads of their audit chains are kept.
const HEADS: &str = "heads";

/// Letters of a day such as 2026-11-28.
const DAY_CHARS: usize = 10;

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
        let keys = Keychain::new(KEYCHAIN_SERVICE, KEYCHAIN_PATIENCE).with_heads(folders.data_dir().join(HEADS));
        Ok(Self {
            clock: Arc::new(SystemClock),
            keys: Arc::new(keys),
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

/// A moment as somebody writes it, in milliseconds since 1970-01-01 UTC: `2026-11-28T08:00Z`, `2026-11-28T09:00` in the
/// machine's own zone, or a day, which means its end.
pub fn moment_in(text: &str, environment: &Environment) -> Result<i64, ApplicationError> {
    let text = text.trim();
    if let Ok(moment) = text.parse::<Timestamp>() {
        return Ok(moment.as_millisecond());
    }
    // A day reads as a time too, at midnight.
    let (at, to_its_end) = match (text.parse::<jiff::civil::Date>(), text.parse::<jiff::civil::DateTime>()) {
        (Ok(day), _) if text.len() <= DAY_CHARS => (day.at(23, 59, 59, 0), 999),
        (_, Ok(at)) => (at, 0),
        _ => {
            return Err(ApplicationError::in_english(format!(
                "'{text}' is no time such as 2026-11-28T09:00, 2026-11-28T08:00Z or 2026-11-28"
            )));
        }
    };
    let at = at.to_zoned(environment.clock.zone()).map_err(|error| ApplicationError::in_english(error.to_string()))?;
    Ok(at.timestamp().as_millisecond() + to_its_end)
}
