//! What is told of the workbook as a file: its versions, where its key is kept, and what left it.

use rusqlite::{Connection, OptionalExtension, params};
use tieout_domain::{AuditHead, CompanyId, Digest, Permission, said};

use crate::{
    AnchorState, KeyStoreError, Workbook, WorkbookError, anchor::keep_head, audit, change::Change, json::Json,
    key_store, rows::Blob, schema::SCHEMA_VERSION,
};

/// The setting that keeps which schema version the audit chain last told of.
const VERSION_TOLD: &str = "schema.told";

/// A file that was written from the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    /// Its name, without its folder.
    pub name: String,
    /// SHA-256 of its bytes.
    pub sha256: Digest,
    /// How many bytes.
    pub bytes: u64,
}

/// What the audit chain tells of something that leaves the workbook. Nothing in it names a person's own folders.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportNote {
    /// What it is, one word.
    pub kind: &'static str,
    /// Of what: an account, a number. May be empty.
    pub scope: String,
    /// The files.
    pub files: Vec<ExportedFile>,
    /// Name of the folder they lie in; empty where they are not in one.
    pub place: String,
    /// Who signed: the certificate's name, its fingerprint, and whether it was made for this once.
    pub signer: Option<(String, Digest, bool)>,
    /// What it does not show in full, and how: a word each.
    pub masked: Vec<(&'static str, &'static str)>,
}

/// A file that was made just now, at the present version, has nothing to tell of it.
pub(crate) fn note_version(sql: &Connection) -> Result<(), WorkbookError> {
    let sql_text =
        "INSERT INTO settings (company_id, name, value, changed_at) SELECT id, ?1, ?2, created_at FROM companies";
    sql.execute(sql_text, params![VERSION_TOLD, SCHEMA_VERSION.to_string()])?;
    Ok(())
}

/// The version that the audit chain last told of.
pub(crate) fn version_told(sql: &Connection, company: CompanyId) -> Result<Option<i32>, WorkbookError> {
    let told: Option<String> = sql
        .prepare_cached("SELECT value FROM settings WHERE company_id = ?1 AND name = ?2")?
        .query_row(params![Blob(company.uuid()), VERSION_TOLD], |row| row.get(0))
        .optional()?;
    Ok(told.and_then(|version| version.parse().ok()))
}

impl Workbook {
    /// Tells that the file was brought up to date from this version, once; also where the program ended between both.
    pub(crate) fn tell_migration(&mut self, from: i32) -> Result<(), WorkbookError> {
        let told = version_told(&self.sql, self.company.id)?;
        if told == Some(SCHEMA_VERSION) {
            return Ok(());
        }
        let from = if from < SCHEMA_VERSION { Some(from) } else { told };
        let is_unsealed = self.seals.is_empty();
        let subject = self.own_subject();
        self.change(Permission::Upkeep, |change| {
            let mut details = vec![("from", from.map_or(Json::Null, Json::count)), ("to", Json::count(SCHEMA_VERSION))];
            if is_unsealed {
                // What was changed before cannot be told from what was not.
                details.push(("rows", Json::Word("sealed as found")));
            }
            change.tell_as_system("workbook.migrated", &subject, &Json::Object(details))?;
            change.sql.execute(
                "INSERT INTO settings (company_id, name, value, changed_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT (company_id, name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at",
                params![Blob(change.company.uuid()), VERSION_TOLD, SCHEMA_VERSION.to_string(), change.now_ms],
            )?;
            Ok(())
        })
    }

    /// Puts the key into the key store, and tells of it where it was not there. A keychain that does not answer is no reason
    /// to fail.
    pub(crate) fn remember(&mut self) -> bool {
        match self.keep_key() {
            Ok(is_new) => !is_new || self.tell_of_kept_key(),
            Err(error) => {
                tracing::warn!(%error, "the workbook's key could not be kept");
                false
            }
        }
    }

    /// Answers whether it was another there, or none.
    fn keep_key(&self) -> Result<bool, KeyStoreError> {
        let store = self.key_store.as_ref();
        if key_store::load_key(store, self.salt)?.as_ref() == Some(&self.key) {
            return Ok(false);
        }
        key_store::store_key(store, self.salt, &self.key)?;
        Ok(true)
    }

    /// What cannot be told of is not kept.
    fn tell_of_kept_key(&mut self) -> bool {
        let told = self.tell_of_key(true);
        if let Err(error) = &told {
            tracing::warn!(%error, "it could not be told that the workbook's key was kept");
            if let Err(error) = key_store::forget_key(self.key_store.as_ref(), self.salt) {
                tracing::warn!(%error, "the workbook's key stays in the key store");
            }
        }
        told.is_ok()
    }

    /// Forgets the key on this machine, so that the passphrase is asked for when the workbook is next opened here.
    pub fn forget_key(&mut self) -> Result<(), WorkbookError> {
        self.at_work()?;
        if key_store::load_key(self.key_store.as_ref(), self.salt).map_err(WorkbookError::KeyStore)?.is_none() {
            return Ok(());
        }
        self.tell_of_key(false)?;
        key_store::forget_key(self.key_store.as_ref(), self.salt).map_err(WorkbookError::KeyStore)
    }

    fn tell_of_key(&mut self, kept: bool) -> Result<(), WorkbookError> {
        let subject = self.own_subject();
        let action = match kept {
            true => "key.remembered",
            false => "key.forgotten",
        };
        self.change(Permission::Upkeep, |change| change.tell(action, &subject, &Json::Object(Vec::new())))
    }

    /// Whoever answers for it knows why the file is an older copy, or has another history than this machine knows: a backup
    /// was restored. From here on its own head is anchored. Tells what was known and what was found.
    ///
    /// # Errors
    /// Only an admin may; there must be a reason, and something to accept.
    pub fn accept_history(&mut self, reason: &str) -> Result<(), WorkbookError> {
        self.require(Permission::ManagePeople)?;
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(WorkbookError::Name(said!("history.noReason", "say why this file is the one to go on with")));
        }
        let found = match self.anchor_state {
            AnchorState::Behind { .. } => "behind",
            AnchorState::Differs { .. } => "differs",
            AnchorState::Matches | AnchorState::Unknown => {
                return Err(WorkbookError::Name(said!(
                    "history.holds",
                    "there is nothing to accept: the file is not older than this machine knows it"
                )));
            }
        };
        let (subject, head) = (self.own_subject(), self.head);
        let (_, anchored) = audit::strictest(&self.sql, self.company.id, head, self.key_store.as_ref(), self.salt)?;
        self.change(Permission::ManagePeople, |change| {
            let details = Json::Object(vec![
                ("anchored", anchored.map_or(Ok(Json::Null), |anchored| change.head_told(anchored))?),
                ("found", Json::Word(found)),
                ("present", change.head_told(head)?),
                ("reason", Json::text(reason)),
            ]);
            change.tell("history.accepted", &subject, &details)
        })?;
        // Only now: had it failed, the warning would have to stay.
        self.anchor_state = AnchorState::Matches;
        // Not on its own thread: whoever looks next shall find it there.
        keep_head(self.key_store.as_ref(), self.salt, self.head);
        Ok(())
    }

    /// Tells of files that are about to get their names, so that none lies there of which nothing is told. If giving the name
    /// fails, the event tells of a file that was made and is not there.
    pub fn tell_export(&mut self, note: &ExportNote) -> Result<(), WorkbookError> {
        self.at_work()?;
        let action = match note.signer {
            Some(_) => "report.exported",
            None => "data.exported",
        };
        let files = note.files.iter().map(|file| {
            Json::Object(vec![
                ("bytes", Json::count(file.bytes)),
                ("name", Json::text(&file.name)),
                ("sha256", Json::text(file.sha256)),
            ])
        });
        let mut details = vec![("files", Json::List(files.collect())), ("kind", Json::Word(note.kind))];
        if !note.place.is_empty() {
            details.push(("place", Json::text(&note.place)));
        }
        if let Some((name, fingerprint, one_time)) = &note.signer {
            details.push(("certificate", Json::text(fingerprint)));
            details.push(("one_time", Json::Bool(*one_time)));
            details.push(("signer", Json::text(name)));
        }
        if !note.masked.is_empty() {
            let masked = note.masked.iter().map(|(what, how)| (*what, Json::Word(how)));
            details.push(("masked", Json::Object(masked.collect())));
        }
        let subject = format!("{} {}", note.kind, note.scope);
        let details = Json::Object(details);
        self.change(Permission::Upkeep, |change| change.tell(action, subject.trim_end(), &details))
    }

    fn own_subject(&self) -> String {
        format!("workbook {}", self.salt.workbook_id())
    }
}

impl Change<'_> {
    /// A head, with the time of its event where this file has that very one.
    fn head_told(&self, head: AuditHead) -> Result<Json<'static>, WorkbookError> {
        let place = i64::try_from(head.sequence).map_err(WorkbookError::unreadable)?;
        let at: Option<i64> = self
            .sql
            .query_row(
                "SELECT at FROM audit_events WHERE company_id = ?1 AND sequence = ?2 AND hash = ?3",
                params![Blob(self.company.uuid()), place, head.hash.as_bytes()],
                |row| row.get(0),
            )
            .optional()?;
        Ok(Json::Object(vec![
            ("at", at.map_or(Json::Null, Json::Number)),
            ("hash", Json::text(head.hash)),
            ("sequence", Json::count(head.sequence)),
        ]))
    }
}
