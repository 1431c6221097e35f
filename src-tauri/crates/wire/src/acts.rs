//! What people did and may take back, and what they note on records and matches.
//!
//! Commands: `undo {}` and `redo {}` (both [`crate::DecisionOutcome`]), `acts {offset, limit}` ([`ActsView`]),
//! `mark(MarkRequest)` and `attach(AttachRequest)` (both [`crate::DecisionOutcome`]), `save_evidence {hash, path}`,
//! `selection {ids}` ([`SelectionView`]), `decide_many(DecideManyRequest)` ([`crate::DecisionOutcome`]).

use std::fmt;

use serde::{Deserialize, Serialize};
use tieout_application as application;
use ts_rs::TS;

use crate::{
    Amount, CommandError, SideView, VerdictView,
    answers::{all, amounts, count, moment},
    requests::{bounded, parse_day, parse_id},
};

/// What a person did.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ActView {
    /// Its identifier.
    pub id: String,
    /// `approve`, `reject`, `match`, `write_off`, `split`, `take_back`, `assign`, `snooze`, `timing`, `comment`, `evidence`.
    pub kind: String,
    /// Whom it is about; empty where it is about several.
    pub title: String,
    /// Matches or records it is about.
    pub items: u32,
    /// What they come to; `None` where they are of several currencies.
    pub amount: Option<Amount>,
    /// Who did it.
    pub by: String,
    /// ISO date and time, UTC.
    pub at: String,
    /// Whether it stands: it was not taken back, or was done again.
    pub standing: bool,
}

/// A page of what people did, newest first.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ActsView {
    /// The acts.
    pub rows: Vec<ActView>,
    /// Acts in all.
    pub total: u32,
}

/// What is noted on something.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum NoteContentView {
    /// Who looks after it.
    Owner {
        /// Their name.
        owner: String,
    },
    /// The queue does not list it before this day.
    Snooze {
        /// ISO date.
        until: String,
    },
    /// A difference in time.
    Timing {
        /// By when it is settled: ISO date.
        by: String,
        /// Why; may be empty.
        reason: String,
    },
    /// A comment.
    Comment {
        /// What it says.
        text: String,
    },
    /// A file.
    Evidence {
        /// Its name.
        name: String,
        /// SHA-256 of its content, which names it.
        hash: String,
        /// Its size in bytes.
        bytes: u32,
    },
}

/// A note that holds.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NoteView {
    /// What it says.
    pub content: NoteContentView,
    /// Who wrote it.
    pub by: String,
    /// ISO date and time, UTC.
    pub at: String,
}

/// What is to be noted.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "kind")]
#[ts(export)]
pub enum MarkView {
    /// Who looks after it.
    Owner {
        /// Their name; `None`: nobody in particular.
        owner: Option<String>,
    },
    /// The queue is not to list it before a day.
    Snooze {
        /// ISO date, after today; `None`: list it.
        until: Option<String>,
    },
    /// It is a difference in time, settled by a day.
    Timing {
        /// ISO date, after today; `None`: it is none.
        by: Option<String>,
        /// Why; may be empty.
        reason: String,
    },
    /// Something to be said.
    Comment {
        /// At most 10,000 characters.
        text: String,
    },
}

/// `mark`: the same on several records and matches, in one act.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct MarkRequest {
    /// Identifiers of matches, lines and entries.
    pub ids: Vec<String>,
    /// What is to be noted.
    pub mark: MarkView,
}

/// `attach`: a file as evidence for records and matches, by its place.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AttachRequest {
    /// Identifiers of matches, lines and entries.
    pub ids: Vec<String>,
    /// The file.
    pub path: String,
}

/// `selection`: what records and matches come to.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SelectionView {
    /// How many.
    pub count: u32,
    /// Their amounts, one a currency.
    pub totals: Vec<Amount>,
    /// The differences of the matches among them, one a currency.
    pub differences: Vec<Amount>,
    /// The matches among them, as they are now.
    pub matches: Vec<SeenMatch>,
    /// The records among them, side by side; a side of which there are none is left out.
    pub sides: Vec<SelectedSideView>,
}

/// The records of one side among what was selected.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SelectedSideView {
    /// The side.
    pub side: SideView,
    /// Their identifiers.
    pub ids: Vec<String>,
    /// What is open of them, one a currency.
    pub totals: Vec<Amount>,
}

/// A match as it was seen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct SeenMatch {
    /// The match.
    pub id: String,
    /// SHA-256 of its content.
    pub content: String,
}

/// `decide_many`: the same verdict on several proposals, in one act.
#[derive(Debug, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DecideManyRequest {
    /// The proposals as they were seen.
    pub matches: Vec<SeenMatch>,
    /// Right or wrong.
    pub verdict: VerdictView,
    /// Why; may be empty.
    pub reason: String,
}

impl From<application::Act> for ActView {
    fn from(act: application::Act) -> Self {
        Self {
            id: act.id.to_string(),
            kind: act.kind.as_str().to_owned(),
            title: act.title,
            items: count(act.items),
            amount: act.amount.map(Into::into),
            by: act.by,
            at: moment(act.done_at_ms),
            standing: act.standing,
        }
    }
}

impl From<application::Page<application::Act>> for ActsView {
    fn from(page: application::Page<application::Act>) -> Self {
        Self { rows: all(page.rows), total: count(page.total) }
    }
}

impl fmt::Display for ActsView {
    /// A line an act: when, who, what, and whether it was taken back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.rows.is_empty() {
            return f.write_str("nobody did anything yet");
        }
        for (at, act) in self.rows.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            write!(f, "{end}{}  {}  {}", act.at, act.by, act.kind.replace('_', " "))?;
            match act.items {
                1 => write!(f, "  {}", act.title)?,
                items => write!(f, "  {items} items")?,
            }
            if let Some(amount) = &act.amount {
                write!(f, "  {} {}", amount.value, amount.currency)?;
            }
            if !act.standing {
                f.write_str("  (taken back)")?;
            }
        }
        Ok(())
    }
}

impl From<application::Note> for NoteView {
    fn from(note: application::Note) -> Self {
        let content = match note.content {
            application::NoteContent::Owner(owner) => NoteContentView::Owner { owner },
            application::NoteContent::Snooze(until) => NoteContentView::Snooze { until: until.to_string() },
            application::NoteContent::Timing(by, reason) => NoteContentView::Timing { by: by.to_string(), reason },
            application::NoteContent::Comment(text) => NoteContentView::Comment { text },
            application::NoteContent::Evidence { name, hash, bytes } => {
                NoteContentView::Evidence { name, hash: hash.to_string(), bytes: count(bytes) }
            }
        };
        Self { content, by: note.by, at: moment(note.at_ms) }
    }
}

impl From<application::SelectionFacts> for SelectionView {
    fn from(facts: application::SelectionFacts) -> Self {
        let seen = |(id, content): (tieout_domain::MatchId, application::Digest)| SeenMatch {
            id: id.to_string(),
            content: content.to_string(),
        };
        Self {
            count: count(facts.count),
            totals: amounts(facts.totals),
            differences: amounts(facts.differences),
            matches: facts.matches.into_iter().map(seen).collect(),
            sides: facts.sides.into_iter().map(SelectedSideView::from).collect(),
        }
    }
}

impl From<application::SelectedSide> for SelectedSideView {
    fn from(selected: application::SelectedSide) -> Self {
        Self { side: selected.side.into(), ids: selected.ids, totals: amounts(selected.totals) }
    }
}

impl TryFrom<MarkView> for application::Mark {
    type Error = CommandError;

    fn try_from(mark: MarkView) -> Result<Self, Self::Error> {
        Ok(match mark {
            MarkView::Owner { owner } => Self::Owner(owner),
            MarkView::Snooze { until } => Self::Snooze(until.as_deref().map(parse_day).transpose()?),
            MarkView::Timing { by, reason } => {
                Self::Timing(by.as_deref().map(parse_day).transpose()?.map(|by| (by, reason)))
            }
            MarkView::Comment { text } => Self::Comment(text),
        })
    }
}

impl TryFrom<DecideManyRequest> for application::DecideMany {
    type Error = CommandError;

    fn try_from(request: DecideManyRequest) -> Result<Self, Self::Error> {
        let seen = |seen: SeenMatch| Ok((parse_id(&seen.id)?, parse_id(&seen.content)?));
        Ok(Self {
            matches: request.matches.into_iter().map(seen).collect::<Result<_, CommandError>>()?,
            approve: request.verdict == VerdictView::Approve,
            reason: bounded(request.reason)?,
        })
    }
}
