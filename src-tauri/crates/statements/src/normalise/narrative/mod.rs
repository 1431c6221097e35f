//! Narratives that a bank builds from fields: who paid, why, under which reference. One file a family of schemes; all
//! give the same [`Part`]s.
//!
//! A scheme answers only where its own words are there: a name is never guessed from free text.

mod american;
mod british;
mod cards;
mod colon;
mod eastern;
mod french;
mod german;
mod openings;
mod slash;
pub(super) mod subfields;

use super::Facts;

/// What a part of a narrative is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Field {
    /// Why it was paid, in the payer's words.
    Purpose,
    /// What kind of transaction it is, in the bank's words: shown only where there is nothing better.
    Kind,
    /// The other party.
    Name,
    /// For whom the other party acts.
    Principal,
    /// The other party's account.
    Account,
    /// A reference of its own: end-to-end id, mandate, creditor id.
    Reference,
    /// A structured creditor reference.
    Structured,
    /// Of no use beyond the bank: times, terminals, the bank's own numbers.
    Noise,
}

/// A part of a narrative.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part<'t> {
    pub(super) field: Field,
    pub(super) text: &'t str,
}

/// The parts of a narrative, in text order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Narrative<'t> {
    pub(super) parts: Vec<Part<'t>>,
    /// The merchant's text of a card payment, whose numbers are the terminal's.
    pub(super) is_card: bool,
}

impl<'t> Narrative<'t> {
    fn push(&mut self, field: Field, text: &'t str) {
        let text = text.trim();
        if !text.is_empty() {
            self.parts.push(Part { field, text });
        }
    }
}

/// Reads a narrative; `None` where the text is no structured one.
pub(in crate::normalise) use openings::stripped;

pub(super) fn read<'t>(text: &'t str, facts: &Facts) -> Option<Narrative<'t>> {
    if facts.pluses > 0
        && let Some(found) = german::read(text)
    {
        return Some(found);
    }
    if facts.slashes >= 2
        && let Some(found) = slash::read(text)
    {
        return Some(found);
    }
    if facts.slashes > 0
        && let Some(found) = french::read(text)
    {
        return Some(found);
    }
    if (facts.colons > 0 || facts.equals > 0)
        && let Some(found) = american::read(text).or_else(|| colon::read(text))
    {
        return Some(found);
    }
    if facts.digits > 0
        && let Some(found) = british::read(text)
    {
        return Some(found);
    }
    openings::read(text)
}
