//! What an entry (`Ntry`) and its transaction details (`TxDtls`) say, taken from their elements one by one.

use rust_decimal::Decimal;

use super::parts::{Charges, Code, Party};

/// Characters kept of a text that a file may repeat without end, such as the lines of a remittance.
const JOINED_MAX: usize = 4_000;

/// An amount with the currency it names.
#[derive(Debug, Clone, Default)]
pub(super) struct Stated {
    pub(super) amount: String,
    pub(super) currency: String,
}

impl Stated {
    /// The number, if it is written like one.
    pub(super) fn number(&self) -> Option<Decimal> {
        decimal(&self.amount)
    }
}

/// The four places where a detail may state its amount, the best first: `Amt`, and of `AmtDtls` the transaction's, the
/// instructed and the counter value's.
pub(super) const AMOUNT_PLACES: usize = 4;

/// One transaction of an entry.
#[derive(Debug, Clone, Default)]
pub(super) struct Detail {
    /// Byte after the detail.
    pub(super) end: usize,
    /// Line where it begins.
    pub(super) line: u32,
    pub(super) amounts: [Option<Stated>; AMOUNT_PLACES],
    pub(super) direction: String,
    pub(super) code: Code,
    pub(super) end_to_end: String,
    pub(super) instruction: String,
    pub(super) transaction: String,
    pub(super) servicer_reference: String,
    pub(super) mandate: String,
    pub(super) payment_information: String,
    pub(super) cheque: String,
    pub(super) debtor: Party,
    pub(super) creditor: Party,
    pub(super) unstructured: String,
    pub(super) creditor_reference: String,
    pub(super) documents: String,
    pub(super) additional: String,
    pub(super) returned: String,
    pub(super) charges: Charges,
    /// Day of settlement between the banks: a value date for want of another.
    pub(super) settled: String,
}

impl Detail {
    fn take(&mut self, path: &[&str], text: &str, currency: &str) {
        match path {
            ["Amt"] => self.take_amount(0, text, currency),
            ["AmtDtls", "TxAmt", "Amt"] => self.take_amount(1, text, currency),
            ["AmtDtls", "InstdAmt", "Amt"] => self.take_amount(2, text, currency),
            ["AmtDtls", "CntrValAmt", "Amt"] => self.take_amount(3, text, currency),
            ["CdtDbtInd"] => set(&mut self.direction, text),
            ["BkTxCd", rest @ ..] => self.code.take(rest, text),
            ["Chrgs", rest @ ..] => self.charges.take(rest, text, currency),
            ["Refs", rest @ ..] => self.take_reference(rest, text),
            ["RltdPties", rest @ ..] => self.take_party(rest, text),
            ["RmtInf", rest @ ..] => self.take_remittance(rest, text),
            ["RtrInf", "Rsn", "Cd" | "Prtry"] | ["RtrInf", "AddtlInf"] => add(&mut self.returned, text),
            ["RltdDts", "IntrBkSttlmDt"] => set(&mut self.settled, text),
            ["AddtlTxInf"] => add(&mut self.additional, text),
            _ => {}
        }
    }

    fn take_amount(&mut self, place: usize, text: &str, currency: &str) {
        if let Some(slot) = self.amounts.get_mut(place) {
            slot.get_or_insert_with(|| Stated { amount: text.to_owned(), currency: currency.to_owned() });
        }
    }

    fn take_reference(&mut self, path: &[&str], text: &str) {
        let field = match path {
            ["EndToEndId"] => &mut self.end_to_end,
            ["InstrId"] => &mut self.instruction,
            ["TxId"] => &mut self.transaction,
            ["AcctSvcrRef"] => &mut self.servicer_reference,
            ["MndtId"] => &mut self.mandate,
            ["PmtInfId"] => &mut self.payment_information,
            ["ChqNb"] => &mut self.cheque,
            _ => return,
        };
        if says_something(text) {
            set(field, text);
        }
    }

    fn take_party(&mut self, path: &[&str], text: &str) {
        match path {
            ["Dbtr", rest @ ..] => self.debtor.take_party(rest, text),
            ["Cdtr", rest @ ..] => self.creditor.take_party(rest, text),
            ["UltmtDbtr", rest @ ..] => self.debtor.take_ultimate(rest, text),
            ["UltmtCdtr", rest @ ..] => self.creditor.take_ultimate(rest, text),
            ["DbtrAcct", rest @ ..] => self.debtor.take_account(rest, text),
            ["CdtrAcct", rest @ ..] => self.creditor.take_account(rest, text),
            _ => {}
        }
    }

    fn take_remittance(&mut self, path: &[&str], text: &str) {
        match path {
            ["Ustrd"] => add(&mut self.unstructured, text),
            ["Strd", "CdtrRefInf", "Ref" | "CdtrRef"] if says_something(text) => {
                add(&mut self.creditor_reference, text);
            }
            ["Strd", "RfrdDocInf", "Nb" | "RfrdDocNb"] => add(&mut self.documents, text),
            ["Strd", "AddtlRmtInf"] => add(&mut self.unstructured, text),
            _ => {}
        }
    }
}

/// One entry of a statement.
#[derive(Debug, Clone, Default)]
pub(super) struct Entry {
    /// Byte where it begins.
    pub(super) start: usize,
    /// Line where it begins.
    pub(super) line: u32,
    pub(super) amount: Stated,
    pub(super) direction: String,
    pub(super) is_reversal: bool,
    pub(super) status: String,
    pub(super) booked: String,
    pub(super) valued: String,
    pub(super) servicer_reference: String,
    pub(super) reference: String,
    pub(super) code: Code,
    pub(super) charges: Charges,
    pub(super) payment_information: String,
    pub(super) additional: String,
    pub(super) details: Vec<Detail>,
    /// An element that is there twice with different texts, so that it is open which one holds.
    pub(super) contradiction: Option<&'static str>,
}

impl Entry {
    /// Takes the text of an element inside the entry.
    pub(super) fn take(&mut self, path: &[&str], text: &str, currency: &str) {
        let text = &one_line(text);
        match path {
            ["Amt"] => {
                let is_first = self.sure("Amt", |entry| &mut entry.amount.amount, text);
                if is_first {
                    self.amount.currency = currency.to_owned();
                }
            }
            ["CdtDbtInd"] => _ = self.sure("CdtDbtInd", |entry| &mut entry.direction, text),
            ["Sts"] | ["Sts", "Cd" | "Prtry"] => _ = self.sure("Sts", |entry| &mut entry.status, text),
            ["BookgDt", "Dt" | "DtTm"] => _ = self.sure("BookgDt", |entry| &mut entry.booked, text),
            ["ValDt", "Dt" | "DtTm"] => _ = self.sure("ValDt", |entry| &mut entry.valued, text),
            ["RvslInd"] => self.is_reversal = matches!(text.as_str(), "true" | "1"),
            ["AcctSvcrRef"] if says_something(text) => set(&mut self.servicer_reference, text),
            ["NtryRef"] if says_something(text) => set(&mut self.reference, text),
            ["AddtlNtryInf"] => add(&mut self.additional, text),
            ["BkTxCd", rest @ ..] => self.code.take(rest, text),
            ["Chrgs", rest @ ..] => self.charges.take(rest, text, currency),
            ["NtryDtls", "Btch", "PmtInfId"] if says_something(text) => add(&mut self.payment_information, text),
            ["NtryDtls", "TxDtls", rest @ ..] => {
                if let Some(detail) = self.details.last_mut() {
                    detail.take(rest, text, currency);
                }
            }
            _ => {}
        }
    }

    /// Sets a field that decides what the entry means. Answers whether it was set.
    fn sure(&mut self, name: &'static str, field: fn(&mut Self) -> &mut String, text: &str) -> bool {
        let have = field(self);
        if have.is_empty() {
            text.clone_into(have);
            return true;
        }
        if have != text {
            self.contradiction = Some(name);
        }
        false
    }
}

/// Sets a field that is not set yet.
pub(super) fn set(field: &mut String, text: &str) {
    if field.is_empty() {
        text.clone_into(field);
    }
}

/// Adds to a text of several parts.
pub(super) fn add(field: &mut String, text: &str) {
    if text.is_empty() || field.len() + text.len() > JOINED_MAX {
        return;
    }
    if !field.is_empty() {
        field.push(' ');
    }
    field.push_str(text);
}

/// Whether a reference or name is one: banks fill what they have not with words that say so.
pub(super) fn says_something(text: &str) -> bool {
    let bare: String = text.chars().filter(|letter| letter.is_alphanumeric()).collect();
    let fillers = ["NOTPROVIDED", "NONREF", "NOTAVAILABLE", "NOTKNOWN"];
    !bare.is_empty() && !fillers.iter().any(|filler| bare.eq_ignore_ascii_case(filler))
}

/// The text with each run of blanks and line breaks as one blank.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// A number as XML writes it: digits with a point at most, perhaps signed; never an exponent, a comma or a group.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() + fraction.len() == 0 || !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let whole = if whole.is_empty() { "0" } else { whole };
    let plain = if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") };
    let value = Decimal::from_str_exact(&plain).ok()?;
    Some(if is_negative && !value.is_zero() { -value } else { value })
}
