//! What is read of a workbook that somebody works in meanwhile.

use std::{path::PathBuf, sync::Arc};

use jiff::Timestamp;
use tempfile::TempDir;
use tieout_domain::{AlertKind, AlertReading, AlertSettings, Currency, Side};
use tieout_workbook::{AlertChanges, MemoryKeyStore, SteppingClock};

use super::{
    SaveAlertSettings,
    watches::{self, Book, Watch},
};
use crate::{ApplicationError, Environment, ImportFile, NewWorkbook, OpenWorkbook, Session};

const PASSPHRASE: &str = "correct horse battery";

struct Desk {
    session: Session,
    folder: TempDir,
}

impl Desk {
    /// The statement has 26,000.00 in January, the books 1,000.00; variances alone are watched.
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let session = Session::new(Environment {
            clock: Arc::new(SteppingClock::from_ms(1_769_904_000_000)),
            keys: Arc::new(MemoryKeyStore::default()),
            reader: PathBuf::new(),
            data_folder: folder.path().join("data"),
            documents: folder.path().to_owned(),
        });
        let desk = Self { session, folder };
        let new = NewWorkbook {
            path: desk.folder.path().join("joinery.tieout"),
            passphrase: PASSPHRASE.to_owned().into(),
            company: "Joinery".to_owned(),
            user: "Ada".to_owned(),
            currency: Currency::parse("EUR").unwrap(),
            single_user: true,
            remember: false,
        };
        desk.session.create_workbook(new).unwrap();
        desk.import("date,description,amount,currency\n2026-01-12,Transfer,26000.00,EUR\n", Side::Statement);
        desk.import("number,date,customer,amount,currency\nRE-1,2026-01-02,Harrow,1000.00,EUR\n", Side::Ledger);
        desk.session.run_matching(None, &|_| {}).unwrap();
        desk.watch(true);
        desk
    }

    fn import(&self, content: &str, side: Side) {
        let path = self.folder.path().join("file.csv");
        std::fs::write(&path, content).unwrap();
        let account = (side == Side::Statement).then(|| "Giro".to_owned());
        let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        self.session.import_file(&file, &|_| {}).unwrap();
    }

    fn watch(&self, variance: bool) {
        let settings = AlertSettings { variance, quality_min: None, exception_days: None, ..AlertSettings::default() };
        let save = SaveAlertSettings { settings, smtp_password: None, webhook_url: None };
        self.session.save_alert_settings(save).unwrap();
    }

    /// The books say by now what the bank says.
    fn bring_the_books_up_to_date(&self) {
        self.import("number,date,customer,amount,currency\nRE-2,2026-01-12,Pike,25000.00,EUR\n", Side::Ledger);
    }

    /// The watch of variances, with something that happens after it has read.
    fn evaluate_while(&self, something: &(dyn Fn() + Sync)) -> Result<Option<AlertChanges>, ApplicationError> {
        let variances = watches::ALL.into_iter().find(|watch| watch.kinds() == [AlertKind::Variance]).unwrap();
        self.session.evaluate(&Meanwhile { variances, something }, &Book::of(&self.session)?)
    }

    fn open_alerts(&self) -> u64 {
        self.session.count_open_alerts().unwrap()
    }
}

struct Meanwhile<'w> {
    variances: &'static dyn Watch,
    something: &'w (dyn Fn() + Sync),
}

impl Watch for Meanwhile<'_> {
    fn kinds(&self) -> &'static [AlertKind] {
        self.variances.kinds()
    }

    fn read(
        &self,
        book: &Book<'_>,
        settings: &AlertSettings,
        now: Timestamp,
    ) -> Result<Vec<AlertReading>, ApplicationError> {
        let readings = self.variances.read(book, settings, now)?;
        (self.something)();
        Ok(readings)
    }
}

#[test]
fn a_variance_that_went_while_it_was_read_is_told_to_nobody() {
    let desk = Desk::new();
    assert_eq!(desk.evaluate_while(&|| desk.bring_the_books_up_to_date()).unwrap(), None);
    assert_eq!(desk.open_alerts(), 0);
    assert_eq!(desk.session.evaluate_alerts().unwrap(), AlertChanges::default());
}

#[test]
fn an_alert_goes_on_though_its_figure_was_read_within_its_limit_before_a_change() {
    let desk = Desk::new();
    assert_eq!(desk.evaluate_while(&|| {}).unwrap(), Some(AlertChanges { raised: 1, recovered: 0 }));
    desk.bring_the_books_up_to_date();
    let more = "date,description,amount,currency\n2026-01-20,Transfer again,9000.00,EUR\n";
    assert_eq!(desk.evaluate_while(&|| desk.import(more, Side::Statement)).unwrap(), None);
    assert_eq!(desk.open_alerts(), 1);
    assert_eq!(desk.session.evaluate_alerts().unwrap(), AlertChanges::default());
}

#[test]
fn a_watch_that_was_switched_off_while_it_read_tells_nothing() {
    let desk = Desk::new();
    assert_eq!(desk.evaluate_while(&|| desk.watch(false)).unwrap(), None);
    assert_eq!(desk.open_alerts(), 0);
}

#[test]
fn what_was_read_of_a_workbook_is_not_told_of_its_copy() {
    let desk = Desk::new();
    let copy = desk.folder.path().join("copy.tieout");
    let open_the_copy = || {
        desk.session.close_workbook().unwrap();
        std::fs::copy(desk.folder.path().join("joinery.tieout"), &copy).unwrap();
        let request =
            OpenWorkbook { path: copy.clone(), passphrase: Some(PASSPHRASE.to_owned().into()), remember: false };
        desk.session.open_workbook(request).unwrap();
        assert_eq!(*desk.session.alerts.evaluated.lock(), None);
    };
    let refused = desk.evaluate_while(&open_the_copy).unwrap_err();
    assert!(matches!(refused, ApplicationError::NoWorkbook), "{refused}");
    assert_eq!(*desk.session.alerts.evaluated.lock(), None, "the copy was not looked at");
}
