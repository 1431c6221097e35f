//! The session: at most one open workbook, the previews that wait for a decision, and the work that can be cancelled.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use parking_lot::Mutex;
use tieout_domain::{Said, said};
use tieout_workbook::{AnchorState, NewCompany, Opened, Unlock, Workbook, WorkbookError};
use zeroize::Zeroizing;

use crate::{
    AccountFacts, AppState, ApplicationError, Counts, Environment, NewWorkbook, OpenWorkbook, Verification,
    WorkbookFacts, alerts, anomalies::Detected, backup, category_sweep::Compiled, custody, differences,
    doctor::Diagnostics, importing::Preview, inbox, kept::Kept, periods, presence::Gate, recent,
};

/// How far a long task has come.
#[derive(Debug, Clone, Copy)]
pub struct Progress {
    /// What is being done, one word.
    pub stage: &'static str,
    /// Units done.
    pub done: u64,
    /// Units in all; 0 where not known.
    pub total: u64,
}

/// An open workbook and what there is to say about it.
pub(crate) struct Open {
    pub(crate) workbook: Workbook,
    /// Said once when the file was opened and shown as long as it is open.
    warning: Option<Said>,
    /// The warning says that the file is an older copy or has another history, which an admin may accept.
    rolled_back: bool,
    /// The category patterns, once they were asked for.
    pub(crate) compiled: Option<Arc<Compiled>>,
    pub(crate) kept: Kept,
    /// The anomalies that were found last.
    pub(crate) detected: Option<Detected>,
    /// The differences that were asked for last.
    pub(crate) differences: Option<differences::Known>,
}

impl Open {
    /// What was said when the file was opened was answered; where it lies is still told.
    pub(crate) fn forget_warning(&mut self) {
        self.rolled_back = false;
        self.warning = custody::warning(self.workbook.path());
    }
}

/// Everything the window or a script does, it does through one of these.
pub struct Session {
    pub(crate) environment: Environment,
    /// Fair: work that goes on piece by piece gives way to whoever waits. A thread that panics leaves it free; the
    /// workbook's transactions keep what it guards whole.
    open: Mutex<Option<Open>>,
    /// How many wait for it: what takes long gives way to them.
    waiting: Arc<AtomicUsize>,
    /// Taken after the workbook where both are held, and held for no longer than a look.
    pub(crate) previews: Mutex<HashMap<String, Arc<Preview>>>,
    pub(crate) cancelled: AtomicU64,
    /// Held by whoever brings a grid into memory.
    pub(crate) preparing: Mutex<()>,
    pub(crate) gate: Mutex<Gate>,
    pub(crate) alerts: alerts::Desk,
    pub(crate) backups: backup::Desk,
    /// What was shown last of what may be handed over.
    pub(crate) shown: Mutex<Option<Diagnostics>>,
}

impl Session {
    /// A session without a workbook.
    pub fn new(environment: Environment) -> Self {
        Self {
            environment,
            open: Mutex::new(None),
            waiting: Arc::default(),
            previews: Mutex::new(HashMap::new()),
            cancelled: AtomicU64::new(0),
            preparing: Mutex::new(()),
            gate: Mutex::default(),
            alerts: alerts::Desk::default(),
            backups: backup::Desk::default(),
            shown: Mutex::default(),
        }
    }

    /// Works on the open workbook for whoever is signed in; one caller at a time.
    pub(crate) fn with_open<T>(
        &self,
        work: impl FnOnce(&mut Open) -> Result<T, ApplicationError>,
    ) -> Result<T, ApplicationError> {
        self.with_file(|open| {
            if open.workbook.signed_in().is_none() {
                return Err(WorkbookError::NotSignedIn.into());
            }
            self.check_unlocked()?;
            work(open)
        })
    }

    /// Works on the open workbook whoever is there: what the program does of itself, and signing in.
    pub(crate) fn with_file<T>(
        &self,
        work: impl FnOnce(&mut Open) -> Result<T, ApplicationError>,
    ) -> Result<T, ApplicationError> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let mut place = self.open.lock();
        self.waiting.fetch_sub(1, Ordering::Relaxed);
        work(place.as_mut().ok_or(ApplicationError::NoWorkbook)?)
    }

    /// Reads from the workbook as long as nobody waits for it; `None` where somebody came and it was broken off.
    pub(crate) fn read_giving_way<T>(
        &self,
        read: impl FnOnce(&mut Open, &Arc<AtomicUsize>) -> Result<Option<T>, ApplicationError>,
    ) -> Result<Option<T>, ApplicationError> {
        self.with_file(|open| read(open, &self.waiting))
    }

    /// What the window shows first.
    pub fn app_state(&self) -> Result<AppState, ApplicationError> {
        let presence = self.presence(false);
        let is_shown = presence.person.is_some() && !presence.locked;
        let workbook = match is_shown.then(|| self.workbook()) {
            // Whoever was there locked, signed out or closed it in this moment.
            None | Some(Err(ApplicationError::NoWorkbook | ApplicationError::Locked)) => None,
            Some(Err(ApplicationError::Workbook(WorkbookError::NotSignedIn))) => None,
            Some(other) => Some(other?),
        };
        Ok(AppState {
            workbook,
            presence,
            recent: recent::list(&self.environment.data_folder),
            default_folder: self.environment.documents.clone(),
            suggested_user: ["USER", "USERNAME"].iter().find_map(|name| std::env::var(name).ok()).unwrap_or_default(),
            keychain: self.environment.keys.read("probe").is_ok(),
        })
    }

    /// Makes a workbook and opens it.
    pub fn create_workbook(&self, new: NewWorkbook) -> Result<WorkbookFacts, ApplicationError> {
        let path = with_extension(&new.path)?;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| ApplicationError::file(folder, source))?;
        }
        let company = NewCompany {
            name: new.company.trim().to_owned(),
            base_currency: new.currency,
            single_user: new.single_user,
            user_name: new.user.trim().to_owned(),
            industry: String::new(),
            contact: String::new(),
        };
        let environment = &self.environment;
        self.close_workbook()?;
        let opened = Workbook::create(
            &path,
            &new.passphrase,
            &company,
            environment.clock.clone(),
            environment.keys.clone(),
            new.remember,
        )?;
        self.keep(opened)
    }

    /// Opens a workbook in place of the one that is open.
    pub fn open_workbook(&self, request: OpenWorkbook) -> Result<WorkbookFacts, ApplicationError> {
        let environment = &self.environment;
        let unlock = match &request.passphrase {
            Some(passphrase) => Unlock::Passphrase(passphrase),
            None => Unlock::Keychain,
        };
        self.close_workbook()?;
        let opened = Workbook::open(
            &request.path,
            unlock,
            environment.clock.clone(),
            environment.keys.clone(),
            request.remember,
        )?;
        self.keep(opened)
    }

    /// Opens the workbook that the program was started with. Where its key is not at hand it is only put on top of the
    /// recent ones, so that the window asks for its passphrase.
    pub fn open_named(&self, path: &Path, passphrase: Option<Zeroizing<String>>) {
        let opened = self.open_workbook(OpenWorkbook { path: path.to_owned(), passphrase, remember: false });
        if let Err(error) = opened {
            tracing::info!(%error, "the workbook named at the start was not opened");
            let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            recent::remember(&self.environment.data_folder, path, &name);
        }
    }

    fn keep(&self, opened: Opened) -> Result<WorkbookFacts, ApplicationError> {
        let path = opened.workbook.path();
        let warning = rollback_warning(opened.anchor).or_else(|| custody::warning(path));
        recent::remember(&self.environment.data_folder, path, &opened.workbook.company().name);
        let mut place = self.open.lock();
        let open = place.insert(Open {
            workbook: opened.workbook,
            warning,
            rolled_back: opened.anchor.is_rolled_back(),
            compiled: None,
            kept: Kept::default(),
            detected: None,
            differences: None,
        });
        self.alerts.opened(open.workbook.work_version().ok());
        self.backups.begin(self.environment.clock.now_ms());
        self.note_presence(Some(&*open))?;
        let is_signed_in = open.workbook.signed_in().is_some();
        drop(place);
        if is_signed_in { self.workbook() } else { self.with_file(|open| Ok(outside_of(open))) }
    }

    /// Closes the workbook; fine if none is open.
    pub fn close_workbook(&self) -> Result<(), ApplicationError> {
        self.previews.lock().clear();
        self.evaluate_before_closing();
        self.alerts.stop();
        if let Some(open) = self.open.lock().take() {
            open.workbook.close()?;
        }
        self.note_presence(None)
    }

    /// The open workbook with fresh counts.
    pub fn workbook(&self) -> Result<WorkbookFacts, ApplicationError> {
        self.with_open(|open| {
            let company = open.workbook.company().clone();
            Ok(WorkbookFacts {
                path: open.workbook.path().to_owned(),
                company: company.name,
                user: open.workbook.user().name.clone(),
                currency: company.base_currency,
                single_user: company.single_user,
                accounts: open.workbook.accounts()?.into_iter().map(AccountFacts::from).collect(),
                counts: counts(&open.workbook)?,
                waiting_files: inbox::waiting(&self.environment, open.workbook.path(), |digest| {
                    open.workbook.find_batch_by_hash(digest).is_ok_and(|batch| batch.is_some())
                }),
                warning: open.warning.clone(),
                rolled_back: open.rolled_back,
            })
        })
    }
}

/// What is told of a workbook before anybody signed in: no more than its file's name says.
fn outside_of(open: &Open) -> WorkbookFacts {
    let company = open.workbook.company();
    WorkbookFacts {
        path: open.workbook.path().to_owned(),
        company: company.name.clone(),
        user: String::new(),
        currency: company.base_currency,
        single_user: company.single_user,
        accounts: Vec::new(),
        counts: Counts::default(),
        waiting_files: Vec::new(),
        warning: open.warning.clone(),
        rolled_back: open.rolled_back,
    }
}

/// Every workbook's name ends in `.tieout`.
pub(crate) fn with_extension(path: &Path) -> Result<PathBuf, ApplicationError> {
    if path.file_name().is_none() {
        return Err(ApplicationError::Invalid(said!(
            "workbook.noPlace",
            "say where the workbook is to lie: a folder and a name"
        )));
    }
    let has_it = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("tieout"));
    if has_it {
        return Ok(path.to_owned());
    }
    let mut name = path.as_os_str().to_owned();
    name.push(".tieout");
    Ok(PathBuf::from(name))
}

impl From<tieout_workbook::Account> for AccountFacts {
    fn from(account: tieout_workbook::Account) -> Self {
        Self {
            id: account.id,
            name: account.name,
            currency: account.currency,
            first_date: account.first_date,
            last_date: account.last_date,
            lines: account.lines,
        }
    }
}

/// What to say when the file is older than its anchored audit head, or its history another one.
fn rollback_warning(anchor: AnchorState) -> Option<Said> {
    match anchor {
        AnchorState::Behind { anchored, found } => Some(said!(
            "chain.behind",
            "This file is an older copy: its audit log has {found} events, but {anchored} were written on this machine. \
             Look for the newer file before you go on.",
            found = found,
            anchored = anchored
        )),
        AnchorState::Differs { sequence } => Some(said!(
            "chain.differs",
            "The history of this file is not the one this machine knows: audit event {sequence} is another. Somebody may \
             have altered it.",
            sequence = sequence
        )),
        AnchorState::Matches | AnchorState::Unknown => None,
    }
}

fn counts(workbook: &Workbook) -> Result<Counts, ApplicationError> {
    let records = workbook.record_counts()?;
    let queue = workbook.queue_counts()?;
    Ok(Counts {
        lines: records.lines,
        entries: records.entries,
        lines_open: records.lines_open,
        entries_open: records.entries_open,
        to_review: queue.to_review,
        approved: queue.approved,
        runs: records.runs,
    })
}

impl Session {
    /// Checks the file, its counts and its audit chain. It tells nothing of what they hold, so nobody need be signed in.
    pub fn verify_workbook(&self) -> Result<Verification, ApplicationError> {
        self.with_file(|open| {
            let damage = open.workbook.damage()?;
            let chain = open.workbook.verify_chain()?;
            let damaged = |why: &Said| said!("verify.damaged", "The file is damaged: {why}.", why = why.clone());
            let mut findings: Vec<Said> = damage.iter().map(damaged).collect();
            findings.extend(chain.fault.as_ref().map(|fault| {
                said!("verify.chainBroken", "The audit chain is broken: {why}.", why = Said::from(fault))
            }));
            let touched =
                |why| said!("verify.rowsDiffer", "Something was changed past Tieout: {why}.", why = Said::from(why));
            findings.extend(chain.rows.iter().map(touched));
            findings.extend(rollback_warning(chain.anchor));
            let (periods_hold, periods) = periods::verify(&open.workbook)?;
            findings.extend(periods);
            let valid = damage.is_empty() && chain.holds() && periods_hold;
            if valid {
                findings.push(said!("verify.pages", "Every page of the file is as it was written."));
                findings.push(said!(
                    "verify.chain",
                    "The audit chain holds: {events} events, head {head}.",
                    events = chain.head.sequence,
                    head = chain.head.hash.to_string()
                ));
                findings.push(match chain.anchor {
                    AnchorState::Matches => {
                        said!("verify.anchored", "Its head is one that this machine knows.")
                    }
                    _ => said!("verify.notAnchored", "This machine knows no head to compare with."),
                });
            }
            Ok(Verification { valid, findings })
        })
    }
}
