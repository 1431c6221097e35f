//! What a journal entry says.

use crate::{MessageLanguage, RootCause};

/// The text of a journal entry: what a person wrote, or what can be said of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct JournalText {
    /// A person's own words; empty: there are none.
    pub written: String,
    /// Name of the other party.
    pub counterparty: String,
    /// Document numbers, or the line's reference.
    pub reference: String,
    /// What the bank says of the line: where nothing else is known.
    pub description: String,
    /// What the entry said that this one reverses.
    pub reverses: Option<String>,
}

impl JournalText {
    /// `Fee: Müller & Söhne, RE-104`, or what a person wrote.
    pub fn in_language(&self, cause: RootCause, language: MessageLanguage) -> String {
        if let Some(reversed) = &self.reverses {
            return match language {
                MessageLanguage::English => format!("Reversal: {reversed}"),
                MessageLanguage::German => format!("Storno: {reversed}"),
            };
        }
        if !self.written.is_empty() {
            return self.written.clone();
        }
        let mut text = cause_word(cause, language).to_owned();
        let is_known = !self.counterparty.is_empty() || !self.reference.is_empty();
        if !is_known && !self.description.is_empty() {
            text.push_str(": ");
            text.push_str(&self.description);
        }
        for (before, part) in [(": ", &self.counterparty), (", ", &self.reference)] {
            if !part.is_empty() {
                // Without a name the reference is the first of the parts.
                text.push_str(if text.contains(": ") { before } else { ": " });
                text.push_str(part);
            }
        }
        text
    }
}

/// A cause as the books word it.
const fn cause_word(cause: RootCause, language: MessageLanguage) -> &'static str {
    let (english, german) = match cause {
        RootCause::Timing => ("Timing difference", "Zeitliche Abgrenzung"),
        RootCause::MissingInLedger => ("Not in the books", "Nicht gebucht"),
        RootCause::MissingInBank => ("Not at the bank", "Nicht auf dem Konto"),
        RootCause::Fee => ("Fee", "Gebühr"),
        RootCause::Discount => ("Discount", "Skonto"),
        RootCause::FxRounding => ("Exchange difference", "Kursdifferenz"),
        RootCause::RateChange => ("Price difference", "Preisdifferenz"),
        RootCause::Duplicate => ("Duplicate", "Doppelt erfasst"),
        RootCause::Transposition => ("Transposed digits", "Zahlendreher"),
        RootCause::SignError => ("Sign error", "Vorzeichenfehler"),
        RootCause::PartialPayment => ("Partial payment", "Teilzahlung"),
        RootCause::Overpayment => ("Overpayment", "Überzahlung"),
        RootCause::Reversal => ("Reversal", "Rückbuchung"),
        RootCause::ReferenceError => ("Wrong reference", "Falsche Referenz"),
        RootCause::None => ("Write-off", "Ausbuchung"),
    };
    match language {
        MessageLanguage::English => english,
        MessageLanguage::German => german,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, counterparty: &str, reference: &str, reverses: Option<&str>, english: &str, german: &str) {
        let text = JournalText {
            written: written.to_owned(),
            counterparty: counterparty.to_owned(),
            reference: reference.to_owned(),
            description: "Account fee".to_owned(),
            reverses: reverses.map(str::to_owned),
        };
        assert_eq!(text.in_language(RootCause::Fee, MessageLanguage::English), english);
        assert_eq!(text.in_language(RootCause::Fee, MessageLanguage::German), german);
    }

    #[test]
    fn an_entry_says_what_a_person_wrote_or_what_is_known() {
        check("Spesen Mai", "Müller", "RE-1", None, "Spesen Mai", "Spesen Mai");
        check("", "Müller", "RE-1", None, "Fee: Müller, RE-1", "Gebühr: Müller, RE-1");
        check("", "", "RE-1", None, "Fee: RE-1", "Gebühr: RE-1");
        check("", "", "", None, "Fee: Account fee", "Gebühr: Account fee");
        assert_eq!(JournalText::default().in_language(RootCause::Fee, MessageLanguage::German), "Gebühr");
        check("", "", "", Some("Fee: Müller"), "Reversal: Fee: Müller", "Storno: Fee: Müller");
    }
}
