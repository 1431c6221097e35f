//! What a report says of an account, gathered from the workbook.

use std::{borrow::Cow, collections::HashMap};

use tieout_domain::{AccountId, Decider, MatchStatus, Money, Period, Profile, RecordRef, Side, Verdict, said};
use tieout_reports::{AccountProof, ExceptionRow, Layout, MatchRow, Outstanding, ReportData, Tables, Trail};
use tieout_workbook::{Account, Batch, MatchDetail, ProofRange, Record, RunRecord, Workbook};

use crate::{
    ApplicationError, Configuration, Environment, Parts, engine,
    identity::Signer,
    results::{self, Rows},
    signed_report::SignedBasis,
};

use super::{
    rows::{exception_row, held_row, match_row},
    trail::{self, GatheredDecisions},
};

/// Where records are listed that are outstanding.
const IN_NO_MATCH: &str = "in no match";
const WAITING: &str = "in a match to review";
const IN_PART: &str = "settled in part by a match";
const DATED_BEFORE: &str = "dated earlier, not counted";

/// Every way a match can stand.
const ALL_STATUSES: [MatchStatus; 5] = [
    MatchStatus::Approved,
    MatchStatus::Suggested,
    MatchStatus::Ambiguous,
    MatchStatus::Rejected,
    MatchStatus::Superseded,
];

/// Rows fetched at a time.
const PAGE: u32 = 500;

/// What a report says of an account, gathered in one go.
pub(super) struct Gathered {
    account: Account,
    range: ProofRange,
    matches: Vec<MatchRow<'static>>,
    exceptions: Vec<ExceptionRow<'static>>,
    approvers: Vec<String>,
    /// These days are a period that was signed: the report says what was signed.
    signed: Option<SignedBasis>,
    /// What is outstanding of records that a match uses in part: they stand with the matches.
    in_part: Vec<(Side, Money)>,
    /// The same records, as they are listed.
    held: Vec<ExceptionRow<'static>>,
    /// What is outstanding on either side, by where it is listed.
    outstanding: Vec<Outstanding>,
    decisions: GatheredDecisions,
}

/// Records that stand in a match, and whether one of these waits for a person.
type Held = HashMap<RecordRef, bool>;

impl Rows for Gathered {
    fn matches(&self) -> usize {
        self.matches.len()
    }

    fn match_row(&self, at: usize) -> MatchRow<'_> {
        self.matches[at].clone()
    }

    fn exceptions(&self) -> usize {
        self.exceptions.len()
    }

    fn exception_row(&self, at: usize) -> ExceptionRow<'_> {
        self.exceptions[at].clone()
    }
}

impl Gathered {
    pub(super) fn of(workbook: &Workbook, account: AccountId, range: ProofRange) -> Result<Self, ApplicationError> {
        let known = workbook.accounts()?.into_iter().find(|known| known.id == account);
        let account =
            known.ok_or_else(|| ApplicationError::Invalid(said!("account.gone", "there is no such account")))?;
        let signed = SignedBasis::of(workbook, account.id, range)?;
        let (matches, exceptions, approvers) = (Vec::new(), Vec::new(), Vec::new());
        let mut gathered = Self {
            range,
            matches,
            exceptions,
            approvers,
            signed,
            account,
            in_part: Vec::new(),
            held: Vec::new(),
            outstanding: Vec::new(),
            decisions: GatheredDecisions::default(),
        };
        let held = gathered.take_matches(workbook)?;
        if let Some(signed) = &gathered.signed {
            let listed = signed.outstanding(workbook)?;
            let (older, sum) = signed.older_lines(&listed)?;
            gathered.list(workbook, listed, &held)?;
            if older > 0 {
                let (side, sum) = (Side::Statement, sum.checked_neg()?);
                gathered.outstanding.push(Outstanding { side, what: DATED_BEFORE, records: older, sum });
            }
            return Ok(gathered);
        }
        for side in [Side::Statement, Side::Ledger] {
            gathered.take_outstanding(workbook, side, &held)?;
        }
        Ok(gathered)
    }

    /// Answers the records that stand in a match.
    fn take_matches(&mut self, workbook: &Workbook) -> Result<Held, ApplicationError> {
        let mut held = Held::new();
        let mut offset = 0;
        loop {
            let page = workbook.matches_of_account(self.account.id, self.range, &ALL_STATUSES, offset, PAGE)?;
            if page.rows.is_empty() {
                return Ok(held);
            }
            offset += page.rows.len() as u64;
            for detail in page.rows {
                self.decisions.take(&detail, self.signed.as_ref());
                if !self.lists(&detail) {
                    continue;
                }
                let waits = detail.summary.status != MatchStatus::Approved;
                for (record, _) in &detail.records {
                    *held.entry(record.reference()).or_default() |= waits;
                }
                self.note_approver(&detail);
                self.matches.push(match_row(detail)?);
            }
        }
    }

    /// Whether a match is one of the report's. Of what was signed nothing waits for a person.
    fn lists(&self, detail: &MatchDetail) -> bool {
        match (&self.signed, detail.summary.status) {
            (Some(signed), MatchStatus::Approved) => signed.covers(detail),
            (Some(_), _) | (None, MatchStatus::Rejected | MatchStatus::Superseded) => false,
            (None, MatchStatus::Approved | MatchStatus::Suggested | MatchStatus::Ambiguous) => true,
        }
    }

    fn note_approver(&mut self, detail: &MatchDetail) {
        let approval = detail.decisions.iter().find(|made| made.decision.verdict == Verdict::Approve);
        if let Some(made) = approval
            && matches!(made.decision.decided_by, Decider::Person(_))
            && !self.approvers.contains(&made.by)
        {
            self.approvers.push(made.by.clone());
        }
    }

    fn take_outstanding(&mut self, workbook: &Workbook, side: Side, held: &Held) -> Result<(), ApplicationError> {
        let mut offset = 0;
        loop {
            let page = workbook.outstanding(self.account.id, self.range, side, offset, PAGE)?;
            if page.rows.is_empty() {
                return Ok(());
            }
            offset += page.rows.len() as u64;
            self.list(workbook, page.rows, held)?;
        }
    }

    fn list(
        &mut self,
        workbook: &Workbook,
        outstanding: Vec<(Record, Money)>,
        held: &Held,
    ) -> Result<(), ApplicationError> {
        for (record, rest) in outstanding {
            let side = if matches!(record, Record::Line(_)) { Side::Statement } else { Side::Ledger };
            let waits = held.get(&record.reference());
            let what = match waits {
                Some(true) => WAITING,
                Some(false) => IN_PART,
                None => IN_NO_MATCH,
            };
            self.add_outstanding(side, what, rest)?;
            if waits.is_some() {
                self.in_part.push((side, rest));
                self.held.push(held_row(record, rest, what)?);
                continue;
            }
            let settled_since = record.open().is_zero();
            let by = self.signed.as_ref().map_or(i64::MAX, SignedBasis::last_signed_at_ms);
            let mut row = exception_row(workbook, record, rest, by)?;
            if settled_since {
                row.explanation = Cow::Borrowed("outstanding on the last day, settled later");
            }
            self.exceptions.push(row);
        }
        Ok(())
    }

    fn add_outstanding(&mut self, side: Side, what: &'static str, rest: Money) -> Result<(), ApplicationError> {
        let known = self.outstanding.iter_mut().find(|part| part.side == side && part.what == what);
        match known {
            Some(part) => {
                part.records += 1;
                part.sum = part.sum.checked_add(rest)?;
            }
            None => self.outstanding.push(Outstanding { side, what, records: 1, sum: rest }),
        }
        Ok(())
    }

    /// The account and its days, as the audit chain names them.
    pub(super) fn scope(&self) -> String {
        match self.period() {
            Some(period) => format!("{} {} to {}", self.account.name, period.from, period.to),
            None => self.account.name.clone(),
        }
    }

    pub(super) fn report<'t>(
        &self,
        environment: &Environment,
        workbook: &Workbook,
        signer: &Signer,
        (tables, layout): (Tables<'t>, Layout),
    ) -> Result<ReportData<'t>, ApplicationError> {
        let proof = match &self.signed {
            Some(signed) => signed.figures.proof.clone(),
            None => workbook.balance_proof(self.account.id, self.range)?.proof,
        };
        let outstanding = self.outstanding.clone();
        let company = workbook.company();
        let signers = match &self.signed {
            Some(signed) => signed.signers(),
            None => self.signers(workbook),
        };
        let signed_at = self.signed.as_ref().map_or(i64::MAX, SignedBasis::signed_at_ms);
        let run = workbook.latest_run_by(signed_at)?;
        let batches = trail::batches(workbook, &self.account, self.signed.as_ref())?;
        let mut data = ReportData {
            company: company.name.clone(),
            accounts: vec![self.account.name.clone()],
            period: self.period(),
            profile: run.as_ref().map_or(Profile::Bank, |run| run.run.profile),
            prepared_by: signers.prepared_by,
            approved_by: signers.approved_by,
            single_user: signers.single_user,
            signed: self.signed.as_ref().map(|signed| signed.note(workbook, &self.in_part)).transpose()?,
            generated_at: environment.now(),
            engine_version: run
                .as_ref()
                .map_or_else(|| engine::VERSION.to_owned(), |run| run.run.engine_version.clone()),
            configuration: configuration_of(run.as_ref()),
            statistics: run.as_ref().map_or_else(Vec::new, |run| {
                // All that a workbook keeps of them.
                vec![("candidates_scored".to_owned(), run.run.candidates)]
            }),
            signer: Some(results::signer_note(signer)),
            proofs: vec![AccountProof { account: self.account.name.clone(), proof, outstanding }],
            files: batches.iter().map(trail::file_fact).collect(),
            audit_head: Some(workbook.audit_head()),
            held: self.held.clone(),
            trail: self.trail(workbook, &batches, layout)?,
            layout,
            tables,
        };
        layout.privacy.apply(&mut data);
        Ok(data)
    }

    fn trail(&self, workbook: &Workbook, batches: &[Batch], layout: Layout) -> Result<Trail, ApplicationError> {
        let signed = self.signed.as_ref();
        if layout.parts == Parts::Management {
            return Ok(Trail::default());
        }
        let sign_off = trail::sign_off(workbook, &self.account, self.range, signed)?;
        if layout.parts == Parts::Statement {
            return Ok(Trail { sign_off, ..Trail::default() });
        }
        let quality = batches.iter().map(|batch| trail::quality(workbook, batch, layout));
        Ok(Trail {
            decisions: self.decisions.clone().finish(layout.listed_max()),
            sign_off,
            audit: Some(trail::audit(workbook, signed, layout)?),
            quality: quality.collect::<Result<_, _>>()?,
        })
    }

    /// Of days that nobody signed as a period: whoever makes the report, and whoever else approved matches.
    fn signers(&self, workbook: &Workbook) -> Signers {
        let prepared_by = workbook.user().name.clone();
        let others: Vec<_> = self.approvers.iter().filter(|name| **name != prepared_by).cloned().collect();
        let single_user = workbook.company().single_user;
        let approved_by =
            if single_user { Some(prepared_by.clone()) } else { (!others.is_empty()).then(|| others.join(", ")) };
        Signers { prepared_by, approved_by, single_user }
    }

    fn period(&self) -> Option<Period> {
        let from = self.range.from.or(self.account.first_date)?;
        let to = self.range.to.or(self.account.last_date)?;
        Some(Period { from, to })
    }
}

/// Who stands for what a report says.
pub(crate) struct Signers {
    pub(crate) prepared_by: String,
    pub(crate) approved_by: Option<String>,
    /// Preparer and reviewer may be, or are, the same person.
    pub(crate) single_user: bool,
}

/// The configuration that the newest run recorded, or the defaults where none ran.
fn configuration_of(run: Option<&RunRecord>) -> Vec<(String, String)> {
    match run {
        Some(run) => {
            let pairs = run.run.configuration.lines().filter_map(|line| line.split_once(" = "));
            pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
        }
        None => Configuration::defaults(Profile::Bank).lines(),
    }
}
