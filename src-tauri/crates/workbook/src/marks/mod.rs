//! What people note on records and matches: who looks after it, until when it is snoozed, by when a difference in time is
//! settled, comments and evidence. Notes are added by acts, never changed: what holds is the newest of an act that stands.

mod carried;
mod current;
mod evidence;
mod notes;
mod timing;

use jiff::civil::Date;
use rusqlite::params;
use tieout_domain::{ActKind, MatchId, MatchStatus, Money, Permission, RecordRef, owner_name};
use uuid::Uuid;

pub(crate) use carried::PushedAside;
pub(crate) use current::is_hidden;
pub use evidence::{EVIDENCE_BYTES_MAX, Evidence};
pub(crate) use notes::YEARS_MAX;
pub use notes::{COMMENT_CHARS_MAX, MarkFault, Note, NoteContent};
pub use timing::Timing;
pub(crate) use timing::counts_as;

use crate::{
    Act, QueueRow, QueueSubject, RowState, Workbook, WorkbookError,
    acts::About,
    change::Change,
    content,
    json::Json,
    rows::{self, Blob},
    state::State,
};

/// What a person notes on something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// Who looks after it; none: nobody in particular.
    Owner(Option<String>),
    /// The queue does not list it before this day; none: it does.
    Snooze(Option<Date>),
    /// It is a difference in time: expected to be settled by this day, for this reason; none: it is not.
    Timing(Option<(Date, String)>),
    /// Something to be said of it.
    Comment(String),
    /// A file that speaks for it.
    Evidence(Evidence),
}

/// A mark as it is stored.
struct Stored {
    act: Blob,
    kind: String,
    text: String,
    date: Option<String>,
    file: Option<[u8; 32]>,
}

/// What marking did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// Of what was asked for, that on which something changed; empty: nothing did, and nothing was written.
    pub subjects: Vec<QueueSubject>,
}

/// Most records and matches that are marked at once.
pub const MARKED_AT_ONCE_MAX: usize = 10_000;

impl Mark {
    const fn act(&self) -> ActKind {
        match self {
            Self::Owner(_) => ActKind::Assign,
            Self::Snooze(_) => ActKind::Snooze,
            Self::Timing(_) => ActKind::Timing,
            Self::Comment(_) => ActKind::Comment,
            Self::Evidence(_) => ActKind::Evidence,
        }
    }

    const fn kind(&self) -> &'static str {
        match self {
            Self::Owner(_) => "owner",
            Self::Snooze(_) => "snooze",
            Self::Timing(_) => "timing",
            Self::Comment(_) => "comment",
            Self::Evidence(_) => "evidence",
        }
    }

    /// As it is stored: a text, and a day.
    fn stored(&self) -> (String, Option<Date>) {
        match self {
            Self::Owner(owner) => (owner.clone().unwrap_or_default(), None),
            Self::Snooze(until) => (String::new(), *until),
            Self::Timing(None) => (String::new(), None),
            Self::Timing(Some((by, reason))) => (reason.clone(), Some(*by)),
            Self::Comment(text) => (text.clone(), None),
            Self::Evidence(file) => (file.name.clone(), None),
        }
    }
}

/// In SQL, that a mark was made where it stands, or was carried there from a proposal that is still pushed aside.
fn was_not_given_back(mark: &str) -> String {
    format!(
        "({mark}.carried_from IS NULL OR EXISTS (
             SELECT 1 FROM matches p WHERE p.company_id = {mark}.company_id AND p.id = {mark}.carried_from
               AND p.status = '{}'))",
        MatchStatus::Superseded.as_str()
    )
}

/// How audit events name it.
pub(crate) fn name_of(subject: QueueSubject) -> String {
    match subject {
        QueueSubject::Match(id) => format!("match {id}"),
        QueueSubject::Record(record) => content::subject(record),
    }
}

/// A subject as it is stored: line, entry, match.
pub(crate) const fn columns(subject: QueueSubject) -> [Option<Blob>; 3] {
    match subject {
        QueueSubject::Record(RecordRef::Line(id)) => [Some(Blob(id.uuid())), None, None],
        QueueSubject::Record(RecordRef::Entry(id)) => [None, Some(Blob(id.uuid())), None],
        QueueSubject::Match(id) => [None, None, Some(Blob(id.uuid()))],
    }
}

/// The column that holds it, and what it holds.
pub(crate) const fn column(subject: QueueSubject) -> (&'static str, Uuid) {
    match subject {
        QueueSubject::Record(RecordRef::Line(id)) => ("line_id", id.uuid()),
        QueueSubject::Record(RecordRef::Entry(id)) => ("entry_id", id.uuid()),
        QueueSubject::Match(id) => ("match_id", id.uuid()),
    }
}

impl Workbook {
    /// Notes the same on several records and matches, in one act. What says so already is left as it is.
    pub fn mark(&mut self, subjects: &[QueueSubject], mark: &Mark) -> Result<Marked, WorkbookError> {
        if subjects.len() > MARKED_AT_ONCE_MAX {
            return Err(MarkFault::TooMany { given: subjects.len(), most: MARKED_AT_ONCE_MAX }.into());
        }
        self.require(Permission::Decide)?;
        let mark = self.checked(mark)?;
        let mut changing: Vec<(QueueSubject, QueueRow)> = Vec::new();
        for subject in subjects {
            let row = self.markable(*subject, &mark)?;
            let known = changing.iter().any(|(known, _)| known == subject);
            if !known && !self.says_already(*subject, &mark)? {
                changing.push((*subject, row));
            }
        }
        let marked = Marked { subjects: changing.iter().map(|(subject, _)| *subject).collect() };
        if marked.subjects.is_empty() {
            return Ok(marked);
        }
        let amounts: Vec<Money> = changing.iter().map(|(_, row)| row.amount).collect();
        let about = About::of(changing.first().map(|(_, row)| row.title.clone()).unwrap_or_default(), &amounts);
        self.change(Permission::Decide, |change| {
            let act = change.id();
            change.act(act, mark.act(), &about)?;
            let file = match &mark {
                Mark::Evidence(file) => Some(change.keep_file(file)?),
                Mark::Owner(_) | Mark::Snooze(_) | Mark::Timing(_) | Mark::Comment(_) => None,
            };
            for subject in &marked.subjects {
                change.add_mark(act, *subject, &mark, file)?;
                change.renew_marked(*subject)?;
            }
            let (text, date) = mark.stored();
            let details = Json::Object(vec![
                ("date", Json::optional(date)),
                ("file", Json::optional(file)),
                ("on", Json::texts(marked.subjects.iter().copied().map(name_of))),
                ("text", Json::text(text)),
            ]);
            change.tell(&format!("marked.{}", mark.kind()), &format!("act {act}"), &details)
        })?;
        Ok(marked)
    }

    /// Refuses what cannot be noted, and trims what can.
    fn checked(&self, mark: &Mark) -> Result<Mark, WorkbookError> {
        let today = self.today();
        Ok(match mark {
            Mark::Owner(owner) => Mark::Owner(owner.as_deref().map(owner_name).transpose()?),
            Mark::Snooze(Some(until)) => Mark::Snooze(Some(notes::coming(*until, today)?)),
            Mark::Timing(Some((by, reason))) => {
                Mark::Timing(Some((notes::coming(*by, today)?, notes::reason(reason)?)))
            }
            Mark::Comment(text) => Mark::Comment(notes::comment(text)?),
            Mark::Evidence(file) => Mark::Evidence(file.checked()?),
            Mark::Snooze(None) | Mark::Timing(None) => mark.clone(),
        })
    }

    /// Refuses to make the notes of an act again where they could not be made now: their day is over, or what they are
    /// about is done, or gone. A proposal that gave way is no reason as long as something else has them: they were carried
    /// on to what took its place. What they were carried on to is none: somebody else's work has gone on there.
    pub(crate) fn check_marks_of(&self, act: &Act) -> Result<(), WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT line_id, entry_id, match_id, kind, date, carried_from IS NOT NULL FROM marks
             WHERE company_id = ?1 AND act_id = ?2 ORDER BY id",
        )?;
        let mut found = statement.query(params![Blob(self.company.id.uuid()), Blob(act.id.uuid())])?;
        let (mut is_carried, mut gave_way) = (false, None);
        while let Some(row) = found.next()? {
            let subject = QueueSubject::of_columns(row.get(0)?, row.get(1)?, row.get(2)?)
                .ok_or_else(|| WorkbookError::unreadable("a mark on nothing"))?;
            if let Some(day) = rows::date(row.get(4)?)? {
                notes::coming(day, self.today())?;
            }
            let mark = match row.get::<_, String>(3)?.as_str() {
                "owner" => Mark::Owner(None),
                "snooze" => Mark::Snooze(None),
                "timing" => Mark::Timing(None),
                // A comment, or a file.
                _ => continue,
            };
            match self.markable(subject, &mark) {
                Ok(_) => is_carried = true,
                Err(refusal) if row.get(5)? || self.has_given_way(subject)? => gave_way = Some(refusal),
                Err(refusal) => return Err(refusal),
            }
        }
        gave_way.filter(|_| !is_carried).map_or(Ok(()), Err)
    }

    fn has_given_way(&self, subject: QueueSubject) -> Result<bool, WorkbookError> {
        match subject {
            QueueSubject::Match(id) => Ok(self.match_row(id)?.state == RowState::Superseded),
            QueueSubject::Record(_) => Ok(false),
        }
    }

    /// The row of something that can carry the mark. Who looks after it, and when it comes back, is said only of what is
    /// still to be done; that its time has not come only of a record without a match.
    fn markable(&self, subject: QueueSubject, mark: &Mark) -> Result<QueueRow, WorkbookError> {
        let to_be_done = !matches!(mark, Mark::Comment(_) | Mark::Evidence(_));
        match subject {
            QueueSubject::Match(id) => {
                let row = self.match_row(id)?;
                if matches!(mark, Mark::Timing(_)) {
                    return Err(MarkFault::MatchIsNoTiming.into());
                }
                if to_be_done && !row.state.is_live() {
                    return Err(MarkFault::Decided(row.title).into());
                }
                Ok(row)
            }
            QueueSubject::Record(record) => {
                if to_be_done && !State::OPEN.contains(&self.state_of(record)?) {
                    return Err(WorkbookError::NotOpen(record));
                }
                self.unmatched_row(record)
            }
        }
    }
}

impl Change<'_> {
    fn add_mark(
        &mut self,
        act: Uuid,
        subject: QueueSubject,
        mark: &Mark,
        file: Option<tieout_domain::Digest>,
    ) -> Result<(), WorkbookError> {
        let (text, date) = mark.stored();
        let kind = mark.kind().to_owned();
        let (date, file) = (date.map(|date| date.to_string()), file.map(|file| *file.as_bytes()));
        self.put_mark(subject, &Stored { act: Blob(act), kind, text, date, file }, None)
    }

    /// Stores a mark on a subject, with the proposal from which it is carried on, if it is.
    fn put_mark(
        &mut self,
        subject: QueueSubject,
        mark: &Stored,
        carried_from: Option<MatchId>,
    ) -> Result<(), WorkbookError> {
        let id = self.id();
        let [line, entry, of_match] = columns(subject);
        let Stored { act, kind, text, date, file } = mark;
        self.sql
            .prepare_cached(
                "INSERT INTO marks (company_id, id, act_id, line_id, entry_id, match_id, kind, text, date, file, carried_from)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id),
                act,
                line,
                entry,
                of_match,
                kind,
                text,
                date,
                file,
                carried_from.map(|from| Blob(from.uuid()))
            ])?;
        Ok(())
    }
}

impl QueueSubject {
    /// Told apart by what its identifier is found as: a match, a line, an entry.
    pub(crate) const fn of_columns(line: Option<Blob>, entry: Option<Blob>, of_match: Option<Blob>) -> Option<Self> {
        use tieout_domain::{LedgerEntryId, StatementLineId};
        match (line, entry, of_match) {
            (Some(line), _, _) => Some(Self::Record(RecordRef::Line(StatementLineId::from_uuid(line.0)))),
            (_, Some(entry), _) => Some(Self::Record(RecordRef::Entry(LedgerEntryId::from_uuid(entry.0)))),
            (_, _, Some(id)) => Some(Self::Match(MatchId::from_uuid(id.0))),
            (None, None, None) => None,
        }
    }
}
