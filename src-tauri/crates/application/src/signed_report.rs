//! The report of a signed period says what was signed, not what is so today.

use jiff::Timestamp;
use tieout_domain::{AccountId, Decision, Money, Period, Side, Verdict};
use tieout_reports::{SignatureNote, SignedPeriod};
use tieout_workbook::{
    BalanceSource, MatchDetail, PeriodFigures, PeriodRecord, ProofRange, Record, Signed, SignedContent, SinceSigned,
    Workbook,
};

use crate::{ApplicationError, export::Signers};

/// The content that a report is made from, where its days are a signed period.
pub(crate) struct SignedBasis {
    period: PeriodRecord,
    content: SignedContent,
    pub(crate) figures: PeriodFigures,
}

impl SignedBasis {
    /// The signed period of the account that has exactly these days, if there is one.
    pub(crate) fn of(
        workbook: &Workbook,
        account: AccountId,
        range: ProofRange,
    ) -> Result<Option<Self>, ApplicationError> {
        let (Some(from), Some(to)) = (range.from, range.to) else { return Ok(None) };
        let found = workbook.periods(account)?.into_iter().find(|period| period.days == Period { from, to });
        let Some(period) = found else { return Ok(None) };
        let signed = workbook.period_proof(&period)?.signed.zip(period.signed.clone());
        Ok(signed.map(|(figures, content)| Self { period, content, figures }))
    }

    /// Whether the approval of a match stood when the period was signed: neither was it taken back by then, nor given since.
    pub(crate) fn covers(&self, detail: &MatchDetail) -> bool {
        let by_then = || detail.decisions.iter().map(|made| &made.decision).filter(|made| self.came_before(made));
        let stood = |approval: &Decision| by_then().all(|other| other.supersedes != Some(approval.id));
        by_then().any(|made| made.verdict == Verdict::Approve && stood(made))
    }

    /// Whether a decision was taken before the period was signed.
    pub(crate) fn came_before(&self, decision: &Decision) -> bool {
        self.content.is_after(decision.id)
    }

    fn signatures(&self) -> impl Iterator<Item = (&'static str, &Signed)> {
        let by = &self.content.by;
        let signatures =
            [("period.prepared", &by.prepared), ("period.reviewed", &by.reviewed), ("period.locked", &by.locked)];
        signatures.into_iter().filter_map(|(action, signed)| Some((action, signed.as_ref()?)))
    }

    /// When its content was signed, in milliseconds since 1970-01-01 UTC: what came later is not in it.
    pub(crate) fn signed_at_ms(&self) -> i64 {
        self.signatures().map(|(_, signed)| signed.at_ms).min().unwrap_or(i64::MAX)
    }

    /// When the last signature was given, likewise.
    pub(crate) fn last_signed_at_ms(&self) -> i64 {
        self.signatures().map(|(_, signed)| signed.at_ms).max().unwrap_or(i64::MAX)
    }

    /// Place of the last signature in the audit chain.
    pub(crate) fn last_event(&self, workbook: &Workbook) -> Result<Option<u64>, ApplicationError> {
        let subject = format!("period {}", self.period.id);
        let Some((action, _)) = self.signatures().last() else { return Ok(None) };
        Ok(workbook.newest_event(action, &subject)?)
    }

    /// What was outstanding, each with how much of it.
    pub(crate) fn outstanding(&self, workbook: &Workbook) -> Result<Vec<(Record, Money)>, ApplicationError> {
        Ok(workbook.signed_outstanding(&self.period)?)
    }

    /// Those who signed the period.
    pub(crate) fn signers(&self) -> Signers {
        let by = &self.content.by;
        let name = |signed: &Signed| signed.name.clone();
        let both = by.prepared.as_ref().zip(by.reviewed.as_ref());
        Signers {
            prepared_by: by.prepared.as_ref().map(name).unwrap_or_default(),
            approved_by: by.reviewed.as_ref().map(name),
            single_user: both.is_some_and(|(prepared, reviewed)| prepared.user == reviewed.user),
        }
    }

    /// What the report says of the signatures, and of what happened since. `in_part`: what is outstanding of records that
    /// the lists have among the matches.
    pub(crate) fn note(
        &self,
        workbook: &Workbook,
        in_part: &[(Side, Money)],
    ) -> Result<SignedPeriod, ApplicationError> {
        let by = &self.content.by;
        let signatures = [("Prepared", &by.prepared), ("Reviewed", &by.reviewed), ("Locked", &by.locked)];
        let note = |(act, signed): (&'static str, &Option<Signed>)| {
            let signed = signed.as_ref()?;
            let at = Timestamp::from_millisecond(signed.at_ms).ok()?;
            Some(SignatureNote { act, name: signed.name.clone(), at, single_user: signed.single_user })
        };
        let difference = workbook.period_difference(&self.period)?;
        Ok(SignedPeriod {
            state: self.period.state.as_str(),
            content: self.content.content,
            signatures: signatures.into_iter().filter_map(note).collect(),
            by_hand: self.by_hand(),
            since: [self.in_part(in_part)?, self.since(workbook)?].concat(),
            difference: difference.map(|difference| difference.to_string()),
        })
    }

    /// A sentence for each balance that the preparer stated.
    fn by_hand(&self) -> Vec<String> {
        let figures = &self.figures;
        let stated = [
            ("opening", figures.opening_source, figures.proof.opening, &figures.opening_reason),
            ("closing", figures.closing_source, figures.proof.closing, &figures.closing_reason),
        ];
        let sentence = |(what, source, amount, reason): (&str, Option<BalanceSource>, Option<Money>, &String)| {
            let amount = amount.filter(|_| source == Some(BalanceSource::Hand))?;
            Some(format!("The {what} balance, {amount}, was stated by the preparer: {}.", reason.trim_end_matches('.')))
        };
        stated.into_iter().filter_map(sentence).collect()
    }

    /// A sentence for each side of which the list of exceptions does not come to what the proof says is outstanding.
    fn in_part(&self, in_part: &[(Side, Money)]) -> Result<Vec<String>, ApplicationError> {
        let mut sentences = Vec::new();
        for (side, one, many) in [(Side::Statement, "line", "lines"), (Side::Ledger, "entry", "entries")] {
            let (mut records, mut sum) = (0, Money::zero(self.period.currency));
            for (_, rest) in in_part.iter().filter(|(of, _)| *of == side) {
                records += 1;
                sum = sum.checked_add(*rest)?;
            }
            if records > 0 {
                sentences.push(format!(
                    "Settled in part: {}, of which {sum} is outstanding, stood in a match: listed below with the matches.",
                    counted(records, one, many)
                ));
            }
        }
        Ok(sentences)
    }

    /// Lines dated before its days that were outstanding too: they are not in the proof's lines outstanding.
    pub(crate) fn older_lines(&self, outstanding: &[(Record, Money)]) -> Result<(u64, Money), ApplicationError> {
        let (mut older, mut sum) = (0, Money::zero(self.period.currency));
        for (record, rest) in outstanding {
            if let Record::Line(line) = record
                && line.line.date.is_some_and(|day| day < self.period.days.from)
            {
                older += 1;
                sum = sum.checked_add(*rest)?;
            }
        }
        Ok((older, sum))
    }

    /// What happened after it was signed, and what the lists hold besides the lines of these days.
    fn since(&self, workbook: &Workbook) -> Result<Vec<String>, ApplicationError> {
        let mut sentences = Vec::new();
        let Period { from, to } = self.period.days;
        let (older, sum) = self.older_lines(&self.outstanding(workbook)?)?;
        if older > 0 {
            sentences.push(format!(
                "{} dated before {from} {} outstanding too, {sum}: listed below, and not in the proof's lines outstanding.",
                counted(older, "line", "lines"),
                was(older)
            ));
        }
        let Some(SinceSigned { lines_settled, entries_settled, entries_come, .. }) =
            workbook.since_signed(&self.period)?
        else {
            return Ok(sentences);
        };
        for (sum, one, many) in [(lines_settled, "line", "lines"), (entries_settled, "entry", "entries")] {
            if sum.items > 0 {
                sentences.push(format!(
                    "Settled later: {} outstanding at {to}, {}. The lists below show what was signed.",
                    counted(sum.items, one, many),
                    sum.sum
                ));
            }
        }
        if entries_come.items > 0 {
            sentences.push(format!(
                "Came late: {} dated up to {to}, {}, not counted when the period was signed and not listed below.",
                counted(entries_come.items, "entry", "entries"),
                entries_come.sum
            ));
        }
        if self.period.to_reprove {
            sentences.push(
                "A period before this one was reopened since: its opening balance is to be proved again.".to_owned(),
            );
        }
        Ok(sentences)
    }
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

const fn was(number: u64) -> &'static str {
    if number == 1 { "was" } else { "were" }
}
