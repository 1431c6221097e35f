//! Transactions (record 16) → rows, and what is wrong with them.

use jiff::civil::Date;
use rust_decimal::Decimal;

use tieout_domain::{Said, said};

use super::{
    reader::{Balances, Reader},
    records::Record,
    totals::Level,
    values::{self, Direction, Funds},
};
use crate::ReadError;

/// The parts of a transaction.
struct Parts<'t> {
    code: &'t str,
    amount: &'t str,
    funds: Funds<'t>,
    value_date: Option<Date>,
    bank: &'t str,
    customer: &'t str,
    text: String,
}

impl<'t> Parts<'t> {
    fn of(record: &Record<'t>, full_length: usize) -> Self {
        let mut fields = record.fields();
        let (code, amount) = (fields.next_or_empty(), fields.next_or_empty());
        let funds = values::funds(&mut fields);
        let (bank, customer) = (fields.next_reference(), fields.next_reference());
        let value_date = values::day(funds.value_date);
        Self { code, amount, funds, value_date, bank, customer, text: fields.text(full_length) }
    }

    fn is_bare(&self) -> bool {
        self.code.is_empty() && self.bank.is_empty() && self.customer.is_empty() && self.text.is_empty()
    }
}

impl<'t> Reader<'t, '_> {
    pub(super) fn transaction(&mut self, record: &Record<'t>) -> Result<(), ReadError> {
        if self.account.is_none() {
            let why = said!(
                "bai2.noAccount",
                "an account (03) before its transactions; they were taken as of an account without a number"
            );
            self.records.note(record.line, self.raw(record), why);
            self.currency = self.group_header.currency;
            self.begin_section("", Balances::default());
            self.account = Some(Level::default());
        }
        self.count(record);
        let parts = Parts::of(record, self.full_length);
        let amount = values::amount(parts.amount);
        if let Some(amount) = amount {
            self.account_mut().add(amount.value);
        }
        let signed = sign(parts.code, parts.amount, amount.map(|amount| amount.in_major_units(self.currency)));
        self.push(record, &parts, signed.as_ref().ok())?;
        let is_whole = signed.is_ok();
        self.judge(record.line, &parts, signed);
        if amount.is_some_and(|amount| amount.has_point) && is_whole {
            let expected =
                said!("bai2.point", "an amount in minor units; the one with a point was taken in major units");
            self.records.warn("amount", parts.amount, expected);
        }
        Ok(())
    }

    fn push(&mut self, record: &Record<'t>, parts: &Parts<'t>, signed: Option<&Decimal>) -> Result<(), ReadError> {
        let written = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
        let (as_of, value) = (written(self.group_header.as_of), written(parts.value_date));
        let amount = signed.map(ToString::to_string).unwrap_or_default();
        let raw = self.raw(record);
        // A row without any cell would be taken for a blank line.
        let text = if parts.is_bare() { raw } else { &parts.text };
        self.records.push(record.line, raw, &[&as_of, &value, &amount, parts.code, parts.bank, parts.customer, text])
    }

    /// Says what is wrong with the row just pushed.
    fn judge(&mut self, line: u32, parts: &Parts<'_>, signed: Result<Decimal, Said>) {
        let mut refusals = Vec::new();
        let is_debit = signed.as_ref().is_ok_and(|amount| !amount.is_zero());
        if let Err(expected) = signed {
            let is_of_code = values::direction(parts.code).is_none();
            let (field, value) = if is_of_code { ("type code", parts.code) } else { ("amount", parts.amount) };
            refusals.push((field, value, expected));
        }
        if self.group_header.as_of.is_none() && parts.value_date.is_none() {
            refusals.push((
                "as-of date",
                "",
                said!("bai2.asOf", "a day that exists, as YYMMDD, in the group header (02)"),
            ));
        }
        for (field, value, expected) in &refusals {
            self.records.refuse(field, value, expected.clone());
        }
        if let Some((field, value, expected)) = refusals.first() {
            let detail = said!(
                "damaged.transactionField",
                "the {field} of the transaction is '{value}' instead of {expected}",
                field = *field,
                value = *value,
                expected = expected.clone()
            );
            self.refused.get_or_insert((line, detail));
            return;
        }
        self.taken += 1;
        let Funds { value_date, unknown } = parts.funds;
        if !unknown.is_empty() {
            self.records.warn(
                "value date",
                unknown,
                said!("bai2.funds", "a type of funds: 0, 1, 2, D, S, V, Z or none"),
            );
        }
        if !value_date.is_empty() && parts.value_date.is_none() {
            self.records.warn(
                "value date",
                value_date,
                said!("bai2.valueDay", "a day that exists, as YYMMDD; the entry was kept without it"),
            );
        }
        if parts.amount.starts_with('-') && is_debit {
            let expected =
                said!("bai2.sign", "an amount without sign, since the type code gives it; both say debit here");
            self.records.warn("amount", parts.amount, expected);
        }
    }
}

/// The amount with the sign its type code gives, or what would have been right.
fn sign(code: &str, text: &str, amount: Option<Decimal>) -> Result<Decimal, Said> {
    const AMOUNT: Said = said!("bai2.amount", "an amount in minor units of at most 17 digits, without sign");
    let Some(direction) = values::direction(code) else {
        return Err(said!(
            "bai2.code",
            "a type code of a credit (100 to 399), of a debit (400 to 699) or of information (890)"
        ));
    };
    match (direction, amount) {
        (Direction::None, None) if text.is_empty() => Ok(Decimal::ZERO),
        (Direction::None, Some(amount)) if amount.is_zero() => Ok(amount),
        (Direction::None, _) => {
            Err(said!("bai2.noMoney", "no amount, since type code 890 is information without money"))
        }
        (_, None) => Err(AMOUNT),
        // A sign that agrees with the type code says the same twice; one that contradicts it leaves both open.
        (Direction::Credit, Some(amount)) if text.starts_with('-') && !amount.is_zero() => Err(AMOUNT),
        (Direction::Credit, Some(amount)) => Ok(amount),
        (Direction::Debit, Some(amount)) => Ok(-amount.abs()),
    }
}
