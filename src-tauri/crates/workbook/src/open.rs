//! Creating, opening and closing a workbook.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use rusqlite::{Connection, OptionalExtension, params};
use tieout_domain::{AuditHead, CompanyId, Currency, Role, UserId, person_name, said};
use uuid::Uuid;

use crate::{
    AnchorState, Clock, Company, KeyStore, OpenError, PASSPHRASE_MIN_CHARS, Salt, User, WorkbookError,
    anchor::Anchor,
    audit,
    backup::Pinned,
    clock::Ids,
    company, custom, file,
    grids::Grids,
    json::Json,
    key::RawKey,
    key_store,
    lock::Lock,
    people,
    rows::Blob,
    schema::{self, SCHEMA_VERSION},
    seal::Seals,
    upkeep,
};

/// What a new workbook is told.
#[derive(Debug, Clone)]
pub struct NewCompany {
    /// The company's name.
    pub name: String,
    /// What it does; may be empty.
    pub industry: String,
    /// Whom to ask there; may be empty.
    pub contact: String,
    /// Base currency.
    pub base_currency: Currency,
    /// One person may prepare and review; reports say so.
    pub single_user: bool,
    /// The first user's name, as it will stand in reports. They become an admin.
    pub user_name: String,
}

/// What opens a workbook.
#[derive(Clone, Copy)]
pub enum Unlock<'a> {
    /// The passphrase.
    Passphrase(&'a str),
    /// The key kept in the key store.
    Keychain,
}

/// A workbook that was opened or created, and what there is to say about it.
#[derive(Debug)]
pub struct Opened {
    /// The workbook.
    pub workbook: Workbook,
    /// How its audit chain compares with the head anchored in the key store.
    pub anchor: AnchorState,
    /// Whether the key is now in the key store (it was asked to be and the store took it, or it was there already).
    pub remembered: bool,
}

/// An open workbook: one company's work. Every method that changes something is one transaction with its audit event.
///
/// It is held open for this program alone until it is closed or dropped.
pub struct Workbook {
    // Before the file is closed, so that whoever copies it knows.
    pub(crate) pinned: Pinned,
    pub(crate) sql: Connection,
    /// The file, to be copied. Opened before SQLite opens it and closed after: see `backup`.
    pub(crate) source: Arc<fs::File>,
    pub(crate) path: PathBuf,
    pub(crate) salt: Salt,
    pub(crate) key: RawKey,
    pub(crate) company: Company,
    /// Who works in it; see `present`.
    pub(crate) user: User,
    /// Whether `user` is signed in. If not, nothing may be changed but what the program does of itself.
    pub(crate) present: bool,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) ids: Ids,
    pub(crate) head: AuditHead,
    pub(crate) seals: Seals,
    pub(crate) anchor_state: AnchorState,
    pub(crate) anchor: Anchor,
    pub(crate) key_store: Arc<dyn KeyStore>,
    pub(crate) grids: Grids,
    // Last, so that the file is closed before others may open it.
    _lock: Lock,
}

impl std::fmt::Debug for Workbook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Workbook").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Something that an earlier version left to be put right.
type Step = fn(&mut Workbook) -> Result<(), WorkbookError>;

impl Workbook {
    /// Makes a new workbook at `path`, which must be free, and opens it. It appears there complete or not at all.
    /// With `remember`, its key goes to the key store; if that fails the workbook is made nevertheless.
    pub fn create(
        path: &Path,
        passphrase: &str,
        company: &NewCompany,
        clock: Arc<dyn Clock>,
        key_store: Arc<dyn KeyStore>,
        remember: bool,
    ) -> Result<Opened, OpenError> {
        check_new_passphrase(passphrase)?;
        if company.name.trim().is_empty() {
            return Err(WorkbookError::Name(said!("company.noName", "a workbook needs the company's name")).into());
        }
        person_name(&company.user_name).map_err(WorkbookError::from)?;
        let path = full_path(path)?;
        let io_error = |source| OpenError::Io { path: path.clone(), source };
        if path.try_exists().map_err(io_error)? {
            return Err(OpenError::FileExists(path));
        }
        let lock = Lock::take(&path)?;
        let salt = Salt::random().map_err(io_error)?;
        let key = RawKey::derive(passphrase, salt).map_err(io_error)?;
        let unfinished = Unfinished::beside(&path);
        build(&unfinished.0, &key, salt, company, clock.as_ref())?;
        // With the lock held no other Tieout can have put a file there since it was found free.
        if path.try_exists().map_err(io_error)? {
            return Err(OpenError::FileExists(path));
        }
        fs::rename(&unfinished.0, &path).map_err(io_error)?;
        sync_folder(&path);
        let mut opened = Self::assemble(path, key, salt, clock, key_store, lock)?;
        opened.remembered = remember && opened.workbook.remember();
        opened.workbook.anchor.set(opened.workbook.head);
        Ok(opened)
    }

    /// Opens the workbook at `path`. With `remember`, its key goes to the key store.
    pub fn open(
        path: &Path,
        unlock: Unlock<'_>,
        clock: Arc<dyn Clock>,
        key_store: Arc<dyn KeyStore>,
        remember: bool,
    ) -> Result<Opened, OpenError> {
        let path = full_path(path)?;
        let salt = file::salt_of(&path)?;
        file::writable(&path)?;
        let key = match unlock {
            Unlock::Passphrase(passphrase) => {
                RawKey::derive(passphrase, salt).map_err(|source| OpenError::Io { path: path.clone(), source })?
            }
            Unlock::Keychain => match key_store::load_key(key_store.as_ref(), salt) {
                Ok(Some(key)) => key,
                Ok(None) => return Err(OpenError::PassphraseNeeded),
                Err(error) => {
                    tracing::warn!(%error, "the workbook's key could not be fetched");
                    return Err(OpenError::PassphraseNeeded);
                }
            },
        };
        let lock = Lock::take(&path)?;
        let opened = Self::assemble(path, key, salt, clock, key_store, lock);
        let mut opened = match (opened, unlock) {
            // The passphrase was changed elsewhere, or before a crash kept the new key from the key store.
            (Err(OpenError::WrongPassphrase), Unlock::Keychain) => return Err(OpenError::PassphraseNeeded),
            (opened, _) => opened?,
        };
        opened.remembered = matches!(unlock, Unlock::Keychain) || (remember && opened.workbook.remember());
        opened.workbook.finish_what_a_crash_interrupted()?;
        opened.workbook.put_back_interrupted_sweeps()?;
        opened.workbook.put_accounts_right();
        if !opened.anchor.is_rolled_back() {
            opened.workbook.anchor.set(opened.workbook.head);
        }
        Ok(opened)
    }

    fn assemble(
        path: PathBuf,
        key: RawKey,
        salt: Salt,
        clock: Arc<dyn Clock>,
        key_store: Arc<dyn KeyStore>,
        lock: Lock,
    ) -> Result<Opened, OpenError> {
        let source = fs::File::open(&path).map_err(|source| OpenError::Io { path: path.clone(), source })?;
        let mut sql = file::open(&path, &source, &key, salt)?;
        let version = schema::migrate(&mut sql)?;
        custom::register_days(&sql, Arc::clone(&clock)).map_err(WorkbookError::from)?;
        let company = company::only_company(&sql)?;
        let (user, present) = who_works(people::all(&sql, company.id)?)?;
        let head = audit::head(&sql, company.id)?;
        let is_told = upkeep::version_told(&sql, company.id)? == Some(SCHEMA_VERSION);
        let seals = Seals::load(&sql, company.id, !is_told)?;
        let anchor_state = audit::compare(&sql, company.id, head, key_store.as_ref(), salt)?;
        let mut ids = Ids::default();
        if let Some(newest) = newest_id(&sql, company.id)? {
            ids.follow(newest);
        }
        let anchor = Anchor::start(Arc::clone(&key_store), salt);
        let grids = Grids::of(&mut sql).map_err(WorkbookError::from)?;
        let mut workbook = Self {
            pinned: Pinned::default(),
            sql,
            source: Arc::new(source),
            path,
            salt,
            key,
            company,
            user,
            present,
            clock,
            ids,
            head,
            seals,
            anchor_state,
            anchor,
            key_store,
            grids,
            _lock: lock,
        };
        workbook.tell_migration(version)?;
        Ok(Opened { workbook, anchor: anchor_state, remembered: false })
    }

    /// What a migration left to do with customers and their accounts. What fails keeps its mark for the next opening, and
    /// `damage` tells of what is not credited: no reason to stay closed.
    fn put_accounts_right(&mut self) {
        let steps: [(&str, Step); 3] = [
            ("customer codes could not be written alike", Self::write_codes_alike),
            ("deposits approved earlier could not be credited", Self::credit_earlier_deposits),
            ("reversals approved earlier could not be allotted", Self::allot_earlier_reversals),
        ];
        for (what, step) in steps {
            if let Err(error) = step(self) {
                tracing::error!(%error, "{what}");
            }
        }
    }

    /// Where the file lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The salt, which names the file's entries in the key store.
    pub fn salt(&self) -> Salt {
        self.salt
    }

    /// How the audit chain compared with the anchored head when the workbook was opened.
    pub fn anchor_state(&self) -> AnchorState {
        self.anchor_state
    }

    /// Closes the file: everything is written back into it, and others may open it. Dropping does the same, silently.
    pub fn close(self) -> Result<(), WorkbookError> {
        let Self { pinned, sql, source, anchor, _lock, .. } = self;
        drop((pinned, anchor));
        let closed = sql.close().map_err(|(_, error)| error.into());
        drop(source);
        drop(_lock);
        closed
    }
}

pub(crate) fn check_new_passphrase(passphrase: &str) -> Result<(), OpenError> {
    if passphrase.chars().count() < PASSPHRASE_MIN_CHARS {
        return Err(OpenError::PassphraseTooShort { least: PASSPHRASE_MIN_CHARS });
    }
    Ok(())
}

/// One file has one path, so that two ways to it meet the same lock. The file itself need not exist yet.
pub(crate) fn full_path(path: &Path) -> Result<PathBuf, OpenError> {
    let io_error = |source: std::io::Error| match source.kind() {
        std::io::ErrorKind::NotFound => OpenError::NotFound(path.to_path_buf()),
        _ => OpenError::Io { path: path.to_path_buf(), source },
    };
    if path.try_exists().map_err(io_error)? {
        return fs::canonicalize(path).map_err(io_error);
    }
    let name = path.file_name().ok_or_else(|| OpenError::NotFound(path.to_path_buf()))?;
    let folder = match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    Ok(fs::canonicalize(folder).map_err(io_error)?.join(name))
}

/// A file under construction. Removed when dropped, unless it was renamed.
pub(crate) struct Unfinished(pub(crate) PathBuf);

impl Unfinished {
    /// With the lock of `path` held: what a killed program left of one before is removed.
    pub(crate) fn beside(path: &Path) -> Self {
        let mut name = path.as_os_str().to_owned();
        name.push(".new-");
        for left in path.parent().and_then(|folder| fs::read_dir(folder).ok()).into_iter().flatten().flatten() {
            let left = left.path();
            let process = left.as_os_str().as_encoded_bytes().strip_prefix(name.as_encoded_bytes());
            if process.is_some_and(|process| process.iter().all(u8::is_ascii_digit)) {
                drop(Self(left));
            }
        }
        name.push(std::process::id().to_string());
        Self(PathBuf::from(name))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        for suffix in ["", "-wal", "-journal"] {
            let mut name = self.0.as_os_str().to_owned();
            name.push(suffix);
            // Mostly it is not there: it was renamed, or never made.
            let _ = fs::remove_file(name);
        }
    }
}

fn build(path: &Path, key: &RawKey, salt: Salt, new: &NewCompany, clock: &dyn Clock) -> Result<(), OpenError> {
    let mut sql = file::create(path, key, salt)?;
    schema::migrate(&mut sql)?;
    fill(&mut sql, salt, new, clock)?;
    upkeep::note_version(&sql)?;
    sql.close().map_err(|(_, error)| WorkbookError::from(error))?;
    Ok(())
}

/// The first rows: the company, its first user, and the first link of the audit chain.
pub(crate) fn fill(sql: &mut Connection, salt: Salt, new: &NewCompany, clock: &dyn Clock) -> Result<(), WorkbookError> {
    let now_ms = clock.now_ms();
    let mut ids = Ids::default();
    let mut id = || ids.next(now_ms, || clock.random());
    let (company, user, event) = (CompanyId::from_uuid(id()), UserId::from_uuid(id()), id());
    let sql = sql.transaction()?;
    sql.execute(
        "INSERT INTO companies (id, name, industry, contact, base_currency, single_user, created_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![
            Blob(company.uuid()),
            new.name.trim(),
            new.industry.trim(),
            new.contact.trim(),
            new.base_currency.code(),
            new.single_user,
            now_ms
        ],
    )?;
    let user_name = person_name(&new.user_name)?;
    let user_name = user_name.as_str();
    people::insert(&sql, company, user, user_name, Role::Admin, now_ms)?;
    let details = Json::Object(vec![
        ("base_currency", Json::text(new.base_currency)),
        ("company", Json::text(new.name.trim())),
        ("contact", Json::text(new.contact.trim())),
        ("industry", Json::text(new.industry.trim())),
        ("single_user", Json::Bool(new.single_user)),
        ("user", Json::text(user_name)),
        ("user_id", Json::text(user)),
    ]);
    let seal = Seals::tell_first(&sql, company)?;
    audit::append(
        &sql,
        company,
        audit::EMPTY,
        &audit::NewEvent {
            id: event,
            at_ms: now_ms,
            actor: user_name,
            machine: clock.machine(),
            action: "workbook.created",
            subject: &format!("workbook {}", salt.workbook_id()),
            details: &details.canonical(),
            seal: &seal,
        },
    )?;
    sql.commit()?;
    Ok(())
}

/// Who works in the workbook unless told otherwise: the first person who may. They are signed in at once where nobody else
/// may work here and no secret is asked for.
fn who_works(users: Vec<User>) -> Result<(User, bool), WorkbookError> {
    let mut active = users.into_iter().filter(|user| user.active);
    let first = active.next().ok_or_else(|| WorkbookError::unreadable("nobody may work here"))?;
    let present = !first.has_secret && active.next().is_none();
    Ok((first, present))
}

/// The newest identifier: the audit chain's, since every change ends with one.
fn newest_id(sql: &Connection, company: CompanyId) -> Result<Option<Uuid>, WorkbookError> {
    let newest = sql
        .query_row(
            "SELECT id FROM audit_events WHERE company_id = ?1 ORDER BY sequence DESC LIMIT 1",
            params![Blob(company.uuid())],
            |row| row.get::<_, Blob>(0),
        )
        .optional()?;
    Ok(newest.map(|id| id.0))
}

/// Makes a rename last. Where folders cannot be synced there is nothing to do.
pub(crate) fn sync_folder(path: &Path) {
    let synced = path.parent().map(|folder| fs::File::open(folder).and_then(|folder| folder.sync_all()));
    if let Some(Err(error)) = synced {
        tracing::debug!(%error, "the folder could not be synced");
    }
}
