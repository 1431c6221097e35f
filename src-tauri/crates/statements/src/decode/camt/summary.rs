//! Totals that a statement states of its entries (`TxsSummry`), and what its entries come to.

use rust_decimal::Decimal;
use tieout_domain::{Said, said};

use super::{
    amounts::{is_credit, signed},
    entry::decimal,
};
use crate::Control;

/// Number and sum of entries.
#[derive(Debug, Clone, Default)]
struct Total {
    count: Option<Decimal>,
    sum: Option<Decimal>,
}

/// What is stated, as its elements come, and what is counted.
#[derive(Debug, Clone, Default)]
pub(super) struct Summary {
    all: Total,
    credits: Total,
    debits: Total,
    net: Option<Decimal>,
    net_direction: String,
    counted: Counted,
}

#[derive(Debug, Clone, Default)]
struct Counted {
    credits: u32,
    debits: u32,
    others: u32,
    credit_sum: Decimal,
    debit_sum: Decimal,
    overflow: bool,
}

impl Summary {
    /// Takes an element inside `TxsSummry`.
    pub(super) fn take(&mut self, path: &[&str], text: &str) {
        match path {
            ["TtlNtries", "NbOfNtries"] => self.all.count = decimal(text),
            ["TtlNtries", "Sum"] => self.all.sum = decimal(text),
            ["TtlNtries", "TtlNetNtryAmt"] | ["TtlNtries", "TtlNetNtry", "Amt"] => self.net = decimal(text),
            ["TtlNtries", "CdtDbtInd"] | ["TtlNtries", "TtlNetNtry", "CdtDbtInd"] => {
                text.clone_into(&mut self.net_direction);
            }
            ["TtlCdtNtries", "NbOfNtries"] => self.credits.count = decimal(text),
            ["TtlCdtNtries", "Sum"] => self.credits.sum = decimal(text),
            ["TtlDbtNtries", "NbOfNtries"] => self.debits.count = decimal(text),
            // Some banks write what was paid out as a negative number.
            ["TtlDbtNtries", "Sum"] => self.debits.sum = decimal(text).map(|sum| sum.abs()),
            _ => {}
        }
    }

    /// Counts an entry; `None` for one whose amount cannot be told.
    pub(super) fn count(&mut self, amount: Option<Decimal>, is_credit: Option<bool>) {
        let counted = &mut self.counted;
        match is_credit {
            Some(true) => counted.credits += 1,
            Some(false) => counted.debits += 1,
            None => counted.others += 1,
        }
        let sum = if is_credit == Some(true) { &mut counted.credit_sum } else { &mut counted.debit_sum };
        match sum.checked_add(amount.unwrap_or_default().abs()) {
            Some(more) => *sum = more,
            None => counted.overflow = true,
        }
    }

    /// The totals that are stated, each beside what was counted.
    pub(super) fn controls(&self) -> Vec<Control> {
        let counted = &self.counted;
        let mut controls = Vec::new();
        let mut say = |what: Said, stated: Option<Decimal>, found: Option<Decimal>| {
            if let (Some(stated), Some(found)) = (stated, found) {
                controls.push(Control { what, stated, found });
            }
        };
        let sums = |found: Option<Decimal>| found.filter(|_| !counted.overflow);
        let entries = u64::from(counted.credits) + u64::from(counted.debits) + u64::from(counted.others);
        say(said!("control.entries", "number of entries"), self.all.count, Some(entries.into()));
        let gross = sums(counted.credit_sum.checked_add(counted.debit_sum));
        let net = sums(counted.credit_sum.checked_sub(counted.debit_sum));
        // The standard means the sum without signs; some banks state it with them.
        let sum = if net.is_some() && self.all.sum == net { net } else { gross };
        say(said!("control.sum", "sum of entries"), self.all.sum, sum);
        let stated_net = match is_credit(&self.net_direction) {
            Some(is_credit) => self.net.map(|net| signed(net.abs(), is_credit)),
            None => self.net,
        };
        say(said!("control.net", "net sum of entries"), stated_net, net);
        say(said!("control.credits", "number of credits"), self.credits.count, Some(counted.credits.into()));
        say(said!("control.creditSum", "sum of credits"), self.credits.sum, sums(Some(counted.credit_sum)));
        say(said!("control.debits", "number of debits"), self.debits.count, Some(counted.debits.into()));
        say(said!("control.debitSum", "sum of debits"), self.debits.sum, sums(Some(counted.debit_sum)));
        controls
    }
}
