//! What the facts of two jobs say, in thousandths of a bit.

use tieout_domain::EvidenceKind;

use super::{JobComparison, Jobs, Relation, texts::Texts};
use crate::{
    block::Problem,
    compare::{AmountRelation, Comparison},
};

/// How often a true pair agrees on a fact, where both sides tell it in words they share.
const AGREES: f64 = 0.95;
/// What is taken off for another spelling.
const SPELLING: i32 = 1_000;
/// Most that one fact says.
const FACT_MAX: i32 = 8_000;
/// What another site or service, another month, quantity or rate says.
const OTHER_TEXT: i32 = -6_000;
const OTHER_MONTH: i32 = -5_000;
const OTHER_QUANTITY: i32 = -4_000;
const OTHER_RATE: i32 = -800;
/// The same rate where the amounts differ: another quantity of the same.
const SAME_RATE: i32 = 500;
/// A quantity that is nearly the same.
const NEAR_QUANTITY: i32 = -500;
/// How often a true pair is counted in neighbouring months.
const NEXT_MONTH: f64 = 0.03;

/// What each fact of a job says.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct JobWeights {
    pub(super) site: i32,
    pub(super) service_type: i32,
    pub(super) month: i32,
    pub(super) quantity: i32,
    pub(super) rate: i32,
}

impl JobWeights {
    /// Each weight with the kind of evidence it stands for.
    pub(crate) fn by_kind(&self) -> [(EvidenceKind, i32); 5] {
        [
            (EvidenceKind::Site, self.site),
            (EvidenceKind::ServiceType, self.service_type),
            (EvidenceKind::Month, self.month),
            (EvidenceKind::Quantity, self.quantity),
            (EvidenceKind::Rate, self.rate),
        ]
    }

    pub(crate) const fn total(&self) -> i32 {
        self.site + self.service_type + self.month + self.quantity + self.rate
    }
}

fn bits(ratio: f64) -> i32 {
    (1_000.0 * ratio.log2()).round() as i32
}

/// What an agreement says that this share of all entries shows as well.
fn agreement(share: f64) -> i32 {
    bits(AGREES / share).clamp(0, FACT_MAX)
}

impl Jobs {
    /// Weighs how the jobs of a line and an entry relate, beside what their amounts and dates say.
    pub(crate) fn weigh(
        &self,
        (line, entry): (usize, usize),
        comparison: &JobComparison,
        amount: AmountRelation,
        date: i32,
    ) -> JobWeights {
        let (line, entry) = (&self.lines[line], &self.entries[entry]);
        let amounts_agree = matches!(amount, AmountRelation::Exact | AmountRelation::Tolerated);
        let month = self.month_weight(comparison.month, line.month, entry.month);
        let quantity = match comparison.quantity {
            Relation::Exact => {
                entry.quantity.map_or(0, |quantity| agreement(self.share_of(self.quantities.get(&quantity))))
            }
            Relation::Near => NEAR_QUANTITY,
            Relation::Differs | Relation::Strange => OTHER_QUANTITY,
            Relation::Missing => 0,
        };
        JobWeights {
            site: text_weight(&self.sites, comparison.site, entry.site),
            service_type: text_weight(&self.service_types, comparison.service_type, entry.service_type),
            // The month is the greater part of a date, as the quantity is of an amount: the one said, the other is
            // little news.
            month: if month > 0 && date > month { month / 4 } else { month },
            quantity: if amounts_agree && quantity > 0 { quantity / 4 } else { quantity },
            rate: match comparison.rate {
                Relation::Exact if !amounts_agree => SAME_RATE,
                Relation::Exact | Relation::Missing => 0,
                Relation::Near | Relation::Differs | Relation::Strange => OTHER_RATE,
            },
        }
    }

    /// Share of the entries, as if two more had been seen of which one is like this.
    fn share_of(&self, count: Option<&u32>) -> f64 {
        f64::from(count.copied().unwrap_or(0) + 1) / (self.entries.len() + 2) as f64
    }

    fn month_weight(&self, relation: Relation, line: i32, entry: i32) -> i32 {
        match relation {
            Relation::Exact => agreement(self.share_of(self.months.get(&entry))),
            Relation::Near => {
                let beside = self.share_of(self.months.get(&(line - 1))) + self.share_of(self.months.get(&(line + 1)));
                bits(NEXT_MONTH / beside).clamp(OTHER_MONTH, 0)
            }
            Relation::Differs | Relation::Strange => OTHER_MONTH,
            Relation::Missing => 0,
        }
    }
}

/// The most that may be believed of a pair of jobs, in millionths: what its facts speak against, and a job without its
/// number on a day on which it is hardly expected, is left to a person.
pub(crate) fn ceiling(problem: &Problem<'_>, line: u32, entry: u32, comparison: &Comparison) -> u32 {
    let Some(job) = &comparison.job else { return 999_900 };
    match (comparison.is_quoted(), job.contradicts()) {
        (true, true) => 950_000,
        (false, true) => 700_000,
        (true, false) => 999_900,
        (false, false) => {
            let account = problem.prepared.lines.account[line as usize];
            let booked = problem.prepared.entries.facts[entry as usize].booked;
            if problem.model.date_weight(account, booked, comparison) < 0 { 950_000 } else { 990_000 }
        }
    }
}

fn text_weight(texts: &Texts, relation: Relation, entry: u32) -> i32 {
    match relation {
        Relation::Exact => agreement(texts.share(entry)),
        Relation::Near => (agreement(texts.share(entry)) - SPELLING).max(0),
        Relation::Differs => OTHER_TEXT,
        // Of a side with words of its own nothing else is to be expected.
        Relation::Strange => bits((1.0 - texts.known_share()).max(0.1)),
        Relation::Missing => 0,
    }
}
