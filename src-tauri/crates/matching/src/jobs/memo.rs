//! Quantity and rate as the memo of an invoice states them: `GROUNDS 29 x 79.99 site 165`.

use rust_decimal::Decimal;

/// Work that a text states.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct StatedWork<'t> {
    /// What stands before the quantity.
    pub(crate) work: &'t str,
    /// Above zero, as the rate.
    pub(crate) quantity: Decimal,
    pub(crate) rate: Decimal,
}

/// The first work in a memo, with its quantity and rate.
pub(crate) fn stated_work(memo: &str) -> Option<StatedWork<'_>> {
    let words: Vec<&str> = memo.split_whitespace().collect();
    words.windows(3).find_map(|three| {
        let joined = matches!(three[1], "x" | "X" | "×" | "*" | "@");
        let [quantity, rate] = [three[0], three[2]].map(|word| word.parse::<Decimal>().ok());
        let (quantity, rate) = (quantity?, rate?);
        // The words are parts of the memo.
        let work = memo[..three[0].as_ptr().addr() - memo.as_ptr().addr()].trim_end();
        let is_some = joined && quantity > Decimal::ZERO && rate > Decimal::ZERO;
        is_some.then_some(StatedWork { work, quantity, rate })
    })
}

/// Decimals of a rate: hundredths of the major unit.
const RATE_DECIMALS: u32 = 2;

/// A payment of a memo's quantity at another rate than the memo's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MemoRate {
    pub(crate) quantity: Decimal,
    /// As the memo states it.
    pub(crate) rate: Decimal,
    /// As it was paid.
    pub(crate) paid_rate: Decimal,
}

/// The memo's quantity and rates, where what was paid is that quantity at another rate, to a minor unit: the rate in
/// hundredths of the major unit, and whatever came on top of quantity × rate (a tax) in the same proportion. `paid` and
/// `owed` in minor units of two digits.
pub(crate) fn memo_rate(memo: &str, paid: i64, owed: i64) -> Option<MemoRate> {
    let StatedWork { quantity, rate, .. } = stated_work(memo)?;
    let (paid, owed) = (Decimal::from(paid.unsigned_abs()), Decimal::from(owed.unsigned_abs()));
    let per_rate = owed.checked_div(rate)?;
    let mut paid_rate = paid.checked_div(per_rate)?.round_dp(RATE_DECIMALS);
    // 45 is shown as 45.00.
    paid_rate.rescale(RATE_DECIMALS);
    let expected = paid_rate.checked_mul(per_rate)?;
    // The amount and what it would be at the old rate were each rounded.
    let off = (expected - paid).abs();
    let net = quantity.checked_mul(rate)?.checked_mul(Decimal::ONE_HUNDRED)?;
    let surcharge = owed.checked_div(net)?;
    let plausible = surcharge >= Decimal::new(99, 2) && surcharge <= Decimal::new(130, 2);
    (plausible && paid_rate != rate && off <= Decimal::ONE).then_some(MemoRate { quantity, rate, paid_rate })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_what_stands_before_its_quantity() {
        let work =
            |memo| stated_work(memo).map(|stated| (stated.work, stated.quantity.to_string(), stated.rate.to_string()));
        let found = |work, quantity: &str, rate: &str| Some((work, quantity.to_owned(), rate.to_owned()));
        assert_eq!(work("GROUNDS  29 x 79.99 site 165"), found("GROUNDS", "29", "79.99"));
        assert_eq!(work("Reinigung Büro 4 × 17.10"), found("Reinigung Büro", "4", "17.10"));
        assert_eq!(work("8 x 50.00"), found("", "8", "50.00"));
        assert_eq!(work("8 h x 50.00"), None);
    }

    #[test]
    fn a_payment_at_another_rate_is_told_from_other_differences() {
        for (memo, paid, owed) in [
            ("ENTSORGUNG 5 x 45.00 site 173 NET 7", 28_382, 26_775),
            ("GROUNDS 51 x 95.00 site 134", 601_718, 581_400),
            ("LANDSCAPE 49 x 35.00 site 146", 168_070, 171_500),
            ("WINDOW-CLN 48 x 79.99 site 142", 397_392, 383_952),
        ] {
            assert!(memo_rate(memo, paid, owed).is_some(), "{memo}");
        }
        for (memo, paid, owed) in [
            ("GROUNDS 51 x 95.00 site 134", 600_000, 581_400),
            ("GROUNDS 51 x 95.00 site 134", 581_400, 581_400),
            ("Sales invoice NET 30", 601_718, 581_400),
            // The memo is of another amount.
            ("GROUNDS 5 x 95.00", 601_718, 581_400),
            ("size 4 x 0 mm", 100, 90),
            ("", 0, 0),
        ] {
            assert!(memo_rate(memo, paid, owed).is_none(), "{memo}");
        }
    }
}
