//! What the rows come to that somebody looks after, by hand or by the policy for their cause: added up along the indexes by
//! cause, and set right by what people noted. Of the rows themselves only those with a note are read.

use rusqlite::params;
use tieout_domain::{RootCause, Side};

use super::{
    QueueFilter, Segment,
    conditions::{Hidden, is_of},
    totals::QueueTotals,
};
use crate::{Workbook, WorkbookError, rows::Blob, state::table};

/// How a kind of row is added up.
struct Kind {
    /// The table, as `r`, along its index by cause.
    along: String,
    /// Rows of that index.
    is_in: &'static str,
    /// What a row comes to, without its sign.
    amount: &'static str,
    /// Its column of notes.
    column: &'static str,
}

impl Kind {
    fn of_records(side: Side) -> Self {
        let (table, column) = table(side);
        Self {
            along: format!("{table} r INDEXED BY {table}_by_cause"),
            is_in: "r.state = 0 AND r.accepted_by IS NULL AND r.cause IS NOT NULL",
            // What is generated is not read off an index.
            amount: "abs(r.amount - r.applied)",
            column,
        }
    }

    fn of_proposals() -> Self {
        Self {
            along: "matches r INDEXED BY matches_by_cause".to_owned(),
            is_in: "r.status IN ('suggested', 'ambiguous')",
            amount: "abs(iif(r.lines > 0, r.line_total, r.entry_total))",
            column: "match_id",
        }
    }

    /// The rows of these causes, or of all.
    fn of_causes(&self, causes: Option<&str>) -> String {
        let Self { along, is_in, amount, .. } = self;
        let among = causes.map(|causes| format!(" AND r.cause IN ({causes})")).unwrap_or_default();
        format!(
            "SELECT r.currency, count(*), sum({amount}) FROM {along}
             WHERE r.company_id = ?1 AND {is_in}{among} GROUP BY r.currency"
        )
    }

    /// The rows with a note that says so, known as `h`. ?2 is today.
    fn noted(&self, says: &str) -> String {
        let (table, _) = self.along.split_once(' ').unwrap_or((&self.along, ""));
        let (amount, column) = (self.amount, self.column);
        let waits = if table == "matches" { self.is_in } else { "r.state = 0 AND r.accepted_by IS NULL" };
        format!(
            "SELECT r.currency, count(*), sum({amount}) FROM marked h
             CROSS JOIN {table} r ON r.company_id = h.company_id AND r.id = h.{column}
             WHERE h.company_id = ?1 AND h.{column} IS NOT NULL AND {waits} AND {says} GROUP BY r.currency"
        )
    }
}

impl Workbook {
    /// What the rows come to that [`Workbook::queue_page`] pages through where it is asked for those that this person looks
    /// after: of a part of the queue that waits today.
    pub(crate) fn totals_of_owner(&self, filter: QueueFilter, name: &str) -> Result<QueueTotals, WorkbookError> {
        debug_assert!(filter.hidden() == Hidden::Left, "rows that come back later are not added up here");
        let names = self.names_of(name)?;
        let causes = self.causes_owned(&|owner| owner.is_some_and(|owner| is_of(&names, owner)))?;
        let listed = causes.iter().map(|cause| format!("'{}'", cause.as_str())).collect::<Vec<_>>().join(", ");
        let mut totals = QueueTotals::default();
        let segments = filter.segments();
        if segments.iter().any(|segment| matches!(segment, Segment::Matches(_))) {
            self.add_theirs(&mut totals, &Kind::of_proposals(), &listed, &names)?;
        }
        for segment in segments {
            if let Segment::Unmatched(side) = segment {
                let kind = Kind::of_records(*side);
                if causes.contains(&RootCause::None) {
                    // What has no exception counts as of no cause. Nothing is taken out before it was put in.
                    self.add_waiting(&mut totals, *side)?;
                    self.add_rows(&mut totals, -1, &kind.of_causes(None), params![Blob(self.company.id.uuid())])?;
                }
                self.add_theirs(&mut totals, &kind, &listed, &names)?;
            }
        }
        Ok(totals)
    }

    /// Rows of these causes, without those that are another's or come back later, and with what was given to them.
    fn add_theirs(
        &self,
        totals: &mut QueueTotals,
        kind: &Kind,
        causes: &str,
        names: &[String],
    ) -> Result<(), WorkbookError> {
        let (company, today) = (Blob(self.company.id.uuid()), self.today().to_string());
        if !causes.is_empty() {
            self.add_rows(totals, 1, &kind.of_causes(Some(causes)), params![company])?;
            let none = RootCause::None.as_str();
            let others = kind.noted(&format!(
                "(h.owner IS NOT NULL OR h.hidden_until > ?2) AND ifnull(r.cause, '{none}') IN ({causes})"
            ));
            self.add_rows(totals, -1, &others, params![company, today])?;
        }
        let given = kind.noted("h.owner = ?3 AND NOT h.hidden_until > ?2");
        for name in names {
            self.add_rows(totals, 1, &given, params![company, today, name])?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of a million rows that wait, none is read: only what people noted is.
    #[test]
    fn what_is_whose_by_its_cause_is_added_up_along_indexes() {
        let desk = crate::tests::Desk::new();
        let workbook = desk.create();
        let kinds = [Side::Statement, Side::Ledger].map(Kind::of_records).into_iter().chain([Kind::of_proposals()]);
        for kind in kinds {
            for sql in [kind.of_causes(Some("'fee', 'timing'")), kind.of_causes(None)] {
                let steps = crate::tests::plan(&workbook, &sql);
                assert!(
                    steps.iter().all(|step| !step.starts_with("SEARCH r") || step.contains("COVERING")),
                    "{steps:?}"
                );
                assert!(steps.iter().any(|step| step.contains("COVERING INDEX")), "{steps:?}");
            }
            let steps = crate::tests::plan(&workbook, &kind.noted("h.owner = ?3 AND NOT h.hidden_until > ?2"));
            assert!(steps.iter().all(|step| !step.contains("SCAN r")), "{steps:?}");
        }
    }
}
