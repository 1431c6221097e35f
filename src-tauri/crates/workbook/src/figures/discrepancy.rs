//! How much of the money of a scope does not agree, how much of it moved, and whether its balances are proved.

use std::collections::BTreeMap;

use rusqlite::params;
use tieout_domain::{Currency, MoneyError};

use super::{FigureScope, Scope, exceptions_in_scope, fitting, summary};
use crate::{
    Workbook, WorkbookError,
    rows::{self, Blob},
};

/// What does not agree of the money of one currency, in minor units without signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Discrepancy {
    /// The currency.
    pub currency: Currency,
    /// What is open of records in no match, and the adjustments inside matches, settled or not.
    pub discrepancy: i128,
    /// All money of both sides: what matches use of their records, and what is open of records in none.
    pub volume: i128,
}

impl Discrepancy {
    /// Share of the money that does not agree, in hundredths of a percent, rounded up; none where there is no money.
    pub fn rate(&self) -> Option<u64> {
        let (part, whole) = (self.discrepancy.unsigned_abs(), self.volume.unsigned_abs());
        (whole > 0).then(|| u64::try_from(part.saturating_mul(10_000).div_ceil(whole)).unwrap_or(u64::MAX))
    }
}

/// Matches that stand, of a scope; ?1 company, ?2 account (NULL: all), ?3 and ?4 the days.
const MATCHES: &str = "matches m WHERE m.company_id = ?1 AND m.status IN ('approved', 'suggested', 'ambiguous')
    AND (?2 IS NULL OR EXISTS (
        SELECT 1 FROM match_legs k JOIN statement_lines r ON r.company_id = k.company_id AND r.id = k.line_id
        WHERE k.company_id = m.company_id AND k.match_id = m.id AND r.account_id = ?2
          AND (?3 IS NULL OR r.date >= ?3) AND (?4 IS NULL OR r.date <= ?4)))";

impl Workbook {
    /// What does not agree, one a currency.
    pub fn discrepancies(&self, scope: FigureScope) -> Result<Vec<Discrepancy>, WorkbookError> {
        let resolved = self.resolved(scope)?;
        let mut sums: BTreeMap<Currency, (i128, i128)> = BTreeMap::new();
        for (currency, open) in self.open_sums(&resolved)? {
            sums.insert(currency, (open, open));
        }
        for (table, is_discrepancy) in [("match_legs", false), ("match_adjustments", true)] {
            let amount = if is_discrepancy { "amount" } else { "amount_applied" };
            let mut statement = self.sql.prepare_cached(&format!(
                "WITH held AS (SELECT m.id, m.currency FROM {MATCHES})
                 SELECT held.currency, sum(abs(p.{amount})) FROM held
                 CROSS JOIN {table} p ON p.company_id = ?1 AND p.match_id = held.id GROUP BY held.currency"
            ))?;
            let mut found =
                statement.query(params![Blob(self.company.id.uuid()), resolved.id(), resolved.from, resolved.to])?;
            while let Some(row) = fitting(found.next())? {
                let sum = sums.entry(rows::currency(&row.get::<_, String>(0)?)?).or_default();
                let minor = i128::from(row.get::<_, i64>(1)?);
                *sum = if is_discrepancy { (sum.0 + minor, sum.1) } else { (sum.0, sum.1 + minor) };
            }
        }
        let of = |(currency, (discrepancy, volume))| Discrepancy { currency, discrepancy, volume };
        Ok(sums.into_iter().map(of).collect())
    }

    /// What is open of records in no match, whether or not the policy accepted it.
    fn open_sums(&self, scope: &Scope) -> Result<Vec<(Currency, i128)>, WorkbookError> {
        let exceptions = exceptions_in_scope();
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT currency, sum(open) FROM {exceptions} GROUP BY 1"))?;
        let (company, day) = (Blob(self.company.id.uuid()), self.today().to_string());
        let mut found = statement.query(params![company, scope.id(), scope.from, scope.to, scope.currency(), day])?;
        let mut sums = Vec::new();
        while let Some(row) = fitting(found.next())? {
            sums.push((rows::currency(&row.get::<_, String>(0)?)?, i128::from(row.get::<_, i64>(1)?)));
        }
        Ok(sums)
    }

    /// Whether the balance proof of every account of the scope holds.
    pub fn balances_hold(&self, scope: FigureScope) -> Result<bool, WorkbookError> {
        let holds = |account, range| -> Result<bool, WorkbookError> {
            Ok(self.balance_proof(account, range)?.proof.holds().map_err(|_| MoneyError::Overflow)?)
        };
        match scope {
            FigureScope::Period { account, range } => holds(account, range),
            FigureScope::Company => {
                for account in self.accounts()? {
                    if !holds(account.id, crate::ProofRange::default())? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
        }
    }

    /// All that moved on the bank's side, in and out added up without signs, in minor units, one a currency.
    pub(super) fn turnovers(&self, scope: &Scope) -> Result<Vec<(Currency, i128)>, WorkbookError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT currency, ifnull(sum(income_high + spend_high), 0), ifnull(sum(income_low + spend_low), 0)
             FROM daily_totals
             WHERE company_id = ?1 AND lines > 0 AND (?2 IS NULL OR account_id = ?2) AND (?5 IS NULL OR currency = ?5)
               AND (?3 IS NULL OR date >= ?3) AND (?4 IS NULL OR (date <= ?4 AND date <> ''))
             GROUP BY currency",
        )?;
        let company = Blob(self.company.id.uuid());
        let mut found = statement.query(params![company, scope.id(), scope.from, scope.to, scope.currency()])?;
        let mut turnovers = Vec::new();
        while let Some(row) = found.next()? {
            turnovers.push((rows::currency(&row.get::<_, String>(0)?)?, summary::whole(row.get(1)?, row.get(2)?)));
        }
        Ok(turnovers)
    }
}
