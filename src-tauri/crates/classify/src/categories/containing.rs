//! Which pattern a text is part of: the patterns' suffixes, sorted, so that a text is looked up and none is gone through.

use std::cmp::Ordering;

use rayon::prelude::*;

/// Ends each pattern. It is in no UTF-8 text, so that nothing is found across two patterns.
const END: u8 = 0xff;

/// Stands where there is no rank.
const NONE: u32 = u32::MAX;

/// All patterns by what they contain. A pattern is known by its rank: of several, the lowest rank is the answer.
#[derive(Debug)]
pub(super) struct Containing {
    /// The patterns one after the other, each followed by [`END`].
    bytes: Vec<u8>,
    /// Where each suffix of each pattern begins in `bytes`, in the order of the suffixes.
    suffixes: Vec<u32>,
    /// Where the suffixes begin whose first two bytes are this number, and where the last ones end.
    buckets: Vec<u32>,
    /// Lowest ranks: the second half is the suffixes' patterns, and each place before holds the lower of the two at twice
    /// its own number.
    lowest: Vec<u32>,
    longest: usize,
}

impl Containing {
    /// Of patterns in the order of their ranks. All of them together, with one byte more for each, must be below 4 GiB.
    pub(super) fn new<'a>(patterns: impl Iterator<Item = &'a str>) -> Self {
        let mut bytes = Vec::new();
        let mut ends = Vec::new();
        let mut found: Vec<(u32, u32)> = Vec::new();
        for (rank, pattern) in (0..).zip(patterns) {
            let begin = number(bytes.len());
            found.extend(pattern.char_indices().map(|(at, _)| (begin + number(at), rank)));
            bytes.extend_from_slice(pattern.as_bytes());
            bytes.push(END);
            ends.push(bytes.len());
        }
        let suffix = |&(begin, rank): &(u32, u32)| &bytes[begin as usize..ends[rank as usize]];
        // By the place in the end, so that the order does not depend on how many threads sort.
        found.par_sort_unstable_by(|left, right| suffix(left).cmp(suffix(right)).then_with(|| left.cmp(right)));
        let mut buckets = vec![0; BUCKETS + 1];
        for (begin, _) in &found {
            buckets[bucket(&bytes[*begin as usize..]) + 1] += 1;
        }
        for at in 1..buckets.len() {
            buckets[at] += buckets[at - 1];
        }
        let longest = ends.iter().scan(0, |last, end| Some(end - std::mem::replace(last, *end) - 1)).max();
        let lowest = lowest_of(found.iter().map(|(_, rank)| *rank));
        let suffixes = found.into_iter().map(|(begin, _)| begin).collect();
        Self { bytes, suffixes, buckets, lowest, longest: longest.unwrap_or(0) }
    }

    /// The lowest rank of a pattern that contains this text of two bytes at least.
    pub(super) fn find(&self, text: &str) -> Option<u32> {
        let text = text.as_bytes();
        if text.len() > self.longest || text.len() < 2 {
            return None;
        }
        let place = bucket(text);
        let (from, to) = (self.buckets[place] as usize, self.buckets[place + 1] as usize);
        let suffixes = &self.suffixes[from..to];
        let compared = |begin: &u32| {
            let begin = *begin as usize;
            let end = self.bytes.len().min(begin + text.len());
            self.bytes[begin..end].cmp(text)
        };
        let first = suffixes.partition_point(|begin| compared(begin) == Ordering::Less);
        let count = suffixes[first..].partition_point(|begin| compared(begin) == Ordering::Equal);
        let rank = self.lowest_in(from + first, from + first + count);
        (rank != NONE).then_some(rank)
    }

    /// The lowest rank of the suffixes from one place to before another.
    fn lowest_in(&self, from: usize, to: usize) -> u32 {
        let half = self.suffixes.len();
        let (mut from, mut to) = (from + half, to + half);
        let mut lowest = NONE;
        while from < to {
            if from % 2 == 1 {
                lowest = lowest.min(self.lowest[from]);
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                lowest = lowest.min(self.lowest[to]);
            }
            from /= 2;
            to /= 2;
        }
        lowest
    }
}

const BUCKETS: usize = 1 << 16;

/// The first two bytes as a number. Every suffix has two, since it ends with [`END`].
fn bucket(bytes: &[u8]) -> usize {
    usize::from(bytes[0]) << 8 | usize::from(bytes[1])
}

fn lowest_of(ranks: impl ExactSizeIterator<Item = u32>) -> Vec<u32> {
    let half = ranks.len();
    let mut lowest = vec![NONE; half];
    lowest.extend(ranks);
    for at in (1..half).rev() {
        lowest[at] = lowest[2 * at].min(lowest[2 * at + 1]);
    }
    lowest
}

/// Places are below 4 GiB: see [`Containing::new`].
fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_the_patterns_that_contain_a_text_the_first_is_found() {
        let patterns = ["amazon prime", "amazon", "am", "prime", "éclair", "été"];
        let containing = Containing::new(patterns.into_iter());
        for (text, found) in [
            ("amazon", Some(0)),
            ("prime", Some(0)),
            ("am", Some(0)),
            ("on p", Some(0)),
            ("éc", Some(4)),
            ("té", Some(5)),
            ("primeé", None),
            ("amazon prime x", None),
            ("zz", None),
            ("a", None),
        ] {
            assert_eq!(containing.find(text), found, "{text}");
        }
    }

    #[test]
    fn without_patterns_nothing_is_found() {
        assert_eq!(Containing::new(std::iter::empty()).find("any"), None);
    }
}
