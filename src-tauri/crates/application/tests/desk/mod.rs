//! A session with a new workbook open in it, for the tests beside this one.

use std::{path::PathBuf, sync::Arc};

use tempfile::TempDir;
use tieout_application::{Currency, Environment, NewWorkbook, Session};
use tieout_workbook::{MemoryKeyStore, SteppingClock};

/// A session in a folder of its own, with a workbook of Joinery Ltd, in euros and for Ada alone, unless `change` says
/// otherwise. The folder is removed when it is dropped.
pub(crate) fn session(change: impl FnOnce(&mut NewWorkbook)) -> (Session, TempDir, Environment) {
    let folder = tempfile::tempdir().unwrap();
    let environment = Environment {
        clock: Arc::new(SteppingClock::from_ms(1_700_000_000_000)),
        keys: Arc::new(MemoryKeyStore::default()),
        reader: PathBuf::new(),
        data_folder: folder.path().join("data"),
        documents: folder.path().to_owned(),
    };
    let mut new = NewWorkbook {
        path: folder.path().join("joinery.tieout"),
        passphrase: "correct horse battery".to_owned().into(),
        company: "Joinery Ltd".to_owned(),
        user: "Ada".to_owned(),
        currency: Currency::parse("EUR").unwrap(),
        single_user: true,
        remember: false,
    };
    change(&mut new);
    let session = Session::new(environment.clone());
    session.create_workbook(new).unwrap();
    (session, folder, environment)
}
