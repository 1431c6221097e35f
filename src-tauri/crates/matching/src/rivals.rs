//! Which other answers compete with the pairs that an assignment chose.

use tieout_domain::StatementLine;

use crate::{
    block::{Edges, Problem},
    group::{Free, Group},
    lists::Lists,
    pipeline::by_entry,
};

/// Answers further behind than this are no rivals at all.
pub(crate) const GAP_MAX: i32 = 12_000;

/// Another answer: its lines, its entries, and how much the whole set loses by it.
#[derive(Debug, Clone)]
pub(crate) struct Rival {
    pub(crate) line: u32,
    pub(crate) entry: u32,
    pub(crate) score: i32,
    pub(crate) gap: i32,
    /// Another line that says word for word the same: whichever is taken, the answer is the same.
    pub(crate) same: bool,
}

/// What was chosen.
#[derive(Debug, Clone)]
pub(crate) enum Chosen {
    /// One line and one entry.
    Pair { line: u32, entry: u32, rivals: Vec<Rival> },
    /// Several records.
    Group(Group),
    /// A line and the entry of the opposite sign that it quotes.
    WrongSign { line: u32, entry: u32 },
}

/// Finds the answers that compete with an assignment.
pub(crate) struct Rivals<'a> {
    records: &'a [&'a StatementLine],
    edges: &'a Edges,
    free: &'a Free,
    entry_of: &'a [Option<u32>],
    line_of: Vec<Option<u32>>,
    lines_of: Lists<(u32, i32)>,
}

impl<'a> Rivals<'a> {
    pub(crate) fn new(problem: &'a Problem<'a>, edges: &'a Edges, free: &'a Free, entry_of: &'a [Option<u32>]) -> Self {
        let mut line_of = vec![None; problem.entry_count()];
        for (line, entry) in entry_of.iter().enumerate() {
            if let Some(entry) = entry {
                line_of[*entry as usize] = Some(line as u32);
            }
        }
        Self {
            records: &problem.prepared.line_records,
            edges,
            free,
            entry_of,
            line_of,
            lines_of: by_entry(problem, edges),
        }
    }

    fn score(&self, line: u32, entry: u32) -> Option<i32> {
        let edges = self.edges.of_line.of(line as usize);
        edges.iter().find(|edge| edge.entry == entry).map(|edge| edge.score)
    }

    /// The chosen pair with every answer that comes close: another entry for the line, or another line for the entry,
    /// each with the best that remains for those who have to give way.
    pub(crate) fn judge(&self, line: u32, entry: u32) -> Chosen {
        let own = self.score(line, entry).unwrap_or(0);
        let mut rivals = Vec::new();
        for other in self.edges.of_line.of(line as usize) {
            if other.entry == entry || !self.free.entry(other.entry) {
                continue;
            }
            let gap = match self.line_of[other.entry as usize] {
                None => own - other.score,
                Some(owner) => {
                    let owned = self.score(owner, other.entry).unwrap_or(0);
                    let left = self.score(owner, entry).unwrap_or(0).max(0);
                    own + owned - other.score - left
                }
            };
            rivals.push(Rival { line, entry: other.entry, score: other.score, gap, same: false });
        }
        for (other, score) in self.lines_of.of(entry as usize) {
            if *other == line || !self.free.line(*other) {
                continue;
            }
            let gap = match self.entry_of[*other as usize] {
                None => own - score,
                // Counted above where both could swap.
                Some(theirs) if self.score(line, theirs).is_some() => continue,
                Some(theirs) => own + self.score(*other, theirs).unwrap_or(0) - score,
            };
            let same = says_the_same(self.records[line as usize], self.records[*other as usize]);
            rivals.push(Rival { line: *other, entry, score: *score, gap, same });
        }
        rivals.retain(|rival| rival.gap <= GAP_MAX);
        rivals.sort_by_key(|rival| (rival.gap, rival.line, rival.entry));
        Chosen::Pair { line, entry, rivals }
    }
}

/// Whether two lines tell of the same event in the same words, as a bank that books twice does.
fn says_the_same(one: &StatementLine, other: &StatementLine) -> bool {
    let told = |line: &StatementLine| (line.date, line.amount, line.value_date);
    told(one) == told(other)
        && one.description == other.description
        && one.reference == other.reference
        && one.account == other.account
        && one.counterparty == other.counterparty
        && one.job == other.job
}
