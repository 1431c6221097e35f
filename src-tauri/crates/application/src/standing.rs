//! What needs whoever is signed in today, and where each account and period stands.

use tieout_domain::{FigureLimits, PeriodState};
use tieout_workbook::{Standing, StandingRates, StandingRow};

use crate::{ApplicationError, Session, session::Open};

/// What needs whoever is signed in, and where everything stands, with what variances are held against.
#[derive(Debug, Clone)]
pub struct StandingNow {
    /// As the workbook says it.
    pub standing: Standing,
    /// The limits in force.
    pub limits: FigureLimits,
}

/// A row of the standing with what it is judged by.
#[derive(Debug, Clone)]
pub struct RatedRow {
    /// The row.
    pub row: StandingRow,
    /// Its figures.
    pub rates: StandingRates,
}

impl Session {
    /// What needs whoever is signed in, and where each account and period stands. It looks at no line or entry, so it can
    /// be asked after every decision.
    pub fn standing(&self) -> Result<StandingNow, ApplicationError> {
        self.with_open(|open| {
            Ok(StandingNow { standing: open.workbook.standing()?, limits: open.workbook.figure_limits()? })
        })
    }

    /// The figures of the rows of [`Session::standing`], with those of locked periods only if they are asked for. Those of
    /// a signed period are kept as long as it stays signed, all others until the workbook changes.
    pub fn standing_rates(&self, locked: bool) -> Result<(Vec<RatedRow>, FigureLimits), ApplicationError> {
        let rows = self.with_open(|open| Ok(open.workbook.standing()?.rows))?;
        let mut rated = Vec::new();
        for row in rows.into_iter().filter(|row| locked || !is_locked(row)) {
            // One by one, so that other work can come between.
            let rates = self.with_open(|open| self.rates_of(open, &row))?;
            rated.push(RatedRow { row, rates });
        }
        let limits = self.with_open(|open| Ok(open.workbook.figure_limits()?))?;
        Ok((rated, limits))
    }

    fn rates_of(&self, open: &mut Open, row: &StandingRow) -> Result<StandingRates, ApplicationError> {
        let period = row.period.as_ref();
        let signed = period.and_then(|period| Some((period.id, period.signed.as_ref()?.content)));
        let place = (row.account.id, period.map(|period| period.id));
        let kept = self.kept(open)?;
        let known = match signed {
            Some((id, content)) => {
                kept.signed_rates.get(&id).filter(|(known, _)| *known == content).map(|(_, rates)| *rates)
            }
            None => kept.rates.get(&place).copied(),
        };
        if let Some(known) = known {
            return Ok(known);
        }
        let rates = open.workbook.standing_rates(row)?;
        let kept = self.kept(open)?;
        match signed {
            Some((id, content)) => drop(kept.signed_rates.insert(id, (content, rates))),
            None => drop(kept.rates.insert(place, rates)),
        }
        Ok(rates)
    }
}

fn is_locked(row: &StandingRow) -> bool {
    row.period.as_ref().is_some_and(|period| period.state == PeriodState::Locked)
}
