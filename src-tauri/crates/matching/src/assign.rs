//! One-to-one assignment over the whole set: per connected component the set of pairs with the greatest total score.
//!
//! Optimal by successive shortest augmenting paths with potentials (the sparse form of the Hungarian method; see Jonker
//! and Volgenant, Computing 38, 1987). Bigger components are solved greedily and improved by exchanges.

use std::{cmp::Reverse, collections::BinaryHeap};

/// Pairs of a component up to which the optimal answer is looked for.
const OPTIMAL_PAIRS_MAX: usize = 60_000;
/// Lines of a component up to which the optimal answer is looked for.
const OPTIMAL_LINES_MAX: usize = 4_000;

/// A pair and what it is worth; worth is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) line: u32,
    pub(crate) entry: u32,
    pub(crate) worth: i32,
}

/// The chosen pairs, and how many sets of competing pairs there were.
#[derive(Debug, Default)]
pub(crate) struct Assignment {
    /// The entry of each line.
    pub(crate) entry_of: Vec<Option<u32>>,
    pub(crate) components: u64,
    /// Sets too big for the optimal answer.
    pub(crate) bounded: u64,
}

/// Chooses pairs so that no record stands in two and the total worth is greatest. `pairs` are ordered by line.
pub(crate) fn assign(lines: usize, entries: usize, pairs: &[Pair]) -> Assignment {
    let mut assignment = Assignment { entry_of: vec![None; lines], ..Assignment::default() };
    for component in components(lines, entries, pairs) {
        assignment.components += 1;
        let chosen = if let [only] = component.as_slice() {
            vec![*only]
        } else if component.len() <= OPTIMAL_PAIRS_MAX && distinct_lines(&component) <= OPTIMAL_LINES_MAX {
            optimal(&component)
        } else {
            assignment.bounded += 1;
            greedy(&component)
        };
        chosen.iter().for_each(|pair| assignment.entry_of[pair.line as usize] = Some(pair.entry));
    }
    assignment
}

fn distinct_lines(pairs: &[Pair]) -> usize {
    pairs.chunk_by(|a, b| a.line == b.line).count()
}

/// Sets of pairs that share no record with each other, in order of their first line.
fn components(lines: usize, entries: usize, pairs: &[Pair]) -> Vec<Vec<Pair>> {
    let mut root: Vec<u32> = (0..(lines + entries) as u32).collect();
    fn find(root: &mut [u32], mut at: u32) -> u32 {
        while root[at as usize] != at {
            root[at as usize] = root[root[at as usize] as usize];
            at = root[at as usize];
        }
        at
    }
    for pair in pairs {
        let (a, b) = (find(&mut root, pair.line), find(&mut root, lines as u32 + pair.entry));
        root[a.max(b) as usize] = a.min(b);
    }
    let mut number = vec![u32::MAX; lines + entries];
    let mut sets: Vec<Vec<Pair>> = Vec::new();
    for pair in pairs {
        let top = find(&mut root, pair.line) as usize;
        if number[top] == u32::MAX {
            number[top] = sets.len() as u32;
            sets.push(Vec::new());
        }
        sets[number[top] as usize].push(*pair);
    }
    sets
}

/// A component with its records numbered from zero.
struct Graph {
    lines: Vec<u32>,
    entries: Vec<u32>,
    /// `(entry, cost)` of each line; cost is never negative and zero for the best pair of all.
    pairs: Vec<Vec<(u32, i64)>>,
    /// Cost of leaving a line out.
    alone: i64,
}

impl Graph {
    fn new(component: &[Pair]) -> Self {
        let mut entries: Vec<u32> = component.iter().map(|pair| pair.entry).collect();
        entries.sort_unstable();
        entries.dedup();
        let alone = i64::from(component.iter().map(|pair| pair.worth).max().unwrap_or(0));
        let (mut lines, mut pairs) = (Vec::new(), Vec::new());
        for of_line in component.chunk_by(|a, b| a.line == b.line) {
            lines.push(of_line[0].line);
            pairs.push(
                of_line
                    .iter()
                    .map(|pair| {
                        (entries.partition_point(|entry| *entry < pair.entry) as u32, alone - i64::from(pair.worth))
                    })
                    .collect(),
            );
        }
        Self { lines, entries, pairs, alone }
    }
}

/// Every line gets an entry or stays alone, at least total cost.
fn optimal(component: &[Pair]) -> Vec<Pair> {
    let graph = Graph::new(component);
    let mut search = Search::new(&graph);
    (0..graph.lines.len()).for_each(|line| search.augment(line));
    search.chosen(&graph)
}

const NOBODY: u32 = u32::MAX;

struct Search<'g> {
    graph: &'g Graph,
    line_price: Vec<i64>,
    entry_price: Vec<i64>,
    entry_of: Vec<u32>,
    line_of: Vec<u32>,
    distance: Vec<i64>,
    before: Vec<u32>,
    touched: Vec<u32>,
}

impl<'g> Search<'g> {
    fn new(graph: &'g Graph) -> Self {
        let (lines, entries) = (graph.lines.len(), graph.entries.len());
        Self {
            graph,
            line_price: vec![0; lines],
            entry_price: vec![0; entries],
            entry_of: vec![NOBODY; lines],
            line_of: vec![NOBODY; entries],
            distance: vec![i64::MAX; entries],
            before: vec![NOBODY; entries],
            touched: Vec::new(),
        }
    }

    /// Brings one more line in by the cheapest chain of exchanges (Dijkstra over reduced costs): the chain ends at a
    /// free entry, or at a line that is left alone instead. Prices keep all reduced costs non-negative.
    fn augment(&mut self, start: usize) {
        let mut heap = BinaryHeap::new();
        let mut settled: Vec<u32> = Vec::new();
        let mut end = (self.graph.alone - self.line_price[start], End::Alone(start as u32));
        self.relax(start as u32, 0, &mut heap);
        while let Some(Reverse((distance, entry))) = heap.pop() {
            if distance > self.distance[entry as usize] || distance >= end.0 {
                continue;
            }
            let owner = self.line_of[entry as usize];
            if owner == NOBODY {
                end = (distance, End::Entry(entry));
                continue;
            }
            settled.push(entry);
            // The owner sits at the same distance: its own pair has reduced cost zero.
            let leaves = distance + self.graph.alone - self.line_price[owner as usize];
            if leaves < end.0 {
                end = (leaves, End::Alone(owner));
            }
            self.relax(owner, distance, &mut heap);
        }
        self.reprice(start, end.0, &settled);
        self.exchange(start as u32, end.1);
        for entry in std::mem::take(&mut self.touched) {
            self.distance[entry as usize] = i64::MAX;
            self.before[entry as usize] = NOBODY;
        }
    }

    fn relax(&mut self, line: u32, base: i64, heap: &mut BinaryHeap<Reverse<(i64, u32)>>) {
        for (entry, cost) in &self.graph.pairs[line as usize] {
            let at = *entry as usize;
            let distance = base + cost - self.line_price[line as usize] - self.entry_price[at];
            if distance < self.distance[at] && self.line_of[at] != line {
                self.distance[at] = distance;
                self.before[at] = line;
                self.touched.push(*entry);
                heap.push(Reverse((distance, *entry)));
            }
        }
    }

    fn reprice(&mut self, start: usize, length: i64, settled: &[u32]) {
        self.line_price[start] += length;
        for entry in settled {
            let slack = length - self.distance[*entry as usize];
            if slack > 0 {
                self.entry_price[*entry as usize] -= slack;
                self.line_price[self.line_of[*entry as usize] as usize] += slack;
            }
        }
    }

    fn exchange(&mut self, start: u32, end: End) {
        let mut entry = match end {
            End::Alone(line) if line == start => return,
            End::Alone(line) => std::mem::replace(&mut self.entry_of[line as usize], NOBODY),
            End::Entry(entry) => entry,
        };
        loop {
            let line = self.before[entry as usize];
            self.line_of[entry as usize] = line;
            let next = std::mem::replace(&mut self.entry_of[line as usize], entry);
            if line == start {
                return;
            }
            entry = next;
        }
    }

    fn chosen(&self, graph: &Graph) -> Vec<Pair> {
        let pairs = self.entry_of.iter().enumerate().filter(|(_, entry)| **entry != NOBODY);
        pairs
            .map(|(line, entry)| Pair { line: graph.lines[line], entry: graph.entries[*entry as usize], worth: 0 })
            .collect()
    }
}

#[derive(Clone, Copy)]
enum End {
    Alone(u32),
    Entry(u32),
}

/// The best pair first, then the best of the rest; afterwards single lines move and pairs of lines swap while that helps.
fn greedy(component: &[Pair]) -> Vec<Pair> {
    let graph = Graph::new(component);
    let mut order: Vec<(i64, u32, u32)> = graph
        .pairs
        .iter()
        .enumerate()
        .flat_map(|(line, pairs)| pairs.iter().map(move |(entry, cost)| (*cost, line as u32, *entry)))
        .collect();
    order.sort_unstable();
    let mut search = Search::new(&graph);
    for (_, line, entry) in &order {
        if search.entry_of[*line as usize] == NOBODY && search.line_of[*entry as usize] == NOBODY {
            search.entry_of[*line as usize] = *entry;
            search.line_of[*entry as usize] = *line;
        }
    }
    for _ in 0..4 {
        if !improve(&mut search, &order) {
            break;
        }
    }
    search.chosen(&graph)
}

/// One round: each pair is tried in place of what its two records have now; true where one helped.
fn improve(search: &mut Search<'_>, order: &[(i64, u32, u32)]) -> bool {
    let cost = |search: &Search<'_>, line: u32, entry: u32| {
        if entry == NOBODY {
            return Some(search.graph.alone);
        }
        search.graph.pairs[line as usize].iter().find(|(other, _)| *other == entry).map(|(_, cost)| *cost)
    };
    let mut helped = false;
    for (new, line, entry) in order {
        let (old_entry, old_line) = (search.entry_of[*line as usize], search.line_of[*entry as usize]);
        if old_entry == *entry {
            continue;
        }
        let Some(mine) = cost(search, *line, old_entry) else { continue };
        let (theirs, swapped) = if old_line == NOBODY {
            (0, Some((0, NOBODY)))
        } else {
            let swap = cost(search, old_line, old_entry).map(|cost| (cost, old_entry));
            (cost(search, old_line, *entry).unwrap_or(0), swap.or(Some((search.graph.alone, NOBODY))))
        };
        let Some((after, moved)) = swapped else { continue };
        if new + after < mine + theirs {
            if old_entry != NOBODY {
                search.line_of[old_entry as usize] = NOBODY;
            }
            if old_line != NOBODY {
                search.entry_of[old_line as usize] = moved;
                if moved != NOBODY {
                    search.line_of[moved as usize] = old_line;
                }
            }
            search.entry_of[*line as usize] = *entry;
            search.line_of[*entry as usize] = *line;
            helped = true;
        }
    }
    helped
}

#[cfg(test)]
mod tests {
    use pathfinding::prelude::{Matrix, kuhn_munkres};
    use proptest::prelude::*;

    use super::*;

    fn worth(pairs: &[Pair], chosen: &[Option<u32>]) -> i64 {
        pairs
            .iter()
            .filter(|pair| chosen[pair.line as usize] == Some(pair.entry))
            .map(|pair| i64::from(pair.worth))
            .sum()
    }

    fn one_to_one(chosen: &[Option<u32>]) -> bool {
        let mut seen: Vec<u32> = chosen.iter().flatten().copied().collect();
        let count = seen.len();
        seen.sort_unstable();
        seen.dedup();
        seen.len() == count
    }

    fn pairs(worths: &[Vec<Option<i32>>]) -> Vec<Pair> {
        let cells = worths.iter().enumerate().flat_map(|(line, row)| {
            row.iter().enumerate().filter_map(move |(entry, worth)| {
                worth.map(|worth| Pair { line: line as u32, entry: entry as u32, worth })
            })
        });
        cells.collect()
    }

    proptest! {
        #[test]
        fn the_total_is_what_kuhn_munkres_finds(
            worths in prop::collection::vec(prop::collection::vec(prop::option::weighted(0.6, 1..60_i32), 6), 1..7)
        ) {
            let pairs = pairs(&worths);
            // Twice as many columns: a column of worth zero for each line stands for staying alone.
            let matrix = Matrix::from_rows(worths.iter().map(|row| {
                row.iter().map(|cell| i64::from(cell.unwrap_or(0))).chain(std::iter::repeat_n(0, worths.len()))
            })).unwrap();
            let (best, _) = kuhn_munkres(&matrix);
            let found = assign(worths.len(), 6, &pairs);
            prop_assert!(one_to_one(&found.entry_of));
            prop_assert_eq!(worth(&pairs, &found.entry_of), best);
            let bounded = greedy(&pairs).iter().fold(vec![None; worths.len()], |mut chosen, pair| {
                chosen[pair.line as usize] = Some(pair.entry);
                chosen
            });
            prop_assert!(one_to_one(&bounded));
            prop_assert!(2 * worth(&pairs, &bounded) >= best);
        }
    }

    #[test]
    fn the_whole_set_counts_not_the_best_pair() {
        // The first line is a little better for the entry that is all the second line has.
        let found = assign(2, 2, &pairs(&[vec![Some(10), Some(9)], vec![Some(8), None]]));
        assert_eq!(found.entry_of, [Some(1), Some(0)]);
    }
}
