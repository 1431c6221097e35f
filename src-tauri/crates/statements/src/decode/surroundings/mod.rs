//! What a file states around its rows: the account, its currency, balances and the period, in the lines before the header
//! and after the rows.

pub(crate) mod labels;
pub(crate) mod values;

use jiff::civil::Date;
use rust_decimal::Decimal;
use tieout_domain::Currency;

use crate::{
    Section,
    value::{
        currency,
        words::{clean, fold_name},
    },
};
use labels::Label;
use values::{Calendar, Found};

/// A line in its cells.
pub(crate) type Line<'a> = Vec<&'a str>;

/// What was found so far.
#[derive(Debug, Default)]
struct Facts<'a> {
    iban: Option<&'a str>,
    account: Option<&'a str>,
    currency: Option<Currency>,
    beside_balance: Option<Currency>,
    opening: Option<Decimal>,
    closing: Option<Decimal>,
    /// A balance that is not said to be the closing one, and the day it is of.
    balance: Option<(Decimal, Option<&'a str>)>,
    from: Option<&'a str>,
    to: Option<&'a str>,
    made: Option<&'a str>,
    ibans: Vec<&'a str>,
}

/// Gathers what `around` (before the header, after the rows) and `edges` (the first and last rows, where balances stand
/// among the transactions) state. `last_days` are the texts in which the first and last rows name their days. `None` where
/// nothing is stated.
pub(crate) fn gather<'a>(around: &[Line<'a>], edges: &[Line<'a>], last_days: &[&'a str]) -> Option<Section> {
    let mut facts = Facts::default();
    for (row, line) in around.iter().enumerate() {
        for column in 0..line.len() {
            facts.take(line, column, around.get(row + 1), false);
        }
    }
    for line in edges {
        for column in 0..line.len() {
            facts.take(line, column, None, true);
        }
    }
    facts.into_section(last_days)
}

/// The day the statement ends on, where `around` names it: to complete days without year.
pub(crate) fn last_day(around: &[Line<'_>]) -> Option<Date> {
    let mut facts = Facts::default();
    for (row, line) in around.iter().enumerate() {
        for column in 0..line.len() {
            facts.take(line, column, around.get(row + 1), false);
        }
    }
    facts.calendar(&[]).read(facts.to?)
}

impl<'a> Facts<'a> {
    /// Takes what a cell announces. In a row of the table only a cell that is nothing but a label counts.
    fn take(&mut self, line: &[&'a str], column: usize, below: Option<&Line<'a>>, in_table: bool) {
        let Some(cell) = line.get(column).map(|cell| clean(cell)).filter(|cell| (2..=160).contains(&cell.len())) else {
            return;
        };
        if is_iban(cell) && !in_table && !self.ibans.contains(&cell) {
            self.ibans.push(cell);
        }
        let (name, inline) = split(cell);
        let Some((label, alone)) = labels::label(&fold_name(name)) else {
            if !in_table {
                self.take_period(cell);
            }
            return;
        };
        let dated = values::dates(cell);
        if in_table && !alone && dated.is_empty() {
            return;
        }
        let place = Place { line, column, below, name, inline, alone };
        match label {
            Label::Opening | Label::Closing | Label::Balance => self.take_balance(label, &place, &dated),
            _ if in_table => {}
            Label::From => self.from = self.from.or(place.date()),
            Label::To => self.to = self.to.or(place.date()),
            Label::StatementDay => self.to = place.date().or(self.to),
            Label::Made => self.made = self.made.or(place.date()),
            Label::Period => {
                let found = place.texts().into_iter().find(|text| values::dates(text).len() == 2);
                if let Some(text) = found {
                    self.take_period(text);
                }
            }
            Label::Iban => self.iban = self.iban.or(place.find(is_iban)),
            Label::Account => {
                self.iban = self.iban.or(place.find(is_iban));
                self.account = self.account.or(place.find(is_account));
            }
            Label::Currency => {
                let named = |text: &str| currency::parse_currency(text.trim());
                self.currency = self.currency.or(place.find(|text| named(text).is_some()).and_then(named));
            }
            Label::Available => {}
        }
    }

    fn take_balance(&mut self, label: Label, place: &Place<'_, 'a>, dated: &[&'a str]) {
        let Some((found, day, beside)) = place.balance() else { return };
        self.beside_balance = self.beside_balance.or(found.currency).or(beside);
        match label {
            Label::Opening => self.opening = self.opening.or(Some(found.value)),
            // The last one stands at the end of the last page.
            Label::Closing => self.closing = Some(found.value),
            _ => self.balance = self.balance.or(Some((found.value, dated.last().copied().or(day)))),
        }
    }

    /// Two days with something between them, as a period is written.
    fn take_period(&mut self, text: &'a str) {
        if let [from, to, ..] = values::dates(text).as_slice()
            && self.from.is_none()
            && self.to.is_none()
        {
            (self.from, self.to) = (Some(*from), Some(*to));
        }
    }

    fn calendar(&self, more: &[&'a str]) -> Calendar {
        let balance_day = self.balance.and_then(|(_, day)| day);
        let texts = [self.from, self.to, self.made, balance_day].into_iter().flatten();
        Calendar::of(texts.chain(more.iter().copied()))
    }

    fn into_section(self, last_days: &[&'a str]) -> Option<Section> {
        let calendar = self.calendar(last_days);
        let (mut from, mut to) =
            (self.from.and_then(|day| calendar.read(day)), self.to.and_then(|day| calendar.read(day)));
        if from > to && to.is_some() {
            (from, to) = (None, None);
        }
        let last_row = last_days.iter().filter_map(|day| calendar.read(day)).max();
        // A balance of some day is the closing one only if that day is the last.
        let of_last_day = self.balance.filter(|(_, day)| {
            let day = day.or(self.made.filter(|_| to.is_some())).and_then(|day| calendar.read(day));
            day.is_some() && (day == to || to.is_none() && day == last_row)
        });
        let number = match self.ibans.as_slice() {
            [only] => Some(*only),
            _ => None,
        };
        let section = Section {
            account: self.iban.or(self.account).or(number).map_or(String::new(), |account| clean(account).to_owned()),
            currency: self.currency.or(self.beside_balance),
            opening: self.opening,
            closing: self.closing.or(of_last_day.map(|(value, _)| value)),
            from,
            to,
            ..Section::default()
        };
        (section != Section::default()).then_some(section)
    }
}

/// A label and what may be its value: the rest of its cell, the cells after it, the cell below it.
struct Place<'l, 'a> {
    line: &'l [&'a str],
    column: usize,
    below: Option<&'l Line<'a>>,
    name: &'a str,
    inline: &'a str,
    alone: bool,
}

impl<'a> Place<'_, 'a> {
    /// In order of likelihood.
    fn texts(&self) -> Vec<&'a str> {
        let mut texts = Vec::new();
        if !self.inline.trim().is_empty() {
            texts.push(self.inline);
        } else if !self.alone {
            texts.push(self.name);
        }
        texts.extend(
            self.line.iter().skip(self.column + 1).map(|cell| clean(cell)).filter(|cell| !cell.is_empty()).take(3),
        );
        let below = self.below.and_then(|below| {
            below.get(self.column).or(below.first().filter(|_| self.line.len() == 1 || below.len() == 1))
        });
        texts.extend(below.map(|cell| clean(cell)));
        texts
    }

    fn find(&self, is: impl Fn(&str) -> bool) -> Option<&'a str> {
        self.texts().into_iter().map(str::trim).find(|text| is(text)).or_else(|| {
            // "Compte de Dépôt carte n° 12345678901" has its number at the end.
            let last = self.name.split_whitespace().next_back()?;
            (!self.alone && is(last)).then_some(last)
        })
    }

    fn date(&self) -> Option<&'a str> {
        self.texts().into_iter().find_map(|text| values::dates(text).first().copied())
    }

    /// The amount of a balance, a day beside it, and a currency beside it. Of several numbers the last with decimals counts.
    fn balance(&self) -> Option<(Found, Option<&'a str>, Option<Currency>)> {
        let after = || self.line.iter().skip(self.column + 1).map(|cell| clean(cell)).filter(|cell| !cell.is_empty());
        let day = after().find_map(|cell| values::dates(cell).first().copied());
        let beside = after().find_map(currency::parse_currency).filter(|found| !found.is_none());
        let inline = values::amount(self.inline).or_else(|| values::amount_at_end(self.inline));
        let in_name = || values::amount_at_end(self.name);
        let numbers: Vec<Found> = after().filter_map(values::amount).collect();
        let found = inline
            .or_else(|| numbers.iter().rev().find(|found| found.has_decimals).copied())
            .or_else(in_name)
            .or_else(|| numbers.first().copied())
            .or_else(|| {
                self.below.and_then(|below| below.get(self.column)).and_then(|cell| values::amount(clean(cell)))
            })?;
        Some((found, day, beside))
    }
}

/// A label and what stands behind its colon. The colon of a time is none.
fn split(cell: &str) -> (&str, &str) {
    let colon = cell.match_indices([':', '=']).map(|(at, _)| at).find(|at| {
        let digit_before = cell.get(..*at).is_some_and(|before| before.ends_with(|last: char| last.is_ascii_digit()));
        let digit_after = cell.get(at + 1..).is_some_and(|after| after.starts_with(|next: char| next.is_ascii_digit()));
        !(digit_before && digit_after)
    });
    match colon.and_then(|at| cell.split_at_checked(at)) {
        Some((name, rest)) => (name, rest.get(1..).unwrap_or("")),
        None => (cell, ""),
    }
}

/// Whether the text is an IBAN with the right check digits.
pub(crate) fn is_iban(text: &str) -> bool {
    let compact: Vec<u8> = text.trim().bytes().filter(|byte| *byte != b' ').collect();
    let formed = (15..=34).contains(&compact.len())
        && compact.iter().take(2).all(u8::is_ascii_uppercase)
        && compact.iter().skip(2).take(2).all(u8::is_ascii_digit)
        && compact.iter().all(u8::is_ascii_alphanumeric);
    formed && {
        let rest = compact.iter().cycle().skip(4).take(compact.len()).fold(0_u32, |rest, byte| match byte {
            b'0'..=b'9' => (rest * 10 + u32::from(byte - b'0')) % 97,
            letter => (rest * 100 + u32::from(letter.to_ascii_uppercase() - b'A') + 10) % 97,
        });
        rest == 1
    }
}

/// Whether the text can be the number of an account: digits, perhaps masked, with few letters.
fn is_account(text: &str) -> bool {
    let count = |is: fn(char) -> bool| text.chars().filter(|character| is(*character)).count();
    let digits = count(|character| character.is_ascii_digit());
    (4..=40).contains(&text.len())
        && digits >= 4
        && digits * 2 >= count(char::is_alphanumeric) - count(|character| matches!(character, 'X' | 'x'))
        && values::dates(text).is_empty()
        && !text.contains([',', ':'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(around: &[&[&str]], edges: &[&[&str]], last_days: &[&str]) -> Option<String> {
        let around: Vec<Line<'_>> = around.iter().map(|line| line.to_vec()).collect();
        let edges: Vec<Line<'_>> = edges.iter().map(|line| line.to_vec()).collect();
        gather(&around, &edges, last_days).map(|found| {
            let shown = |value: Option<Decimal>| value.map_or("-".to_owned(), |value| value.to_string());
            let day = |value: Option<Date>| value.map_or("-".to_owned(), |value| value.to_string());
            format!(
                "{} {} {} {} {} {}",
                found.account,
                found.currency.map_or("-".to_owned(), |currency| currency.code().to_owned()),
                shown(found.opening),
                shown(found.closing),
                day(found.from),
                day(found.to)
            )
        })
    }

    #[test]
    fn what_banks_write_above_their_tables() {
        for (around, expected) in [
            (
                &[
                    &["Umsatzanzeige", "Datei erstellt am: 09.12.2025 15:23"][..],
                    &["IBAN", "DE89370400440532013000"],
                    &["Zeitraum", "17.11.2025 - 09.12.2025"],
                    &["Saldo", "66.331,90", "EUR"],
                ][..],
                "DE89370400440532013000 EUR - 66331.90 2025-11-17 2025-12-09",
            ),
            (
                &[
                    &["Kontonummer:", "0234 00123456.40"],
                    &["Von:", "2024-01-01"],
                    &["Bis:", "2024-01-31"],
                    &["Anfangssaldo:", "1000.00"],
                    &["Schlusssaldo:", "1234.56"],
                    &["Bewertet in:", "CHF"],
                ],
                "0234 00123456.40 CHF 1000.00 1234.56 2024-01-01 2024-01-31",
            ),
            (
                &[
                    &["Compte de Dépôt carte n° 12345678901"],
                    &["Solde au 31/01/2024 1 234,56 €"],
                    &["Liste des opérations du compte entre le 01/01/2024 et le 31/01/2024"],
                ],
                "12345678901 EUR - 1234.56 2024-01-01 2024-01-31",
            ),
            (
                &[
                    &["Beginning balance as of 01/01/2024", "", "1,234.56"],
                    &["Ending balance as of 01/31/2024", "", "1,222.56"],
                ],
                " - 1234.56 1222.56 - -",
            ),
            (
                &[
                    &["accountId", "2000123456"],
                    &["currency", "CZK"],
                    &["openingBalance", "1000,50"],
                    &["closingBalance", "900,00"],
                ],
                "2000123456 CZK 1000.50 900.00 - -",
            ),
        ] {
            assert_eq!(section(around, &[], &[]).as_deref(), Some(expected), "{around:?}");
        }
    }

    #[test]
    fn a_balance_of_another_day_is_not_the_closing_one() {
        let around: &[&[&str]] = &[&["Kontostand vom 09.12.2025:", "4.093,32 €"]];
        assert_eq!(section(around, &[], &["08.12.2025"]).as_deref(), Some(" EUR - - - -"));
        assert_eq!(section(around, &[], &["09.12.2025"]).as_deref(), Some(" EUR - 4093.32 - -"));
        assert_eq!(section(&[&["Available balance", "5.00"]], &[], &[]), None);
    }

    #[test]
    fn a_balance_among_the_rows_is_a_label_alone() {
        let edges: &[&[&str]] =
            &[&["10/31/2012", "", "Saldo Anterior", "", "0", "100.00"], &["", "", "Saldo Sprit GmbH", "5.00"]];
        assert_eq!(section(&[], edges, &[]).as_deref(), Some(" - 100.00 - - -"));
    }

    #[test]
    fn an_iban_has_the_right_check_digits() {
        assert!(is_iban("DE89 3704 0044 0532 0130 00"));
        assert!(is_iban("GB82WEST12345698765432"));
        assert!(!is_iban("DE88370400440532013000"));
    }
}
