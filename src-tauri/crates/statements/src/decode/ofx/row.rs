//! Transactions → rows of the table, each with what is wrong with it.

use std::borrow::Cow;

use rust_decimal::Decimal;
use tieout_domain::{Currency, Said, Severity, said};

use super::{
    survey::{Statement, Survey, known_currency},
    token::Lines,
    transaction::{Ending, Transaction},
    value::{Habits, one_line, plain},
};
use crate::{
    ColumnRole, ReadError, Spot,
    record_table::{Field, RecordTable},
    value::words::cut,
};

/// The columns, by the names OFX has for them.
pub(super) const FIELDS: &[Field] = &[
    ("DTPOSTED", ColumnRole::Date),
    ("DTUSER", ColumnRole::ValueDate),
    ("TRNAMT", ColumnRole::Amount),
    ("CURSYM", ColumnRole::Currency),
    ("TRNTYPE", ColumnRole::BankCode),
    ("FITID", ColumnRole::Id),
    ("CHECKNUM", ColumnRole::Reference),
    ("REFNUM", ColumnRole::Reference),
    ("NAME", ColumnRole::Description),
    ("EXTDNAME", ColumnRole::Description),
    ("MEMO", ColumnRole::Description),
    ("PAYEE", ColumnRole::Counterparty),
    ("BANKACCTTO", ColumnRole::CounterpartyAccount),
    ("ORIGCURRENCY", ColumnRole::Ignore),
];

/// TRNTYPE of money that leaves the account.
const OUTGOING: [&str; 8] = ["DEBIT", "CHECK", "ATM", "POS", "FEE", "SRVCHG", "PAYMENT", "DIRECTDEBIT"];

/// Something wrong with a transaction.
struct Fault {
    field: &'static str,
    value: String,
    expected: Said,
    severity: Severity,
}

impl Fault {
    fn in_words(&self) -> Said {
        let expected = self.expected.clone();
        match (self.field, self.value.as_str()) {
            ("", _) => said!("damaged.lacks", "it lacks {expected}", expected = expected),
            (field, "") => said!(
                "damaged.fieldMissing",
                "{field} is missing: it should be {expected}",
                field = field,
                expected = expected
            ),
            (field, value) => said!(
                "damaged.field",
                "{field} is '{value}' and should be {expected}",
                field = field,
                value = value,
                expected = expected
            ),
        }
    }
}

/// Writes rows.
pub(super) struct Rows<'t, 's> {
    text: &'t str,
    lines: Lines<'t>,
    habits: Habits,
    statement: Option<&'s Statement>,
    pushed: u32,
    refused: u32,
    /// Line and fault of the first row that was refused.
    first_refusal: Option<(u32, Said)>,
    /// Rows whose kind says that money went out and whose amount is positive.
    outgoing_positive: u32,
    negative: u32,
    faults: Vec<Fault>,
}

impl<'t, 's> Rows<'t, 's> {
    pub(super) fn new(text: &'t str, survey: &Survey<'_>) -> Self {
        Self {
            text,
            lines: Lines::new(text),
            habits: survey.habits,
            statement: None,
            pushed: 0,
            refused: 0,
            first_refusal: None,
            outgoing_positive: 0,
            negative: 0,
            faults: Vec::new(),
        }
    }

    /// The rows that follow belong to this statement.
    pub(super) fn begin(&mut self, statement: &'s Statement) {
        self.statement = Some(statement);
    }

    /// Adds a transaction.
    pub(super) fn push(&mut self, records: &mut RecordTable<'_>, found: &Transaction<'t>) -> Result<(), ReadError> {
        self.faults.clear();
        self.check_shape(found);
        let date = self.date(found);
        let by_user = self.value_date(found);
        let currency = self.currency(found);
        let amount = self.amount(found, currency.ok().flatten());
        let own_currency = if found.currency.is_empty() { Cow::Borrowed("") } else { one_line(&found.currency) };
        let line = self.lines.line_at(found.start);
        let raw = self.text.get(found.start..found.end).unwrap_or("");
        let texts = [
            &found.kind,
            &found.id,
            &found.check_number,
            &found.reference,
            &found.name,
            &found.long_name,
            &found.memo,
            &found.payee,
            &found.account_to,
            &found.original_currency,
        ]
        .map(|text| one_line(text));
        let mut cells: Vec<&str> = vec![&date, &by_user, &amount, if currency.is_ok() { &own_currency } else { "" }];
        cells.extend(texts.iter().map(|text| text.as_ref()));
        records.push(line, raw, &cells)?;
        self.pushed += 1;
        self.report(records, line);
        Ok(())
    }

    fn report(&mut self, records: &mut RecordTable<'_>, line: u32) {
        let mut is_refused = false;
        for fault in &self.faults {
            match fault.severity {
                Severity::Error => {
                    is_refused = true;
                    records.refuse(fault.field, &fault.value, fault.expected.clone());
                    self.first_refusal.get_or_insert_with(|| (line, fault.in_words()));
                }
                Severity::Warning => records.warn(fault.field, &fault.value, fault.expected.clone()),
            }
        }
        self.refused += u32::from(is_refused);
    }

    fn wrong(&mut self, field: &'static str, value: &str, expected: impl Into<Said>) {
        let (value, expected) = (cut(value), expected.into());
        self.faults.push(Fault { field, value, expected, severity: Severity::Error });
    }

    fn odd(&mut self, field: &'static str, value: &str, expected: impl Into<Said>) {
        let (value, expected) = (cut(value), expected.into());
        self.faults.push(Fault { field, value, expected, severity: Severity::Warning });
    }

    /// Whether the transaction is one, whole, and meant to be added.
    fn check_shape(&mut self, found: &Transaction<'t>) {
        match found.ending {
            Ending::Closed => {}
            Ending::Implied => {
                self.odd("", "", said!("ofx.implied", "</STMTTRN> at the end of the transaction; it was read without"))
            }
            Ending::EndOfFile => self.wrong(
                "",
                "",
                said!(
                    "ofx.endOfFile",
                    "</STMTTRN>; the file ends within this transaction, so that its values may be cut off"
                ),
            ),
        }
        if let Some((field, value)) = &found.second {
            self.wrong(
                field,
                value,
                said!("ofx.second", "one of a kind; a second one says that two transactions ran into one"),
            );
        }
        if !found.stray.is_empty() {
            self.odd("", &found.stray, said!("ofx.stray", "elements; text outside of them was left aside"));
        }
        if found.correction.eq_ignore_ascii_case("delete") {
            let expected = said!(
                "ofx.delete",
                "a transaction to add; the bank takes back the one with the number '{number}': delete it by hand",
                number = cut(&found.corrected_id)
            );
            self.wrong("CORRECTACTION", &found.correction, expected);
        } else if !found.corrected_id.is_empty() && found.corrected_id != found.id {
            let expected = said!(
                "ofx.replaces",
                "a new transaction; the bank says that this one replaces that number: delete the earlier one"
            );
            self.odd("CORRECTFITID", &found.corrected_id, expected);
        }
    }

    fn date(&mut self, found: &Transaction<'t>) -> String {
        match self.habits.date(&found.posted) {
            Ok(date) => date.to_string(),
            Err(expected) => {
                self.wrong("DTPOSTED", &found.posted, expected);
                String::new()
            }
        }
    }

    /// The day the customer acted, else the day the money is available.
    fn value_date(&mut self, found: &Transaction<'t>) -> String {
        for (field, text) in [("DTUSER", &found.by_user), ("DTAVAIL", &found.available)] {
            let is_given = text.bytes().any(|byte| !matches!(byte, b'0' | b' '));
            match self.habits.date(text) {
                Ok(date) => return date.to_string(),
                Err(expected) if is_given => self.odd(field, text, expected),
                Err(_) => {}
            }
        }
        String::new()
    }

    /// The currency of the amount: its own, else that of the account. An error if nobody knows it.
    fn currency(&mut self, found: &Transaction<'t>) -> Result<Option<Currency>, ()> {
        const EXPECTED: Said = said!("expected.currency", "a currency's code of three letters, such as EUR or USD");
        let of_account = self.statement.and_then(|statement| statement.section.currency);
        match known_currency(&found.currency) {
            Err(_) => {
                self.wrong("CURSYM", &found.currency, EXPECTED);
                Err(())
            }
            Ok(Some(own)) => {
                if let Some(account) = of_account.filter(|account| !account.agrees_with(own)) {
                    self.odd(
                        "CURSYM",
                        &found.currency,
                        said!(
                            "ofx.accountCurrency",
                            "an amount in {currency}, as the account's are",
                            currency = account
                        ),
                    );
                }
                Ok(Some(own))
            }
            Ok(None) => match self.statement.and_then(|statement| statement.unknown_currency.clone()) {
                Some(unknown) => {
                    self.wrong("CURDEF", &unknown, EXPECTED);
                    Err(())
                }
                None => Ok(of_account),
            },
        }
    }

    fn amount(&mut self, found: &Transaction<'t>, currency: Option<Currency>) -> String {
        let value = match self.habits.amount(&found.amount, currency) {
            Ok(stated) => match (stated.currency, currency) {
                (Some(beside), Some(own)) if !beside.agrees_with(own) => {
                    self.wrong(
                        "TRNAMT",
                        &found.amount,
                        said!(
                            "ofx.rowCurrency",
                            "an amount in {currency}, as the currency of the row is",
                            currency = own
                        ),
                    );
                    return String::new();
                }
                _ => stated.value,
            },
            Err(expected) => {
                self.wrong("TRNAMT", &found.amount, expected);
                return String::new();
            }
        };
        let digits = currency.map_or(2, Currency::digits);
        if value.normalize().scale() > digits {
            let expected = match currency {
                None => said!("expected.decimals", "an amount with at most {digits} decimals", digits = digits),
                Some(currency) => said!(
                    "expected.decimalsOf",
                    "an amount with at most {digits} decimals, as {currency} has",
                    digits = digits,
                    currency = currency
                ),
            };
            self.wrong("TRNAMT", &found.amount, expected);
            return String::new();
        }
        let is_outgoing = OUTGOING.iter().any(|kind| found.kind.eq_ignore_ascii_case(kind));
        self.outgoing_positive += u32::from(is_outgoing && value > Decimal::ZERO);
        self.negative += u32::from(value < Decimal::ZERO);
        plain(value)
    }

    /// Says what concerns all rows together.
    ///
    /// # Errors
    /// Not a single transaction can be read.
    pub(super) fn finish(self, records: &mut RecordTable<'_>) -> Result<(), ReadError> {
        if let Some((line, fault)) = self.first_refusal.filter(|_| self.refused == self.pushed) {
            return Err(ReadError::Damaged {
                what: "the OFX file",
                place: Spot::line(line),
                detail: match self.pushed {
                    1 => said!("damaged.only", "its only transaction cannot be read: {fault}", fault = fault),
                    number => said!(
                        "damaged.none",
                        "none of its {number} transactions can be read; in the first, {fault}",
                        number = number,
                        fault = fault
                    ),
                },
            });
        }
        if self.outgoing_positive > 0 && self.negative == 0 {
            let why = said!(
                "ofx.noNegative",
                "no amount is negative though transactions ({count} in all) are debits by their TRNTYPE; the amounts \
                 were read as written: compare with the bank which way the money went",
                count = self.outgoing_positive
            );
            records.note(1, "", why);
        }
        Ok(())
    }
}
