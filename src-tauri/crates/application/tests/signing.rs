//! Each person signs reports with a certificate of their own, which the workbook knows and a check of a report recognises.

#![expect(clippy::unwrap_used, reason = "a test fails by it")]

use std::{fs, path::PathBuf, sync::Arc};

use tempfile::TempDir;
use tieout_application::{
    ApplicationError, Currency, Environment, Existing, ExportReport, ExportedReport, ImportFile, Layout, NewPerson,
    NewWorkbook, ProofRequest, Role, Session, Side, Verification,
    verify::{self, Opening, Trust},
};
use tieout_workbook::{KeyStore, KeyStoreError, MemoryKeyStore, SteppingClock};
use zeroize::Zeroizing;

const PASSPHRASE: &str = "correct horse battery";
const RSA: &[u8] = include_bytes!("../../reports/tests/fixture/rsa4096.p12");
const P384: &[u8] = include_bytes!("../../reports/tests/fixture/p384.p12");
/// Begins names under which the keychain keeps identities.
const KEPT: &str = "signing-identity";

/// A keychain that keeps everything but identities.
#[derive(Default)]
struct Denying(MemoryKeyStore);

impl KeyStore for Denying {
    fn read(&self, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyStoreError> {
        if name.starts_with(KEPT) { Err(KeyStoreError::TimedOut) } else { self.0.read(name) }
    }

    fn write(&self, name: &str, secret: &[u8]) -> Result<(), KeyStoreError> {
        if name.starts_with(KEPT) { Err(KeyStoreError::TimedOut) } else { self.0.write(name, secret) }
    }

    fn delete(&self, name: &str) -> Result<(), KeyStoreError> {
        self.0.delete(name)
    }
}

struct Desk {
    environment: Environment,
    session: Session,
    folder: TempDir,
}

impl Desk {
    fn new(keys: Arc<dyn KeyStore>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let environment = Environment {
            // In 2027.
            clock: Arc::new(SteppingClock::from_ms(1_800_000_000_000)),
            keys,
            reader: PathBuf::new(),
            data_folder: folder.path().join("data"),
            documents: folder.path().join("Reports"),
        };
        let session = Session::new(environment.clone());
        let new = NewWorkbook {
            path: folder.path().join("joinery.tieout"),
            passphrase: PASSPHRASE.to_owned().into(),
            company: "Joinery Ltd".to_owned(),
            user: "Ada Byron".to_owned(),
            currency: Currency::parse("EUR").unwrap(),
            single_user: true,
            remember: false,
        };
        session.create_workbook(new).unwrap();
        let desk = Self { environment, session, folder };
        fs::write(desk.path("bank.csv"), "date,description,amount,currency\n2026-01-02,Shell,-1.00,EUR\n").unwrap();
        let file = ImportFile {
            path: desk.path("bank.csv"),
            side: Side::Statement,
            account: None,
            mapping: None,
            leave_out_rejected: false,
            file_bytes_max: None,
        };
        desk.session.import_file(&file, &|_| {}).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn report(&self, name: &str) -> Result<ExportedReport, ApplicationError> {
        let account = self.session.workbook().unwrap().accounts[0].id;
        let scope = ProofRequest { account, from: None, to: None };
        let path = Some(self.path(name));
        self.session.export_report(&ExportReport { scope, path, layout: Layout::default() })
    }

    /// Adds somebody without a secret.
    fn with_bea(self) -> Self {
        let bea =
            NewPerson { name: "Bea Otto".to_owned(), email: String::new(), role: Role::Reviewer, first_secret: None };
        self.session.add_person(&bea).unwrap();
        self
    }

    fn sign_in(&self, name: &str) {
        self.session.sign_out().unwrap();
        self.session.sign_in_as(name, None, None).unwrap();
    }

    fn import(&self, file: &[u8], passphrase: &str) -> Result<tieout_application::Signing, ApplicationError> {
        fs::write(self.path("own.p12"), file).unwrap();
        self.session.import_signer_file(&self.path("own.p12"), passphrase.to_owned().into())
    }

    /// What checking a report says, with what is trusted.
    fn check(&self, report: &str, trust: &Trust) -> Verification {
        let never = |_: &std::path::Path| unreachable!("the passphrase is given");
        let opening = Opening { passphrase: Some(PASSPHRASE.to_owned().into()), ask: &never };
        verify::verify(&self.environment, &self.path(report), &[], None, trust, opening).unwrap()
    }

    /// The same, with the workbook, which is closed for it.
    fn check_with_workbook(&self, report: &str) -> Verification {
        let workbook = Some(self.path("joinery.tieout"));
        self.check(report, &Trust { workbook, certificates: Vec::new() })
    }
}

fn says(verification: &Verification, words: &str) -> bool {
    verification.findings.iter().any(|finding| finding.to_string().contains(words))
}

#[test]
fn two_people_of_one_machine_sign_with_two_certificates() {
    let desk = Desk::new(Arc::new(MemoryKeyStore::default())).with_bea();
    let ada = desk.report("ada.pdf").unwrap();
    desk.sign_in("Bea Otto");
    let bea = desk.report("bea.pdf").unwrap();
    assert_eq!((ada.signer.as_str(), bea.signer.as_str()), ("Ada Byron", "Bea Otto"));
    assert!(ada.fingerprint != bea.fingerprint && !ada.one_time && !bea.one_time);
    assert_eq!(desk.report("bea again.pdf").unwrap().fingerprint, bea.fingerprint);
    desk.sign_in("Ada Byron");
    assert_eq!(desk.report("ada again.pdf").unwrap().fingerprint, ada.fingerprint);
    let signing = desk.session.signing().unwrap();
    assert_eq!((signing.own, signing.known.len()), (Some(ada.fingerprint), 2));
    assert!(desk.session.verify_workbook().unwrap().valid);

    desk.session.close_workbook().unwrap();
    assert!(says(&desk.check_with_workbook("ada.pdf"), "Known signer: Ada Byron of Joinery Ltd, since 2027-01-15"));
    assert!(says(&desk.check_with_workbook("bea.pdf"), "Known signer: Bea Otto of Joinery Ltd"));
    assert!(says(&desk.check("ada.pdf", &Trust::default()), "Unknown signer"));
}

#[test]
fn what_a_machine_kept_before_becomes_its_owners_alone() {
    let keys = Arc::new(MemoryKeyStore::default());
    let desk = Desk::new(keys.clone()).with_bea();
    let former = tieout_reports::SigningIdentity::generate("Bea Otto", desk.environment.now()).unwrap();
    keys.write("signing-identity", &former.to_secret_bytes()).unwrap();
    let ada = desk.report("ada.pdf").unwrap();
    assert_ne!(ada.fingerprint, former.fingerprint(), "it carries the name of another");
    desk.sign_in("Bea Otto");
    assert_eq!(desk.report("bea.pdf").unwrap().fingerprint, former.fingerprint());
    assert_eq!(keys.read("signing-identity").unwrap(), None);
    assert_eq!(desk.report("bea again.pdf").unwrap().fingerprint, former.fingerprint());
}

#[test]
fn an_imported_identity_is_kept_and_is_one_persons() {
    let desk = Desk::new(Arc::new(MemoryKeyStore::default())).with_bea();
    let wrong = desk.import(RSA, "wrong").unwrap_err();
    assert_eq!(wrong.to_string(), "the passphrase does not open the identity file");
    let own = desk.import(RSA, "tieout-test").unwrap().own;
    let report = desk.report("ada.pdf").unwrap();
    assert_eq!((Some(report.fingerprint), report.signer.as_str()), (own, "Rita Stone"));
    desk.sign_in("Bea Otto");
    let refused = desk.import(RSA, "tieout-test").unwrap_err();
    assert_eq!(refused.to_string(), "Ada Byron signs with this certificate: everybody signs with their own");
    desk.import(P384, "tieout-test").unwrap();
    let report = desk.report("bea.pdf").unwrap();
    desk.session.save_certificate(report.fingerprint, &desk.path("bea.cer"), Existing::Keep).unwrap();
    desk.session.close_workbook().unwrap();
    assert!(says(&desk.check_with_workbook("ada.pdf"), "Known signer: Rita Stone (Ada Byron) of Joinery Ltd"));
    let trust = Trust { certificates: vec![desk.path("bea.cer")], workbook: None };
    assert!(says(&desk.check("bea.pdf", &trust), "Known signer: Petra Curve (trusted: bea.cer)"));
    assert!(says(&desk.check("ada.pdf", &trust), "Unknown signer"));
}

#[test]
fn with_a_revoked_certificate_nothing_more_is_signed_and_checks_tell_it() {
    let desk = Desk::new(Arc::new(MemoryKeyStore::default())).with_bea();
    // Who manages people where there are more than one has a secret of their own.
    desk.session.change_own_secret(Some(PASSPHRASE), Some("ada's own secret")).unwrap();
    let old = desk.report("ada.pdf").unwrap().fingerprint;
    desk.sign_in("Bea Otto");
    assert!(desk.session.revoke_signer(old, "the laptop was stolen").is_err(), "a reviewer may not");
    desk.session.sign_out().unwrap();
    desk.session.sign_in_as("Ada Byron", Some("ada's own secret".to_owned().into()), None).unwrap();
    assert!(desk.session.revoke_signer(old, " ").is_err(), "without a reason");
    desk.session.revoke_signer(old, "the laptop was stolen").unwrap();
    let refused = desk.report("ada again.pdf").unwrap_err();
    assert_eq!(refused.to_string(), "the certificate of Ada Byron was revoked here: make a new one, or import another");
    assert!(!desk.path("ada again.pdf").exists());
    let new = desk.session.make_signer().unwrap().own;
    assert_eq!(Some(desk.report("ada again.pdf").unwrap().fingerprint), new);
    desk.session.close_workbook().unwrap();
    let told = desk.check_with_workbook("ada.pdf");
    assert!(says(&told, "Revoked signer: Ada Byron of Joinery Ltd") && says(&told, "the laptop was stolen"));
}

#[test]
fn without_a_keychain_a_report_says_that_its_identity_is_for_once() {
    let desk = Desk::new(Arc::new(Denying::default()));
    let [first, second] = ["one.pdf", "two.pdf"].map(|name| desk.report(name).unwrap());
    assert!(first.one_time && second.one_time && first.fingerprint != second.fingerprint);
    let signing = desk.session.signing().unwrap();
    assert!(signing.own.is_none() && signing.fault.is_some() && signing.known.is_empty());
    assert!(desk.import(RSA, "tieout-test").is_err(), "it could not be kept");
}
