//! What a run found, as the rules that say why a record has no match need it.

use tieout_classify::{Context, Copied};
use tieout_domain::{LedgerEntry, Profile, StatementLine};
use tieout_matching::Outcome;

/// Facts over the records of a run and what it found of them.
pub(crate) fn context<'a>(
    lines: &'a [StatementLine],
    entries: &'a [LedgerEntry],
    outcome: &Outcome<'_>,
    profile: Profile,
) -> Context<'a> {
    let paid_twice = outcome.paid_twice().into_iter();
    let paid_twice = paid_twice.map(|(line, first)| (&lines[line].source, Copied::PaidBy(&lines[first])));
    let repeated = outcome.repeats.lines.iter().map(|(line, _)| (&lines[*line].source, Copied::LineAgain));
    let reentered = outcome.repeats.entries.iter();
    let reentered = reentered.map(|(entry, first)| (&entries[*entry].source, Copied::EntryAgain(&entries[*first])));
    Context::new(lines, entries).of_profile(profile).with_copied(paid_twice.chain(repeated).chain(reentered))
}
