//! One side has it, the other does not.

use tieout_domain::RootCause;

use super::Rule;
use crate::{Context, Finding, Unmatched};

/// What is left when nothing more particular applies.
pub(super) struct Missing;

impl Rule for Missing {
    fn judge(&self, record: Unmatched<'_>, _context: &Context<'_>) -> Option<Finding> {
        Some(match record {
            Unmatched::Line(line) if line.job.is_some() => Finding {
                cause: RootCause::MissingInLedger,
                explanation: "The client lists this job, and the ledger has none for it. Enter it, or ask the client."
                    .to_owned(),
            },
            Unmatched::Entry(entry) if entry.job.is_some() => Finding {
                cause: RootCause::MissingInBank,
                explanation:
                    "The ledger has this job, and the client does not list it. Ask the client, or correct the entry."
                        .to_owned(),
            },
            Unmatched::Line(line) if line.amount.minor_units() < 0 => Finding {
                cause: RootCause::MissingInLedger,
                explanation:
                    "The bank paid this out, and the books have no entry for it. Book it, or match it by hand."
                        .to_owned(),
            },
            Unmatched::Line(_) => Finding {
                cause: RootCause::MissingInLedger,
                explanation: "The bank received this, and the books have no entry for it. Book it, or ask the payer."
                    .to_owned(),
            },
            Unmatched::Entry(_) => Finding {
                cause: RootCause::MissingInBank,
                explanation:
                    "The books have this, and the bank shows no payment for it. Ask for payment, or correct the entry."
                        .to_owned(),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cause_of,
        rules::tests::{invoice, job, line},
    };

    #[test]
    fn a_job_has_a_client_and_no_bank() {
        let line = tieout_domain::StatementLine { job: job("2025-03-01", "York"), ..line("", 5_000, "J-77") };
        let entry = tieout_domain::LedgerEntry { job: job("2025-03-01", "York"), ..invoice("", "", 5_000, "J-78") };
        let context = Context::new([&line], [&entry]);
        for (record, cause) in
            [(Unmatched::Line(&line), RootCause::MissingInLedger), (Unmatched::Entry(&entry), RootCause::MissingInBank)]
        {
            let found = cause_of(record, &context);
            assert_eq!(found.cause, cause);
            assert!(found.explanation.contains("client") && !found.explanation.contains("bank"));
        }
    }

    #[test]
    fn each_side_has_its_own_word_for_it() {
        let (line, entry) = (line("2025-12-31", -450, ""), invoice("2025-05-01", "2025-05-31", 50_000, "RE-1"));
        let context = Context::new([&line], [&entry]);
        assert_eq!(cause_of(Unmatched::Line(&line), &context).cause, RootCause::MissingInLedger);
        assert_eq!(cause_of(Unmatched::Entry(&entry), &context).cause, RootCause::MissingInBank);
    }
}
