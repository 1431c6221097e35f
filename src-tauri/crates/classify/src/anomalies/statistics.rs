//! Robust statistics in whole numbers, so that every machine finds the same.

/// Binary digits after the point of [`log2`].
const LOG_BITS: u32 = 16;

/// What is usual of some values: their median, and how far the others are from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Usual {
    pub(crate) median: u64,
    /// Median of the absolute deviations from it.
    deviation: u64,
    /// Sum of the absolute deviations from it.
    deviations: u128,
    count: u64,
}

/// The value that `percent` of the others do not reach. The values are sorted.
pub(crate) fn percentile(sorted: &[u64], percent: u32) -> Option<u64> {
    let place = sorted.len().checked_mul(percent as usize)? / 100;
    sorted.get(place.min(sorted.len().checked_sub(1)?)).copied()
}

/// The middle of sorted values; the lower of the two middles.
fn middle(sorted: &[u64]) -> Option<u64> {
    sorted.get(sorted.len().checked_sub(1)? / 2).copied()
}

impl Usual {
    /// Of values in any order.
    pub(crate) fn of(values: impl Iterator<Item = u64>) -> Option<Self> {
        let mut values: Vec<u64> = values.collect();
        values.sort_unstable();
        let median = middle(&values)?;
        values.iter_mut().for_each(|value| *value = value.abs_diff(median));
        values.sort_unstable();
        let deviations = values.iter().map(|value| u128::from(*value)).sum();
        Some(Self { median, deviation: middle(&values)?, deviations, count: values.len() as u64 })
    }

    /// How far above the median a value is, as a modified z-score in thousandths: `0.6745 · (x − median) / MAD`
    /// (Iglewicz and Hoaglin, *How to Detect and Handle Outliers*, ASQC 1993, who call 3.5 an outlier). Where most values
    /// are the median, and MAD is nothing, the mean absolute deviation takes its place: `(x − median) / (1.253314 ·
    /// MeanAD)`, as in IBM SPSS. Nothing where all values are alike, or the value is not above.
    pub(crate) fn score(&self, value: u64) -> u32 {
        let above = u128::from(value.saturating_sub(self.median));
        let score = if self.deviation > 0 {
            above * 6_745 / (u128::from(self.deviation) * 10)
        } else if self.deviations > 0 {
            above.saturating_mul(u128::from(self.count)).saturating_mul(1_000_000_000)
                / self.deviations.saturating_mul(1_253_314)
        } else {
            0
        };
        u32::try_from(score).unwrap_or(u32::MAX)
    }
}

/// The binary logarithm, in 65,536ths. Nothing of nothing.
pub(crate) fn log2(value: u64) -> u64 {
    let Some(whole) = value.checked_ilog2() else { return 0 };
    let mut mantissa = u128::from(value) << (63 - whole);
    let mut fraction = 0;
    for _ in 0..LOG_BITS {
        mantissa = (mantissa * mantissa) >> 63;
        fraction <<= 1;
        if mantissa >> 64 > 0 {
            fraction |= 1;
            mantissa >>= 1;
        }
    }
    (u64::from(whole) << LOG_BITS) | fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_score_is_iglewicz_and_hoaglins() {
        // Their example: median 3.02, MAD 0.05 … in hundredths; 5.5 has 0.6745 × 2.48 / 0.05.
        let values = [294, 297, 298, 299, 301, 302, 303, 305, 307, 310, 550];
        let usual = Usual::of(values.into_iter()).unwrap();
        assert_eq!((usual.median, usual.deviation), (302, 4));
        assert_eq!(usual.score(550), 41_819);
        assert_eq!(usual.score(290), 0, "what is below is not above");
    }

    #[test]
    fn where_most_are_alike_the_mean_deviation_tells() {
        let usual = Usual::of([100, 100, 100, 100, 100, 100, 100, 100, 100, 200].into_iter()).unwrap();
        assert_eq!((usual.deviation, usual.score(200)), (0, 7_978));
        assert_eq!(Usual::of([5, 5, 5].into_iter()).unwrap().score(9), 0);
    }

    #[test]
    fn logarithms_of_powers_are_whole() {
        assert_eq!([1, 2, 1 << 40].map(log2), [0, 1 << 16, 40 << 16]);
        assert_eq!((log2(10) * 1_000) >> 16, 3_321);
        assert_eq!(log2(u64::MAX) >> 16, 63);
        assert_eq!(log2(0), 0);
    }

    #[test]
    fn percentiles_are_values() {
        let values: Vec<u64> = (1..=100).collect();
        assert_eq!([50, 95, 99, 100].map(|percent| percentile(&values, percent)), [51, 96, 100, 100].map(Some));
        assert_eq!(percentile(&[], 50), None);
    }
}
