//! Which rows: a bit each.

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Bits {
    words: Vec<u64>,
    len: usize,
}

impl Bits {
    pub(super) fn none(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// Those for which `holds`, of so many.
    pub(super) fn of(len: usize, mut holds: impl FnMut(usize) -> bool) -> Self {
        let mut bits = Self::none(len);
        for (w, word) in bits.words.iter_mut().enumerate() {
            for b in 0..64.min(len - w * 64) {
                *word |= u64::from(holds(w * 64 + b)) << b;
            }
        }
        bits
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn get(&self, i: usize) -> bool {
        self.words.get(i / 64).is_some_and(|word| word >> (i % 64) & 1 == 1)
    }

    pub(super) fn set(&mut self, i: usize, value: bool) {
        if i >= self.len {
            return;
        }
        if let Some(word) = self.words.get_mut(i / 64) {
            *word = *word & !(1 << (i % 64)) | u64::from(value) << (i % 64);
        }
    }

    pub(super) fn push(&mut self, value: bool) {
        if self.len.is_multiple_of(64) {
            self.words.push(0);
        }
        self.len += 1;
        self.set(self.len - 1, value);
    }

    pub(super) fn append(&mut self, other: &Self) {
        (0..other.len).for_each(|i| self.push(other.get(i)));
    }

    pub(super) fn keep(&mut self, other: &Self) {
        let words = other.words.iter().copied().chain(std::iter::repeat(0));
        self.words.iter_mut().zip(words).for_each(|(word, other)| *word &= other);
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word |= other);
    }

    pub(super) fn invert(&mut self) {
        self.words.iter_mut().for_each(|word| *word = !*word);
        if let Some(last) = self.words.last_mut()
            && !self.len.is_multiple_of(64)
        {
            *last &= (1 << (self.len % 64)) - 1;
        }
    }

    pub(super) fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn each(&self, mut call: impl FnMut(usize)) {
        for (w, word) in self.words.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                call(w * 64 + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_those_that_were_set() {
        let mut bits = Bits::of(130, |i| i % 3 == 0);
        assert_eq!((bits.count(), bits.get(129), bits.get(130)), (44, true, false));
        bits.invert();
        assert_eq!((bits.count(), bits.get(129), bits.get(130)), (86, false, false));
        bits.keep(&Bits::of(130, |i| i < 4));
        bits.push(true);
        bits.append(&Bits::of(2, |i| i == 1));
        let mut all = Vec::new();
        bits.each(|i| all.push(i));
        assert_eq!((all, bits.len()), (vec![1, 2, 130, 132], 133));
    }
}
