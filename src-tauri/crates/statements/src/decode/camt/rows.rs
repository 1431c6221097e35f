//! An entry → its rows: one, or one for each transaction of a batch that states its own amount.

use std::ops::Range;

use tieout_domain::{Said, said};

use super::{
    amounts::{amount_of, day, is_credit, is_pending, signed, split},
    entry::{Detail, Entry, add},
    parts::Party,
};
use crate::{
    ColumnRole,
    record_table::{Field, RecordTable},
    value::words::cut,
};

/// The columns, named after the elements they come from.
pub(super) const FIELDS: &[Field] = &[
    ("AcctSvcrRef", ColumnRole::Id),
    ("BookgDt", ColumnRole::Date),
    ("ValDt", ColumnRole::ValueDate),
    ("Amt", ColumnRole::Amount),
    ("Ccy", ColumnRole::Currency),
    ("Sts", ColumnRole::Status),
    ("BkTxCd", ColumnRole::BankCode),
    ("RltdPties", ColumnRole::Counterparty),
    ("RltdPties Acct", ColumnRole::CounterpartyAccount),
    ("Ntry AcctSvcrRef", ColumnRole::Reference),
    ("EndToEndId", ColumnRole::Reference),
    ("InstrId", ColumnRole::Reference),
    ("TxId", ColumnRole::Reference),
    ("MndtId", ColumnRole::Reference),
    ("PmtInfId", ColumnRole::Reference),
    ("ChqNb", ColumnRole::Reference),
    ("RfrdDocInf", ColumnRole::Reference),
    ("CdtrRefInf", ColumnRole::Remittance),
    ("Ustrd", ColumnRole::Description),
    ("Ultmt", ColumnRole::Description),
    ("AddtlTxInf", ColumnRole::Description),
    ("AddtlNtryInf", ColumnRole::Description),
    ("RtrInf", ColumnRole::Description),
    ("Chrgs", ColumnRole::Description),
];

/// A row made ready, and what is wrong with it.
#[derive(Debug)]
pub(super) struct Row {
    /// Line of the file.
    pub(super) line: u32,
    /// Bytes of the file.
    pub(super) span: Range<usize>,
    pub(super) cells: Vec<String>,
    /// Field, value and what was expected of it, for which the row is refused.
    pub(super) wrong: Vec<(&'static str, String, Said)>,
    /// The same, for which it is kept all the same.
    pub(super) odd: Vec<(&'static str, String, Said)>,
}

impl Row {
    /// Date, amount and currency, for messages.
    pub(super) fn summary(&self) -> String {
        let cell = |field: &str| {
            let place = FIELDS.iter().position(|(name, _)| *name == field);
            place.and_then(|place| self.cells.get(place)).map_or("", String::as_str)
        };
        format!("{} {} {} {}", cell("BookgDt"), cell("Amt"), cell("Ccy"), cell("AcctSvcrRef")).trim().to_owned()
    }

    /// Puts the row into the table.
    pub(super) fn push(
        &self,
        records: &mut RecordTable<'_>,
        text: &str,
        raw_max: usize,
    ) -> Result<(), crate::ReadError> {
        let raw = text.get(self.span.clone()).unwrap_or("").trim();
        let kept = raw.get(..raw.floor_char_boundary(raw_max)).unwrap_or("");
        let cells: Vec<&str> = self.cells.iter().map(String::as_str).collect();
        records.push(self.line, kept, &cells)?;
        if kept.len() < raw.len() {
            let expected =
                said!("camt.text", "a text of at most {most} KiB; the rest is in the file", most = raw_max >> 10);
            records.warn("", raw, expected);
        }
        for (field, value, expected) in &self.wrong {
            records.refuse(field, value, expected.clone());
        }
        for (field, value, expected) in &self.odd {
            records.warn(field, value, expected.clone());
        }
        Ok(())
    }
}

/// The rows of an entry that ends at a byte of the text.
pub(super) fn of_entry(entry: &Entry, end: usize, account: &str) -> Vec<Row> {
    if let Some(amounts) = amount_of(entry).and_then(|total| split(entry, total)) {
        let mut start = entry.start;
        let last = entry.details.len().saturating_sub(1);
        let parts = entry.details.iter().zip(amounts).enumerate();
        return parts
            .map(|(place, (detail, amount))| {
                // The pieces lie end to end, so that together they are the whole entry.
                let line = if place == 0 { entry.line } else { detail.line };
                let span = start..if place == last { end } else { detail.end };
                start = span.end;
                let mut row = Draft { entry, account, is_part: true }.row(line, span, &[detail]);
                row.put("Amt", amount.to_string());
                row
            })
            .collect();
    }
    let details: Vec<&Detail> = entry.details.iter().collect();
    vec![Draft { entry, account, is_part: false }.row(entry.line, entry.start..end, &details)]
}

/// One text of a detail.
type TextOf = fn(&Detail) -> &String;

/// What a row is made of.
struct Draft<'e> {
    entry: &'e Entry,
    account: &'e str,
    is_part: bool,
}

impl Draft<'_> {
    fn row(&self, line: u32, span: Range<usize>, details: &[&Detail]) -> Row {
        let cells = vec![String::new(); FIELDS.len()];
        let mut row = Row { line, span, cells, wrong: Vec::new(), odd: Vec::new() };
        let entry = self.entry;
        row.put("AcctSvcrRef", self.id(details));
        self.put_amount(&mut row);
        self.put_dates(&mut row, details);
        row.put("Sts", if is_pending(&entry.status) { "pending".to_owned() } else { entry.status.clone() });
        let code = same(details, |detail| detail.code.text()).filter(|code| !code.is_empty());
        row.put("BkTxCd", code.unwrap_or_else(|| entry.code.text()));
        self.put_party(&mut row, details);
        self.put_references(&mut row, details);
        row.put("AddtlNtryInf", entry.additional.clone());
        let of_entry = if self.is_part { String::new() } else { entry.charges.words() };
        row.put(
            "Chrgs",
            match details {
                [only] if of_entry.is_empty() => only.charges.words(),
                _ => of_entry,
            },
        );
        if let Some(name) = entry.contradiction {
            row.refuse(
                name,
                "",
                said!("camt.twice", "this element once in an entry; it is there twice and says two things"),
            );
        }
        row
    }

    fn put_references(&self, row: &mut Row, details: &[&Detail]) {
        if self.is_part {
            row.put("Ntry AcctSvcrRef", self.entry.servicer_reference.clone());
        }
        let mut orders = self.entry.payment_information.clone();
        add(&mut orders, &joined(details, |detail| &detail.payment_information));
        row.put("PmtInfId", orders);
        let texts: [(&str, TextOf); 9] = [
            ("EndToEndId", |detail| &detail.end_to_end),
            ("InstrId", |detail| &detail.instruction),
            ("TxId", |detail| &detail.transaction),
            ("MndtId", |detail| &detail.mandate),
            ("ChqNb", |detail| &detail.cheque),
            ("RfrdDocInf", |detail| &detail.documents),
            ("CdtrRefInf", |detail| &detail.creditor_reference),
            ("Ustrd", |detail| &detail.unstructured),
            ("AddtlTxInf", |detail| &detail.additional),
        ];
        for (field, of) in texts {
            row.put(field, joined(details, of));
        }
        row.put("RtrInf", joined(details, |detail| &detail.returned));
    }

    fn put_amount(&self, row: &mut Row) {
        let stated = &self.entry.amount;
        row.put("Ccy", stated.currency.clone());
        match stated.number() {
            None if stated.amount.is_empty() => {
                row.refuse("Amt", "", said!("camt.noAmount", "an amount; the entry has none"))
            }
            None => row.refuse(
                "Amt",
                &stated.amount,
                said!("camt.amount", "an amount such as 1234.56, with a point and no other marks"),
            ),
            Some(amount) if amount.is_sign_negative() => {
                row.refuse(
                    "Amt",
                    &stated.amount,
                    said!("camt.unsigned", "an amount without a sign; CdtDbtInd says the direction"),
                );
            }
            Some(amount) => match is_credit(&self.entry.direction) {
                Some(is_credit) => row.put("Amt", signed(amount, is_credit).to_string()),
                None => row.refuse(
                    "CdtDbtInd",
                    &self.entry.direction,
                    said!("camt.direction", "CRDT or DBIT, the direction of the amount"),
                ),
            },
        }
    }

    fn put_dates(&self, row: &mut Row, details: &[&Detail]) {
        let entry = self.entry;
        for (field, text) in [("BookgDt", &entry.booked), ("ValDt", &entry.valued)] {
            match day(text) {
                Some(day) => row.put(field, day),
                None if text.is_empty() => {}
                None => row.refuse(
                    field,
                    text,
                    said!("expected.day", "a day that exists, written like {such}", such = "2024-12-31"),
                ),
            }
        }
        if entry.booked.is_empty() && entry.valued.is_empty() {
            let settled = same(details, |detail| detail.settled.clone()).and_then(|text| day(&text));
            row.put("ValDt", settled.unwrap_or_default());
        }
    }

    /// The bank's own reference: of the detail where the row is one, else of the entry. That of an entry which is split
    /// names all its rows and so none of them.
    fn id(&self, details: &[&Detail]) -> String {
        let entry = self.entry;
        let of_detail = match details {
            [only] => [only.servicer_reference.as_str(), &only.transaction],
            _ => ["", ""],
        };
        let of_entry = if self.is_part { ["", ""] } else { [entry.servicer_reference.as_str(), &entry.reference] };
        of_entry.into_iter().chain(of_detail).find(|id| !id.is_empty()).unwrap_or("").to_owned()
    }

    fn put_party(&self, row: &mut Row, details: &[&Detail]) {
        let parties: Vec<&Party> = details.iter().map(|detail| self.other_party(detail)).collect();
        let Some(first) = parties.first() else { return };
        let name = first.known_name();
        if parties.iter().all(|party| party.known_name() == name) {
            row.put("RltdPties", name.to_owned());
        }
        if parties.iter().all(|party| party.account == first.account) {
            row.put("RltdPties Acct", first.account.clone());
        }
        if let [only] = parties.as_slice() {
            row.put("Ultmt", only.other_ultimate().to_owned());
        }
    }

    /// Who is not the holder of the account: the debtor of a credit, the creditor of a debit. In a reversal the two keep
    /// the parts of the payment that is reversed, though not every bank knows; then whoever is named is the other.
    fn other_party<'d>(&self, detail: &'d Detail) -> &'d Party {
        let own = |party: &Party| !self.account.is_empty() && party.account == self.account;
        let direction = if detail.direction.is_empty() { &self.entry.direction } else { &detail.direction };
        let is_debtor = (direction == "CRDT") != self.entry.is_reversal;
        let (likely, other) =
            if is_debtor { (&detail.debtor, &detail.creditor) } else { (&detail.creditor, &detail.debtor) };
        if own(likely) && !own(other) || likely.is_unknown() && !own(other) { other } else { likely }
    }
}

impl Row {
    fn put(&mut self, field: &str, value: String) {
        let place = FIELDS.iter().position(|(name, _)| *name == field);
        debug_assert!(place.is_some(), "{field}");
        if let Some(cell) = place.and_then(|place| self.cells.get_mut(place)) {
            *cell = value;
        }
    }

    fn refuse(&mut self, field: &'static str, value: &str, expected: Said) {
        self.wrong.push((field, cut(value), expected));
    }
}

/// What all details say alike.
fn same(details: &[&Detail], of: impl Fn(&Detail) -> String) -> Option<String> {
    let first = of(details.first()?);
    details.iter().all(|detail| of(detail) == first).then_some(first)
}

/// What the details say, each thing once, as far as it is not too long.
fn joined(details: &[&Detail], of: impl Fn(&Detail) -> &String) -> String {
    if let [only] = details {
        return of(only).clone();
    }
    let mut text = String::new();
    let mut seen = std::collections::HashSet::new();
    for part in details.iter().map(|detail| of(detail)).filter(|part| !part.is_empty()) {
        if seen.insert(part) {
            add(&mut text, part);
        }
    }
    text
}
