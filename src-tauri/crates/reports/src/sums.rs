//! Sums of amounts of any currency.

use tieout_domain::{Currency, Money};

/// Sums by currency, in minor units wide enough never to overflow. There are few currencies, so a list in their order is
/// found through faster than a tree.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Sums(Vec<(Currency, i128)>);

impl Sums {
    /// Adds an amount.
    pub fn add(&mut self, amount: Money) {
        *self.of(amount.currency()) += i128::from(amount.minor_units());
    }

    /// Takes an amount away.
    pub fn subtract(&mut self, amount: Money) {
        *self.of(amount.currency()) -= i128::from(amount.minor_units());
    }

    /// Adds the size of an amount, without its sign.
    pub fn add_magnitude(&mut self, amount: Money) {
        *self.of(amount.currency()) += i128::from(amount.magnitude());
    }

    /// Adds the size of an amount, below zero where told.
    pub(crate) fn add_signed(&mut self, size: Money, negative: bool) {
        let minor = i128::from(size.magnitude());
        *self.of(size.currency()) += if negative { -minor } else { minor };
    }

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        for (currency, minor) in other.iter() {
            *self.of(currency) += minor;
        }
    }

    /// These without all of `other`.
    pub(crate) fn less(&self, other: &Self) -> Self {
        let mut rest = self.clone();
        for (currency, minor) in other.iter() {
            *rest.of(currency) -= minor;
        }
        rest
    }

    /// Whether it comes to nothing in every currency.
    pub(crate) fn is_zero(&self) -> bool {
        self.0.iter().all(|(_, minor)| *minor == 0)
    }

    fn of(&mut self, currency: Currency) -> &mut i128 {
        let at = self.0.iter().position(|(known, _)| *known == currency).unwrap_or_else(|| {
            let at = self.0.partition_point(|(known, _)| *known < currency);
            self.0.insert(at, (currency, 0));
            at
        });
        &mut self.0[at].1
    }

    /// The sums, in order of currency code: currency and minor units.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, i128)> + '_ {
        self.0.iter().copied()
    }

    /// Whether nothing was added.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
