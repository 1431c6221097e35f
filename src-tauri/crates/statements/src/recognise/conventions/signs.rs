//! Whether positive numbers are money in or money out, where no balance proves it: card statements often show spending as
//! positive.

use tieout_domain::said;

use super::Profiles;

use crate::{
    Ambiguity, ColumnRole, Mapping, Open, Table,
    value::{
        amount,
        words::{contains_phrase, fold, fold_name},
    },
};

/// Rows that are looked at.
const ROWS: usize = 2_000;

/// What a card's issuer writes when its bill is paid, folded. The payer's own bank writes otherwise.
const PAID: [&str; 24] = [
    "thank you",
    "payment received",
    "payment thank",
    "autopay",
    "automatic payment",
    "direct debit received",
    "zahlung erhalten",
    "ihre zahlung",
    "einzahlung erhalten",
    "zahlungseingang",
    "merci",
    "paiement recu",
    "votre paiement",
    "votre reglement",
    "gracias",
    "pago recibido",
    "su pago",
    "pagamento recebido",
    "pagamento recebimento",
    "pagamento ricevuto",
    "betaling ontvangen",
    "inbetalning",
    "indbetaling",
    "innbetaling",
];

/// Words of names and of lines above the table that say that it is of a card, folded.
const CARD: [&str; 17] = [
    "card",
    "credit card",
    "creditcard",
    "merchant",
    "mcc",
    "category",
    "karte",
    "kreditkarte",
    "kartennummer",
    "carte",
    "tarjeta",
    "carta",
    "kaart",
    "cartao",
    "kort",
    "karta",
    "cardholder",
];

/// Decides whether all signs are to be turned around; reports both readings where the file leaves them open.
pub(super) fn decide(table: &Table, profiles: &Profiles, mapping: &Mapping, ambiguities: &mut Vec<Ambiguity>) -> bool {
    let Some(column) = mapping.column(ColumnRole::Amount) else { return false };
    if mapping.column(ColumnRole::Direction).is_some() {
        return false;
    }
    let found = Counts::of(table, mapping, column);
    // Marked credits beside plain numbers: what is not marked is a debit.
    if found.credits > 0 && found.debits == 0 && found.negative == 0 && found.positive > 0 {
        return true;
    }
    if found.paid_negative > 0
        && found.paid_positive == 0
        && found.positive > 2 * (found.negative - found.paid_negative)
    {
        return true;
    }
    let all = found.positive + found.negative;
    let mostly_positive = found.positive > 0 && (found.negative == 0 || all >= 5 && found.positive * 5 >= all * 4);
    if found.credits + found.debits == 0 && found.paid_positive == 0 && mostly_positive && is_card(table, profiles) {
        let example = found.example.unwrap_or_default();
        let readings = vec![
            said!(
                "reading.positiveIn",
                "positive amounts such as {example} are money in, as the file has it",
                example = example
            ),
            said!(
                "reading.positiveOut",
                "positive amounts such as {example} are money out, as cards show their spending",
                example = example
            ),
        ];
        ambiguities.push(Ambiguity { what: Open::Sign, readings });
    }
    false
}

#[derive(Debug, Default)]
struct Counts<'t> {
    positive: usize,
    negative: usize,
    /// Marked with `CR` or `DR`.
    credits: usize,
    debits: usize,
    paid_negative: usize,
    paid_positive: usize,
    example: Option<&'t str>,
}

impl<'t> Counts<'t> {
    fn of(table: &'t Table, mapping: &Mapping, column: usize) -> Self {
        let texts: Vec<usize> = [ColumnRole::Description, ColumnRole::Counterparty]
            .into_iter()
            .flat_map(|role| mapping.columns(role).collect::<Vec<_>>())
            .collect();
        let mut found = Self::default();
        for row in 0..table.row_count().min(ROWS) {
            let cell = table.cell(row, column).trim();
            let Ok(stated) = amount::parse_amount(cell, mapping.decimal_mark) else { continue };
            if stated.value.is_zero() {
                continue;
            }
            let negative = stated.value.is_sign_negative();
            if stated.marked {
                found.debits += usize::from(negative);
                found.credits += usize::from(!negative);
                continue;
            }
            found.negative += usize::from(negative);
            found.positive += usize::from(!negative);
            if !negative {
                found.example = found.example.or(Some(cell));
            }
            if texts.iter().any(|text| is_paid(table.cell(row, *text))) {
                found.paid_negative += usize::from(negative);
                found.paid_positive += usize::from(!negative);
            }
        }
        found
    }
}

fn is_paid(text: &str) -> bool {
    if text.len() < 5 || text.len() > 120 {
        return false;
    }
    let folded = fold(text);
    PAID.iter().any(|words| contains_phrase(&folded, words))
}

fn is_card(table: &Table, profiles: &Profiles) -> bool {
    let says = |text: &str| CARD.iter().any(|word| contains_phrase(text, word));
    let named = |(column, name): (usize, &String)| {
        // A column of cards that is empty says nothing.
        profiles.columns.get(column).is_some_and(|profile| profile.filled > 0) && says(&fold_name(name))
    };
    table.header().iter().enumerate().any(named) || table.notes().iter().take(3).any(|note| says(&fold(&note.text)))
}
