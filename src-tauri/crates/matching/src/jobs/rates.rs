//! The same job at another rate.

use rust_decimal::Decimal;

use super::Facts;

/// What a tax makes of an amount at most, in tenths of it.
const TAXED_TENTHS: u128 = 13;

/// Whether a line and an entry are of the same quantity, or of one not told, and their amounts differ as their rates do.
///
/// Where the two rates are told, amounts of the same quantity must differ in their direction, neither of them less than
/// its own quantity and rate come to (that would be a part), and by no more than the rates explain, with a tax on top; and
/// amounts of which a quantity is not told must stand in their ratio, to a minor unit on either side.
/// Where a rate is not told, the same quantity at an amount up to half as much again or less by half is meant.
pub(super) fn at_another_rate(line: &Facts, entry: &Facts, paid: i64, owed: i64) -> bool {
    if paid == owed || paid == 0 || owed == 0 || (paid > 0) != (owed > 0) {
        return false;
    }
    let same_quantity = match (line.quantity, entry.quantity) {
        (Some(line), Some(entry)) if line == entry && !line.is_zero() => true,
        (Some(_), Some(_)) => return false,
        _ => false,
    };
    let (paid, owed) = (paid.unsigned_abs(), owed.unsigned_abs());
    match (line.rate, entry.rate) {
        (Some(of_line), Some(of_entry)) if of_line != of_entry && same_quantity => {
            (of_line > of_entry) == (paid > owed)
                && is_own(line, paid)
                && is_own(entry, owed)
                && is_explained(line, entry, paid.abs_diff(owed))
        }
        (Some(line), Some(entry)) if line != entry => in_ratio(line, entry, paid, owed),
        (Some(_), Some(_)) => false,
        _ => same_quantity && paid.abs_diff(owed) <= owed / 2,
    }
}

/// Whether the amount is what quantity and rate come to, or a little more.
fn is_own(facts: &Facts, amount: u64) -> bool {
    facts.product.is_some_and(|product| amount.saturating_add(1) >= product && amount <= product + product / 2 + 1)
}

/// Whether a difference is no more than that of what the two rates come to, with a tax on top and a minor unit of rounding.
fn is_explained(line: &Facts, entry: &Facts, gap: u64) -> bool {
    let explained = line.product.zip(entry.product).map(|(line, entry)| line.abs_diff(entry));
    explained.is_some_and(|explained| u128::from(gap) * 10 <= u128::from(explained) * TAXED_TENTHS + 10)
}

/// Whether two amounts stand in the ratio of two rates, but for a minor unit on either side.
fn in_ratio(line: Decimal, entry: Decimal, paid: u64, owed: u64) -> bool {
    if line <= Decimal::ZERO || entry <= Decimal::ZERO {
        return false;
    }
    let products = (Decimal::from(paid).checked_mul(entry), Decimal::from(owed).checked_mul(line));
    let (Some(paid), Some(owed)) = products else { return false };
    let off = paid.checked_sub(owed).map(|gap| gap.abs());
    off.zip(line.checked_add(entry)).is_some_and(|(gap, least)| gap <= least)
}

#[cfg(test)]
mod tests {
    use tieout_domain::Currency;

    use super::*;

    fn eur() -> Currency {
        Currency::parse("EUR").unwrap()
    }

    /// Quantity and rate of a line and of an entry (`-` for none), and their amounts.
    #[track_caller]
    fn check(line: &str, entry: &str, paid: i64, owed: i64, expected: bool) {
        let facts = |text: &str| {
            let (quantity, rate) = text.split_once(' ').unwrap();
            let (quantity, rate) = (quantity.parse().ok(), rate.parse().ok());
            let product = quantity.zip(rate).and_then(|(quantity, rate)| super::super::product(quantity, rate, eur()));
            Facts { quantity, rate, product, ..Facts::default() }
        };
        assert_eq!(at_another_rate(&facts(line), &facts(entry), paid, owed), expected, "{line} / {entry}");
    }

    #[test]
    fn the_same_quantity_at_another_rate() {
        check("12.5 38.50", "12.5 40.25", 48_125, 50_313, true);
        check("12.50 38.50", "12.5 40.25", -48_125, -50_313, true);
        // With a tax on top.
        check("10 9", "10 10", 10_800, 12_000, true);
        check("- 38.50", "12.5 40.25", 48_125, 50_313, true);
        check("12.5 -", "12.5 40.25", 48_125, 50_313, true);
    }

    #[test]
    fn what_is_no_change_of_rates() {
        // A part of what the line's own quantity and rate come to.
        check("4 9", "4 10", 100, 4_000, false);
        check("4 9", "4 10", 2_500, 4_000, false);
        check("4 9", "4 10", 500, 10_000, false);
        // More than the rates explain: a minimum charge, or something else on top.
        check("0.5 40.25", "0.5 38.50", 2_500, 1_925, false);
        check("10 9", "10 10", 9_000, 13_500, false);
        check("12.5 40.25", "12.5 40.25", 50_313, 50_313, false);
        check("12 40.25", "12.5 40.25", 48_300, 50_313, false);
        check("12 38.50", "12.5 40.25", 46_200, 50_313, false);
        check("12.5 38.50", "12.5 40.25", 50_313, 48_125, false);
        check("12.5 40.25", "12.5 40.25", 40_000, 50_313, false);
        check("- 38.50", "12.5 40.25", 48_200, 50_313, false);
        check("- -", "12.5 40.25", 48_125, 50_313, false);
        check("12.5 -", "12.5 40.25", 10_000, 50_313, false);
        check("12.5 38.50", "12.5 40.25", -48_125, 50_313, false);
        check("0 38.50", "0 40.25", 48_125, 50_313, false);
    }
}
