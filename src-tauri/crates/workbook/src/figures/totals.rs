//! What the exceptions that are asked for come to, by side, cause and age: each as if it alone were not asked for, so
//! that one sees what another choice of it would show.

use std::collections::BTreeMap;

use rusqlite::params_from_iter;
use tieout_domain::{Currency, Money, RootCause, Side};

use super::{AgeBand, ExceptionFigures, ExceptionQuery, add, exceptions_in_scope, filter::Filter, fitting, listed};
use crate::{Workbook, WorkbookError, rows};

/// Exceptions added up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExceptionTotals {
    /// How many the query finds.
    pub exceptions: u64,
    /// What is open of them, one sum a currency.
    pub impact: Vec<Money>,
    /// By side and currency, whatever side is asked for.
    pub by_side: Vec<ExceptionFigures<Side>>,
    /// By cause and currency, whatever cause is asked for.
    pub by_cause: Vec<ExceptionFigures<RootCause>>,
    /// By age and currency, whatever age is asked for.
    pub by_age: Vec<ExceptionFigures<AgeBand>>,
}

type Sums<K> = BTreeMap<(K, Currency), (u64, Money)>;

impl Workbook {
    /// What the exceptions that a query finds come to; page and order do not matter.
    pub fn exception_totals(&self, query: &ExceptionQuery) -> Result<ExceptionTotals, WorkbookError> {
        let filter = Filter::of(self, query)?;
        let exceptions = exceptions_in_scope();
        let Filter { records, side, cause, age, .. } = &filter;
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT x.side, x.cause, (x.age > 30) + (x.age > 60) + (x.age > 90), x.currency, ({side}), ({cause}), ({age}),
                    count(*), sum(x.open)
             FROM {exceptions} x WHERE {records} GROUP BY 1, 2, 3, 4, 5, 6, 7"
        ))?;
        let mut found = statement.query(params_from_iter(filter.given()))?;
        let (mut by_side, mut by_cause, mut by_age): (Sums<Side>, Sums<RootCause>, Sums<AgeBand>) = Default::default();
        let mut all: Sums<()> = BTreeMap::new();
        while let Some(row) = fitting(found.next())? {
            let currency = rows::currency(&row.get::<_, String>(3)?)?;
            let (side, cause) = (rows::side(&row.get::<_, String>(0)?)?, rows::cause(&row.get::<_, String>(1)?)?);
            let band = AgeBand::ALL.get(usize::from(row.get::<_, u8>(2)?)).copied().unwrap_or(AgeBand::Over90);
            let (side_asked, cause_asked, age_asked): (bool, bool, bool) = (row.get(4)?, row.get(5)?, row.get(6)?);
            let (number, impact) = (rows::counted(row.get(7)?), Money::from_minor(row.get(8)?, currency));
            if cause_asked && age_asked {
                add(&mut by_side, (side, currency), number, impact)?;
            }
            if side_asked && age_asked {
                add(&mut by_cause, (cause, currency), number, impact)?;
            }
            if side_asked && cause_asked {
                add(&mut by_age, (band, currency), number, impact)?;
            }
            if side_asked && cause_asked && age_asked {
                add(&mut all, ((), currency), number, impact)?;
            }
        }
        Ok(ExceptionTotals {
            exceptions: all.values().map(|(number, _)| number).sum(),
            impact: all.into_values().map(|(_, impact)| impact).collect(),
            by_side: listed(by_side),
            by_cause: listed(by_cause),
            by_age: listed(by_age),
        })
    }
}
