//! The balance proof of records in memory, one a currency.

use std::collections::BTreeMap;

use rayon::prelude::*;
use tieout_domain::{
    BalanceProof, Currency, LedgerEntry, LedgerKind, Match, Money, MoneyError, RecordRef, StatementLine,
};
use tieout_reports::AccountProof;

/// What the files say of an account's balance.
#[derive(Debug, Clone)]
pub(crate) struct StatedBalance {
    pub(crate) account: String,
    pub(crate) opening: Option<Money>,
    pub(crate) closing: Option<Money>,
}

/// Records looked at by one thread at a time.
const PIECE: usize = 16 * 1024;

/// Proofs of some records, by currency.
type Proofs = BTreeMap<Currency, BalanceProof>;

/// Proves each currency: opening and closing where exactly one account has it.
pub(crate) fn of_records(
    lines: &[StatementLine],
    entries: &[LedgerEntry],
    settled: &[&Match<usize, usize>],
    stated: &[StatedBalance],
) -> Result<Vec<AccountProof>, MoneyError> {
    let mut proofs = Proofs::new();
    add_all(&mut proofs, lines, |proofs, line| {
        let proof = of_currency(proofs, line.amount.currency());
        proof.lines_total = proof.lines_total.checked_add(line.amount)?;
        proof.lines_outstanding = proof.lines_outstanding.checked_add(line.amount)?;
        Ok(())
    })?;
    add_all(&mut proofs, entries, |proofs, entry| {
        let proof = of_currency(proofs, entry.amount.currency());
        proof.entries_total = proof.entries_total.checked_add(entry.amount)?;
        proof.entries_outstanding = proof.entries_outstanding.checked_add(entry.amount)?;
        Ok(())
    })?;
    add_all(&mut proofs, settled, |proofs, settled| settle(proofs, settled, entries))?;
    proofs.into_iter().map(|(currency, proof)| Ok(with_balances(currency, proof, stated))).collect()
}

/// Adds up pieces on all cores, the same pieces in the same order whatever the number of cores.
fn add_all<T: Sync>(
    proofs: &mut Proofs,
    records: &[T],
    add: impl Fn(&mut Proofs, &T) -> Result<(), MoneyError> + Sync,
) -> Result<(), MoneyError> {
    let pieces: Vec<Result<Proofs, MoneyError>> = records
        .par_chunks(PIECE)
        .map(|piece| {
            let mut proofs = Proofs::new();
            piece.iter().try_for_each(|record| add(&mut proofs, record))?;
            Ok(proofs)
        })
        .collect();
    for piece in pieces {
        for (currency, part) in piece? {
            let proof = of_currency(proofs, currency);
            for (total, part) in [
                (&mut proof.lines_total, part.lines_total),
                (&mut proof.entries_total, part.entries_total),
                (&mut proof.lines_outstanding, part.lines_outstanding),
                (&mut proof.entries_outstanding, part.entries_outstanding),
                (&mut proof.adjustments, part.adjustments),
            ] {
                *total = total.checked_add(part)?;
            }
        }
    }
    Ok(())
}

fn of_currency(proofs: &mut Proofs, currency: Currency) -> &mut BalanceProof {
    let zero = Money::zero(currency);
    proofs.entry(currency).or_insert(BalanceProof {
        opening: None,
        lines_total: zero,
        closing: None,
        entries_total: zero,
        lines_outstanding: zero,
        entries_outstanding: zero,
        adjustments: zero,
    })
}

fn settle(proofs: &mut Proofs, settled: &Match<usize, usize>, entries: &[LedgerEntry]) -> Result<(), MoneyError> {
    for leg in settled.legs() {
        let proof = of_currency(proofs, leg.amount_applied.currency());
        match leg.record {
            RecordRef::Line(_) => {
                proof.lines_outstanding = proof.lines_outstanding.checked_sub(leg.amount_applied)?;
            }
            // What is credited to a customer's account enters the books by that.
            RecordRef::Entry(entry) if entries[entry].kind == LedgerKind::CustomerAccount => {
                proof.entries_total = proof.entries_total.checked_add(leg.amount_applied)?;
            }
            // What it is worth enters the books of the match's currency, and leaves those of its own.
            RecordRef::Entry(_) if leg.is_converted() => {
                proof.entries_total = proof.entries_total.checked_add(leg.amount_applied)?;
                let own = of_currency(proofs, leg.amount_settled.currency());
                own.entries_total = own.entries_total.checked_sub(leg.amount_settled)?;
                own.entries_outstanding = own.entries_outstanding.checked_sub(leg.amount_settled)?;
            }
            RecordRef::Entry(_) => {
                proof.entries_outstanding = proof.entries_outstanding.checked_sub(leg.amount_applied)?;
            }
        }
    }
    for adjustment in settled.adjustments() {
        let proof = of_currency(proofs, adjustment.amount.currency());
        proof.adjustments = proof.adjustments.checked_add(adjustment.amount)?;
    }
    Ok(())
}

fn with_balances(currency: Currency, proof: BalanceProof, stated: &[StatedBalance]) -> AccountProof {
    let mut of_this = stated.iter().filter(|balance| balance.opening.map(Money::currency) == Some(currency));
    match (of_this.next(), of_this.next()) {
        (Some(only), None) => AccountProof {
            account: only.account.clone(),
            outstanding: Vec::new(),
            proof: BalanceProof { opening: only.opening, closing: only.closing, ..proof },
        },
        _ => AccountProof { account: currency.to_string(), outstanding: Vec::new(), proof },
    }
}

#[cfg(test)]
mod tests {
    use tieout_domain::{Adjustment, Leg, Normalised, RootCause, Source};

    use super::*;

    fn money(minor: i64, currency: &str) -> Money {
        Money::from_minor(minor, Currency::parse(currency).unwrap())
    }

    fn source() -> Source {
        Source { file: tieout_domain::Digest::from_bytes([0; 32]), row: 1 }
    }

    fn line(amount: Money) -> StatementLine {
        StatementLine {
            source: source(),
            record_id: String::new(),
            account: String::new(),
            date: None,
            value_date: None,
            amount,
            description: String::new(),
            reference: String::new(),
            counterparty: String::new(),
            counterparty_account: String::new(),
            balance: None,
            normalised: Normalised::default(),
            job: None,
            raw: String::new(),
        }
    }

    fn invoice(amount: Money) -> LedgerEntry {
        LedgerEntry {
            source: source(),
            record_id: String::new(),
            kind: LedgerKind::Invoice,
            number: String::new(),
            date: None,
            due_date: None,
            counterparty: String::new(),
            counterparty_code: String::new(),
            counterparty_account: String::new(),
            amount,
            reference: String::new(),
            memo: String::new(),
            job: None,
            raw: String::new(),
        }
    }

    /// Entries, lines outstanding, entries outstanding and adjustments of each currency.
    #[test]
    fn an_invoice_in_dollars_paid_in_euro_is_outstanding_in_neither() {
        let lines = [line(money(99_800, "EUR")), line(money(5_000, "USD"))];
        let entries = [invoice(money(108_500, "USD")), invoice(money(7_000, "EUR")), invoice(money(5_000, "USD"))];
        let legs = vec![
            Leg::of(RecordRef::Line(0), money(99_800, "EUR")),
            Leg::converted(0, money(100_000, "EUR"), money(108_500, "USD")),
        ];
        let left_over = Adjustment { cause: RootCause::FxRounding, amount: money(-200, "EUR") };
        let matched = Match::across(legs, vec![left_over]).unwrap();
        let proofs = of_records(&lines, &entries, &[&matched], &[]).unwrap();
        let told: Vec<_> = proofs
            .iter()
            .map(|AccountProof { account, proof, .. }| {
                assert_eq!(proof.holds(), Ok(true), "{proof:?}");
                let figures =
                    [proof.entries_total, proof.lines_outstanding, proof.entries_outstanding, proof.adjustments];
                (account.as_str(), figures.map(Money::minor_units))
            })
            .collect();
        assert_eq!(told, [("EUR", [107_000, 0, 7_000, -200]), ("USD", [5_000, 5_000, 5_000, 0])]);
    }
}
