//! What is gathered of a statement and of a transaction while the file is walked over.

use std::borrow::Cow;

use jiff::civil::Date;

use super::element::Element;

/// A value of the file, decoded.
pub(super) type Text<'t> = Cow<'t, str>;

/// What a file states around the transactions of one account.
#[derive(Debug, Clone, Default)]
pub(super) struct Head<'t> {
    /// Where the statement begins.
    pub(super) start: usize,
    pub(super) bank: Text<'t>,
    pub(super) branch: Text<'t>,
    pub(super) account: Text<'t>,
    pub(super) account_kind: Text<'t>,
    pub(super) currency: Text<'t>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) closing: Text<'t>,
    /// The day the closing balance is of.
    pub(super) closing_on: Option<Date>,
}

/// How a transaction came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Ending {
    /// By its closing tag.
    Closed,
    /// By the beginning or the end of something that cannot stand in it.
    Implied,
    /// The file was over.
    #[default]
    EndOfFile,
}

/// One STMTTRN.
#[derive(Debug, Clone, Default)]
pub(super) struct Transaction<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) ending: Ending,
    pub(super) kind: Text<'t>,
    pub(super) posted: Text<'t>,
    pub(super) by_user: Text<'t>,
    pub(super) available: Text<'t>,
    pub(super) amount: Text<'t>,
    pub(super) id: Text<'t>,
    pub(super) corrected_id: Text<'t>,
    pub(super) correction: Text<'t>,
    pub(super) check_number: Text<'t>,
    pub(super) reference: Text<'t>,
    pub(super) name: Text<'t>,
    pub(super) long_name: Text<'t>,
    pub(super) payee: Text<'t>,
    pub(super) memo: Text<'t>,
    pub(super) account_to: Text<'t>,
    pub(super) currency: Text<'t>,
    pub(super) original_currency: Text<'t>,
    /// A second date or amount: two transactions may have run into one.
    pub(super) second: Option<(&'static str, Text<'t>)>,
    /// Text that belongs to no element.
    pub(super) stray: Text<'t>,
}

impl<'t> Transaction<'t> {
    /// Begins at an offset of the text.
    pub(super) fn new(start: usize) -> Self {
        Self { start, end: start, ..Self::default() }
    }

    /// Takes a leaf of the transaction, or of an aggregate in it.
    pub(super) fn take(&mut self, element: Element, inside: Element, value: Text<'t>) {
        let place = match (element, inside) {
            (Element::Name, Element::Payee) | (Element::Payee, _) => &mut self.payee,
            (Element::AccountId, Element::AccountTo) | (Element::AccountTo, _) => &mut self.account_to,
            (Element::CurrencySymbol, Element::OriginalCurrency) | (Element::OriginalCurrency, _) => {
                &mut self.original_currency
            }
            (Element::CurrencySymbol | Element::RowCurrency, _) => &mut self.currency,
            (Element::Kind, _) => &mut self.kind,
            (Element::Posted, _) => &mut self.posted,
            (Element::ByUser, _) => &mut self.by_user,
            (Element::Available, _) => &mut self.available,
            (Element::Amount, _) => &mut self.amount,
            (Element::Id, _) => &mut self.id,
            (Element::CorrectedId, _) => &mut self.corrected_id,
            (Element::Correction, _) => &mut self.correction,
            (Element::CheckNumber, _) => &mut self.check_number,
            (Element::ReferenceNumber, _) => &mut self.reference,
            (Element::Name, _) => &mut self.name,
            (Element::LongName, _) => &mut self.long_name,
            (Element::Memo, _) => &mut self.memo,
            _ => return,
        };
        if place.is_empty() {
            *place = value;
            return;
        }
        match element {
            Element::Posted => self.second = self.second.take().or(Some(("DTPOSTED", value))),
            Element::Amount => self.second = self.second.take().or(Some(("TRNAMT", value))),
            Element::Memo => {
                let memo = place.to_mut();
                memo.push(' ');
                memo.push_str(&value);
            }
            _ => {}
        }
    }
}
