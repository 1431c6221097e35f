//! Entries with their fields 86 → rows, and what is wrong with them.

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::{Said, said};

use super::{
    amounts, dates,
    entry::{self, Entry},
    narrative::{self, Narrative},
    reader::{Pending, Reader, Refusal},
    subfields::Joined,
};
use crate::ReadError;

impl<'t> Reader<'t, '_> {
    pub(super) fn flush(&mut self) -> Result<(), ReadError> {
        let Some(pending) = self.pending.take() else { return Ok(()) };
        let parts = entry::split(pending.field.value);
        let mut told = narrative::read(&pending.texts);
        add_notes(&mut told, &pending.notes);
        self.push(&pending, &parts, &told)
    }

    fn push(&mut self, pending: &Pending<'t>, parts: &Entry<'t>, told: &Narrative) -> Result<(), ReadError> {
        let days = dates::days(parts.value_date, parts.entry_date, self.opened_on);
        let signed = parts.signed();
        let written = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        let raw = self.text.get(pending.field.start..pending.end).unwrap_or("");
        let (supplementary, account) = supplementary(parts, &told.account);
        let customer =
            if narrative::is_iban(parts.customer) && account == parts.customer { "" } else { parts.customer };
        let code = [parts.code, &told.business_code].map(str::trim).join(" ");
        let mut information = told.description.as_str();
        if signed.is_none() && days.booking.is_none() && information.is_empty() {
            // A row without any cell would be taken for a blank line.
            information = raw;
        }
        let (value, booking) = (written(days.value), written(days.booking));
        let amount = signed.map_or_else(String::new, |(amount, _)| amount.to_string());
        let cells: [&str; 11] = [
            &value,
            &booking,
            &amount,
            code.trim(),
            customer,
            parts.bank,
            &supplementary,
            information,
            &told.name,
            &account,
            &told.remittance,
        ];
        self.records.push(pending.field.line, raw, &cells)?;
        self.judge(pending.field.line, parts, days, signed);
        Ok(())
    }

    /// Says what is wrong with the row just pushed.
    fn judge(&mut self, line: u32, parts: &Entry<'t>, days: dates::Days, signed: Option<(Decimal, bool)>) {
        let (value_text, entry_text) = (parts.value_date, parts.entry_date);
        let written = [value_text, entry_text].join(" ");
        let mut refusals: Vec<(&str, &str, Said)> = Vec::new();
        if days.booking.is_none() {
            refusals.push(("value date", written.trim(), entry::DATES_EXPECTED));
        } else if days.value.is_none() {
            let expected =
                said!("mt940.valueDay", "a day that exists, as YYMMDD; the entry was kept with its entry date alone");
            self.records.warn("value date", value_text, expected);
        } else if days.entry_is_bad {
            let expected = said!(
                "mt940.entryDay",
                "a day within half a year of the value date, as MMDD; the value date was taken in its place"
            );
            self.records.warn("entry date", entry_text, expected);
        }
        if parts.raises.is_none() {
            refusals.push(("amount", parts.mark, entry::MARK_EXPECTED));
        } else if signed.is_none() {
            refusals.push(("amount", parts.amount, amounts::EXPECTED));
        }
        for (field, value, expected) in &refusals {
            self.records.refuse(field, value, expected.clone());
        }
        if let Some((field, value, expected)) = refusals.first() {
            let detail = said!(
                "damaged.entryField",
                "the {field} of the entry is '{value}' instead of {expected}",
                field = *field,
                value = *value,
                expected = expected.clone()
            );
            self.refused.get_or_insert(Refusal { line, detail });
            return;
        }
        self.taken += 1;
        if let Some((amount, has_mark)) = signed {
            self.tally.add(amount, parts.raises.unwrap_or(false));
            if !has_mark {
                self.records.warn(
                    "amount",
                    parts.amount,
                    said!("mt940.noComma", "a decimal comma; the amount was taken as a whole number"),
                );
            }
        }
        if parts.lacks_reference {
            let (_, count) = self.without_reference.get_or_insert((line, 0));
            *count += 1;
        }
    }
}

/// The supplementary details, and the account: Rabobank writes it there, and SNS in place of the reference.
fn supplementary(parts: &Entry<'_>, account: &str) -> (String, String) {
    let mut text = parts.supplementary.as_slice();
    let mut account = account.to_owned();
    if let [first, rest @ ..] = text
        && narrative::is_iban(first)
        && (account.is_empty() || account == *first)
    {
        (text, account) = (rest, (*first).to_owned());
    }
    if account.is_empty() && narrative::is_iban(parts.customer) {
        account = parts.customer.to_owned();
    }
    (text.join(" "), account)
}

/// Lines of the German field `:NS:`, each behind a number of two digits: up to 14 the text, 15 and 16 the other party,
/// 17 the kind of entry, then the bank's own.
fn add_notes(told: &mut Narrative, notes: &[&str]) {
    let (mut text, mut name) = (Joined::default(), Joined::default());
    for line in notes.iter().flat_map(|note| note.lines()) {
        let (number, value) = line.split_at_checked(2).unwrap_or(("", line));
        match number.parse::<u8>() {
            Ok(1..=14) => text.push(value),
            Ok(15 | 16) => name.push(value),
            Ok(17) => text.push(value.trim()),
            _ => {}
        }
    }
    narrative::append(&mut told.description, &narrative::single_spaced(&text.text));
    if told.name.is_empty() {
        told.name = narrative::single_spaced(&name.text);
    }
}
