//! Leading digits that are not those of such amounts.
//!
//! In amounts that span orders of magnitude and were neither set nor rounded, the digit d leads with the probability
//! log₁₀(1 + 1/d) (Benford, "The Law of Anomalous Numbers", Proc. Am. Phil. Soc. 78, 1938). Conformity is judged by the
//! mean absolute deviation of the shares with the limits of Nigrini, *Benford's Law*, Wiley 2012, table 7.1.

use jiff::civil::Date;

use super::{
    Anomaly, AnomalyConfig, AnomalyKind, Conformity, Dates, Detector, DigitCount, Evidence,
    populations::{Population, Stream},
    statistics::percentile,
};

/// Probabilities in billionths.
const BILLION: u128 = 1_000_000_000;
const FIRST: [u64; 9] =
    [301_029_996, 176_091_259, 124_938_737, 96_910_013, 79_181_246, 66_946_790, 57_991_947, 51_152_522, 45_757_491];
const FIRST_TWO: [u64; 90] = [
    41_392_685, 37_788_561, 34_762_106, 32_184_683, 29_963_223, 28_028_724, 26_328_939, 24_823_584, 23_481_096,
    22_276_395, 21_189_299, 20_203_386, 19_305_155, 18_483_406, 17_728_767, 17_033_339, 16_390_416, 15_794_267,
    15_239_967, 14_723_257, 14_240_439, 13_788_284, 13_363_962, 12_964_977, 12_589_127, 12_234_456, 11_899_223,
    11_581_873, 11_281_010, 10_995_384, 10_723_865, 10_465_434, 10_219_165, 9_984_221, 9_759_837, 9_545_318, 9_340_026,
    9_143_379, 8_954_843, 8_773_924, 8_600_172, 8_433_168, 8_272_526, 8_117_890, 7_968_930, 7_825_338, 7_686_829,
    7_553_138, 7_424_018, 7_299_239, 7_178_585, 7_061_854, 6_948_860, 6_839_425, 6_733_383, 6_630_579, 6_530_867,
    6_434_110, 6_340_178, 6_248_949, 6_160_309, 6_074_148, 5_990_364, 5_908_860, 5_829_544, 5_752_329, 5_677_133,
    5_603_878, 5_532_489, 5_462_896, 5_395_032, 5_328_834, 5_264_240, 5_201_194, 5_139_640, 5_079_526, 5_020_801,
    4_963_420, 4_907_334, 4_852_503, 4_798_883, 4_746_435, 4_695_121, 4_644_905, 4_595_752, 4_547_628, 4_500_501,
    4_454_341, 4_409_119, 4_364_805,
];

/// Amounts below so many major units are left out, as is usual: they are fees and cents.
const LEAST_UNITS: u64 = 10;
/// The amounts between the first and the last percent must span this.
const SPAN: u64 = 100;
/// z at which a digit stands out, in hundredths: two-sided probability 0.001.
const Z_MIN: u128 = 329;

/// Which digits are looked at, with what is expected of them.
#[derive(Clone, Copy)]
struct Law<'a> {
    expected: &'a [u64],
    first: u8,
    /// Limits of close, acceptable and marginal conformity, in millionths.
    limits: [u32; 3],
    /// χ² that is passed with a probability of 0.001, in thousandths.
    chi_square: u64,
}

const FIRST_LAW: Law<'static> = Law { expected: &FIRST, first: 1, limits: [6_000, 12_000, 15_000], chi_square: 26_124 };
const FIRST_TWO_LAW: Law<'static> =
    Law { expected: &FIRST_TWO, first: 10, limits: [1_200, 1_800, 2_200], chi_square: 135_978 };

/// A calendar month (or the dates asked for), money in or out, of one account or kind of entry. Says nothing where the
/// other months do not follow the law either: then these amounts are not of that kind. Nor where the month is like the
/// other months: what is a little off every month is the nature of the business.
pub(super) struct Benford;

impl Detector for Benford {
    fn kind(&self) -> AnomalyKind {
        AnomalyKind::Benford
    }

    fn is_on(&self, config: &AnomalyConfig) -> bool {
        config.benford.enabled
    }

    fn detect(&self, population: &Population<'_>, config: &AnomalyConfig, dates: Dates, found: &mut Vec<Anomaly>) {
        for stream in &population.streams {
            let spans = |amounts: &[u64]| {
                let (low, high) = (percentile(amounts, 1), percentile(amounts, 99));
                low.zip(high).is_some_and(|(low, high)| high / SPAN >= low.max(1))
            };
            if stream.by_date.len() < config.benford.records_min as usize || !spans(&stream.amounts) {
                continue;
            }
            for (from, to, period) in periods(population, stream, dates) {
                found.extend(judge(population, stream, config, (from, to), period));
            }
        }
    }
}

/// The months, or the dates asked for, with the postings of each.
fn periods<'a>(population: &Population<'_>, stream: &'a Stream, dates: Dates) -> Vec<(Date, Date, &'a [u32])> {
    let dated = &stream.by_date[stream.dated(population.postings)];
    let day = |at: &u32| population.get(*at).date.unwrap_or_default();
    if let (Some(from), Some(to)) = (dates.from, dates.to) {
        let (begin, end) = (dated.partition_point(|at| day(at) < from), dated.partition_point(|at| day(at) <= to));
        return dated.get(begin..end).map(|period| (from, to, period)).into_iter().collect();
    }
    let month = |at: &u32| day(at).first_of_month();
    let months = dated.chunk_by(|left, right| month(left) == month(right));
    months.filter_map(|period| period.first().map(|at| (month(at), day(at).last_of_month(), period))).collect()
}

fn judge(
    population: &Population<'_>,
    stream: &Stream,
    config: &AnomalyConfig,
    (from, to): (Date, Date),
    period: &[u32],
) -> Option<Anomaly> {
    let config = &config.benford;
    let least = population.minor(LEAST_UNITS);
    let law = if period.len() >= config.two_digits_from as usize { FIRST_TWO_LAW } else { FIRST_LAW };
    let counted = |postings: &mut dyn Iterator<Item = u32>| law.count(population, postings, least);
    let seen = counted(&mut period.iter().copied());
    if seen.total < u64::from(config.records_min) || !seen.deviates(law) {
        return None;
    }
    let is_other = |at: &u32| population.get(*at).date.is_none_or(|day| day < from || day > to);
    let others = counted(&mut stream.by_date.iter().copied().filter(is_other));
    let usual = others.shares();
    let usual = Law { expected: &usual, ..law };
    let has_usual = others.total >= u64::from(config.records_min);
    if has_usual && (others.deviates(law) || !seen.deviates(usual)) {
        return None;
    }
    let mut digits = seen.digits(population, law);
    if has_usual {
        let unlike = seen.digits(population, usual);
        digits.iter_mut().zip(unlike).for_each(|(count, unlike)| count.stands_out &= unlike.stands_out);
    }
    let outstanding = |at: &&u32| {
        let amount = population.get(**at).magnitude();
        amount >= least && law.place(amount).and_then(|place| digits.get(place)).is_some_and(|count| count.stands_out)
    };
    let postings: Vec<u32> = period.iter().filter(outstanding).copied().collect();
    let deviation = seen.deviation(law);
    // Of the money behind each of these digits, the share that is more than expected.
    let excess = digits.iter().filter(|count| count.stands_out).map(|count| {
        let beyond = (u128::from(count.seen) * 1_000).saturating_sub(u128::from(count.expected));
        u128::from(count.sum.magnitude()) * beyond / (u128::from(count.seen) * 1_000).max(1)
    });
    let excess: u128 = excess.sum();
    (!postings.is_empty()).then(|| Anomaly {
        kind: AnomalyKind::Benford,
        postings,
        impact: population.money(excess),
        strength: deviation.saturating_mul(100) / law.limits[2],
        evidence: Evidence::Benford {
            from,
            to,
            incoming: stream.incoming,
            postings: u32::try_from(seen.total).unwrap_or(u32::MAX),
            deviation,
            conformity: seen.conformity(law),
            chi_square: seen.chi_square(law),
            digits,
        },
    })
}

/// How often each digit leads.
struct Seen {
    counts: Vec<u64>,
    sums: Vec<u128>,
    total: u64,
}

impl Law<'_> {
    /// Where the leading digits of an amount stand in the list.
    fn place(&self, amount: u64) -> Option<usize> {
        let digits = amount.checked_ilog10()?.checked_sub(u32::from(self.first >= 10))?;
        let leading = amount / 10_u64.pow(digits);
        usize::try_from(leading.checked_sub(u64::from(self.first))?).ok()
    }

    fn count(&self, population: &Population<'_>, postings: &mut dyn Iterator<Item = u32>, least: u64) -> Seen {
        let mut seen = Seen { counts: vec![0; self.expected.len()], sums: vec![0; self.expected.len()], total: 0 };
        for at in postings {
            let amount = population.get(at).magnitude();
            if let Some(place) = self.place(amount).filter(|_| amount >= least) {
                seen.counts[place] += 1;
                seen.sums[place] += u128::from(amount);
                seen.total += 1;
            }
        }
        seen
    }
}

impl Seen {
    /// Both by its size, which does not grow with the number of postings, and by chance, which does.
    fn deviates(&self, law: Law<'_>) -> bool {
        self.conformity(law) == Conformity::None && self.chi_square(law) > law.chi_square
    }

    /// The share of each digit, in billionths; none is quite nothing.
    fn shares(&self) -> Vec<u64> {
        let total = u128::from(self.total) + self.counts.len() as u128;
        let share = |count: &u64| u64::try_from((u128::from(*count) + 1) * BILLION / total).unwrap_or(0);
        self.counts.iter().map(share).collect()
    }

    /// Seen minus expected, without sign, in billionths of a posting.
    fn gaps<'a>(&'a self, law: Law<'a>) -> impl Iterator<Item = (u128, u128)> + 'a {
        let total = u128::from(self.total);
        self.counts.iter().zip(law.expected).map(move |(count, share)| {
            let expected = total * u128::from(*share);
            ((u128::from(*count) * BILLION).abs_diff(expected), expected)
        })
    }

    /// Mean absolute deviation of the shares, in millionths.
    fn deviation(&self, law: Law<'_>) -> u32 {
        let sum: u128 = self.gaps(law).map(|(gap, _)| gap).sum();
        let shares = u128::from(self.total.max(1)) * law.expected.len() as u128 * (BILLION / 1_000_000);
        u32::try_from(sum / shares).unwrap_or(u32::MAX)
    }

    fn conformity(&self, law: Law<'_>) -> Conformity {
        let deviation = self.deviation(law);
        let [close, acceptable, marginal] = law.limits;
        match deviation {
            _ if deviation <= close => Conformity::Close,
            _ if deviation <= acceptable => Conformity::Acceptable,
            _ if deviation <= marginal => Conformity::Marginal,
            _ => Conformity::None,
        }
    }

    /// Σ (seen − expected)² / expected, in thousandths.
    fn chi_square(&self, law: Law<'_>) -> u64 {
        let parts = self.gaps(law).map(|(gap, expected)| (gap * gap / expected.max(1)) / (BILLION / 1_000));
        u64::try_from(parts.sum::<u128>()).unwrap_or(u64::MAX)
    }

    fn digits(&self, population: &Population<'_>, law: Law<'_>) -> Vec<DigitCount> {
        let total = u128::from(self.total);
        let of = |(place, (gap, expected)): (usize, (u128, u128))| {
            let (count, sum) = (self.counts[place], self.sums[place]);
            let share = u128::from(law.expected[place]);
            // z² = (gap − ½)² / (n · p · (1 − p)), all in billionths.
            let corrected = gap.saturating_sub(BILLION / 2) / 1_000;
            let variance = total * share * (BILLION - share) / 1_000_000;
            let beyond = corrected.saturating_mul(corrected).saturating_mul(10_000) >= variance * Z_MIN * Z_MIN;
            DigitCount {
                digit: law.first + u8::try_from(place).unwrap_or(0),
                seen: u32::try_from(count).unwrap_or(u32::MAX),
                expected: u64::try_from(expected / (BILLION / 1_000)).unwrap_or(u64::MAX),
                sum: population.money(sum),
                stands_out: beyond && u128::from(count) * BILLION > expected,
            }
        };
        self.gaps(law).enumerate().map(of).collect()
    }
}
