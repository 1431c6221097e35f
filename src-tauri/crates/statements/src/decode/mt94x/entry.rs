//! The statement line, field `:61:`: dates, sign, amount, code and references, each with its own tolerance.

use rust_decimal::Decimal;

use tieout_domain::{Said, said};

use super::amounts;

/// The parts of a statement line as they are written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry<'t> {
    /// `YYMMDD`.
    pub(super) value_date: &'t str,
    /// `MMDD`; empty where there is none.
    pub(super) entry_date: &'t str,
    /// The entry raises the balance; `None` where the mark is none that SWIFT knows.
    pub(super) raises: Option<bool>,
    /// Debit or credit mark with the funds code.
    pub(super) mark: &'t str,
    pub(super) amount: &'t str,
    /// Kind and code of transaction, such as `NTRF`.
    pub(super) code: &'t str,
    /// The account owner's reference; empty for `NONREF` and its like.
    pub(super) customer: &'t str,
    /// The bank's reference.
    pub(super) bank: &'t str,
    /// No reference is written at all, not even `NONREF`.
    pub(super) lacks_reference: bool,
    /// What follows on further lines.
    pub(super) supplementary: Vec<&'t str>,
}

impl Entry<'_> {
    /// The amount with its sign, and whether it has a decimal mark.
    pub(super) fn signed(&self) -> Option<(Decimal, bool)> {
        let amount = amounts::parse(self.amount)?;
        Some((if self.raises? { amount.value } else { -amount.value }, amount.has_mark))
    }
}

/// What the dates and the mark of an entry should look like, for messages.
pub(super) const DATES_EXPECTED: Said =
    said!("mt940.dates", "a value date as YYMMDD, then an entry date as MMDD or none");
pub(super) const MARK_EXPECTED: Said = said!("mt940.mark", "C, D, RC or RD (MT942 also EC and ED) before the amount");

/// Takes characters from the front of a text while they fit.
fn take<'t>(rest: &mut &'t str, fits: impl Fn(char) -> bool) -> &'t str {
    let length = rest.find(|character| !fits(character)).unwrap_or(rest.len());
    let (taken, left) = rest.split_at_checked(length).unwrap_or((rest, ""));
    *rest = left;
    taken
}

/// Splits a statement line into its parts. Parts that are not there are empty.
pub(super) fn split<'t>(value: &'t str) -> Entry<'t> {
    let mut lines = super::fields::lines(value).map(|(_, _, line)| line.trim()).filter(|line| !line.is_empty());
    let mut rest = lines.next().unwrap_or("");
    let dates = take(&mut rest, |character| character.is_ascii_digit());
    let (value_date, entry_date) = match dates.len() {
        6 | 10 => dates.split_at_checked(6).unwrap_or((dates, "")),
        // Neither six nor ten digits are no dates at all: which of them would be left out is not for us to say.
        _ => (dates, ""),
    };
    rest = rest.trim_start();
    let mark = take(&mut rest, |character| character.is_ascii_alphabetic());
    rest = rest.trim_start();
    let amount = take(&mut rest, |character| matches!(character, '0'..='9' | ',' | '.' | '\''));
    let code = code_of(&mut rest);
    let (customer, bank) = rest.split_once("//").unwrap_or((rest, ""));
    Entry {
        value_date,
        entry_date,
        raises: raises(mark),
        mark,
        amount,
        code,
        lacks_reference: rest.trim().is_empty(),
        customer: reference(customer),
        bank: reference(bank),
        supplementary: lines.collect(),
    }
}

/// Whether a mark, which a funds code of one letter may follow, raises the balance. A reversal does the opposite of what
/// it reverses.
fn raises(mark: &str) -> Option<bool> {
    let mark = mark.to_ascii_uppercase();
    let (raises, length) = match mark.as_bytes() {
        [b'R', b'C', ..] => (false, 2),
        [b'R', b'D', ..] => (true, 2),
        [b'E', b'C', ..] => (true, 2),
        [b'E', b'D', ..] => (false, 2),
        [b'C', ..] => (true, 1),
        [b'D', ..] => (false, 1),
        _ => return None,
    };
    (mark.len() - length <= 1).then_some(raises)
}

/// The code: a letter and three characters, of which banks leave the last blank (`NOV `, `S   `).
fn code_of<'t>(rest: &mut &'t str) -> &'t str {
    let text = rest.trim_start();
    let is_code = |code: &str| {
        code.starts_with(['N', 'F', 'S', 'n', 'f', 's'])
            && code.trim_end().chars().all(|character| character.is_ascii_alphanumeric())
    };
    let length = text.len().min(4);
    match text.split_at_checked(length) {
        Some((code, left)) if (3..=4).contains(&length) && is_code(code) => {
            *rest = left;
            code.trim_end()
        }
        _ => {
            *rest = text;
            ""
        }
    }
}

/// Words that stand in for a reference or point to one in field 86.
const NO_REFERENCE: [&str; 16] = [
    "NONREF",
    "NONE",
    "NOREF",
    "NOTPROVIDED",
    "NOT PROVIDED",
    "KREF",
    "EREF",
    "MREF",
    "PREF",
    "MARF",
    "BREF",
    "KREF+",
    "EREF+",
    "MREF+",
    "PREF+",
    "REF",
];

fn reference(text: &str) -> &str {
    let text = text.trim();
    if NO_REFERENCE.iter().any(|word| word.eq_ignore_ascii_case(text)) { "" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let entry = split(line);
        let signed = entry.signed().map_or_else(|| "?".to_owned(), |(value, _)| value.to_string());
        let further = entry.supplementary.join("|");
        let parts = [entry.value_date, entry.entry_date, &signed, entry.code, entry.customer, entry.bank, &further];
        assert_eq!(parts.join("/"), expected, "{line}");
    }

    #[test]
    fn entries_of_many_banks() {
        check("2405060507D1234,56NTRFINV-7//B123\r\nmore", "240506/0507/-1234.56/NTRF/INV-7/B123/more");
        check("240506CR0,50NMSCNONREF", "240506//0.50/NMSC///");
        check("2405060507DR2,NSTONONREF//55555", "240506/0507/-2/NSTO//55555/");
        check("240506D12,35 NRTIKREF+//2016021783252833", "240506//-12.35/NRTI//2016021783252833/");
        check("240506C1,41NOV EV41411REP", "240506//1.41/NOV/EV41411REP//");
        check("240506D1,54S   X", "240506//-1.54/S/X//");
        check("240506D1,54NIC ", "240506//-1.54/NIC///");
        check("240506CF2066637,00N527\ntext", "240506//2066637.00/N527///text");
        check("240506C500NTRF29-07-2014 10:05//B4", "240506//500/NTRF/29-07-2014 10:05/B4/");
    }

    #[test]
    fn a_reversal_is_the_opposite_of_what_it_reverses() {
        for (mark, amount) in
            [("RC", "-5.00"), ("RD", "5.00"), ("RCR", "-5.00"), ("RDR", "5.00"), ("EC", "5.00"), ("ED", "-5.00")]
        {
            check(&format!("240506{mark}5,00NTRFx"), &format!("240506//{amount}/NTRF/x//"));
        }
    }

    #[test]
    fn what_is_no_sign_or_amount_is_none() {
        for line in
            ["240506X5,00NTRFx", "240506CRR5,00NTRFx", "240506C5,0,0NTRFx", "240506CNTRFx", "", "2405065,00NTRFx"]
        {
            assert_eq!(split(line).signed(), None, "{line}");
        }
    }
}
