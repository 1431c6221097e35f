//! Which of some amounts add up to another.

/// Steps after which a search stops: of one alone, of one among very many, and of all searches of a kind together. Steps
/// and not time, so that the same records give the same answer on every machine.
pub(crate) const STEPS_MAX: u32 = 20_000;
const STEPS_MIN: u32 = 500;
const STEPS_ALL: u64 = 400_000_000;
/// Answers after which a search stops: more only shows that chance finds some anyway.
const ANSWERS_MAX: usize = 24;

/// The sets that add up, each in ascending order of positions.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Subsets {
    pub(crate) sets: Vec<Vec<usize>>,
    /// The search stopped before it had looked at everything.
    pub(crate) bounded: bool,
}

/// How many steps each of so many searches may take.
pub(crate) fn steps_each(searches: usize) -> u32 {
    let share = STEPS_ALL / (searches.max(1) as u64);
    u32::try_from(share).unwrap_or(u32::MAX).clamp(STEPS_MIN, STEPS_MAX)
}

struct Search<'a> {
    /// `(amount, position)`, greatest size first.
    items: &'a [(i64, usize)],
    /// Sum of all positive, and of all negative, amounts from here on.
    above: Vec<i128>,
    below: Vec<i128>,
    chosen: Vec<usize>,
    size_max: usize,
    steps: u32,
    steps_max: u32,
    found: Subsets,
}

/// Sets of at least two and at most `size_max` amounts, among them all of `required`, that add up to `target`.
pub(crate) fn subsets(amounts: &[i64], required: &[usize], target: i64, size_max: usize, steps_max: u32) -> Subsets {
    let fixed: i128 = required.iter().map(|at| i128::from(amounts[*at])).sum();
    let mut items: Vec<(i64, usize)> = amounts
        .iter()
        .copied()
        .enumerate()
        .filter(|(at, amount)| *amount != 0 && !required.contains(at))
        .map(|(at, amount)| (amount, at))
        .collect();
    items.sort_by_key(|(amount, at)| (std::cmp::Reverse(amount.unsigned_abs()), *at));
    let (mut above, mut below) = (vec![0_i128; items.len() + 1], vec![0_i128; items.len() + 1]);
    for at in (0..items.len()).rev() {
        let amount = i128::from(items[at].0);
        above[at] = above[at + 1] + amount.max(0);
        below[at] = below[at + 1] + amount.min(0);
    }
    let mut search = Search {
        items: &items,
        above,
        below,
        chosen: required.to_vec(),
        size_max,
        steps: 0,
        steps_max,
        found: Subsets::default(),
    };
    search.walk(0, i128::from(target) - fixed);
    let mut found = search.found;
    found.sets.iter_mut().for_each(|set| set.sort_unstable());
    found.sets.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
    found
}

impl Search<'_> {
    fn walk(&mut self, from: usize, left: i128) {
        if left == 0 && self.chosen.len() >= 2 {
            self.found.sets.push(self.chosen.clone());
            // Going on could only add amounts that cancel each other.
            return;
        }
        self.steps += 1;
        if self.steps > self.steps_max || self.found.sets.len() >= ANSWERS_MAX {
            self.found.bounded = true;
            return;
        }
        if self.chosen.len() >= self.size_max {
            return;
        }
        for at in from..self.items.len() {
            if left > self.above[at] || left < self.below[at] || self.found.bounded {
                return;
            }
            let (amount, position) = self.items[at];
            self.chosen.push(position);
            self.walk(at + 1, left - i128::from(amount));
            self.chosen.pop();
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn very_many_searches_take_few_steps_each_and_say_when_that_was_too_few() {
        assert_eq!((steps_each(0), steps_each(100), steps_each(1_000_000)), (STEPS_MAX, STEPS_MAX, STEPS_MIN));
        let amounts: Vec<i64> = (0..24).map(|n| 1_000 + n * n).collect();
        assert!(subsets(&amounts, &[], 7_777, 8, 100).bounded);
    }

    #[test]
    fn all_sets_that_add_up_are_found() {
        let found = subsets(&[20_000, 30_000, 15_000, 35_000], &[], 50_000, 8, STEPS_MAX);
        assert_eq!(found.sets, [vec![0, 1], vec![2, 3]]);
        assert!(subsets(&[101, 102, 103, 104], &[], 410, 3, STEPS_MAX).sets.is_empty());
        assert_eq!(subsets(&[1_000, -250, 750], &[1], 750, 8, STEPS_MAX).sets, [vec![0, 1]]);
    }

    proptest! {
        #[test]
        fn brute_force_finds_the_same(amounts in prop::collection::vec(1..40_i64, 1..9), target in 1..120_i64, size in 2..6_usize) {
            let found = subsets(&amounts, &[], target, size, STEPS_MAX);
            prop_assume!(!found.bounded);
            let mut expected: Vec<Vec<usize>> = (1_u32..1 << amounts.len())
                .map(|mask| (0..amounts.len()).filter(|at| mask >> at & 1 == 1).collect::<Vec<_>>())
                .filter(|set| (2..=size).contains(&set.len()) && set.iter().map(|at| amounts[*at]).sum::<i64>() == target)
                .collect();
            expected.sort_by(|a, b| a.len().cmp(&b.len()).then_with(|| a.cmp(b)));
            prop_assert_eq!(found.sets, expected);
        }
    }
}
