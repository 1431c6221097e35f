//! How true pairs look in the data at hand, learnt from them without labels.
//!
//! Expectation-maximisation for the model of Fellegi and Sunter (Winkler, "Using the EM algorithm for weight computation
//! in the Fellegi-Sunter model of record linkage", Survey Research Methods, 1988): with the present weights each line's
//! candidates, and "none of them", get the probabilities that follow; how often pairs agree in each way, weighted by
//! these, gives the next weights. Sound priors with pseudo-counts keep little data from saying much. What chance does
//! (the u-probabilities) is counted directly and stands in `score`.

use rayon::prelude::*;

use crate::{
    block::Problem,
    candidates::Candidates,
    compare::{AmountRelation, Comparison, ReferenceRelation, compare},
};

/// Lines that are learnt from, at least and at most. Fewer show no habits, and each would move what is believed of the
/// others.
const SAMPLE_MIN: usize = 200;
const SAMPLE_MAX: usize = 12_000;
/// Rounds of learning: the weights hardly move after the third.
const ROUNDS: usize = 3;
/// Pairs assumed besides those seen.
const PSEUDO_PAIRS: f64 = 60.0;
/// Pairs of one account from which on it has habits of its own.
const ACCOUNT_PAIRS_MIN: f64 = 150.0;
/// Accounts that may have.
const ACCOUNTS_MAX: usize = 64;
/// Share of lines that belong to no entry, before anything is known, with the lines assumed for it.
const ALONE: f64 = 0.2;
const PSEUDO_LINES: f64 = 50.0;
/// Days assumed besides those the records cover.
const SPAN_PSEUDO_DAYS: f64 = 60.0;
/// Most that learning moves a weight down and up, in thousandths of a bit: what is rare gets low probabilities, is counted
/// even lower, and would fall for ever.
const SHIFT_MIN: i32 = -700;
const SHIFT_MAX: i32 = 3_000;

/// A range of lags up to this day: how often a true pair lies in it, and how many days it has.
type Lag = (i32, f64, f64);

/// Working days after the entry, for payments that the books already hold.
const BOOKED_LAGS: [Lag; 10] = [
    (-12, 0.001, 70.0),
    (-3, 0.006, 9.0),
    (-2, 0.008, 1.0),
    (-1, 0.06, 1.0),
    (0, 0.45, 1.0),
    (1, 0.19, 1.0),
    (2, 0.12, 1.0),
    (4, 0.09, 2.0),
    (11, 0.07, 7.0),
    (i32::MAX, 0.005, 70.0),
];
/// Days after the due date.
const DUE_LAGS: [Lag; 13] = [
    (-31, 0.05, 60.0),
    (-12, 0.08, 19.0),
    (-4, 0.15, 8.0),
    (-1, 0.12, 3.0),
    (0, 0.11, 1.0),
    (2, 0.12, 2.0),
    (5, 0.10, 3.0),
    (8, 0.08, 3.0),
    (11, 0.05, 3.0),
    (20, 0.06, 9.0),
    (45, 0.05, 25.0),
    (90, 0.02, 45.0),
    (i32::MAX, 0.01, 300.0),
];
/// Days after the document's date, where no due date is known.
const DOCUMENT_LAGS: [Lag; 10] = [
    (-16, 0.01, 60.0),
    (-1, 0.09, 15.0),
    (0, 0.16, 1.0),
    (2, 0.12, 2.0),
    (5, 0.10, 3.0),
    (11, 0.14, 6.0),
    (20, 0.10, 9.0),
    (45, 0.21, 25.0),
    (90, 0.05, 45.0),
    (i32::MAX, 0.02, 300.0),
];

/// How often true pairs' amounts relate in each way.
const AMOUNTS: [f64; 11] = [0.86, 0.02, 0.02, 0.008, 0.03, 0.01, 0.04, 0.01, 0.03, 0.01, 0.04];
/// How often a true pair's line quotes the entry or nothing, quotes another entry, or misspells the entry's number.
const REFERENCES: [f64; 3] = [0.94, 0.02, 0.04];
/// How often a true pair's line names the party or nobody, or somebody else.
const NAMES: [f64; 2] = [0.94, 0.06];

/// Weights that depend on the data, in thousandths of a bit.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    /// What learning adds to the weight of each way amounts relate.
    amounts: [i32; AMOUNTS.len()],
    references: [i32; REFERENCES.len()],
    names: [i32; NAMES.len()],
    /// The lags of all accounts, then those of each account that has its own.
    lags: Vec<Lags>,
    /// Index into `lags` by account.
    lags_of: Vec<u8>,
    /// What speaks for a line to belong to some entry rather than to none.
    pub(crate) belonging: i32,
}

/// Weights of lags.
#[derive(Debug, Clone)]
struct Lags {
    booked: [i32; BOOKED_LAGS.len()],
    due: [i32; DUE_LAGS.len()],
    document: [i32; DOCUMENT_LAGS.len()],
}

/// In which of the tables and ranges a pair lies.
#[derive(Debug, Clone, Copy)]
enum LagPlace {
    Unknown,
    Booked(u8),
    Due(u8),
    Document(u8),
}

fn place(table: &[Lag], lag: i32) -> u8 {
    table.partition_point(|(upper, ..)| *upper < lag) as u8
}

impl LagPlace {
    fn of(booked: bool, comparison: &Comparison) -> Self {
        match (comparison.lag, comparison.after_due) {
            (None, _) => Self::Unknown,
            (Some(lag), _) if booked => Self::Booked(place(&BOOKED_LAGS, comparison.work_lag.unwrap_or(lag))),
            (Some(lag), Some(after_due)) if lag >= 0 => Self::Due(place(&DUE_LAGS, after_due)),
            (Some(lag), _) => Self::Document(place(&DOCUMENT_LAGS, lag)),
        }
    }
}

fn bits(ratio: f64) -> i32 {
    (1_000.0 * ratio.log2()).round() as i32
}

/// How much likelier a true pair lies in each range than a chance one, whose lags spread over all days of the records.
fn lag_weights<const N: usize>(table: &[Lag; N], shares: &[f64; N], span_days: f64) -> [i32; N] {
    std::array::from_fn(|at| bits(shares[at] / (table[at].2 / (span_days + SPAN_PSEUDO_DAYS)).min(1.0)))
}

fn shares<const N: usize>(table: &[Lag; N]) -> [f64; N] {
    std::array::from_fn(|at| table[at].1)
}

fn amount_place(relation: AmountRelation, has_terms: bool) -> usize {
    match relation {
        AmountRelation::Exact => 0,
        AmountRelation::Tolerated => 1,
        AmountRelation::Rounding => 2,
        AmountRelation::Transposed => 3,
        AmountRelation::Discount(_) if has_terms => 4,
        AmountRelation::Discount(_) => 5,
        AmountRelation::Fee => 6,
        AmountRelation::Above => 7,
        AmountRelation::Part | AmountRelation::Over => 8,
        AmountRelation::Converted => 9,
        AmountRelation::Rate => 10,
    }
}

fn reference_place(relation: ReferenceRelation) -> usize {
    match relation {
        ReferenceRelation::Missing | ReferenceRelation::Quoted(..) => 0,
        ReferenceRelation::Differs => 1,
        ReferenceRelation::Near(_) => 2,
    }
}

impl Model {
    /// What is believed before the data are seen. `span_days` are the days that most entries cover.
    pub(crate) fn prior(span_days: f64) -> Self {
        let lags = Lags {
            booked: lag_weights(&BOOKED_LAGS, &shares(&BOOKED_LAGS), span_days * 5.0 / 7.0),
            due: lag_weights(&DUE_LAGS, &shares(&DUE_LAGS), span_days),
            document: lag_weights(&DOCUMENT_LAGS, &shares(&DOCUMENT_LAGS), span_days),
        };
        Self {
            amounts: [0; AMOUNTS.len()],
            references: [0; REFERENCES.len()],
            names: [0; NAMES.len()],
            lags: vec![lags],
            lags_of: Vec::new(),
            belonging: bits((1.0 - ALONE) / ALONE),
        }
    }

    /// What learning adds to the weight of how the amounts relate.
    pub(crate) fn amount_shift(&self, relation: AmountRelation, has_terms: bool) -> i32 {
        self.amounts[amount_place(relation, has_terms)]
    }

    /// What learning adds to the weight of how the references relate.
    pub(crate) fn reference_shift(&self, relation: ReferenceRelation) -> i32 {
        self.references[reference_place(relation)]
    }

    /// What learning adds where the line names somebody else, or does not.
    pub(crate) fn name_shift(&self, names_other: bool) -> i32 {
        self.names[usize::from(names_other)]
    }

    /// What the days between line and entry say, in the account's own habit.
    pub(crate) fn date_weight(&self, account: u16, booked: bool, comparison: &Comparison) -> i32 {
        let own = self.lags_of.get(usize::from(account)).copied().unwrap_or(0);
        let lags = &self.lags[usize::from(own)];
        match LagPlace::of(booked, comparison) {
            LagPlace::Unknown => 0,
            LagPlace::Booked(at) => lags.booked[usize::from(at)],
            LagPlace::Due(at) => lags.due[usize::from(at)],
            LagPlace::Document(at) => lags.document[usize::from(at)],
        }
    }

    /// Learns from the lines that are still free.
    pub(crate) fn learn(problem: &Problem<'_>, free: &[bool]) -> Self {
        let usable: Vec<u32> = (0..free.len() as u32).filter(|line| free[*line as usize]).collect();
        if usable.len() < SAMPLE_MIN {
            return problem.model.clone();
        }
        let step = usable.len().div_ceil(SAMPLE_MAX).max(1);
        let sample: Vec<u32> = usable.into_iter().step_by(step).collect();
        let seen: Vec<Vec<Seen>> = sample.par_iter().map(|line| Seen::all(problem, *line)).collect();
        let mut model = problem.model.clone();
        for _ in 0..ROUNDS {
            let counts = seen
                .par_chunks(256)
                .map(|lines| {
                    let mut counts = Counts::new(problem.prepared.accounts);
                    lines.iter().for_each(|line| counts.add(&model, line));
                    counts
                })
                // Chunk by chunk in their order, so that rounding does not depend on threads.
                .collect::<Vec<_>>()
                .into_iter()
                .reduce(Counts::merged);
            if let Some(counts) = counts {
                model = counts.model(problem.amounts.span_days);
            }
        }
        model
    }
}

/// One candidate of a line, without what is learnt.
struct Seen {
    fixed: i32,
    account: u16,
    amount: u8,
    lag: LagPlace,
    booked: bool,
    comparison: Comparison,
    has_terms: bool,
}

impl Seen {
    fn all(problem: &Problem<'_>, line: u32) -> Vec<Self> {
        let mut found = Candidates::default();
        found.find(problem, line as usize);
        let prepared = &problem.prepared;
        let mut seen: Vec<Self> = found
            .entries
            .iter()
            .filter_map(|entry| {
                let comparison = compare(problem, line as usize, *entry as usize)?;
                let weights = crate::score::weigh(problem, line as usize, *entry as usize, &comparison);
                let (booked, account) =
                    (prepared.entries.facts[*entry as usize].booked, prepared.lines.account[line as usize]);
                let has_terms = crate::score::has_terms(prepared, *entry as usize, comparison.amount);
                let learnt = problem.model.learnt(account, booked, has_terms, &comparison);
                Some(Self {
                    fixed: weights.total() - learnt,
                    account,
                    amount: amount_place(comparison.amount, has_terms) as u8,
                    lag: LagPlace::of(booked, &comparison),
                    booked,
                    comparison,
                    has_terms,
                })
            })
            .collect();
        // What is hopeless now stays hopeless.
        let hopeless = crate::score::REMEMBERED_MIN;
        seen.retain(|seen| {
            seen.fixed + problem.model.learnt(seen.account, seen.booked, seen.has_terms, &seen.comparison) >= hopeless
        });
        seen
    }
}

impl Model {
    /// Least score that is proposed: as likely as not.
    pub(crate) fn accepted_min(&self) -> i32 {
        (-self.belonging).clamp(-3_000, -1_500)
    }

    /// Everything in a pair's score that learning changes.
    fn learnt(&self, account: u16, booked: bool, has_terms: bool, comparison: &Comparison) -> i32 {
        self.amount_shift(comparison.amount, has_terms)
            + self.reference_shift(comparison.reference)
            + self.name_shift(comparison.names_other)
            + self.date_weight(account, booked, comparison)
    }
}

/// Expected numbers of true pairs of each kind.
struct Counts {
    amounts: [f64; AMOUNTS.len()],
    references: [f64; REFERENCES.len()],
    names: [f64; NAMES.len()],
    accounts: Vec<AccountCounts>,
    alone: f64,
    lines: f64,
}

#[derive(Clone)]
struct AccountCounts {
    booked: [f64; BOOKED_LAGS.len()],
    due: [f64; DUE_LAGS.len()],
    document: [f64; DOCUMENT_LAGS.len()],
}

impl AccountCounts {
    const NONE: Self =
        Self { booked: [0.0; BOOKED_LAGS.len()], due: [0.0; DUE_LAGS.len()], document: [0.0; DOCUMENT_LAGS.len()] };

    fn add(&mut self, other: &Self) {
        let sum = |own: &mut [f64], other: &[f64]| own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        sum(&mut self.booked, &other.booked);
        sum(&mut self.due, &other.due);
        sum(&mut self.document, &other.document);
    }

    fn total(&self) -> f64 {
        self.booked.iter().chain(&self.due).chain(&self.document).sum()
    }

    fn lags(&self, span_days: f64) -> Lags {
        Lags {
            booked: lag_weights(
                &BOOKED_LAGS,
                &learnt_shares(&self.booked, &shares(&BOOKED_LAGS)),
                span_days * 5.0 / 7.0,
            ),
            due: lag_weights(&DUE_LAGS, &learnt_shares(&self.due, &shares(&DUE_LAGS)), span_days),
            document: lag_weights(&DOCUMENT_LAGS, &learnt_shares(&self.document, &shares(&DOCUMENT_LAGS)), span_days),
        }
    }
}

fn learnt_shares<const N: usize>(counts: &[f64; N], prior: &[f64; N]) -> [f64; N] {
    let total: f64 = counts.iter().sum::<f64>() + PSEUDO_PAIRS;
    std::array::from_fn(|at| (counts[at] + PSEUDO_PAIRS * prior[at]) / total)
}

fn shifts<const N: usize>(counts: &[f64; N], prior: &[f64; N]) -> [i32; N] {
    let learnt = learnt_shares(counts, prior);
    std::array::from_fn(|at| bits(learnt[at] / prior[at]).clamp(SHIFT_MIN, SHIFT_MAX))
}

impl Counts {
    fn new(accounts: usize) -> Self {
        Self {
            amounts: [0.0; AMOUNTS.len()],
            references: [0.0; REFERENCES.len()],
            names: [0.0; NAMES.len()],
            accounts: vec![AccountCounts::NONE; accounts.clamp(1, ACCOUNTS_MAX)],
            alone: 0.0,
            lines: 0.0,
        }
    }

    fn add(&mut self, model: &Model, line: &[Seen]) {
        let odds = |seen: &Seen| {
            let score = seen.fixed + model.learnt(seen.account, seen.booked, seen.has_terms, &seen.comparison);
            (f64::from(score + model.belonging) / 1_000.0).exp2()
        };
        let odds: Vec<f64> = line.iter().map(odds).collect();
        let all = 1.0 + odds.iter().sum::<f64>();
        self.lines += 1.0;
        self.alone += 1.0 / all;
        for (seen, odds) in line.iter().zip(odds) {
            let share = odds / all;
            self.amounts[usize::from(seen.amount)] += share;
            self.references[reference_place(seen.comparison.reference)] += share;
            self.names[usize::from(seen.comparison.names_other)] += share;
            let at = usize::from(seen.account).min(self.accounts.len() - 1);
            let account = &mut self.accounts[at];
            match seen.lag {
                LagPlace::Unknown => {}
                LagPlace::Booked(at) => account.booked[usize::from(at)] += share,
                LagPlace::Due(at) => account.due[usize::from(at)] += share,
                LagPlace::Document(at) => account.document[usize::from(at)] += share,
            }
        }
    }

    fn merged(mut self, other: Self) -> Self {
        let sum = |own: &mut [f64], other: &[f64]| own.iter_mut().zip(other).for_each(|(own, other)| *own += other);
        sum(&mut self.amounts, &other.amounts);
        sum(&mut self.references, &other.references);
        sum(&mut self.names, &other.names);
        self.accounts.iter_mut().zip(&other.accounts).for_each(|(own, other)| own.add(other));
        self.alone += other.alone;
        self.lines += other.lines;
        self
    }

    fn model(&self, span_days: f64) -> Model {
        let mut all = AccountCounts::NONE;
        self.accounts.iter().for_each(|account| all.add(account));
        let mut lags = vec![all.lags(span_days)];
        let mut lags_of = Vec::with_capacity(self.accounts.len());
        for account in &self.accounts {
            if account.total() >= ACCOUNT_PAIRS_MIN {
                lags_of.push(lags.len() as u8);
                lags.push(account.lags(span_days));
            } else {
                lags_of.push(0);
            }
        }
        let alone = (self.alone + PSEUDO_LINES * ALONE) / (self.lines + PSEUDO_LINES);
        Model {
            amounts: shifts(&self.amounts, &AMOUNTS),
            references: shifts(&self.references, &REFERENCES),
            names: shifts(&self.names, &NAMES),
            lags,
            lags_of,
            belonging: bits((1.0 - alone) / alone).clamp(0, 5_000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lagging(lag: i32) -> Comparison {
        Comparison {
            amount: AmountRelation::Exact,
            lag: Some(lag),
            work_lag: Some(lag),
            after_due: Some(lag),
            reference: ReferenceRelation::Missing,
            name: None,
            names_other: false,
            code: None,
            account: None,
            payer: None,
            job: None,
        }
    }

    #[test]
    fn a_payment_close_to_its_due_date_is_likelier_than_one_long_after() {
        let model = Model::prior(180.0);
        let due: Vec<i32> = [0, 30, 60, 200].map(|late| model.date_weight(0, false, &lagging(late))).to_vec();
        assert!(due.is_sorted_by(|a, b| a > b), "{due:?}");
        let booked: Vec<i32> = [0, 2, 4, 9, 30].map(|lag| model.date_weight(0, true, &lagging(lag))).to_vec();
        assert!(booked.is_sorted_by(|a, b| a > b), "{booked:?}");
    }

    #[test]
    fn the_same_day_says_more_among_the_days_of_a_year_than_within_a_week() {
        let weight = |span: f64| Model::prior(span).date_weight(0, true, &lagging(0));
        assert!(weight(365.0) > weight(7.0));
    }

    #[test]
    fn an_account_that_posts_two_days_later_is_learnt_and_little_data_change_little() {
        let mut counts = Counts::new(2);
        counts.accounts[1].booked[usize::from(place(&BOOKED_LAGS, 2))] = 500.0;
        counts.lines = 500.0;
        let model = counts.model(180.0);
        let weight = |model: &Model, account: u16, lag: i32| model.date_weight(account, true, &lagging(lag));
        assert!(weight(&model, 1, 2) > weight(&model, 1, 0), "the slow account");
        counts.accounts[1].booked[usize::from(place(&BOOKED_LAGS, 2))] = 5.0;
        let little = counts.model(180.0);
        assert!(weight(&little, 1, 0) > weight(&little, 1, 2), "five lines");
    }
}
