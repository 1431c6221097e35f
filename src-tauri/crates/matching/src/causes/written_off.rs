//! A rule that a person wrote lets the difference be written off, under the cause that it names.

use tieout_domain::{CauseFinding, CauseRule, Confidence, Fact, ProposedFix, RootCause};

use super::Difference;

/// A person said so.
const SAID: Confidence = Confidence::from_ppm(1_000_000);

/// A write-off rule of the configuration.
pub(super) struct WrittenOff;

impl CauseRule<Difference<'_>> for WrittenOff {
    fn judge(&self, difference: &Difference<'_>) -> Option<RootCause> {
        difference.written_off
    }

    fn finding(&self, difference: &Difference<'_>, cause: RootCause) -> CauseFinding {
        let (problem, gap) = (difference.problem, difference.money(difference.gap()));
        let pairs =
            difference.lines.iter().flat_map(|line| difference.entries.iter().map(move |entry| (*line, *entry)));
        let mut rules = pairs.filter_map(|(line, entry)| problem.rules.write_off(line as usize, entry as usize, gap));
        let (rule, account) = rules
            .next()
            .map_or_else(Default::default, |(at, _, account)| (problem.rules.name(at).to_owned(), account.to_owned()));
        CauseFinding {
            cause,
            confidence: SAID,
            evidence: vec![Fact::AllowedByRule { rule }, difference.amounts()],
            fix: ProposedFix::WriteOff { amount: difference.size(), account },
        }
    }
}
