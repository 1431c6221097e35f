//! A small company with an alert in it, and a clock that is set by hand.

use std::{
    collections::BTreeSet,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use tempfile::TempDir;
use tieout_application::{
    AuditSearch, Currency, Environment, ImportFile, NewWorkbook, OpenWorkbook, Session, Side,
    alerts::{AlertReport, MailSecurity, SaveAlertSettings},
};
use tieout_domain::AlertSettings;
use tieout_workbook::{Clock, KeyStore, KeyStoreError, MemoryKeyStore};
use zeroize::Zeroizing;

pub(crate) const PASSPHRASE: &str = "correct horse battery";
pub(crate) const MINUTE_MS: i64 = 60_000;
/// How long these tests let a server take.
pub(crate) const PATIENCE: Duration = Duration::from_millis(400);

/// The statement has 26,000.00 in January, the books 1,000.00.
const STATEMENT: &str = "date,description,counterparty,amount,currency\n\
    2026-01-10,Payment INV-1001,Harrow & Pike,1000.00,EUR\n\
    2026-01-12,Transfer of unknown origin,Nobody Known,25000.00,EUR\n";
const LEDGER: &str = "number,date,customer,amount,currency\nINV-1001,2026-01-02,Harrow & Pike,1000.00,EUR\n";

/// A clock that moves only when told to.
pub(crate) struct HandClock(AtomicI64);

impl Clock for HandClock {
    fn now_ms(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }

    fn random(&self) -> [u8; 10] {
        [7; 10]
    }
}

pub(crate) struct Desk {
    pub(crate) session: Session,
    folder: TempDir,
    clock: Arc<HandClock>,
    keys: Arc<Keys>,
}

/// A keychain that does not keep what it is told not to.
#[derive(Default)]
pub(crate) struct Keys {
    kept: MemoryKeyStore,
    names: Mutex<BTreeSet<String>>,
    refused: Mutex<String>,
}

impl KeyStore for Keys {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        self.kept.read(name)
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        let refused = self.refused.lock().unwrap().clone();
        if !refused.is_empty() && name.contains(&refused) {
            return Err(KeyStoreError::Locked("asked in vain".to_owned()));
        }
        self.names.lock().unwrap().insert(name.to_owned());
        self.kept.write(name, secret)
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.kept.delete(name)
    }
}

impl Desk {
    /// A workbook of this company with this account, matched.
    pub(crate) fn new(company: &str, account: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // 2026-02-01
        let clock = Arc::new(HandClock(AtomicI64::new(1_769_904_000_000)));
        let keys = Arc::new(Keys::default());
        let desk = Self { session: session(&folder, &clock, &keys), folder, clock, keys };
        desk.session
            .create_workbook(NewWorkbook {
                path: desk.file(),
                passphrase: PASSPHRASE.to_owned().into(),
                company: company.to_owned(),
                user: "Ada".to_owned(),
                currency: Currency::parse("EUR").unwrap(),
                single_user: true,
                remember: false,
            })
            .unwrap();
        desk.import("bank.csv", STATEMENT, Side::Statement, Some(account));
        desk.import("books.csv", LEDGER, Side::Ledger, None);
        desk.session.run_matching(None, &|_| {}).unwrap();
        desk
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("joinery.tieout")
    }

    pub(crate) fn import(&self, name: &str, content: &str, side: Side, account: Option<&str>) {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let account = account.map(str::to_owned);
        let file = ImportFile { path, side, account, mapping: None, leave_out_rejected: false, file_bytes_max: None };
        self.session.import_file(&file, &|_| {}).unwrap();
    }

    pub(crate) fn pass(&self, ms: i64) {
        self.clock.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// Ends the program and starts it again.
    pub(crate) fn restart(&mut self) {
        self.session.close_workbook().unwrap();
        self.session = session(&self.folder, &self.clock, &self.keys);
        let request =
            OpenWorkbook { path: self.file(), passphrase: Some(PASSPHRASE.to_owned().into()), remember: false };
        self.session.open_workbook(request).unwrap();
    }

    /// Variances alone are watched, and posted to this address.
    pub(crate) fn post_to(&self, url: &str) -> AlertReport {
        let settings =
            AlertSettings { webhook: true, quality_min: None, exception_days: None, ..AlertSettings::default() };
        let save = SaveAlertSettings { settings, smtp_password: None, webhook_url: Some(url.to_owned().into()) };
        self.session.save_alert_settings(save).unwrap()
    }

    /// Variances alone are watched, and mailed through a server on this port.
    pub(crate) fn mail_through(&self, port: u16, user: &str) {
        let settings = AlertSettings {
            email: true,
            smtp_host: "127.0.0.1".to_owned(),
            smtp_port: port,
            smtp_security: MailSecurity::Plain,
            smtp_user: user.to_owned(),
            from: "tieout@example.com".to_owned(),
            to: vec!["ada@example.com".to_owned()],
            quality_min: None,
            exception_days: None,
            ..AlertSettings::default()
        };
        let password = (!user.is_empty()).then(|| "hunter2-secret".to_owned().into());
        let save = SaveAlertSettings { settings, smtp_password: password, webhook_url: None };
        self.session.save_alert_settings(save).unwrap();
    }

    /// From now on the keychain keeps nothing of which the name contains this.
    pub(crate) fn keys_refuse(&self, part: &str) {
        part.clone_into(&mut self.keys.refused.lock().unwrap());
    }

    /// The secret whose name begins so.
    pub(crate) fn secret(&self, beginning: &str) -> Option<String> {
        let names = self.keys.names.lock().unwrap().clone();
        let name = names.into_iter().find(|name| name.starts_with(beginning))?;
        self.keys.read(&name).unwrap().map(|secret| String::from_utf8(secret.to_vec()).unwrap())
    }

    /// Everything that is shown or kept in words: views, and the whole audit log.
    pub(crate) fn everything_told(&self) -> String {
        let log = self.session.find_events(&AuditSearch::default(), 0, 500).unwrap();
        format!("{:?} {:?}", self.session.alerts().unwrap(), log.events)
    }
}

fn session(folder: &TempDir, clock: &Arc<HandClock>, keys: &Arc<Keys>) -> Session {
    Session::new(Environment {
        clock: clock.clone(),
        keys: keys.clone(),
        reader: PathBuf::new(),
        data_folder: folder.path().join("data"),
        documents: folder.path().to_owned(),
    })
    .with_network_patience(PATIENCE)
}
