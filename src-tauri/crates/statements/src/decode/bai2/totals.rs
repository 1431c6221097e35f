//! Control totals and counts, as the trailers of account, group and file state them.

use rust_decimal::Decimal;
use tieout_domain::{Said, SaidValue, said};

use super::records::Cursor;
use crate::Control;

/// What one level (account, group, file) comes to so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Level {
    /// Sum of amounts, or of the totals of the level below, in the units of the file.
    pub(super) total: Decimal,
    /// Accounts of a group, groups of a file.
    pub(super) parts: i64,
    /// Lines.
    pub(super) records: i64,
}

impl Level {
    /// Adds an amount; a sum beyond all bounds stays there, and then fails its control.
    pub(super) fn add(&mut self, amount: Decimal) {
        self.total = self.total.checked_add(amount).unwrap_or(Decimal::MAX);
    }

    /// Adds a level that ended, with the total its trailer states.
    pub(super) fn add_level(&mut self, below: &Self, stated: Option<Decimal>) {
        self.add(stated.unwrap_or(below.total));
        self.parts = self.parts.saturating_add(1);
        self.records = self.records.saturating_add(below.records);
    }

    /// The controls of a trailer: its total, the number of parts where it has one, the number of records. Second, the
    /// total it states.
    pub(super) fn controls(
        &self,
        level: &'static str,
        parts: Option<Said>,
        mut fields: Cursor<'_, '_>,
    ) -> (Vec<Control>, Option<Decimal>) {
        let mut controls = Vec::new();
        let mut check = |what: Said, stated: Option<Decimal>, found: Decimal| {
            controls.extend(stated.map(|stated| Control { what, stated, found }));
        };
        let total = number(fields.next_or_empty());
        let level = SaidValue::word("bai2Level", level);
        let of_total =
            said!("control.total", "control total of the {level} in the file's units", level = level.clone());
        check(of_total, total, self.total);
        if let Some(parts) = parts {
            check(parts, number(fields.next_or_empty()), self.parts.into());
        }
        let of_records = said!("control.records", "number of records in the {level}", level = level);
        check(of_records, number(fields.next_or_empty()), self.records.into());
        (controls, total)
    }
}

/// A total or count; longer than an amount, since it may add up many.
fn number(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number =
        !digits.is_empty() && digits.len() <= 25 && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if !is_number {
        return None;
    }
    let value: Decimal = digits.parse().ok()?;
    Some(if text.starts_with('-') { -value } else { value })
}
