//! Decisions: approving, rejecting, matching by hand. Each is a new row; none is ever changed.

use std::collections::BTreeSet;

use rusqlite::{OptionalExtension, params};
use sha2::{Digest as _, Sha256};
use tieout_domain::{
    ActKind, Confidence, Currency, Decider, DecisionId, Digest, Explanation, Match, MatchId, MatchStatus, Money,
    Permission, Posting, RecordRef, RootCause, Verdict,
};
use uuid::Uuid;

use crate::{
    Workbook, WorkbookError,
    change::Change,
    content,
    json::Json,
    marks,
    proposals::{NewMatch, match_ids},
    rows::{self, Blob},
    state::{covers, side_of, table},
};

/// What a decision did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The matches decided on: one, or as many as were approved at once.
    pub matches: Vec<MatchId>,
    /// Proposals that had to make room.
    pub set_aside: Vec<MatchId>,
}

/// Records a person put together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandMatch {
    /// The records with the amounts used, and what justifies their difference.
    pub matched: Match,
    /// To each adjustment in its order, where the books take it; may be shorter.
    pub postings: Vec<Option<Posting>>,
    /// Why the two sides differ.
    pub cause: RootCause,
    /// What speaks for and against it, as the engine sees it; may be empty.
    pub explanation: Explanation,
    /// The engine's opinion of it.
    pub confidence: Confidence,
}

/// Suggested matches that could be approved together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approvable {
    /// The matches.
    pub matches: Vec<MatchId>,
    /// Their statement totals, one a currency.
    pub totals: Vec<Money>,
    /// Their differences, one a currency.
    pub differences: Vec<Money>,
}

/// A decision about to be stored.
pub(crate) struct NewDecision<'a> {
    pub(crate) act: Uuid,
    pub(crate) match_id: MatchId,
    pub(crate) verdict: Verdict,
    pub(crate) decided_by: Decider,
    pub(crate) reason: &'a str,
    pub(crate) content: Digest,
    /// Where the match stood; `None` where it did not exist.
    pub(crate) status_before: Option<MatchStatus>,
    pub(crate) supersedes: Option<DecisionId>,
}

impl Workbook {
    /// Approves a proposal. `seen` is the hash of the content its author saw; if the match is another by now, or decided
    /// already, that is [`WorkbookError::Stale`]. Proposals for which no longer enough is open are set aside.
    pub fn approve(&mut self, id: MatchId, seen: Digest, reason: &str) -> Result<Decided, WorkbookError> {
        self.change(Permission::Decide, |change| {
            let act = change.id();
            change.require_unchanged(id, seen)?;
            change.act(act, ActKind::Approve, &change.about_matches(&[id])?)?;
            let before = change.status_of(id)?;
            let set_aside = change.approve(act, id, reason)?;
            change.tell_decision("match.approved", id, (before, seen), reason, &set_aside)?;
            Ok(Decided { matches: vec![id], set_aside })
        })
    }

    /// Rejects a proposal: its records are not proposed together again.
    pub fn reject(&mut self, id: MatchId, seen: Digest, reason: &str) -> Result<Decided, WorkbookError> {
        self.change(Permission::Decide, |change| {
            let act = change.id();
            change.require_unchanged(id, seen)?;
            change.act(act, ActKind::Reject, &change.about_matches(&[id])?)?;
            let before = change.status_of(id)?;
            change.reject_for(act, id, reason)?;
            change.tell_decision("match.rejected", id, (before, seen), reason, &[])?;
            Ok(Decided { matches: vec![id], set_aside: Vec::new() })
        })
    }

    /// Approves several proposals in one act. Any that is decided already makes all of it [`WorkbookError::Stale`].
    pub fn approve_many(&mut self, ids: &[MatchId], reason: &str) -> Result<Decided, WorkbookError> {
        self.decide_on_all(Verdict::Approve, ids, reason, &[])
    }

    /// The same where each was looked at: any that is another than its author saw is [`WorkbookError::Stale`] too.
    pub fn approve_seen(&mut self, seen: &[(MatchId, Digest)], reason: &str) -> Result<Decided, WorkbookError> {
        let ids: Vec<MatchId> = seen.iter().map(|(id, _)| *id).collect();
        self.decide_on_all(Verdict::Approve, &ids, reason, seen)
    }

    /// Rejects several proposals in one act, likewise.
    pub fn reject_seen(&mut self, seen: &[(MatchId, Digest)], reason: &str) -> Result<Decided, WorkbookError> {
        let ids: Vec<MatchId> = seen.iter().map(|(id, _)| *id).collect();
        self.decide_on_all(Verdict::Reject, &ids, reason, seen)
    }

    fn decide_on_all(
        &mut self,
        verdict: Verdict,
        ids: &[MatchId],
        reason: &str,
        seen: &[(MatchId, Digest)],
    ) -> Result<Decided, WorkbookError> {
        if ids.is_empty() {
            return Ok(Decided { matches: Vec::new(), set_aside: Vec::new() });
        }
        let (kind, action) = match verdict {
            Verdict::Reject => (ActKind::Reject, "matches.rejected"),
            Verdict::Approve | Verdict::Override | Verdict::Undo => (ActKind::Approve, "matches.approved"),
        };
        self.change(Permission::Decide, |change| {
            let act = change.id();
            seen.iter().try_for_each(|(id, content)| change.require_unchanged(*id, *content))?;
            change.act(act, kind, &change.about_matches(ids)?)?;
            let mut set_aside = Vec::new();
            for id in ids {
                match kind {
                    ActKind::Reject => change.reject_for(act, *id, reason)?,
                    _ => set_aside.extend(change.approve(act, *id, reason)?),
                }
            }
            let details = Json::Object(vec![
                ("contents", Json::text(change.contents_of(ids)?)),
                ("matches", Json::texts(ids)),
                ("reason", Json::text(reason)),
                ("set_aside", Json::texts(&set_aside)),
            ]);
            change.tell(action, &format!("act {act}"), &details)?;
            Ok(Decided { matches: ids.to_vec(), set_aside })
        })
    }

    /// Approves a match a person put together. Proposals that hold any of its records are overridden.
    pub fn match_by_hand(&mut self, hand: &HandMatch, reason: &str) -> Result<Decided, WorkbookError> {
        self.match_many_by_hand(std::slice::from_ref(hand), reason)
    }

    /// Approves the matches into which a person divided some records, in one act: all of them or none.
    pub fn match_many_by_hand(&mut self, hands: &[HandMatch], reason: &str) -> Result<Decided, WorkbookError> {
        self.change(Permission::Decide, |change| {
            let act = change.id();
            let mut decided = Decided { matches: Vec::new(), set_aside: Vec::new() };
            for hand in hands {
                let records: Vec<RecordRef> = hand.matched.legs().iter().map(|leg| leg.record).collect();
                let overridden = change.override_proposals(act, &records, reason)?;
                let (id, seen) = change.insert_match(&NewMatch {
                    run: None,
                    matched: &hand.matched,
                    postings: &hand.postings,
                    status: MatchStatus::Approved,
                    by_policy: false,
                    confidence: hand.confidence,
                    cause: hand.cause,
                    explanation: &hand.explanation,
                    alternatives: &[],
                    finding: None,
                })?;
                change.decide(act, id, Verdict::Approve, reason, None)?;
                let mut details = decision_details(seen, reason, &overridden);
                details.push(("records", Json::texts(records.into_iter().map(content::subject))));
                change.tell("match.made", &format!("match {id}"), &Json::Object(details))?;
                decided.matches.push(id);
                decided.set_aside.extend(overridden);
            }
            change.carry_marks_on(marks::PushedAside::ByAct(act))?;
            let about = change.about_matches(&decided.matches)?;
            change.act(act, ActKind::Match, &about)?;
            Ok(decided)
        })
    }

    /// Suggested matches of at least this confidence, with what they come to. Ambiguous ones, and those that are snoozed,
    /// are never among them.
    pub fn approvable_above(&self, confidence: Confidence) -> Result<Approvable, WorkbookError> {
        let company = Blob(self.company.id.uuid());
        let today = self.today().to_string();
        let shown = format!("NOT {}", marks::is_hidden("match_id", "m.id", "?3"));
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT id FROM matches m WHERE company_id = ?1 AND status = 'suggested' AND confidence >= ?2 AND {shown}
             ORDER BY confidence DESC, id"
        ))?;
        let found = statement.query_map(params![company, confidence.ppm(), today], |row| row.get::<_, Blob>(0))?;
        let matches = found.map(|id| id.map(|id| MatchId::from_uuid(id.0))).collect::<rusqlite::Result<_>>()?;
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT currency, sum(line_total), sum(difference) FROM matches m
             WHERE company_id = ?1 AND status = 'suggested' AND confidence >= ?2 AND {shown}
             GROUP BY currency ORDER BY currency"
        ))?;
        let mut rows = statement.query(params![company, confidence.ppm(), today])?;
        let mut approvable = Approvable { matches, totals: Vec::new(), differences: Vec::new() };
        while let Some(row) = rows.next()? {
            let currency: Currency = rows::currency(&row.get::<_, String>(0)?)?;
            approvable.totals.push(Money::from_minor(row.get(1)?, currency));
            approvable.differences.push(Money::from_minor(row.get(2)?, currency));
        }
        Ok(approvable)
    }
}

fn decision_details(seen: Digest, reason: &str, set_aside: &[MatchId]) -> Vec<(&'static str, Json<'static>)> {
    vec![("content", Json::text(seen)), ("reason", Json::text(reason)), ("set_aside", Json::texts(set_aside))]
}

impl Change<'_> {
    fn tell_decision(
        &mut self,
        action: &str,
        id: MatchId,
        (before, seen): (MatchStatus, Digest),
        reason: &str,
        set_aside: &[MatchId],
    ) -> Result<(), WorkbookError> {
        let mut details = decision_details(seen, reason, set_aside);
        details.push(("before", Json::Word(before.as_str())));
        self.tell(action, &format!("match {id}"), &Json::Object(details))
    }

    /// Approves one match and answers the proposals that had to make room.
    fn approve(&mut self, act: Uuid, id: MatchId, reason: &str) -> Result<Vec<MatchId>, WorkbookError> {
        let (_, set_aside) = self.approve_as(act, id, Decider::Person(self.user), reason)?;
        Ok(set_aside)
    }

    /// The same by whoever decides; answers the decision besides.
    pub(crate) fn approve_as(
        &mut self,
        act: Uuid,
        id: MatchId,
        decided_by: Decider,
        reason: &str,
    ) -> Result<(DecisionId, Vec<MatchId>), WorkbookError> {
        let before = self.require_live(id)?;
        let legs = self.legs(id)?;
        for leg in &legs {
            self.held(leg.record)?.check_open(leg)?;
        }
        self.set_status(id, before, MatchStatus::Approved)?;
        if let Decider::Policy { .. } = decided_by {
            self.sql
                .prepare_cached("UPDATE matches SET by_policy = 1 WHERE company_id = ?1 AND id = ?2")?
                .execute(params![Blob(self.company.uuid()), Blob(id.uuid())])?;
        }
        let content = self.content_of(id)?;
        let decision = self.insert_decision(&NewDecision {
            act,
            match_id: id,
            verdict: Verdict::Approve,
            decided_by,
            reason,
            content,
            status_before: Some(before),
            supersedes: None,
        })?;
        let records: Vec<RecordRef> = legs.iter().map(|leg| leg.record).collect();
        self.refresh_all(&records)?;
        let mut set_aside = Vec::new();
        for other in self.live_matches_holding(&records)? {
            if !self.is_covered(other)? {
                self.set_aside(other.uuid(), act)?;
                set_aside.push(other);
            }
        }
        Ok((decision, set_aside))
    }

    /// Adds a decision by whoever works in the workbook, with the hash of the match as it is stored.
    pub(crate) fn decide(
        &mut self,
        act: Uuid,
        match_id: MatchId,
        verdict: Verdict,
        reason: &str,
        status_before: Option<MatchStatus>,
    ) -> Result<(), WorkbookError> {
        let content = self.content_of(match_id)?;
        let decided_by = Decider::Person(self.user);
        let decision =
            NewDecision { act, match_id, verdict, decided_by, reason, content, status_before, supersedes: None };
        self.insert_decision(&decision).map(drop)
    }

    /// Adds a decision, and does to customers' accounts what it asks for.
    pub(crate) fn insert_decision(&mut self, new: &NewDecision<'_>) -> Result<DecisionId, WorkbookError> {
        let id = DecisionId::from_uuid(self.id());
        let (user, policy) = match &new.decided_by {
            Decider::Person(user) => (Some(Blob(user.uuid())), None),
            Decider::Policy { version } => (None, Some(version)),
        };
        self.sql
            .prepare_cached(
                "INSERT INTO decisions
                     (company_id, id, act_id, match_id, verdict, user_id, policy_version, decided_at, reason, content,
                      status_before, supersedes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            )?
            .execute(params![
                Blob(self.company.uuid()),
                Blob(id.uuid()),
                Blob(new.act),
                Blob(new.match_id.uuid()),
                new.verdict.as_str(),
                user,
                policy,
                self.now_ms,
                new.reason,
                new.content.as_bytes(),
                new.status_before.map_or("none", MatchStatus::as_str),
                new.supersedes.map(|id| Blob(id.uuid()))
            ])?;
        self.credit_as_decided(id, new)?;
        Ok(id)
    }

    pub(crate) fn content_of(&self, id: MatchId) -> Result<Digest, WorkbookError> {
        let hash: [u8; 32] = self
            .sql
            .prepare_cached("SELECT content FROM matches WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| row.get(0))?;
        Ok(Digest::from_bytes(hash))
    }

    /// Rejects one match.
    pub(crate) fn reject_for(&mut self, act: Uuid, id: MatchId, reason: &str) -> Result<(), WorkbookError> {
        let before = self.require_live(id)?;
        self.set_status(id, before, MatchStatus::Rejected)?;
        self.decide(act, id, Verdict::Reject, reason, Some(before))?;
        self.renew_carried_from(id)?;
        let records = self.records_of(id)?;
        self.refresh_all(&records)
    }

    /// Live proposals that hold any of the records make room for what a person chose instead. Answers them.
    pub(crate) fn override_proposals(
        &mut self,
        act: Uuid,
        records: &[RecordRef],
        reason: &str,
    ) -> Result<Vec<MatchId>, WorkbookError> {
        let overridden = self.live_matches_holding(records)?;
        for old in &overridden {
            let before = self.require_live(*old)?;
            self.decide(act, *old, Verdict::Override, reason, Some(before))?;
            self.set_aside(old.uuid(), act)?;
        }
        Ok(overridden)
    }

    /// The content as stored, and as it hashes now, must be what was seen.
    pub(crate) fn require_unchanged(&self, id: MatchId, seen: Digest) -> Result<(), WorkbookError> {
        let shown = crate::review::read_match(self.sql, self.company, id)?;
        if shown.content == seen && shown.hash_again(self.sql, self.company)? == seen {
            Ok(())
        } else {
            Err(WorkbookError::Stale(id))
        }
    }

    /// SHA-256 over a line for each match, in their order: its identifier, a comma and the hash of its content.
    fn contents_of(&self, ids: &[MatchId]) -> Result<Digest, WorkbookError> {
        let mut lines = Sha256::new();
        let mut content = self.sql.prepare_cached("SELECT content FROM matches WHERE company_id = ?1 AND id = ?2")?;
        for id in ids {
            let hash: [u8; 32] =
                content.query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| row.get(0))?;
            lines.update(format!("{id},{}\n", Digest::from_bytes(hash)));
        }
        Ok(Digest::from_bytes(lines.finalize().into()))
    }

    pub(crate) fn status_of(&self, id: MatchId) -> Result<MatchStatus, WorkbookError> {
        let word = self
            .sql
            .prepare_cached("SELECT status FROM matches WHERE company_id = ?1 AND id = ?2")?
            .query_row(params![Blob(self.company.uuid()), Blob(id.uuid())], |row| row.get::<_, String>(0))
            .optional()?;
        rows::match_status(&word.ok_or_else(|| WorkbookError::not_found("match", id))?)
    }

    fn require_live(&self, id: MatchId) -> Result<MatchStatus, WorkbookError> {
        match self.status_of(id)? {
            live @ (MatchStatus::Suggested | MatchStatus::Ambiguous) => Ok(live),
            MatchStatus::Approved | MatchStatus::Rejected | MatchStatus::Superseded => Err(WorkbookError::Stale(id)),
        }
    }

    /// Moves a match from one status to another. Its records must be refreshed afterwards.
    pub(crate) fn set_status(&mut self, id: MatchId, from: MatchStatus, to: MatchStatus) -> Result<(), WorkbookError> {
        let changed = self
            .sql
            .prepare_cached(
                "UPDATE matches SET status = ?4, by_policy = 0, changed_at = ?5, superseded_by = NULL,
                        superseded_from = NULL
                 WHERE company_id = ?1 AND id = ?2 AND status = ?3",
            )?
            .execute(params![Blob(self.company.uuid()), Blob(id.uuid()), from.as_str(), to.as_str(), self.now_ms])?;
        if changed != 1 {
            return Err(WorkbookError::Stale(id));
        }
        self.tally.matches(from, -1);
        self.tally.matches(to, 1);
        Ok(())
    }

    /// Takes a proposal out of the queue, remembering which act did so and where it stood.
    pub(crate) fn set_aside(&mut self, id: Uuid, act: Uuid) -> Result<(), WorkbookError> {
        let id = MatchId::from_uuid(id);
        let from = self.require_live(id)?;
        self.set_status(id, from, MatchStatus::Superseded)?;
        self.sql
            .prepare_cached(
                "UPDATE matches SET superseded_by = ?3, superseded_from = ?4 WHERE company_id = ?1 AND id = ?2",
            )?
            .execute(params![Blob(self.company.uuid()), Blob(id.uuid()), Blob(act), from.as_str()])?;
        self.renew_carried_from(id)?;
        let records = self.records_of(id)?;
        self.refresh_all(&records)
    }

    /// Live proposals that hold any of the records.
    pub(crate) fn live_matches_holding(&self, records: &[RecordRef]) -> Result<Vec<MatchId>, WorkbookError> {
        self.matches_holding(records, "m.status IN ('suggested', 'ambiguous')")
    }

    /// Matches of which `which` holds and that hold any of the records, each once.
    pub(crate) fn matches_holding(&self, records: &[RecordRef], which: &str) -> Result<Vec<MatchId>, WorkbookError> {
        let mut found = BTreeSet::new();
        for record in records {
            let (side, id) = side_of(*record);
            let (_, leg) = table(side);
            let mut statement = self.sql.prepare_cached(&format!(
                "SELECT m.id FROM match_legs l JOIN matches m ON m.company_id = l.company_id AND m.id = l.match_id
                 WHERE l.company_id = ?1 AND l.{leg} = ?2 AND {which}"
            ))?;
            let ids = statement.query_map(params![Blob(self.company.uuid()), Blob(id)], |row| row.get::<_, Blob>(0))?;
            for id in ids {
                found.insert(id?.0);
            }
        }
        Ok(match_ids(found))
    }

    /// Whether enough is open for every leg of the match.
    pub(crate) fn is_covered(&self, id: MatchId) -> Result<bool, WorkbookError> {
        for leg in self.legs(id)? {
            if self.open_of(leg.record)?.is_some_and(|open| !covers(open, leg.amount_settled.minor_units())) {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
