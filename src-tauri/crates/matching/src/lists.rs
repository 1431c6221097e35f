//! Many short lists in one.

/// Lists, one after the other.
#[derive(Debug, Clone)]
pub(crate) struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// `starts` has one number more than there are lists, none of them falling, the last one the number of items.
    pub(crate) fn from_parts(starts: Vec<u32>, items: Vec<T>) -> Self {
        debug_assert_eq!(starts.last().map(|end| *end as usize), Some(items.len()));
        Self { starts, items }
    }

    pub(crate) fn from_lists(lists: impl IntoIterator<Item = Vec<T>>) -> Self {
        let mut all = Self::default();
        for list in lists {
            all.items.extend(list);
            all.starts.push(all.items.len() as u32);
        }
        all
    }

    /// How many lists there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    pub(crate) fn of(&self, list: usize) -> &[T] {
        &self.items[self.starts[list] as usize..self.starts[list + 1] as usize]
    }
}

impl<T: Clone> Lists<T> {
    /// Distributes `(list, item)` pairs over `count` lists, keeping their order.
    pub(crate) fn from_pairs(count: usize, pairs: &[(u32, T)]) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for (list, _) in pairs {
            starts[*list as usize + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut order = vec![0_u32; pairs.len()];
        let mut next = starts.clone();
        for (position, (list, _)) in pairs.iter().enumerate() {
            order[next[*list as usize] as usize] = position as u32;
            next[*list as usize] += 1;
        }
        Self { starts, items: order.into_iter().map(|at| pairs[at as usize].1.clone()).collect() }
    }
}
