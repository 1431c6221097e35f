//! How much of a period is matched, and how far bank and books are apart: this looks at its lines.

use tieout_domain::{Money, Variance, share};

use super::StandingRow;
use crate::{AccountProof, PeriodFigures, Workbook, WorkbookError, periods::read_figures};

/// What a row of the standing is judged by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StandingRates {
    /// Statement lines.
    pub lines: u64,
    /// Lines of which an approved match uses something; of a signed period, used something when it was signed.
    pub lines_matched: u64,
    /// Of these, lines in a match that the policy approved.
    pub lines_automatic: u64,
    /// Lines of which something is outstanding, and what.
    pub lines_open: (u64, Money),
    /// Entries of the account's currency of which something is outstanding at the last day, and what.
    pub entries_open: (u64, Money),
    /// What bank and books come to, as in the balance proof; of a signed period as it was signed.
    pub variance: Variance,
}

impl StandingRates {
    /// Share of the lines that are matched, in hundredths of a percent; none where there are no lines.
    pub fn match_rate(&self) -> Option<u64> {
        share(self.lines_matched, self.lines)
    }

    /// Share of the lines that were matched without a person, in hundredths of a percent.
    pub fn automatic_rate(&self) -> Option<u64> {
        share(self.lines_automatic, self.lines)
    }
}

impl Workbook {
    /// The figures of a row of [`Workbook::standing`]: those of [`Workbook::figures`] of the same days; of a signed period
    /// as they were when it was signed, whatever was settled of it since.
    pub fn standing_rates(&self, row: &StandingRow) -> Result<StandingRates, WorkbookError> {
        let signed = row.period.as_ref().and_then(|period| period.signed.as_ref());
        let counts = self.account_lines(row.account.id, row.range(), signed.map(|signed| signed.signature))?;
        let (proof, lines_open, entries_open) = match signed {
            Some(signed) => {
                let PeriodFigures { proof, lines_outstanding, entries_outstanding, .. } =
                    read_figures(&self.figures_text(signed.signature)?, row.account.currency)?;
                (proof, lines_outstanding, entries_outstanding)
            }
            None => {
                let AccountProof { proof, lines_outstanding, entries_outstanding, .. } =
                    self.balance_proof(row.account.id, row.range())?;
                (proof, lines_outstanding, entries_outstanding)
            }
        };
        Ok(StandingRates {
            lines: counts.all,
            lines_matched: counts.matched,
            lines_automatic: counts.automatic,
            lines_open: (lines_open, proof.lines_outstanding),
            entries_open: (entries_open, proof.entries_outstanding),
            variance: Variance {
                currency: row.account.currency,
                bank: i128::from(proof.lines_total.minor_units()),
                books: i128::from(proof.entries_total.minor_units()),
            },
        })
    }
}
