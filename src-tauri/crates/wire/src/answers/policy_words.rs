//! The policy in words, for a terminal.

use std::fmt;

use tieout_domain::Kept;

use crate::{
    AcceptedRecordsView, Amount, AppliedPolicyView, PolicyPlanView, PolicyTrialExampleView, PolicyTrialView,
    PolicyVersionView, PolicyView, SavedPolicyView,
};

/// A cause as a sentence has it.
fn words(word: &str) -> String {
    word.replace('_', " ")
}

fn money(amount: &Amount) -> String {
    format!("{} {}", amount.value, amount.currency)
}

/// The history, newest first.
impl fmt::Display for PolicyView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.versions.is_empty() {
            return f.write_str("there is no policy yet: save one with tieout workbook policy save");
        }
        for (i, version) in self.versions.iter().enumerate() {
            let break_before = if i == 0 { "" } else { "\n" };
            write!(f, "{break_before}{version}")?;
        }
        Ok(())
    }
}

impl fmt::Display for PolicyVersionView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy {}  {}  {}: {}", self.version, self.written_at, self.written_by, self.reason)?;
        for change in &self.changes {
            let cause = change.cause.as_ref().map(|cause| format!("cause.{cause}.")).unwrap_or_default();
            let or_nothing = |text: &str| if text.is_empty() { "nothing".to_owned() } else { text.to_owned() };
            write!(f, "\n  {cause}{}: {} → {}", change.key, or_nothing(&change.before), or_nothing(&change.after))?;
        }
        Ok(())
    }
}

impl fmt::Display for SavedPolicyView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.saved {
            write!(f, "saved as policy {}; the next run applies it, or tieout workbook policy apply", self.version)
        } else {
            write!(f, "policy {} says the same: nothing was saved", self.version)
        }
    }
}

impl fmt::Display for PolicyPlanView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} matches approved, {} records without a match accepted; {} items stay",
            self.approved, self.accepted, self.kept
        )?;
        for of in &self.by_cause {
            write!(f, "\n  + {:<18}{:>8}{:>20}", words(&of.cause), of.count, money(&of.total))?;
        }
        for of in &self.kept_because {
            write!(f, "\n  - {:<18}{:>8}  {}", words(&of.reason), of.count, because(&of.reason))?;
        }
        Ok(())
    }
}

/// Why items stay, in words.
fn because(reason: &str) -> &'static str {
    let known = Kept::ALL.into_iter().find(|kept| kept.as_str() == reason);
    match known {
        Some(Kept::CauseUnlisted) => "the policy has no limit for their cause",
        Some(Kept::SeveralCauses) => "the two sides differ for more than one reason",
        Some(Kept::TakenBack) => "a person took back what a policy did with them",
        Some(Kept::Rival) => "another answer is equally good",
        Some(Kept::Reference) => "the settings ask for a reference, and none is quoted",
        Some(Kept::Confidence) => "the engine is not sure enough",
        Some(Kept::NoDate) => "without a date they belong to no month",
        Some(Kept::NoRate) => "no exchange rate of their day is known",
        Some(Kept::Amount) => "they come to more than an item may",
        Some(Kept::Percent) => "they are too large a part of their record or match",
        Some(Kept::Count) => "the number a month is reached",
        Some(Kept::Total) => "the total a month is reached",
        Some(Kept::RecordsUsed) => "an earlier item used their records",
        None => "",
    }
}

impl fmt::Display for AppliedPolicyView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "policy {}: {}", self.version, self.plan)
    }
}

impl fmt::Display for PolicyTrialView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "now: {}\n\nhad it held from the beginning:", self.now)?;
        if self.groups.is_empty() {
            f.write_str("\n  the workbook holds no item of the causes it lists")?;
        }
        for group in &self.groups {
            write!(
                f,
                "\n  {:<18}{}  {:<20}{:>6} of {:<6}{:>18}",
                words(&group.cause),
                group.month.as_deref().unwrap_or("-------"),
                group.account.as_deref().unwrap_or("books"),
                group.resolved,
                group.items,
                money(&group.total)
            )?;
            let parts = [
                (group.approved, "a person approved"),
                (group.automatic, "resolved before too"),
                (group.waiting, "waiting"),
                (group.contradicted, "decided otherwise"),
                (group.not_made, "resolved before, kept by it"),
                (group.over_limit, "over the limit of the month"),
            ];
            let told: Vec<String> = parts
                .iter()
                .filter(|(number, _)| *number > 0)
                .map(|(number, what)| format!("{number} {what}"))
                .collect();
            write!(f, "  {}", told.join(", "))?;
        }
        write!(f, "\n\n{} would contradict a person", self.contradictions_total)?;
        self.contradictions.iter().try_for_each(|example| write!(f, "\n{example}"))?;
        write!(f, "\n{} were resolved without a person and would not be", self.not_made_total)?;
        self.not_made.iter().try_for_each(|example| write!(f, "\n{example}"))
    }
}

impl fmt::Display for PolicyTrialExampleView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, impact) = (self.date.as_deref().unwrap_or("----------"), money(&self.impact));
        let cause = self.cause.as_deref().map_or_else(|| "several".to_owned(), words);
        let why = match &self.kept {
            Some(reason) => because(reason).to_owned(),
            None => words(&self.decided),
        };
        write!(f, "  ! {}  {date}  {impact:>14}  {cause}  {}  {}  ({why})", self.id, self.title, self.subtitle)
    }
}

impl fmt::Display for AcceptedRecordsView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} records without a match are accepted by the policy", self.total)?;
        for row in &self.rows {
            let date = row.date.as_deref().unwrap_or("----------");
            write!(
                f,
                "\n{}  {date}  {:>14}  {}  {}  {}  (policy {})",
                row.id,
                money(&row.impact),
                words(&row.cause),
                row.title,
                row.subtitle,
                row.version
            )?;
        }
        Ok(())
    }
}
